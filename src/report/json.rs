//! The findings for scripts. Lines and columns count from 1, columns in characters, offsets in bytes.

use serde_json::{Value, json};

use super::Report;
use crate::finding::{Finding, Safety, Severity};
use crate::source::Span;

pub(super) fn render(report: &Report<'_>) -> String {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .zip(report.fingerprints)
        .map(|(finding, fingerprint)| one(report, finding, fingerprint))
        .collect();
    let value = json!({
        "version": 1,
        "summary": {
            "files": report.project.files_checked(),
            "findings": {
                "error": report.count(Severity::Error),
                "warning": report.count(Severity::Warning),
                "info": report.count(Severity::Info),
            },
            "suppressed": report.suppressed.len(),
            "baselined": report.baselined,
        },
        "findings": findings,
    });
    format!("{value:#}\n")
}

fn one(report: &Report<'_>, finding: &Finding, fingerprint: &str) -> Value {
    let mut value = json!({
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
    });
    if let Some(help) = &finding.help {
        value["help"] = json!(help);
    }
    value["path"] = json!(report.project.sources.path(finding.span.source));
    value["span"] = span(report, finding.span);
    value["related"] = finding
        .related
        .iter()
        .map(|(place, words)| {
            json!({
                "path": report.project.sources.path(place.source),
                "span": span(report, *place),
                "message": words,
            })
        })
        .collect();
    if let Some(fix) = &finding.fix {
        let edits: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| {
                json!({
                    "path": report.project.sources.path(edit.span.source),
                    "start": edit.span.start,
                    "end": edit.span.end,
                    "text": edit.text,
                })
            })
            .collect();
        let safety = match fix.safety {
            Safety::Safe => "safe",
            Safety::Unsafe => "unsafe",
        };
        value["fix"] = json!({ "safety": safety, "edits": edits });
    }
    value["fingerprint"] = json!(fingerprint);
    value
}

fn span(report: &Report<'_>, span: Span) -> Value {
    let source = report.project.sources.get(span.source);
    json!({ "start": source.position(span.start), "end": source.position(span.end) })
}
