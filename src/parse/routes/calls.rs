//! The family of calls on routers: which files are read, and what their evaluation says.

use std::collections::HashMap;

use rayon::prelude::*;
use regex::bytes::Regex;

use super::Settings;
use super::blocks;
use super::compiled::is_compiled;
use super::crates::test_files;
use super::decoy::{is_example, is_test};
use super::entry;
use super::framework::Framework;
use super::go_packages::is_vendored;
use super::importers::{imports, run_importers};
use super::interpret::{FUEL, Interpreter};
use super::lower::Language;
use super::resolve::{Resolver, join, parent};
use super::store::Store;
use super::text::Text;
use crate::model::Files;
use crate::model::route::Route;
use crate::source::SourceId;

/// What the evaluation of a project says.
pub(super) struct Calls {
    pub(super) routes: Vec<Route>,
    /// Paths below which the classes are served that annotations declare, each with the file that says so.
    pub(super) hosted: Vec<(Text, SourceId)>,
    /// The first file that imports each framework, in the order of [`ALL`].
    pub(super) users: Vec<Option<SourceId>>,
    /// Everything was evaluated: the program is not beyond the bound on work.
    pub(super) finished: bool,
}

/// Evaluates every file that uses a framework, and what these import.
pub(super) fn routes(
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    files: &Files,
    settings: &Settings,
    wanted: &dyn Fn(&str) -> bool,
) -> Calls {
    let tests = test_files(store.sources);
    let wanted = &|path: &str| wanted(path) && store.sources.id(path).is_none_or(|id| !tests.contains(&id));
    let query = settings.query;
    let marked = marked_files(store, wanted);
    store.parse_all(&marked);
    let path = |id: SourceId| store.sources.path(id);
    let (examples, real): (Vec<SourceId>, Vec<SourceId>) =
        marked.iter().partition(|&&id| is_example(path(id)));
    let mut interpreter = Interpreter::new(store, resolver, settings.steps.unwrap_or(FUEL));
    if query {
        interpreter.keep_handlers();
    }
    let served = blocks::evaluate(&mut interpreter, store, resolver, wanted);
    let mains = mains(store, &marked, wanted);
    let (example_mains, mains): (Vec<SourceId>, Vec<SourceId>) =
        mains.into_iter().partition(|&id| is_example(path(id)));
    evaluate(&mut interpreter, &real, &mains, store, resolver, false);
    // Examples count only where there is nothing else.
    let only_examples = interpreter.graph.applications().is_empty();
    if only_examples {
        // Beside code that uses a framework in a way that nobody found out, they are not what is served.
        interpreter.graph.guessing = real.iter().any(|&id| store.tables.iter().any(|it| uses(it, store, id)));
        evaluate(&mut interpreter, &examples, &example_mains, store, resolver, true);
        interpreter.graph.guessing = false;
    }
    interpreter.declare_controllers(if only_examples { &examples } else { &real });
    let mut roots = served.clone();
    roots.extend(entry::choose(&mut interpreter, store, resolver, files));
    let counts =
        |id: SourceId| !is_test(path(id)) && !tests.contains(&id) && (only_examples || !is_example(path(id)));
    let routers = &interpreter.graph.routers;
    let users = store.tables.iter().enumerate().map(|(framework, table)| {
        // Lists of URL patterns are found by a setting, not by an import.
        let root = served.iter().find(|id| routers[**id].framework == framework);
        let root = root.map(|id| routers[*id].place.source);
        // The words of another framework may have brought a file here, which a framework of annotations only names.
        let text = |id: SourceId| &store.sources.get(id).text;
        let says = |id: SourceId| table.detect.markers.iter().any(|it| text(id).contains(it.as_str()));
        let ours = |id: SourceId| table.annotation.is_none() || says(id);
        root.or_else(|| marked.iter().copied().find(|&id| uses(table, store, id) && ours(id)))
    });
    let users = users.collect();
    let mut routes = interpreter.graph.routes(store.tables, &roots, &counts);
    let finished = interpreter.finished();
    if query {
        interpreter.fill_query(&mut routes);
    }
    let hosted = interpreter.graph.hosted(store.tables);
    Calls { routes, hosted, users, finished }
}

fn evaluate(
    interpreter: &mut Interpreter<'_>,
    files: &[SourceId],
    mains: &[SourceId],
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    examples: bool,
) {
    interpreter.read_csharp(files);
    files.iter().for_each(|&id| interpreter.run(id));
    mains.iter().for_each(|&id| interpreter.run_main(id));
    interpreter.call_entries();
    let path = |id: SourceId| store.sources.path(id);
    let (go, files): (Vec<SourceId>, Vec<SourceId>) =
        files.iter().partition(|&&id| Language::of(path(id)) == Some(Language::Go));
    if !go.is_empty() {
        interpreter.run_go(&go_programs(store, examples), &go);
    }
    interpreter.finish_routes();
    let known = run_importers(interpreter, &files, store, resolver, examples);
    files.iter().for_each(|&id| interpreter.run_factories(id));
    // First what the framework's own command starts, as that registers others.
    let (started, others): (Vec<SourceId>, Vec<SourceId>) =
        files.iter().partition(|&&id| is_started(store.sources.path(id), store));
    started.iter().for_each(|&id| interpreter.run_plugin(id, true));
    others.iter().for_each(|&id| interpreter.run_plugin(id, false));
    run_setups(interpreter, &known, store);
}

/// Runs the set-up that nobody calls, for frameworks that are used and that no route was found of.
fn run_setups(interpreter: &mut Interpreter<'_>, files: &[SourceId], store: &Store<'_>) {
    for (framework, table) in store.tables.iter().enumerate() {
        let calls = matches!(table.language, Language::Python | Language::JavaScript)
            && !(table.verbs.is_empty() && table.route.is_empty());
        let declares =
            interpreter.graph.routers.iter().any(|it| it.framework == framework && !it.routes.is_empty());
        if !calls || declares {
            continue;
        }
        // What wraps a framework names it where its words are meant.
        if files.iter().any(|&id| uses(table, store, id)) {
            let same = |id: &SourceId| Language::of(store.sources.path(*id)) == Some(table.language);
            files.iter().copied().filter(same).for_each(|id| interpreter.run_setups(id, framework));
        }
    }
}

/// Whether a script of the package starts a file as a plugin: `fastify start app.js`.
fn is_started(path: &str, store: &Store<'_>) -> bool {
    let mut folder = parent(path);
    loop {
        if let Some(id) = store.sources.id(&join(folder, "package.json")) {
            let below = path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/');
            let stem = below.rsplit_once('.').map_or(below, |it| it.0);
            let name = stem.rsplit('/').next().unwrap_or(stem);
            let scripts = store.sources.get(id).text.lines().filter(|it| it.contains("fastify start"));
            return scripts.into_iter().any(|line| {
                let mut words = line.split(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '\\'));
                words.any(|it| {
                    let it = it.trim_start_matches("./");
                    let it = it.rsplit_once('.').map_or(it, |it| it.0);
                    it == stem || (it.rsplit('/').next() == Some(name) && it.starts_with("dist"))
                })
            });
        }
        if folder.is_empty() {
            return false;
        }
        folder = parent(folder);
    }
}

/// The Rust files that a program starts with, where any file uses a framework.
fn mains(store: &Store<'_>, marked: &[SourceId], wanted: &dyn Fn(&str) -> bool) -> Vec<SourceId> {
    let is_rust = |path: &str| Language::of(path) == Some(Language::Rust);
    if !marked.iter().any(|&id| is_rust(store.sources.path(id))) {
        return Vec::new();
    }
    let files = store.sources.iter().filter(|(_, it)| {
        is_rust(&it.path) && wanted(&it.path) && !is_test(&it.path) && !it.path.ends_with("build.rs")
    });
    files.filter(|(_, it)| it.text.contains("fn main(")).map(|(id, _)| id).collect()
}

/// The files with the `main` of a Go program, those of examples or the others.
fn go_programs(store: &Store<'_>, examples: bool) -> Vec<SourceId> {
    let all = store.sources.iter().filter(|(_, it)| {
        it.path.ends_with(".go")
            && !is_test(&it.path)
            && !is_vendored(&it.path)
            && is_example(&it.path) == examples
            && it.text.contains("package main")
            && it.text.contains("\nfunc main(")
    });
    all.map(|(id, _)| id).collect()
}

/// Files that may use a framework, by words in them.
fn marked_files(store: &Store<'_>, wanted: &dyn Fn(&str) -> bool) -> Vec<SourceId> {
    let markers = |language: Language| {
        let calls = store
            .tables
            .iter()
            .filter(|it| it.language == language && (!it.construct.is_empty() || it.filters.is_some()));
        let words = calls.flat_map(|it| &it.detect.markers);
        let words: Vec<String> = words.map(|it| regex::escape(it)).collect();
        Regex::new(&words.join("|")).ok().filter(|_| !words.is_empty())
    };
    let markers: HashMap<Language, Option<Regex>> =
        store.tables.iter().map(|it| it.language).map(|it| (it, markers(it))).collect();
    let candidates: Vec<(SourceId, Language, &str)> = store
        .sources
        .iter()
        .filter(|(_, it)| wanted(&it.path) && !is_test(&it.path) && !is_vendored(&it.path))
        .filter(|(_, it)| !is_compiled(&it.path, store.sources))
        .filter_map(|(id, it)| Some((id, Language::of(&it.path)?, &*it.text)))
        .collect();
    let has_marker = |language: Language, text: &str| {
        let marker = markers.get(&language).and_then(Option::as_ref);
        marker.is_some_and(|it| it.is_match(text.as_bytes()))
    };
    let marked = candidates.into_par_iter().filter(|(_, language, text)| has_marker(*language, text));
    marked.map(|(id, ..)| id).collect()
}

/// Whether a file imports a framework.
pub(super) fn uses(framework: &Framework, store: &Store<'_>, id: SourceId) -> bool {
    if Language::of(store.sources.path(id)) != Some(framework.language) {
        return false;
    }
    let separator = if framework.language == Language::JavaScript { '/' } else { '.' };
    imports(store, id, &|module| {
        framework.detect.import.iter().any(|name| {
            module
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(separator))
        })
    })
}
