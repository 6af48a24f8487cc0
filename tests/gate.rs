//! The gate on pull requests: what is new, what is accepted, what is silenced.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::commands::{made, run};

/// Runs git in a folder, whatever the machine's own configuration says.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Ida Storm", "-c", "user.email=ida@example.com", "-c", "commit.gpgsign=false"])
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .expect("git runs");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

fn write(folder: &Path, path: &str, text: &str) {
    std::fs::write(folder.join(path), text).expect("a file");
}

/// `path:line rule` of each finding.
fn found(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let mut all = vec!["check", "--format", "concise"];
    all.extend(arguments);
    let (code, out, err) = run(folder, &all);
    assert!(code < 2, "{err}");
    out.lines()
        .map(|line| {
            let parts: Vec<&str> = line.splitn(4, ':').collect();
            let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
            format!("{}:{} {rule}", parts[0], parts[1])
        })
        .collect()
}

const API: &str = "\
from fastapi import FastAPI

app = FastAPI()


@app.get(\"/berths\")
def berths():
    return []
";

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Berths, version: '1'}
paths:
  /berths:
    get:
      responses: {'200': {description: The berths.}}
";

/// A repository with old findings, and one change that brings three.
fn changed() -> tempfile::TempDir {
    let dir = made(&[
        ("docs/index.md", "# Harbour\n\nSee [the tides](tides.md) and [an old one](gone.md).\n"),
        ("docs/tides.md", "# Tides\n\nHigh water is at noon.\n"),
        ("docs/berths.md", "# Berths\n\nTODO: list the berths.\n\nOne is free.\n"),
        ("openapi.yaml", SPEC),
        ("app/main.py", API),
        ("requirements.txt", "fastapi\n"),
    ]);
    git(dir.path(), &["init", "--quiet"]);
    commit(dir.path());
    git(dir.path(), &["checkout", "--quiet", "-b", "change"]);
    git(dir.path(), &["mv", "docs/tides.md", "docs/high-water.md"]);
    write(
        dir.path(),
        "docs/berths.md",
        "# Berths\n\nTODO: list the berths.\n\nOne is free. TBD: which one.\n",
    );
    let route = "\n\n@app.post(\"/berths/{berth}/moor\")\ndef moor(berth: int):\n    return {}\n";
    write(dir.path(), "app/main.py", &format!("{API}{route}"));
    dir
}

#[test]
fn since_reports_what_the_change_brought() {
    let dir = changed();
    let all = found(dir.path(), &[]);
    let old = ["docs/berths.md:3 placeholder/marker", "docs/index.md:3 link/missing-file"];
    let new = [
        "app/main.py:11 route/undocumented",
        "docs/berths.md:5 placeholder/marker",
        "docs/index.md:3 link/missing-file",
    ];
    for it in old.iter().chain(&new) {
        assert!(all.iter().any(|found| found == it), "{it} is not in {all:?}");
    }
    // In the working tree, then committed.
    assert_eq!(found(dir.path(), &["--since", "main"]), new);
    commit(dir.path());
    assert_eq!(found(dir.path(), &["--since", "main"]), new);
    assert_eq!(found(dir.path(), &["--since", "HEAD"]), Vec::<String>::new());
    let (_, out, err) = run(dir.path(), &["check", "--since", "main"]);
    assert!(out.contains("`docs/tides.md` does not exist") && !out.contains("`docs/gone.md` does"), "{out}");
    assert!(err.contains("Reported what changed since `main`, in 3 files."), "{err}");
    // A project below the root of the repository.
    let docs = dir.path().join("docs");
    assert_eq!(found(&docs, &["--since", "main"]).len(), 2);
}

#[test]
fn since_says_what_it_lacks() {
    let dir = changed();
    commit(dir.path());
    let (code, _, err) = run(dir.path(), &["check", "--since", "origin/nowhere"]);
    assert_eq!(code, 2);
    assert!(
        err.contains("no revision `origin/nowhere`") && err.contains("git fetch origin nowhere"),
        "{err}"
    );
    assert_eq!(run(dir.path(), &["check", "--since=--output=x"]).0, 2);
    assert!(!dir.path().join("x").exists());
    let shallow = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", dir.path().display());
    git(shallow.path(), &["clone", "--quiet", "--depth", "1", "--no-single-branch", &from, "."]);
    let (code, _, err) = run(shallow.path(), &["check", "--since", "origin/main"]);
    assert_eq!(code, 2);
    assert!(err.contains("no common commit") && err.contains("fetch-depth: 0"), "{err}");
    let (code, _, err) = run(shallow.path(), &["check", "--since", "HEAD~1"]);
    assert_eq!(code, 2);
    assert!(err.contains("fetch-depth: 0"), "{err}");
    let plain = made(&[("docs/a.md", "# A\n")]);
    let (code, _, err) = run(plain.path(), &["check", "--since", "main"]);
    assert_eq!(code, 2);
    assert!(err.contains("lies in no git repository"), "{err}");
}

#[test]
fn a_baseline_accepts_what_is_there_and_only_shrinks() {
    let dir = made(&[
        ("docs/index.md", "# Harbour\n\n[one](a.md) [two](b.md)\n\nTODO: more.\n"),
        ("docs/b.md", "# B\n\n[back](index.md)\n"),
    ]);
    let path = dir.path().join(".docwright-baseline.json");
    let entries = || {
        let text = std::fs::read_to_string(&path).expect("a baseline");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            text.lines().filter(|it| it.contains("fingerprint")).count(),
            value["findings"].as_array().expect("a list").len()
        );
        value["findings"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(run(dir.path(), &["check", "--baseline", "nowhere.json"]).0, 2);
    let (code, out, err) = run(dir.path(), &["check", "--write-baseline"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("Wrote 2 accepted findings"), "{err}");
    assert_eq!(entries(), 2);
    let (code, _, err) = run(dir.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(err.contains("Accepted 2 by the baseline"), "{err}");
    // Edits above do not matter; one more is one more.
    write(
        dir.path(),
        "docs/index.md",
        "# Harbour\n\nWords.\n\n[one](a.md) [two](b.md)\n\nTODO: more.\n\n[three](c.md)\n",
    );
    assert_eq!(found(dir.path(), &[]), ["docs/index.md:9 link/missing-file"]);
    // Pruning does not add, and reports what is new.
    assert_eq!(run(dir.path(), &["check", "--write-baseline"]).0, 1);
    assert_eq!(entries(), 2);
    assert_eq!(run(dir.path(), &["check", "--accept-new"]).0, 0);
    assert_eq!(entries(), 3);
    // What is mended is said, and fails where it must.
    write(dir.path(), "docs/index.md", "# Harbour\n\n[two](b.md)\n");
    let (code, _, err) = run(dir.path(), &["check"]);
    assert_eq!(code, 0);
    assert!(err.contains("The baseline has 3 entries that nothing needs any more"), "{err}");
    assert_eq!(
        found(dir.path(), &["--select", "text,meta"]),
        Vec::<String>::new(),
        "their rules did not run"
    );
    assert_eq!(run(dir.path(), &["check", "--strict-baseline"]).0, 1);
    assert_eq!(run(dir.path(), &["check", "--write-baseline"]).0, 0);
    assert_eq!(entries(), 0);
    assert_eq!(run(dir.path(), &["check", "--strict-baseline"]).0, 0);
    write(dir.path(), ".docwright-baseline.json", "{\"version\": 1,");
    let (code, _, err) = run(dir.path(), &["check"]);
    assert_eq!(code, 2);
    assert!(err.contains("is no baseline"), "{err}");
}

#[test]
fn suppressions_silence_with_a_reason_and_are_counted() {
    let dir = made(&[
        (
            "docs/index.md",
            "# Harbour\n\n<!-- docwright-disable-next-line link/missing-file -- the tide bot writes it -->\n[tides](tides.md)\n",
        ),
        (
            "app/main.py",
            &API.replace(
                "@app.get",
                "# docwright-disable-next-line route/undocumented -- mesh only\n@app.get",
            ),
        ),
        ("requirements.txt", "fastapi\n"),
        ("openapi.yaml", "openapi: 3.0.3\ninfo: {title: B, version: '1'}\npaths: {}\n"),
    ]);
    let (code, out, _) = run(dir.path(), &["check", "--format", "json"]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(code, 0, "{out}");
    assert_eq!(value["summary"]["suppressed"], 2, "{out}");
    // Mended, the directive is what is wrong, and `--fix` takes it away.
    write(dir.path(), "docs/tides.md", "# Tides\n\n[back](index.md)\n");
    assert_eq!(found(dir.path(), &[]), ["docs/index.md:3 meta/unused-suppression"]);
    assert_eq!(found(dir.path(), &["--select", "text,meta"]), Vec::<String>::new());
    assert_eq!(run(dir.path(), &["check", "--fix"]).0, 0);
    let text = std::fs::read_to_string(dir.path().join("docs/index.md")).expect("the page");
    assert_eq!(text, "# Harbour\n\n[tides](tides.md)\n");
}
