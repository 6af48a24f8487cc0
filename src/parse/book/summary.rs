//! The navigation that a `SUMMARY.md` of mdBook writes down.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::entry;
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::model::resolve::{has_scheme, join};
use crate::model::{NavItem, SummaryProblem};
use crate::source::{SourceId, Sources, Span};

/// Reads mdBook's `SUMMARY.md`: headings after the first chapter are parts, lists nest, a link without a
/// destination is a draft. The entries of lists have numbers, which run on through the parts.
pub(super) fn from_summary(page: &Page, sources: &Sources, src: &str) -> (Vec<NavItem>, Vec<SummaryProblem>) {
    let text = &sources.get(page.source).text;
    let mut nav = Vec::new();
    let mut chapters = 0;
    let mut reader = SummaryReader { page, text, sources, src, first: HashMap::new(), problems: Vec::new() };
    for root in page.document.roots() {
        match page.document.node(root).kind {
            Kind::Heading(index) => {
                let heading = &page.headings[index as usize];
                if !nav.is_empty() || !heading.text.eq_ignore_ascii_case("summary") {
                    let title = heading.text.clone();
                    nav.push(NavItem { part: true, ..entry(title, None) });
                }
            }
            Kind::Paragraph => reader.items(root, 0, &mut nav),
            Kind::List(_) => {
                let before = nav.len();
                reader.items(root, 0, &mut nav);
                chapters = number(nav.get_mut(before..).unwrap_or_default(), "", chapters);
            }
            _ => {}
        }
    }
    // The first heading is the title of the list, whatever it says, if chapters follow it directly.
    if nav.first().is_some_and(|it| it.part) && page.headings.len() == 1 {
        nav.remove(0);
    }
    (nav, reader.problems)
}

/// Numbers entries and those below them, from the one after `last`; the last number.
fn number(entries: &mut [NavItem], above: &str, last: usize) -> usize {
    for (at, entry) in (last + 1..).zip(entries.iter_mut()) {
        entry.number = format!("{above}{at}");
        let below = format!("{}.", entry.number);
        number(&mut entry.children, &below, 0);
    }
    last + entries.len()
}

/// Deepest nesting of a `SUMMARY.md` that is read.
const MAX_DEPTH: usize = 64;

struct SummaryReader<'a> {
    page: &'a Page,
    text: &'a str,
    sources: &'a Sources,
    src: &'a str,
    /// Where each page stands first.
    first: HashMap<SourceId, Span>,
    problems: Vec<SummaryProblem>,
}

impl SummaryReader<'_> {
    /// Adds the links below a node, those in nested lists below the link of their item.
    fn items(&mut self, node: NodeId, depth: usize, into: &mut Vec<NavItem>) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in self.page.document.children(node) {
            match self.page.document.node(child).kind {
                Kind::Link(index) => {
                    let title = self.page.document.plain_text(child, self.text).trim().to_owned();
                    let link = &self.page.links[index as usize];
                    let page = self.target(&link.dest);
                    if let Some(page) = page {
                        match self.first.entry(page) {
                            Entry::Vacant(place) => {
                                place.insert(link.span);
                            }
                            Entry::Occupied(first) => {
                                let first = *first.get();
                                self.problems.push(SummaryProblem::Repeated { span: link.span, first });
                            }
                        }
                    }
                    into.push(entry(title, page));
                }
                Kind::Item => {
                    into.extend(self.unlinked(child));
                    self.items(child, depth + 1, into);
                }
                Kind::List(_) => match into.last_mut() {
                    Some(above) if !above.part => self.items(child, depth + 1, &mut above.children),
                    _ => self.items(child, depth + 1, into),
                },
                _ => self.items(child, depth + 1, into),
            }
        }
    }

    /// The entry of an item that links nothing: a chapter that is still to be written, which its children stand below.
    fn unlinked(&mut self, item: NodeId) -> Option<NavItem> {
        let document = &self.page.document;
        let mut title = String::new();
        let mut span: Option<Span> = None;
        let mut next = item + 1;
        while next < document.node(item).subtree_end {
            let node = document.node(next);
            match node.kind {
                Kind::List(_) => next = node.subtree_end,
                Kind::Link(_) => return None,
                Kind::Text(_) | Kind::Code(_) => {
                    title.push_str(&document.plain_text(next, self.text));
                    let words = Span::new(self.page.source, node.range());
                    span = Some(span.map_or(words, |it| Span { end: words.end, ..it }));
                    next += 1;
                }
                _ => next += 1,
            }
        }
        let title = title.trim().to_owned();
        let span = span.filter(|_| !title.is_empty())?;
        self.problems.push(SummaryProblem::Unlinked(span));
        Some(entry(title, None))
    }

    fn target(&self, dest: &str) -> Option<SourceId> {
        let path = dest.split('#').next().filter(|it| !it.is_empty() && !has_scheme(it))?;
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        self.sources.id(&join(self.src, &decoded)?)
    }
}
