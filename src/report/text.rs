//! Findings for people: the words underlined in their line, the cure below. The only file that knows miette.

use std::collections::HashMap;
use std::fmt::Write;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::{Report, Style};
use crate::finding::{Finding, Severity};
use crate::source::{Source, SourceId};

/// So many findings of one file that say the same are shown one by one; of more, the first stands for all.
const FEW: usize = 5;
/// So many places of the others are named.
const PLACES: usize = 12;

pub(super) fn render(report: &Report<'_>, style: Style) -> String {
    let handlers = [Severity::Info, Severity::Warning, Severity::Error].map(|it| handler(it, style));
    let mut same: HashMap<_, Vec<u32>> = HashMap::new();
    for finding in report.findings {
        same.entry(saying(finding)).or_default().push(finding.span.start);
    }
    let mut out = String::new();
    for finding in report.findings {
        let source = report.project.sources.get(finding.span.source);
        let places = same.get(&saying(finding)).map(Vec::as_slice).unwrap_or_default();
        if places.len() > FEW && places[0] != finding.span.start {
            continue;
        }
        let mut diagnostic = diagnostic(report, finding, style);
        if places.len() > FEW {
            diagnostic.message = format!("{} × {}", diagnostic.message, places.len());
            let also = also(source, &places[1..]);
            let help = diagnostic.help.take().map_or(also.clone(), |it| format!("{it}\n{also}"));
            diagnostic.help = Some(help);
        }
        let shown = Shown { diagnostic, excerpt: Excerpt { source } };
        // Writing into a string fails only if a span lies outside of its source, which no parser makes; the
        // one-line form is the honest rest.
        if handlers[finding.severity as usize].render_report(&mut out, &shown).is_err() {
            let _ = writeln!(out, "{}: {}", source.path, finding.message);
        }
        out.push('\n');
    }
    out
}

/// What findings that say the same have in common.
fn saying(finding: &Finding) -> (SourceId, &str, &str) {
    (finding.span.source, finding.rule, &finding.message)
}

/// `also in lines 7, 19 and 3 more`
fn also(source: &Source, places: &[u32]) -> String {
    let mut lines: Vec<u32> = places.iter().map(|it| source.position(*it).line).collect();
    lines.dedup();
    let named: Vec<String> = lines.iter().take(PLACES).map(u32::to_string).collect();
    match lines.len().saturating_sub(PLACES) {
        0 => format!("also in lines {}", named.join(", ")),
        more => format!("also in lines {} and {more} more", named.join(", ")),
    }
}

/// How findings of a severity are drawn.
fn handler(severity: Severity, style: Style) -> GraphicalReportHandler {
    let characters = ThemeCharacters {
        error: "✖".into(),
        warning: "▲".into(),
        advice: "•".into(),
        ..ThemeCharacters::unicode()
    };
    let mut styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    if style.color {
        // The words are underlined in the colour of their severity.
        styles.highlights = vec![match severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Info => styles.advice,
        }];
    }
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(style.width)
        .with_context_lines(1)
        .with_links(false)
}

/// ANSI codes of a severity's name.
fn paint(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Info => "\u{1b}[1;36m",
    }
}

fn diagnostic(report: &Report<'_>, finding: &Finding, style: Style) -> MietteDiagnostic {
    let name = format!("{}[{}]", finding.severity.as_str(), finding.rule);
    let name = if style.color { format!("{}{name}\u{1b}[0m", paint(finding.severity)) } else { name };
    let mut diagnostic = MietteDiagnostic::new(format!("{name}: {}", finding.message));
    diagnostic.severity = Some(match finding.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
        Severity::Info => miette::Severity::Advice,
    });
    let mut help = finding.help.clone().unwrap_or_default();
    for (place, words) in &finding.related {
        let source = report.project.sources.get(place.source);
        let start = source.position(place.start);
        if !help.is_empty() {
            help.push('\n');
        }
        help.push_str(&format!("{}:{}:{} {words}", source.path, start.line, start.column));
    }
    diagnostic.help = Some(help).filter(|it| !it.is_empty());
    diagnostic.labels = Some(vec![LabeledSpan::new_primary_with_span(None, finding.span.range())]);
    diagnostic
}

/// A diagnostic with the source that it speaks of.
#[derive(Debug)]
struct Shown<'a> {
    diagnostic: MietteDiagnostic,
    excerpt: Excerpt<'a>,
}

impl std::fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.diagnostic.fmt(f)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.diagnostic.code()
    }

    fn severity(&self) -> Option<miette::Severity> {
        self.diagnostic.severity()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.diagnostic.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.diagnostic.labels()
    }
}

/// The lines around a place, found by the source's line table: miette's own reader counts from the top of the
/// file for every finding.
#[derive(Debug)]
struct Excerpt<'a> {
    source: &'a Source,
}

/// Longest line that is shown whole; of a longer one only what is around the place.
const LONG_LINE: usize = 240;

impl SourceCode for Excerpt<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let text: &str = &self.source.text;
        let starts = self.source.line_starts();
        let line_of = |offset: usize| starts.partition_point(|&it| it as usize <= offset).saturating_sub(1);
        let end_of = |line: usize| starts.get(line + 1).map_or(text.len(), |&it| it as usize);
        let (first, last) = (line_of(span.offset()), line_of(span.offset() + span.len().max(1) - 1));
        let mut start = starts[first.saturating_sub(before)] as usize;
        let mut end = end_of((last + after).min(starts.len() - 1));
        // Without context miette asks where the place is, and prints it in the header.
        let mut column = 0;
        if before == 0 && after == 0 {
            let line_start = starts[first] as usize;
            start = floor(text, span.offset());
            column = text.get(line_start..start).map_or(0, |it| it.chars().count());
        }
        if end - start > LONG_LINE * (before + after + 1 + last - first) {
            let line_start = starts[first] as usize;
            start = floor(text, span.offset().saturating_sub(LONG_LINE / 3).max(line_start));
            end = floor(text, (span.offset() + span.len() + LONG_LINE / 3).min(end_of(last)));
            column = start - line_start;
        }
        let line = line_of(start);
        let data = text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.source.path.clone(),
            data.as_bytes(),
            SourceSpan::from(start..end),
            line,
            column,
            data.lines().count(),
        )))
    }
}

/// The character boundary at or before an offset.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
