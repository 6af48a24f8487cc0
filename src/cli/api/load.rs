//! Loads specs alone: from files, from what the project holds, or from a revision.

use std::path::{Path, PathBuf};

use miette::miette;

use crate::api::files;
use crate::cli::Global;
use crate::cli::project::{self, plural};
use crate::config::Config;
use crate::disk;
use crate::git;
use crate::model::spec::{ProblemKind, Spec};
use crate::parse::openapi;
use crate::source::{Source, Sources};

/// Where specs are, and the paths of their root files.
pub(super) struct Found {
    pub(super) root: PathBuf,
    pub(super) config: Config,
    /// Relative to the root.
    pub(super) paths: Vec<String>,
}

/// One spec with its texts.
pub(in crate::cli) struct Loaded {
    pub(in crate::cli) sources: Sources,
    pub(in crate::cli) spec: Spec,
}

/// The specs that files name and folders hold; without any, those of the project.
///
/// # Errors
/// A path that does not exist or lies outside the project.
pub(super) fn find(global: &Global, named: &[PathBuf]) -> miette::Result<Found> {
    let start = project::start(named);
    let (files, folders): (Vec<PathBuf>, Vec<PathBuf>) =
        named.iter().cloned().partition(|it| disk::folder(it).is_err());
    let (root, config, mut paths) = if named.is_empty() || !folders.is_empty() {
        let loaded = project::load(global, start.as_deref())?;
        let folders = project::wanted(&folders, &loaded.root)?;
        let all = loaded.project.specs.iter().map(|it| loaded.project.sources.path(it.source).to_owned());
        let inside =
            |it: &String| named.is_empty() || folders.iter().any(|folder| Path::new(it).starts_with(folder));
        let paths: Vec<String> = all.filter(inside).collect();
        (loaded.root, loaded.config, paths)
    } else {
        let (root, config) = project::configuration(global, start.as_deref())?;
        (root, config, Vec::new())
    };
    for file in project::wanted(&files, &root)? {
        let path = file.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(Found { root, config, paths })
}

/// The texts of the specs at `paths` below `root`, with the files that they refer to.
///
/// # Errors
/// A root file that cannot be read. What it refers to is looked for below `root` only, and may be missing.
pub(super) fn read(root: &Path, paths: &[String]) -> miette::Result<Vec<Source>> {
    let text = |path: &String| -> miette::Result<Option<String>> {
        if paths.contains(path) {
            return disk::read_text(&root.join(path)).map(Some);
        }
        let real = disk::existing(&root.join(path)).filter(|it| it.starts_with(root));
        Ok(real.and_then(|it| disk::read_text(&it).ok()))
    };
    files::closure(paths, |round| round.iter().map(text).collect())
}

/// The one spec that a file names, else the one of the project.
///
/// # Errors
/// There is none or more than one, or it cannot be read.
pub(super) fn one(global: &Global, file: Option<&Path>) -> miette::Result<Loaded> {
    let named: Vec<PathBuf> = file.map(Path::to_owned).into_iter().collect();
    let found = find(global, &named)?;
    match found.paths.as_slice() {
        [path] => spec(found.root, path, read),
        [] => Err(miette!(
            help = "name one: `docwright api … FILE`",
            "there is no OpenAPI document below {}",
            found.root.display()
        )),
        several => Err(miette!(
            help = format!("name one of {}", several.join(", ")),
            "there are {}",
            plural(several.len(), "OpenAPI document")
        )),
    }
}

/// One side of a comparison: a file, or `REV:path` for a file as it was.
///
/// # Errors
/// It cannot be read.
pub(super) fn side(global: &Global, words: &str) -> miette::Result<Loaded> {
    let path = Path::new(words);
    match words.split_once(':') {
        Some((revision, inside)) if !disk::exists(path) && revision.len() > 1 => {
            let start = match &global.root {
                Some(root) => disk::folder(root)?,
                None => disk::folder(Path::new("."))?,
            };
            let place = disk::locate(&start, None, None)?;
            // As git has it: from the top of the repository, but for `./` from the current folder.
            let path = match inside.starts_with("./") || inside.starts_with("../") {
                true => format!("{}{inside}", disk::place_in_repository(&start)),
                false => inside.to_owned(),
            };
            in_revision(place.root, revision, &path, inside)
        }
        _ => one(global, Some(path)),
    }
}

/// A spec of the project at `root` as it was in a revision; `path` counts from the root.
///
/// # Errors
/// There is no such revision, or no such file in it.
pub(in crate::cli) fn at_revision(root: &Path, revision: &str, path: &str) -> miette::Result<Loaded> {
    let inside = format!("{}{path}", disk::place_in_repository(root));
    in_revision(root.to_owned(), revision, &inside, path)
}

/// `path` counts from the top of the repository; `words` say it as people do.
fn in_revision(root: PathBuf, revision: &str, path: &str, words: &str) -> miette::Result<Loaded> {
    let commit = git::commit(&root, revision)?;
    let missing = || miette!("there is no `{words}` in the revision `{revision}`");
    let path = crate::model::resolve::join("", path).ok_or_else(missing)?;
    let read = |folder: &Path, paths: &[String]| {
        files::closure(paths, |round| {
            let names: Vec<String> = round.iter().map(|it| format!("{commit}:{it}")).collect();
            git::contents(folder, &names.iter().map(String::as_str).collect::<Vec<_>>())
        })
    };
    let loaded = spec(root, &path, read);
    loaded.map_err(|error| if error.to_string().starts_with("cannot read") { missing() } else { error })
}

/// Refuses a spec that cannot be read as one. References that lead nowhere are no reason.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub(super) fn refuse_unreadable(loaded: &Loaded) -> miette::Result<()> {
    let mut problems = loaded.spec.problems.iter();
    let Some(problem) = problems.find(|it| it.kind == ProblemKind::Document) else { return Ok(()) };
    let source = loaded.sources.get(problem.span.source);
    let at = source.position(problem.span.start);
    Err(miette!(
        help = "`docwright api lint` says more",
        "{}:{}:{}: {}",
        source.path,
        at.line,
        at.column,
        problem.message
    ))
}

fn spec(
    root: PathBuf,
    path: &String,
    read: impl Fn(&Path, &[String]) -> miette::Result<Vec<Source>>,
) -> miette::Result<Loaded> {
    let sources = Sources::new(read(&root, std::slice::from_ref(path))?);
    let id = sources.id(path).ok_or_else(|| miette!("cannot read `{path}`"))?;
    let spec = openapi::load(id, &sources);
    Ok(Loaded { sources, spec })
}
