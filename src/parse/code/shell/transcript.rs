//! Prompts and output in shell blocks: what a reader would type stays, the rest becomes blanks.

use std::sync::LazyLock;

use regex::Regex;

use super::{Dialect, syntax};

use crate::pattern::compiled;

/// Attempts to complete commands that go on below their prompt, for a whole block.
const MAX_ATTEMPTS: usize = 200;

/// `user@host:~$ `, `[root@host ~]# `, `(venv) $ `, `bash-5.1# `, `~/app $ `, `❯ `.
static PROMPT: LazyLock<Regex> = LazyLock::new(|| {
    let prompt = concat!(
        r"^[ \t]*(?:\([\w .-]+\)[ ]?)?",
        r"(?:",
        r"\$(?:[ \t]+|$)",
        r"|[\w.-]+@[\w.-]+(?:[: ][^\s$#%>]*)?[ ]?[$#%>][ ]+",
        r"|\[[\w.-]+@[\w.-]+[^\]\n]*\][$#%][ ]*",
        r"|(?:bash|sh)-[0-9.]+[$#][ ]*",
        r"|[\w.-]*:?(?:~[\w./~-]*[ ]?[$#%]|/[\w./-]*[ ]?[$%]|/ #)[ ]+",
        r"|(?:❯|➜|λ|»)[ ]+",
        r")"
    );
    compiled(prompt)
});

/// `PS C:\app> ` and `C:\app>`.
static WINDOWS_PROMPT: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^[ \t]*(?:PS(?:[ ][^>\n]*)?>|[A-Za-z]:\\[^>\n]*>)"));

/// Programs that untagged blocks are recognised by.
const PROGRAMS: &[&str] = &[
    "apt",
    "apt-get",
    "aws",
    "az",
    "bash",
    "brew",
    "bun",
    "bundle",
    "cargo",
    "cat",
    "cd",
    "chmod",
    "chown",
    "cp",
    "curl",
    "deno",
    "docker",
    "docker-compose",
    "dnf",
    "doctl",
    "dotnet",
    "echo",
    "export",
    "flyctl",
    "gcloud",
    "gh",
    "git",
    "go",
    "gradle",
    "grep",
    "gsutil",
    "helm",
    "heroku",
    "java",
    "jq",
    "journalctl",
    "just",
    "k3s",
    "kill",
    "kubectl",
    "ls",
    "make",
    "minikube",
    "mkdir",
    "mvn",
    "mysql",
    "mysqldump",
    "nano",
    "nginx",
    "node",
    "npm",
    "npx",
    "oc",
    "openssl",
    "pg_dump",
    "pg_restore",
    "php",
    "pip",
    "pip3",
    "pipenv",
    "pnpm",
    "podman",
    "poetry",
    "psql",
    "pytest",
    "python",
    "python3",
    "rails",
    "rake",
    "redis-cli",
    "rm",
    "rsync",
    "ruby",
    "rustup",
    "scp",
    "sed",
    "service",
    "sh",
    "source",
    "ssh",
    "sudo",
    "systemctl",
    "tail",
    "tar",
    "terraform",
    "touch",
    "uv",
    "uvicorn",
    "velero",
    "vim",
    "wget",
    "yarn",
    "yum",
];

/// Further words that only commands begin with.
const COMMANDS: &[&str] = &[
    "!", "(", ".", "[", "[[", "alias", "awk", "case", "cut", "df", "dig", "do", "done", "du", "elif", "else",
    "env", "eval", "exec", "exit", "fi", "find", "for", "function", "head", "if", "ip", "ln", "mount", "mv",
    "nc", "nohup", "printf", "ps", "read", "return", "select", "set", "sort", "stat", "tee", "test", "then",
    "time", "timeout", "trap", "tr", "umount", "uniq", "unset", "until", "watch", "wc", "while", "xargs",
    "{", "}",
];

/// Whether a line of a script reads as what a program printed: the row of a table, a sentence, a line of a log. A
/// command names a program that is known, has a path, an assignment, an option or an operator.
pub(super) fn is_output(line: &str) -> bool {
    let line = line.trim();
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_row = line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    // `INFO[0000] …`, `curl: (60) …`
    let is_log =
        first.ends_with(':') || first.ends_with(']') && first.contains('[') && !first.starts_with('[');
    let is_option = |it: &str| {
        it.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphabetic()) && it.starts_with('-')
    };
    let is_command = PROGRAMS.contains(&first)
        || COMMANDS.contains(&first)
        || first.contains(['/', '=', '$', '{'])
        || line.ends_with(['\\', ';', '&', '|'])
        || ["$", "&&", "||", " <", " >"].iter().any(|it| line.contains(it))
        || line.split_whitespace().any(is_option);
    is_row || is_log || !(first.is_empty() || is_command)
}

/// Blanks what is no command and says whether the block shows prompts; none where the block is not shell.
pub(super) fn keep_commands(text: &str, bytes: &mut [u8], dialect: Dialect) -> Option<bool> {
    let lines = lines(text);
    if lines.iter().any(|&(start, end)| WINDOWS_PROMPT.is_match(&text[start..end])) {
        return None;
    }
    let mut prompts: Vec<Option<usize>> =
        lines.iter().map(|&(start, end)| PROMPT.find(&text[start..end]).map(|it| it.end())).collect();
    if prompts.iter().all(Option::is_none) {
        prompts = further_prompts(text, &lines, dialect);
    }
    if prompts.iter().all(Option::is_none) {
        let plain = dialect == Dialect::Script || is_all_programs(text, &lines);
        return plain.then_some(false);
    }
    let mut attempts = 0;
    let mut index = 0;
    while index < lines.len() {
        let (start, end) = lines[index];
        let Some(prompt) = prompts[index] else {
            // A comment between commands says nothing and harms nothing.
            blank(bytes, start..end);
            index += 1;
            continue;
        };
        blank(bytes, start..start + prompt);
        let last = last_line(bytes, &lines, &prompts, index, &mut attempts);
        index = last + 1;
    }
    Some(true)
}

/// The last line of the command that begins at a prompt; `> ` before its further lines is blanked.
fn last_line(
    bytes: &mut [u8],
    lines: &[(usize, usize)],
    prompts: &[Option<usize>],
    first: usize,
    attempts: &mut usize,
) -> usize {
    let begin = lines[first].0;
    let mut last = first;
    // A backslash at the end needs no parser to tell that the command goes on.
    while bytes[..lines[last].1].ends_with(b"\\") && last + 1 < lines.len() && prompts[last + 1].is_none() {
        last += 1;
        blank_continuation(bytes, lines[last]);
    }
    let mut end = last;
    while is_incomplete(bytes, begin..lines[end].1) && *attempts < MAX_ATTEMPTS {
        *attempts += 1;
        if end + 1 >= lines.len() || prompts[end + 1].is_some() {
            return last;
        }
        end += 1;
        blank_continuation(bytes, lines[end]);
    }
    end
}

fn is_incomplete(bytes: &[u8], range: std::ops::Range<usize>) -> bool {
    let script: String =
        bytes[range].iter().map(|&it| if it.is_ascii() && it != 0 { char::from(it) } else { 'x' }).collect();
    let open = script.contains(['\'', '"', '`', '(', '{', '|', '&', '<'])
        || script.contains("do")
        || script.contains("then");
    open && syntax::parse(&script).is_err_and(|it| it.is_incomplete())
}

fn blank_continuation(bytes: &mut [u8], (start, end): (usize, usize)) {
    let line = &bytes[start..end];
    let indent = line.iter().take_while(|&&it| it == b' ').count();
    if line[indent..].starts_with(b"> ") || &line[indent..] == b">" {
        blank(bytes, start + indent..start + indent + 1);
    }
}

/// Prompts that are something else in a script: `> ` is one where the first line begins with it and a program;
/// `# ` before a program is a comment in scripts and the superuser's prompt in sessions.
fn further_prompts(text: &str, lines: &[(usize, usize)], dialect: Dialect) -> Vec<Option<usize>> {
    let prompt = |mark: &str, line: &str| {
        let rest = line.trim_start().strip_prefix(mark)?;
        let program = rest.split_whitespace().next()?;
        (PROGRAMS.contains(&program) && program != "echo").then(|| line.len() - rest.len())
    };
    let first = lines.iter().map(|&(start, end)| &text[start..end]).find(|it| !it.trim().is_empty());
    let angle = first.is_some_and(|it| prompt("> ", it).is_some());
    let superuser = dialect == Dialect::Session;
    let found = lines.iter().map(|&(start, end)| {
        let line = &text[start..end];
        let angle = prompt("> ", line).filter(|_| angle);
        angle.or_else(|| prompt("# ", line).filter(|_| superuser))
    });
    found.collect()
}

/// Whether every line begins with a program that is known, as untagged blocks of commands do.
fn is_all_programs(text: &str, lines: &[(usize, usize)]) -> bool {
    let mut continued = false;
    let mut programs = 0;
    for &(start, end) in lines {
        let line = text[start..end].trim();
        let was_continued = std::mem::replace(&mut continued, line.ends_with('\\'));
        if was_continued || line.is_empty() || line.starts_with('#') {
            continue;
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        let arguments = line.len() > first.len();
        // A lone word may be a file name in a list of files.
        if !(PROGRAMS.contains(&first) && arguments || first.starts_with("./") && first.ends_with(".sh")) {
            return false;
        }
        programs += 1;
    }
    programs > 0
}

fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = (start, start + line.trim_end_matches(['\n', '\r']).len());
            start += line.len();
            range
        })
        .collect()
}

fn blank(bytes: &mut [u8], range: std::ops::Range<usize>) {
    if let Some(part) = bytes.get_mut(range) {
        part.iter_mut().filter(|it| **it != b'\n').for_each(|it| *it = b' ');
    }
}
