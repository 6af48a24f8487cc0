//! The project in memory, kept as the files are: of a changed page only this page is read and parsed, of all else
//! the whole project. What the preview, `check --watch` and the language server share.
#![cfg_attr(
    not(feature = "serve"),
    expect(
        dead_code,
        reason = "the language server reads the project in the background, by ways of its own"
    )
)]

mod gather;
mod problem;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::disk;
use crate::lint::{self, Selection};
use crate::model::Project;
use crate::model::spec::ProblemKind;
use crate::parse::{self, include};
use crate::source::{Source, SourceId};

pub use crate::render::Settings;
pub use problem::Problem;

pub(crate) use gather::{Batch, Event};
pub(crate) use watch::Watcher;

/// Texts that count instead of what the files say, as an editor has not saved them yet: project path → text.
pub type Buffers = BTreeMap<String, String>;

/// A project with all that checking and showing it needs.
pub struct Loaded {
    /// The folder of the project.
    pub root: PathBuf,
    /// Its configuration.
    pub config: Config,
    /// Its model.
    pub project: Project,
    /// What is checked.
    pub selection: Selection,
    /// What the site looks like.
    pub settings: Settings,
}

/// Reads projects: the part of the work that knows the command line.
pub trait Loader: Send {
    /// Reads everything, with `buffers` in the place of the files of their paths.
    ///
    /// # Errors
    /// The configuration is broken, or names what is not there.
    fn load(&self, buffers: &Buffers) -> miette::Result<Loaded>;

    /// Reads the theme again.
    ///
    /// # Errors
    /// It cannot be read.
    fn settings(&self, loaded: &Loaded) -> miette::Result<Settings>;
}

/// What became of changed files.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The paths of the project that changed, came or went; none if nothing did.
    pub(crate) paths: BTreeSet<String>,
    /// Pages that have another path now: old → new.
    pub(crate) moved: BTreeMap<String, String>,
    /// Whether the model is another one.
    pub(crate) model: bool,
    /// Whether files came or went, or the configuration is another one.
    pub(crate) whole: bool,
}

/// The loaded project and the way to load it again.
pub(crate) struct Live<L> {
    loader: L,
    pub(crate) loaded: Loaded,
    /// Paths that exist and do not belong to the project.
    strangers: BTreeSet<String>,
}

/// What has to be read again.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The new texts of pages.
    pub(crate) texts: Vec<(SourceId, String)>,
    paths: BTreeSet<String>,
    theme: bool,
    /// Whether more than that changed.
    pub(crate) all: bool,
}

impl<L: Loader> Live<L> {
    pub(crate) fn new(loader: L) -> miette::Result<Live<L>> {
        let loaded = loader.load(&Buffers::new())?;
        Ok(Live::of(loader, loaded))
    }

    /// What has been loaded already.
    pub(crate) fn of(loader: L, loaded: Loaded) -> Live<L> {
        Live { loader, loaded, strangers: BTreeSet::new() }
    }

    /// Runs the rules.
    pub(crate) fn lint(&self) -> lint::Outcome {
        lint::run(&self.loaded.project, &self.loaded.config, &self.loaded.selection)
    }

    /// The folders to watch.
    pub(crate) fn folders(&self) -> BTreeSet<PathBuf> {
        let Loaded { root, config, project, .. } = &self.loaded;
        let inside = project.files.paths().filter(|(_, it)| it.is_dir).map(|(path, _)| root.join(path));
        let mut folders: BTreeSet<PathBuf> = inside.collect();
        folders.extend(theme(root, config));
        folders
            .extend(config.origins.files.iter().filter_map(|it| root.join(it).parent().map(Path::to_owned)));
        folders.insert(root.clone());
        folders
    }

    /// Reads what changed; all of it if `whole`, even where a file is again what it was: the state before is not what
    /// the files said since. If that fails the project stays what it was.
    pub(crate) fn update(&mut self, batch: &Batch, whole: bool) -> Result<Change, Problem> {
        let plan = self.plan(batch, whole);
        if plan.all || (whole && !plan.paths.is_empty()) {
            return self.reload(plan.paths);
        }
        let mut change = Change { paths: plan.paths, ..Change::default() };
        if plan.theme {
            let settings = self.loader.settings(&self.loaded);
            self.loaded.settings = settings.map_err(|it| Problem::of(&it))?;
            change.model = true;
        }
        if !plan.texts.is_empty() {
            self.set(plan.texts);
            change.model = true;
        }
        Ok(change)
    }

    /// Gives pages other texts.
    pub(crate) fn set(&mut self, texts: Vec<(SourceId, String)>) {
        let project = std::mem::take(&mut self.loaded.project);
        self.loaded.project = parse::with_texts(project, texts, &self.loaded.config);
    }

    /// What a batch makes necessary; all changed pages if `whole`, even where their texts are the same.
    pub(crate) fn plan(&self, batch: &Batch, whole: bool) -> Plan {
        let Loaded { root, config, project, .. } = &self.loaded;
        let theme = theme(root, config);
        let mut plan = Plan::default();
        for (absolute, event) in batch {
            let Ok(inside) = absolute.strip_prefix(root) else {
                plan.all = true;
                continue;
            };
            let path = disk::slashes(inside);
            if theme.as_ref().is_some_and(|it| absolute.starts_with(it)) {
                plan.theme |= disk::is_file(absolute) || *event == Event::Existence;
                plan.paths.insert(path);
                continue;
            }
            let name = path.rsplit('/').next().unwrap_or(&path);
            let entry = project.files.get(&path).filter(|_| !path.is_empty());
            let configures = config.origins.files.contains(&path)
                || matches!(name, "book.toml" | "docwright.toml" | ".gitignore" | ".ignore");
            let id = project.sources.id(&path);
            let text = id
                .filter(|_| disk::is_file(absolute))
                .and_then(|it| Some((it, disk::document(root, &path)?)));
            match (entry, text) {
                _ if configures => plan.all = true,
                _ if path.is_empty() => continue,
                (Some(it), _) if it.is_dir && *event == Event::Content && disk::exists(absolute) => continue,
                (_, Some((id, text))) if *text == **project.sources.get(id).raw() && !whole => continue,
                (_, Some((id, text))) if project.pages.binary_search_by_key(&id, |it| it.source).is_ok() => {
                    plan.all |= self.names_new_part(&path, &text);
                    plan.texts.push((id, text));
                }
                (Some(it), None) if !it.is_dir && id.is_none() && disk::is_file(absolute) => {}
                (None, _) if !disk::exists(absolute) || self.strangers.contains(&path) => continue,
                (None, _) if disk::is_staging(name) => continue,
                _ => plan.all = true,
            }
            plan.paths.insert(path);
        }
        plan
    }

    /// Whether a text includes a file that no page had before: it was perhaps not read.
    pub(crate) fn names_new_part(&self, path: &str, text: &str) -> bool {
        let Loaded { root, project, .. } = &self.loaded;
        let is_new = |it: String| project.sources.id(&it).is_none() && disk::is_file(&root.join(it));
        include::targets(&Source::new(path, text)).any(is_new)
    }

    fn reload(&mut self, paths: BTreeSet<String>) -> Result<Change, Problem> {
        let loaded = self.loader.load(&Buffers::new()).map_err(|it| Problem::of(&it))?;
        if let Some(problem) = newly_broken(&self.loaded.project, &loaded.project) {
            return Err(problem);
        }
        Ok(self.replace(loaded, paths))
    }

    /// Takes in what was read because these paths changed.
    pub(crate) fn replace(&mut self, loaded: Loaded, paths: BTreeSet<String>) -> Change {
        self.strangers.retain(|it| loaded.project.files.get(it).is_none());
        let unknown = paths.iter().filter(|it| loaded.project.files.get(it).is_none());
        self.strangers.extend(unknown.filter(|it| disk::exists(&loaded.root.join(it))).cloned());
        let moved = moved(&self.loaded.project, &loaded.project);
        self.loaded = loaded;
        Change { paths, moved, model: true, whole: true }
    }
}

/// The folder of the theme.
fn theme(root: &Path, config: &Config) -> Option<PathBuf> {
    config.site.theme.as_ref().map(|it| root.join(config.project_path(it)))
}

/// A spec that could be read and cannot be any more: half of an API is worse than the one before.
fn newly_broken(before: &Project, now: &Project) -> Option<Problem> {
    let broken = |project: &Project, path: &str| {
        let spec = project.specs.iter().find(|it| project.sources.path(it.source) == path)?;
        spec.problems
            .iter()
            .find(|it| it.kind == ProblemKind::Document)
            .map(|it| (it.span, it.message.clone()))
    };
    before.specs.iter().find_map(|spec| {
        let path = before.sources.path(spec.source);
        if broken(before, path).is_some() {
            return None;
        }
        let (span, message) = broken(now, path)?;
        let place = now.sources.get(span.source);
        Some(Problem {
            path: Some(place.path.clone()),
            line: Some(place.position(span.start).line),
            message,
            help: None,
        })
    })
}

/// Pages that went, with the path at which the same text stands now.
fn moved(before: &Project, now: &Project) -> BTreeMap<String, String> {
    let pages = |project: &'_ Project, other: &Project| -> Vec<(String, std::sync::Arc<str>)> {
        let pages = project.pages.iter().map(|it| project.sources.get(it.source));
        let alone = pages.filter(|it| other.sources.id(&it.path).is_none());
        alone.map(|it| (it.path.clone(), it.raw().clone())).collect()
    };
    let came: BTreeMap<std::sync::Arc<str>, String> =
        pages(now, before).into_iter().map(|(path, text)| (text, path)).collect();
    let went = pages(before, now).into_iter();
    went.filter_map(|(path, text)| Some((path, came.get(&text)?.clone()))).collect()
}
