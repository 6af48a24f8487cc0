//! Accepted debt: the findings that a team knows of and that fail nobody's pull request. It may only shrink.
//!
//! One line a finding, sorted, so that git merges it; findings are known by their fingerprints, which hold no
//! line numbers.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Levels, Outcome, Selection, rules};
use crate::config::Config;
use crate::finding::Finding;
use crate::model::Project;
use crate::source::{SourceId, Span};

/// The name of the file in a project's root.
pub const FILE: &str = ".docwright-baseline.json";

/// The version of the file that this docwright writes and reads.
const VERSION: u32 = 1;

/// Accepted findings.
#[derive(Debug, Clone, Default)]
pub struct Baseline {
    /// Ordered by path, rule and fingerprint.
    pub entries: Vec<Entry>,
    /// Where it was read from, if that is a file of the project.
    pub source: Option<SourceId>,
    /// Whether entries that no finding needs fail the run.
    pub strict: bool,
}

/// One accepted finding. The fingerprint alone counts; the rest is for people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The file, relative to the root.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// The finding's.
    pub fingerprint: String,
    /// What it says.
    pub message: String,
}

#[derive(Deserialize)]
struct Document {
    version: u32,
    findings: Vec<Entry>,
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// It is no JSON, of another shape, or of a version that this docwright does not know.
    pub fn parse(text: &str) -> Result<Baseline, String> {
        let document: Document =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
        if document.version != VERSION {
            return Err(format!(
                "it has version {}, this docwright reads version {VERSION}",
                document.version
            ));
        }
        Ok(Baseline { entries: document.findings, ..Baseline::default() })
    }

    /// The text of its file.
    pub fn write(&self) -> String {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort();
        entries.dedup_by(|a, b| a.fingerprint == b.fingerprint);
        let lines: Vec<String> = entries
            .iter()
            .filter_map(|it| Some(format!("    {}", serde_json::to_string(it).ok()?)))
            .collect();
        let lines = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": [{lines}]\n}}\n")
    }

    /// The place of an entry in its file, for the finding that says it is stale.
    pub fn place(&self, project: &Project, entry: &Entry) -> Option<Span> {
        let source = self.source?;
        let at = project.sources.get(source).text.find(&format!("\"{}\"", entry.fingerprint))? + 1;
        Some(Span::new(source, at..at + entry.fingerprint.len()))
    }

    fn fingerprints(&self) -> HashSet<&str> {
        self.entries.iter().map(|it| it.fingerprint.as_str()).collect()
    }

    /// The entries that no finding of a run needs although their rules ran.
    pub(super) fn stale<'a>(&'a self, outcome: &Outcome, levels: &Levels<'_>) -> Vec<&'a Entry> {
        let found: HashSet<&str> = outcome.fingerprints.iter().map(String::as_str).collect();
        let judged = |it: &Entry| rules::find(&it.rule).is_none_or(|rule| levels.ran(rule));
        self.entries.iter().filter(|it| !found.contains(it.fingerprint.as_str()) && judged(it)).collect()
    }
}

impl Outcome {
    /// Takes out the findings that a baseline accepts.
    pub fn accept(&mut self, baseline: &Baseline) {
        let accepted = baseline.fingerprints();
        let before = self.findings.len();
        self.retain(|_, fingerprint| !accepted.contains(fingerprint));
        self.baselined += before - self.findings.len();
    }

    /// The baseline that this run makes of an old one: what is not found any more goes, and with `and_new` what
    /// was found and is `wanted` comes. The run must have been made without a baseline.
    pub fn baseline(
        &self,
        old: &Baseline,
        and_new: bool,
        project: &Project,
        config: &Config,
        selection: &Selection,
        wanted: &dyn Fn(&Finding) -> bool,
    ) -> Baseline {
        let stale: HashSet<&str> = old
            .stale(self, &Levels::new(project, config, selection))
            .into_iter()
            .map(|it| it.fingerprint.as_str())
            .collect();
        let kept = old.entries.iter().filter(|it| !stale.contains(it.fingerprint.as_str())).cloned();
        let found = self.findings.iter().zip(&self.fingerprints).filter(|(it, _)| and_new && wanted(it));
        let new = found.map(|(finding, fingerprint)| Entry {
            path: project.sources.path(finding.span.source).to_owned(),
            rule: finding.rule.to_owned(),
            fingerprint: fingerprint.clone(),
            message: finding.message.clone(),
        });
        // A new entry says what the finding says now.
        let mut seen = HashSet::new();
        let mut entries: Vec<Entry> =
            new.chain(kept).filter(|it| seen.insert(it.fingerprint.clone())).collect();
        entries.sort();
        Baseline { entries, source: old.source, strict: old.strict }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::run;
    use crate::lint::tests::project;

    fn of(text: &str) -> (Project, Config) {
        project(vec![("a.md".into(), text.into())])
    }

    fn accepted(text: &str) -> Baseline {
        let (project, config) = of(text);
        let selection = Selection::default();
        let outcome = run(&project, &config, &selection);
        outcome.baseline(&Baseline::default(), true, &project, &config, &selection, &|_| true)
    }

    #[test]
    fn edits_above_do_not_matter_and_one_more_is_new() {
        let baseline = accepted("# A\n\n[x](no.md)\n\n[x](no.md)\n");
        let read = Baseline::parse(&baseline.write()).expect("what was written");
        assert_eq!((read.entries.len(), &read.entries), (2, &baseline.entries));
        let selection = Selection { baseline: Some(read), ..Selection::default() };
        let count = |text: &str| {
            let (project, config) = of(text);
            let outcome = run(&project, &config, &selection);
            (outcome.findings.len(), outcome.baselined)
        };
        assert_eq!(count("# A\n\nmore\n\nwords\n\n[x](no.md)\n\n[x](no.md)\n"), (0, 2));
        assert_eq!(count("# A\n\n[x](no.md)\n\n[x](no.md)\n\n[x](no.md)\n"), (1, 2));
        assert_eq!(count("# A\n\n[x](no.md)\n\n[y](other.md)\n"), (1, 1));
    }

    #[test]
    fn it_only_shrinks_unless_it_is_told_to_grow() {
        let old = accepted("# A\n\n[x](no.md) [y](gone.md)\n");
        let (project, config) = of("# A\n\n[x](no.md) [z](new.md)\n");
        let selection = Selection::default();
        let outcome = run(&project, &config, &selection);
        let paths = |and_new| {
            let new = outcome.baseline(&old, and_new, &project, &config, &selection, &|_| true);
            new.entries.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(paths(false).len(), 1);
        assert!(paths(false)[0].contains("no.md"));
        assert_eq!(paths(true).len(), 2);
        // A rule that did not run says nothing about its entries.
        let selection = Selection { select: vec!["text".into()], ..Selection::default() };
        let outcome = run(&project, &config, &selection);
        let new = outcome.baseline(&old, false, &project, &config, &selection, &|_| true);
        assert_eq!(new.entries, old.entries);
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        assert!(Baseline::parse("{").is_err());
        assert!(Baseline::parse("{\"version\": 9, \"findings\": []}").unwrap_err().contains("version 9"));
        assert_eq!(Baseline::default().write(), "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
    }
}
