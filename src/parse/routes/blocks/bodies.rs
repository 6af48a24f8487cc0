//! What the body of a class of routes declares, and the classes that it mounts.

use std::collections::{BTreeSet, HashMap};

use super::apis::{Api, find};
use super::segments;
use crate::parse::routes::MAX_ROUTES;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::{Args, Argument, EnvId, Interpreter, Value};
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Scopes in scopes, classes in classes.
const MAX_DEPTH: usize = 16;

/// The parts of a path before a route's own. A class that says its own prefix or version says it in place of what
/// the class around it says.
#[derive(Clone, Default)]
pub(super) struct Place {
    mounted: Option<Text>,
    prefix: Option<Text>,
    version: Option<Text>,
    namespace: Option<Text>,
}

impl Place {
    /// Everything below a path.
    pub(super) fn below(path: Text) -> Place {
        Place { mounted: Some(path), ..Place::default() }
    }

    fn path(&self) -> Text {
        let mut path = Text::known("");
        for part in [&self.mounted, &self.prefix, &self.version, &self.namespace].into_iter().flatten() {
            path.join(part);
        }
        path
    }
}

fn joined(before: &Option<Text>, path: &Text) -> Option<Text> {
    let mut text = before.clone().unwrap_or_else(|| Text::known(""));
    text.join(path);
    Some(text)
}

pub(super) struct Reader<'r, 'a, 's> {
    pub(super) interpreter: &'r mut Interpreter<'a>,
    store: &'s Store<'s>,
    apis: &'s [Api<'a>],
    /// The notes that the body of each class made, and each file outside of classes.
    bodies: &'s HashMap<EnvId, Vec<usize>>,
    read: BTreeSet<usize>,
    open: Vec<usize>,
    depth: usize,
    declared: usize,
    at: usize,
    router: RouterId,
}

impl<'r, 'a, 's> Reader<'r, 'a, 's> {
    pub(super) fn new(
        interpreter: &'r mut Interpreter<'a>,
        store: &'s Store<'s>,
        apis: &'s [Api<'a>],
        bodies: &'s HashMap<EnvId, Vec<usize>>,
    ) -> Reader<'r, 'a, 's> {
        Reader {
            interpreter,
            store,
            apis,
            bodies,
            read: BTreeSet::new(),
            open: Vec::new(),
            depth: 0,
            declared: 0,
            at: 0,
            router: 0,
        }
    }

    /// Whether a class has been read below another one or by itself.
    pub(super) fn has_read(&self, api: usize) -> bool {
        self.read.contains(&api)
    }

    /// The classes that others mount, by the words of their bodies.
    pub(super) fn mounted_by_others(&self) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (at, api) in self.apis.iter().enumerate() {
            for &id in self.bodies.get(&api.env).into_iter().flatten() {
                let is_mount = api.table.mount.iter().any(|it| **it == *self.interpreter.noted(id).name);
                if is_mount {
                    let mounts = self.mounts(id).into_iter().filter_map(|(name, _)| find(self.apis, &name));
                    found.extend(mounts.filter(|it| *it != at));
                }
            }
        }
        found
    }

    /// Reads a class at a place.
    pub(super) fn api(&mut self, api: usize, router: RouterId, mut place: Place) {
        if self.open.contains(&api) || self.open.len() >= MAX_DEPTH || self.declared >= MAX_ROUTES {
            return;
        }
        self.read.insert(api);
        self.open.push(api);
        let before = (self.at, self.router);
        (self.at, self.router) = (api, router);
        let words = self.words(api, 0);
        self.settings(&words, &mut place);
        let inherited = place.version.take();
        let versions = self.versions(&words);
        let versions = if versions.is_empty() { vec![inherited] } else { versions };
        for version in versions {
            let place = Place { version, ..place.clone() };
            words.iter().for_each(|id| self.run(*id, &place));
        }
        (self.at, self.router) = before;
        self.open.pop();
    }

    /// The words of a class: those of the project's class that it is derived from, of the modules that it includes,
    /// and its own.
    fn words(&mut self, api: usize, depth: usize) -> Vec<usize> {
        let it = &self.apis[api];
        let mut found = Vec::new();
        if let (Some(base), true) = (it.base, depth < MAX_DEPTH) {
            let of_base = self.words(base, depth + 1);
            // Where there are settings these are all that is inherited.
            let inherits = |id: &usize| it.table.prefix.is_empty() || self.is_setting(api, *id);
            found.extend(of_base.into_iter().filter(inherits));
        }
        for &id in self.bodies.get(&it.env).into_iter().flatten() {
            let note = self.interpreter.noted(id);
            found.push(id);
            if &*note.name == "include" && note.class.is_some() {
                let modules: Vec<Value> = note.args.positional.iter().map(|it| it.value.clone()).collect();
                modules.iter().for_each(|it| found.extend(self.included(it)));
            }
        }
        found
    }

    /// What a module does to a class that includes it: `included do … end`.
    fn included(&mut self, module: &Value) -> Vec<usize> {
        let Value::Class(class) = module else { return Vec::new() };
        let hooks: Vec<usize> = self
            .interpreter
            .notes_of_class(class.env)
            .into_iter()
            .filter(|id| &*self.interpreter.noted(*id).name == "included")
            .collect();
        let mut found = Vec::new();
        for id in hooks {
            let note = self.interpreter.noted(id);
            let env = note.env;
            if let Some(block) = note.args.get("&").map(|it| it.value.clone()) {
                found.extend(self.interpreter.notes_of_call(&block, Args::default(), env).0);
            }
        }
        found
    }

    fn is_setting(&self, api: usize, id: usize) -> bool {
        let table = self.apis[api].table;
        let note = self.interpreter.noted(id);
        let named = [&table.prefix, &table.version].into_iter().flatten().any(|it| **it == *note.name);
        named && note.args.get("&").is_none()
    }

    /// `prefix :api`, wherever in the class it stands.
    fn settings(&self, words: &[usize], place: &mut Place) {
        let table = self.apis[self.at].table;
        for &id in words.iter().filter(|it| self.is_setting(self.at, **it)) {
            let note = self.interpreter.noted(id);
            if table.prefix.iter().any(|it| **it == *note.name) {
                place.prefix = self.texts(id, 0).into_iter().next();
            } else if !in_path(note.args.get("using").map(|it| &it.value)) {
                // The version stands in a header.
                place.version = None;
            }
        }
    }

    /// `version "v1", "v2", using: :path`
    fn versions(&self, words: &[usize]) -> Vec<Option<Text>> {
        let table = self.apis[self.at].table;
        let said = words.iter().rev().find(|it| {
            let note = self.interpreter.noted(**it);
            self.is_setting(self.at, **it) && table.version.iter().any(|it| **it == *note.name)
        });
        let Some(&said) = said else { return Vec::new() };
        let args = &self.interpreter.noted(said).args;
        if !in_path(args.get("using").map(|it| &it.value)) {
            return vec![None];
        }
        (0..args.positional.len()).flat_map(|at| self.texts(said, at)).map(Some).collect()
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

    fn run(&mut self, id: usize, place: &Place) {
        let note = self.interpreter.noted(id);
        let (name, env) = (note.name.clone(), note.env);
        let block = note.args.get("&").map(|it| it.value.clone());
        let count = note.args.positional.len();
        let table = self.apis[self.at].table;
        let is = |words: &[String]| words.iter().any(|it| **it == *name);
        if let Some(verb) = table.verbs.get(&*name) {
            if count == 0 && !table.verb_needs_path {
                self.declare(&place.path(), std::slice::from_ref(verb), id);
            }
            if block.is_some() || !table.verb_needs_path {
                self.routes(id, 0, std::slice::from_ref(verb), place);
            }
        } else if is(&table.route) {
            let list = self.interpreter.noted(id).args.positional.first().map(|it| it.value.clone());
            let verbs = list.and_then(|it| super::views::verb_list(self.interpreter, &it));
            self.routes(id, 1, &verbs.unwrap_or_else(|| vec!["ANY".to_owned()]), place);
        } else if is(&table.namespace) || is(&table.parameter) || (is(&table.version) && block.is_some()) {
            let using = self.interpreter.noted(id).args.get("using").map(|it| it.value.clone());
            let mut own = self.texts(id, 0).into_iter().next().unwrap_or_else(|| Text::known(""));
            if is(&table.parameter) {
                own = own.map(|it| format!(":{it}"));
            }
            let mut below = place.clone();
            if !is(&table.version) {
                below.namespace = match &place.namespace {
                    Some(before) if table.appends && own.begins_known() => {
                        let mut text = before.clone();
                        text.push(&own);
                        Some(text)
                    }
                    before => joined(before, &own),
                };
            } else if in_path(using.as_ref()) {
                below.version = Some(own);
            }
            if let (Some(block), true) = (block, self.depth < MAX_DEPTH) {
                self.depth += 1;
                let (notes, _) = self.interpreter.notes_of_call(&block, Args::default(), env);
                notes.iter().for_each(|id| self.run(*id, &below));
                self.depth -= 1;
            }
        } else if is(&table.mount) {
            for (name, path) in self.mounts(id) {
                let Some(api) = find(self.apis, &name) else { continue };
                let mut below = place.clone();
                if !path.is_empty() {
                    below.mounted = joined(&place.mounted, &path);
                }
                self.api(api, self.router, below);
            }
        } else if let (Some(method), true) = (self.word_of_class(id), self.depth < MAX_DEPTH) {
            self.depth += 1;
            let args = self.interpreter.noted(id).args.clone();
            let (notes, _) = self.interpreter.notes_of_call(&method, args, env);
            notes.iter().for_each(|id| self.run(*id, place));
            self.depth -= 1;
        }
    }

    /// The method of a class around that a word without a receiver stands for.
    fn word_of_class(&mut self, id: usize) -> Option<Value> {
        let note = self.interpreter.noted(id);
        let name = note.name.clone();
        if note.of.is_some() {
            return None;
        }
        let mut at = Some(self.at);
        for _ in 0..MAX_DEPTH {
            let api = &self.apis[at?];
            let class = api.class.as_ref()?;
            if let Some(method) = self.interpreter.method_of_class(class, &name) {
                return Some(Value::Func(method));
            }
            at = api.base;
        }
        None
    }

    fn routes(&mut self, id: usize, at: usize, verbs: &[String], place: &Place) {
        for own in self.texts(id, at) {
            // A regular expression, or what only the running program knows.
            if own == Text::hole("prefix") {
                continue;
            }
            let mut path = place.path();
            // `namespace "/orders" do get ".json"` is `/orders.json`.
            if self.apis[self.at].table.appends && place.namespace.is_some() && own.begins_known() {
                path.push(&own);
            } else {
                path.join(&own);
            }
            self.declare(&path, verbs, id);
        }
    }

    /// `mount Orders`, `mount Orders => "/orders"`: the names as they are written, with the paths.
    fn mounts(&self, id: usize) -> Vec<(String, Text)> {
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
        mounts
    }

    fn declare(&mut self, path: &Text, verbs: &[String], id: usize) {
        self.declared += 1;
        let note = self.interpreter.noted(id);
        let first = note.args.positional.iter().find(|it| it.end > 0);
        let span =
            first.map_or(note.span, |it| Span { source: note.span.source, start: it.start, end: it.end });
        // `/orders/?` is served with and without the slash, `/orders/?:id?` with and without what follows.
        let path = path.map(|it| it.strip_suffix("/?").unwrap_or(it).replace("/?", "/"));
        if self.interpreter.keeps_handlers() {
            let args = note.args.clone();
            self.interpreter.handled(self.router, span, &path, verbs, &args);
        }
        for path in segments::optional(&path) {
            let route = Declared { methods: verbs.to_vec(), path, hidden: false, span };
            self.interpreter.graph.declare(self.router, route);
        }
    }
}

/// Whether a version stands in the path, as it does unless something else is said.
fn in_path(using: Option<&Value>) -> bool {
    using.is_none_or(|it| it.known_text().as_deref() == Some("path"))
}
