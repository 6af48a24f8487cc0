//! Rows of a table of contacts that name nobody's number: `| Database | | |` below `Role | Phone | E-mail`.

use std::sync::LazyLock;

use super::words::{CONTACT, Pattern, pattern};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;

/// Columns that say how to reach somebody.
static REACH: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:phone|telephone|tel|mobile|cell|pager|hotline|e-?mail|slack|signal|contact|reach)\b")
});

/// The column of values in a form.
static VALUE: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^(?:values?|details?|answers?|entry|information|contact|name|number|phone)$")
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
        let names: Vec<String> = document.children(header).map(|it| document.plain_text(it, text)).collect();
        let columns: Vec<usize> = names
            .iter()
            .enumerate()
            .filter(|(column, it)| *column > 0 && REACH.is_match(it) && it.split_whitespace().count() <= 3)
            .map(|(column, _)| column)
            .collect();
        // A form: a row for each thing that is asked.
        let form = names.len() == 2 && VALUE.is_match(names[1].trim());
        if columns.is_empty() && !form {
            continue;
        }
        for row in rows {
            let cells: Vec<NodeId> = document.children(row).collect();
            let Some(label) = cells.first().filter(|it| !is_empty(it)) else { continue };
            let asked = || form && CONTACT.is_match(&document.plain_text(*label, text));
            let columns = if asked() { &[1][..] } else { columns.as_slice() };
            if columns.is_empty() {
                continue;
            }
            if columns.iter().all(|&it| cells.get(it).is_none_or(is_empty)) {
                found.push(*label);
            }
        }
    }
    found
}
