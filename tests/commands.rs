//! What the commands print and how they end, on the fixture project and on small ones made here.

use std::path::Path;

use serde_json::Value;

use crate::golden::{docwright, project};

pub(crate) fn made(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    dir
}

pub(crate) fn run(root: &Path, args: &[&str]) -> (i32, String, String) {
    let mut all = vec!["--root", root.to_str().expect("a path")];
    all.extend(args);
    let done = docwright(&all);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code().unwrap_or(-1), text(&done.stdout), text(&done.stderr))
}

#[test]
fn the_fixture_has_the_findings_that_were_planned() {
    let (code, out, _) = run(&project(), &["check", "--format", "concise", "--as-of", "2026-06-30"]);
    assert_eq!(code, 1);
    let found: Vec<String> = out
        .lines()
        .map(|line| {
            let mut parts = line.splitn(4, ':');
            let (path, line) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let rest = parts.nth(1).unwrap_or_default();
            let rule = rest.split(['[', ']']).nth(1).unwrap_or_default();
            format!("{path}:{line} {rule}")
        })
        .collect();
    let expected = std::fs::read_to_string(project().join("expected-findings.txt")).expect("the list");
    let mut expected: Vec<&str> =
        expected.lines().filter(|it| !it.is_empty() && !it.starts_with('#')).collect();
    expected.sort_unstable();
    let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn exit_codes_tell_clean_findings_and_failure_apart() {
    let clean = made(&[("docs/a.md", "# A\n\n[b](b.md)\n"), ("docs/b.md", "# B\n\nx\n")]);
    assert_eq!(run(clean.path(), &["check"]).0, 0);
    let broken = made(&[("docs/a.md", "# A\n\n[b](b.md)\n\n## Empty\n")]);
    assert_eq!(run(broken.path(), &["check"]).0, 1);
    assert_eq!(run(broken.path(), &["check", "--ignore", "link"]).0, 0);
    assert_eq!(run(broken.path(), &["check", "--ignore", "link", "--fail-on", "warning"]).0, 1);
    let empty = made(&[("x.bin", "")]);
    let (code, _, err) = run(empty.path(), &["check"]);
    assert_eq!(code, 2);
    assert!(err.contains("nothing to check"), "{err}");
    let bad = made(&[("book.toml", "[lint]\nfail_on = 1\n"), ("docs/a.md", "x")]);
    let (code, out, err) = run(bad.path(), &["check"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean `fail-on`?"), "{err}");
    assert_eq!(run(clean.path(), &["check", "--select", "link/mising-file"]).0, 2);
    assert_eq!(run(clean.path(), &["check", "--no-such-flag"]).0, 2);
    assert_eq!(run(&clean.path().join("nowhere"), &["check"]).0, 2);
}

#[test]
fn paths_narrow_what_is_reported_not_what_is_loaded() {
    let dir = made(&[
        ("docs/a.md", "# A\n\n[b](sub/b.md#no)\n"),
        ("docs/sub/b.md", "# B\n\n[a](../a.md) [c](c.md)\n"),
    ]);
    let sub = dir.path().join("docs/sub");
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise", sub.to_str().expect("a path")]);
    assert_eq!(code, 1);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("docs/sub/b.md:3:18: error[link/missing-file]"), "{out}");
}

#[test]
fn json_has_the_shape_that_scripts_rely_on() {
    let dir = made(&[("docs/a.md", "# Ä\n\nÜber [b](b.md)\n")]);
    let (code, out, _) = run(dir.path(), &["check", "--format", "json"]);
    assert_eq!(code, 1);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["version"], 1);
    assert_eq!(value["summary"]["files"], 1);
    assert_eq!(value["summary"]["findings"]["error"], 1);
    let finding = &value["findings"][0];
    assert_eq!(finding["rule"], "link/missing-file");
    assert_eq!(finding["path"], "docs/a.md");
    assert_eq!(finding["span"]["start"], serde_json::json!({ "line": 3, "column": 10, "offset": 16 }));
    assert_eq!(finding["span"]["end"]["offset"], 20);
    assert_eq!(finding["fingerprint"].as_str().map(str::len), Some(16));
}

#[test]
fn fingerprints_survive_edits_elsewhere() {
    let prints = |text: &str| -> Vec<String> {
        let dir = made(&[("docs/a.md", text)]);
        let (_, out, _) = run(dir.path(), &["check", "--format", "json"]);
        let value: Value = serde_json::from_str(&out).expect("JSON");
        let findings = value["findings"].as_array().expect("a list").clone();
        findings.iter().map(|it| it["fingerprint"].to_string()).collect()
    };
    let before = prints("# A\n\n[b](b.md) and [b](b.md)\n");
    let after = prints("# A\n\nA new line.\n\nAnother. [b](b.md)\n\n[b](b.md)\n");
    assert_eq!(before, after);
    assert_ne!(before[0], before[1]);
}

#[test]
fn without_colours_nothing_is_escaped_and_with_colours_it_is() {
    let dir = made(&[("docs/a.md", "[b](b.md)\n")]);
    assert!(!run(dir.path(), &["check"]).1.contains('\u{1b}'));
    assert!(run(dir.path(), &["check", "--color", "always"]).1.contains('\u{1b}'));
}

#[test]
fn init_names_what_it_found_and_its_file_is_valid() {
    let dir = made(&[
        ("README.md", "# Tram desk\n\nx\n"),
        ("handbook/docs/x.md", "# X\n\ny\n"),
        ("docs/a.md", "# A\n\ny\n"),
        ("docs/openapi.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n"),
        ("ops/rules.yaml", "groups:\n- rules:\n  - alert: A\n    expr: up\n"),
    ]);
    let (code, _, err) = run(dir.path(), &["init"]);
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(dir.path().join("book.toml")).expect("the file");
    assert!(text.contains("title = \"Tram desk\"\nsrc = \"docs\""), "{text}");
    assert!(text.contains("specs = [\"docs/openapi.yaml\"]"), "{text}");
    assert!(text.contains("[alerts]\n# 1 alert in \"ops/rules.yaml\""), "{text}");
    assert_eq!(run(dir.path(), &["check"]).0, 0);
    assert_eq!(run(dir.path(), &["init"]).0, 2);
    let (code, out, _) = run(dir.path(), &["config"]);
    assert_eq!(code, 0);
    assert!(out.contains("\"Tram desk\"  (book.toml:2)"), "{out}");
}

#[test]
fn new_writes_the_sections_that_are_then_asked_for() {
    let dir = made(&[("docs/a.md", "# A\n\ny\n")]);
    let (code, out, err) = run(dir.path(), &["new", "runbook", "Drain: the \"queue\""]);
    assert_eq!(code, 0, "{err}");
    assert!(out.trim().ends_with("docs/runbooks/drain-the-queue.md"), "{out}");
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise", "--fail-on", "warning"]);
    assert_eq!(code, 1);
    assert_eq!(out.matches("placeholder/empty-section").count(), 6, "{out}");
    assert_eq!(run(dir.path(), &["new", "runbook", "Drain: the \"queue\""]).0, 2);
    assert_eq!(run(dir.path(), &["new", "novel", "x"]).0, 2);
}

#[test]
fn explain_rules_completions_and_man_print() {
    let dir = made(&[]);
    let (code, out, _) = run(dir.path(), &["explain", "link/missing-file"]);
    assert_eq!(code, 0);
    assert!(out.contains("docwright says:") && out.contains("did you mean"), "{out}");
    let (code, _, err) = run(dir.path(), &["explain", "link/mising"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `link/missing-file`?"), "{err}");
    let (_, out, _) = run(dir.path(), &["rules"]);
    assert_eq!(out.lines().count(), docwright::lint::rules::ALL.len());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(run(dir.path(), &["completions", shell]).1.contains("docwright"));
    }
    assert!(run(dir.path(), &["man"]).1.contains(".TH docwright"));
}

#[test]
fn build_writes_a_site_and_deny_keeps_the_old_one() {
    let dir = made(&[("docs/index.md", "# A\n\n[b](b.md)\n")]);
    let (code, _, err) = run(dir.path(), &["build"]);
    assert_eq!(code, 0, "{err}");
    let index = dir.path().join("book/index.html");
    let first = std::fs::read_to_string(&index).expect("the page");
    std::fs::write(dir.path().join("docs/index.md"), "# Changed\n\n[b](b.md)\n").expect("a change");
    assert_eq!(run(dir.path(), &["build", "--deny", "error"]).0, 1);
    assert_eq!(std::fs::read_to_string(&index).expect("the page"), first);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    assert!(std::fs::read_to_string(&index).expect("the page").contains("Changed"));
    // The built site is no part of the project.
    let (_, out, _) = run(dir.path(), &["check", "--format", "json"]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["summary"]["files"], 1);
}

#[test]
fn routes_and_recovery_speak_to_scripts() {
    let (code, out, _) = run(&project(), &["routes", "--format", "tsv"]);
    assert_eq!(code, 1);
    assert!(out.lines().all(|line| line.split('\t').count() == 5), "{out}");
    assert!(out.lines().any(|line| line.contains("\tundocumented\tresolved\t")), "{out}");
    let (_, out, _) = run(&project(), &["recovery", "--format", "json"]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert!(value["facts"].as_array().is_some_and(|it| !it.is_empty()), "{out}");
    for args in [&["routes", "--format", "json"][..], &["stats", "--format", "json"]] {
        let value: Value = serde_json::from_str(&run(&project(), args).1).expect("JSON");
        assert_eq!(value["version"], 1);
    }
}

#[test]
fn alerts_speak_to_scripts() {
    let (code, out, err) = run(&project(), &["alerts", "--format", "json"]);
    assert_eq!(code, 1);
    assert!(err.contains("8 alerts (1 external runbook not checked)"), "{err}");
    let value: Value = serde_json::from_str(&out).expect("JSON");
    let alerts = value["alerts"].as_array().expect("a list");
    let named = |name: &str| alerts.iter().find(|it| it["name"] == name).expect("the alert");
    let down = named("BookingApiDown");
    assert_eq!(
        (&down["status"], &down["page"]),
        (&"page".into(), &"docs/runbooks/booking-api-down.md".into())
    );
    assert_eq!((&down["severity"], &down["line"]), (&"critical".into(), &6.into()));
    assert_eq!(
        (&named("TimetableStale")["status"], &named("TimetableStale")["runbook_url"]),
        (&"none".into(), &Value::Null)
    );
    let statuses: Vec<_> = alerts.iter().filter_map(|it| it["status"].as_str()).collect();
    for status in ["page", "missing", "no-anchor", "external", "none"] {
        assert!(statuses.contains(&status), "{status}");
    }
    let (_, out, _) = run(&project(), &["alerts"]);
    assert!(out.contains("3 of 8 alerts have a runbook here; 2 missing"), "{out}");
    let (_, out, _) = run(&project(), &["alerts", "--format", "markdown"]);
    assert!(out.lines().all(|line| line.matches('|').count() == 6), "{out}");
    let dir = made(&[("docs/a.md", "# A\n\ny\n")]);
    assert_eq!(run(dir.path(), &["alerts"]).0, 0);
}

#[test]
fn fixes_are_shown_or_written_and_a_second_run_changes_nothing() {
    let text = "# A\n\nâœ… done â€“ \u{fc}\r\n";
    let dir = made(&[("docs/a.md", text), ("docs/b.md", "# B\n\nâœ…âœ…\n")]);
    let page = dir.path().join("docs/a.md");
    let (code, out, _) = run(dir.path(), &["check", "--diff"]);
    assert_eq!(code, 1);
    assert!(out.contains("--- a/docs/a.md\n+++ b/docs/a.md\n"), "{out}");
    assert_eq!(std::fs::read_to_string(&page).expect("the page"), text);
    let (code, _, err) = run(dir.path(), &["check", "--fix", page.to_str().expect("a path")]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("Fixed 1 finding in 1 file."), "{err}");
    assert_eq!(std::fs::read_to_string(&page).expect("the page"), "# A\n\n✅ done – \u{fc}\r\n");
    assert!(std::fs::read_to_string(dir.path().join("docs/b.md")).expect("the page").contains("âœ…"));
    assert_eq!(run(dir.path(), &["check", "--fix"]).0, 0);
    assert_eq!(run(dir.path(), &["check", "--diff"]), (0, String::new(), String::new()));
}

#[test]
fn a_secret_is_shown_nowhere_and_written_back_by_fixes() {
    let key = ["AKIA", "Q3EGRIU7VXTNZ2PM"].concat();
    let page = format!("# A\n\n`{key}` âœ… [spec](openapi.yaml) [list](keys.json)\n");
    let spec =
        format!("openapi: 3.0.3\ninfo: {{title: T, version: '1', description: use {key}}}\npaths: {{}}\n");
    let keys = format!("{{\"key\": \"{key}\"}}\n");
    let dir = made(&[("docs/a.md", &page), ("docs/openapi.yaml", &spec), ("docs/keys.json", &keys)]);
    for format in docwright::report::Format::ALL.iter().map(|it| it.name()) {
        let (code, out, err) = run(dir.path(), &["check", "--format", format]);
        assert_eq!(code, 1, "{err}");
        assert!(out.contains("AKIA****************") && !out.contains(&key) && !err.contains(&key), "{out}");
    }
    let (_, out, _) = run(dir.path(), &["check", "--diff"]);
    assert!(out.contains("+`AKIA****************` ✅") && !out.contains(&key), "{out}");
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let mut open = vec![dir.path().join("book")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("the site").flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).expect("a file");
                assert!(!String::from_utf8_lossy(&bytes).contains(&key), "{}", entry.path().display());
            }
        }
    }
    run(dir.path(), &["check", "--fix"]);
    let written = std::fs::read_to_string(dir.path().join("docs/a.md")).expect("the page");
    assert_eq!(written, page.replace("âœ…", "✅"));
}

#[test]
fn today_is_what_the_command_line_says() {
    let dir = made(&[("docs/a.md", "# A\n\n**Next Review**: 2026-01-31\n")]);
    let run_on = |day: &str| run(dir.path(), &["check", "--format", "concise", "--as-of", day]);
    assert_eq!(run_on("2026-01-31").1, "");
    let (code, out, _) = run_on("2026-02-02");
    assert_eq!(code, 0);
    assert!(
        out.starts_with("docs/a.md:3:18: warning[page/review-date] the review is 2 days overdue"),
        "{out}"
    );
    assert_eq!(run_on("yesterday").0, 2);
    let (_, out, _) = run(dir.path(), &["check", "--format", "concise"]);
    assert!(out.contains("[page/review-date]"), "{out}");
}
