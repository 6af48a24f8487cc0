//! Commands that start other commands: `sudo x`, `env A=b x`, `bash -c 'x'`, `ssh host 'x'`, `docker exec c x`.

use crate::model::code::{Command, Word};

/// What a command starts.
pub(super) struct Launch {
    /// The command or script, by the index of a word.
    pub(super) what: What,
    /// Whether it runs on another machine or in a container.
    pub(super) elsewhere: bool,
    /// Whether it runs in a folder that cannot be told.
    pub(super) unknown_directory: bool,
}

/// What is started.
pub(super) enum What {
    /// The words from here on are a command.
    Command(usize),
    /// This word is a script.
    Script(usize),
}

/// Programs that run their arguments: the options that take a value, and how many words come before the command.
const RUNNERS: &[(&str, &[&str], usize)] = &[
    ("sudo", &["-u", "-g", "-h", "-p", "-C", "-T", "-R", "-U", "-D", "--user", "--group", "--chdir"], 0),
    ("doas", &["-u", "-C"], 0),
    ("env", &["-u", "-C", "--unset", "--chdir"], 0),
    ("time", &["-o", "-f"], 0),
    ("nohup", &[], 0),
    ("exec", &["-a"], 0),
    ("command", &[], 0),
    ("builtin", &[], 0),
    ("nice", &["-n"], 0),
    ("ionice", &["-c", "-n"], 0),
    ("setsid", &[], 0),
    ("stdbuf", &["-i", "-o", "-e"], 0),
    ("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    ("watch", &["-n", "-d", "--interval"], 0),
    ("xargs", &["-n", "-P", "-I", "-L", "-d", "-s", "-a", "-E"], 0),
    ("npx", &["-p", "--package"], 0),
    ("then", &[], 0),
];

/// Programs that run their arguments after these words.
const SUBCOMMAND_RUNNERS: &[(&str, &str)] = &[
    ("poetry", "run"),
    ("pipenv", "run"),
    ("uv", "run"),
    ("rye", "run"),
    ("pdm", "run"),
    ("bundle", "exec"),
    ("doppler", "run"),
    ("op", "run"),
    ("aws-vault", "exec"),
];

const SHELLS: &[&str] = &["sh", "bash", "zsh", "dash", "ash", "ksh", "/bin/sh", "/bin/bash", "/bin/ash"];

/// What a command starts, if it starts one.
pub(super) fn launch(words: &[Word]) -> Option<Launch> {
    let name = words.first()?.text.as_str();
    let here = |what| Some(Launch { what, elsewhere: false, unknown_directory: false });
    if SHELLS.contains(&name) {
        return here(What::Script(shell_script(words, 0)?));
    }
    if let Some((_, with_value, skip)) = RUNNERS.iter().find(|it| it.0 == name) {
        // `command -v x` asks where a program is.
        if name == "command" && words.get(1).is_some_and(|it| it.text.starts_with("-v") || it.text == "-V") {
            return None;
        }
        let mut at = after_options(words, 1, with_value);
        if matches!(name, "sudo" | "env" | "doas") {
            at += words.get(at..)?.iter().take_while(|it| is_assignment(&it.text)).count();
        }
        let at = at + skip;
        let word = words.get(at)?;
        let what = if name == "watch" && word.quoted && word.text.contains(' ') {
            What::Script(at)
        } else {
            What::Command(at)
        };
        let changes = words[..at].iter().any(|it| matches!(it.text.as_str(), "-D" | "-C" | "--chdir" | "-i"));
        let unknown_directory =
            changes && matches!(name, "sudo" | "env") && !(name == "env" && !has(words, at, "-C"));
        return Some(Launch { what, elsewhere: false, unknown_directory });
    }
    if SUBCOMMAND_RUNNERS.iter().any(|it| it.0 == name && words.get(1).is_some_and(|word| word.text == it.1))
    {
        let after = words.iter().position(|it| it.text == "--").map(|it| it + 1);
        let at = after
            .unwrap_or_else(|| after_options(words, 2, &["--env", "-e", "-p", "-c", "--with", "--python"]));
        return (at < words.len()).then(|| here(What::Command(at)))?;
    }
    match name {
        "eval" => (words.len() == 2).then(|| here(What::Script(1)))?,
        "su" | "runuser" => {
            let option = words.iter().position(|it| it.text == "-c" || it.text == "--command")?;
            (option + 1 < words.len()).then_some(Launch {
                what: What::Script(option + 1),
                elsewhere: false,
                unknown_directory: words.iter().any(|it| matches!(it.text.as_str(), "-" | "-l" | "--login")),
            })
        }
        "find" => {
            let at = words.iter().position(|it| matches!(it.text.as_str(), "-exec" | "-execdir"))? + 1;
            (at < words.len()).then_some(Launch {
                what: What::Command(at),
                elsewhere: false,
                unknown_directory: words[at - 1].text == "-execdir",
            })
        }
        "ssh" => {
            const WITH_VALUE: &[&str] =
                &["-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-m", "-W", "-w"];
            let host = after_options(words, 1, WITH_VALUE);
            elsewhere(words, after_options(words, host + 1, WITH_VALUE))
        }
        "docker" | "podman" | "nerdctl" | "docker-compose" => container(words),
        "kubectl" | "oc" | "k" => {
            let exec = words
                .iter()
                .take(8)
                .position(|it| matches!(it.text.as_str(), "exec" | "run" | "debug" | "rsh"))?;
            let dashes = words.iter().position(|it| it.text == "--");
            elsewhere(words, dashes.filter(|&it| it > exec)? + 1)
        }
        _ => None,
    }
}

/// The folder that a command changes to.
pub(super) fn change_directory(command: &Command) -> Option<&Word> {
    if command.nested || !matches!(command.name(), "cd" | "pushd") {
        return None;
    }
    let target = command.arguments().iter().find(|it| !matches!(it.text.as_str(), "--" | "-P" | "-L"));
    // `cd` alone goes home, as the word `cd` is no folder either: its own name stands for what cannot be told.
    Some(target.unwrap_or(&HOME))
}

/// `cd` without a folder.
static HOME: Word = Word {
    text: String::new(),
    span: crate::source::Span { source: crate::source::SourceId(0), start: 0, end: 0 },
    quoted: false,
    has_variable: true,
    has_placeholder: false,
    has_glob: false,
};

fn container(words: &[Word]) -> Option<Launch> {
    let verb = words.iter().take(8).position(|it| matches!(it.text.as_str(), "exec" | "run"))?;
    if words[verb].text == "run" {
        // Where the image's name ends and its command begins depends on every option; a shell is certain.
        let shell = (verb..words.len()).find(|&it| SHELLS.contains(&words[it].text.as_str()))?;
        return elsewhere(words, shell);
    }
    const WITH_VALUE: &[&str] =
        &["-e", "-u", "-w", "--env", "--user", "--workdir", "--env-file", "--detach-keys", "--index"];
    let target = after_options(words, verb + 1, WITH_VALUE);
    elsewhere(words, target + 1)
}

/// A command on another machine; a single word is a script.
fn elsewhere(words: &[Word], at: usize) -> Option<Launch> {
    let first = words.get(at)?;
    let script = at + 1 == words.len() && first.quoted;
    let what = if script { What::Script(at) } else { What::Command(at) };
    Some(Launch { what, elsewhere: true, unknown_directory: true })
}

/// The script of `bash -c 'x'`.
fn shell_script(words: &[Word], shell: usize) -> Option<usize> {
    let option = words
        .iter()
        .skip(shell + 1)
        .take_while(|it| it.text.starts_with('-'))
        .position(|it| !it.text.starts_with("--") && it.text.ends_with('c'))?;
    let script = shell + 1 + option + 1;
    (script < words.len()).then_some(script)
}

fn after_options(words: &[Word], from: usize, with_value: &[&str]) -> usize {
    let mut at = from;
    while let Some(word) = words.get(at).filter(|it| it.text.starts_with('-') && it.text.len() > 1) {
        at += 1;
        if word.text == "--" {
            break;
        }
        if with_value.contains(&word.text.as_str()) {
            at += 1;
        }
    }
    at
}

fn has(words: &[Word], end: usize, option: &str) -> bool {
    words.iter().take(end).any(|it| it.text == option)
}

fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}
