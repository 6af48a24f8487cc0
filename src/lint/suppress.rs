//! Takes out the findings that the documents silence, and keeps count of what silences nothing.

use std::collections::HashMap;

use super::{Check, rules};
use crate::finding::{Finding, Suppressed};
use crate::model::suppression::{Suppression, Suppressions};
use crate::source::{SourceId, Span};

/// The suppressions of a project by file and rule.
pub(super) struct Index<'a> {
    all: &'a [Suppression],
    used: Vec<bool>,
    /// Ordered by the start of their scopes, longer ones first.
    by_rule: HashMap<(SourceId, &'a str), Vec<usize>>,
}

impl<'a> Index<'a> {
    pub(super) fn new(said: &'a Suppressions) -> Index<'a> {
        let mut by_rule: HashMap<_, Vec<usize>> = HashMap::new();
        for (i, it) in said.all.iter().enumerate() {
            by_rule.entry((it.source, it.rule.as_str())).or_default().push(i);
        }
        for list in by_rule.values_mut() {
            list.sort_by_key(|&i| (said.all[i].scope.start, u32::MAX - said.all[i].scope.end));
        }
        Index { all: &said.all, used: vec![false; said.all.len()], by_rule }
    }

    /// Parts the findings into those that stand and those that are silenced. A finding that several files make
    /// together is silenced at any of its places.
    pub(super) fn apply(&mut self, findings: Vec<Finding>) -> (Vec<Finding>, Vec<Suppressed>) {
        if self.all.is_empty() {
            return (findings, Vec::new());
        }
        let mut standing = Vec::with_capacity(findings.len());
        let mut suppressed = Vec::new();
        for finding in findings {
            let of_many = rules::find(finding.rule).is_some_and(|it| !matches!(it.check, Check::Page(_)));
            let others = finding.related.iter().filter(|_| of_many).map(|(place, _)| *place);
            let by = std::iter::once(finding.span).chain(others).find_map(|it| self.find(finding.rule, it));
            match by {
                Some(i) => {
                    self.used[i] = true;
                    suppressed.push(Suppressed { finding, reason: self.all[i].reason.clone() });
                }
                None => standing.push(finding),
            }
        }
        (standing, suppressed)
    }

    /// The suppression that silences a rule at a place.
    fn find(&self, rule: &str, place: Span) -> Option<usize> {
        let group = rule.split('/').next().unwrap_or(rule);
        let whole_group = format!("{group}/*");
        [rule, group, whole_group.as_str(), "all"].into_iter().find_map(|name| {
            let list = self.by_rule.get(&(place.source, name))?;
            let first = list.first().filter(|&&i| self.all[i].reaches(place));
            let begun = list.partition_point(|&i| self.all[i].scope.start <= place.start);
            first.or_else(|| list[..begun].iter().rev().find(|&&i| self.all[i].reaches(place))).copied()
        })
    }

    /// Those that silenced nothing.
    pub(super) fn unused(&self) -> impl Iterator<Item = &'a Suppression> {
        self.all.iter().zip(&self.used).filter(|(_, used)| !**used).map(|(it, _)| it)
    }
}
