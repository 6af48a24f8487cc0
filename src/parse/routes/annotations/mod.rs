//! The family of annotations: a route is a method of a class, and both say their part of its path.
//!
//! Java, Kotlin and C# find names by package, so [`types`] looks classes up and [`constant`] folds what their
//! annotations are written with; [`engine`] knows no framework, only its table.

mod application;
mod bound;
mod composed;
mod configured;
mod constant;
pub(super) mod contract;
mod conventional;
mod conventions;
mod cxf;
mod declared;
mod derived;
mod engine;
mod functional;
mod handlers;
mod hosting;
mod inflection;
mod locators;
mod methods;
mod operations;
mod profiles;
mod properties;
mod queries;
mod repositories;
mod routing;
mod servlets;
mod settings;
mod table;
mod tokens;
mod types;
mod value;

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use regex::bytes::Regex;

use super::MAX_ROUTES;
use super::decoy::{is_example, is_test};
use super::framework::Framework;
use super::ir::{ClassKind, Module, Stmt};
use super::lower::Language;
use super::store::Store;
use super::template::templates;
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::SourceId;
use declared::Declared;
use engine::Engine;
use routing::Routing;
use settings::Configuration;
pub(super) use settings::is_configuration;
pub(super) use table::{Annotations, Modules};
use types::TypeId;
pub(super) use types::{Scope, Types, dotted};

/// Languages whose classes know each other.
const GROUPS: [&[Language]; 3] = [&[Language::Java, Language::Kotlin], &[Language::CSharp], &[Language::Php]];

/// What the annotations of a project say.
#[derive(Debug, Default)]
pub(super) struct Annotated {
    pub(super) routes: Vec<Route>,
    /// The first file that uses each framework, by the framework's name.
    pub(super) users: HashMap<String, SourceId>,
}

/// Reads every class that a framework with an annotation table serves.
pub(super) fn routes(
    frameworks: &[Framework],
    store: &Store<'_>,
    query: bool,
    wanted: &dyn Fn(&str) -> bool,
    hosted: &[(Text, SourceId)],
) -> Annotated {
    let mut found = Annotated::default();
    let mut configuration = None;
    for languages in GROUPS {
        let group: Vec<(&Framework, &Annotations)> = frameworks
            .iter()
            .filter(|it| languages.contains(&it.language))
            .filter_map(|it| Some((it, it.annotation.as_ref()?)))
            .collect();
        let candidates = source_files(languages, store, wanted);
        let mut marked = marked_files(&group, &candidates, store);
        if marked.is_empty() {
            continue;
        }
        store.parse_all(&marked);
        let configuration = configuration.get_or_insert_with(|| Configuration::read(store.sources));
        if languages.contains(&Language::CSharp) {
            let says = |words: &str| marked.iter().any(|&id| store.sources.get(id).text.contains(words));
            configuration.kebab = says("RouteTokenTransformerConvention");
            configuration.lower = says("LowercaseUrls = true") || says("LowercaseUrls=true");
        }
        let mut types = Types::new(store, languages);
        if group.iter().any(|(_, it)| it.inherited) {
            marked.extend(derived::files(&mut types, &marked, &candidates));
            marked.sort_unstable();
        }
        let examples: BTreeSet<SourceId> =
            marked.iter().copied().filter(|&id| is_example(store.sources.path(id))).collect();
        let mut served: Vec<(bool, Route)> = Vec::new();
        for (framework, table) in &group {
            for &id in &marked {
                let module = types.load(id);
                // The words of another framework may have brought this file here.
                let text = &store.sources.get(id).text;
                let ours = || framework.detect.markers.iter().any(|it| text.contains(it.as_str()));
                if !found.users.contains_key(&framework.name) && uses(framework, &module) && ours() {
                    found.users.insert(framework.name.clone(), id);
                }
            }
            let mut engine = Engine::new(&mut types, framework, table, configuration);
            engine.query = query;
            let routes = framework_routes(&mut engine, &marked, hosted);
            served.extend(routes.into_iter().map(|it| (examples.contains(&it.span.source), it)));
        }
        // Examples count only where there is nothing else.
        let only_examples = served.iter().all(|(example, _)| *example);
        found.routes.extend(served.into_iter().filter(|(it, _)| only_examples || !it).map(|(_, it)| it));
    }
    found
}

fn framework_routes(
    engine: &mut Engine<'_, '_>,
    marked: &[SourceId],
    hosted: &[(Text, SourceId)],
) -> Vec<Route> {
    let own: BTreeSet<SourceId> = marked.iter().copied().collect();
    let ids: Vec<TypeId> =
        (0..engine.types.types.len()).filter(|&it| own.contains(&engine.types.types[it].file)).collect();
    let sources = engine.types.store.sources;
    let mut prefixes = Vec::new();
    for &id in &ids {
        if engine.types.types[id].class.kind != ClassKind::Annotation {
            prefixes.extend(engine.prefixes(id));
        }
    }
    let mounted = engine.servlets();
    let addresses = engine.addresses();
    if engine.table.tokens {
        engine.conventions = engine.conventions();
        engine.patterns = engine.patterns();
    }
    let before = engine.assigned_prefix(marked);
    let names = &engine.table.routing;
    let routing = (!names.is_empty()).then(|| Routing::read(engine.types, names));
    let style = engine.table.operations.then(|| operations::Style::read(sources));
    let mut found = Vec::new();
    let bare = Text::known("");
    for declared in routing.iter().filter(|_| style.is_none()).flat_map(|it| it.routes.iter()) {
        push(declared.clone(), &bare, engine, &mut found);
    }
    for id in ids {
        if !engine.types.is_first_part(id) {
            continue;
        }
        if found.len() >= MAX_ROUTES {
            break;
        }
        if let (Some(style), Some(routing)) = (&style, &routing) {
            let declared = engine.operations(id, style, routing);
            declared.into_iter().for_each(|it| push(it, &bare, engine, &mut found));
            continue;
        }
        let configured = engine.configured_routes(id, &before);
        configured.into_iter().for_each(|it| push(it, &bare, engine, &mut found));
        let mut declared = engine.class_routes(id);
        if let Some(routing) = &routing {
            let file = engine.types.types[id].file;
            declared.iter_mut().for_each(|it| it.path = routing.expand(&it.path, sources.path(file)));
            for prefix in routing.prefixes(sources.path(file), &engine.types.qualified(id)) {
                declared.iter().for_each(|it| push(it.clone(), &prefix, engine, &mut found));
            }
        } else if engine.table.tokens {
            let file = engine.types.types[id].file;
            for prefix in hosting::prefixes(hosted, sources, file) {
                declared.iter().for_each(|it| push(it.clone(), &prefix, engine, &mut found));
            }
        } else if !declared.is_empty() {
            let prefix = engine.prefix_of(id, &prefixes, &mounted, &addresses);
            declared.into_iter().for_each(|it| push(it, &prefix, engine, &mut found));
        }
        let first = found.len();
        let prefix = engine.repositories_prefix(engine.types.types[id].file);
        let declared = engine.repository_routes(id);
        declared.into_iter().for_each(|it| push(it, &prefix, engine, &mut found));
        found[first..].iter_mut().for_each(|it| it.library = true);
        let declared = engine.function_routes(id);
        let prefix = engine.configured(engine.types.types[id].file);
        declared.into_iter().for_each(|it| push(it, &prefix, engine, &mut found));
    }
    found
}

fn push(declared: Declared, prefix: &Text, engine: &Engine<'_, '_>, found: &mut Vec<Route>) {
    let framework = engine.framework;
    let mut path = prefix.clone();
    path.join(&declared.path);
    let (path, certain) = path.to_path(framework.parameters);
    let certain = certain && !declared.conventional;
    for template in templates(&path, framework.parameters, framework.keep_trailing_slash) {
        let path = if engine.configuration.lower && engine.is_csharp() {
            lower_literals(&template.path)
        } else {
            template.path
        };
        for method in &declared.methods {
            found.push(Route {
                method: method.clone(),
                path: path.clone(),
                confidence: if certain { Confidence::Resolved } else { Confidence::Assumed },
                framework: framework.name.clone(),
                span: declared.span,
                wildcard: template.wildcard,
                library: false,
                query: engine.query_of(declared.span, method, &path),
                hidden: declared.hidden,
            });
        }
    }
}

/// Everything but the names of parameters in lower case.
fn lower_literals(path: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(path.len());
    for char in path.chars() {
        inside = (inside || char == '{') && char != '}';
        if inside { out.push(char) } else { out.extend(char.to_lowercase()) }
    }
    out
}

/// The files of these languages, tests left out.
fn source_files(languages: &[Language], store: &Store<'_>, wanted: &dyn Fn(&str) -> bool) -> Vec<SourceId> {
    store
        .written_in(languages)
        .filter(|(_, it)| wanted(&it.path) && !is_test(&it.path))
        .map(|(id, _)| id)
        .collect()
}

/// Files that may use one of these frameworks, by words in them.
fn marked_files(
    group: &[(&Framework, &Annotations)],
    candidates: &[SourceId],
    store: &Store<'_>,
) -> Vec<SourceId> {
    let words: Vec<String> =
        group.iter().flat_map(|(it, _)| &it.detect.markers).map(|it| regex::escape(it)).collect();
    let Some(words) = Regex::new(&words.join("|")).ok().filter(|_| !words.is_empty()) else {
        return Vec::new();
    };
    let has = |id: SourceId| words.is_match(store.sources.get(id).text.as_bytes());
    candidates.par_iter().copied().filter(|&id| has(id)).collect()
}

/// Whether a file imports a framework's first module.
fn uses(framework: &Framework, module: &Module) -> bool {
    let Some(first) = framework.detect.import.first() else { return false };
    module
        .body
        .iter()
        .any(|it| matches!(it, Stmt::Import(import) if import.module.starts_with(first.as_str())))
}
