//! What stands in the `SUMMARY.md` of a book, and what links to its pages.

use std::collections::{HashMap, HashSet};

use crate::lint::Context;
use crate::model::page::Page;
use crate::model::resolve::{Target, join};
use crate::source::{SourceId, Span};

/// What leads to a page that `SUMMARY.md` leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lead {
    /// No page links it.
    Nothing,
    /// Only pages that are in no book themselves: it is read where they are.
    Outside,
    /// A page that `SUMMARY.md` lists.
    Book,
}

/// The pages of the book that its `SUMMARY.md` leaves out, with what leads to them; nothing without a `SUMMARY.md`.
/// Pages that another one includes are no pages of their own, and a `README.md` that nothing in the book links tells
/// the visitors of the repository about its folder.
pub(super) fn left_out<'a>(cx: &Context<'a>) -> Vec<(&'a Page, Lead)> {
    let project = cx.project;
    let Some(summary) = join(&project.book.src, "SUMMARY.md").and_then(|it| project.sources.id(&it)) else {
        return Vec::new();
    };
    let listed = project.book.listed();
    // An empty list is one that nobody has written yet.
    if listed.is_empty() {
        return Vec::new();
    }
    let mut leads: HashMap<SourceId, Lead> = HashMap::new();
    // What is shown for wrong addresses needs no address of its own.
    let not_found = cx.config.output.html.input_404.as_deref().unwrap_or("404.md");
    let mut included: HashSet<SourceId> =
        join(&project.book.src, not_found).and_then(|it| project.sources.id(&it)).into_iter().collect();
    included.extend(project.includes.parts.keys());
    for page in project.pages.iter().filter(|it| it.source != summary) {
        // What a listed page includes is read there.
        let around = project.includes.parts.get(&page.source);
        let in_book = listed.contains(&page.source) || around.is_some();
        let lead = if in_book { Lead::Book } else { Lead::Outside };
        for link in &page.links {
            let Target::Page { page: target, .. } = cx.resolver.resolve(page, &link.dest) else { continue };
            let other = project.pages.get(target).map(|it| it.source).filter(|it| *it != page.source);
            if let Some(it) = other.map(|it| leads.entry(it).or_insert(lead)) {
                *it = (*it).max(lead);
            }
        }
    }
    let lead = |page: &Page| leads.get(&page.source).copied().unwrap_or(Lead::Nothing);
    let is_note = |page: &Page| {
        let path = project.sources.path(page.source);
        let name = path.rsplit('/').next().unwrap_or(path);
        name.eq_ignore_ascii_case("README.md") && lead(page) != Lead::Book
    };
    project
        .pages
        .iter()
        .filter(|it| it.in_book && !listed.contains(&it.source) && !included.contains(&it.source))
        .filter(|it| !is_note(it))
        .map(|it| (it, lead(it)))
        .collect()
}

/// Where a finding about a whole page stands: its first heading, else its start.
pub(super) fn top(page: &Page) -> Span {
    page.headings.first().map_or_else(|| Span::new(page.source, 0..0), |it| it.span)
}
