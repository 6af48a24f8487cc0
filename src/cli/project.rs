//! Loads the project that a command works on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use miette::{IntoDiagnostic, WrapErr, miette};

use super::{Global, progress};
use crate::config::{Config, Origin};
use crate::disk;
use crate::lint::{Selection, unknown_rules};
use crate::model::Project;
use crate::parse;
use crate::parse::routes::{Format, check_tables};

/// A loaded project with where it is.
pub(super) struct Loaded {
    pub(super) root: PathBuf,
    pub(super) config: Config,
    pub(super) project: Project,
}

/// The root and the configuration, without reading documents.
pub(super) fn configuration(global: &Global, start: Option<&Path>) -> miette::Result<(PathBuf, Config)> {
    let current = std::env::current_dir().into_diagnostic().wrap_err("cannot tell the current folder")?;
    let start = start.map_or(current, Path::to_owned);
    let place = disk::locate(&start, global.root.as_deref(), global.config.as_deref())?;
    let mut variables: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| name.starts_with("MDBOOK_"))
        .collect();
    variables.sort();
    let mut config = crate::config::load_with(&place.config, &variables)?;
    if config.repository().is_none()
        && let Some(remote) = disk::git_remote(&place.root)
    {
        let origin = Origin { place: ".git/config".to_owned(), value: format!("{remote:?}") };
        config.origins.places.insert("site.repository".to_owned(), origin);
        config.site.repository = Some(remote);
    }
    let overridden = config.lint.overrides.iter().flat_map(|it| &it.paths);
    let globs =
        config.lint.exclude.iter().chain(overridden).chain(&config.links.exclude).chain(&config.alerts.rules);
    for pattern in globs {
        globset::Glob::new(pattern).map_err(|error| miette!("`{pattern}` is no glob: {}", error.kind()))?;
    }
    Ok((place.root, config))
}

/// Reads everything and builds the model.
pub(super) fn load(global: &Global, start: Option<&Path>) -> miette::Result<Loaded> {
    load_with(global, start, |_, _| Ok(()))
}

/// Reads everything and builds the model, with a configuration that the command line has changed.
pub(super) fn load_with(
    global: &Global,
    start: Option<&Path>,
    change: impl FnOnce(&mut Config, &Path) -> miette::Result<()>,
) -> miette::Result<Loaded> {
    load_changed(global, start, &BTreeMap::new(), change)
}

/// Reads everything and builds the model, with `buffers` in the place of the files of their paths.
#[cfg(feature = "live")]
pub(super) fn load_over(
    global: &Global,
    start: Option<&Path>,
    buffers: &BTreeMap<String, String>,
) -> miette::Result<Loaded> {
    load_changed(global, start, buffers, |_, _| Ok(()))
}

fn load_changed(
    global: &Global,
    start: Option<&Path>,
    buffers: &BTreeMap<String, String>,
    change: impl FnOnce(&mut Config, &Path) -> miette::Result<()>,
) -> miette::Result<Loaded> {
    let (root, mut config) = configuration(global, start)?;
    change(&mut config, &root)?;
    check_rule_names(&config, &Selection::default())?;
    let imports = config.routes.import.iter();
    if let Some(unknown) = imports.clone().find(|it| Format::find(&it.format).is_none()) {
        let names = Format::ALL.map(Format::name).join(", ");
        return Err(miette!(help = format!("there are {names}"), "there is no format `{}`", unknown.format));
    }
    if let Err(error) = check_tables(&config.routes.framework) {
        let help = "docwright's own tables show every key; correct `routes.framework` in the configuration";
        return Err(miette!(help = help, "a framework of the configuration cannot be read: {error}"));
    }
    let named =
        config.api.specs.iter().flatten().chain(&config.routes.lists).chain(imports.map(|it| &it.file));
    let named: Vec<String> = named.map(|it| config.project_path(it)).collect();
    progress::phase("Reading");
    let read = disk::read(&root, &config.build_dir(), &named).over(&root, buffers);
    if let Some(missing) = named.iter().find(|it| read.files.get(it).is_none()) {
        return Err(miette!(
            help = "correct `api.specs`, `routes.lists` or `routes.import` in the configuration",
            "the configuration names `{missing}`, which does not exist"
        ));
    }
    let src = config.book.src.as_deref().map(|it| config.project_path(it));
    if let Some(src) = src.filter(|it| read.files.get(it).is_none_or(|entry| !entry.is_dir)) {
        return Err(miette!(
            help = "correct `book.src` in the configuration",
            "the book's folder `{src}` does not exist"
        ));
    }
    progress::phase(&format!("Parsing {}", plural(read.sources.len(), "file")));
    let project = parse::project(read.sources, read.files, read.unread, &config);
    Ok(Loaded { root, config, project })
}

/// Where the search for the project begins: paths outside the current folder are a project of their own.
pub(super) fn start(paths: &[PathBuf]) -> Option<PathBuf> {
    let current = std::env::current_dir().ok().and_then(|it| disk::existing(&it))?;
    let first = disk::existing(paths.first()?)?;
    let folder = if disk::folder(&first).is_ok() { first } else { first.parent()?.to_owned() };
    (!folder.starts_with(&current)).then_some(folder)
}

/// The paths to report on, relative to the root.
pub(super) fn wanted(paths: &[PathBuf], root: &Path) -> miette::Result<Vec<PathBuf>> {
    let mut wanted = Vec::new();
    for path in paths {
        let absolute =
            disk::existing(path).ok_or_else(|| miette!("there is no file or folder `{}`", path.display()))?;
        let inside = absolute.strip_prefix(root).map_err(|_| {
            miette!(
                help = "choose the project with `--root DIR`",
                "`{}` lies outside the project `{}`",
                path.display(),
                root.display()
            )
        })?;
        wanted.push(inside.to_owned());
    }
    Ok(wanted)
}

/// Refuses names of rules that do not exist.
pub(super) fn check_rule_names(config: &Config, selection: &Selection) -> miette::Result<()> {
    let Some((name, nearest)) = unknown_rules(config, selection).into_iter().next() else { return Ok(()) };
    Err(match nearest {
        Some(nearest) => miette!(help = format!("did you mean `{nearest}`?"), "there is no rule `{name}`"),
        None => miette!(help = "`docwright rules` lists them", "there is no rule `{name}`"),
    })
}

/// What was looked at, for the summary: nothing is left out silently.
pub(super) fn looked_at(project: &Project) -> String {
    let mut parts = vec![plural(project.pages.len(), "page")];
    let operations: usize = project.specs.iter().map(|it| it.operations.len()).sum();
    if !project.specs.is_empty() {
        let specs = plural(project.specs.len(), "spec");
        parts.push(format!("{specs} with {}", plural(operations, "operation")));
    }
    let routes = project.routes.routes.len();
    if routes > 0 || !project.routes.frameworks.is_empty() {
        let names: Vec<String> =
            project.routes.frameworks.iter().map(|it| format!("{} {}", it.name, it.routes)).collect();
        let from = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        parts.push(plural(routes, "route") + &from);
    }
    let alerts = project.alerts.totals();
    if alerts.alerts > 0 {
        let external = match alerts.external {
            0 => String::new(),
            count => format!(" ({} not checked)", plural(count, "external runbook")),
        };
        parts.push(plural(alerts.alerts, "alert") + &external);
    }
    if !project.facts.is_empty() {
        parts.push(plural(project.facts.len(), "recovery objective"));
    }
    let external = project.pages.iter().flat_map(|it| &it.links).filter(|it| is_external(&it.dest)).count();
    if external > 0 {
        parts.push(format!("{} not followed", plural(external, "external link")));
    }
    parts.join(", ")
}

/// Whether a link leads to a web server.
fn is_external(dest: &str) -> bool {
    ["http://", "https://", "//"].iter().any(|it| dest.starts_with(it))
}

/// `1 page`, `2 pages`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Today in UTC; `--as-of` takes its place.
pub(super) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

/// The only place that reads a clock for what is printed or written.
#[expect(clippy::disallowed_methods, reason = "today's date enters here")]
pub(super) fn now() -> Timestamp {
    Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
}
