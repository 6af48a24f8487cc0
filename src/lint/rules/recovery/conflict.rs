//! Finds different values for the same recovery objective.
//!
//! One page promises that the service is back in one hour, another says four: the customer reads the first, the engineer
//! the second. Values conflict when objective, role and subject are the same: a service, a tier, an environment or a
//! scenario keeps its own value, and the whole system has one. One finding names all places.
//!
//! ## Flagged
//!
//! ```md docs/recovery.md
//! # Disaster recovery
//!
//! | Environment | RTO     | RPO        |
//! |-------------|---------|------------|
//! | Production  | 4 hours | 15 minutes |
//! | Staging     | 2 days  | 1 day      |
//! ```
//!
//! ```md docs/operations.md
//! # Operations
//!
//! ## Production
//!
//! - RTO: 1 hour
//! - RPO: 15 minutes
//! ```
//!
//! ## Accepted
//!
//! ```md docs/recovery.md
//! # Disaster recovery
//!
//! | Environment | RTO     | RPO        |
//! |-------------|---------|------------|
//! | Production  | 4 hours | 15 minutes |
//! | Staging     | 2 days  | 1 day      |
//! ```
//!
//! ```md docs/operations.md
//! # Operations
//!
//! ## Production
//!
//! - RTO: 4 h
//! - RPO: 15 minutes
//! ```

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::fact::{Fact, Role};
use crate::model::scope::Scope;

pub(crate) static RULE: Rule = Rule {
    id: "recovery/conflict",
    severity: Severity::Error,
    preview: false,
    file: include_str!("conflict.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    // What was measured changes from drill to drill.
    let promised = project.facts.iter().filter(|it| it.role != Role::Actual && it.seconds.is_some());
    let mut equal: BTreeMap<_, Vec<&Fact>> = BTreeMap::new();
    for fact in promised {
        equal.entry((fact.kind, fact.scope(&project.book.title))).or_default().push(fact);
    }
    for ((kind, scope), facts) in equal {
        let differs = |a: &Fact, b: &Fact| a.seconds != b.seconds;
        let Some(other) = facts.iter().position(|it| differs(it, facts[0])) else { continue };
        let subject = facts[other].subject.last().filter(|_| scope != Scope::default());
        let of = subject.map_or(String::new(), |it| format!(" of {it}"));
        let mut values: Vec<&str> = Vec::new();
        for fact in &facts {
            let same = facts.iter().take_while(|it| !std::ptr::eq(**it, *fact)).any(|it| !differs(it, fact));
            if !same {
                values.push(fact.raw.trim());
            }
        }
        let quoted: Vec<String> = values.iter().map(|it| format!("`{it}`")).collect();
        let finding = cx.report(
            facts[other].span,
            format!("the {}{of} has {} values: {}", kind.as_str(), values.len(), quoted.join(", ")),
        );
        finding.help(
            "agree on one value and write it in one place, or say which part of the system each is about",
        );
        for (_, fact) in facts.iter().enumerate().filter(|(i, _)| *i != other) {
            finding.related(fact.span, format!("here it is `{}`", fact.raw.trim()));
        }
    }
}
