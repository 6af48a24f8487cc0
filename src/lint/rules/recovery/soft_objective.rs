//! Finds recovery objectives that are words, not times.
//!
//! "As soon as possible" cannot be missed, so it cannot be met either: nobody can size a backup or judge a drill by it.
//! "N/A" with a reason is an answer and is left alone.
//!
//! ## Flagged
//!
//! ```md docs/recovery.md
//! # Recovery
//!
//! | Service | RTO         | RPO        |
//! |---------|-------------|------------|
//! | Berths  | 2 hours     | 10 minutes |
//! | Tides   | best effort | 1 day      |
//! ```
//!
//! ## Accepted
//!
//! ```md docs/recovery.md
//! # Recovery
//!
//! | Service | RTO     | RPO             |
//! |---------|---------|-----------------|
//! | Berths  | 2 hours | 10 minutes      |
//! | Tides   | 1 day   | N/A (stateless) |
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::Status;

pub(crate) static RULE: Rule = Rule {
    id: "recovery/soft-objective",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("soft_objective.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for fact in project.facts.iter().filter(|it| it.status == Status::Soft) {
        let words = fact.raw.trim();
        cx.report(fact.span, format!("the {} is no time: `{words}`", fact.kind.as_str()))
            .help("agree on a time, e.g. `4 hours`, even a long one");
    }
}
