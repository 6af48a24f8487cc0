//! What stands in the `SUMMARY.md` of a book, and what links to its pages.

use std::collections::HashSet;

use crate::lint::Context;
use crate::model::page::Page;
use crate::model::resolve::{Target, join};
use crate::source::{SourceId, Span};

/// The pages of the book that its `SUMMARY.md` leaves out, with whether another page links them; nothing without
/// a `SUMMARY.md`. Pages that another one includes are no pages of their own.
pub(super) fn left_out<'a>(cx: &Context<'a>) -> Vec<(&'a Page, bool)> {
    let project = cx.project;
    let Some(summary) = join(&project.book.src, "SUMMARY.md").and_then(|it| project.sources.id(&it)) else {
        return Vec::new();
    };
    let listed = project.book.listed();
    // An empty list is one that nobody has written yet.
    if listed.is_empty() {
        return Vec::new();
    }
    let mut linked = HashSet::new();
    // What is shown for wrong addresses needs no address of its own.
    let not_found = cx.config.output.html.input_404.as_deref().unwrap_or("404.md");
    let mut included: HashSet<SourceId> =
        join(&project.book.src, not_found).and_then(|it| project.sources.id(&it)).into_iter().collect();
    included.extend(project.includes.parts.keys());
    for page in project.pages.iter().filter(|it| it.source != summary) {
        for link in &page.links {
            if let Target::Page { page: target, .. } = cx.resolver.resolve(page, &link.dest) {
                linked.extend(project.pages.get(target).map(|it| it.source).filter(|it| *it != page.source));
            }
        }
    }
    project
        .pages
        .iter()
        .filter(|it| it.in_book && !listed.contains(&it.source) && !included.contains(&it.source))
        .map(|it| (it, linked.contains(&it.source)))
        .collect()
}

/// Where a finding about a whole page stands: its first heading, else its start.
pub(super) fn top(page: &Page) -> Span {
    page.headings.first().map_or_else(|| Span::new(page.source, 0..0), |it| it.span)
}
