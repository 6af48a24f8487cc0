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

/// A program that runs its arguments.
struct Runner {
    name: &'static str,
    /// Its options that take a value.
    with_value: &'static [&'static str],
    /// How many words of its own stand before the command.
    skip: usize,
    /// Its options that change the folder.
    changes_folder: &'static [&'static str],
}

const fn runner(name: &'static str, with_value: &'static [&'static str], skip: usize) -> Runner {
    Runner { name, with_value, skip, changes_folder: &[] }
}

const RUNNERS: &[Runner] = &[
    Runner {
        name: "sudo",
        with_value: &["-u", "-g", "-h", "-p", "-C", "-T", "-R", "-U", "-D", "--user", "--group", "--chdir"],
        skip: 0,
        changes_folder: &["-D", "--chdir", "-i"],
    },
    Runner {
        name: "env",
        with_value: &["-u", "-C", "--unset", "--chdir"],
        skip: 0,
        changes_folder: &["-C", "--chdir"],
    },
    runner("doas", &["-u", "-C"], 0),
    runner("time", &["-o", "-f"], 0),
    runner("nohup", &[], 0),
    runner("exec", &["-a"], 0),
    runner("command", &[], 0),
    runner("builtin", &[], 0),
    runner("nice", &["-n"], 0),
    runner("ionice", &["-c", "-n"], 0),
    runner("setsid", &[], 0),
    runner("stdbuf", &["-i", "-o", "-e"], 0),
    runner("timeout", &["-s", "-k", "--signal", "--kill-after"], 1),
    runner("watch", &["-n", "-d", "--interval"], 0),
    runner("xargs", &["-n", "-P", "-I", "-L", "-d", "-s", "-a", "-E"], 0),
    runner("npx", &["-p", "--package"], 0),
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
    if let Some(runner) = RUNNERS.iter().find(|it| it.name == name) {
        // `command -v x` asks where a program is.
        if name == "command" && words.get(1).is_some_and(|it| it.text.starts_with("-v") || it.text == "-V") {
            return None;
        }
        let mut at = after_options(words, 1, runner.with_value);
        if matches!(name, "sudo" | "env" | "doas") {
            at += words.get(at..)?.iter().take_while(|it| is_assignment(&it.text)).count();
        }
        let at = at + runner.skip;
        let word = words.get(at)?;
        let is_script = name == "watch" && word.quoted && word.text.contains(' ');
        let what = if is_script { What::Script(at) } else { What::Command(at) };
        let unknown_directory =
            words[..at].iter().any(|it| runner.changes_folder.contains(&it.text.as_str()));
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
        "ssh" => elsewhere(words, after_options(words, ssh_host(words) + 1, SSH_WITH_VALUE)),
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

/// Whether what is typed next runs on another machine or in a container: `ssh host`, `docker exec -it x sh`.
pub(super) fn enters(words: &[Word]) -> bool {
    let name = words.first().map_or("", |it| it.text.as_str());
    let last = words.last().map_or("", |it| it.text.as_str());
    let verb = words.iter().skip(1).map(|it| it.text.as_str()).find(|it| !it.starts_with('-'));
    match name {
        "ssh" => ssh_host(words) + 1 == words.len(),
        "docker" | "podman" | "nerdctl" | "docker-compose" | "kubectl" | "k" => {
            let exec = words.iter().take(8).any(|it| matches!(it.text.as_str(), "exec" | "run" | "debug"));
            exec && SHELLS.contains(&last)
        }
        "oc" => match verb {
            Some("rsh") => words.len() == 3,
            Some("debug") => !words.iter().any(|it| it.text == "--"),
            _ => words.iter().any(|it| it.text == "exec") && SHELLS.contains(&last),
        },
        "vagrant" => verb == Some("ssh") && !words.iter().any(|it| it.text == "-c"),
        _ => false,
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

const SSH_WITH_VALUE: &[&str] =
    &["-p", "-i", "-l", "-o", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-m", "-W", "-w"];

fn ssh_host(words: &[Word]) -> usize {
    after_options(words, 1, SSH_WITH_VALUE)
}

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

fn is_assignment(word: &str) -> bool {
    let name = word.split_once('=').map_or("", |(name, _)| name);
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}
