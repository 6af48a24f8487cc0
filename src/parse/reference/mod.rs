//! Pages → [`Reference`]s: what a reader who follows the page would look for in the repository or ask the
//! application.

mod containers;
mod created;
mod elsewhere;
mod endpoint;
mod path;
mod programs;
mod prose;
mod request;
mod variable;
mod walk;
mod words;

use std::collections::HashSet;

use crate::model::Files;
use crate::model::page::Page;
use crate::model::reference::Reference;
use crate::model::repository::Repository;

/// What a page is read against.
#[derive(Clone, Copy)]
struct Setting<'a> {
    page: &'a Page,
    /// The text of its source.
    text: &'a str,
    /// Its folder, relative to the root.
    folder: &'a str,
    repository: &'a Repository,
    files: &'a Files,
    /// The keys in the code blocks of the page that are no shell: a script that the reader is told to add.
    keys: &'a HashSet<&'a str>,
}

impl Setting<'_> {
    /// Whether a block of the page shows something by this name: `"dev": …` in JSON, `deploy:` in a makefile.
    fn shows(&self, name: &str) -> bool {
        self.keys.contains(name)
    }
}

/// Where a mention stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    folder: &'a str,
    in_command: bool,
}

/// What a page refers to, in the order of the text. `path` is that of its source.
pub fn references(
    page: &Page,
    text: &str,
    path: &str,
    repository: &Repository,
    files: &Files,
) -> Vec<Reference> {
    if is_about_another(page, text) || tells_the_past(page, path) {
        return Vec::new();
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let keys = keys(page, text);
    let setting = Setting { page, text, folder, repository, files, keys: &keys };
    let walked = walk::walk(&setting);
    let mut found = prose::references(&setting, &walked);
    found.extend(variable::references(&setting, &walked));
    found.extend(endpoint::references(&setting));
    found.extend(request::references(&setting));
    found.extend(walked.references);
    found.sort_by(|a, b| a.span.cmp(&b.span).then(b.in_command.cmp(&a.in_command)));
    found.dedup_by(|a, b| a.span == b.span && a.target == b.target);
    found
}

/// What stands before a colon at the start of a line in the code blocks that are no shell.
fn keys<'a>(page: &Page, text: &'a str) -> HashSet<&'a str> {
    let shell = |it: &str| matches!(it, "bash" | "sh" | "shell" | "console" | "zsh" | "http");
    let blocks = page.code_blocks.iter().filter(|it| !it.language.is_empty() && !shell(&it.language));
    let lines = blocks.flat_map(|it| text.get(it.span.range()).unwrap_or_default().lines());
    let key = |line: &'a str| {
        let line = line.trim_start_matches([' ', '\t', '+', '{', '"', '\'', '-']);
        let end = line.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')));
        // `db:migrate":` in JSON, `deploy-prod: build` in a makefile.
        let key = end.map_or(line, |it| &line[..it]);
        let rest = &line[key.len()..];
        let colon = key.ends_with(':') || rest.trim_start_matches(['"', '\'', ' ']).starts_with(':');
        (colon && !key.is_empty()).then(|| key.trim_end_matches(':'))
    };
    lines.filter_map(key).collect()
}

/// Whether the page says that it is about another repository: `external_repo: true`.
fn is_about_another(page: &Page, text: &str) -> bool {
    let value = page.front_matter.as_ref().and_then(|it| it.get(text, "external_repo"));
    value.is_some_and(|it| it == "true")
}

/// Whether a page tells what was: a change log, a decision, an incident. What it names may be gone.
fn tells_the_past(page: &Page, path: &str) -> bool {
    let name = path::name(path).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or_default();
    let log = ["changelog", "changes", "history", "release", "news", "whatsnew"];
    log.iter().any(|it| stem.starts_with(it))
        || path.split('/').any(|it| {
            let folder = it.to_ascii_lowercase();
            log.iter().any(|it| folder.starts_with(it))
                || matches!(folder.as_str(), "archive" | "archived" | "changelogs")
        })
        || matches!(page.document_type.as_deref(), Some("postmortem" | "adr"))
}
