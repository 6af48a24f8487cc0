//! Walks a project and reads what docwright understands, in parallel.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::publish::PUBLISHED;
use super::slashes;
use super::write::MARKER;
use crate::model::{Entry, Files, Unread, WhyUnread};
use crate::parse::{include, repository, routes};
use crate::source::{Source, Sources};

/// What was found below the root.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The texts, ordered by path.
    pub sources: Sources,
    /// Every file, read or not.
    pub files: Files,
    /// What could not be read as text, each with an empty source.
    pub unread: Vec<Unread>,
}

/// Folders that hold other people's files or build output, whether git knows them or not.
const SKIPPED: [&str; 9] = [
    ".git",
    "node_modules",
    "bower_components",
    ".venv",
    "venv",
    "__pycache__",
    ".tox",
    ".next",
    ".svelte-kit",
];

/// The prefix of the folders in which a site is made before it is swapped in.
pub(super) const STAGING: &str = ".docwright-";

const MIB: u64 = 1024 * 1024;

/// Largest Markdown document.
const DOCUMENT_LIMIT: u64 = 16 * MIB;
/// Largest YAML or JSON file.
const DATA_LIMIT: u64 = 64 * MIB;
/// Largest source file: what is larger was written by a program.
const CODE_LIMIT: u64 = MIB;

#[derive(Clone, Copy, PartialEq)]
enum Interest {
    Document,
    Data,
    Code,
}

/// What docwright reads a file for, by its name.
fn interest(path: &str) -> Option<Interest> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, it)| it);
    match extension.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(Interest::Document),
        _ if matches!(
            name,
            "package-lock.json" | "npm-shrinkwrap.json" | "composer.lock" | "pnpm-lock.yaml"
        ) =>
        {
            None
        }
        "yaml" | "yml" | "json" | "rules" => Some(Interest::Data),
        _ if matches!(name, "book.toml" | "docwright.toml") => Some(Interest::Code),
        _ => (routes::wants(path) || repository::wants(path)).then_some(Interest::Code),
    }
}

/// Whether docwright reads a file of this path.
pub fn reads(path: &str) -> bool {
    interest(path).is_some()
}

/// Reads the project at `root` (absolute). `output` (relative to the root) is the site's folder and left out;
/// `also` are paths that the configuration names, read whatever their extension.
pub fn read(root: &Path, output: &str, also: &[String]) -> Loaded {
    let mut loaded = Loaded::default();
    let mut wanted: Vec<(String, PathBuf, Interest, u64)> = Vec::new();
    let output = root.join(output);
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .git_global(false)
        .follow_links(false)
        .filter_entry(move |it| {
            let name = it.file_name().to_string_lossy();
            !SKIPPED.contains(&name.as_ref())
                && !name.starts_with(STAGING)
                && (it.depth() == 0 || (it.path() != output && !is_site(it)))
        })
        .build();
    for entry in walk.flatten().filter(|it| it.depth() > 0) {
        let Ok(relative) = entry.path().strip_prefix(root) else { continue };
        let path = slashes(relative);
        let (metadata, real) = if entry.path_is_symlink() {
            // A link is as good as the file it names, as long as that lies below the root.
            let Some(real) = entry.path().canonicalize().ok().filter(|it| it.starts_with(root)) else {
                continue;
            };
            let Ok(metadata) = real.metadata() else { continue };
            (metadata, real)
        } else {
            let Ok(metadata) = entry.metadata() else { continue };
            (metadata, entry.path().to_owned())
        };
        loaded.files.insert(&path, Entry { is_dir: metadata.is_dir(), executable: executable(&metadata) });
        if !metadata.is_file() {
            continue;
        }
        let named = also.contains(&path).then_some(Interest::Data);
        if let Some(interest) = named.or_else(|| interest(&path)) {
            wanted.push((path, real, interest, metadata.len()));
        }
    }
    let texts: Vec<(Source, Option<WhyUnread>)> = wanted
        .into_par_iter()
        .filter_map(|(path, real, interest, size)| match text(&real, interest, size) {
            Ok(text) => Some((Source::new(path, text), None)),
            // Code and data that is no text is nobody's document, unless the configuration names it.
            Err(_) if interest != Interest::Document && !also.contains(&path) => None,
            Err(why) => Some((Source::new(path, ""), Some(why))),
        })
        .collect();
    let mut unread = Vec::new();
    let mut sources = Vec::with_capacity(texts.len());
    for (source, why) in texts {
        unread.extend(why.map(|why| (source.path.clone(), why)));
        sources.push(source);
    }
    read_parts(root, &mut sources);
    loaded.sources = Sources::new(sources);
    loaded.unread = unread
        .into_iter()
        .filter_map(|(path, why)| Some(Unread { source: loaded.sources.id(&path)?, why }))
        .collect();
    loaded.unread.sort_by_key(|it| it.source);
    loaded
}

/// Whether a folder holds a site that docwright wrote.
fn is_site(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|it| it.is_dir())
        && [MARKER, PUBLISHED].iter().any(|it| entry.path().join(it).is_file())
}

impl Loaded {
    /// Puts texts in the place of what files say: project path → text. A path at which nothing stands yet is added;
    /// what was left out, or could not be read, stays so.
    pub fn over(mut self, root: &Path, buffers: &BTreeMap<String, String>) -> Loaded {
        let readable = |path: &String| match self.sources.id(path) {
            Some(id) => self.unread.binary_search_by_key(&id, |it| it.source).is_err(),
            None => self.files.get(path).is_none() && reads(path) && !root.join(path).exists(),
        };
        let buffers: Vec<(&String, &String)> = buffers.iter().filter(|(path, _)| readable(path)).collect();
        if buffers.is_empty() {
            return self;
        }
        let unread: Vec<(String, WhyUnread)> =
            self.unread.drain(..).map(|it| (self.sources.path(it.source).to_owned(), it.why)).collect();
        // Of two with the same path the first stays.
        let mut all: Vec<Source> =
            buffers.iter().map(|(path, text)| Source::new(path.as_str(), text.as_str())).collect();
        all.extend(self.sources.iter().map(|(_, it)| Source::new(it.path.as_str(), Arc::clone(it.raw()))));
        self.sources = Sources::new(all);
        for (path, _) in buffers {
            if self.files.get(path).is_none() {
                self.files.insert(path, Entry { is_dir: false, executable: false });
            }
        }
        self.unread = unread
            .into_iter()
            .filter_map(|(path, why)| Some(Unread { source: self.sources.id(&path)?, why }))
            .collect();
        self
    }
}

/// How often files are looked through for what they include: one for each level.
const LEVELS: usize = 11;

/// Adds the files that documents include, and those that these include, whatever their names. They may be ignored by
/// git: a build makes some.
fn read_parts(root: &Path, sources: &mut Vec<Source>) {
    let mut known: HashSet<String> = sources.iter().map(|it| it.path.clone()).collect();
    let is_document = |it: &&Source| interest(&it.path) == Some(Interest::Document);
    let mut wanted: BTreeSet<String> =
        sources.iter().filter(is_document).flat_map(include::targets).collect();
    for _ in 0..LEVELS {
        wanted.retain(|it| known.insert(it.clone()));
        if wanted.is_empty() {
            return;
        }
        let parts: Vec<Source> = wanted.into_par_iter().filter_map(|it| part(root, it)).collect();
        wanted = parts.iter().flat_map(include::targets).collect();
        sources.extend(parts);
    }
}

/// A file that another one includes. What git keeps for itself is no file of the project.
fn part(root: &Path, path: String) -> Option<Source> {
    let real = inside(root, &path).filter(|_| !path.split('/').any(|it| it == ".git"))?;
    let size = real.metadata().ok()?.len();
    Some(Source::new(path, text(&real, Interest::Document, size).ok()?))
}

/// The text of a file.
fn text(real: &Path, interest: Interest, size: u64) -> Result<String, WhyUnread> {
    let limit = match interest {
        Interest::Document => DOCUMENT_LIMIT,
        Interest::Data => DATA_LIMIT,
        Interest::Code => CODE_LIMIT,
    };
    if size > limit {
        return Err(WhyUnread::TooLarge { size, limit });
    }
    match std::fs::read(real) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|it| encoding(it.as_bytes())),
        Err(error) => Err(WhyUnread::Io(error.to_string())),
    }
}

/// The text of one file of the project as [`read`] reads it; none for what it would not read as text.
pub fn document(root: &Path, path: &str) -> Option<String> {
    let real = inside(root, path)?;
    let size = real.metadata().ok()?.len();
    if size > DOCUMENT_LIMIT {
        return None;
    }
    String::from_utf8(std::fs::read(real).ok()?).ok()
}

/// The content of a file of the project.
pub fn bytes(root: &Path, path: &str) -> Option<Vec<u8>> {
    std::fs::read(inside(root, path)?).ok()
}

/// The file that a path of the project leads to, if that lies below the root.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    root.join(path).canonicalize().ok().filter(|it| it.starts_with(root) && it.is_file())
}

/// Whether a folder of this name holds a site that is being made.
pub fn is_staging(name: &str) -> bool {
    name.starts_with(STAGING)
}

/// What bytes that are no UTF-8 look like.
fn encoding(bytes: &[u8]) -> WhyUnread {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let zeros = bytes.iter().take(4096).filter(|&&it| it == 0).count();
    let looks_like = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "UTF-16"
    } else if zeros > 0 {
        "binary data"
    } else {
        "Windows-1252"
    };
    WhyUnread::Encoding { at, looks_like }
}

#[cfg(unix)]
fn executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn executable(_: &std::fs::Metadata) -> bool {
    true
}
