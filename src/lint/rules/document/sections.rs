//! Which sections of its kind a page has. A section is announced by a heading, bold words that begin a paragraph or an
//! item, a first cell, a term, or a link to a page that holds it.

use crate::model::document::{Kind, NodeId};
use crate::model::document_type::{DocumentType, plain_words};
use crate::model::page::Page;

/// For each section of a kind, whether the page has it.
pub(super) fn present(page: &Page, text: &str, kind: &DocumentType) -> Vec<bool> {
    let labels = labels(page, text);
    kind.sections.iter().map(|it| labels.iter().any(|words| it.is_announced_by(words))).collect()
}

/// Whether a page whose file name or title tells its kind is one, and no note about one: it has half of what the kind
/// requires.
pub(super) fn is_one(kind: &DocumentType, present: &[bool]) -> bool {
    let required = || kind.sections.iter().zip(present).filter(|(it, _)| it.required);
    required().filter(|(_, has)| **has).count() * 2 >= required().count().max(1)
}

/// The words of everything that announces a part, see [`plain_words`]. The title is not among them.
fn labels(page: &Page, text: &str) -> Vec<String> {
    let document = &page.document;
    let title = page.headings.iter().position(|it| it.level == 1);
    let headings = page.headings.iter().enumerate().filter(|(i, _)| Some(*i) != title);
    let mut labels: Vec<String> = headings.map(|(_, it)| plain_words(&it.text)).collect();
    for id in 0..document.nodes.len() as NodeId {
        let node = document.node(id);
        let label = match node.kind {
            Kind::Paragraph | Kind::Item => {
                document.children(id).next().filter(|&it| matches!(document.node(it).kind, Kind::Strong))
            }
            Kind::TableRow | Kind::TableHead => document.children(id).next(),
            Kind::DefinitionTerm | Kind::Link(_) => Some(id),
            _ => None,
        };
        if let Some(label) = label {
            labels.push(plain_words(&document.plain_text(label, text)));
        }
    }
    labels
}
