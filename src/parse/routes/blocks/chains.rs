//! Chains of calls on a facade: `Route::prefix("v1")->group(…)`, `Route::apiResource("orders", …)->only(…)`.

use std::collections::HashMap;

use super::last;
use super::macros::Macros;
use super::segments::{bracketed, optional_parameters};
use super::table::Chains;
use crate::parse::routes::MAX_ROUTES;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::{Args, Interpreter, Value};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources, Span};

/// Groups in groups, files in files.
const MAX_DEPTH: usize = 24;

pub(super) struct Reader<'r, 'a, 's> {
    pub(super) interpreter: &'r mut Interpreter<'a>,
    pub(super) sources: &'s Sources,
    pub(super) table: &'a Chains,
    pub(super) root: RouterId,
    /// Methods that the application gives the facade.
    pub(super) macros: Macros,
    /// The notes that each file made.
    notes: HashMap<SourceId, Vec<usize>>,
    open: Vec<SourceId>,
    depth: usize,
    declared: usize,
}

/// One call of a chain.
pub(super) struct Link {
    pub(super) id: usize,
    pub(super) method: Box<str>,
}

impl<'r, 'a, 's> Reader<'r, 'a, 's> {
    pub(super) fn new(
        interpreter: &'r mut Interpreter<'a>,
        sources: &'s Sources,
        table: &'a Chains,
        root: RouterId,
    ) -> Reader<'r, 'a, 's> {
        Reader {
            interpreter,
            sources,
            table,
            root,
            macros: Macros::default(),
            notes: HashMap::new(),
            open: Vec::new(),
            depth: 0,
            declared: 0,
        }
    }

    /// Whether a file has been read already.
    pub(super) fn has_read(&self, file: SourceId) -> bool {
        self.notes.contains_key(&file)
    }

    /// Reads a file of routes below a prefix.
    pub(super) fn file(&mut self, file: SourceId, before: &Text) {
        if self.open.contains(&file) {
            return;
        }
        let notes = match self.notes.get(&file) {
            Some(notes) => notes.clone(),
            None => {
                let notes = self.interpreter.notes_of_file(file);
                self.notes.insert(file, notes.clone());
                notes
            }
        };
        self.open.push(file);
        self.read(notes, before);
        self.open.pop();
    }

    /// Reads the chains that end in these notes.
    pub(super) fn read(&mut self, notes: Vec<usize>, before: &Text) {
        if self.depth >= MAX_DEPTH || self.declared >= MAX_ROUTES {
            return;
        }
        self.depth += 1;
        for id in notes {
            // A call whose result is called is read with that call.
            if self.interpreter.noted(id).then.is_empty() {
                self.chain(id, before);
            }
        }
        self.depth -= 1;
    }

    fn chain(&mut self, id: usize, before: &Text) {
        let links = self.links(id);
        if let Some(load) = links.iter().find(|it| self.table.load.iter().any(|word| **word == *it.method)) {
            return self.load(load.id, before);
        }
        if let Some(with) = links.iter().find(|it| &*it.method == "withRouting") {
            return self.with_routing(with.id, before);
        }
        if let Some((bundle, id)) = self.bundle(&links) {
            return self.declare_bundle(bundle, id, before);
        }
        // `Route::get(…)`, `$app->router->group(…)`
        let first = links.iter().position(|it| {
            let name = &self.interpreter.noted(it.id).name;
            let receiver = name.rsplit_once('.').map_or("", |(of, _)| last(of));
            self.table.receivers.iter().any(|it| it == receiver)
                || self.table.version.iter().any(|word| **word == *it.method)
                || self.is_router(it)
        });
        if let Some(first) = first {
            return self.routing(&links[first..], before);
        }
        // `$this->routes(fn)`, `$this->app->booted(fn)`: a function that is called at the start.
        for link in &links {
            self.functions(link.id, before);
        }
    }

    /// `app('router')`, `$this->app->make('router')`
    fn is_router(&self, link: &Link) -> bool {
        let first = self.interpreter.noted(link.id).args.positional.first();
        matches!(&*link.method, "app" | "make" | "resolve")
            && first
                .and_then(|it| it.value.known_text())
                .is_some_and(|it| matches!(last(&it), "router" | "Router" | "Registrar"))
    }

    /// The calls of a chain, the first one first.
    fn links(&self, id: usize) -> Vec<Link> {
        let mut links = Vec::new();
        let mut at = Some(id);
        while let Some(id) = at.filter(|_| links.len() < 64) {
            let note = self.interpreter.noted(id);
            links.push(Link { id, method: last(&note.name).into() });
            at = note.of.as_ref().and_then(|it| self.interpreter.note_of(it));
            // An object of the project's own provider is where a chain begins.
            if matches!(note.of, Some(Value::Instance(_))) {
                break;
            }
        }
        links.reverse();
        links
    }

    fn functions(&mut self, id: usize, before: &Text) {
        let values: Vec<Value> = self.interpreter.noted(id).args.all().map(|it| it.value.clone()).collect();
        for value in values.iter().filter(|it| matches!(it, Value::Func(_))) {
            self.block(value, id, before);
        }
    }

    /// Runs a function that declares routes.
    pub(super) fn block(&mut self, function: &Value, id: usize, before: &Text) {
        let env = self.interpreter.noted(id).env;
        let args = Args::of([Value::External("$router".into())]);
        let (notes, _) = self.interpreter.notes_of_call(function, args, env);
        self.read(notes, before);
    }

    fn routing(&mut self, links: &[Link], before: &Text) {
        let table = self.table;
        let mut prefix = before.clone();
        for (at, link) in links.iter().enumerate() {
            let method = &*link.method;
            let is = |words: &[String]| words.iter().any(|it| it == method);
            if is(&table.prefix) {
                prefix.join(&self.text(link.id, 0));
            } else if is(&table.group) {
                return self.group(link.id, &prefix);
            } else if is(&table.version) {
                return self.group(link.id, &prefix.clone().unsure());
            } else if is(&table.resource)
                || is(&table.api_resource)
                || is(&table.singleton)
                || is(&table.api_singleton)
            {
                return super::resources::declare(self, link.id, method, &self.after(links, at), &prefix);
            } else if method == "macro" || method == "mixin" {
                return self.define(link.id, method);
            } else if method == "fallback" {
                prefix.join(&Text::known("{fallback:path}"));
                return self.declare(&prefix, &["GET".to_owned()], link.id);
            } else if let Some(verbs) = table.verbs.get(method) {
                return self.route(link.id, 0, verbs, &links[at + 1..], prefix);
            } else if is(&table.matching) {
                let list = self.argument(link.id, 0).cloned();
                let verbs = list.and_then(|it| super::views::verb_list(self.interpreter, &it));
                let verbs = verbs.unwrap_or_else(|| vec!["ANY".to_owned()]);
                return self.route(link.id, 1, &verbs, &links[at + 1..], prefix);
            } else if self.is_macro(method) {
                return self.run_macro(link.id, method, &prefix);
            } else {
                self.macros.unknown.push((link.id, method.into(), prefix.clone()));
            }
        }
    }

    /// The calls after a call of a chain.
    fn after(&self, links: &[Link], at: usize) -> Vec<(usize, Box<str>)> {
        links[at + 1..].iter().map(|it| (it.id, it.method.clone())).collect()
    }

    /// The text of an argument, unknown where it is not constant.
    pub(super) fn text(&self, id: usize, at: usize) -> Text {
        match self.argument(id, at) {
            Some(Value::Text(text)) => (**text).clone(),
            Some(Value::Bool(false)) | None => Text::known(""),
            Some(_) => Text::hole("prefix"),
        }
    }

    /// An argument by its place, or by the name that the framework gives its parameter.
    pub(super) fn argument(&self, id: usize, at: usize) -> Option<&Value> {
        const NAMES: [&[&str]; 3] =
            [&["uri", "prefix", "name", "methods", "resources"], &["uri", "controller"], &["options"]];
        let args = &self.interpreter.noted(id).args;
        let named = || NAMES.get(at)?.iter().find_map(|it| args.get(it));
        args.positional.get(at).or_else(named).map(|it| &it.value)
    }

    /// Declares a route; optional parameters at its end give several paths.
    pub(super) fn declare(&mut self, path: &Text, verbs: &[String], id: usize) {
        self.declared += 1;
        let span = self.place(id);
        for path in bracketed(path).iter().flat_map(optional_parameters) {
            let route = Declared { methods: verbs.to_vec(), path, hidden: false, span };
            self.interpreter.graph.declare(self.root, route);
        }
    }

    /// The first text of a call, else the call.
    pub(super) fn place(&self, id: usize) -> Span {
        let note = self.interpreter.noted(id);
        let first = note.args.positional.iter().find(|it| matches!(it.value, Value::Text(_)) && it.end > 0);
        first.map_or(note.span, |it| Span { source: note.span.source, start: it.start, end: it.end })
    }
}
