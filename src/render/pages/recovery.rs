//! The recovery matrix: what every document says about RTO and RPO, side by side.

use std::collections::{BTreeSet, HashSet};

use crate::model::fact::{Fact, Objective, Role, Status};
use crate::model::matrix::{self, Row, Verdict};
use crate::render::Html;
use crate::render::shell::{About, Context};
use crate::render::texts::Texts;
use crate::render::url::Place;
use crate::render::view::{Badge, FactRow, ObjectiveCell, Placed, RecoveryPage, RecoveryRow, Section};
use crate::source::Span;

/// A value that is longer is cut in the matrix; the list below shows it whole.
const SHORT: usize = 32;

/// The page at a path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let facts = &cx.project.facts;

    let rows = matrix::rows(cx.project);
    let rows: Vec<RecoveryRow> = rows.iter().map(|it| row(cx, &place, it)).collect();
    let attention = rows.iter().filter(|it| matches!(it.status.tone, "bad" | "warn")).count();
    let documents: HashSet<_> = facts.iter().map(|it| it.span.source).collect();
    let section = |title: &str, id: &str| Section { title: title.into(), href: format!("#{id}"), level: 2 };
    let sections =
        vec![section(cx.says.get("matrix"), "matrix"), section(cx.says.get("every-objective"), "objectives")];
    let view = RecoveryPage {
        rows,
        attention,
        documents: documents.len(),
        facts: facts.iter().map(|it| fact_row(cx, &place, it)).collect(),
        shell: cx.shell(About { sections, ..About::made(place.clone(), cx.says.get("recovery-title")) }),
    };
    cx.html("recovery.html", &view)
}

fn row(cx: &Context<'_>, place: &Place, row: &Row<'_>) -> RecoveryRow {
    let cells =
        |kind: Objective, actual: bool| row.cell(kind, actual).map(|it| cell(cx, place, it)).collect();
    let documents: BTreeSet<_> = row.facts.iter().map(|it| it.span.source).collect();
    let document = match documents.len() {
        1 => row.facts.first().and_then(|it| cx.page(it.span.source)).map(|it| it.title.clone()),
        n => Some(cx.says.with("documents", &n.to_string())),
    };
    let (name, above): (String, Vec<String>) = match row.subject().split_last() {
        Some((name, above)) => (name.clone(), document.into_iter().chain(above.iter().cloned()).collect()),
        None => (cx.says.get("whole-system").to_owned(), document.map_or(Vec::new(), |it| vec![it])),
    };
    RecoveryRow {
        context: above.join(" › "),
        subject: name,
        rto_target: cells(Objective::Rto, false),
        rto_actual: cells(Objective::Rto, true),
        rpo_target: cells(Objective::Rpo, false),
        rpo_actual: cells(Objective::Rpo, true),
        backup: row.backup.map(|it| placed(cx, place, it.span)),
        drill: row.drill.map(|it| placed(cx, place, it.span)),
        status: badge(cx, row.verdict()),
    }
}

/// The words of a place.
fn placed(cx: &Context<'_>, place: &Place, span: Span) -> Placed {
    let words = cx.project.shown_words(span).split_whitespace().collect::<Vec<_>>().join(" ");
    Placed { value: shortened(&words), origin: cx.origin(span, place) }
}

fn badge(cx: &Context<'_>, verdict: Verdict) -> Badge {
    let (tone, key) = match verdict {
        Verdict::OverTarget => ("bad", "over-target"),
        Verdict::Contradicting => ("bad", "contradicting"),
        Verdict::NotSet => ("warn", "not-set"),
        Verdict::NoNumber => ("warn", "no-number"),
        Verdict::NoTarget => ("plain", "no-target"),
        Verdict::NotMeasured => ("plain", "not-measured"),
        Verdict::Met => ("ok", "met"),
    };
    Badge { tone, text: cx.says.get(key).to_owned() }
}

fn cell(cx: &Context<'_>, place: &Place, fact: &Fact) -> ObjectiveCell {
    ObjectiveCell {
        value: value(&cx.says, fact),
        status: fact.status.as_str(),
        origin: cx.origin(fact.span, place),
    }
}

/// The words of the document where they are short.
pub(super) fn value(says: &Texts, fact: &Fact) -> String {
    let raw = fact.raw.trim();
    match (fact.status, fact.seconds) {
        (Status::Unset, _) => says.get("not-set").to_owned(),
        (_, Some(seconds)) if raw.is_empty() || raw.chars().count() > SHORT => duration(seconds),
        _ => shortened(raw),
    }
}

fn fact_row(cx: &Context<'_>, place: &Place, fact: &Fact) -> FactRow {
    let objective = match fact.role {
        Role::Target => cx.says.with("target-of", fact.kind.as_str()),
        Role::Actual => cx.says.with("actual-of", fact.kind.as_str()),
        Role::Unspecified => fact.kind.as_str().to_owned(),
    };
    let (tone, key) = match fact.status {
        Status::Set => ("ok", "set"),
        Status::Soft => ("warn", "soft"),
        Status::Unset => ("warn", "unset"),
    };
    FactRow {
        objective,
        subject: fact.subject.join(" › "),
        raw: fact.raw.trim().to_owned(),
        value: fact.seconds.map(duration).unwrap_or_default(),
        status: Badge { tone, text: cx.says.get(key).to_owned() },
        origin: cx.origin(fact.span, place),
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHORT) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// Seconds in the two largest units that say them: `2 h 40 min`.
fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || !(1.0..1e12).contains(&seconds) {
        return if seconds == 0.0 { "0".to_owned() } else { format!("{seconds} s") };
    }
    let mut rest = seconds.round() as u64;
    let mut parts = Vec::new();
    for (unit, length) in [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)] {
        if rest >= length {
            parts.push(format!("{} {unit}", rest / length));
            rest %= length;
        }
    }
    parts.truncate(2);
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        for (seconds, expected) in [
            (0.0, "0"),
            (90.0, "1 min 30 s"),
            (9_600.0, "2 h 40 min"),
            (86_400.0, "1 d"),
            (90_061.0, "1 d 1 h"),
        ] {
            assert_eq!(duration(seconds), expected);
        }
    }
}
