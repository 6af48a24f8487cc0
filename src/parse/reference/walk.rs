//! Follows the commands of a page in their order, as a reader would: which folder, which machine, what is there.

use super::created::Created;
use super::elsewhere::is_run_elsewhere;
use super::path;
use super::programs::{Mention, mentions};
use super::words::{arguments, program, without_wrapper};
use super::{Place, Setting};
use crate::model::code::{Command, Directory, Word};
use crate::model::reference::{Reference, Target};
use crate::source::Span;

/// The references in the commands of a page, what the page makes, and where it speaks of something else.
pub(super) struct Walked {
    pub(super) references: Vec<Reference>,
    pub(super) created: Created,
    pub(super) silent: Silent,
}

/// Parts of a page that are about another machine, folder or repository.
/// Disjoint and in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Silent(Vec<std::ops::Range<u32>>);

impl Silent {
    pub(super) fn contains(&self, offset: u32) -> bool {
        let before = self.0.partition_point(|it| it.start <= offset);
        self.0[..before].last().is_some_and(|it| offset < it.end)
    }

    /// Adds a part. Commands are followed in their order, so a part that begins before the last one touches it.
    fn add(&mut self, part: std::ops::Range<u32>) {
        match self.0.last_mut().filter(|last| part.start <= last.end) {
            Some(last) => *last = last.start.min(part.start)..last.end.max(part.end),
            None => self.0.push(part),
        }
    }
}

/// How far a change of place reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the end of the block.
    Block,
    /// To the next heading.
    Section,
    /// To the end of the page.
    Page,
}

/// Follows every command of a page.
pub(super) fn walk(setting: &Setting<'_>) -> Walked {
    let mut walked =
        Walked { references: Vec::new(), created: Created::default(), silent: Silent::default() };
    walked.created.add_shown(setting.page, setting.text);
    let mut own_clones: Vec<String> = Vec::new();
    let mut executable: Vec<String> = Vec::new();
    for command in &setting.page.commands {
        let at = command.span.start;
        if command.elsewhere || walked.silent.contains(at) || is_run_elsewhere(setting, command) {
            continue;
        }
        if let Some(reach) = leaves(setting, command, &mut own_clones) {
            let end = end(setting, command, reach);
            walked.silent.add(at..end);
        }
        let folder = match &command.directory {
            Directory::Start => Some(setting.folder.to_owned()),
            Directory::Below(below) => folder(setting, below, &own_clones),
            Directory::Unknown => None,
        };
        let Some(folder) = folder else {
            let made =
                matches!(&command.directory, Directory::Below(below) if walked.created.contains(below));
            let reach = if made { Reach::Page } else { Reach::Section };
            let end = end(setting, command, reach);
            walked.silent.add(at..end);
            continue;
        };
        executable.extend(made_executable(&command.words));
        let place = Place { folder: &folder, in_command: true };
        let mut found = Vec::new();
        let mut unknown_compose_file = false;
        for mut mention in mentions(&command.words) {
            if let Target::Script { path, direct } = &mut mention.target {
                *direct &= !executable.iter().any(|it| path::normal(path).starts_with(it));
            }
            let reference = reference(setting, &walked.created, &mention, place);
            unknown_compose_file |= reference.is_none() && matches!(mention.target, Target::ComposeFile(_));
            found.extend(reference);
        }
        found.retain(|it| !unknown_compose_file || !matches!(it.target, Target::Service(_)));
        walked.references.append(&mut found);
        if let Some(reach) = goes_away(setting, command, &folder, &own_clones, &walked.created) {
            // What follows `cd` in the same block is judged by its own folder.
            let start = end(setting, command, Reach::Block);
            walked.silent.add(start..end(setting, command, reach));
        }
        walked.created.add_command(command);
    }
    walked
}

/// Whether a `cd` leads out of the repository, and for how long: the next block is read by someone who is there.
fn goes_away(
    setting: &Setting<'_>,
    command: &Command,
    here: &str,
    own_clones: &[String],
    created: &Created,
) -> Option<Reach> {
    if !matches!(program(&command.words), "cd" | "pushd") {
        return None;
    }
    let to = command.arguments().iter().find(|it| !it.text.starts_with('-'))?;
    let leaves = to.text.starts_with(['/', '~']) || !to.is_literal();
    if leaves && !path::may_mean_root(&to.text, setting.files) {
        return Some(Reach::Section);
    }
    let below = path::normal(&to.text);
    let inside = below.is_empty()
        || folder(setting, &below, own_clones).is_some()
        || setting.files.get(&format!("{here}/{below}")).is_some();
    let reach = if created.contains(&below) { Reach::Page } else { Reach::Section };
    (!inside).then_some(reach)
}

/// The files that `chmod +x` names; of a pattern what stands before it.
fn made_executable(words: &[Word]) -> Vec<String> {
    let words = without_wrapper(words);
    let rest = if program(words) == "chmod" { words.get(1..).unwrap_or_default() } else { &[] };
    let start = |it: &Word| path::normal(it.text.split('*').next().unwrap_or_default());
    rest.iter().skip(1).map(start).collect()
}

/// The reference of a mention, if the repository could have what it names.
pub(super) fn reference(
    setting: &Setting<'_>,
    created: &Created,
    mention: &Mention<'_>,
    place: Place<'_>,
) -> Option<Reference> {
    match &mention.target {
        Target::Script { path, direct } if !is_own_script(setting, created, path, *direct) => return None,
        Target::File(path) if !is_own_file(setting, created, path) => return None,
        Target::NpmScript(name) | Target::Service(name) if setting.shows(name) => return None,
        Target::Task { name, .. } if setting.shows(name) => return None,
        Target::ComposeFile(path)
            if !path::is_path(path) || path.starts_with('/') || created.contains(path) =>
        {
            return None;
        }
        _ => {}
    }
    Some(Reference {
        target: mention.target.clone(),
        span: value_span(setting.text, mention.word, mention.value),
        folder: place.folder.to_owned(),
        in_command: place.in_command,
    })
}

fn is_own_script(setting: &Setting<'_>, created: &Created, path: &str, direct: bool) -> bool {
    if !is_own_path(setting, created, path) {
        return false;
    }
    if path::is_script(path) {
        // A name without a folder is that of the reader's own file, unless a document of operations speaks.
        let known = || path::extension(path).is_some_and(|it| setting.repository.has_extension(it));
        let of_operations = || setting.page.document_type.is_some() || is_own_call(path, direct);
        let bare = || !path::is_generic(path) && known() && of_operations();
        return path::has_folder(path) || bare();
    }
    // A program without extension: only beside others in a folder of the repository.
    direct && path::has_folder(path) && path::extension(path).is_none() && has_folder(setting, path)
}

/// Whether `./nightly-dump.sh` is called by a name of several words: a tutorial's own files have shorter ones.
fn is_own_call(path: &str, direct: bool) -> bool {
    direct && path.starts_with("./") && path::name(path).split(['-', '_']).count() > 2
}

fn is_own_file(setting: &Setting<'_>, created: &Created, path: &str) -> bool {
    let sample = path::name(path).starts_with(".env.") || path::name(path) == "env.example";
    is_own_path(setting, created, path) && (path::has_folder(path) || sample)
}

/// Whether a path may lie in the repository.
fn is_own_path(setting: &Setting<'_>, created: &Created, path: &str) -> bool {
    path::is_path(path)
        && (!path.starts_with('/') || path::may_mean_root(path, setting.files))
        && !path::is_made(path)
        && !created.contains(path)
        && !is_linked(setting, path)
}

/// Whether a link of the page says that the file lies on another site: `…/blob/main/deploy/role.yaml`.
fn is_linked(setting: &Setting<'_>, path: &str) -> bool {
    let path = path::normal(path);
    let ends = |dest: &str| {
        dest.strip_suffix(path.as_str()).is_some_and(|it| it.ends_with('/') && it.contains("://"))
    };
    setting.page.links.iter().any(|it| ends(it.dest.split(['?', '#']).next().unwrap_or_default()))
}

/// Whether the folder of a path is there, from the page upwards.
fn has_folder(setting: &Setting<'_>, path: &str) -> bool {
    let Some((folder, _)) = path.trim_end_matches('/').rsplit_once('/') else { return false };
    let place = setting.repository.place(setting.files, setting.folder, folder);
    matches!(place, crate::model::repository::Place::At(_))
}

/// The folder that `cd` has led to, relative to the root; none when the repository has none of that name.
fn folder(setting: &Setting<'_>, below: &str, own_clones: &[String]) -> Option<String> {
    let (first, rest) = below.split_once('/').unwrap_or((below, ""));
    if let crate::model::repository::Place::At(found) =
        setting.repository.place(setting.files, setting.folder, below)
    {
        return Some(found);
    }
    if own_clones.iter().any(|it| it == first || it.is_empty()) {
        let inside = setting.files.get(rest).is_some_and(|it| it.is_dir);
        return inside.then(|| rest.to_owned());
    }
    None
}

/// Whether a command leads to another machine, or brings in files that nobody knows; and how far.
fn leaves(setting: &Setting<'_>, command: &Command, own_clones: &mut Vec<String>) -> Option<Reach> {
    let words = without_wrapper(&command.words);
    let rest = words.get(1..).unwrap_or_default();
    let all = arguments(rest, &["-i", "-p", "-l", "-o", "-L", "-b", "--branch", "--depth", "-n", "-c"]);
    let text = |at: usize| all.get(at).map_or("", |it| it.text.as_str());
    match program(words) {
        "git" if text(0) == "clone" => {
            let address = all.get(1)?;
            if is_own_clone(setting, address) {
                let name = all.get(2).map_or_else(|| path::name(&address.text), |it| &it.text);
                let known = !address.has_placeholder && !address.has_variable;
                own_clones.push(if known { name.trim_end_matches(".git").to_owned() } else { String::new() });
                return None;
            }
            Some(Reach::Page)
        }
        "ssh" if all.len() == 1 => Some(Reach::Block),
        "su" | "chroot" => Some(Reach::Block),
        "vagrant" | "multipass" if text(0) == "ssh" || text(0) == "shell" => Some(Reach::Block),
        "docker" | "podman" | "kubectl" | "oc" | "docker-compose" => {
            let shell = |it: &&Word| matches!(it.text.as_str(), "bash" | "sh" | "/bin/bash" | "/bin/sh");
            let enters = rest.iter().any(|it| matches!(it.text.as_str(), "exec" | "run" | "rsh"));
            (enters && rest.last().filter(shell).is_some()).then_some(Reach::Block)
        }
        "tar" if rest.first().is_some_and(|it| it.text.contains('x')) => Some(Reach::Section),
        "unzip" | "7z" | "unrar" => Some(Reach::Section),
        "npm" | "yarn" | "pnpm" | "bun" if matches!(text(0), "create" | "init") => Some(Reach::Page),
        "cargo" | "rails" | "mix" | "ng" | "django-admin" | "dotnet" | "poetry" | "uv" | "flutter"
            if matches!(text(0), "new" | "startproject" | "init" | "create") =>
        {
            Some(Reach::Page)
        }
        // `tool app:scaffold shop`
        _ if text(0).contains("scaffold") => Some(Reach::Page),
        _ if program(&command.words).ends_with("npx")
            && all.iter().any(|it| {
                ["create", "init", "scaffold", "new"].iter().any(|verb| it.text.contains(verb))
            }) =>
        {
            Some(Reach::Page)
        }
        name if name.starts_with("create-") => Some(Reach::Page),
        "cookiecutter" | "degit" | "copier" => Some(Reach::Page),
        _ => None,
    }
}

/// Whether a clone is one of this very repository, as READMEs begin with.
fn is_own_clone(setting: &Setting<'_>, address: &Word) -> bool {
    let text = address.text.to_lowercase();
    let slot = ["your", "username", "<", "{", "/example/", "org/repo", "user/repo", "owner/repo"];
    address.has_placeholder
        || slot.iter().any(|it| text.contains(it))
        || setting.repository.is_own_address(&address.text)
}

/// Where a change of place that a command makes ends.
fn end(setting: &Setting<'_>, command: &Command, reach: Reach) -> u32 {
    let at = command.span.start;
    match reach {
        Reach::Block => setting.page.code_blocks.get(command.block as usize).map_or(at, |it| it.span.end),
        Reach::Section => {
            let headings = &setting.page.headings;
            let next = headings.partition_point(|it| it.span.start <= at);
            headings.get(next).map_or(u32::MAX, |it| it.span.start)
        }
        Reach::Page => u32::MAX,
    }
}

/// The span of the part of a word that names something.
fn value_span(text: &str, word: &Word, value: &str) -> Span {
    let written = text.get(word.span.range()).unwrap_or_default();
    match written.rfind(value).filter(|_| !value.is_empty()) {
        Some(at) => word.span.slice(at..at + value.len()),
        None => word.span,
    }
}
