//! reviewdog's diagnostic format: one JSON object a line. Its columns count bytes of UTF-8, from 1.

use serde::Serialize;

use super::{Report, paragraphs};
use crate::finding::{Finding, Severity};
use crate::source::Span;

#[derive(Debug, Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    source: Name,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<[Suggestion; 1]>,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    range: Range,
}

/// The end is the place after the last byte.
#[derive(Debug, Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct Name {
    name: &'static str,
}

#[derive(Debug, Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let diagnostic = diagnostic(report, finding);
        out.push_str(&serde_json::to_string(&diagnostic).expect("plain data is JSON"));
        out.push('\n');
    }
    out
}

fn diagnostic<'a>(report: &Report<'_>, finding: &'a Finding) -> Diagnostic<'a> {
    let mut message = paragraphs(finding);
    // Older releases of reviewdog refuse a line with a key that they do not know, so these stand in the text.
    for (span, words) in &finding.related {
        let (start, _) = report.positions(*span);
        let path = report.path(span.source);
        message.push_str(&format!("\n{path}:{}:{} {words}", start.line, start.column));
    }
    Diagnostic {
        message,
        location: Location { path: report.path(finding.span.source), range: range(report, finding.span) },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        source: Name { name: "docwright" },
        code: Code { value: finding.rule, url: report.rule_page(finding.rule) },
        suggestions: suggestion(report, finding).map(|it| [it]),
    }
}

/// The fix as one replacement in the finding's own file, the only form there is: several edits become one that
/// reaches from the first to the last.
fn suggestion(report: &Report<'_>, finding: &Finding) -> Option<Suggestion> {
    let mut edits: Vec<_> = report.fix(finding)?.edits.iter().collect();
    edits.sort_by_key(|it| it.span);
    let source = report.project.sources.get(finding.span.source);
    let (first, last) = (edits.first()?, edits.last()?);
    let whole = Span { end: last.span.end, ..first.span };
    if edits.iter().any(|it| it.span.source != finding.span.source) || source.is_masked(whole.range()) {
        return None;
    }
    let mut text = String::new();
    let mut at = whole.start as usize;
    for edit in edits {
        text.push_str(source.text.get(at..edit.span.start as usize)?);
        text.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    Some(Suggestion { range: range(report, whole), text })
}

fn range(report: &Report<'_>, span: Span) -> Range {
    let source = report.project.sources.get(span.source);
    let place = |offset| {
        let position = source.position(offset);
        let line_start = source.line_starts()[position.line as usize - 1];
        Place { line: position.line, column: position.offset - line_start + 1 }
    };
    Range { start: place(span.start), end: place(span.end) }
}
