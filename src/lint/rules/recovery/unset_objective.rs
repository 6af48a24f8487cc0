//! Finds recovery objectives that are named and have no value.
//!
//! An objective "to be agreed" passes every review, because the heading is there. In a disaster nobody knows how long
//! is too long.
//!
//! ## Flagged
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! | Service  | RTO     | RPO         |
//! |----------|---------|-------------|
//! | Orders   | 4 hours | not defined |
//! | Payments | 1 hour  | 15 minutes  |
//! ```
//!
//! ## Accepted
//!
//! A definition states nothing, and a reason is an answer.
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! The recovery time objective (RTO) is how long it may take until a service is back.
//!
//! - RTO: 4 hours
//! - RPO: N/A (stateless)
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::{Fact, Role, Status};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/unset-objective",
    severity: Severity::Error,
    preview: false,
    file: include_str!("unset_objective.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    // What was not measured yet is said by `recovery/unmeasured`.
    let unset = |it: &&Fact| it.status == Status::Unset && it.role != Role::Actual;
    for fact in project.facts.iter().filter(unset) {
        let of = match fact.subject.last() {
            Some(subject) => format!(" of {subject}"),
            None => String::new(),
        };
        let raw = fact.raw.trim();
        let value = if raw.is_empty() || raw.len() > 60 { String::new() } else { format!(": `{raw}`") };
        cx.report(fact.span, format!("the {}{of} is not set{value}", fact.kind.as_str()))
            .help("agree on a time with the service's owner and write it down, e.g. `4 hours`");
    }
}
