//! Which files of a Ruby project draw routes: applications, their engines, and what they mount.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::mapper;
use super::scopes::{Reader, Scope};
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::interpret::Interpreter;
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// `Rails.application.routes.draw do`, `Shop::Engine.routes.draw do`
static DRAWS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?m)^\s*([A-Z][\w:]*(?:\.application)?)\.(?:routes\.(?:draw|prepend|append)|add_routes)\b")
});
/// `config.api_only = true`
static API_ONLY: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?m)^\s*config\.api_only\s*=\s*true"));

/// The applications of a project, and what they mount that is no engine.
#[derive(Default)]
pub(super) struct Ruby {
    pub(super) roots: Vec<RouterId>,
    /// The application, the name of what it mounts and where.
    pub(super) mounted: Vec<(RouterId, String, Text)>,
}

/// A file that draws routes.
struct Drawn {
    file: SourceId,
    /// The folder of the application or engine.
    folder: String,
    /// What the routes are drawn on.
    on: String,
}

/// Whether a Ruby file is a test, or the application that an engine's tests start.
pub(super) fn is_ruby_test(path: &str) -> bool {
    is_test(path) || path.split('/').any(|it| matches!(it, "spec" | "specs" | "vendor" | "features"))
}

/// Reads every Ruby application of the project.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Ruby {
    let mut found = Ruby::default();
    for (framework, table) in interpreter.store.tables.iter().enumerate() {
        let Some(scopes) = &table.scopes else { continue };
        let drawn = drawn_files(store, &scopes.files, wanted);
        if drawn.is_empty() {
            continue;
        }
        let words = mapper::words(interpreter, store, &scopes.mapper);
        let mut engines: HashMap<String, Vec<SourceId>> = HashMap::new();
        for it in drawn.iter().filter(|it| it.on.ends_with("Engine")) {
            engines.entry(it.on.clone()).or_default().push(it.file);
        }
        let applications: Vec<&Drawn> = drawn.iter().filter(|it| !it.on.ends_with("Engine")).collect();
        let mut folders: Vec<&str> = applications.iter().map(|it| it.folder.as_str()).collect();
        folders.sort_unstable();
        folders.dedup();
        // A plugin that draws on the application belongs to the application around it.
        let outer = |folder: &str| {
            let above = |it: &&str| *it != folder && (it.is_empty() || folder.starts_with(&format!("{it}/")));
            folders.iter().copied().filter(above).min_by_key(|it| it.len()).unwrap_or(folder).to_owned()
        };
        let mut own: Vec<String> = folders.iter().map(|it| outer(it)).collect();
        own.sort();
        own.dedup();
        for folder in own {
            let files: Vec<SourceId> =
                applications.iter().filter(|it| outer(&it.folder) == folder).map(|it| it.file).collect();
            let Some(&place) = files.first() else { continue };
            let api_only = store.sources.id(&format!("{}config/application.rb", slashed(&folder)));
            let api_only = api_only.is_some_and(|it| API_ONLY.is_match(&store.sources.get(it).text));
            let root = interpreter.graph.add(framework, Made::App, Span::new(place, 0..0));
            let mut reader =
                Reader::new(interpreter, store.sources, scopes, root, api_only, &engines, words.clone());
            for file in files {
                reader.file(file, &Scope::below(Text::known("")));
            }
            let mounted = std::mem::take(&mut reader.mounted);
            found.mounted.extend(mounted.into_iter().map(|(name, path)| (root, name, path)));
            found.roots.push(root);
        }
        // An engine that no application of the project mounts: its routes are known, where they stand is not.
        if applications.is_empty() {
            for files in sorted(&engines) {
                let root = interpreter.graph.add(framework, Made::Router, Span::new(files[0], 0..0));
                let mut reader =
                    Reader::new(interpreter, store.sources, scopes, root, false, &engines, words.clone());
                for file in files {
                    reader.file(*file, &Scope::below(Text::known("")));
                }
            }
        }
    }
    found
}

fn sorted(engines: &HashMap<String, Vec<SourceId>>) -> Vec<&Vec<SourceId>> {
    let mut all: Vec<_> = engines.values().collect();
    all.sort();
    all
}

fn slashed(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

fn drawn_files(store: &Store<'_>, names: &[String], wanted: &dyn Fn(&str) -> bool) -> Vec<Drawn> {
    let mut found: Vec<Drawn> = store
        .written_in(&[Language::Ruby])
        .filter(|(_, it)| {
            wanted(&it.path)
                && !is_ruby_test(&it.path)
                && (it.text.contains(".routes.") || it.text.contains(".add_routes"))
        })
        .filter_map(|(file, it)| {
            let on = DRAWS.captures(&it.text)?[1].to_owned();
            let folder = names.iter().find_map(|name| it.path.strip_suffix(name.as_str()));
            // A file of routes elsewhere counts where it draws on the application, as a plugin does.
            let folder = match folder {
                Some(folder) => folder.trim_end_matches('/').to_owned(),
                None => it
                    .path
                    .split_once("/config/")
                    .or(it.path.split_once("/lib/"))
                    .map_or("", |it| it.0)
                    .to_owned(),
            };
            Some(Drawn { file, folder, on })
        })
        .collect();
    if found.iter().any(|it| !is_example(store.sources.path(it.file))) {
        found.retain(|it| !is_example(store.sources.path(it.file)));
    }
    found
}
