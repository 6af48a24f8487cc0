//! Golden files: what docwright writes, committed. `SNAPSHOTS=overwrite ./test` writes all of them anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether golden files are written instead of compared.
pub(crate) fn overwrite() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|it| it == "overwrite")
}

/// Compares a text with its golden file, or writes it.
#[track_caller]
pub(crate) fn compare(path: &Path, text: &str) {
    if overwrite() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the golden file is written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected != text {
        let line = expected.lines().zip(text.lines()).position(|(a, b)| a != b);
        let at = line.unwrap_or_else(|| expected.lines().count().min(text.lines().count()));
        panic!(
            "{} is out of date from line {}\n  golden: {:?}\n  now:    {:?}\nSNAPSHOTS=overwrite ./test writes it anew",
            path.display(),
            at + 1,
            expected.lines().nth(at),
            text.lines().nth(at)
        );
    }
}

/// The folder of the fixture project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/skerrygate-ferries")
}

/// The binary, without the environment's say in colours and in the summary of the CI run that tests it.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
    command
        .args(args)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("GITHUB_STEP_SUMMARY")
        .env("COLUMNS", "100");
    command
}

/// Runs the binary.
pub(crate) fn docwright(args: &[&str]) -> std::process::Output {
    command(args).output().expect("docwright runs")
}

/// Every file below a folder, relative to it.
pub(crate) fn tree(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                found.insert(entry.path().strip_prefix(folder).expect("below").to_owned());
            }
        }
    }
    found
}

/// Builds the fixture's site with some number of threads.
fn build(threads: &str) -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a temporary folder");
    let target = out.path().join("site");
    let root = project();
    let done = docwright(&[
        "build",
        "--root",
        &root.to_string_lossy(),
        "--threads",
        threads,
        "--as-of",
        "2026-06-30",
        "-d",
        &target.to_string_lossy(),
    ]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    out
}

#[test]
fn the_site_is_as_committed_file_by_file() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/skerrygate-ferries");
    let built = build("2");
    let site = built.path().join("site");
    if overwrite() {
        let _ = std::fs::remove_dir_all(&golden);
    }
    let files = tree(&site);
    // Styles and scripts carry a hash of their content in their names, which is all there is to compare.
    let is_asset = |it: &PathBuf| it.starts_with("assets");
    for file in files.iter().filter(|it| !is_asset(it)) {
        let text = std::fs::read(site.join(file)).expect("a built file");
        compare(&golden.join(file), &String::from_utf8_lossy(&text));
    }
    let left: Vec<_> = tree(&golden).into_iter().filter(|it| !files.contains(it)).collect();
    assert!(left.is_empty(), "no longer built: {left:?}");
}

#[test]
fn a_site_is_the_same_for_any_number_of_threads() {
    let (one, many) = (build("1"), build("8"));
    let (one, many) = (one.path().join("site"), many.path().join("site"));
    assert_eq!(tree(&one), tree(&many));
    for file in tree(&one) {
        let (a, b) = (std::fs::read(one.join(&file)), std::fs::read(many.join(&file)));
        assert!(a.expect("a file") == b.expect("a file"), "{} differs", file.display());
    }
}
