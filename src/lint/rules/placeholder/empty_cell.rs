//! Finds empty cells in tables whose other rows have a value there.
//!
//! Forms and matrices leave cells empty on purpose, so this rule speaks only where it is asked for
//! (in the configuration or with `--select`). A cell counts where its column has a header and at least
//! half of the column's other cells are filled with words; ditto rows, whose first cell is empty too, do not.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [lint.rules]
//! "placeholder/empty-cell" = "info"
//! ```
//!
//! ```md docs/services.md
//! # Services
//!
//! | Service | Owner    | Pager |
//! |---------|----------|-------|
//! | Orders  | Commerce | 4711  |
//! | Billing |          | 4712  |
//! | Search  | Platform | 4713  |
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [lint.rules]
//! "placeholder/empty-cell" = "info"
//! ```
//!
//! ```md docs/services.md
//! # Services
//!
//! | Service | EU | US | Notes       |
//! |---------|----|----|-------------|
//! | Orders  | ✔  |    |             |
//! | Billing | –  | ✔  | from June   |
//! | Search  | ✔  | ✔  | read only   |
//! ```

use std::sync::LazyLock;

use super::words::{Pattern, pattern};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/empty-cell",
    severity: Severity::Info,
    preview: true,
    file: include_str!("empty_cell.rs"),
    check: Check::Page(check),
};

/// Headers of columns that hold something for some rows only.
static MAY_BE_EMPTY: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:notes?|comments?|remarks?|defaults?|optional|example|alias|deprecated|since)\b")
});

fn check(cx: &mut Context<'_>, page: &Page) {
    let project = cx.project;
    let text: &str = &project.sources.get(page.source).text;
    let document = &page.document;
    let cells = |row: NodeId| -> Vec<(NodeId, bool)> {
        // An image or raw HTML is a value too, so it is the source that tells.
        let filled = |it: NodeId| document.node(it).subtree_end > it + 1;
        document.children(row).map(|it| (it, filled(it))).collect()
    };
    let tables = document.nodes.iter().enumerate().filter(|(_, it)| matches!(it.kind, Kind::Table(_)));
    for (table, _) in tables {
        let mut rows = document.children(table as NodeId).map(cells);
        let Some(header) = rows.next() else { continue };
        let rows: Vec<Vec<(NodeId, bool)>> = rows.collect();
        let columns = header.iter().enumerate().skip(1).filter(|(_, (_, filled))| *filled);
        for (column, (name, _)) in columns {
            let name = document.plain_text(*name, text);
            let cells = rows.iter().filter(|it| it.first().is_some_and(|(_, filled)| *filled));
            let cells: Vec<(NodeId, bool)> = cells.filter_map(|it| it.get(column)).copied().collect();
            let filled = cells.iter().filter(|(_, filled)| *filled).count();
            if filled * 2 < cells.len() || MAY_BE_EMPTY.is_match(&name) {
                continue;
            }
            // Ticks and crosses: an empty cell means no.
            let mut values = cells.iter().filter(|(_, filled)| *filled);
            if !values.any(|(it, _)| {
                document.plain_text(*it, text).chars().filter(|it| it.is_alphanumeric()).count() > 3
            }) {
                continue;
            }
            for (cell, _) in cells.iter().filter(|(_, filled)| !filled) {
                let span = Span::new(page.source, document.node(*cell).range());
                cx.report(span, format!("the cell below `{}` is empty", name.trim()))
                    .help("write the value, or say that there is none");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_empty_cells_of_filled_columns() {
        check_rule(
            &RULE,
            "//- a.md\n| a | b | |\n|---|---|---|\n| x |  | |\n     ^^ the cell below `b` is empty\n| y | once | 2 |\n| | | |\n| z | ![i](p.png) | 3 |\n",
        );
    }
}
