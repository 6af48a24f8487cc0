//! Rows of a table of contacts that name nobody's number: `| Database | | |` below `Role | Phone | E-mail`.

use std::sync::LazyLock;

use super::words::{Pattern, pattern};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;

/// Columns that say how to reach somebody.
static REACH: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:phone|telephone|tel|mobile|cell|pager|hotline|e-?mail|slack|signal|contact|reach)\b")
});

/// The first cells of rows whose every column with a way to reach somebody is empty. `text` is the text of the
/// page's source.
pub(super) fn unreachable(page: &Page, text: &str) -> Vec<NodeId> {
    let document = &page.document;
    let is_empty = |it: &NodeId| document.node(*it).subtree_end == it + 1;
    let mut found = Vec::new();
    let tables = document.nodes.iter().enumerate().filter(|(_, it)| matches!(it.kind, Kind::Table(_)));
    for (table, _) in tables {
        let mut rows = document.children(table as NodeId);
        let Some(header) = rows.next() else { continue };
        let headers = document.children(header).map(|it| document.plain_text(it, text));
        let columns: Vec<usize> = headers
            .enumerate()
            .filter(|(column, it)| *column > 0 && REACH.is_match(it) && it.split_whitespace().count() <= 3)
            .map(|(column, _)| column)
            .collect();
        if columns.is_empty() {
            continue;
        }
        for row in rows {
            let cells: Vec<NodeId> = document.children(row).collect();
            let Some(label) = cells.first().filter(|it| !is_empty(it)) else { continue };
            if columns.iter().all(|&it| cells.get(it).is_none_or(is_empty)) {
                found.push(*label);
            }
        }
    }
    found
}
