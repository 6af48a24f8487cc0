//! Which list of URL patterns is the outermost one: the settings say it, and what starts the settings.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::table::Urls;
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::interpret::Interpreter;
use crate::parse::routes::is_manifest;
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{Resolver, Target};
use crate::parse::routes::store::Store;
use crate::pattern::compiled;
use crate::source::SourceId;

/// `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`, `DJANGO_SETTINGS_MODULE=shop.settings`
static SETTINGS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"DJANGO_SETTINGS_MODULE["']?\s*[,=:\]]+\s*["']?([A-Za-z_][\w.]*)"#));
/// `ROOT_URLCONF = "shop.urls"`
static LITERAL: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"ROOT_URLCONF["']?\s*(?::\s*str\s*)?[=,]\s*["']([\w.]+)["']"#));

/// The files with the outermost lists, each with the settings that name it: those that something starts, else any.
pub(super) fn root_files(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    table: &Urls,
    wanted: &dyn Fn(&str) -> bool,
) -> BTreeMap<SourceId, SourceId> {
    let named = |text: &str| text.contains(table.root.as_str());
    let settings: Vec<SourceId> = store
        .sources
        .iter()
        .filter(|(_, it)| Language::of(&it.path) == Some(Language::Python) && !is_test(&it.path))
        .filter(|(_, it)| wanted(&it.path) && named(&it.text))
        .map(|(id, _)| id)
        .collect();
    if settings.is_empty() {
        return BTreeMap::new();
    }
    let started = started_settings(store, resolver);
    let real = |id: &SourceId| !is_example(store.sources.path(*id));
    let mut found = BTreeMap::new();
    let mut note = |id: SourceId, found: &mut BTreeMap<SourceId, SourceId>| {
        if let Some((root, id)) = root_of(interpreter, store, resolver, table, id) {
            found.entry(root).or_insert(id);
        }
    };
    for id in started.iter().copied().filter(real) {
        note(id, &mut found);
    }
    let any_real = settings.iter().any(real);
    if found.is_empty() {
        for id in settings.iter().copied().filter(|id| !any_real || real(id)) {
            note(id, &mut found);
        }
    }
    found
}

/// Settings that `manage.py`, a server's entry or a deployment names.
fn started_settings(store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<SourceId> {
    let mut found = Vec::new();
    for (_, source) in store.sources.iter() {
        let name = source.path.rsplit('/').next().unwrap_or(&source.path);
        let python = name.ends_with(".py");
        if is_test(&source.path) || !(python || is_manifest(name)) {
            continue;
        }
        for hit in SETTINGS.captures_iter(&source.text) {
            let target = resolver.python(&source.path, &hit[1]);
            let all = match target {
                Some(target) => vec![target],
                None => resolver.python_anywhere(&hit[1]),
            };
            found.extend(all.into_iter().filter_map(|it: Target| it.file));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The file with the outermost list that settings name, and the settings that do so.
fn root_of(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    table: &Urls,
    settings: SourceId,
) -> Option<(SourceId, SourceId)> {
    let source = store.sources.get(settings);
    let mut settings = settings;
    let mut name = interpreter.name_of_file(settings, &table.root).known_text();
    if name.is_none() {
        name = LITERAL.captures(&source.text).map(|hit| hit[1].to_owned());
    }
    if name.is_none() {
        // A package of settings that chooses one of its modules at run time.
        let folder = source.path.strip_suffix("__init__.py")?;
        let inside = |path: &str| path.starts_with(folder) && path.ends_with(".py") && !is_test(path);
        let inside = store.sources.iter().filter(|(_, it)| inside(&it.path));
        let mut named = inside.filter_map(|(id, it)| Some((id, LITERAL.captures(&it.text)?[1].to_owned())));
        (settings, name) = named.next().map(|(id, name)| (id, Some(name)))?;
    }
    let name = name?;
    let target = resolver.python(&source.path, &name);
    let target = target.or_else(|| resolver.python_anywhere(&name).into_iter().next());
    Some((target?.file?, settings))
}
