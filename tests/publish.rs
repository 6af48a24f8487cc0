//! `docwright publish` to folders and to git branches: what stands there afterwards, what stays, and what a run that is
//! killed leaves behind.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::commands::made;
use crate::golden::{command, tree};

/// A small project, as a git repository with one commit.
pub(crate) fn project() -> tempfile::TempDir {
    let dir = made(&[
        ("docs/index.md", "# Tram desk\n\n[Depot](depot.md)\n"),
        ("docs/depot.md", "# Depot\n\nBehind the river.\n"),
    ]);
    git(dir.path(), &["init", "-q", "-b", "main"]);
    git(dir.path(), &["add", "-A"]);
    git(dir.path(), &["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-qm", "Write"]);
    dir
}

/// Puts other words on the pages, and takes or adds a page.
pub(crate) fn rewrite(project: &Path, words: &str) {
    let page = format!("# Tram desk\n\n{words}\n");
    std::fs::write(project.join("docs/index.md"), page).expect("a page");
    let (old, new) = (project.join("docs/depot.md"), project.join(format!("docs/{words}.md")));
    let _ = std::fs::remove_file(old);
    std::fs::write(new, format!("# About {words}\n\nMore.\n")).expect("a page");
}

fn clean(mut command: Command) -> Command {
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("EMAIL", "");
    command
}

pub(crate) fn git(folder: &Path, words: &[&str]) -> String {
    let mut command = clean(Command::new("git"));
    let done = command.arg("-C").arg(folder).args(words).output().expect("git runs");
    assert!(done.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}

/// `docwright publish`, ready to run.
pub(crate) fn publishing(project: &Path, to: &str, more: &[&str]) -> Command {
    let root = project.to_str().expect("a path of text");
    let mut words = vec!["--root", root, "publish", "--as-of", "2026-06-30", "--to", to];
    words.extend(more);
    clean(command(&words))
}

pub(crate) fn publish(project: &Path, to: &str, more: &[&str]) -> Output {
    publishing(project, to, more).output().expect("docwright runs")
}

pub(crate) fn said(done: &Output) -> String {
    let words = String::from_utf8_lossy(&done.stderr).into_owned();
    words.split_whitespace().filter(|it| *it != "│").collect::<Vec<_>>().join(" ")
}

/// Publishes, and it works.
#[track_caller]
pub(crate) fn published(project: &Path, to: &str, more: &[&str]) -> String {
    let done = publish(project, to, more);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    said(&done)
}

/// It does not work, for a reason that holds these words.
#[track_caller]
pub(crate) fn refused(project: &Path, to: &str, more: &[&str], why: &str) {
    let done = publish(project, to, more);
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains(why), "{}", said(&done));
}

fn names(folder: &Path) -> BTreeSet<String> {
    tree(folder).iter().map(|it| it.to_string_lossy().into_owned()).collect()
}

fn target(folder: &Path) -> String {
    format!("dir:{}", folder.display())
}

fn bare(folder: &Path) -> (PathBuf, String) {
    let bare = folder.join("pages.git");
    git(folder, &["init", "-q", "--bare", "-b", "main", "pages.git"]);
    let to = format!("git:gh-pages@{}", bare.display());
    (bare, to)
}

#[test]
fn a_folder_holds_the_site_and_keeps_what_is_not_docwrights() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let site = out.path().join("www");
    let to = target(&site);
    assert!(published(project.path(), &to, &["--dry-run"]).contains("Would publish"));
    assert!(!site.exists());
    published(project.path(), &to, &[]);
    assert!(names(&site).contains("depot.html"));
    assert!(published(project.path(), &to, &[]).contains("is up to date"));

    std::fs::create_dir(site.join(".well-known")).expect("a folder");
    std::fs::write(site.join(".well-known/security.txt"), "mine").expect("a file");
    rewrite(project.path(), "river");
    published(project.path(), &to, &["--version", "1.0", "--alias", "latest"]);
    published(project.path(), &to, &[]);
    let all = names(&site);
    for path in [
        "index.html",
        "river.html",
        "1.0/river.html",
        "latest/river.html",
        "versions.json",
        ".well-known/security.txt",
    ] {
        assert!(all.contains(path), "{path}: {all:?}");
    }
    assert!(!all.contains("depot.html"));
    let beside = std::fs::read_dir(out.path()).expect("a folder").count();
    assert_eq!(beside, 1, "nothing is left beside the site");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let (project, out) = (project(), made(&[("www/index.html", "mine"), ("www/other.txt", "mine")]));
    let site = out.path().join("www");
    refused(project.path(), &target(&site), &[], "did not publish");
    assert_eq!(std::fs::read_to_string(site.join("index.html")).expect("the page"), "mine");
    published(project.path(), &target(&site), &["--overwrite"]);
    assert_eq!(std::fs::read_to_string(site.join("other.txt")).expect("the file"), "mine");
    refused(project.path(), &target(project.path()), &[], "the project lies in it");
    let up = project.path().parent().expect("a parent");
    refused(project.path(), &target(up), &[], "the project lies in it");
    let file = out.path().join("www/other.txt");
    refused(project.path(), &target(&file), &[], "is not a folder");
    git(out.path(), &["init", "-q", "repo"]);
    refused(project.path(), &target(&out.path().join("repo")), &[], "working tree");
}

#[test]
fn what_a_build_wrote_is_replaced_and_a_built_site_can_be_published() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let (built, site) = (out.path().join("book"), out.path().join("www"));
    let root = project.path().to_str().expect("a path");
    let to = built.to_str().expect("a path");
    assert!(
        command(&["--root", root, "build", "--as-of", "2026-06-30", "-d", to])
            .status()
            .expect("runs")
            .success()
    );
    let mut run = clean(command(&["--root", root, "publish", "--site", to, "--to", &target(&site)]));
    assert!(run.status().expect("runs").success());
    let mut expected = names(&built);
    expected.remove(".docwright");
    expected.insert(".docwright-publish.json".to_owned());
    assert_eq!(names(&site), expected);
    rewrite(project.path(), "river");
    published(project.path(), &target(&built), &[]);
    assert!(!names(&built).contains("depot.html"));
}

#[test]
fn findings_keep_a_site_from_being_published_unless_told() {
    let project =
        made(&[("docs/a.md", "# A\n\n[b](b.md)\n"), ("book.toml", "[publish]\nto = \"dir:www\"\n")]);
    let root = project.path().to_str().expect("a path");
    let run = |more: &[&str]| {
        let words: Vec<&str> = ["--root", root, "publish"].iter().chain(more).copied().collect();
        command(&words).output().expect("docwright runs")
    };
    let done = run(&[]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    assert!(said(&done).contains("nothing is published"), "{}", said(&done));
    assert!(!project.path().join("www").exists());
    assert_eq!(run(&["--allow-findings"]).status.code(), Some(0));
    assert!(project.path().join("www/a.html").is_file(), "the folder counts from the configuration");
    assert_eq!(run(&["--alias", "x"]).status.code(), Some(2), "an alias needs a version");
    assert_eq!(run(&["--to", "ftp://x"]).status.code(), Some(2));
    let nothing = made(&[("x.bin", "")]);
    assert_eq!(publish(nothing.path(), "dir:never", &[]).status.code(), Some(2));
}

#[test]
fn a_branch_of_a_bare_repository_keeps_its_other_versions() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let (bare, to) = bare(out.path());
    std::fs::write(project.path().join("book.toml"), "[output.html]\ncname = \"docs.example.com\"\n")
        .expect("a file");
    let index = std::fs::read(project.path().join(".git/index")).expect("an index");
    let refs = git(project.path(), &["for-each-ref"]);
    let status = git(project.path(), &["status", "--porcelain", "--ignored"]);
    let report = publish(project.path(), &to, &["--version", "1.0", "--alias", "latest", "--format", "json"]);
    let report: Value = serde_json::from_slice(&report.stdout).expect("JSON");
    assert_eq!(report["commit"], git(&bare, &["rev-parse", "gh-pages"]));
    assert_eq!(report["totals"]["written"], report["written"].as_array().map(Vec::len).expect("a list"));
    rewrite(project.path(), "river");
    let second =
        published(project.path(), &to, &["--version", "1.1", "--alias", "latest", "--message", "Later"]);
    let files = git(&bare, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    let files: BTreeSet<&str> = files.lines().collect();
    for path in [
        "1.0/depot.html",
        "1.1/river.html",
        "latest/river.html",
        "versions.json",
        ".nojekyll",
        "CNAME",
        "index.html",
    ] {
        assert!(files.contains(path), "{path} is missing after {second}");
    }
    assert!(!files.contains("latest/depot.html"));
    assert_eq!(git(&bare, &["show", "gh-pages:CNAME"]), "docs.example.com");
    assert_eq!(git(&bare, &["log", "--format=%s", "-1", "gh-pages"]), "Later");
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "2");
    let versions: Value =
        serde_json::from_str(&git(&bare, &["show", "gh-pages:versions.json"])).expect("JSON");
    assert_eq!(versions[0]["version"], "1.1");
    assert_eq!(versions[0]["aliases"][0], "latest");
    assert_eq!(versions[1]["aliases"], serde_json::json!([]));
    assert!(
        published(project.path(), &to, &["--version", "1.1", "--alias", "latest"]).contains("up to date")
    );
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "2");
    let root = project.path().to_str().expect("a path");
    let remove = |version: &str| {
        clean(command(&["--root", root, "publish", "--to", &to, "--remove", version])).output().expect("runs")
    };
    assert!(
        said(&remove("3.0")).contains("there is no version `3.0` at the target help: there are 1.0, 1.1")
    );
    assert!(remove("1.0").status.success());
    let files = git(&bare, &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(!files.contains("1.0/") && files.contains("1.1/river.html"), "{files}");
    assert_eq!(git(&bare, &["log", "--format=%s", "-1", "gh-pages"]), "Remove version 1.0");
    // Nothing of the project's own repository has moved.
    assert_eq!(std::fs::read(project.path().join(".git/index")).expect("an index"), index);
    assert_eq!(git(project.path(), &["for-each-ref"]), refs);
    git(project.path(), &["checkout", "-q", "docs"]);
    std::fs::remove_file(project.path().join("docs/river.md")).expect("the new page");
    assert_eq!(git(project.path(), &["status", "--porcelain", "--ignored"]), status);
}

#[test]
fn a_fetch_that_was_stopped_is_made_up_for() {
    let (first, second, out) = (project(), project(), tempfile::tempdir().expect("a folder"));
    rewrite(second.path(), "river");
    let (bare, to) = bare(out.path());
    published(second.path(), &to, &[]);
    // What came of the branch is its commit, and nothing of what that holds.
    let commit = git(&bare, &["cat-file", "commit", "gh-pages"]) + "\n";
    let text = out.path().join("commit");
    std::fs::write(&text, commit).expect("a file");
    let text = text.to_str().expect("a path of text");
    let stored = git(first.path(), &["hash-object", "-t", "commit", "-w", "--no-filters", text]);
    assert_eq!(stored, git(&bare, &["rev-parse", "gh-pages"]));
    published(first.path(), &to, &[]);
    assert_eq!(git(&bare, &["rev-list", "--count", "gh-pages"]), "2");
}

#[test]
fn a_branch_that_somebody_works_on_or_filled_is_refused() {
    let project = project();
    refused(project.path(), "git:main", &[], "is checked out");
    refused(project.path(), "git:bad..name", &[], "cannot be the name");
    refused(project.path(), "git:gh-pages@nowhere", &[], "cannot read from the remote");
    git(project.path(), &["branch", "work"]);
    refused(project.path(), "git:work", &[], "did not publish");
    published(project.path(), "git:work", &["--overwrite"]);
    let files = git(project.path(), &["ls-tree", "-r", "--name-only", "work"]);
    assert!(files.contains("docs/depot.md") && files.contains("depot.html"), "{files}");
    published(project.path(), "git:gh-pages", &["--dry-run"]);
    assert!(!git(project.path(), &["for-each-ref"]).contains("gh-pages"));
    let no_repository = made(&[("docs/a.md", "# A\n\nx\n")]);
    refused(no_repository.path(), "git:gh-pages", &[], "lies in no git repository");
}

#[test]
fn two_who_publish_at_once_both_get_there() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let (bare, to) = bare(out.path());
    let versions: Vec<String> = (1..=4).map(|it| format!("{it}.0")).collect();
    let start = |it: &String| publishing(project.path(), &to, &["--version", it]).spawn().expect("it starts");
    let running: Vec<_> = versions.iter().map(start).collect();
    for mut run in running {
        assert!(run.wait().expect("it ends").success());
    }
    let listed = git(&bare, &["show", "gh-pages:versions.json"]);
    for version in &versions {
        assert!(listed.contains(version), "{listed}");
        git(&bare, &["cat-file", "-e", &format!("gh-pages:{version}/depot.html")]);
    }
}

#[test]
fn two_who_publish_to_one_folder_both_get_there() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let site = out.path().join("new/www");
    let to = target(&site);
    let versions: Vec<String> = (1..=4).map(|it| format!("{it}.0")).collect();
    let start = |it: &String| publishing(project.path(), &to, &["--version", it]).spawn().expect("it starts");
    let running: Vec<_> = versions.iter().map(start).collect();
    for mut run in running {
        assert!(run.wait().expect("it ends").success());
    }
    for version in &versions {
        assert!(site.join(version).join("depot.html").is_file(), "{version}");
    }
    assert_eq!(std::fs::read_dir(out.path().join("new")).expect("a folder").count(), 1);
}

#[test]
fn a_site_inside_of_the_project_is_no_part_of_it() {
    let project = project();
    let root = project.path().to_str().expect("a path");
    let pages = || -> Value {
        let counts =
            command(&["--root", root, "stats", "--format", "json"]).output().expect("docwright runs");
        serde_json::from_slice(&counts.stdout).expect("JSON")
    };
    let before = pages();
    published(project.path(), &target(&project.path().join("public")), &[]);
    assert!(project.path().join("public/depot.md").is_file());
    assert_eq!(pages(), before);
}

#[test]
fn a_password_is_never_shown_and_flags_fit_their_target() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let done = publish(project.path(), "git:pages@http://ann:hush@127.0.0.1:9/docs.git", &[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("127.0.0.1") && !said(&done).contains("hush"), "{}", said(&done));
    let to = target(&out.path().join("www"));
    refused(project.path(), &to, &["--message", "x"], "no use for `--message`");
    refused(project.path(), &to, &["--endpoint", "http://127.0.0.1:9"], "no use for `--endpoint`");
    std::fs::create_dir(out.path().join("www")).expect("a folder");
    let list = "{\"version\":1,\"root\":true,\"versions\":{},\"files\":{\"../other.txt\":null}}";
    std::fs::write(out.path().join("www/.docwright-publish.json"), list).expect("a file");
    refused(project.path(), &to, &[], "would not write");
}

/// Starts `command` in a process group of its own and kills the group after some time.
#[cfg(unix)]
pub(crate) fn kill_after(mut command: Command, time: Duration) {
    use std::os::unix::process::CommandExt;
    let quiet = std::process::Stdio::null;
    let mut child =
        command.stdout(quiet()).stderr(quiet()).process_group(0).spawn().expect("docwright starts");
    std::thread::sleep(time);
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(quiet()).status();
    let _ = child.wait();
}

/// Moments spread over a time, in no order: the fractional parts of the multiples of the golden ratio.
pub(crate) fn moments(count: u32, whole: Duration) -> impl Iterator<Item = Duration> {
    (1..=count).map(move |it| whole.mul_f64((f64::from(it) * 0.618_033_988_75).fract()))
}

#[cfg(unix)]
#[test]
fn a_branch_always_holds_a_whole_site_however_often_publishing_is_killed() {
    let (first, second, out) = (project(), project(), tempfile::tempdir().expect("a folder"));
    rewrite(second.path(), "river");
    let (bare, to) = bare(out.path());
    let at = |name: &str| git(&bare, &["rev-parse", &format!("gh-pages{name}")]);
    let begun = Instant::now();
    published(first.path(), &to, &[]);
    let whole = begun.elapsed();
    let one = at("^{tree}");
    published(second.path(), &to, &[]);
    let two = at("^{tree}");
    let mut moved = 0;
    // The first third is spent on reading and rendering.
    for (turn, moment) in moments(50, whole.mul_f64(0.8)).enumerate() {
        let moment = whole.mul_f64(0.35) + moment;
        let before = at("");
        let project = if turn % 2 == 0 { &first } else { &second };
        kill_after(publishing(project.path(), &to, &[]), moment);
        let tree = at("^{tree}");
        assert!(tree == one || tree == two, "turn {turn}: half a site");
        moved += usize::from(at("") != before);
        // What any git leaves that is killed in the very moment in which it moves a branch.
        let _ = std::fs::remove_file(bare.join("refs/heads/gh-pages.lock"));
    }
    git(&bare, &["fsck", "--strict"]);
    git(first.path(), &["fsck", "--strict"]);
    published(first.path(), &to, &[]);
    assert_eq!(at("^{tree}"), one);
    println!("killed 50 times, {moved} of them after the branch had moved");
}

#[cfg(unix)]
#[test]
fn a_folder_always_holds_a_whole_site_however_often_publishing_is_killed() {
    let (first, second, out) = (project(), project(), tempfile::tempdir().expect("a folder"));
    rewrite(second.path(), "river");
    let site = out.path().join("www");
    let to = target(&site);
    let contents = || -> Vec<(PathBuf, Vec<u8>)> {
        let read = |it: PathBuf| (it.clone(), std::fs::read(site.join(&it)).expect("a file"));
        tree(&site).into_iter().map(read).collect()
    };
    let begun = Instant::now();
    published(first.path(), &to, &[]);
    let whole = begun.elapsed();
    let one = contents();
    published(second.path(), &to, &[]);
    let two = contents();
    for (turn, moment) in moments(50, whole.mul_f64(0.8)).enumerate() {
        let project = if turn % 2 == 0 { &first } else { &second };
        kill_after(publishing(project.path(), &to, &[]), whole.mul_f64(0.35) + moment);
        let now = contents();
        assert!(now == one || now == two, "turn {turn}: half a site");
    }
    published(first.path(), &to, &[]);
    published(second.path(), &to, &[]);
    assert!(contents() == two);
    assert_eq!(std::fs::read_dir(out.path()).expect("a folder").count(), 1, "leftovers are cleared away");
}
