//! Precision and recall of the placeholder rules on labelled texts.
//!
//! Each case is a document of its own with the place of the words in question (`context`), whether they are
//! unfinished (`expect`) and why (`note`). `DOCWRIGHT_PLACEHOLDER_CASES` names another file of the same form.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::golden::docwright;

#[derive(Deserialize)]
struct Case {
    text: String,
    context: String,
    expect: bool,
    #[serde(default)]
    note: String,
}

/// Cases that were found, cried wolf over, missed.
#[derive(Default, Clone, Copy)]
struct Score {
    found: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn precision(self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.found, self.found + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The labelled file, and whether it is the project's own.
fn cases_file() -> (PathBuf, bool) {
    match std::env::var_os("DOCWRIGHT_PLACEHOLDER_CASES") {
        Some(named) => (named.into(), false),
        None => (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/placeholders/cases.jsonl"), true),
    }
}

/// The documents with a finding of a rule about unfinished text, at any level, by their number.
fn flagged(cases: &[Case]) -> BTreeSet<usize> {
    let project = tempfile::tempdir().expect("a temporary folder");
    for (number, case) in cases.iter().enumerate() {
        std::fs::write(project.path().join(format!("case-{number:04}.md")), &case.text).expect("a case");
    }
    let done = docwright(&["check", "--root", &project.path().to_string_lossy(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a report");
    let findings = report["findings"].as_array().expect("a list of findings");
    let unfinished = |rule: &str| rule.starts_with("placeholder/") || rule == "document/placeholder-contact";
    let paths = findings.iter().filter(|it| it["rule"].as_str().is_some_and(unfinished));
    paths
        .filter_map(|it| it["path"].as_str()?.strip_prefix("case-")?.strip_suffix(".md")?.parse().ok())
        .collect()
}

#[test]
fn unfinished_text_is_told_from_text_that_only_looks_it() {
    let (path, own) = cases_file();
    let text = std::fs::read_to_string(&path).expect("the cases are readable");
    let cases: Vec<Case> = text
        .lines()
        .filter(|it| !it.trim().is_empty())
        .map(|it| serde_json::from_str(it).expect("a case"))
        .collect();
    assert!(cases.len() >= 40, "{} cases", cases.len());

    let flagged = flagged(&cases);
    let mut all = Score::default();
    let mut contexts: BTreeMap<&str, Score> = BTreeMap::new();
    for (number, case) in cases.iter().enumerate() {
        let said = flagged.contains(&number);
        for score in [&mut all, contexts.entry(&case.context).or_default()] {
            match (said, case.expect) {
                (true, true) => score.found += 1,
                (true, false) => score.wrong += 1,
                (false, true) => score.missed += 1,
                (false, false) => {}
            }
        }
        if said != case.expect {
            let kind = if said { "false alarm" } else { "missed" };
            eprintln!("{kind} {number} ({}): {}\n{}\n", case.context, case.note, case.text.trim_end());
        }
    }
    for (context, score) in contexts.iter().map(|(name, score)| (*name, *score)).chain([("all", all)]) {
        eprintln!("{context:12} precision {:.3} recall {:.3}", score.precision(), score.recall());
    }
    let (precision, recall) = if own { (1.0, 1.0) } else { (0.97, 0.92) };
    assert!(all.precision() >= precision, "precision {:.3}", all.precision());
    assert!(all.recall() >= recall, "recall {:.3}", all.recall());
}
