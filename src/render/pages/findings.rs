//! What the linter found, file by file: a site that shows its own gaps.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::operations::{Counts, FindingsPart};
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{Badge, Figure, FindingGroup, FindingRow, FindingsPage, RuleCount};

/// The anchor of a file's findings: ids hold no white space.
pub(in crate::render) fn anchor(path: &str) -> String {
    path.split_whitespace().collect::<Vec<_>>().join("-")
}

/// A part of the page: there is more than one where there is much to say.
pub(in crate::render) fn html(cx: &Context<'_>, number: usize, part: &FindingsPart) -> Html {
    let place = Place::at(&part.path);
    let findings = cx.findings.get(part.range.clone()).unwrap_or_default();
    let groups = findings.chunk_by(|a, b| a.span.source == b.span.source);
    let counts = Counts::of(cx.findings);
    let parts = match cx.operations.findings.as_slice() {
        [_] => Vec::new(),
        parts => parts.iter().map(|it| place.to(&it.path)).collect(),
    };
    let view = FindingsPage {
        figures: figures(cx, &counts),
        rules: if number == 0 { rules(cx) } else { Vec::new() },
        groups: groups.filter_map(|it| group(cx, &place, it)).collect(),
        parts,
        part: number + 1,
        shell: cx.shell(About::made(place.clone(), cx.says.get("findings"))),
    };
    cx.html("findings.html", &view)
}

/// How many findings of each severity there are; none where the linter found nothing.
fn figures(cx: &Context<'_>, counts: &Counts) -> Vec<Figure> {
    let figure = |tone, count, one, many| {
        let around = cx.says.around(if cx.says.is_one(count) { one } else { many });
        let word = format!("{}{}", around.before, around.after).trim().to_owned();
        Figure { count, word: Badge { tone, text: word } }
    };
    if cx.findings.is_empty() {
        return Vec::new();
    }
    vec![
        figure("bad", counts.errors, "error", "errors"),
        figure("warn", counts.warnings, "warning", "warnings"),
        figure("info", counts.infos, "hint", "hints"),
    ]
}

fn rules(cx: &Context<'_>) -> Vec<RuleCount> {
    let mut counts: BTreeMap<(&'static str, Severity), usize> = BTreeMap::new();
    for finding in cx.findings {
        *counts.entry((finding.rule, finding.severity)).or_default() += 1;
    }
    let mut rules: Vec<_> = counts.into_iter().collect();
    rules.sort_by_key(|&((rule, severity), count)| {
        (std::cmp::Reverse(severity), std::cmp::Reverse(count), rule)
    });
    let rows = rules.into_iter();
    rows.map(|((rule, severity), count)| RuleCount { rule, severity: badge(cx, severity), count }).collect()
}

fn group(cx: &Context<'_>, place: &Place, findings: &[Finding]) -> Option<FindingGroup> {
    let source = findings.first()?.span.source;
    let path = cx.project.sources.path(source);
    let page = cx.links.urls.page(source).map(|it| place.to(it));
    let on_forge = || Some(cx.settings.repository.as_ref()?.blob(path));
    let rows = findings.iter().map(|it| FindingRow {
        severity: badge(cx, it.severity),
        rule: it.rule,
        message: with_code(&it.message),
        help: it.help.as_deref().map(with_code).unwrap_or_default(),
        origin: cx.origin(it.span, place),
    });
    Some(FindingGroup {
        path: path.to_owned(),
        anchor: anchor(path),
        href: page.or_else(on_forge),
        findings: rows.collect(),
    })
}

fn badge(cx: &Context<'_>, severity: Severity) -> Badge {
    let (tone, key) = match severity {
        Severity::Error => ("bad", "severity-error"),
        Severity::Warning => ("warn", "severity-warning"),
        Severity::Info => ("info", "severity-info"),
    };
    Badge { tone, text: cx.says.get(key).to_owned() }
}

/// A message as HTML: words in backticks are code.
pub(in crate::render) fn with_code(message: &str) -> String {
    let mut html = String::with_capacity(message.len() + 32);
    let mut rest = message;
    // A backtick without a partner is text.
    while let Some((before, (code, after))) =
        rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
    {
        html.push_str(&format!("{}<code>{}</code>", escape(before), escape(code)));
        rest = after;
    }
    html.push_str(&escape(rest));
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_backticks_are_code() {
        assert_eq!(with_code("no `a<b` here"), "no <code>a&lt;b</code> here");
        assert_eq!(with_code("one ` alone"), "one ` alone");
        assert_eq!(with_code("`a` and `b`"), "<code>a</code> and <code>b</code>");
    }
}
