//! Words that open scopes: `namespace :admin do`, `resources :orders do`, `member do`.

use std::collections::HashMap;

use super::segments;
use super::table::Scopes;
use crate::parse::routes::MAX_ROUTES;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::{Args, ClassValue, EnvId, Interpreter, Value};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources, Span};

/// Scopes in scopes.
const MAX_DEPTH: usize = 24;

/// Where a word stands.
#[derive(Clone)]
pub(super) struct Scope {
    /// Before every path.
    pub(super) path: Text,
    /// Before the paths about one object of a shallow resource.
    pub(super) shallow_path: Text,
    pub(super) shallow: bool,
    pub(super) resource: Option<Resource>,
    pub(super) level: Level,
    /// Options that every word of the block is given.
    pub(super) options: Vec<(Box<str>, Value)>,
    /// The folder of the controllers: `admin/`.
    pub(super) module: String,
    /// The controller that a scope names.
    pub(super) controller: String,
}

/// The resource whose block is open.
#[derive(Clone)]
pub(super) struct Resource {
    /// What stands before its own path, that path, and whether one object of it stands elsewhere.
    pub(super) outer: Text,
    pub(super) own: Text,
    pub(super) shallow: bool,
    pub(super) collection: Text,
    pub(super) member: Text,
    pub(super) nested: Text,
    /// What stands between the collection and what is about one object, as such and around what is nested.
    pub(super) parameters: [Text; 2],
    /// Its controller: `admin/orders`.
    pub(super) controller: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Outside of a resource, or below one of its objects.
    Plain,
    /// In a resource, where nothing says what a route is about.
    Resource,
    /// In a resource's `collection` or `member`.
    Inside,
}

impl Scope {
    /// The outermost scope, below a path.
    pub(super) fn below(path: Text) -> Scope {
        Scope {
            shallow_path: path.clone(),
            path,
            shallow: false,
            resource: None,
            level: Level::Plain,
            options: Vec::new(),
            module: String::new(),
            controller: String::new(),
        }
    }
}

pub(super) struct Reader<'r, 'a, 's> {
    pub(super) interpreter: &'r mut Interpreter<'a>,
    pub(super) sources: &'s Sources,
    pub(super) table: &'a Scopes,
    root: RouterId,
    /// Whether resources have no pages with forms.
    pub(super) api_only: bool,
    /// The files with the routes of engines, by the engine's name.
    pub(super) engines: &'s HashMap<String, Vec<SourceId>>,
    pub(super) concerns: HashMap<String, (Value, EnvId)>,
    /// Modules and classes whose methods are words, too.
    pub(super) words: Vec<ClassValue>,
    notes: HashMap<SourceId, Vec<usize>>,
    pub(super) open: Vec<SourceId>,
    /// What was mounted and is no engine of the project: its name and the path.
    pub(super) mounted: Vec<(String, Text)>,
    depth: usize,
    declared: usize,
}

/// A word with its arguments.
pub(super) struct Word {
    pub(super) id: usize,
    pub(super) name: Box<str>,
    pub(super) positional: Vec<Value>,
    pub(super) named: Vec<(Box<str>, Value)>,
    pub(super) block: Option<Value>,
    pub(super) env: EnvId,
}

impl Word {
    pub(super) fn option(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(it, _)| &**it == name).map(|(_, it)| it)
    }
}

impl<'r, 'a, 's> Reader<'r, 'a, 's> {
    pub(super) fn new(
        interpreter: &'r mut Interpreter<'a>,
        sources: &'s Sources,
        table: &'a Scopes,
        root: RouterId,
        api_only: bool,
        engines: &'s HashMap<String, Vec<SourceId>>,
        words: Vec<ClassValue>,
    ) -> Reader<'r, 'a, 's> {
        Reader {
            interpreter,
            sources,
            table,
            root,
            api_only,
            engines,
            concerns: HashMap::new(),
            words,
            notes: HashMap::new(),
            open: Vec::new(),
            mounted: Vec::new(),
            depth: 0,
            declared: 0,
        }
    }

    /// Reads a file in a scope.
    pub(super) fn file(&mut self, file: SourceId, scope: &Scope) {
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
        self.read(notes, scope);
        self.open.pop();
    }

    fn read(&mut self, notes: Vec<usize>, scope: &Scope) {
        if self.depth >= MAX_DEPTH || self.declared >= MAX_ROUTES {
            return;
        }
        self.depth += 1;
        for id in notes {
            let word = self.word(id, scope);
            self.run(&word, scope);
        }
        self.depth -= 1;
    }

    fn word(&self, id: usize, scope: &Scope) -> Word {
        let note = self.interpreter.noted(id);
        let mut named: Vec<(Box<str>, Value)> = Vec::new();
        let mut block = None;
        for (name, it) in &note.args.named {
            if &**name == "&" {
                block = Some(it.value.clone())
            } else {
                named.push((name.clone(), it.value.clone()))
            }
        }
        let mut positional: Vec<Value> = note.args.positional.iter().map(|it| it.value.clone()).collect();
        // Options in braces, or in a variable.
        if let Some(entries) = positional.last().and_then(|it| self.interpreter.entries_of(it)) {
            named.extend(entries.iter().cloned());
            positional.pop();
        }
        for (name, value) in &scope.options {
            if !named.iter().any(|(it, _)| it == name) {
                named.push((name.clone(), value.clone()));
            }
        }
        Word { id, name: super::last(&note.name).into(), positional, named, block, env: note.env }
    }

    fn run(&mut self, word: &Word, scope: &Scope) {
        let table = self.table;
        let is = |words: &[String]| words.iter().any(|it| **it == *word.name);
        if is(&table.skip) {
        } else if is(&table.draw) {
            self.draw(word, scope);
        } else if is(&table.eval) && word.block.is_none() {
            self.eval(word, scope);
        } else if is(&table.namespace) || is(&table.scope) {
            self.scope(word, scope, is(&table.namespace));
        } else if is(&table.resources) || is(&table.resource) {
            self.resources(word, scope, is(&table.resource));
        } else if is(&table.root) {
            let place = match &scope.resource {
                Some(resource) if scope.level == Level::Resource => resource.collection.clone(),
                _ => scope.path.clone(),
            };
            let via = word.option("via");
            let verbs = via.and_then(|it| super::views::verb_list(self.interpreter, it));
            self.declare(&place, &verbs.unwrap_or_else(|| vec!["GET".to_owned()]), word.id);
        } else if let Some(verb) = table.verbs.get(&*word.name) {
            self.routes(word, scope, std::slice::from_ref(verb));
        } else if is(&table.matching) {
            let via = word.option("via");
            let verbs = via.and_then(|it| super::views::verb_list(self.interpreter, it));
            self.routes(word, scope, &verbs.unwrap_or_else(|| vec!["ANY".to_owned()]));
        } else if is(&table.mount) {
            self.mount(word, scope);
        } else if is(&table.concern) {
            // `concern :priced, Priced.new` calls a method of the object.
            let block = word.block.clone().or_else(|| self.method(word.positional.get(1)?, "call"));
            if let (Some(name), Some(block)) = (word.positional.first().and_then(Value::known_text), block) {
                self.concerns.insert(name, (block, word.env));
            }
        } else if is(&table.concerns) {
            for name in word.positional.iter().flat_map(|it| self.texts(it)).collect::<Vec<_>>() {
                self.concern(&name, &word.named, scope);
            }
        } else if is(&table.options) {
            let mut below = scope.clone();
            below.options.clone_from(&word.named);
            self.block(word, &below);
        } else if is(&table.collection) || is(&table.member) || is(&table.nested) {
            self.part(word, scope, is(&table.member), is(&table.nested));
        } else if is(&table.page) && scope.resource.is_some() && word.block.is_some() {
            self.page(word, scope);
        } else if is(&table.shallow) {
            let below = Scope { shallow: true, ..scope.clone() };
            self.block(word, &below);
        } else if let Some(library) = table.library.iter().find(|it| *it.word == *word.name) {
            self.library(word, scope, library);
        } else if is(&table.extend) {
            self.extend(word, scope);
        } else if let Some(method) = self.added(word) {
            let args = self.interpreter.noted(word.id).args.clone();
            self.call(&method, args, word.env, scope);
        } else {
            // `constraints(…) do`, `authenticate :user do`, `defaults format: :json do`
            self.block(word, scope);
        }
    }

    /// Runs the block of a word.
    pub(super) fn block(&mut self, word: &Word, scope: &Scope) {
        if let Some(block) = &word.block {
            let args = Args::of([Value::External("routes".into())]);
            self.call(block, args, word.env, scope);
        }
    }

    pub(super) fn call(&mut self, block: &Value, args: Args, env: EnvId, scope: &Scope) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let (notes, _) = self.interpreter.notes_of_call(block, args, env);
        self.read(notes, scope);
    }

    pub(super) fn texts(&self, value: &Value) -> Vec<String> {
        let items = self.interpreter.items_of(value).unwrap_or_else(|| vec![value.clone()]);
        items.iter().filter_map(Value::known_text).collect()
    }

    /// The first argument of a call, else the call.
    pub(super) fn place(&self, id: usize) -> Span {
        let note = self.interpreter.noted(id);
        let first = note.args.all().find(|it| it.end > 0);
        first.map_or(note.span, |it| Span { source: note.span.source, start: it.start, end: it.end })
    }

    pub(super) fn declare(&mut self, path: &Text, verbs: &[String], id: usize) {
        self.declared += 1;
        let span = self.place(id);
        for path in segments::optional(path) {
            let route = Declared { methods: verbs.to_vec(), path, hidden: false, span };
            self.interpreter.graph.declare(self.root, route);
        }
    }
}

/// A path, unknown where it is not constant.
pub(super) fn text_of(value: &Value) -> Text {
    match value {
        Value::Text(text) => (**text).clone(),
        // `path: nil`
        Value::Bool(_) => Text::known(""),
        _ => Text::hole("prefix"),
    }
}

pub(super) fn as_text(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some((**text).clone()),
        _ => None,
    }
}
