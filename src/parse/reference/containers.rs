//! What commands for containers and clusters refer to: compose files, services, manifests.

use super::programs::{Mention, files};
use super::words::{arguments, option_values};
use crate::model::code::Word;
use crate::model::reference::Target;

/// What `docker` and `podman` read: `build -f`, `compose`, `stack deploy -c`.
pub(super) fn docker(rest: &[Word]) -> Vec<Mention<'_>> {
    let text = |at: usize| rest.get(at).map_or("", |it| it.text.as_str());
    match (text(0), text(1)) {
        ("compose", _) => compose(&rest[1..]),
        ("build", _) | ("buildx", "build") => files(option_values(rest, &["-f", "--file"]), false).collect(),
        ("stack", "deploy") => compose_files(option_values(rest, &["-c", "--compose-file"])),
        _ => Vec::new(),
    }
}

fn compose_files<'a>(values: Vec<(&'a str, &'a Word)>) -> Vec<Mention<'a>> {
    let mention = |(value, word)| Mention { target: Target::ComposeFile(str::to_owned(value)), word, value };
    values.into_iter().filter(|(value, _)| *value != "-").map(mention).collect()
}

/// Subcommands of compose whose arguments are services; the second list: only the first one is.
const OF_SERVICES: [&str; 14] = [
    "up", "start", "stop", "restart", "logs", "build", "pull", "push", "ps", "rm", "kill", "top", "pause",
    "unpause",
];
const OF_ONE_SERVICE: [&str; 3] = ["exec", "run", "port"];

/// `docker compose [-f file] subcommand [service…]`.
pub(super) fn compose(rest: &[Word]) -> Vec<Mention<'_>> {
    let of_compose = [
        "-f",
        "--file",
        "-p",
        "--project-name",
        "--profile",
        "--env-file",
        "--project-directory",
        "--parallel",
    ];
    let mut at = 0;
    while let Some(word) = rest.get(at).filter(|it| it.text.starts_with('-')) {
        at += if of_compose.contains(&word.text.as_str()) { 2 } else { 1 };
    }
    let (own, command) = rest.split_at(at.min(rest.len()));
    let mut found = compose_files(option_values(own, &["-f", "--file"]));
    found.extend(files(option_values(own, &["--env-file"]), false));
    let Some((subcommand, rest)) = command.split_first() else { return found };
    // With an unknown file or project its services are unknown too.
    if own.iter().any(|it| !it.is_literal() || it.text == "-p") {
        return found;
    }
    let with_value = [
        "--tail",
        "-n",
        "--since",
        "--until",
        "-t",
        "--timeout",
        "--scale",
        "-e",
        "--env",
        "-u",
        "--user",
        "-w",
        "--workdir",
        "--index",
        "--name",
        "-s",
        "--signal",
        "-v",
        "--volume",
        "-p",
        "--entrypoint",
        "--build-arg",
    ];
    let name = subcommand.text.as_str();
    let count = match name {
        _ if OF_SERVICES.contains(&name) => usize::MAX,
        _ if OF_ONE_SERVICE.contains(&name) => 1,
        _ => 0,
    };
    // `-t` of exec and run, and `-v` of others, take no value: what follows is the service all the same.
    let flags = matches!(name, "exec" | "run");
    let with_value: Vec<&str> = with_value.into_iter().filter(|it| !(flags && *it == "-t")).collect();
    let services = arguments(rest, &with_value).into_iter().take(count);
    let plain = |it: &&Word| {
        it.is_literal() && it.text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    found.extend(services.filter(plain).map(|it| Mention {
        target: Target::Service(it.text.clone()),
        word: it,
        value: &it.text,
    }));
    found
}

/// The files that are applied or deleted.
pub(super) fn kubectl(rest: &[Word]) -> Vec<Mention<'_>> {
    let verbs = ["apply", "create", "delete", "replace", "diff"];
    if !rest.iter().any(|it| verbs.contains(&it.text.as_str())) {
        return Vec::new();
    }
    let names = ["-f", "--filename", "-k", "--kustomize"];
    files(option_values(rest, &names), false).filter(|it| it.value != "-").collect()
}
