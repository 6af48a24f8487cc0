//! Where a page teaches the well-known strategies one after the other: the times below each belong to the strategy,
//! not to the system.

use std::ops::Range;

use super::inline;
use super::lexicon::{self, Class};
use super::tokens::Token;
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;

/// How long the name of a strategy is, in tokens: `**4. Multi-site active-active (hot)**`.
const NAME: usize = 12;

/// So many strategies in a row are taught; a system follows one or two.
const TAUGHT: usize = 3;

/// The parts of a page below the names of strategies, in bytes; none where fewer than three are named.
pub(super) fn taught(page: &Page, text: &str) -> Vec<Range<u32>> {
    let document = &page.document;
    let mut parts: Vec<Range<u32>> = Vec::new();
    // The level of the heading that names the strategy in hand; a label has none.
    let mut open: Option<Option<u8>> = None;
    for id in document.roots() {
        let node = document.node(id);
        let level = match node.kind {
            Kind::Heading(index) => page.headings.get(index as usize).map(|it| it.level),
            Kind::Paragraph if is_label(page, id) => None,
            _ => {
                if let (Some(_), Some(part)) = (open, parts.last_mut()) {
                    part.end = node.end;
                }
                continue;
            }
        };
        if is_strategy(&inline::tokens(document, document.descendants(id), text)) {
            parts.push(node.start..node.end);
            open = Some(level);
        } else if open.flatten().is_none_or(|above| level.is_some_and(|it| it <= above)) {
            open = None;
        } else if let Some(part) = parts.last_mut() {
            part.end = node.end;
        }
    }
    if parts.len() < TAUGHT { Vec::new() } else { parts }
}

/// Whether a paragraph begins in bold.
fn is_label(page: &Page, paragraph: NodeId) -> bool {
    page.document.children(paragraph).next().is_some_and(|it| page.document.node(it).kind == Kind::Strong)
}

/// Whether words are the name of a strategy and no sentence about one.
fn is_strategy(tokens: &[Token]) -> bool {
    tokens.len() <= NAME && lexicon::any(tokens, Class::Strategy)
}
