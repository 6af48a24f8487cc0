//! The only door to the file system.
//!
//! Reading: everything that git would track below one root; symbolic links are never followed out of it.
//! Writing: beside the target first, then renamed, so that nothing is ever half there.
#![expect(clippy::disallowed_methods, reason = "this is the edge that the ban protects")]

pub mod publish;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::path::{Path, PathBuf};

pub use read::{Loaded, bytes, document, is_staging, read, reads};
pub use write::{Make, Source as SiteSource, append, replace_text, write_file, write_site};

use crate::config::ConfigFile;

/// Where a project's root and configuration are.
#[derive(Debug)]
pub struct Place {
    /// The root, absolute and without symbolic links.
    pub root: PathBuf,
    /// `book.toml` and `docwright.toml`, as far as they exist.
    pub config: Vec<ConfigFile>,
}

/// Finds the project that a folder belongs to.
///
/// The root is `root` if given, else the git repository around `start`, else the folder of the `book.toml`
/// above it, else `start`. The configuration is `config` if given, else the nearest `book.toml` or
/// `docwright.toml` from `start` up to the root.
///
/// # Errors
/// A folder or file that was named and cannot be read.
pub fn locate(start: &Path, root: Option<&Path>, config: Option<&Path>) -> miette::Result<Place> {
    let found = self::root(start, root)?;
    let start = folder(root.unwrap_or(start))?;
    let files: Vec<PathBuf> = match config {
        Some(file) => vec![file.to_owned()],
        None => start
            .ancestors()
            .take_while(|it| it.starts_with(&found))
            .map(|it| CONFIG_NAMES.iter().map(|name| it.join(name)).filter(|it| it.is_file()).collect())
            .find(|it: &Vec<PathBuf>| !it.is_empty())
            .unwrap_or_default(),
    };
    let config = files.iter().map(|file| config_file(file, &found)).collect::<miette::Result<_>>()?;
    Ok(Place { root: found, config })
}

/// The root of the project that a folder belongs to, as [`locate`] finds it.
///
/// # Errors
/// The folder cannot be read.
pub fn root(start: &Path, root: Option<&Path>) -> miette::Result<PathBuf> {
    let start = folder(root.unwrap_or(start))?;
    Ok(match (root, repository(&start)) {
        (Some(_), _) => start,
        (None, Some(repository)) => repository,
        (None, None) => {
            let configured = |it: &&Path| CONFIG_NAMES.iter().any(|name| it.join(name).is_file());
            start.ancestors().find(configured).unwrap_or(&start).to_owned()
        }
    })
}

/// The configuration's file names, in the order in which they are read.
const CONFIG_NAMES: [&str; 2] = ["book.toml", "docwright.toml"];

/// Where a folder lies in its git repository: empty, or a path that ends with `/`.
pub fn place_in_repository(folder: &Path) -> String {
    let inside = repository(folder).and_then(|it| folder.strip_prefix(it).ok().map(slashes));
    inside.filter(|it| !it.is_empty()).map_or(String::new(), |it| it + "/")
}

/// The git repository that holds a folder: the nearest folder above it with a `.git`.
fn repository(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|it| it.join(".git").exists()).map(Path::to_owned)
}

/// The web address of the git remote `origin` of the repository at `root`, read from `.git/config`.
pub fn git_remote(root: &Path) -> Option<String> {
    let config = std::fs::read_to_string(root.join(".git/config")).ok()?;
    let mut in_origin = false;
    let url = config.lines().map(str::trim).find_map(|line| {
        if line.starts_with('[') {
            in_origin = line == "[remote \"origin\"]";
        }
        let (key, value) = line.split_once('=').filter(|_| in_origin)?;
        (key.trim() == "url").then(|| value.trim().to_owned())
    })?;
    web_address(&url)
}

/// `git@host:owner/name.git` and its kin as `https://host/owner/name`; a remote on this machine has none.
fn web_address(remote: &str) -> Option<String> {
    let rest = ["https://", "http://", "ssh://", "git://"].iter().find_map(|it| remote.strip_prefix(it));
    let (host, path) = match rest {
        Some(rest) => rest.split_once('/')?,
        None => remote.split_once(':').filter(|(host, _)| host.contains('@') || host.contains('.'))?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next().filter(|it| it.contains('.'))?;
    Some(format!("https://{host}/{}", path.trim_matches('/').trim_end_matches(".git")))
}

/// A folder's absolute path without symbolic links.
///
/// # Errors
/// It does not exist, or is a file.
pub fn folder(path: &Path) -> miette::Result<PathBuf> {
    let absolute = path
        .canonicalize()
        .map_err(|error| miette::miette!("cannot read the folder `{}`: {error}", path.display()))?;
    if !absolute.is_dir() {
        return Err(miette::miette!("`{}` is not a folder", path.display()));
    }
    Ok(absolute)
}

/// The absolute path of something that exists, without symbolic links.
pub fn existing(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// Whether something stands at a path.
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Whether a file stands at a path.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// The files directly in a folder, ordered by name.
///
/// # Errors
/// It cannot be read.
pub fn files(path: &Path) -> miette::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(path)
        .map_err(|error| miette::miette!("cannot read the folder `{}`: {error}", path.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|it| it.path()).filter(|it| it.is_file()).collect();
    files.sort();
    Ok(files)
}

/// The text of a file that the user named, e.g. a template.
///
/// # Errors
/// It cannot be read, or is no UTF-8.
pub fn read_text(path: &Path) -> miette::Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| miette::miette!("cannot read `{}`: {error}", path.display()))
}

fn config_file(path: &Path, root: &Path) -> miette::Result<ConfigFile> {
    let text = read_text(path)?;
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let inside = absolute.strip_prefix(root).unwrap_or(&absolute);
    Ok(ConfigFile { path: slashes(inside), text })
}

/// A path with `/`, whatever the system uses.
pub fn slashes(path: &Path) -> String {
    path.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
