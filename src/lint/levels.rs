//! Which rules run, and how bad their findings are: the rule's own level, the configuration, the paths, the
//! command line.

use std::collections::HashMap;

use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::civil::Date;

use super::baseline::Baseline;
use super::{Check, Rule, rules};
use crate::config::{Config, Level};
use crate::finding::Severity;
use crate::model::Project;

/// What the command line says of a run. Patterns of rules are ids (`link/missing-file`), groups (`link`, `link/*`) or `all`.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only these, and these even if they are preview or off.
    pub select: Vec<String>,
    /// Not these.
    pub ignore: Vec<String>,
    /// The day that counts as today; rules about dates are silent without one. Nothing below reads a clock.
    pub as_of: Option<Date>,
    /// Accepted findings.
    pub baseline: Option<Baseline>,
}

/// The levels in force.
pub(super) struct Levels<'a> {
    config: &'a Config,
    selection: &'a Selection,
    overrides: Vec<GlobSet>,
    /// What rulesets of other linters say of our rules.
    imported: HashMap<&'static str, Level>,
    /// Whether other sites were asked, so that rules about their answers can say something.
    asked: bool,
}

/// Whether a pattern names a rule.
pub(crate) fn names(pattern: &str, id: &str) -> bool {
    let group = pattern.strip_suffix("/*").unwrap_or(pattern);
    pattern == id || pattern == "all" || id.split('/').next() == Some(group)
}

/// The names in the configuration and on the command line that name no rule, each with the nearest that does.
pub fn unknown_rules(config: &Config, selection: &Selection) -> Vec<(String, Option<&'static str>)> {
    let in_overrides = config.lint.overrides.iter().flat_map(|it| it.rules.keys());
    let chosen = selection.select.iter().chain(&selection.ignore);
    let named = config.lint.rules.keys().chain(in_overrides).chain(chosen);
    named
        .filter(|name| !rules::ALL.iter().any(|rule| names(name, rule.id)))
        .map(|name| (name.clone(), nearest(name)))
        .collect()
}

/// The rule whose name is most like this one.
pub(crate) fn nearest(name: &str) -> Option<&'static str> {
    if let Some(id) = rules::api::aliases::rule(name) {
        return Some(id);
    }
    let scored = rules::ALL.iter().map(|rule| {
        let whole = strsim::jaro_winkler(rule.id, name);
        let tail = rule.id.split('/').nth(1).map_or(0.0, |it| strsim::jaro_winkler(it, name));
        (whole.max(tail), rule.id)
    });
    scored.filter(|(score, _)| *score > 0.8).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id)
}

impl<'a> Levels<'a> {
    pub(super) fn new(project: &Project, config: &'a Config, selection: &'a Selection) -> Levels<'a> {
        let overrides = config
            .lint
            .overrides
            .iter()
            .map(|it| {
                let mut set = GlobSetBuilder::new();
                for glob in it.paths.iter().filter_map(|path| Glob::new(&config.project_path(path)).ok()) {
                    set.add(glob);
                }
                set.build().unwrap_or_default()
            })
            .collect();
        let mut imported = HashMap::new();
        for level in &project.foreign_levels {
            if let Some(id) = rules::api::aliases::rule(&level.rule) {
                imported.entry(id).or_insert(level.severity.map_or(Level::Off, Level::from));
            }
        }
        Levels { config, selection, overrides, imported, asked: project.external.is_some() }
    }

    /// What the configuration says of a rule: its own name before its group's, then rulesets of other linters.
    fn configured(&self, id: &str) -> Option<Level> {
        let group = id.split('/').next().unwrap_or(id);
        let rules = &self.config.lint.rules;
        let exact = rules.get(id).and_then(|it| it.level());
        exact
            .or_else(|| rules.get(group).and_then(|it| it.level()))
            .or_else(|| rules.get(&format!("{group}/*")).and_then(|it| it.level()))
            .or_else(|| self.imported.get(id).copied())
    }

    /// Whether a rule can have a finding anywhere.
    pub(super) fn may_run(&self, rule: &Rule) -> bool {
        if self.lacks_answers(rule) {
            return false;
        }
        match self.selection.select.as_slice() {
            [] => self.is_on(rule),
            select => !self.is_ignored(rule) && select.iter().any(|it| names(it, rule.id)),
        }
    }

    /// Whether a rule is about answers of other sites that nobody asked.
    fn lacks_answers(&self, rule: &Rule) -> bool {
        !self.asked && matches!(rule.check, Check::External(_))
    }

    fn is_ignored(&self, rule: &Rule) -> bool {
        self.selection.ignore.iter().any(|it| names(it, rule.id))
    }

    /// Whether a rule runs where the command line selects none.
    pub(super) fn is_on(&self, rule: &Rule) -> bool {
        if self.is_ignored(rule) {
            return false;
        }
        let overridden = self
            .config
            .lint
            .overrides
            .iter()
            .flat_map(|it| &it.rules)
            .any(|(name, level)| names(name, rule.id) && *level != Level::Off);
        overridden
            || match self.configured(rule.id) {
                Some(level) => level != Level::Off,
                // A rule with options was asked for.
                None => !rule.preview || self.config.lint.rules.contains_key(rule.id),
            }
    }

    /// Whether every rule that a pattern names, and that the configuration has on, ran: so that what is not found
    /// is not there. Where nobody was asked, a group stands for its other rules.
    pub(super) fn ran_all(&self, pattern: &str) -> bool {
        let meant = |it: &&&Rule| {
            names(pattern, it.id) && self.is_on(it) && (pattern == it.id || !self.lacks_answers(it))
        };
        let mut on = rules::ALL.iter().filter(meant).peekable();
        on.peek().is_some() && on.all(|it| self.may_run(it))
    }

    /// Whether what a rule does not find is not there: it ran, or the configuration has it off.
    pub(super) fn ran(&self, rule: &Rule) -> bool {
        self.may_run(rule) || !self.is_on(rule) && !self.is_ignored(rule) && !self.lacks_answers(rule)
    }

    /// The severity of a finding of this rule in this file; none when it is off there.
    pub(super) fn severity(&self, id: &str, default: Severity, path: &str) -> Option<Severity> {
        let overridden =
            self.overrides.iter().zip(&self.config.lint.overrides).rev().find_map(|(set, it)| {
                let (_, level) =
                    it.rules.iter().find(|(name, _)| names(name, id)).filter(|_| set.is_match(path))?;
                Some(*level)
            });
        let level = overridden.or_else(|| self.configured(id));
        // A rule that was asked for by name speaks at its own level where the configuration has switched it off.
        match level {
            Some(Level::Off) if !self.selection.select.is_empty() && overridden.is_none() => Some(default),
            Some(level) => level.severity(),
            None => Some(default),
        }
    }
}
