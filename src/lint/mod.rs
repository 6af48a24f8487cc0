//! Rules look at the model and say findings. A rule is a value; all of them stand in [`rules::ALL`].
//!
//! To add one: write `rules/<group>/<name>.rs` and add its name to the list. Its `//!` header is its page in
//! the documentation, its `docwright explain` text and its first test.

pub mod baseline;
pub mod change;
mod fingerprint;
pub mod fix;
mod levels;
pub mod rules;
mod suppress;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use rayon::prelude::*;

use baseline::{Baseline, Entry};

use crate::config::Config;
use crate::finding::{Finding, Severity, Suppressed};
use crate::model::Project;
use crate::model::external::{Answer, Mention};
use crate::model::page::Page;
use crate::model::resolve::Resolver;
use crate::model::suppression::Suppression;
use crate::source::{SourceId, Span};

use levels::Levels;
pub use levels::{Selection, unknown_rules};
pub(crate) use levels::{names, nearest};

/// One lint check.
#[derive(Debug)]
pub struct Rule {
    /// `group/name`, the path of its file.
    pub id: &'static str,
    /// Its level unless the configuration says otherwise.
    pub severity: Severity,
    /// Whether it is on only when it is asked for: a new rule, until its findings on real documents were read.
    pub preview: bool,
    /// Its own file, whose `//!` lines are its documentation.
    pub file: &'static str,
    /// What it does.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Called for every page, in parallel.
    Page(fn(&mut Context<'_>, &Page)),
    /// Called once.
    Project(fn(&mut Context<'_>)),
    /// Called once after all others, with their findings in the order of the text: also with those of rules
    /// that were not selected on the command line, as long as nothing switches them off.
    Findings(fn(&mut Context<'_>, &[Finding])),
    /// Called for every link to another site that has an answer. Only `docwright links` puts answers into the
    /// model, so such a rule is silent everywhere else.
    External(fn(&mut Context<'_>, &Mention, &Answer)),
    /// Called last, once for each suppression that nothing needed although its rules ran.
    Unused(fn(&mut Context<'_>, &Suppression)),
    /// Called once where there is a baseline, with its entries that no finding needs although their rules ran.
    Baseline(fn(&mut Context<'_>, &Baseline, &[&Entry])),
}

/// What a run found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// In the order of the text.
    pub findings: Vec<Finding>,
    /// A name for each finding that survives edits elsewhere: 16 hexadecimal digits.
    pub fingerprints: Vec<String>,
    /// How many findings the baseline accepts.
    pub baselined: usize,
    /// How many entries of the baseline no finding needs although their rules ran.
    pub stale: usize,
    /// What the documents silence, in the order of the text.
    pub suppressed: Vec<Suppressed>,
}

/// What a rule may ask, and where it speaks.
#[derive(Debug)]
pub struct Context<'a> {
    /// The model.
    pub project: &'a Project,
    /// The configuration.
    pub config: &'a Config,
    /// What links mean.
    pub resolver: &'a Resolver<'a>,
    /// The day that counts as today; rules about dates are silent without one.
    pub as_of: Option<Date>,
    rule: &'static Rule,
    findings: Vec<Finding>,
}

impl Context<'_> {
    /// Says a finding of the running rule at a place. Message: lower case, no full stop, the offending words
    /// in backticks.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.rule.id,
            severity: self.rule.severity,
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
            fix: None,
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// The text of a page's source.
    pub fn text(&self, page: &Page) -> &str {
        &self.project.sources.get(page.source).text
    }
}

impl Finding {
    /// Adds the cure.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Finding {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that explains it.
    pub fn related(&mut self, span: Span, words: impl Into<String>) -> &mut Finding {
        self.related.push((span, words.into()));
        self
    }
}

impl Rule {
    /// Its documentation: the `//!` lines of its file, as Markdown.
    pub fn documentation(&self) -> String {
        let lines = self.file.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n") + "\n"
    }

    /// The first sentence of its documentation: what it finds.
    pub fn summary(&self) -> String {
        self.documentation().lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
    }
}

/// Runs every rule that is on.
pub fn run(project: &Project, config: &Config, selection: &Selection) -> Outcome {
    run_while(project, config, selection, &|| true)
}

/// Runs every rule that is on as long as the outcome is wanted. Once it is not, what has not begun is left out, and
/// the outcome says nothing.
pub fn run_while(
    project: &Project,
    config: &Config,
    selection: &Selection,
    wanted: &(dyn Fn() -> bool + Sync),
) -> Outcome {
    let resolver = Resolver::new(project);
    let levels = Levels::new(project, config, selection);
    let as_of = selection.as_of;
    let context = |rule| Context { project, config, resolver: &resolver, as_of, rule, findings: Vec::new() };
    let of_kind = |wanted: fn(&Check) -> bool| {
        rules::ALL.iter().copied().filter(move |it| wanted(&it.check)).filter(|it| levels.may_run(it))
    };
    let with_others = of_kind(|it| matches!(it, Check::Findings(_))).next().is_some();
    let findings: Vec<Finding> = rules::ALL
        .par_iter()
        .filter(|rule| levels.may_run(rule) || (with_others && levels.is_on(rule)))
        .filter(|_| wanted())
        .flat_map(|&rule| match rule.check {
            Check::Project(check) => {
                let mut cx = context(rule);
                check(&mut cx);
                cx.findings
            }
            Check::Page(check) => project
                .pages
                .par_iter()
                .filter(|_| wanted())
                .flat_map_iter(|page| {
                    let mut cx = context(rule);
                    check(&mut cx, page);
                    cx.findings
                })
                .collect(),
            Check::External(check) => {
                let mut cx = context(rule);
                let answered = project.external.iter().flat_map(|it| it.answered());
                answered.for_each(|(mention, answer)| check(&mut cx, mention, answer));
                cx.findings
            }
            Check::Findings(_) | Check::Unused(_) | Check::Baseline(_) => Vec::new(),
        })
        .collect();
    if !wanted() {
        return Outcome::default();
    }
    let mut suppressions = suppress::Index::new(&project.suppressions);
    let findings = said_once(project, in_order(project, &levels, findings));
    let (mut findings, mut suppressed) = suppressions.apply(findings);
    let mut later = Vec::new();
    for rule in of_kind(|it| matches!(it, Check::Findings(_))) {
        if let Check::Findings(check) = rule.check {
            let mut cx = context(rule);
            check(&mut cx, &findings);
            later.extend(cx.findings);
        }
    }
    let (later, more) = suppressions.apply(in_order(project, &levels, later));
    let ran = |it: &Finding| rules::find(it.rule).is_some_and(|rule| levels.may_run(rule));
    findings.retain(ran);
    suppressed.retain(|it| ran(&it.finding));
    findings.extend(later);
    suppressed.extend(more);
    for rule in of_kind(|it| matches!(it, Check::Unused(_))) {
        if let Check::Unused(check) = rule.check {
            let mut cx = context(rule);
            suppressions.unused().filter(|it| levels.ran_all(&it.rule)).for_each(|it| check(&mut cx, it));
            findings.extend(in_order(project, &levels, cx.findings));
        }
    }
    findings.sort_by(order);
    suppressed.sort_by(|a, b| order(&a.finding, &b.finding));
    let fingerprints = fingerprint::fingerprints(project, &findings);
    let mut outcome = Outcome { findings, fingerprints, suppressed, ..Outcome::default() };
    if let Some(baseline) = &selection.baseline {
        let stale = baseline.stale(&outcome, &levels);
        outcome.accept(baseline);
        outcome.stale = stale.len();
        for rule in of_kind(|it| matches!(it, Check::Baseline(_))) {
            if let Check::Baseline(check) = rule.check {
                let mut cx = context(rule);
                check(&mut cx, baseline, &stale);
                outcome.add(project, in_order(project, &levels, cx.findings));
            }
        }
    }
    outcome
}

impl Outcome {
    /// Keeps the findings that are wanted; asked with each one's fingerprint.
    pub fn retain(&mut self, mut wanted: impl FnMut(&Finding, &str) -> bool) {
        let all = std::mem::take(&mut self.findings).into_iter().zip(std::mem::take(&mut self.fingerprints));
        (self.findings, self.fingerprints) =
            all.filter(|(finding, fingerprint)| wanted(finding, fingerprint)).unzip();
    }

    fn add(&mut self, project: &Project, findings: Vec<Finding>) {
        self.fingerprints.extend(fingerprint::fingerprints(project, &findings));
        self.findings.extend(findings);
        let mut all: Vec<_> = std::mem::take(&mut self.findings)
            .into_iter()
            .zip(std::mem::take(&mut self.fingerprints))
            .collect();
        all.sort_by(|a, b| order(&a.0, &b.0));
        (self.findings, self.fingerprints) = all.into_iter().unzip();
    }
}

/// The findings with the severities in force, in the order of the text, none twice.
fn in_order(project: &Project, levels: &Levels<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = findings
        .into_iter()
        .filter_map(|mut it| {
            it.severity = levels.severity(it.rule, it.severity, project.sources.path(it.span.source))?;
            Some(it)
        })
        .collect();
    findings.sort_by(order);
    findings.dedup();
    findings
}

/// Takes out what another rule says better: placeholders in a contact that `document/placeholder-contact` reports,
/// or for the day of a drill that `recovery/drill-overdue` misses; scripts that `recovery/missing-script` misses.
fn said_once(project: &Project, mut findings: Vec<Finding>) -> Vec<Finding> {
    let spans = |rule: &str| -> HashSet<Span> {
        findings.iter().filter(|it| it.rule == rule).map(|it| it.span).collect()
    };
    let (scripts, drills) = (spans("recovery/missing-script"), spans("recovery/drill-overdue"));
    findings.retain(|it| match it.rule {
        "reference/script" => !scripts.contains(&it.span),
        rule => !(rule.starts_with("placeholder/") && drills.contains(&it.span)),
    });
    // A name in braces that has a value is no placeholder.
    let valued = project.includes.variables.iter().filter(|it| it.value.is_some());
    let valued: BTreeMap<(SourceId, u32), u32> =
        valued.map(|it| ((it.span.source, it.span.start), it.span.end)).collect();
    let holds_value = |span: Span| {
        let named = valued.range(..(span.source, span.end)).next_back();
        named.is_some_and(|(at, end)| at.0 == span.source && *end > span.start)
    };
    findings.retain(|it| {
        let placeholder = it.rule.starts_with("placeholder/") || it.rule == "document/placeholder-contact";
        !(placeholder && holds_value(it.span))
    });
    let better = "document/placeholder-contact";
    let reported: HashSet<Span> = findings.iter().filter(|it| it.rule == better).map(|it| it.span).collect();
    let entries = project.contacts.iter().flat_map(|it| &it.sections).flat_map(|it| &it.entries);
    let rows: BTreeMap<(SourceId, u32), u32> = entries
        .filter(|it| it.placeholder.is_some_and(|it| reported.contains(&it)))
        .map(|it| ((it.span.source, it.span.start), it.span.end))
        .collect();
    findings.retain(|it| {
        let row = rows.range(..=(it.span.source, it.span.start)).next_back();
        let inside = row.is_some_and(|(at, end)| at.0 == it.span.source && it.span.start < *end);
        !(inside && it.rule.starts_with("placeholder/"))
    });
    findings
}

/// The order of the text, then of the rules.
fn order(a: &Finding, b: &Finding) -> Ordering {
    (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message))
}
