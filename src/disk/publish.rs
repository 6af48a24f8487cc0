//! The files of a built site, and folders that are published to.

use std::path::{Path, PathBuf};

use miette::{IntoDiagnostic, WrapErr, miette};
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::read::STAGING;
use super::slashes;
use super::write::{MARKER, remove_leftovers, swap};

/// The list of what was published, at the root of a folder, a branch, a bucket.
pub const PUBLISHED: &str = ".docwright-publish.json";

/// A file of a built site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Below the site's root.
    pub path: String,
    /// Where it stands on this machine.
    pub file: PathBuf,
    /// In bytes.
    pub size: u64,
    /// XXH3-128 of its content, in hexadecimal digits.
    pub hash: String,
}

/// The hash of some content as [`SiteFile`] has it.
pub fn content_hash(bytes: &[u8]) -> String {
    format!("{:032x}", xxh3_128(bytes))
}

/// A folder of its own that goes away with the value.
///
/// # Errors
/// The system's folder for temporary files cannot be written to.
pub fn scratch() -> miette::Result<tempfile::TempDir> {
    tempfile::Builder::new()
        .prefix(STAGING)
        .tempdir()
        .into_diagnostic()
        .wrap_err("cannot make a temporary folder")
}

/// The files of a built site, ordered by path, without the marker that a build leaves.
///
/// # Errors
/// It cannot be read, holds a repository, a symbolic link or a name that is no UTF-8 text.
pub fn site_files(folder: &Path) -> miette::Result<Vec<SiteFile>> {
    let context = || format!("cannot publish the site in `{}`", folder.display());
    let paths = entries(folder).wrap_err_with(context)?;
    let mut files: Vec<SiteFile> = paths
        .into_par_iter()
        .filter(|it| it.path != MARKER)
        .map(|entry| {
            let file = folder.join(&entry.path);
            if entry.kind != EntryKind::File {
                return Err(miette!("`{}` is neither a file nor a folder", entry.path));
            }
            if entry.path.chars().any(char::is_control) {
                return Err(miette!("the name {:?} has a character that cannot be printed", entry.path));
            }
            let bytes = std::fs::read(&file).into_diagnostic().wrap_err_with(|| entry.path.clone())?;
            let (size, hash) = (bytes.len() as u64, content_hash(&bytes));
            Ok(SiteFile { path: entry.path, file, size, hash })
        })
        .collect::<miette::Result<_>>()
        .wrap_err_with(context)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The content of a file that [`site_files`] gave.
///
/// # Errors
/// It cannot be read any more.
pub fn file_bytes(path: &Path) -> miette::Result<Vec<u8>> {
    std::fs::read(path).into_diagnostic().wrap_err_with(|| format!("cannot read `{}`", path.display()))
}

/// Where the new content of a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A file on this machine.
    File(PathBuf),
    /// These bytes.
    Bytes(Vec<u8>),
}

impl Content {
    /// The bytes.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn bytes(&self) -> miette::Result<Vec<u8>> {
        match self {
            Content::File(path) => file_bytes(path),
            Content::Bytes(bytes) => Ok(bytes.clone()),
        }
    }
}

/// Writes files below a folder, each with the folders above it.
///
/// # Errors
/// Something cannot be read or written.
pub fn fill<'a>(folder: &Path, files: impl Iterator<Item = (&'a str, &'a Content)>) -> miette::Result<()> {
    for (path, content) in files {
        let to = folder.join(path);
        let context = || format!("cannot write `{}`", to.display());
        if let Some(parent) = to.parent() {
            std::fs::create_dir_all(parent).into_diagnostic().wrap_err_with(context)?;
        }
        match content {
            Content::File(from) => std::fs::copy(from, &to).map(|_| ()),
            Content::Bytes(bytes) => std::fs::write(&to, bytes),
        }
        .into_diagnostic()
        .wrap_err_with(context)?;
    }
    Ok(())
}

/// What stands in a folder that is published to.
#[derive(Debug, Default)]
pub struct Published {
    /// The folder without symbolic links; none where there is none yet.
    pub folder: Option<PathBuf>,
    /// Whether `docwright build` wrote all that is in it.
    pub is_build: bool,
    /// Whether nothing is in it.
    pub is_empty: bool,
}

/// Looks at a folder that is to be published to.
///
/// # Errors
/// It is a file, holds a git repository, or the project at `root` lies in it.
pub fn published(root: &Path, target: &Path) -> miette::Result<Published> {
    let Ok(folder) = target.canonicalize() else {
        return Ok(Published { is_empty: true, ..Published::default() });
    };
    let name = target.display();
    if !folder.is_dir() {
        return Err(miette!("`{name}` is not a folder"));
    }
    if root.starts_with(&folder) {
        let help = "publish to a folder of its own";
        return Err(miette!(help = help, "`{name}` cannot be published to: the project lies in it"));
    }
    if folder.join(".git").exists() {
        let help = "publish to its branch with `--to git:BRANCH`";
        return Err(miette!(help = help, "`{name}` is the working tree of a git repository"));
    }
    let mut inside = std::fs::read_dir(&folder)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot read the folder `{name}`"))?;
    let (is_build, is_empty) = (folder.join(MARKER).is_file(), inside.next().is_none());
    Ok(Published { folder: Some(folder), is_build, is_empty })
}

/// Waits until nobody else replaces a folder beside this one, and keeps others waiting while the value lives.
///
/// # Errors
/// The folder above it cannot be made.
pub fn turn(target: &Path) -> miette::Result<Option<std::fs::File>> {
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let parent = target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot write to `{}`", parent.display()))?;
    // Not every file system has locks; there two at once have to be kept apart by whoever starts them.
    Ok(std::fs::File::open(parent).ok().filter(|it| it.lock().is_ok()))
}

/// Replaces a folder in one step by one that holds `files` and of the old one what `keep` says. Whoever reads sees
/// the old folder or the new one, whenever this is stopped.
///
/// # Errors
/// The folder beside it cannot be written, or the two cannot be swapped.
pub fn replace_folder<'a>(
    target: &Path,
    keep: &dyn Fn(&str) -> bool,
    files: impl Iterator<Item = (&'a str, &'a Content)>,
) -> miette::Result<()> {
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let name = target.file_name().ok_or_else(|| miette!("`{}` names no folder", target.display()))?;
    let name = name.to_string_lossy().into_owned();
    let context = || format!("cannot publish to `{}`", target.display());
    remove_leftovers(&parent, &name);
    let staging = parent.join(format!("{STAGING}{}-{name}", std::process::id()));
    std::fs::create_dir(&staging).into_diagnostic().wrap_err_with(context)?;
    let result = carry_over(&target, &staging, keep)
        .and_then(|()| fill(&staging, files))
        .and_then(|()| swap(&staging, &target));
    // After a swap the staging folder holds what was there before, after a failure half of the new one.
    let _ = std::fs::remove_dir_all(&staging);
    result.wrap_err_with(context)
}

/// Links what stays from the old folder into the new one: nothing is copied, and the old one stays whole.
fn carry_over(from: &Path, to: &Path, keep: &dyn Fn(&str) -> bool) -> miette::Result<()> {
    let Ok(metadata) = std::fs::metadata(from) else { return Ok(()) };
    std::fs::set_permissions(to, metadata.permissions()).into_diagnostic()?;
    for entry in entries(from)?.into_iter().filter(|it| keep(&it.path)) {
        let (old, new) = (from.join(&entry.path), to.join(&entry.path));
        if let Some(parent) = new.parent() {
            std::fs::create_dir_all(parent).into_diagnostic()?;
        }
        match entry.kind {
            EntryKind::File if std::fs::hard_link(&old, &new).is_ok() => Ok(()),
            EntryKind::File => std::fs::copy(&old, &new).map(|_| ()),
            EntryKind::Link => copy_link(&old, &new),
            EntryKind::Other => return Err(miette!("`{}` is neither a file nor a folder", entry.path)),
        }
        .into_diagnostic()
        .wrap_err_with(|| format!("cannot keep `{}`", entry.path))?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    File,
    Link,
    Other,
}

/// Something in a folder that is no folder.
#[derive(Debug)]
struct Entry {
    path: String,
    kind: EntryKind,
}

/// Everything below a folder; links are not followed.
fn entries(folder: &Path) -> miette::Result<Vec<Entry>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let listed = std::fs::read_dir(&next)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot read the folder `{}`", next.display()))?;
        for entry in listed {
            let entry = entry.into_diagnostic()?;
            let (path, kind) = (entry.path(), entry.file_type().into_diagnostic()?);
            if kind.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).unwrap_or(&path);
            if inside.to_str().is_none() {
                return Err(miette!("the name of `{}` is no text", inside.display()));
            }
            let kind = match (kind.is_file(), kind.is_symlink()) {
                (true, _) => EntryKind::File,
                (_, true) => EntryKind::Link,
                _ => EntryKind::Other,
            };
            found.push(Entry { path: slashes(inside), kind });
        }
    }
    Ok(found)
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(std::fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn copy_link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("a symbolic link cannot be kept on this system"))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests look at what was written")]
mod tests {
    use super::*;

    fn text(path: &Path) -> String {
        std::fs::read_to_string(path).expect("a file")
    }

    #[test]
    fn a_folder_is_replaced_and_keeps_what_is_to_be_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("www");
        let page = |words: &str| Content::Bytes(words.as_bytes().to_vec());
        let (one, two, other) = (page("one"), page("two"), page("other"));
        replace_folder(&target, &|_| true, [("index.html", &one), ("old/a.html", &one)].into_iter())
            .expect("a first time");
        std::fs::create_dir(target.join("mine")).expect("a folder");
        std::fs::write(target.join("mine/keep.txt"), "mine").expect("a file");
        let keep = |path: &str| path.starts_with("mine/");
        let files = [("index.html", &two), ("b/c.html", &other)];
        replace_folder(&target, &keep, files.into_iter()).expect("a second time");
        assert_eq!(text(&target.join("index.html")), "two");
        assert_eq!(text(&target.join("mine/keep.txt")), "mine");
        assert!(!target.join("old").exists());
        let left = std::fs::read_dir(dir.path()).expect("a folder").count();
        assert_eq!(left, 1, "nothing is left beside it");

        let gone = Content::File(dir.path().join("nowhere"));
        assert!(replace_folder(&target, &keep, [("index.html", &gone)].into_iter()).is_err());
        assert_eq!(text(&target.join("index.html")), "two");
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_kept_but_not_published() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("www");
        std::fs::create_dir(&target).expect("a folder");
        std::os::unix::fs::symlink("/etc/hostname", target.join("link")).expect("a link");
        assert!(site_files(&target).is_err());
        replace_folder(&target, &|_| true, std::iter::empty()).expect("replaced");
        assert_eq!(std::fs::read_link(target.join("link")).expect("a link"), Path::new("/etc/hostname"));
    }
}
