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
use docwright::lint::{self, Selection, fix};
use docwright::model::Project;
use docwright::model::fact::Objective;
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
const RIGHT: [&str; 10] = [
    "docs/characters.md",
    "docs/disaster-recovery/tide-gauges.md",
    "docs/glossary.md",
    "docs/index.md",
    "docs/operations/neighbours.md",
    "docs/operations/ways.md",
    "docs/reports/audit-of-gaslit.md",
    "docs/runbooks/dark-street.md",
    "docs/runbooks/new-cabinet.md",
    "docs/templates/outage-report.md",
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The texts of the project, with the credentials in place.
fn texts() -> (disk::Loaded, Vec<(String, String)>) {
    let read = disk::read(&fixtures().join("tallowgate-lighting"), "book", &[]);
    let filled = |text: &str| {
        CREDENTIALS.iter().fold(text.to_owned(), |text, (mark, parts)| text.replace(mark, &parts.concat()))
    };
    let texts = read.sources.iter().map(|(_, it)| (it.path.clone(), filled(&it.text))).collect();
    (read, texts)
}

/// What all default rules find in these texts of the project.
fn check(read: disk::Loaded, texts: Vec<(String, String)>) -> (Project, Vec<Finding>) {
    let path = "book.toml".to_owned();
    let text = std::fs::read_to_string(fixtures().join("tallowgate-lighting").join(&path)).expect("a file");
    let config = config::load(&[ConfigFile { path, text }]).expect("the configuration is valid");
    let sources = texts.into_iter().map(|(path, text)| Source::new(path, text)).collect();
    let project = parse::project(Sources::new(sources), read.files, read.unread, &config);
    let as_of = Some("2026-11-02".parse().expect("a date"));
    let findings = lint::run(&project, &config, &Selection { as_of, ..Selection::default() }).findings;
    (project, findings)
}

fn checked() -> (Project, Vec<Finding>) {
    let (read, texts) = texts();
    check(read, texts)
}

/// The finding of a rule whose words are these.
#[track_caller]
fn find<'a>(project: &Project, findings: &'a [Finding], rule: &str, words: &str) -> &'a Finding {
    let mut all = findings.iter().filter(|it| it.rule == rule && project.sources.text(it.span) == words);
    all.next().unwrap_or_else(|| panic!("no {rule} at {words}"))
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

#[test]
fn claims_are_held_against_what_was_counted() {
    let (project, findings) = checked();
    for (words, counted) in [
        ("All scripts are executable", "reference findings"),
        ("No placeholders or TODOs", "placeholder findings"),
        ("All API endpoints documented", "3 route findings"),
        ("Endpoints documented**: 60+", "5 operations are described"),
        ("Total routes in system**: 174", "7 routes are served"),
    ] {
        let finding = find(&project, &findings, "claim/contradicted", words);
        assert!(finding.message.contains(counted), "{}", finding.message);
    }
}

#[test]
fn a_slip_is_told_with_what_was_meant() {
    let (project, findings) = checked();
    for (rule, words, meant) in [
        ("recovery/missing-script", "./scripts/restore-lamp.sh", "scripts/restore-lamps.sh"),
        ("reference/make-target", "dusk-chek", "dusk-check"),
        ("reference/compose", "lamp-db", "lampdb"),
        ("reference/npm-script", "schema:status", "schema"),
        ("reference/curl", "/api/lamp/T-0412", "GET /api/lamps/{lamp}"),
        ("anchor/missing", "#the-meters", "#meters"),
        ("page/unreachable-tree-path", "verify-backup.sh", "scripts/verify-dump.sh"),
    ] {
        let help = find(&project, &findings, rule, words).help.as_deref().unwrap_or_default();
        assert!(help.contains(&format!("`{meant}`")), "{rule} at {words}: {help}");
    }
}

#[test]
fn one_system_has_many_recovery_times() {
    let (project, _) = checked();
    let hours = |path: &str| -> Vec<f64> {
        let source = project.sources.id(path).expect("the page");
        let own = project.facts.iter().filter(|it| it.span.source == source && it.kind == Objective::Rto);
        own.filter_map(|it| Some(it.seconds? / 3600.0)).collect()
    };
    assert_eq!(hours("docs/disaster-recovery/night-plan.md"), [4.0, 0.75, 6.0]);
    assert_eq!(hours("docs/disaster-recovery/continuity.md"), [4.0, 3.0, 24.0, 1.5, 6.0, 48.0, 3.0, 0.5]);
    assert_eq!(hours("docs/reports/stage-four.md"), [4.0]);
    assert_eq!(hours("docs/reports/handover.md"), [1.0, 0.5]);
    assert!(hours("docs/glossary.md").is_empty());
}

#[test]
fn no_credential_is_shown_anywhere() {
    let (project, findings) = checked();
    let shown = format!("{:?} {:?}", findings, project.pages);
    for (mark, parts) in CREDENTIALS {
        let last = parts.last().expect("a part");
        assert!(!shown.contains(last), "{mark}");
    }
}

#[test]
fn what_a_wrong_encoding_hid_is_seen_once_it_is_repaired() {
    let (project, findings) = checked();
    let repaired = fix::apply(&project, &findings, false).texts;
    let (read, mut texts) = texts();
    for (id, text) in repaired {
        let path = project.sources.path(id);
        texts.iter_mut().filter(|it| it.0 == path).for_each(|it| it.1.clone_from(&text));
    }
    let (project, findings) = check(read, texts);
    assert!(findings.iter().all(|it| it.rule != "text/mojibake" && it.rule != "link/file-case"));
    find(&project, &findings, "page/unreachable-tree-path", "night-shift.sh");
}

#[test]
fn alerts_lead_to_pages_that_nobody_wrote() {
    let (project, findings) = checked();
    let missing = findings.iter().filter(|it| it.rule == "alert/runbook-not-found").count();
    assert_eq!((project.alerts.all.len(), missing), (20, 19));
    find(&project, &findings, "alert/anchor-not-found", "#what-to-do-first");
}
