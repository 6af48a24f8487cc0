//! All findings as a Markdown table, for the page of a run of GitHub Actions.

use super::{Report, counts, sentence};
use crate::finding::Finding;

/// What is kept free for the line about rows that are left out.
const CLOSING: usize = 120;

pub(super) fn render(report: &Report<'_>, room: usize) -> String {
    let mut out = format!("## docwright\n\nFound {}.\n", counts(report));
    if !report.findings.is_empty() {
        out.push_str("\n| Level | Place | Rule | Finding |\n|---|---|---|---|\n");
    }
    let order = report.most_severe_first();
    for (rows, &at) in order.iter().enumerate() {
        let row = row(report, &report.findings[at]);
        if out.len() + row.len() + CLOSING > room {
            let left = order.len() - rows;
            out.push_str(&format!("\n{left} more left out: a step's summary may not grow further.\n"));
            break;
        }
        out.push_str(&row);
    }
    if out.len() > room { String::new() } else { out }
}

fn row(report: &Report<'_>, finding: &Finding) -> String {
    let (start, _) = report.positions(finding.span);
    let path = report.path(finding.span.source);
    format!(
        "| {} | {}:{}:{} | {} | {} |\n",
        finding.severity.as_str(),
        prose(&path),
        start.line,
        start.column,
        finding.rule,
        cell(&sentence(finding))
    )
}

/// A message as a cell of a table: what stands between backticks stays code.
fn cell(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    // An odd number of backticks marks nothing.
    if parts.len().is_multiple_of(2) {
        return prose(message);
    }
    let mut out = String::with_capacity(message.len());
    for (index, part) in parts.iter().enumerate() {
        match index % 2 {
            0 => out.push_str(&prose(part)),
            _ => out.push_str(&format!("`{}`", one_line(part).replace('|', "\\|"))),
        }
    }
    out
}

/// Text that Markdown shall show as it is.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Would name a person, or an issue.
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Control characters, line breaks among them, as spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
