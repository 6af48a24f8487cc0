//! Finds tables whose rows are the errors of an API: a column of HTTP statuses, of error codes, or both.
//!
//! Precision before recall: every cell of a column must have its form, and the table, a heading above it or the page
//! must speak of errors. Tables of exit codes, of severities or of metrics have other columns.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::document::{Kind, NodeId};
use crate::model::error_table::{ErrorRow, ErrorTable};
use crate::model::page::Page;
use crate::pattern::compiled;
use crate::source::Span;

/// Headers of a column of statuses.
const STATUS: [&str; 9] = [
    "status",
    "http status",
    "status code",
    "http status code",
    "http code",
    "http",
    "code",
    "response code",
    "http response",
];

/// Headers of a column of codes.
const CODE: [&str; 8] =
    ["code", "error", "error code", "error name", "error type", "error.code", "error_code", "errorcode"];

/// What a caller tests for: `ORDER_NOT_FOUND`, `order_not_found`, `order.not_found`.
static IDENTIFIER: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z][a-z0-9]*(?:[_.-][a-z0-9]+)+)$"));

/// `404`, `404 Not Found`, `HTTP 404`.
static HTTP_STATUS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:HTTP )?([1-5][0-9]{2})(?: \(?[A-Za-z][A-Za-z' -]{1,40}\)?)?$"));

/// What speaks of answers of an API; exit codes and logs have errors too.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?i)\b(?:errors?|error codes?|status codes?|http codes?|responses?|problems?)\b")
});

static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:exit|troubleshoot\w*|logs?|metrics?|alerts?|severit\w+|mysql|postgres\w*|sql|nginx|webhooks?|client|grpc|upstream|third[ -]part\w+)\b",
    )
});

/// The error tables of a page. `text` is the text of its source.
pub(super) fn tables(page: &Page, text: &str) -> Vec<ErrorTable> {
    if !text.contains('|') || !ABOUT.is_match(text) {
        return Vec::new();
    }
    let is_table = |id: &NodeId| matches!(page.document.node(*id).kind, Kind::Table(_));
    let all = (0..page.document.nodes.len() as NodeId).filter(is_table);
    all.filter_map(|it| table(page, it, text)).collect()
}

fn table(page: &Page, table: NodeId, text: &str) -> Option<ErrorTable> {
    let document = &page.document;
    let mut rows = document.children(table);
    let head = rows.next()?;
    let words = |id: NodeId| document.plain_text(id, text).trim().to_owned();
    let heads: Vec<String> = document.children(head).map(|it| words(it).to_lowercase()).collect();
    let headings: Vec<&str> =
        page.heading_path(document.node(table).start).map(|it| it.text.as_str()).collect();
    let nearest = headings.last().copied().unwrap_or_default();
    let in_head = heads.iter().any(|it| it.contains("error") || it.contains("http"));
    if !(in_head || ABOUT.is_match(nearest)) || headings.iter().any(|it| OTHERWISE.is_match(it)) {
        return None;
    }
    let rows: Vec<Vec<NodeId>> = rows.map(|it| document.children(it).collect()).collect();
    if rows.len() < 2 {
        return None;
    }
    let column = |names: &[&str], fits: &dyn Fn(&str) -> bool| {
        (0..heads.len()).find(|&at| {
            names.contains(&heads[at].as_str())
                && rows.iter().all(|row| row.get(at).is_some_and(|&it| fits(&words(it))))
        })
    };
    let status_column = column(&STATUS, &|it| status(it).is_some());
    let code_column = column(&CODE, &|it| IDENTIFIER.is_match(it)).filter(|it| Some(*it) != status_column);
    let span = |id: NodeId| place(page, id, text);
    let errors: Vec<ErrorRow> = rows
        .iter()
        .map(|row| {
            let cell = |at: Option<usize>| row.get(at?).copied();
            ErrorRow {
                status: cell(status_column).and_then(|it| Some((status(&words(it))?, span(it)))),
                code: cell(code_column).map(|it| (words(it), span(it))),
            }
        })
        .filter(|it| it.status.is_some() || it.code.is_some())
        .collect();
    // Statuses alone are about errors when one of them is.
    let is_error = |it: &ErrorRow| it.status.as_ref().is_none_or(|(status, _)| *status >= 400);
    let head = Span::new(page.source, document.node(head).range());
    errors.iter().any(is_error).then_some(ErrorTable { source: page.source, head, rows: errors })
}

fn status(words: &str) -> Option<u16> {
    HTTP_STATUS.captures(words)?.get(1)?.as_str().parse().ok()
}

/// The words of a cell without the marks around them.
fn place(page: &Page, cell: NodeId, text: &str) -> Span {
    let range = page.document.node(cell).range();
    let written = text.get(range.clone()).unwrap_or_default();
    let is_mark = |it: char| it.is_whitespace() || matches!(it, '`' | '*' | '_' | '|');
    let start = range.start + written.len() - written.trim_start_matches(is_mark).len();
    let length = written.trim_matches(is_mark).len();
    Span::new(page.source, start..start + length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;
    use crate::source::SourceId;

    /// The rows of the tables of a page, as `STATUS CODE`.
    fn rows(text: &str) -> Vec<String> {
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let all = tables(&page, text).into_iter().flat_map(|it| it.rows);
        all.map(|it| {
            let status = it.status.map(|(status, span)| {
                assert!(text[span.range()].contains(&status.to_string()));
                status.to_string()
            });
            let code = it.code.map(|(code, span)| {
                assert_eq!(&text[span.range()], code);
                code
            });
            [status, code].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect()
    }

    #[test]
    fn statuses_and_codes_are_read() {
        let text = "# API\n\n## Errors\n\n| HTTP status | Code | Meaning |\n|---|---|---|\n\
            | `404` | `ORDER_NOT_FOUND` | gone |\n| 409 Conflict | **ORDER_CLOSED** | late |\n";
        assert_eq!(rows(text), ["404 ORDER_NOT_FOUND", "409 ORDER_CLOSED"]);
        let text = "## Responses\n\n| Code | Meaning |\n|---|---|\n| 200 | fine |\n| 422 | wrong |\n";
        assert_eq!(rows(text), ["200", "422"]);
    }

    #[test]
    fn other_tables_are_none() {
        for text in [
            "# Exit codes\n\n| Code | Error |\n|---|---|\n| 1 | no_file |\n| 2 | no_net |\n",
            "# Errors in the logs\n\n| Code | Count |\n|---|---|\n| 404 | 2 |\n| 500 | 3 |\n",
            "# Errors\n\n| Code | What |\n|---|---|\n| 404 | gone |\n| any other | broken |\n",
            "# Load\n\n| Status | Share |\n|---|---|\n| 200 | 98 % |\n| 500 | 2 % |\n",
            "# Errors\n\n| Code |\n|---|\n| 404 |\n",
            "# Errors\n\n| HTTP status |\n|---|\n| 200 |\n| 201 |\n",
        ] {
            assert_eq!(rows(text), [""; 0], "{text}");
        }
    }
}
