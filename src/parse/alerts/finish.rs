//! What is the same for every form of alert: severity, summary and link.

use std::sync::LazyLock;

use regex::Regex;

use super::{Field, Rule, link};
use crate::model::alert::{Alert, Runbook, RunbookLink};
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// Labels that say how bad it is, the surest first.
const SEVERITIES: [&str; 3] = ["severity", "priority", "level"];
/// Annotations that say what it is about, the shortest first.
const SUMMARIES: [&str; 4] = ["summary", "title", "description", "message"];
/// `default "warning"` in a template.
static DEFAULT: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\bdefault\s+"([^"]*)""#));
/// A summary is cut at so many characters.
const LONGEST: usize = 160;

/// The alert that a rule describes.
pub(super) fn alert(rule: Rule, source: SourceId, text: &str) -> Alert {
    let named = |fields: &[Field], names: &[&str]| {
        let found = names.iter().find_map(|name| fields.iter().find(|it| it.key.eq_ignore_ascii_case(name)));
        found.map(|it| it.value.clone()).filter(|it| !it.is_empty())
    };
    let link = link::of(&rule, text);
    Alert {
        span: Span::new(source, trimmed(text, rule.name.span.clone())),
        name: rule.name.value,
        severity: named(&rule.labels, &SEVERITIES)
            .or_else(|| named(&rule.annotations, &SEVERITIES[..1]))
            .and_then(known),
        holds_for: known(rule.holds_for).filter(|it| it.contains(|c: char| ('1'..='9').contains(&c))),
        summary: named(&rule.annotations, &SUMMARIES).map(|it| one_line(&it)).unwrap_or_default(),
        link: link.map(|(address, span)| RunbookLink { address, span: Span::new(source, span) }),
        is_open: rule.is_open,
        runbook: Runbook::None,
    }
}

/// A value as far as it is known before templates are filled in: they may name what holds by default.
fn known(value: String) -> Option<String> {
    match value.contains("{{") {
        true => Some(DEFAULT.captures(&value)?[1].to_owned()),
        false => Some(value),
    }
}

/// The words of a range without the space around them.
pub(super) fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    let start = range.start + words.len() - words.trim_start().len();
    start..start + words.trim().len()
}

/// The first line that says something.
fn one_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|it| !it.is_empty()).unwrap_or_default();
    // What Helm is told to leave alone reads as Prometheus gets it.
    let line = line.replace("{{`", "").replace("`}}", "");
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}
