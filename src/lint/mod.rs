//! Rules look at the model and say findings. A rule is a value; all of them stand in [`rules::ALL`].
//!
//! To add one: write `rules/<group>/<name>.rs` and add its name to the list. Its `//!` header is its page in
//! the documentation, its `docwright explain` text and its first test.

pub mod fingerprint;
pub mod fix;
mod levels;
pub mod rules;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::Config;
use crate::finding::{Finding, Severity};
use crate::model::Project;
use crate::model::external::{Answer, Mention};
use crate::model::page::Page;
use crate::model::resolve::Resolver;
use crate::source::Span;

pub(crate) use levels::nearest;
pub use levels::{Selection, unknown_rules};

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

/// Runs every rule that is on and gives the findings in the order of the text.
pub fn run(project: &Project, config: &Config, selection: &Selection) -> Vec<Finding> {
    let resolver = Resolver::new(project);
    let levels = levels::Levels::new(config, selection);
    let as_of = selection.as_of;
    let context = |rule| Context { project, config, resolver: &resolver, as_of, rule, findings: Vec::new() };
    let in_order = |findings: Vec<Finding>| {
        let mut findings: Vec<Finding> = findings
            .into_iter()
            .filter_map(|mut it| {
                it.severity = levels.severity(it.rule, it.severity, project.sources.path(it.span.source))?;
                Some(it)
            })
            .collect();
        findings.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
        findings.dedup();
        findings
    };
    let over_findings = |rule: &Rule| matches!(rule.check, Check::Findings(_)) && levels.may_run(rule);
    let with_others = rules::ALL.iter().any(|rule| over_findings(rule));
    let findings: Vec<Finding> = rules::ALL
        .par_iter()
        .filter(|rule| levels.may_run(rule) || (with_others && levels.is_on(rule)))
        .flat_map(|&rule| match rule.check {
            Check::Project(check) => {
                let mut cx = context(rule);
                check(&mut cx);
                cx.findings
            }
            Check::Page(check) => project
                .pages
                .par_iter()
                .flat_map_iter(|page| {
                    let mut cx = context(rule);
                    check(&mut cx, page);
                    cx.findings
                })
                .collect(),
            Check::External(check) => {
                let mut cx = context(rule);
                project.external.answered().for_each(|(mention, answer)| check(&mut cx, mention, answer));
                cx.findings
            }
            Check::Findings(_) => Vec::new(),
        })
        .collect();
    let mut findings = in_order(findings);
    let mut later = Vec::new();
    for &rule in rules::ALL.iter().filter(|rule| over_findings(rule)) {
        if let Check::Findings(check) = rule.check {
            let mut cx = context(rule);
            check(&mut cx, &findings);
            later.extend(cx.findings);
        }
    }
    findings.retain(|it| rules::find(it.rule).is_some_and(|rule| levels.may_run(rule)));
    findings.extend(later);
    in_order(findings)
}
