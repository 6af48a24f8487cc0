//! Finds recovery times that were measured and are longer than the objective.
//!
//! The drill showed that the objective cannot be met, and both stand in the documents: either the recovery must become
//! faster or the promise longer. Compared are values of the same objective and the same subject, on one page or on
//! two. A range counts with its longer end.
//!
//! ## Flagged
//!
//! ```md docs/recovery.md
//! # Recovery
//!
//! | Service | Target RTO | Actual RTO |
//! |---------|------------|------------|
//! | Berths  | 2 hours    | 3 hours    |
//! | Tides   | 1 day      | 4 hours    |
//! ```
//!
//! ## Accepted
//!
//! ```md docs/recovery.md
//! # Recovery
//!
//! | Service | Target RTO | Actual RTO |
//! |---------|------------|------------|
//! | Berths  | 2 hours    | 95 minutes |
//! | Tides   | 1 day      | 4 hours    |
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::{Fact, Role};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/actual-over-target",
    severity: Severity::Error,
    preview: false,
    file: include_str!("actual_over_target.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let (facts, system) = (&cx.project.facts, &cx.project.book.title);
    for actual in facts.iter().filter(|it| it.role == Role::Actual) {
        let Some(measured) = actual.seconds else { continue };
        let same = |it: &&Fact| {
            it.kind == actual.kind && it.role != Role::Actual && it.scope(system) == actual.scope(system)
        };
        let targets = || facts.iter().filter(same).filter(|it| it.seconds.is_some());
        // What stands nearest is what was meant: on the same page, then the one before it.
        let here = targets().filter(|it| it.span.source == actual.span.source);
        let nearest =
            here.min_by_key(|it| it.span.start.abs_diff(actual.span.start)).or_else(|| targets().next());
        let Some(target) = nearest.filter(|it| it.seconds.is_some_and(|it| measured > it)) else { continue };
        let (kind, was, should) = (actual.kind.as_str(), actual.raw.trim(), target.raw.trim());
        cx.report(
            actual.span,
            format!("the measured {kind} `{was}` is longer than the objective `{should}`"),
        )
        .help("make the recovery faster, or agree on an objective that can be met")
        .related(target.span, "the objective");
    }
}
