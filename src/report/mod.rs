//! Findings → text in a format. One file a format; nothing here decides anything.

mod checkstyle;
mod concise;
mod github;
mod gitlab;
mod json;
mod junit;
mod line_hash;
mod rdjsonl;
mod sarif;
mod summary;
#[cfg(test)]
mod tests;
mod text;
mod xml;

use std::cmp::Reverse;

use crate::finding::{Finding, Fix, Severity, Suppressed};
use crate::model::Project;
use crate::source::{Position, SourceId, Span};

/// What is reported.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The model that the spans count in.
    pub project: &'a Project,
    /// In the order of the text.
    pub findings: &'a [Finding],
    /// One for each finding.
    pub fingerprints: &'a [String],
    /// What the documents silence, in the order of the text. Only `sarif` shows it, as such.
    pub suppressed: &'a [Suppressed],
    /// How many findings the baseline accepts.
    pub baselined: usize,
    /// For each finding, whether it lies in a changed line; empty where no change is known. Formats that
    /// cannot show everything show these first.
    pub changed: &'a [bool],
    /// Where the project lies in its repository: empty, or a path that ends with `/`. The formats of CI systems
    /// name files from the top of the repository.
    pub prefix: &'a str,
    /// The lowest level that makes the check fail.
    pub fail_on: Severity,
    /// The address that the pages of the rules are published under: `https://docs.example.com/docwright/rules`.
    pub rule_pages: Option<&'a str>,
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
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0.
    Sarif,
    /// GitLab's Code Quality report.
    Gitlab,
    /// JUnit's XML.
    Junit,
    /// reviewdog's diagnostic format, one JSON object a line.
    Rdjsonl,
    /// Checkstyle's XML.
    Checkstyle,
}

/// How text for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub color: bool,
    /// How many columns a line has.
    pub width: usize,
}

impl Style {
    /// Text in a file.
    pub const PLAIN: Style = Style { color: false, width: 100 };
}

impl Format {
    /// Every format, in the order of the help.
    pub const ALL: &'static [Format] = &[
        Format::Text,
        Format::Concise,
        Format::Json,
        Format::Github,
        Format::Sarif,
        Format::Gitlab,
        Format::Junit,
        Format::Rdjsonl,
        Format::Checkstyle,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Github => "github",
            Format::Sarif => "sarif",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Rdjsonl => "rdjsonl",
            Format::Checkstyle => "checkstyle",
        }
    }

    /// What it is for.
    pub fn purpose(self) -> &'static str {
        match self {
            Format::Text => "For people: the words underlined in their line",
            Format::Concise => "One line a finding: path:line:col: level[rule] text",
            Format::Json => "For scripts",
            Format::Github => "Annotations of GitHub Actions",
            Format::Sarif => "SARIF 2.1.0, for code scanning",
            Format::Gitlab => "Code Quality report of GitLab",
            Format::Junit => "JUnit XML, for test reports",
            Format::Rdjsonl => "JSON lines for reviewdog",
            Format::Checkstyle => "Checkstyle XML",
        }
    }
}

impl<'a> Report<'a> {
    /// A report of findings of which nothing else is known.
    pub fn new(project: &'a Project, findings: &'a [Finding], fingerprints: &'a [String]) -> Report<'a> {
        Report {
            project,
            findings,
            fingerprints,
            suppressed: &[],
            baselined: 0,
            changed: &[],
            prefix: "",
            fail_on: Severity::Error,
            rule_pages: None,
        }
    }

    /// The address of a rule's page.
    fn rule_page(&self, rule: &str) -> Option<String> {
        self.rule_pages.map(|it| format!("{}/{rule}.html", it.trim_end_matches('/')))
    }

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
            Format::Github => github::render(self),
            Format::Sarif => sarif::render(self),
            Format::Gitlab => gitlab::render(self),
            Format::Junit => junit::render(self),
            Format::Rdjsonl => rdjsonl::render(self),
            Format::Checkstyle => checkstyle::render(self),
        }
    }

    /// All findings as a Markdown table of at most `room` bytes, for the summary of a step of GitHub Actions.
    pub fn summary(&self, room: usize) -> String {
        summary::render(self, room)
    }

    /// The findings by their indices: the most severe first, of these the ones in changed lines first, then in
    /// the order of the text.
    fn most_severe_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.findings.len()).collect();
        let changed = |at: usize| self.changed.get(at).copied().unwrap_or(false);
        order.sort_by_key(|&at| (Reverse(self.findings[at].severity), !changed(at)));
        order
    }

    /// A file's path from the top of the repository.
    fn path(&self, source: SourceId) -> String {
        format!("{}{}", self.prefix, self.project.sources.path(source))
    }

    /// Both ends of a span.
    fn positions(&self, span: Span) -> (Position, Position) {
        let source = self.project.sources.get(span.source);
        (source.position(span.start), source.position(span.end))
    }

    /// The fix of a finding, unless it was made of masked text: it would put the mask in the place of the secret.
    fn fix<'f>(&self, finding: &'f Finding) -> Option<&'f Fix> {
        let masked = |span: Span| self.project.sources.get(span.source).is_masked(span.range());
        finding
            .fix
            .as_ref()
            .filter(|fix| !fix.edits.is_empty() && !fix.edits.iter().any(|it| masked(it.span)))
    }
}

/// The message with the remedy, in one line.
fn sentence(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// The message with the remedy below.
fn paragraphs(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// "3 errors and 1 warning"; "nothing" when there is nothing.
pub fn counts(report: &Report<'_>) -> String {
    words([Severity::Error, Severity::Warning, Severity::Info].map(|it| (it, report.count(it))))
}

/// Numbers of findings of some levels as words.
fn words(counts: [(Severity, usize); 3]) -> String {
    let words: Vec<String> = counts
        .into_iter()
        .filter_map(|(severity, count)| match (count, severity) {
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
