//! Finds objectives with a place for what was measured, and nothing in it.
//!
//! An objective that was never tried is a hope. The document asks for the measured time ("Actual", "Achieved", "Last
//! drill") and the answer is empty or `TBD`.
//!
//! ## Flagged
//!
//! ```md docs/recovery.md
//! # Recovery
//!
//! | Service | Target RTO | Actual RTO   |
//! |---------|------------|--------------|
//! | Berths  | 2 hours    | not measured |
//! | Tides   | 1 day      | 4 hours      |
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
use crate::model::fact::{Role, Status};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/unmeasured",
    severity: Severity::Info,
    preview: false,
    file: include_str!("unmeasured.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for fact in project.facts.iter().filter(|it| it.role == Role::Actual && it.status == Status::Unset) {
        cx.report(fact.span, format!("the {} was never measured", fact.kind.as_str()))
            .help("measure it in the next drill and write the time and the date here");
    }
}
