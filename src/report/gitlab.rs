//! GitLab's Code Quality report: a JSON array. Of two findings with one fingerprint GitLab drops one, and one
//! whose fingerprint changes it calls new.

use serde::Serialize;

use super::{Report, sentence};
use crate::finding::Severity;

#[derive(Debug, Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn render(report: &Report<'_>) -> String {
    let issues: Vec<Issue<'_>> = report
        .findings
        .iter()
        .zip(report.fingerprints)
        .map(|(finding, fingerprint)| {
            let (start, end) = report.positions(finding.span);
            Issue {
                description: sentence(finding),
                check_name: finding.rule,
                // Two projects of one repository may hold the same file.
                fingerprint: format!("{}{fingerprint}", report.prefix),
                severity: match finding.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location {
                    path: report.path(finding.span.source),
                    lines: Lines { begin: start.line, end: end.line },
                },
            }
        })
        .collect();
    serde_json::to_string_pretty(&issues).expect("plain data is JSON") + "\n"
}
