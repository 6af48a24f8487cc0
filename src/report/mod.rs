//! Findings → text in a format. One file a format; nothing here decides anything.

mod concise;
mod json;
mod text;

use crate::finding::{Finding, Severity, Suppressed};
use crate::model::Project;

/// What is reported.
#[derive(Debug)]
pub struct Report<'a> {
    /// The model that the spans count in.
    pub project: &'a Project,
    /// In the order of the text.
    pub findings: &'a [Finding],
    /// One for each finding.
    pub fingerprints: &'a [String],
    /// What the documents silence, in the order of the text.
    pub suppressed: &'a [Suppressed],
    /// How many findings the baseline accepts.
    pub baselined: usize,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the words underlined in their line.
    Text,
    /// `path:line:col: level[rule] text`
    Concise,
    /// For scripts.
    Json,
}

/// How text for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// How many columns a line has.
    pub width: usize,
}

impl Report<'_> {
    /// How many findings there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|it| it.severity == severity).count()
    }

    /// The findings in a format.
    pub fn render(&self, format: Format, style: Style) -> String {
        match format {
            Format::Text => text::render(self, style),
            Format::Concise => concise::render(self),
            Format::Json => json::render(self),
        }
    }
}

/// "3 errors and 1 warning"; "nothing" when there is nothing.
pub fn counts(report: &Report<'_>) -> String {
    let words: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter_map(|severity| match (report.count(severity), severity) {
            (0, _) => None,
            (n, Severity::Info) => Some(format!("{n} info")),
            (1, severity) => Some(format!("1 {}", severity.as_str())),
            (n, severity) => Some(format!("{n} {}s", severity.as_str())),
        })
        .collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first, last] => format!("{first} and {last}"),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
