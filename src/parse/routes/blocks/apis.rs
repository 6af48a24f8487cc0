//! Classes whose bodies declare routes: `class Orders < Grape::API`, `class Shop < Sinatra::Base`.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::drawn::is_ruby_test;
use super::segments;
use super::table::Apis;
use crate::parse::routes::decoy::is_example;
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::interpret::{Args, Argument, ClassValue, EnvId, Interpreter, Value};
use crate::parse::routes::ir::{Class, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

/// Scopes in scopes, modules in modules.
const MAX_DEPTH: usize = 16;

/// A class that declares routes, or a file that does.
struct Api<'a> {
    /// With the modules around it; empty for a file.
    name: String,
    /// Where its words are called.
    env: EnvId,
    router: RouterId,
    table: &'a Apis,
}

/// Reads every class of routes; those that something starts.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    mounted: &[(RouterId, String, Text)],
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let ruby = |path: &str| Language::of(path) == Some(Language::Ruby) && wanted(path) && !is_ruby_test(path);
    let files: Vec<(SourceId, &str)> = store
        .sources
        .iter()
        .filter(|(_, it)| ruby(&it.path) && !is_example(&it.path))
        .map(|(id, it)| (id, &*it.text))
        .collect();
    let mut apis = Vec::new();
    for (framework, table) in interpreter.store.tables.iter().enumerate() {
        let Some(words) = &table.apis else { continue };
        let names = |text: &str| words.bases.iter().any(|it| text.contains(it.as_str()));
        let classic = |text: &str| words.classic.iter().any(|it| requires(text, it));
        for (file, text) in files.iter().filter(|(_, text)| names(text) || classic(text)) {
            interpreter.run(*file);
            for (name, class) in classes(interpreter, store, *file) {
                if derives(&class, words, 0) {
                    let place = Span::new(*file, 0..0);
                    let router = interpreter.graph.add(framework, Made::Router, place);
                    apis.push(Api { name, env: class.env, router, table: words });
                }
            }
            if classic(text) {
                let router = interpreter.graph.add(framework, Made::App, Span::new(*file, 0..0));
                let env = interpreter.env_of_file(*file);
                apis.push(Api { name: String::new(), env, router, table: words });
            }
        }
    }
    if apis.is_empty() {
        return Vec::new();
    }
    let started = started(interpreter, store, &files, &apis);
    let mut by_env: HashMap<EnvId, Vec<usize>> = HashMap::new();
    for id in 0..interpreter.note_count() {
        by_env.entry(interpreter.noted(id).env).or_default().push(id);
    }
    let none = Vec::new();
    for api in &apis {
        let mut reader = Reader { interpreter, store, apis: &apis, api, depth: 0 };
        let notes = by_env.get(&api.env).unwrap_or(&none).clone();
        let before = reader.own_prefix(&notes);
        notes.iter().for_each(|id| reader.run(*id, &before));
    }
    for (root, name, path) in mounted {
        if let Some(api) = find(&apis, name) {
            let mount = Mounted { child: api.router, path: path.clone(), hidden: false, replaces: false };
            interpreter.graph.mount(*root, mount);
        }
    }
    let classic = apis.iter().filter(|it| it.name.is_empty()).map(|it| it.router);
    started.into_iter().chain(classic).collect()
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

fn derives(class: &ClassValue, words: &Apis, depth: usize) -> bool {
    class.bases.iter().any(|base| match base {
        Value::External(name) => words.bases.iter().any(|it| **it == **name),
        Value::Class(base) if depth < MAX_DEPTH => derives(base, words, depth + 1),
        _ => false,
    })
}

/// The class of a name, which may leave out the modules that it is written in.
fn find<'i, 'a>(apis: &'i [Api<'a>], name: &str) -> Option<&'i Api<'a>> {
    let name = name.trim_start_matches("::");
    let ends =
        |it: &&Api| it.name.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"));
    apis.iter().filter(|it| !it.name.is_empty()).filter(ends).min_by_key(|it| it.name.len())
}

/// What `config.ru` starts: `run Shop`, `map "/shop" do run Shop end`, `use Shop`.
fn started(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    files: &[(SourceId, &str)],
    apis: &[Api],
) -> Vec<RouterId> {
    let mut roots = Vec::new();
    for (file, _) in files.iter().filter(|(id, _)| store.sources.path(*id).ends_with(".ru")) {
        let notes = interpreter.notes_of_file(*file);
        run_up(interpreter, store, apis, notes, &Text::known(""), &mut roots, 0);
    }
    let mut seen = HashSet::new();
    roots.retain(|it| seen.insert(*it));
    roots
}

fn run_up(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    apis: &[Api],
    notes: Range<usize>,
    before: &Text,
    roots: &mut Vec<RouterId>,
    depth: usize,
) {
    for id in notes {
        let note = interpreter.noted(id);
        let (env, name) = (note.env, note.name.clone());
        let first = note.args.positional.first().cloned();
        let block = note.args.get("&").map(|it| it.value.clone());
        match (&*name, first) {
            ("map", Some(path)) if depth < MAX_DEPTH => {
                let mut below = before.clone();
                below.join(&match path.value {
                    Value::Text(text) => (*text).clone(),
                    _ => Text::hole("prefix"),
                });
                if let Some(block) = block {
                    let (notes, _) = interpreter.notes_of_call(&block, Args::default(), env);
                    run_up(interpreter, store, apis, notes, &below, roots, depth + 1);
                }
            }
            ("run" | "use", Some(app)) => {
                let span = Span { source: interpreter.noted(id).span.source, start: app.start, end: app.end };
                let words = store.sources.text(span);
                let written =
                    words.trim_end_matches(".new").trim_end_matches(".app").trim_end_matches(".freeze");
                if let Some(api) = find(apis, written) {
                    let framework = interpreter.graph.routers[api.router].framework;
                    let root = interpreter.graph.add(framework, Made::App, span);
                    let mount =
                        Mounted { child: api.router, path: before.clone(), hidden: false, replaces: false };
                    interpreter.graph.mount(root, mount);
                    roots.push(root);
                }
            }
            _ => {}
        }
    }
}

struct Reader<'r, 'a, 's> {
    interpreter: &'r mut Interpreter<'a>,
    store: &'s Store<'s>,
    apis: &'s [Api<'a>],
    api: &'s Api<'a>,
    depth: usize,
}

impl Reader<'_, '_, '_> {
    /// `prefix :api` and `version "v1", using: :path`, wherever in the class they stand.
    fn own_prefix(&self, notes: &[usize]) -> Text {
        let mut path = Text::known("");
        for words in [&self.api.table.prefix, &self.api.table.version] {
            for &id in notes {
                let note = self.interpreter.noted(id);
                let stands = words.iter().any(|it| **it == *note.name) && note.args.get("&").is_none();
                if stands && in_path(note.args.get("using").map(|it| &it.value)) {
                    path.join(&self.texts(id, 0).into_iter().next().unwrap_or_else(|| Text::known("")));
                }
            }
        }
        path
    }

    fn texts(&self, id: usize, at: usize) -> Vec<Text> {
        let Some(argument) = self.interpreter.noted(id).args.positional.get(at) else { return Vec::new() };
        let items =
            self.interpreter.items_of(&argument.value).unwrap_or_else(|| vec![argument.value.clone()]);
        let text = |it: &Value| match it {
            Value::Text(text) => (**text).clone(),
            _ => Text::hole("prefix"),
        };
        items.iter().map(text).collect()
    }

    fn run(&mut self, id: usize, before: &Text) {
        let note = self.interpreter.noted(id);
        let (name, env) = (note.name.clone(), note.env);
        let block = note.args.get("&").map(|it| it.value.clone());
        let count = note.args.positional.len();
        let table = self.api.table;
        let is = |words: &[String]| words.iter().any(|it| **it == *name);
        if let Some(verb) = table.verbs.get(&*name) {
            if count == 0 && !table.verb_needs_path {
                self.declare(before, std::slice::from_ref(verb), id);
            }
            if block.is_some() || !table.verb_needs_path {
                self.routes(id, 0, std::slice::from_ref(verb), before);
            }
        } else if is(&table.route) {
            let list = self.interpreter.noted(id).args.positional.first().map(|it| it.value.clone());
            let verbs = list.and_then(|it| super::views::verb_list(self.interpreter, &it));
            self.routes(id, 1, &verbs.unwrap_or_else(|| vec!["ANY".to_owned()]), before);
        } else if is(&table.namespace) || is(&table.parameter) || (is(&table.version) && block.is_some()) {
            let using = self.interpreter.noted(id).args.get("using").map(|it| it.value.clone());
            let mut own = self.texts(id, 0).into_iter().next().unwrap_or_else(|| Text::known(""));
            if is(&table.parameter) {
                own = own.map(|it| format!(":{it}"));
            }
            let mut below = before.clone();
            if !is(&table.version) || in_path(using.as_ref()) {
                below.join(&own);
            }
            if let (Some(block), true) = (block, self.depth < MAX_DEPTH) {
                self.depth += 1;
                let (notes, _) = self.interpreter.notes_of_call(&block, Args::default(), env);
                notes.for_each(|id| self.run(id, &below));
                self.depth -= 1;
            }
        } else if is(&table.mount) {
            self.mount(id, before);
        }
    }

    fn routes(&mut self, id: usize, at: usize, verbs: &[String], before: &Text) {
        for own in self.texts(id, at) {
            let mut path = before.clone();
            path.join(&own);
            self.declare(&path, verbs, id);
        }
    }

    /// `mount Orders`, `mount Orders => "/orders"`
    fn mount(&mut self, id: usize, before: &Text) {
        let note = self.interpreter.noted(id);
        let words = |it: &Argument| {
            let span = Span { source: note.span.source, start: it.start, end: it.end };
            self.store.sources.text(span).to_owned()
        };
        let mut mounts: Vec<(String, Text)> =
            note.args.positional.iter().map(|it| (words(it), Text::known(""))).collect();
        for (name, it) in &note.args.named {
            if let Value::Text(path) = &it.value {
                mounts.push((name.to_string(), (**path).clone()));
            }
        }
        for (name, path) in mounts {
            let Some(api) = find(self.apis, &name) else { continue };
            let mut below = before.clone();
            below.join(&path);
            let mount = Mounted { child: api.router, path: below, hidden: false, replaces: false };
            self.interpreter.graph.mount(self.api.router, mount);
        }
    }

    fn declare(&mut self, path: &Text, verbs: &[String], id: usize) {
        let note = self.interpreter.noted(id);
        let first = note.args.positional.iter().find(|it| it.end > 0);
        let span =
            first.map_or(note.span, |it| Span { source: note.span.source, start: it.start, end: it.end });
        // `/orders/?` is served with and without the slash.
        let path = path.map(|it| it.strip_suffix("/?").unwrap_or(it).to_owned());
        for path in segments::optional(&path) {
            let route = Declared { methods: verbs.to_vec(), path, hidden: false, span };
            self.interpreter.graph.declare(self.api.router, route);
        }
    }
}

/// Whether a version stands in the path, as it does unless something else is said.
fn in_path(using: Option<&Value>) -> bool {
    using.is_none_or(|it| it.known_text().as_deref() == Some("path"))
}
