//! Classes whose bodies declare routes: `class Orders < Grape::API`, `class Shop < Sinatra::Base`; which there are,
//! and what starts them.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use regex::Regex;

use super::bodies::{Place, Reader};
use super::drawn::is_ruby_test;
use super::table::Apis;
use crate::parse::routes::decoy::is_example;
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Mounted, RouterId};
use crate::parse::routes::interpret::{Args, ClassValue, EnvId, Interpreter, Value};
use crate::parse::routes::ir::{Class, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// Scopes in scopes, modules in modules.
const MAX_DEPTH: usize = 16;

/// `class Orders < Api::Base`
static DERIVES: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^\s*class\s+([A-Z][\w:]*)\s*<\s*(?:::)?([A-Z][\w:]*)"));
/// The name of a class, which may be called or given to what combines several.
static CONSTANT: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?:::)?([A-Z]\w*(?:::[A-Z]\w*)*)"));

/// `Shop.run!`, `Shop::App.run!`
static RUNS: LazyLock<Regex> = LazyLock::new(|| compiled(r"\b(?:\w+::)*([A-Z]\w*)\.run!"));

/// A class that declares routes, or a file that does.
pub(super) struct Api<'a> {
    /// With the modules around it; empty for a file.
    pub(super) name: String,
    /// None for a file.
    pub(super) class: Option<ClassValue>,
    /// Where its words are called.
    pub(super) env: EnvId,
    pub(super) framework: usize,
    pub(super) file: SourceId,
    /// The class of the project that it is derived from.
    pub(super) base: Option<usize>,
    pub(super) table: &'a Apis,
}

/// An application that something starts: what it is, below which path, and where that is said.
struct Started {
    api: usize,
    path: Text,
    span: Span,
}

/// Reads every class of routes; those that something starts.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    mounted: &[(RouterId, String, Text)],
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let files: Vec<(SourceId, &str)> = store
        .written_in(&[Language::Ruby])
        .filter(|(_, it)| wanted(&it.path) && !is_ruby_test(&it.path) && !is_example(&it.path))
        .map(|(id, it)| (id, &*it.text))
        .collect();
    let mut apis = Vec::new();
    for (framework, table) in interpreter.store.tables.iter().enumerate() {
        if let Some(words) = &table.apis {
            find_classes(interpreter, store, &files, (framework, words), &mut apis);
        }
    }
    if apis.is_empty() {
        return Vec::new();
    }
    let started = started(interpreter, store, &files, &apis);
    let mut bodies: HashMap<EnvId, Vec<usize>> = HashMap::new();
    for id in 0..interpreter.note_count() {
        let note = interpreter.noted(id);
        bodies.entry(note.class.unwrap_or(note.env)).or_default().push(id);
    }
    let mut reader = Reader::new(interpreter, store, &apis, &bodies);
    let mut roots = Vec::new();
    for it in &started {
        let root = reader.interpreter.graph.add(apis[it.api].framework, Made::App, it.span);
        reader.api(it.api, root, Place::below(it.path.clone()));
        roots.push(root);
    }
    for (root, name, path) in mounted {
        let Some(api) = find(&apis, name) else { continue };
        let place = Span::new(apis[api].file, 0..0);
        let child = reader.interpreter.graph.add(apis[api].framework, Made::Router, place);
        reader.api(api, child, Place::default());
        let mount = Mounted { child, path: path.clone(), hidden: false, replaces: false };
        reader.interpreter.graph.mount(*root, mount);
    }
    // What nobody starts stands at an unknown place.
    let children = reader.mounted_by_others();
    for outermost in [true, false] {
        for (at, api) in apis.iter().enumerate() {
            if !reader.has_read(at) && (!outermost || !children.contains(&at)) {
                let place = Span::new(api.file, 0..0);
                let router = reader.interpreter.graph.add(api.framework, Made::Router, place);
                reader.api(at, router, Place::default());
            }
        }
    }
    roots
}

/// Finds the classes that are derived from a library's, directly or by others of the project, and the files that
/// declare routes outside of any class.
fn find_classes<'a>(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    files: &[(SourceId, &str)],
    (framework, words): (usize, &'a Apis),
    apis: &mut Vec<Api<'a>>,
) {
    let first = apis.len();
    let mut derived: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
    for (file, text) in files {
        for hit in DERIVES.captures_iter(text) {
            let base = hit.get(2).map_or("", |it| it.as_str());
            derived.entry(base.rsplit("::").next().unwrap_or(base)).or_default().push(*file);
        }
    }
    let names = |text: &str| words.bases.iter().any(|it| text.contains(it.as_str()));
    let mut next: Vec<SourceId> = files.iter().filter(|(_, text)| names(text)).map(|(id, _)| *id).collect();
    let mut seen: BTreeSet<(SourceId, String)> = BTreeSet::new();
    for _ in 0..MAX_DEPTH {
        let mut found = Vec::new();
        for file in std::mem::take(&mut next) {
            interpreter.run(file);
            for (name, class) in classes(interpreter, store, file) {
                let base = base_of(&class, words, &apis[first..]).map(|it| it.map(|at| at + first));
                if let Some(base) = base
                    && seen.insert((file, name.clone()))
                {
                    found.push(name.rsplit("::").next().unwrap_or(&name).to_owned());
                    let env = class.env;
                    apis.push(Api { name, class: Some(class), env, framework, file, base, table: words });
                }
            }
        }
        next = found.iter().filter_map(|it| derived.get(it.as_str())).flatten().copied().collect();
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            break;
        }
    }
    for (file, text) in files {
        if words.classic.iter().any(|it| requires(text, it)) {
            interpreter.run(*file);
            let env = interpreter.env_of_file(*file);
            let (name, file) = (String::new(), *file);
            apis.push(Api { name, class: None, env, framework, file, base: None, table: words });
        }
    }
}

fn requires(text: &str, library: &str) -> bool {
    text.lines().any(|line| {
        let rest = line.trim().strip_prefix("require").map(|it| it.trim_start_matches([' ', '(', '"', '\'']));
        rest.and_then(|it| it.strip_prefix(library)).is_some_and(|it| it.starts_with(['"', '\'']))
    })
}

/// The classes of a file with their full names.
pub(super) fn classes(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    file: SourceId,
) -> Vec<(String, ClassValue)> {
    let module = store.module(file);
    let mut found = Vec::new();
    for stmt in &module.body {
        if let Stmt::Class(class) = stmt
            && let Value::Class(value) = interpreter.name_of_file(file, &class.name)
        {
            nested(interpreter, class, value, String::new(), 0, &mut found);
        }
    }
    found
}

fn nested(
    interpreter: &mut Interpreter<'_>,
    class: &Class,
    value: ClassValue,
    around: String,
    depth: usize,
    found: &mut Vec<(String, ClassValue)>,
) {
    let name = if around.is_empty() { class.name.to_string() } else { format!("{around}::{}", class.name) };
    for stmt in &class.body {
        if let (Stmt::Class(inner), true) = (stmt, depth < MAX_DEPTH)
            && let Some(Value::Class(value)) = interpreter.attr_of_class(&value, &inner.name)
        {
            nested(interpreter, inner, value, name.clone(), depth + 1, found);
        }
    }
    found.push((name, value));
}

/// What a class of routes is derived from: a class of the project, or the library's; none where it is no such class.
fn base_of(class: &ClassValue, words: &Apis, known: &[Api<'_>]) -> Option<Option<usize>> {
    class.bases.iter().find_map(|base| match base {
        Value::External(name) if words.bases.iter().any(|it| **it == **name) => Some(None),
        Value::External(name) => find(known, name).map(Some),
        Value::Class(base) => known.iter().position(|it| it.env == base.env).map(Some),
        _ => None,
    })
}

/// The class of a name, which may leave out the modules that it is written in.
pub(super) fn find(apis: &[Api<'_>], name: &str) -> Option<usize> {
    let name = name.trim_start_matches("::");
    let ends =
        |it: &Api| it.name.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"));
    let all = apis.iter().enumerate().filter(|(_, it)| !it.name.is_empty() && ends(it));
    all.min_by_key(|(_, it)| it.name.len()).map(|(at, _)| at)
}

/// What `config.ru` starts: `run Shop`, `map "/shop" do run Shop end`, `use Shop`; else what starts itself.
fn started(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    files: &[(SourceId, &str)],
    apis: &[Api],
) -> Vec<Started> {
    let mut found = Vec::new();
    for (file, _) in files.iter().filter(|(id, _)| store.sources.path(*id).ends_with(".ru")) {
        let notes = interpreter.all_notes_of_file(*file);
        run_up(interpreter, store, apis, notes, &Text::known(""), &mut found, 0);
    }
    let is_new = |found: &[Started], api: usize| found.iter().all(|it| it.api != api);
    // A class may be opened again in other files, and be told to run in any.
    let run: BTreeSet<&str> = files
        .iter()
        .flat_map(|(_, text)| RUNS.captures_iter(text))
        .filter_map(|it| Some(it.get(1)?.as_str()))
        .collect();
    let itself: BTreeSet<&str> = apis
        .iter()
        .filter(|it| store.sources.get(it.file).text.contains(" run! if "))
        .map(|it| it.name.as_str())
        .collect();
    let nothing = found.is_empty();
    for (at, api) in apis.iter().enumerate() {
        let runs = run.contains(api.name.rsplit("::").next().unwrap_or_default());
        let span = Span::new(api.file, 0..0);
        let starts = api.name.is_empty() || (nothing && (runs || itself.contains(&*api.name)));
        if starts && is_new(&found, at) {
            found.push(Started { api: at, path: Text::known(""), span });
        }
    }
    found
}

fn run_up(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    apis: &[Api],
    notes: Vec<usize>,
    before: &Text,
    found: &mut Vec<Started>,
    depth: usize,
) {
    for id in notes {
        let note = interpreter.noted(id);
        let (env, name, source) = (note.env, note.name.clone(), note.span.source);
        let first = note.args.positional.first().cloned();
        let block = note.args.get("&").map(|it| it.value.clone());
        // `app = Rack::Builder.new do map "/shop" do … end end`
        let builds = store.sources.text(note.span).starts_with("Rack::Builder.");
        match (&*name, first) {
            _ if builds && depth < MAX_DEPTH => {
                if let Some(block) = block {
                    let (notes, _) = interpreter.notes_of_call(&block, Args::default(), env);
                    run_up(interpreter, store, apis, notes, before, found, depth + 1);
                }
            }
            ("map", Some(path)) if depth < MAX_DEPTH => {
                let mut below = before.clone();
                below.join(&match path.value {
                    Value::Text(text) => (*text).clone(),
                    _ => Text::hole("prefix"),
                });
                if let Some(block) = block {
                    let (notes, _) = interpreter.notes_of_call(&block, Args::default(), env);
                    run_up(interpreter, store, apis, notes, &below, found, depth + 1);
                }
            }
            ("run" | "use", Some(app)) => {
                let span = Span { source, start: app.start, end: app.end };
                let words = store.sources.text(span);
                // `Rack::URLMap.new("/shop" => Shop)`, `Rack::Cascade.new([Shop, Admin])`
                let mut path = before.clone();
                let mut end = 0;
                for hit in CONSTANT.captures_iter(words) {
                    let (Some(all), Some(name)) = (hit.get(0), hit.get(1)) else { continue };
                    let key = words.get(end..all.start()).and_then(|it| it.trim_end().strip_suffix("=>"));
                    if let Some(key) = key.and_then(|it| it.trim_end().strip_suffix(['"', '\''])) {
                        path = before.clone();
                        path.join(&Text::known(key.rsplit(['"', '\'']).next().unwrap_or_default()));
                    }
                    end = all.end();
                    if let Some(api) = find(apis, name.as_str()) {
                        found.push(Started { api, path: path.clone(), span });
                    }
                }
            }
            _ => {}
        }
    }
}
