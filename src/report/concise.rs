//! One line a finding, for editors and `grep`: `path:line:col: level[rule] text`.

use std::fmt::Write;

use super::Report;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut out = String::new();
    for finding in report.findings {
        let source = report.project.sources.get(finding.span.source);
        let start = source.position(finding.span.start);
        let message = finding.message.replace(['\n', '\r'], " ");
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {message}",
            source.path,
            start.line,
            start.column,
            finding.severity.as_str(),
            finding.rule
        );
    }
    out
}
