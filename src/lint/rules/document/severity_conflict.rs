//! Finds severity scales that contradict each other.
//!
//! One document knows P0 to P3, another P0 to P4; here a P1 is critical, there it is low; here it is answered within 15
//! minutes, there within an hour. In the night people follow whichever page they found first. Scales for different
//! sorts of incidents (security, support, alerts) may differ.
//!
//! ## Flagged
//!
//! ```md docs/monitoring.md
//! # Watching the cranes
//!
//! There are four severity levels (P0-P3), and a page for each incident.
//! ```
//!
//! ```md docs/operations.md
//! # Running the cranes
//!
//! Every incident has one of five severity levels (P0-P4).
//! ```
//!
//! ## Accepted
//!
//! ```md docs/monitoring.md
//! # Watching the cranes
//!
//! There are four severity levels (P0-P3), and a page for each incident.
//! ```
//!
//! ```md docs/operations.md
//! # Running the cranes
//!
//! ## Severity levels
//!
//! - **P0**: a crane has fallen
//! - **P1**: a crane cannot move
//! - **P2**: a crane is slow
//! - **P3**: a crane is ugly
//!
//! ## Who gets a page
//!
//! | Incident | Who        |
//! |----------|------------|
//! | P0       | Everybody  |
//! | P1       | The driver |
//! ```

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::severity::{Family, Level, Scale};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "document/severity-conflict",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("severity_conflict.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let mut groups: BTreeMap<(Family, &str), Vec<&Scale>> = BTreeMap::new();
    for scale in project.severities.iter().flat_map(|it| &it.scales).filter(|it| it.incidents) {
        // A template is filled in by somebody else.
        if !project.sources.path(scale.span.source).to_lowercase().contains("template") {
            groups.entry((scale.family, &scale.scope)).or_default().push(scale);
        }
    }
    for scales in groups.values() {
        if !levels_differ(cx, scales) {
            words_differ(cx, scales);
        }
    }
}

/// Reports scales that do not have the same levels, at the one that stands alone.
fn levels_differ(cx: &mut Context<'_>, scales: &[&Scale]) -> bool {
    let complete: Vec<&Scale> = scales.iter().copied().filter(|it| it.complete).collect();
    let agree = |a: &Scale, b: &Scale| {
        a.levels.iter().all(|it| b.defines(it.number)) && b.levels.iter().all(|it| a.defines(it.number))
    };
    let friends = |a: &Scale| complete.iter().filter(|b| agree(a, b)).count();
    let Some(odd) = complete.iter().copied().min_by_key(|it| (friends(it), std::cmp::Reverse(it.span)))
    else {
        return false;
    };
    let Some(other) = complete.iter().copied().find(|it| !agree(odd, it)) else { return false };
    let place = place_of(cx, odd.span, other.span);
    let message = format!("the severities are {} here and {} {place}", odd.range(), other.range());
    let others = complete.iter().filter(|it| it.span != odd.span);
    let related = others.map(|it| (it.span, format!("{} here", it.range()))).collect();
    report(cx, odd.span, message, related);
    true
}

/// Reports the first level that has another meaning or another response time elsewhere.
fn words_differ(cx: &mut Context<'_>, scales: &[&Scale]) {
    let mut levels: BTreeMap<u8, Vec<&Level>> = BTreeMap::new();
    for level in scales.iter().flat_map(|it| &it.levels) {
        levels.entry(level.number).or_default().push(level);
    }
    let Some(family) = scales.first().map(|it| it.family) else { return };
    let mut said: Option<(Span, String)> = None;
    let mut related: Vec<(Span, String)> = Vec::new();
    for (number, levels) in levels {
        let name = family.name(number);
        let meanings: Vec<_> = levels.iter().filter_map(|it| Some((it.span, it.meaning?))).collect();
        let times: Vec<_> = levels.iter().filter_map(|it| Some((it.span, it.response?))).collect();
        let meant = pair(&meanings, |a, b| a.contradicts(*b));
        let timed = pair(&times, |a, b| a != b);
        let (first, second, words) = match (meant, timed) {
            (Some((a, b)), _) => (a.0, b.0, [a.1.as_str().to_owned(), b.1.as_str().to_owned()]),
            (None, Some((a, b))) => (a.0, b.0, [within(a.1), within(b.1)]),
            (None, None) => continue,
        };
        let [before, after] = words;
        related.push((first, format!("{name}: {before}")));
        match said {
            Some(_) => related.push((second, format!("{name}: {after}"))),
            None => {
                let place = place_of(cx, second, first);
                said = Some((second, format!("{name} is `{after}` here and `{before}` {place}")));
            }
        }
    }
    if let Some((span, message)) = said {
        report(cx, span, message, related);
    }
}

fn report(cx: &mut Context<'_>, span: Span, message: String, related: Vec<(Span, String)>) {
    let finding = cx.report(span, message);
    finding.help("keep one scale and link to it from the other places");
    for (span, words) in related {
        finding.related(span, words);
    }
}

/// A value and where it stands.
type Placed<T> = (Span, T);

/// The first value, and the first that contradicts it.
fn pair<T: Copy>(all: &[Placed<T>], differ: impl Fn(&T, &T) -> bool) -> Option<(Placed<T>, Placed<T>)> {
    let first = all.first()?;
    let second = all.iter().find(|it| differ(&first.1, &it.1))?;
    Some((*first, *second))
}

/// Where another place is, seen from here.
fn place_of(cx: &Context<'_>, here: Span, there: Span) -> String {
    let source = cx.project.sources.get(there.source);
    match here.source == there.source {
        true => format!("in line {}", source.position(there.start).line),
        false => format!("in `{}`", source.path),
    }
}

/// A response time in words; `seconds` as the documents state it.
fn within(seconds: u32) -> String {
    let unit = [(86_400, "days", "day"), (3_600, "hours", "hour"), (60, "minutes", "minute")];
    let (size, many, one) =
        unit.into_iter().find(|it| seconds.is_multiple_of(it.0)).unwrap_or((1, "seconds", "second"));
    match seconds / size {
        1 => format!("within 1 {one}"),
        count => format!("within {count} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_odd_scale_is_named() {
        check_rule(
            &RULE,
            "//- a.md\n# Incidents\n\nThere are three severity levels (P1-P3).\n//- b.md\n# Outages\n\n## Severity\n\n### P1: critical\n\nx\n\n### P2: high\n\nx\n\n### P3: low\n\nx\n//- c.md\n# Incident guide\n\n## Incident priorities\n\n| Priority | Description |\n|---|---|\n| P0 | stuck |\n  ^^ the severities are P0 to P2 here and P1 to P3 in `a.md`\n| P1 | slow |\n| P2 | loud |\n",
        );
    }

    #[test]
    fn meanings_and_times_must_agree() {
        check_rule(
            &RULE,
            "//- a.md\n# Incident severity\n\n- **SEV-1 (critical)**: stuck\n- **SEV-2 (low)**: loud\n//- b.md\n# Outages\n\n## Severity\n\n- **SEV-1 (low)**: loud\n    ^^^^^ SEV-1 is `low` here and `critical` in `a.md`\n- **SEV-2 (critical)**: stuck\n",
        );
        check_rule(
            &RULE,
            "//- a.md\n# Incidents\n\n## Severity levels\n\n| Level | Meaning | Response time |\n|---|---|---|\n| P1 | stuck | 15 minutes |\n| P2 | loud | 1 hour |\n//- on-call.md\n# On call\n\n## Response times for incidents\n\n| Level | Response time |\n|---|---|\n| P1 | within 30 min |\n  ^^ P1 is `within 30 minutes` here and `within 15 minutes` in `a.md`\n| P2 | 60 min |\n",
        );
    }

    #[test]
    fn uses_and_other_scales_may_differ() {
        check_rule(
            &RULE,
            "//- a.md\n# Incidents\n\n## Severity levels\n\n- P1: stuck\n- P2: slow\n- P3: loud\n\n## Escalation\n\n- P1: the head\n- P2: the deputy\n\n## History\n\n| Severity | Incident |\n|---|---|\n| P1 | flood |\n| P2 | fire |\n//- b.md\n# Bug triage\n\n## Severity\n\n- P0: crash\n- P1: typo\n//- c.md\n# Security incidents\n\n## Severity\n\n- P1: stolen\n- P2: lost\n",
        );
    }
}
