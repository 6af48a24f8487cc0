//! Labels with values, as pages carry them about themselves: `**Owner**: Quay team` in the text, rows and columns of a
//! header table.

use std::ops::Range;

use regex::Regex;

use crate::model::document::{Kind, NodeId};
use crate::model::page::{Heading, Page};
use crate::pattern::compiled;

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled<'t> {
    /// The words of the label.
    pub label: &'t str,
    /// The bytes of the value up to the end of its line or cell.
    pub value: Range<usize>,
}

/// A pattern for labels at the start of a line, a cell or a part between bars, with a colon or the end of the cell
/// behind them. The first group is the label.
pub(super) fn pattern(labels: &str) -> Regex {
    compiled(&format!(
        r"(?im)(?:^[ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?|[|·•(][ \t]*|<br ?/?>[ \t]*)(?:[^\w\s|*_`]{{1,4}}[ \t]+)?[*_]{{0,3}}({labels})[*_]{{0,3}}[ \t]*[:|][*_]{{0,3}}[ \t]*[*_]{{0,3}}"
    ))
}

/// The labels of a page's text outside code and HTML blocks, in the order of the text.
pub(super) fn in_lines<'t>(page: &Page, text: &'t str, pattern: &Regex) -> Vec<Labelled<'t>> {
    let start = page.front_matter.as_ref().map_or(0, |it| it.span.end as usize);
    let hidden =
        page.document.nodes.iter().filter(|it| matches!(it.kind, Kind::CodeBlock(_) | Kind::HtmlBlock));
    let hidden: Vec<Range<usize>> = hidden.map(|it| it.range()).collect();
    let mut found = Vec::new();
    for captures in pattern.captures_iter(text.get(start..).unwrap_or_default()) {
        let (Some(whole), Some(label)) = (captures.get(0), captures.get(1)) else { continue };
        let at = start + whole.end();
        let before = hidden.partition_point(|it| it.end <= at);
        if hidden.get(before).is_some_and(|it| it.start <= at) {
            continue;
        }
        let line = text[at..].lines().next().unwrap_or_default();
        let value = line.split('|').next().unwrap_or_default();
        let value = value.trim_end().trim_end_matches(['*', '_', ')', '.']);
        found.push(Labelled { label: label.as_str(), value: at..at + value.len() });
    }
    found
}

/// The columns of tables with one row, whose heads are the labels: head and cell. More rows are a list of something
/// else.
pub(super) fn in_columns(page: &Page) -> Vec<(NodeId, NodeId)> {
    let document = &page.document;
    let mut found = Vec::new();
    for (index, node) in document.nodes.iter().enumerate() {
        if !matches!(node.kind, Kind::Table(_)) {
            continue;
        }
        let mut rows = document.children(index as NodeId);
        if let (Some(head), Some(row), None) = (rows.next(), rows.next(), rows.next()) {
            found.extend(document.children(head).zip(document.children(row)));
        }
    }
    found
}

/// The first words of a cell that are plain text.
pub(super) fn words_of_cell(page: &Page, text: &str, cell: NodeId) -> Option<Range<usize>> {
    let nodes = page.document.descendants(cell).map(|it| page.document.node(it));
    let inside = { nodes }.find(|it| matches!(it.kind, Kind::Text(None)))?;
    let words = text.get(inside.range()).unwrap_or_default().trim_end();
    let start = inside.start as usize;
    Some(start..start + words.len())
}

/// Whether a place is in the head or the foot of a page, where it speaks of itself.
pub(super) fn is_at_edge(page: &Page, at: usize) -> bool {
    let is_above = |it: &Heading| (it.span.start as usize) < at;
    let second = page.headings.iter().filter(|it| it.level > 1).nth(1);
    !second.is_some_and(is_above) || page.headings.last().is_none_or(is_above)
}
