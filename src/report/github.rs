//! Annotations of GitHub Actions, as workflow commands: `::error file=…,line=…::message`.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step and drops the others without a word, so the
//! most important are printed and the others counted in a last notice.

use std::fmt::Write;

use super::{Report, paragraphs, words};
use crate::finding::{Finding, Severity};

/// How many annotations of a level a step shows.
const SHOWN: usize = 10;

pub(super) fn render(report: &Report<'_>) -> String {
    let levels = [Severity::Error, Severity::Warning, Severity::Info];
    let too_many = levels.iter().any(|&it| report.count(it) > SHOWN);
    // The count of the others is a notice too.
    let room = |severity| if too_many && severity == Severity::Info { SHOWN - 1 } else { SHOWN };
    let mut out = String::new();
    let mut seen = levels.map(|it| (it, 0));
    for at in report.most_severe_first() {
        let finding = &report.findings[at];
        let Some((_, count)) = seen.iter_mut().find(|(it, _)| *it == finding.severity) else { continue };
        *count += 1;
        if *count <= room(finding.severity) {
            out.push_str(&command(report, finding));
        }
    }
    if too_many {
        let rest = seen.map(|(severity, count)| (severity, count.saturating_sub(room(severity))));
        let count: usize = rest.iter().map(|(_, count)| count).sum();
        let _ = writeln!(
            out,
            "::notice title=docwright::{count} more not shown here: {}. GitHub shows {SHOWN} of each level.",
            words(rest)
        );
    }
    out
}

fn command(report: &Report<'_>, finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (start, end) = report.positions(finding.span);
    let mut properties = format!(
        "file={},line={},endLine={}",
        property(&report.path(finding.span.source)),
        start.line,
        end.line
    );
    // GitHub takes columns only where both ends lie in one line.
    if start.line == end.line {
        let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
    }
    format!("::{level} {properties},title={}::{}\n", property(finding.rule), data(&paragraphs(finding)))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or at two colons.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
