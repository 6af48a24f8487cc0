//! Pages → [`Reference`]s: what a reader who follows the page would look for in the repository or ask the
//! application.

mod created;
mod endpoint;
mod path;
mod programs;
mod prose;
mod request;
mod variable;
mod walk;
mod words;

#[cfg(test)]
mod tests;

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
    let setting = Setting { page, text, folder, repository, files };
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
