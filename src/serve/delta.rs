//! What a change did to the findings.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::lint::Outcome;
use crate::model::Project;

/// Findings that appeared and went, each as `path:line:col: level[rule] text`, and what is left.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Delta {
    /// New ones, in the order of the text.
    pub appeared: Vec<String>,
    /// Those that are no more, as they were.
    pub went: Vec<String>,
    /// How many errors, warnings and hints there are now.
    pub counts: [usize; 3],
}

/// The findings of a run by their fingerprints, as lines.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeMap<String, String>);

impl Known {
    /// Remembers this run and says what is different from the one before.
    pub(super) fn update(&mut self, project: &Project, found: &Outcome) -> Delta {
        let lines = found.findings.iter().map(|it| line(project, it));
        let now: BTreeMap<String, String> = found.fingerprints.iter().cloned().zip(lines.clone()).collect();
        let appeared = found.fingerprints.iter().zip(lines).filter(|(it, _)| !self.0.contains_key(*it));
        let appeared = appeared.map(|(_, line)| line).collect();
        let went = self.0.iter().filter(|(it, _)| !now.contains_key(*it)).map(|(_, line)| line.clone());
        let mut went: Vec<String> = went.collect();
        went.sort();
        self.0 = now;
        let count = |level| found.findings.iter().filter(|it| it.severity == level).count();
        let counts = [Severity::Error, Severity::Warning, Severity::Info].map(count);
        Delta { appeared, went, counts }
    }
}

fn line(project: &Project, finding: &Finding) -> String {
    let source = project.sources.get(finding.span.source);
    let at = source.position(finding.span.start);
    let message = finding.message.replace(['\n', '\r'], " ");
    let level = finding.severity.as_str();
    format!("{}:{}:{}: {level}[{}] {message}", source.path, at.line, at.column, finding.rule)
}
