//! Lists of URL patterns: which one is the outermost, and what follows from it through every `include`.

use std::collections::BTreeSet;

use super::plugins::{self, Open};
use super::settings::root_files;
use super::table::Urls;
use super::{has, last, regex as expression, views, viewsets};
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::interpret::{ANY_MODULE, EnvId, Interpreter, Value};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::Resolver;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

/// Lists in lists.
const MAX_DEPTH: usize = 24;

/// A list that is included by everything: the rest is not followed.
const MAX_PATTERNS: usize = 100_000;

/// Stands for what is unknown of an expression.
const HOLE: char = '\u{e000}';

/// Prefixes that one list stands under at the same place.
const MAX_PREFIXES: usize = 16;

/// Reads the outermost lists and all they include.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let mut roots = Vec::new();
    for (framework, table) in interpreter.store.tables.iter().enumerate() {
        let Some(table) = &table.urls else { continue };
        let files = root_files(interpreter, store, resolver, table, wanted);
        if files.is_empty() {
            unrooted(interpreter, store, framework, table, wanted);
        }
        let (mut included, mut open) = (BTreeSet::new(), Vec::new());
        for (file, settings) in files {
            interpreter.set_settings(settings);
            let root = interpreter.graph.add(framework, Made::App, Span::new(file, 0..0));
            let mut reader = Reader::new(interpreter, table, root);
            reader.file(file);
            included.insert(file);
            included.append(&mut reader.included);
            open.extend(reader.open.into_iter().map(|it| (root, it)));
            roots.push(root);
        }
        plugins::mount(interpreter, store, table, wanted, &included, open);
        // An application that puts its lists together when it starts.
        if !roots.is_empty() && roots.iter().all(|it| is_empty(interpreter, *it)) {
            unrooted(interpreter, store, framework, table, wanted);
        }
    }
    roots
}

fn is_empty(interpreter: &Interpreter<'_>, root: RouterId) -> bool {
    let router = &interpreter.graph.routers[root];
    router.routes.is_empty() && router.mounts.is_empty()
}

/// A library of patterns without settings: what none of its own lists includes stands at an unknown place.
fn unrooted<'a>(
    interpreter: &mut Interpreter<'a>,
    store: &Store<'_>,
    framework: usize,
    table: &'a Urls,
    wanted: &dyn Fn(&str) -> bool,
) {
    let files = store.written_in(&[Language::Python]).filter(|(_, it)| {
        let declares = it.text.contains(&table.list) && it.text.contains(&table.library);
        declares && wanted(&it.path) && !is_test(&it.path) && !is_example(&it.path)
    });
    let mut roots = Vec::new();
    let mut included = BTreeSet::new();
    for (file, _) in files {
        let root = interpreter.graph.add(framework, Made::Router, Span::new(file, 0..0));
        let mut reader = Reader::new(interpreter, table, root);
        reader.file(file);
        included.append(&mut reader.included);
        roots.push((root, file));
    }
    for (root, _) in roots.iter().filter(|(_, file)| included.contains(file)) {
        interpreter.graph.forget(*root);
    }
}

pub(super) struct Reader<'r, 'a> {
    pub(super) interpreter: &'r mut Interpreter<'a>,
    pub(super) table: &'a Urls,
    root: RouterId,
    seen: usize,
    /// The files whose lists are open.
    stack: Vec<SourceId>,
    /// The files whose lists another one includes.
    included: BTreeSet<SourceId>,
    /// Where lists are included of which nobody knows the modules.
    open: Vec<Open>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(super) fn new(
        interpreter: &'r mut Interpreter<'a>,
        table: &'a Urls,
        root: RouterId,
    ) -> Reader<'r, 'a> {
        let (included, open) = (BTreeSet::new(), Vec::new());
        Reader { interpreter, table, root, seen: 0, stack: Vec::new(), included, open }
    }

    /// Reads the list of a file.
    fn file(&mut self, file: SourceId) {
        self.list_in(file, &self.table.list, &[Text::known("")]);
    }

    /// Reads a list of a file by its name, below each of these prefixes.
    pub(super) fn list_in(&mut self, file: SourceId, name: &str, before: &[Text]) {
        let list = self.interpreter.name_of_file(file, name);
        self.stack.push(file);
        self.patterns(&list, before);
        self.stack.pop();
    }

    /// Reads a value that stands for patterns, below each of these prefixes.
    fn patterns(&mut self, value: &Value, before: &[Text]) {
        self.seen += 1;
        if self.stack.len() > MAX_DEPTH || self.seen > MAX_PATTERNS {
            return;
        }
        if let Some(items) = self.interpreter.items_of(value) {
            for item in items {
                self.patterns(&item, before);
            }
            return;
        }
        match value {
            Value::Noted(id) => self.note(*id, before),
            // `router.urls`, `api.urls`
            Value::Method(method) => {
                if let Some(router) = self.interpreter.router_of(&method.0) {
                    return self.mount(router, before);
                }
                viewsets::routes(self, &method.0, before);
            }
            // `import_module(plugin.name + ".urls").urlpatterns`
            Value::External(name) => {
                self.open
                    .extend(name.strip_prefix(ANY_MODULE).map(|it| Open::new(it, &self.table.list, before)));
            }
            _ => {}
        }
    }

    fn note(&mut self, id: usize, before: &[Text]) {
        let note = self.interpreter.noted(id);
        let (name, of) = (note.name.clone(), note.of.clone());
        if of.is_some() {
            // `router.get_urls()`
            if let (Some(of), "get_urls") = (of, &*name) {
                viewsets::routes(self, &of, before);
            }
            return;
        }
        let table = self.table;
        if has(&table.same, &name) {
            let all: Vec<Value> = note.args.positional.iter().map(|it| it.value.clone()).collect();
            all.iter().for_each(|it| self.patterns(it, before));
        } else if has(&table.locale, &name) {
            let all: Vec<Value> = note.args.positional.iter().map(|it| it.value.clone()).collect();
            let plain = note.args.get("prefix_default_language").map(|it| it.value.clone());
            let mut below = Vec::new();
            for text in before {
                if plain == Some(Value::Bool(false)) {
                    below.push(text.clone());
                }
                let mut text = text.clone();
                text.push(&Text::known("<language>/"));
                below.push(text);
            }
            all.iter().for_each(|it| self.patterns(it, &below));
        } else if name.starts_with(table.library.as_str()) && has(&table.template, &name) {
            self.pattern(id, before, false);
        } else if name.starts_with(table.library.as_str()) && has(&table.regex, &name) {
            self.pattern(id, before, true);
        } else if has(&table.include, &name) {
            self.include(id, before);
        }
    }

    /// `path("orders/", …)`
    fn pattern(&mut self, id: usize, before: &[Text], regex: bool) {
        let note = self.interpreter.noted(id);
        let argument = |at: usize, names: [&str; 2]| {
            let named = names.iter().find_map(|it| note.args.get(it));
            note.args.positional.get(at).or(named).cloned()
        };
        let (Some(path), Some(view)) = (argument(0, ["route", "regex"]), argument(1, ["view", "view"]))
        else {
            return;
        };
        let (env, source) = (note.env, note.span.source);
        let text = match &path.value {
            Value::Text(text) => (**text).clone(),
            _ => Text::hole("prefix"),
        };
        let below = prefixes(before, &text, regex);
        let included = match &view.value {
            Value::Noted(id) => {
                let note = self.interpreter.noted(*id);
                (note.of.is_none() && has(&self.table.include, &note.name)).then_some(*id)
            }
            _ => None,
        };
        if let Some(id) = included {
            return self.include(id, &below);
        }
        match &view.value {
            // `path("admin/", admin.site.urls)` is a library's, `path("api/", api.urls)` the application's.
            Value::External(name) if last(name) == "urls" => {}
            Value::Method(method) if &*method.1 == "urls" => self.patterns(&view.value, &below),
            Value::List(_) | Value::Router(_) => self.patterns(&view.value, &below),
            view => {
                let options = argument(2, ["kwargs", "kwargs"]).map(|it| it.value);
                let handlers = options.and_then(|it| views::handlers(self.interpreter, &it));
                let Some(methods) = handlers.or_else(|| views::methods(self, view, env)) else { return };
                let span = Span { source, start: path.start, end: path.end };
                below.iter().for_each(|it| self.interpreter.handled_by(span, it, &methods, view));
                self.declare(&below, &methods, span);
            }
        }
    }

    /// `include("orders.urls")`, `include((patterns, "orders"))`, `include(router.urls)`
    fn include(&mut self, id: usize, before: &[Text]) {
        let note = self.interpreter.noted(id);
        let Some(argument) = note.args.positional.first().or_else(|| note.args.get("arg")) else { return };
        let (mut value, env) = (argument.value.clone(), note.env);
        let span = Span { source: note.span.source, start: argument.start, end: argument.end };
        // A pair of the patterns and the application's name.
        if let Some(items) = self.interpreter.items_of(&value)
            && let [first, Value::Text(_), ..] = items.as_slice()
        {
            value = first.clone();
        }
        self.list_of(&value, before, env, span);
    }

    /// The routes of a library's list, which another version of it may not have.
    fn provided(&mut self, routes: &[String], before: &[Text], span: Span) {
        self.interpreter.graph.provided.insert(span);
        for (verbs, own) in routes.iter().filter_map(|it| it.split_once(' ')) {
            let paths: Vec<Text> =
                prefixes(before, &Text::known(own), false).into_iter().map(Text::unsure).collect();
            let verbs: Vec<String> = verbs.split(',').map(str::to_owned).collect();
            self.declare(&paths, &verbs, span);
        }
    }

    fn list_of(&mut self, value: &Value, before: &[Text], env: EnvId, span: Span) {
        if let Value::Text(name) = value
            && let Some(tail) = name.unknown_before().and_then(|it| it.strip_prefix('.'))
        {
            return self.open.push(Open::new(tail, &self.table.list, before));
        }
        let module = match value {
            Value::Text(text) => {
                let name = text.as_known();
                name.and_then(|it| self.interpreter.module_named(env, &it))
            }
            Value::Module(id) => Some(*id),
            _ => None,
        };
        let Some(module) = module else {
            let library = match value {
                Value::External(name) => Some(name.to_string()),
                value => value.known_text(),
            };
            let provided =
                library.and_then(|it| self.table.provides.get(it.trim_end_matches(".urlpatterns")));
            return match provided {
                Some(routes) => self.provided(routes, before, span),
                None => self.patterns(value, before),
            };
        };
        let Some(file) = self.interpreter.file_of_module(module) else { return };
        if self.stack.contains(&file) {
            return;
        }
        self.included.insert(file);
        let list = self.interpreter.name_of_module(module, &self.table.list);
        self.stack.push(file);
        self.patterns(&list, before);
        self.stack.pop();
    }

    fn mount(&mut self, child: RouterId, before: &[Text]) {
        for path in before {
            let mounted = Mounted { child, path: path.clone(), hidden: false, replaces: false };
            self.interpreter.graph.mount(self.root, mounted);
        }
    }

    /// Declares a route under each of these paths.
    pub(super) fn declare(&mut self, paths: &[Text], methods: &[String], span: Span) {
        for path in paths {
            let route = Declared { methods: methods.to_vec(), path: path.clone(), hidden: false, span };
            self.interpreter.graph.declare(self.root, route);
        }
    }
}

/// Appends a path to every prefix, as one text follows the other.
pub(super) fn prefixes(before: &[Text], path: &Text, regex: bool) -> Vec<Text> {
    let all = match path.as_known() {
        Some(known) if regex => expression::templates(&known).iter().map(|it| path.with(it)).collect(),
        // What is unknown within a group is a parameter all the same.
        _ if regex => {
            let forms = expression::templates(&path.marked(HOLE));
            forms.iter().map(|it| path.unmarked(it, HOLE)).collect()
        }
        _ => vec![path.clone()],
    };
    let joined = before.iter().flat_map(|prefix| {
        all.iter().map(move |path| {
            let mut text = prefix.clone();
            text.push(path);
            text
        })
    });
    joined.take(MAX_PREFIXES).collect()
}
