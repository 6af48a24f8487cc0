//! The recovery matrix: what all documents say about the RTO and RPO of one subject, side by side.

use std::collections::HashMap;

use super::Project;
use super::date::StatedDate;
use super::drill;
use super::fact::{Fact, Objective, Role, Status};
use super::schedule::{self, Schedule};
use super::scope::Scope;
use crate::source::Span;

/// What is stated about one subject.
#[derive(Debug)]
pub struct Row<'a> {
    /// The facts in the order of their places; never none.
    pub facts: Vec<&'a Fact>,
    /// The schedule that its RPO is held against.
    pub backup: Option<&'a Schedule>,
    /// The last drill that its pages record.
    pub drill: Option<&'a StatedDate>,
}

/// The worst that can be said about the objectives of a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// What was measured is more than what was promised.
    OverTarget,
    /// Documents promise different values.
    Contradicting,
    /// An objective is named and has no value.
    NotSet,
    /// An objective has words and no number.
    NoNumber,
    /// Nothing was promised.
    NoTarget,
    /// What was promised was never measured.
    NotMeasured,
    /// All that was promised was measured and kept.
    Met,
}

/// The rows, in the order in which the documents first name their subjects.
pub fn rows(project: &Project) -> Vec<Row<'_>> {
    let system = project.book.title.as_str();
    let backups: HashMap<Span, &Schedule> =
        schedule::of_objectives(project).into_iter().map(|(fact, it)| (fact.span, it)).collect();
    let drills = drill::last_of_pages(project);
    let mut rows: Vec<Row<'_>> = Vec::new();
    let mut by_scope: HashMap<Scope, usize> = HashMap::new();
    for fact in &project.facts {
        let at = *by_scope.entry(fact.scope(system)).or_insert_with(|| {
            rows.push(Row { facts: Vec::new(), backup: None, drill: None });
            rows.len() - 1
        });
        let row = &mut rows[at];
        row.facts.push(fact);
        row.backup = row.backup.or_else(|| backups.get(&fact.span).copied());
        let drill = drills.get(&fact.span.source).copied();
        row.drill = [row.drill, drill].into_iter().flatten().max_by_key(|it| it.last);
    }
    rows
}

impl<'a> Row<'a> {
    /// What it is about, outermost first; empty for the whole system.
    pub fn subject(&self) -> &'a [String] {
        self.facts.first().map(|it| it.subject.as_slice()).unwrap_or_default()
    }

    /// The facts of a cell: what was measured, or what was promised.
    pub fn cell(&self, kind: Objective, actual: bool) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().copied().filter(move |it| it.kind == kind && it.role.is_actual() == actual)
    }

    /// The worst that can be said.
    pub fn verdict(&self) -> Verdict {
        let mut conflict = false;
        let mut over = false;
        let mut measured = true;
        for kind in [Objective::Rto, Objective::Rpo] {
            let seconds = |actual: bool| self.cell(kind, actual).filter_map(|it| it.seconds);
            let lowest = seconds(false).min_by(f64::total_cmp);
            let highest = seconds(false).max_by(f64::total_cmp);
            let actual = seconds(true).max_by(f64::total_cmp);
            conflict |= lowest != highest;
            over |= matches!((lowest, actual), (Some(target), Some(actual)) if actual > target);
            measured &= lowest.is_none() || actual.is_some();
        }
        let any = |status: Status| self.facts.iter().any(|it| it.status == status);
        if over {
            Verdict::OverTarget
        } else if conflict {
            Verdict::Contradicting
        } else if any(Status::Unset) {
            Verdict::NotSet
        } else if any(Status::Soft) {
            Verdict::NoNumber
        } else if self.facts.iter().all(|it| it.role == Role::Actual) {
            Verdict::NoTarget
        } else if measured {
            Verdict::Met
        } else {
            Verdict::NotMeasured
        }
    }
}

impl Verdict {
    /// The words in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::OverTarget => "over target",
            Verdict::Contradicting => "contradicting",
            Verdict::NotSet => "not set",
            Verdict::NoNumber => "no number",
            Verdict::NoTarget => "no target",
            Verdict::NotMeasured => "not measured",
            Verdict::Met => "met",
        }
    }
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
    fn the_worst_is_said() {
        let target = fact(Objective::Rto, Role::Target, Some(60.0));
        let met = fact(Objective::Rto, Role::Actual, Some(50.0));
        let over = fact(Objective::Rto, Role::Actual, Some(70.0));
        let other = fact(Objective::Rto, Role::Unspecified, Some(90.0));
        let unset = fact(Objective::Rpo, Role::Target, None);
        let text =
            |facts: &[&Fact]| Row { facts: facts.to_vec(), backup: None, drill: None }.verdict().as_str();
        assert_eq!(text(&[&target, &met]), "met");
        assert_eq!(text(&[&target]), "not measured");
        assert_eq!(text(&[&met]), "no target");
        assert_eq!(text(&[&target, &met, &unset]), "not set");
        assert_eq!(text(&[&target, &other, &met]), "contradicting");
        assert_eq!(text(&[&target, &other, &over]), "over target");
    }

    #[test]
    fn a_row_is_a_subject() {
        let mut of_ledger = fact(Objective::Rto, Role::Target, Some(60.0));
        of_ledger.subject = vec!["Ledger".to_owned()];
        let facts = vec![of_ledger.clone(), fact(Objective::Rto, Role::Target, Some(60.0)), of_ledger];
        let project = Project { facts, ..Project::default() };
        let rows = rows(&project);
        assert_eq!(rows.iter().map(|it| it.facts.len()).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(rows[0].subject(), ["Ledger"]);
    }
}
