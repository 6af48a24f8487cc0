//! Rules about addresses that moved.

pub(crate) mod circular;
pub(crate) mod missing_page;
pub(crate) mod missing_target;
pub(crate) mod shadowed;

use std::collections::HashSet;

use crate::lint::Context;
use crate::model::declared::page_sources;
use crate::model::page::Page;
use crate::model::resolve::join;

/// What the site has at a path, as far as it is known before it is made.
pub(super) enum There<'a> {
    /// A page of the book.
    Page(&'a Page),
    /// A file of the book's folder that is copied, or a page that docwright makes.
    File,
}

/// The old addresses, each with its fragment.
pub(super) fn moved<'a>(cx: &Context<'a>) -> HashSet<(&'a str, Option<&'a str>)> {
    let redirects = cx.project.declared.redirects.iter();
    redirects.map(|it| (it.from.as_str(), it.fragment.as_deref())).collect()
}

/// Pages that docwright makes beside those of the book.
const MADE: [&str; 9] = [
    "404.html",
    "alerts.html",
    "contacts.html",
    "findings.html",
    "freshness.html",
    "index.html",
    "recovery.html",
    "routes.html",
    "toc.html",
];

/// What stands at a path of the site.
pub(super) fn there<'a>(cx: &Context<'a>, path: &str) -> Option<There<'a>> {
    let project = cx.project;
    let sources = page_sources(path).into_iter().filter_map(|it| join(&project.book.src, &it));
    let page = sources.filter_map(|it| project.sources.id(&it)).find_map(|id| {
        let at = project.pages.binary_search_by_key(&id, |it| it.source).ok()?;
        project.pages.get(at).filter(|it| it.in_book)
    });
    if let Some(page) = page {
        return Some(There::Page(page));
    }
    let copied = join(&project.book.src, path).and_then(|it| project.files.get(&it));
    copied.is_some_and(|it| !it.is_dir).then_some(There::File)
}

/// Whether docwright makes something at a path of the site.
pub(super) fn is_made(cx: &Context<'_>, path: &str) -> bool {
    MADE.contains(&path) || (!cx.project.specs.is_empty() && path.starts_with("api/"))
}
