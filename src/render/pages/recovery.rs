//! The recovery matrix: what every document says about RTO and RPO, side by side.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::model::fact::{Fact, Objective, Role, Status};
use crate::model::scope::Scope;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{Badge, FactRow, ObjectiveCell, RecoveryPage, RecoveryRow, Section};
use crate::render::{File, RenderError};

/// A value that is longer is cut in the matrix; the list below shows it whole.
const SHORT: usize = 32;

/// The page, where there is something to show.
pub(in crate::render) fn files(cx: &Context<'_>) -> Result<Vec<File>, RenderError> {
    let Some(path) = &cx.operations.recovery else { return Ok(Vec::new()) };
    let place = Place::at(path);
    let facts = &cx.project.facts;

    let mut subjects: Vec<Vec<&Fact>> = Vec::new();
    let mut by_scope: HashMap<Scope, usize> = HashMap::new();
    for fact in facts {
        let at = *by_scope.entry(fact.scope(&cx.project.book.title)).or_insert_with(|| {
            subjects.push(Vec::new());
            subjects.len() - 1
        });
        subjects[at].push(fact);
    }
    let rows: Vec<RecoveryRow> = subjects.iter().map(|it| row(cx, &place, it)).collect();
    let attention = rows.iter().filter(|it| matches!(it.status.tone, "bad" | "warn")).count();
    let documents: HashSet<_> = facts.iter().map(|it| it.span.source).collect();
    let section = |title: &str, id: &str| Section { title: title.into(), href: format!("#{id}"), level: 2 };
    let sections = vec![section("Matrix", "matrix"), section("Every objective", "objectives")];
    let view = RecoveryPage {
        rows,
        attention,
        documents: documents.len(),
        facts: facts.iter().map(|it| fact_row(cx, &place, it)).collect(),
        shell: cx.shell(About { sections, ..About::made(place.clone(), "Recovery objectives") }),
    };
    Ok(vec![cx.file(path, "recovery.html", &view)?])
}

fn row(cx: &Context<'_>, place: &Place, facts: &[&Fact]) -> RecoveryRow {
    let cells = |kind: Objective, actual: bool| {
        let wanted = facts.iter().filter(|it| it.kind == kind && (it.role == Role::Actual) == actual);
        wanted.map(|it| cell(cx, place, it)).collect()
    };
    let subject = facts.first().map(|it| it.subject.as_slice()).unwrap_or_default();
    let documents: BTreeSet<_> = facts.iter().map(|it| it.span.source).collect();
    let document = match documents.len() {
        1 => facts.first().and_then(|it| cx.page(it.span.source)).map(|it| it.title.clone()),
        n => Some(format!("{n} documents")),
    };
    let (name, above): (String, Vec<String>) = match subject.split_last() {
        Some((name, above)) => (name.clone(), document.into_iter().chain(above.iter().cloned()).collect()),
        None => ("The whole system".to_owned(), document.map_or(Vec::new(), |it| vec![it])),
    };
    RecoveryRow {
        context: above.join(" › "),
        subject: name,
        rto_target: cells(Objective::Rto, false),
        rto_actual: cells(Objective::Rto, true),
        rpo_target: cells(Objective::Rpo, false),
        rpo_actual: cells(Objective::Rpo, true),
        status: verdict(facts),
    }
}

fn cell(cx: &Context<'_>, place: &Place, fact: &Fact) -> ObjectiveCell {
    let raw = fact.raw.trim();
    let value = match (fact.status, fact.seconds) {
        (Status::Unset, _) => "not set".to_owned(),
        (_, Some(seconds)) if raw.is_empty() || raw.chars().count() > SHORT => duration(seconds),
        _ => shortened(raw),
    };
    ObjectiveCell { value, status: fact.status.as_str(), origin: cx.origin(fact.span, place) }
}

fn fact_row(cx: &Context<'_>, place: &Place, fact: &Fact) -> FactRow {
    FactRow {
        kind: fact.kind.as_str(),
        role: fact.role.as_str(),
        subject: fact.subject.join(" › "),
        raw: fact.raw.trim().to_owned(),
        value: fact.seconds.map(duration).unwrap_or_default(),
        status: fact.status.as_str(),
        origin: cx.origin(fact.span, place),
    }
}

/// The worst that can be said about the objectives of one subject.
fn verdict(facts: &[&Fact]) -> Badge {
    let badge = |tone, text: &str| Badge { tone, text: text.to_owned() };
    let mut conflict = false;
    let mut over = false;
    let mut measured = true;
    for kind in [Objective::Rto, Objective::Rpo] {
        let seconds = |actual: bool| {
            let wanted =
                facts.iter().filter(move |it| it.kind == kind && (it.role == Role::Actual) == actual);
            wanted.filter_map(|it| it.seconds)
        };
        let lowest = seconds(false).min_by(f64::total_cmp);
        let highest = seconds(false).max_by(f64::total_cmp);
        let actual = seconds(true).max_by(f64::total_cmp);
        conflict |= lowest != highest;
        over |= matches!((lowest, actual), (Some(target), Some(actual)) if actual > target);
        measured &= lowest.is_none() || actual.is_some();
    }
    if over {
        badge("bad", "over target")
    } else if conflict {
        badge("bad", "contradicting")
    } else if facts.iter().any(|it| it.status == Status::Unset) {
        badge("warn", "not set")
    } else if facts.iter().any(|it| it.status == Status::Soft) {
        badge("warn", "no number")
    } else if !facts.iter().any(|it| it.role != Role::Actual) {
        badge("plain", "no target")
    } else if measured {
        badge("ok", "met")
    } else {
        badge("plain", "not measured")
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
    use crate::source::{SourceId, Span};

    fn fact(kind: Objective, role: Role, seconds: Option<f64>) -> Fact {
        let span = Span { source: SourceId(0), start: 0, end: 0 };
        let status = if seconds.is_some() { Status::Set } else { Status::Unset };
        Fact { kind, role, seconds, raw: String::new(), subject: Vec::new(), status, span }
    }

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

    #[test]
    fn the_worst_is_said() {
        let target = fact(Objective::Rto, Role::Target, Some(60.0));
        let met = fact(Objective::Rto, Role::Actual, Some(50.0));
        let over = fact(Objective::Rto, Role::Actual, Some(70.0));
        let other = fact(Objective::Rto, Role::Unspecified, Some(90.0));
        let unset = fact(Objective::Rpo, Role::Target, None);
        let text = |facts: &[&Fact]| verdict(facts).text;
        assert_eq!(text(&[&target, &met]), "met");
        assert_eq!(text(&[&target]), "not measured");
        assert_eq!(text(&[&met]), "no target");
        assert_eq!(text(&[&target, &met, &unset]), "not set");
        assert_eq!(text(&[&target, &other, &met]), "contradicting");
        assert_eq!(text(&[&target, &other, &over]), "over target");
    }
}
