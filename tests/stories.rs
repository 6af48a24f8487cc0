//! The lighting company: what teams tell of their documents, told again as one project that is mostly wrong.
//!
//! Its reports claim what is not so, its night plan calls scripts that nobody wrote, its contacts are still to be
//! found. Beside each stands a page that looks like it and is right. The golden file lists every finding with the
//! words that are underlined; each line of it was judged by hand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use docwright::config::{self, ConfigFile};
use docwright::disk;
use docwright::finding::Finding;
use docwright::lint::{self, Selection};
use docwright::model::Project;
use docwright::parse;
use docwright::source::{Source, Sources};

use crate::golden::compare;

/// Credentials are put together here, so that none stands in the repository.
const CREDENTIALS: [(&str, &[&str]); 4] = [
    ("@@ACCESS_KEY@@", &["AKIA", "Q3EGRIU7VXTNZ2PM"]),
    ("@@SECRET_KEY@@", &["kT9wQz4LmX7vRb2N", "cY8sHd5JfG1pAe6UoVtSkT9w"]),
    ("@@CHAT_TOKEN@@", &["xoxb-", "718294035162-", "829301746352-", "kT9wQz4LmX7vRb2NcY8sHd5J"]),
    ("@@DATABASE_PASSWORD@@", &["Tz8vQ2mLx9"]),
];

/// Pages that look wrong and are right.
const RIGHT: [&str; 8] = [
    "docs/characters.md",
    "docs/glossary.md",
    "docs/index.md",
    "docs/operations/neighbours.md",
    "docs/operations/ways.md",
    "docs/reports/audit-of-gaslit.md",
    "docs/runbooks/dark-street.md",
    "docs/runbooks/new-cabinet.md",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The project with its credentials in place, and what all default rules find in it.
fn checked() -> (Project, Vec<Finding>) {
    let root = fixtures().join("tallowgate-lighting");
    let text = std::fs::read_to_string(root.join("book.toml")).expect("the configuration");
    let file = ConfigFile { path: "book.toml".to_owned(), text };
    let config = config::load(&[file]).expect("the configuration is valid");
    let read = disk::read(&root, &config.build_dir(), &[]);
    let filled = |text: &str| {
        CREDENTIALS.iter().fold(text.to_owned(), |text, (mark, parts)| text.replace(mark, &parts.concat()))
    };
    let sources = read.sources.iter().map(|(_, it)| Source::new(it.path.as_str(), filled(&it.text))).collect();
    let project = parse::project(Sources::new(sources), read.files, read.unread, &config);
    let as_of = Some("2026-11-02".parse().expect("a date"));
    let findings = lint::run(&project, &config, &Selection { as_of, ..Selection::default() });
    (project, findings)
}

/// `path:line: rule: the words that are underlined`, in the order of the text.
fn lines(project: &Project, findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|it| {
            let source = project.sources.get(it.span.source);
            let line = source.position(it.span.start).line;
            let words = project.sources.text(it.span).replace('\n', "\\n");
            format!("{}:{line}: {}: {words}", source.path, it.rule)
        })
        .collect()
}

#[test]
fn every_story_is_told_at_its_very_words() {
    let (project, findings) = checked();
    let text = lines(&project, &findings).join("\n") + "\n";
    compare(&fixtures().join("tallowgate-lighting.findings"), &text);
}

#[test]
fn what_looks_like_a_story_and_is_none_stays_silent() {
    let (project, findings) = checked();
    for path in RIGHT {
        assert!(project.sources.id(path).is_some(), "{path} is there");
    }
    let wrong: BTreeSet<&str> = findings.iter().map(|it| project.sources.path(it.span.source)).collect();
    let both: Vec<&str> = RIGHT.into_iter().filter(|it| wrong.contains(it)).collect();
    assert!(both.is_empty(), "{both:?}:\n{}", lines(&project, &findings).join("\n"));
}
