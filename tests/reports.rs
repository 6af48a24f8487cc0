//! One small project in every format of `check`. The guide shows the same reports, and `--output-file` writes them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::commands::{made, run};
use crate::golden::{command, compare, overwrite};

/// An error, a warning with a fix, and a place after an emoji.
const PROJECT: [(&str, &str); 2] = [
    (
        "docs/restore.md",
        "# Restore the ledger\n\nStop the writes, then follow [the plan](plan.md).\n\n\
         ✅ Done? Tell the [desk](desk@cobblepost.example).\n",
    ),
    ("docs/escalate.md", "# Escalate\n\nAfter 30 minutes call [the lead](restore.md#lead).\n"),
];

fn golden(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/reports").join(format)
}

/// A SARIF report without what changes with every release: the version, and the documentation of the rules.
fn lasting(report: &str) -> String {
    let mut value: Value = serde_json::from_str(report).expect("JSON");
    let driver = &mut value["runs"][0]["tool"]["driver"];
    driver["semanticVersion"] = "VERSION".into();
    for rule in driver["rules"].as_array_mut().expect("rules") {
        for (key, form) in [
            ("shortDescription", "text"),
            ("fullDescription", "text"),
            ("help", "text"),
            ("help", "markdown"),
        ] {
            assert!(rule[key][form].as_str().is_some_and(|it| !it.is_empty()));
            rule[key][form] = "…".into();
        }
    }
    format!("{value:#}\n")
}

#[test]
fn each_format_is_as_committed_and_as_the_guide_shows_it() {
    let dir = made(&PROJECT);
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-src/guide/formats.md");
    let guide = std::fs::read_to_string(guide).expect("the guide");
    for format in docwright::report::Format::ALL {
        let name = format.name();
        let (code, out, err) = run(dir.path(), &["check", "--format", name]);
        assert_eq!(code, 1, "{err}");
        compare(&golden(name), &if name == "sarif" { lasting(&out) } else { out.clone() });
        let shown: Vec<&str> = out.trim_matches('\n').lines().map(str::trim_end).collect();
        let shown = match name {
            // Long; the guide describes its fields on another page.
            "json" => String::new(),
            // Long too: the documentation of its rules stands in it.
            "sarif" => {
                let value: Value = serde_json::from_str(&out).expect("JSON");
                format!("{:#}\n```", value["runs"][0]["results"][1])
            }
            _ => format!("\n{}\n```", shown.join("\n")),
        };
        assert!(overwrite() || guide.contains(&shown), "the guide shows another report as {name}:\n{shown}");
        let target = dir.path().join("out/report");
        let file = format!("{name}={}", target.display());
        let (code, concise, _) = run(dir.path(), &["check", "--format", "concise", "--output-file", &file]);
        assert_eq!((code, concise.lines().count()), (1, 3));
        assert_eq!(std::fs::read_to_string(target).expect("the report"), out, "{name}");
        std::fs::remove_dir_all(dir.path().join("out")).expect("it was made");
    }
}

#[test]
fn several_reports_are_written_at_once_and_bad_targets_are_refused() {
    let dir = made(&PROJECT);
    let at = |name: &str| dir.path().join(name).display().to_string();
    let (sarif, junit) = (format!("sarif={}", at("a/b/x.sarif")), format!("junit={}", at("x.xml")));
    let (code, out, _) = run(dir.path(), &["check", "--output-file", &sarif, "--output-file", &junit]);
    assert_eq!(code, 1);
    assert!(out.contains("error[link/missing-file]"), "{out}");
    let text = std::fs::read_to_string(dir.path().join("a/b/x.sarif")).expect("the file");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["version"], "2.1.0");
    assert!(std::fs::read_to_string(dir.path().join("x.xml")).expect("the file").starts_with("<?xml"));
    for bad in ["sarif", "sarif=", "sarfi=x", &format!("junit={}", dir.path().display())] {
        let (code, out, err) = run(dir.path(), &["check", "--output-file", bad]);
        assert_eq!((code, out.as_str()), (2, ""), "{bad}: {err}");
    }
    let (code, _, err) = run(dir.path(), &["check", "--output-file", &junit, "--output-file", &junit]);
    assert_eq!(code, 2);
    assert!(err.contains("two reports want the file"), "{err}");
    assert_eq!(run(dir.path(), &["check", "--diff", "--output-file", &junit]).0, 2);
}

#[test]
fn github_gets_a_summary_that_is_added_to_what_is_there() {
    let dir = made(&PROJECT);
    let summary = dir.path().join("summary.md");
    let run = |format: &str| {
        let root = dir.path().to_str().expect("a path");
        let mut command = command(&["check", "--root", root, "--format", format]);
        let done = command.env("GITHUB_STEP_SUMMARY", &summary).output().expect("docwright runs");
        assert_eq!(done.status.code(), Some(1));
    };
    std::fs::write(&summary, "before\n").expect("a file");
    run("text");
    assert_eq!(std::fs::read_to_string(&summary).expect("the summary"), "before\n");
    run("github");
    let text = std::fs::read_to_string(&summary).expect("the summary");
    compare(&golden("summary.md"), text.strip_prefix("before\n").expect("what was there"));
    std::fs::write(&summary, "x".repeat(1024 * 1024)).expect("a file");
    run("github");
    assert_eq!(std::fs::metadata(&summary).expect("the summary").len(), 1024 * 1024);
}

#[test]
fn ci_formats_name_files_from_the_top_of_the_repository() {
    let dir = made(&[(".git/HEAD", ""), ("services/orders/docs/a.md", "# A\n\n[b](b.md)\n")]);
    let root = dir.path().join("services/orders");
    for (format, shown) in [
        ("github", "file=services/orders/docs/a.md,"),
        ("sarif", "\"uri\": \"services/orders/docs/a.md\""),
        ("gitlab", "\"path\": \"services/orders/docs/a.md\""),
        ("json", "\"path\": \"docs/a.md\""),
        ("concise", "docs/a.md:3:5: "),
    ] {
        let (_, out, _) = run(&root, &["check", "--format", format]);
        assert!(out.contains(shown), "{format}: {out}");
    }
}
