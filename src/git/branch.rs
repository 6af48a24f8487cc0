//! A branch that holds a site: read, added to and moved with git's plumbing, so that no working tree, no index and no
//! other branch is touched.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use miette::{IntoDiagnostic, WrapErr, miette};

use super::{command, text};

/// Where a branch is.
#[derive(Debug, Clone, Copy)]
pub struct Branch<'a> {
    /// A folder of the repository that makes the commits.
    pub folder: &'a Path,
    /// Without `refs/heads/`.
    pub name: &'a str,
    /// The name of a remote, a path or a URL; none for a branch of this repository.
    pub remote: Option<&'a str>,
}

/// A file of a new commit.
#[derive(Debug)]
pub struct File<'a> {
    /// Its path in the tree.
    pub path: &'a str,
    /// Its content.
    pub content: Blob<'a>,
}

/// The content of a file.
#[derive(Debug)]
pub enum Blob<'a> {
    /// What stands in a file on this machine.
    File(&'a Path),
    /// These bytes.
    Bytes(&'a [u8]),
}

/// What became of an attempt to move a branch.
#[derive(Debug, PartialEq, Eq)]
pub enum Moved {
    /// It points to the new commit.
    Yes,
    /// Somebody else moved it in the meantime.
    Raced,
}

impl Branch<'_> {
    /// Refuses what is no branch, and branches that somebody works on.
    ///
    /// # Errors
    /// There is no `git`, no repository, the name is none, or the branch is checked out.
    pub fn check(&self) -> miette::Result<()> {
        if text(self.folder, &["rev-parse", "--git-dir"])?.is_none() {
            return Err(miette!(
                help = "publish from a clone of the repository",
                "`{}` lies in no git repository",
                self.folder.display()
            ));
        }
        let name = self.name;
        if text(self.folder, &["check-ref-format", "--branch", name])?.is_none_or(|it| it.trim() != name) {
            return Err(miette!("`{name}` cannot be the name of a branch"));
        }
        // A repository elsewhere has branches of its own; only a remote of this one shares them.
        if self.remote.is_some_and(|it| it.contains(['/', ':', '\\'])) {
            return Ok(());
        }
        let used = text(self.folder, &["worktree", "list", "--porcelain"])?.unwrap_or_default();
        if used.lines().any(|it| it.strip_prefix("branch refs/heads/") == Some(name)) {
            return Err(miette!(
                help = "publish to a branch that holds nothing but sites, such as gh-pages",
                "the branch `{name}` is checked out"
            ));
        }
        Ok(())
    }

    fn full_name(&self) -> String {
        format!("refs/heads/{}", self.name)
    }

    /// The commit that the branch points to; none when there is no such branch yet. From a remote it is fetched,
    /// without a note of it in the repository.
    ///
    /// # Errors
    /// The remote cannot be reached.
    pub fn head(&self) -> miette::Result<Option<String>> {
        let name = self.full_name();
        let Some(remote) = self.remote else {
            let found = text(self.folder, &["rev-parse", "--verify", "--quiet", &name])?;
            return Ok(found.map(|it| it.trim().to_owned()));
        };
        let listed = done(self.run(&["ls-remote", "--", remote, &name], None)?)
            .map_err(|why| unreachable(remote, &why))?;
        let mut lines = listed.lines().filter_map(|it| it.split_once('\t'));
        let Some((head, _)) = lines.find(|(_, it)| *it == name) else { return Ok(None) };
        let head = head.to_owned();
        // A fetch that was stopped may have left the commit without its files.
        let complete =
            ["rev-list", "--objects", "--quiet", "--max-count=1", "--exclude-promisor-objects", &head];
        if text(self.folder, &complete)?.is_none() {
            let fetch = [
                "-c",
                "gc.auto=0",
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--",
                remote,
                &name,
            ];
            done(self.run(&fetch, None)?).map_err(|why| unreachable(remote, &why))?;
        }
        Ok(Some(head))
    }

    /// Points the branch to a commit, if it still points to `old`. On a remote this is a push that is never forced.
    ///
    /// # Errors
    /// git says why not.
    pub fn move_to(&self, new: &str, old: Option<&str>) -> miette::Result<Moved> {
        let name = self.full_name();
        let output = match self.remote {
            None => {
                let nothing = "0".repeat(new.len());
                let words = ["update-ref", "-m", "docwright publish", &name, new, old.unwrap_or(&nothing)];
                self.run(&words, None)?
            }
            Some(remote) => {
                let moved = format!("{new}:{name}");
                let words =
                    ["push", "--quiet", "--no-follow-tags", "--no-recurse-submodules", "--", remote, &moved];
                self.run(&words, None)?
            }
        };
        let Err(why) = done(output) else { return Ok(Moved::Yes) };
        let why = self.remote.map_or_else(|| why.clone(), |it| why.replace(it, &without_password(it)));
        if self.head()?.as_deref() != old {
            return Ok(Moved::Raced);
        }
        Err(miette!(
            help = "if another git was stopped there, a file ending with `.lock` may be left; else see what git says",
            "git did not move the branch `{}`: {why}",
            self.name
        ))
    }

    /// The content of a file of a commit; none where it has none.
    ///
    /// # Errors
    /// `git` cannot be run.
    pub fn file(&self, commit: &str, path: &str) -> miette::Result<Option<Vec<u8>>> {
        let output = self.run(&["cat-file", "blob", &format!("{commit}:{path}")], None)?;
        Ok(output.status.success().then_some(output.stdout))
    }

    /// Whether a commit holds no file at all.
    ///
    /// # Errors
    /// git says why it cannot tell.
    pub fn is_empty(&self, commit: &str) -> miette::Result<bool> {
        Ok(self.say(&["ls-tree", "--name-only", commit], None)?.is_empty())
    }

    /// The short name of what is checked out, for the message of a commit.
    pub fn source(&self) -> Option<String> {
        let name = text(self.folder, &["rev-parse", "--short", "--verify", "--quiet", "HEAD"]).ok()??;
        Some(name.trim().to_owned())
    }

    /// Makes a commit: the files of `parent` without `delete` and with `files`. None where that changes nothing.
    /// `scratch` is an empty folder outside of the repository.
    ///
    /// # Errors
    /// A file cannot be read, or git says what is wrong.
    pub fn commit(
        &self,
        parent: Option<&str>,
        files: &[File<'_>],
        delete: &[String],
        message: &str,
        scratch: &Path,
    ) -> miette::Result<Option<String>> {
        let objects = self.store(files)?;
        let index = scratch.join("index");
        let words: &[&str] = match parent {
            Some(parent) => &["read-tree", parent],
            None => &["read-tree", "--empty"],
        };
        self.index(words, &index, None)?;
        let nothing = "0".repeat(objects.first().map_or(40, String::len));
        let mut listed = Vec::new();
        // What goes comes first: a file may have become a folder.
        for path in delete {
            listed.extend_from_slice(format!("0 {nothing}\t{path}\0").as_bytes());
        }
        for (file, object) in files.iter().zip(&objects) {
            listed.extend_from_slice(format!("100644 {object}\t{}\0", file.path).as_bytes());
        }
        self.index(&["update-index", "--replace", "-z", "--index-info"], &index, Some(listed))?;
        let tree = self.index(&["write-tree"], &index, None)?;
        if let Some(parent) = parent
            && self.say(&["rev-parse", &format!("{parent}^{{tree}}")], None)? == tree
        {
            return Ok(None);
        }
        let mut words = vec!["commit-tree", tree.as_str()];
        if let Some(parent) = parent {
            words.extend(["-p", parent]);
        }
        let mut command = command(self.folder);
        if text(self.folder, &["var", "GIT_COMMITTER_IDENT"])?.is_none()
            || text(self.folder, &["var", "GIT_AUTHOR_IDENT"])?.is_none()
        {
            // A machine that builds sites need not have a name.
            for who in ["AUTHOR", "COMMITTER"] {
                command.env(format!("GIT_{who}_NAME"), "docwright");
                command.env(format!("GIT_{who}_EMAIL"), "docwright@localhost");
            }
        }
        command.args(&words);
        Ok(Some(said("commit-tree", feed(command, Some(message.as_bytes().to_vec()))?)?))
    }

    /// Stores contents as objects and gives their names, in order.
    fn store(&self, files: &[File<'_>]) -> miette::Result<Vec<String>> {
        let mut paths = String::new();
        for file in files {
            if let Blob::File(path) = file.content {
                let path = path.to_str().filter(|it| !it.contains('\n'));
                let path = path.ok_or_else(|| miette!("the path of `{}` is no plain text", file.path))?;
                paths.push_str(path);
                paths.push('\n');
            }
        }
        let words = ["hash-object", "-w", "--no-filters", "--stdin-paths"];
        let named = self.say(&words, Some(paths.into_bytes()))?;
        let mut named = named.lines();
        files
            .iter()
            .map(|file| match file.content {
                Blob::File(_) => {
                    named.next().map(str::to_owned).ok_or_else(|| miette!("git stored too few files"))
                }
                Blob::Bytes(bytes) => {
                    self.say(&["hash-object", "-w", "--no-filters", "--stdin"], Some(bytes.to_vec()))
                }
            })
            .collect()
    }

    fn index(&self, words: &[&str], index: &PathBuf, input: Option<Vec<u8>>) -> miette::Result<String> {
        let mut command = command(self.folder);
        // Without these, the settings of a repository can put files beside its own index.
        command.args([
            "-c",
            "core.splitIndex=false",
            "-c",
            "index.sparse=false",
            "-c",
            "core.fsmonitor=false",
        ]);
        command.args(["-c", "core.untrackedCache=false"]).args(words).env("GIT_INDEX_FILE", index);
        said(words[0], feed(command, input)?)
    }

    fn say(&self, words: &[&str], input: Option<Vec<u8>>) -> miette::Result<String> {
        said(words[0], self.run(words, input)?)
    }

    fn run(&self, words: &[&str], input: Option<Vec<u8>>) -> miette::Result<Output> {
        let mut command = command(self.folder);
        command.args(words);
        feed(command, input)
    }
}

fn unreachable(remote: &str, why: &str) -> miette::Report {
    let shown = without_password(remote);
    let why = why.replace(remote, &shown);
    miette!(
        help = "`git remote -v` lists the remotes; the push needs the same rights as yours",
        "cannot read from the remote `{shown}`: {why}"
    )
}

/// A remote as it may be shown: `https://ann:secret@host/x` without the part before the host.
pub fn without_password(remote: &str) -> String {
    match remote.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.split_once('@')?.1))) {
        Some((scheme, rest)) => format!("{scheme}://{rest}"),
        None => remote.to_owned(),
    }
}

/// Runs a command with some standard input.
fn feed(mut command: std::process::Command, input: Option<Vec<u8>>) -> miette::Result<Output> {
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        miette!(
            help = "publishing to a branch needs the `git` program on the path",
            "cannot run `git`: {error}"
        )
    })?;
    let stdin = child.stdin.take();
    // Written beside the reading: both pipes hold only so much.
    let writer = std::thread::spawn(move || stdin.zip(input).map(|(mut to, bytes)| to.write_all(&bytes)));
    let output = child.wait_with_output().into_diagnostic().wrap_err("cannot run `git`")?;
    let _ = writer.join();
    Ok(output)
}

/// What git printed, or else what it said was wrong.
fn done(output: Output) -> Result<String, String> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned());
    }
    let mut words = String::from_utf8_lossy(&output.stderr).into_owned();
    words.push_str(&String::from_utf8_lossy(&output.stdout));
    let lines = words.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("hint:"));
    let words = lines.collect::<Vec<_>>().join("; ");
    Err(if words.is_empty() { "it did not say why".to_owned() } else { words })
}

fn said(what: &str, output: Output) -> miette::Result<String> {
    done(output).map_err(|why| miette!("`git {what}` failed: {why}"))
}
