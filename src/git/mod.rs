//! The only door to the `git` binary. It runs only when a flag asks for it, never through a shell, and without the
//! diff programs and text converters that a repository can configure.
#![expect(clippy::disallowed_methods, reason = "this is the edge that the ban protects")]

pub mod branch;

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use miette::{IntoDiagnostic, WrapErr, miette};

/// What the working tree changed since a commit, untracked files included. Paths are relative to the folder that
/// was asked about, with `/`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The commit, in full.
    pub base: String,
    /// One entry a file.
    pub files: Vec<Change>,
}

/// One changed file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was at the commit; none for an added file.
    pub old: Option<Old>,
    /// Its path now; none for a deleted file.
    pub path: Option<String>,
    /// The changed lines, from 0, as they are now; all of an added file.
    pub lines: Lines,
}

/// A file as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    /// Its path.
    pub path: String,
    /// The name of its content in the object store.
    pub object: String,
    /// Whether the executable bit was set.
    pub executable: bool,
}

/// Lines of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Lines {
    /// Every line.
    #[default]
    All,
    /// These, from 0, in order.
    Some(Vec<Range<u32>>),
}

/// What changed below `folder` since the working tree's history parted from `revision`.
///
/// # Errors
/// There is no `git`, no repository, no such revision, or no common history: each says what to do.
pub fn changes(folder: &Path, revision: &str) -> miette::Result<Changes> {
    let commit = commit(folder, revision)?;
    let Some(base) = text(folder, &["merge-base", commit.as_str(), "HEAD"])? else {
        let help =
            if is_shallow(folder)? { DEEPEN } else { "compare with a commit that this branch grew from" };
        return Err(miette!(help = help, "`{revision}` and the current branch have no common commit"));
    };
    let base = base.lines().next().unwrap_or_default().trim().to_owned();
    let diff = bytes(
        folder,
        &[
            "-c",
            "core.quotepath=off",
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--ignore-submodules",
            "--diff-filter=ACDMRT",
            "--find-renames",
            "--relative",
            "--unified=0",
            "--no-abbrev",
            "--raw",
            "--patch",
            "-z",
            &base,
            "--",
        ],
    )?;
    let mut files = parse(&diff);
    let untracked = bytes(folder, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    files.extend(
        untracked.split(|&it| it == 0).filter(|it| !it.is_empty()).map(|path| Change {
            path: Some(String::from_utf8_lossy(path).into_owned()),
            ..Change::default()
        }),
    );
    Ok(Changes { base, files })
}

/// What to do about a history that is not all there.
const DEEPEN: &str = "fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout, \
                      `GIT_DEPTH: 0` in GitLab";

fn is_shallow(folder: &Path) -> miette::Result<bool> {
    let said = text(folder, &["rev-parse", "--is-shallow-repository"])?;
    Ok(said.is_some_and(|it| it.trim() == "true"))
}

/// The full name of the commit that a revision means.
///
/// # Errors
/// There is no `git`, no repository, or no such revision: each says what to do.
pub fn commit(folder: &Path, revision: &str) -> miette::Result<String> {
    if text(folder, &["rev-parse", "--is-inside-work-tree"])?.is_none() {
        return Err(miette!(
            help = "to compare with a commit, run it inside a git repository",
            "`{}` lies in no git repository",
            folder.display()
        ));
    }
    let name = format!("{revision}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", name.as_str()];
    let Some(commit) = text(folder, &verify)? else {
        let help = match (is_shallow(folder)?, revision.split_once('/')) {
            (true, _) => DEEPEN.to_owned(),
            (false, Some((remote, branch))) => format!("fetch it: `git fetch {remote} {branch}`"),
            (false, None) => format!("name a commit, a tag or a branch that `git log {revision}` knows"),
        };
        return Err(miette!(help = help, "there is no revision `{revision}`"));
    };
    Ok(commit.trim().to_owned())
}

/// The tags in the history of what is checked out, the newest first.
///
/// # Errors
/// There is no `git`, or no repository.
pub fn tags(folder: &Path) -> miette::Result<Vec<String>> {
    let listed = [
        "for-each-ref",
        "--merged=HEAD",
        "--sort=-version:refname",
        "--sort=-creatordate",
        "--format=%(refname:short)",
        "refs/tags",
    ];
    let listed = text(folder, &listed)?
        .ok_or_else(|| miette!("`{}` lies in no git repository with a commit", folder.display()))?;
    Ok(listed.lines().map(str::to_owned).collect())
}

/// What git knows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The day of the last commit that changed it, by its committer: `2026-03-02`.
    pub date: String,
    /// The first line of that commit's message.
    pub subject: String,
    /// Who changed it, the latest first.
    pub authors: Vec<String>,
}

/// The history of each file below a folder of the work tree, by its path from `folder`.
///
/// # Errors
/// There is no `git`, or no repository.
pub fn histories(folder: &Path, below: &str) -> miette::Result<BTreeMap<String, History>> {
    let below = if below.is_empty() { "." } else { below };
    let log = [
        "-c",
        "core.quotepath=off",
        "log",
        "--no-merges",
        "--no-color",
        "--no-renames",
        "--relative",
        "--name-only",
        "--format=%x01%cs%x02%aN%x02%s",
        "--",
        below,
    ];
    let log = text(folder, &log)?
        .ok_or_else(|| miette!("`{}` lies in no git repository with a commit", folder.display()))?;
    Ok(read_histories(&log))
}

fn read_histories(log: &str) -> BTreeMap<String, History> {
    let mut histories: BTreeMap<String, History> = BTreeMap::new();
    let (mut date, mut author, mut subject) = ("", "", "");
    for line in log.lines() {
        if let Some(commit) = line.strip_prefix('\u{1}') {
            let mut parts = commit.split('\u{2}');
            [date, author, subject] = [(); 3].map(|()| parts.next().unwrap_or_default());
        } else if !line.is_empty() {
            let new = || History { date: date.to_owned(), subject: subject.to_owned(), authors: Vec::new() };
            let history = histories.entry(line.to_owned()).or_insert_with(new);
            if !author.is_empty() && !history.authors.iter().any(|it| it == author) {
                history.authors.push(author.to_owned());
            }
        }
    }
    histories
}

/// The contents of objects, in their order; empty where one is no UTF-8 or gone.
///
/// # Errors
/// `git` cannot be run.
pub fn contents(folder: &Path, objects: &[&str]) -> miette::Result<Vec<Option<String>>> {
    let mut child = command(folder)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .into_diagnostic()
        .wrap_err("cannot run `git`")?;
    let wanted: String = objects.iter().map(|it| format!("{it}\n")).collect();
    let stdin = child.stdin.take();
    // Written beside the reading: both pipes hold only so much.
    let writer = std::thread::spawn(move || stdin.map(|mut it| it.write_all(wanted.as_bytes())));
    let output = child.wait_with_output().into_diagnostic().wrap_err("cannot run `git`")?;
    let _ = writer.join();
    let mut rest = output.stdout.as_slice();
    let next = |rest: &mut &[u8]| -> Option<String> {
        let line = rest.iter().position(|&it| it == b'\n')?;
        let header = String::from_utf8_lossy(&rest[..line]).into_owned();
        *rest = &rest[line + 1..];
        let size: usize = header.split(' ').nth(2)?.parse().ok()?;
        let content = rest.get(..size)?.to_vec();
        *rest = rest.get(size + 1..).unwrap_or_default();
        String::from_utf8(content).ok()
    };
    Ok(objects.iter().map(|_| next(&mut rest)).collect())
}

/// Reads `git diff --raw --patch -z --unified=0`: first the files, then a patch for each, in the same order.
fn parse(diff: &[u8]) -> Vec<Change> {
    let mut files = Vec::new();
    let mut rest = diff;
    let field = |rest: &mut &[u8]| -> String {
        let end = rest.iter().position(|&it| it == 0).unwrap_or(rest.len());
        let value = String::from_utf8_lossy(&rest[..end]).into_owned();
        *rest = rest.get(end + 1..).unwrap_or_default();
        value
    };
    while rest.first() == Some(&b':') {
        let meta = field(&mut rest);
        let parts: Vec<&str> = meta.trim_start_matches(':').split(' ').collect();
        let [old_mode, _, object, _, status] = parts.as_slice() else { break };
        let first = field(&mut rest);
        let second = if status.starts_with(['R', 'C']) { Some(field(&mut rest)) } else { None };
        let new = second.unwrap_or_else(|| first.clone());
        let old = Old { path: first, object: (*object).to_owned(), executable: *old_mode == "100755" };
        files.push(Change {
            // The original of a copy is no part of the change.
            old: (!status.starts_with(['A', 'C'])).then_some(old),
            path: (!status.starts_with('D')).then_some(new),
            lines: if status.starts_with('A') { Lines::All } else { Lines::Some(Vec::new()) },
        });
    }
    let mut at: Option<usize> = None;
    for line in rest.split(|&it| it == b'\n') {
        // The patch stands behind the zero byte that ends the list.
        if line.strip_prefix(b"\0").unwrap_or(line).starts_with(b"diff --git ") {
            at = Some(at.map_or(0, |it| it + 1));
        } else if let Some(hunk) = line.strip_prefix(b"@@ -")
            && let Some(Change { lines: Lines::Some(lines), .. }) = at.and_then(|it| files.get_mut(it))
        {
            lines.extend(new_lines(&String::from_utf8_lossy(hunk)));
        }
    }
    files
}

/// The new lines of `1,2 +3,4 @@ …`; none where lines were only deleted.
fn new_lines(hunk: &str) -> Option<Range<u32>> {
    let new = hunk.split(' ').nth(1)?.strip_prefix('+')?;
    let (start, count) = new.split_once(',').unwrap_or((new, "1"));
    let (start, count): (u32, u32) = (start.parse().ok()?, count.parse().ok()?);
    (count > 0).then(|| start.saturating_sub(1)..start.saturating_sub(1) + count)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).arg("--no-optional-locks").env("LC_ALL", "C");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> miette::Result<Output> {
    let output = command(folder).args(arguments).stdin(Stdio::null()).output();
    output.map_err(|error| {
        miette!(
            help = "comparing with a commit needs the `git` program on the path",
            "cannot run `git`: {error}"
        )
    })
}

/// What git prints; none when it fails.
fn text(folder: &Path, arguments: &[&str]) -> miette::Result<Option<String>> {
    let output = run(folder, arguments)?;
    Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn bytes(folder: &Path, arguments: &[&str]) -> miette::Result<Vec<u8>> {
    let output = run(folder, arguments)?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(miette!("git failed: {}", words.lines().next().unwrap_or("it did not say why")));
    }
    Ok(output.stdout)
}

#[cfg(test)]
#[expect(clippy::single_range_in_vec_init, reason = "lists of one range are meant")]
mod tests {
    use super::*;

    #[test]
    fn a_history_has_the_last_change_and_all_authors() {
        let log = "\u{1}2026-03-02\u{2}Ada\u{2}Say who rings\n\ndocs/a.md\ndocs/b c.md\n\u{1}2026-01-01\u{2}Bo\u{2}Begin\n\ndocs/a.md\n";
        let all = read_histories(log);
        let a = History {
            date: "2026-03-02".to_owned(),
            subject: "Say who rings".to_owned(),
            authors: vec!["Ada".to_owned(), "Bo".to_owned()],
        };
        assert_eq!(all["docs/a.md"], a);
        assert_eq!(all["docs/b c.md"].authors, ["Ada"]);
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn a_diff_gives_files_and_lines() {
        let diff = b":100644 100644 aaaa 0000 M\0a b.md\0:100755 100644 bbbb 0000 R090\0old.sh\0new.sh\0\
            :100644 000000 cccc 0000 D\0gone.md\0:000000 100644 0000 0000 A\0add.md\0\0\
            diff --git a/a b.md b/a b.md\nindex\n--- a/a b.md\n+++ b/a b.md\n@@ -1,0 +2,2 @@\n+x\n+diff --git y\n@@ -9 +11 @@\n-a\n+b\n@@ -20,2 +21,0 @@\n-x\n-y\n\
            diff --git a/old.sh b/new.sh\nsimilarity\n@@ -3 +3 @@ f\n-a\n+b\n\
            diff --git a/gone.md b/gone.md\n@@ -1 +0,0 @@\n-a\n\
            diff --git a/add.md b/add.md\n@@ -0,0 +1 @@\n+a\n";
        let files = parse(diff);
        let names: Vec<_> =
            files.iter().map(|it| (it.old.as_ref().map(|it| it.path.as_str()), it.path.as_deref())).collect();
        assert_eq!(
            names,
            [
                (Some("a b.md"), Some("a b.md")),
                (Some("old.sh"), Some("new.sh")),
                (Some("gone.md"), None),
                (None, Some("add.md"))
            ]
        );
        assert_eq!(files[0].lines, Lines::Some(vec![1..3, 10..11]));
        assert_eq!(files[1].lines, Lines::Some(vec![2..3]));
        assert!(files[1].old.as_ref().is_some_and(|it| it.executable && it.object == "bbbb"));
        assert_eq!(files[3].lines, Lines::All);
    }
}
