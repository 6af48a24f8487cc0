//! Words that open scopes: `namespace :admin do`, `resources :orders do`, `member do`.

use std::collections::HashMap;
use std::ops::Range;

use super::segments;
use super::table::Scopes;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::{Args, EnvId, Interpreter, Value};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Sources, Span};

/// Scopes in scopes.
const MAX_DEPTH: usize = 24;

/// Routes of an application that draws its files in a circle.
const MAX_ROUTES: usize = 100_000;

/// Where a word stands.
#[derive(Clone)]
pub(super) struct Scope {
    /// Before every path.
    pub(super) path: Text,
    /// Before the paths about one object of a shallow resource.
    shallow_path: Text,
    shallow: bool,
    resource: Option<Resource>,
    level: Level,
    /// Options that every word of the block is given.
    options: Vec<(Box<str>, Value)>,
}

/// The resource whose block is open.
#[derive(Clone)]
struct Resource {
    collection: Text,
    member: Text,
    nested: Text,
    /// What stands between the collection and what is about one object, as such and around what is nested.
    parameters: [Text; 2],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
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
        }
    }
}

pub(super) struct Reader<'r, 'a, 's> {
    pub(super) interpreter: &'r mut Interpreter<'a>,
    pub(super) sources: &'s Sources,
    table: &'static Scopes,
    root: RouterId,
    /// Whether resources have no pages with forms.
    api_only: bool,
    /// The files with the routes of engines, by the engine's name.
    engines: &'s HashMap<String, Vec<SourceId>>,
    concerns: HashMap<String, (Value, EnvId)>,
    notes: HashMap<SourceId, Range<usize>>,
    open: Vec<SourceId>,
    /// What was mounted and is no engine of the project: its name and the path.
    pub(super) mounted: Vec<(String, Text)>,
    depth: usize,
    declared: usize,
}

/// A word with its arguments.
struct Word {
    id: usize,
    name: Box<str>,
    positional: Vec<Value>,
    named: Vec<(Box<str>, Value)>,
    block: Option<Value>,
    env: EnvId,
}

impl Word {
    fn option(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(it, _)| &**it == name).map(|(_, it)| it)
    }
}

impl<'r, 'a, 's> Reader<'r, 'a, 's> {
    pub(super) fn new(
        interpreter: &'r mut Interpreter<'a>,
        sources: &'s Sources,
        table: &'static Scopes,
        root: RouterId,
        api_only: bool,
        engines: &'s HashMap<String, Vec<SourceId>>,
    ) -> Reader<'r, 'a, 's> {
        Reader {
            interpreter,
            sources,
            table,
            root,
            api_only,
            engines,
            concerns: HashMap::new(),
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

    fn read(&mut self, notes: Range<usize>, scope: &Scope) {
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
        } else if is(&table.namespace) || is(&table.scope) {
            self.scope(word, scope, is(&table.namespace));
        } else if is(&table.resources) || is(&table.resource) {
            self.resources(word, scope, is(&table.resource));
        } else if is(&table.root) {
            let place = match &scope.resource {
                Some(resource) if scope.level == Level::Resource => resource.collection.clone(),
                _ => scope.path.clone(),
            };
            self.declare(&place, &["GET".to_owned()], word.id);
        } else if let Some(verb) = table.verbs.get(&*word.name) {
            self.routes(word, scope, &[verb.clone()]);
        } else if is(&table.matching) {
            let via = word.option("via");
            let verbs = via.and_then(|it| super::views::verb_list(self.interpreter, it));
            self.routes(word, scope, &verbs.unwrap_or_else(|| vec!["ANY".to_owned()]));
        } else if is(&table.mount) {
            self.mount(word, scope);
        } else if is(&table.concern) {
            if let (Some(name), Some(block)) =
                (word.positional.first().and_then(Value::known_text), &word.block)
            {
                self.concerns.insert(name, (block.clone(), word.env));
            }
        } else if is(&table.concerns) {
            for name in word.positional.iter().flat_map(|it| self.texts(it)).collect::<Vec<_>>() {
                self.concern(&name, scope);
            }
        } else if is(&table.options) {
            let mut below = scope.clone();
            below.options.clone_from(&word.named);
            self.block(word, &below);
        } else if is(&table.collection) || is(&table.member) || is(&table.nested) {
            self.part(word, scope, is(&table.member), is(&table.nested));
        } else if is(&table.shallow) {
            let below = Scope { shallow: true, ..scope.clone() };
            self.block(word, &below);
        } else {
            // `constraints(…) do`, `authenticate :user do`, `defaults format: :json do`
            self.block(word, scope);
        }
    }

    /// Runs the block of a word.
    fn block(&mut self, word: &Word, scope: &Scope) {
        if let Some(block) = &word.block {
            self.call(block, word.env, scope);
        }
    }

    fn call(&mut self, block: &Value, env: EnvId, scope: &Scope) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        let args = Args::of([Value::External("routes".into())]);
        let (notes, _) = self.interpreter.notes_of_call(block, args, env);
        self.read(notes, scope);
    }

    /// `Rails.application.routes.draw do`, `draw(:api)`
    fn draw(&mut self, word: &Word, scope: &Scope) {
        if word.block.is_some() {
            return self.block(word, scope);
        }
        let Some(name) = word.positional.first().and_then(Value::known_text) else { return };
        let source = self.interpreter.noted(word.id).span.source;
        let from = self.sources.path(source);
        let Some(at) = from.rfind("config/routes") else { return };
        let path = format!("{}config/routes/{name}.rb", &from[..at]);
        if let Some(file) = self.sources.id(&path) {
            self.file(file, scope);
        }
    }

    fn scope(&mut self, word: &Word, scope: &Scope, names: bool) {
        // Only a namespace stands below one object of the resource around it.
        let mut below = if names { self.opened(scope) } else { scope.clone() };
        let mut own = Text::known("");
        match word.option("path") {
            Some(value) => own.join(&text_of(value)),
            None => word.positional.iter().for_each(|it| own.join(&text_of(it))),
        }
        if names && word.positional.is_empty() && word.option("path").is_none() {
            own = Text::hole("prefix");
        }
        below.path.join(&own);
        if let (Some(resource), false) = (&mut below.resource, own.is_empty()) {
            let beside = |parameter: &Text| {
                let mut path = below.path.clone();
                path.join(parameter);
                path
            };
            resource.collection = below.path.clone();
            resource.member = beside(&resource.parameters[0]);
            resource.nested = beside(&resource.parameters[1]);
        }
        let shallow_path = word.option("shallow_path").map(text_of);
        below.shallow_path.join(&shallow_path.unwrap_or(own));
        if let Some(value) = word.option("shallow") {
            below.shallow = *value != Value::Bool(false);
        }
        for name in ["only", "except"] {
            if let Some(value) = word.option(name).filter(|_| !names || word.option(name).is_some()) {
                below.options.push((name.into(), value.clone()));
            }
        }
        self.block(word, &below);
        for name in word.option("concerns").map(|it| self.texts(it)).unwrap_or_default() {
            self.concern(&name, &below);
        }
    }

    /// The scope in which a word in a resource's block opens another one: below one of its objects.
    fn opened(&self, scope: &Scope) -> Scope {
        let mut below = scope.clone();
        if let (Some(resource), Level::Resource) = (&scope.resource, scope.level) {
            below.path = resource.nested.clone();
        }
        below.resource = None;
        below.level = Level::Plain;
        below
    }

    /// `collection do`, `member do`, `nested do`
    fn part(&mut self, word: &Word, scope: &Scope, member: bool, nested: bool) {
        let Some(resource) = &scope.resource else { return self.block(word, scope) };
        let mut below = scope.clone();
        below.level = Level::Inside;
        below.path = if nested {
            resource.nested.clone()
        } else if member {
            resource.member.clone()
        } else {
            resource.collection.clone()
        };
        self.block(word, &below);
    }

    fn concern(&mut self, name: &str, scope: &Scope) {
        if let Some((block, env)) = self.concerns.get(name).cloned() {
            self.call(&block, env, scope);
        }
    }

    fn resources(&mut self, word: &Word, scope: &Scope, single: bool) {
        let names: Vec<Text> = word.positional.iter().filter_map(as_text).collect();
        let only = word.option("only").map(|it| self.texts(it));
        let except = word.option("except").map(|it| self.texts(it)).unwrap_or_default();
        let path_names = word.option("path_names").and_then(|it| self.interpreter.entries_of(it));
        let path_names: Vec<(Box<str>, Value)> = path_names.unwrap_or_default().to_vec();
        let param = word.option("param").and_then(Value::known_text);
        let shallow = word.option("shallow").map_or(scope.shallow, |it| *it != Value::Bool(false));
        let outer = self.opened(scope);
        let is_nested = scope.resource.is_some();
        for name in names {
            let own = word.option("path").map_or_else(|| name.clone(), text_of);
            let below = |base: &Text| {
                let mut path = base.clone();
                path.join(&own);
                path
            };
            let collection = below(&outer.path);
            let base =
                if shallow && is_nested && !single { below(&scope.shallow_path) } else { collection.clone() };
            let mut parameters = [Text::known(""), Text::known("")];
            if !single {
                let singular = segments::singular(&name.as_known().unwrap_or_else(|| "item".to_owned()));
                let param = param.as_deref().unwrap_or("id");
                parameters = [format!(":{param}"), format!(":{singular}_{param}")].map(|it| Text::known(&it));
            }
            let (mut member, mut nested) = (base.clone(), base);
            member.join(&parameters[0]);
            nested.join(&parameters[1]);
            let resource = Resource { collection, member, nested, parameters };
            self.actions(word, &resource, single, only.as_deref(), &except, &path_names);
            let inner = Scope {
                path: resource.collection.clone(),
                resource: Some(resource),
                level: Level::Resource,
                shallow,
                shallow_path: scope.shallow_path.clone(),
                options: Vec::new(),
            };
            for name in word.option("concerns").map(|it| self.texts(it)).unwrap_or_default() {
                self.concern(&name, &inner);
            }
            self.block(word, &inner);
        }
    }

    fn actions(
        &mut self,
        word: &Word,
        resource: &Resource,
        single: bool,
        only: Option<&[String]>,
        except: &[String],
        path_names: &[(Box<str>, Value)],
    ) {
        let kind = if single { "resource" } else { "resources" };
        for action in self.table.action.iter().filter(|it| it.of.iter().any(|it| it == kind)) {
            let wanted = match only {
                Some(only) => only.contains(&action.name),
                None => !(self.api_only && action.of.iter().any(|it| it == "page")),
            };
            if !wanted || except.contains(&action.name) {
                continue;
            }
            let (mut path, rest) = match action.path.strip_prefix("{}") {
                Some(rest) => (resource.member.clone(), rest.trim_start_matches('/')),
                None => (resource.collection.clone(), action.path.as_str()),
            };
            let renamed = path_names.iter().find(|(it, _)| **it == *action.name).map(|(_, it)| text_of(it));
            if !rest.is_empty() {
                path.join(&renamed.unwrap_or_else(|| Text::known(rest)));
            }
            self.declare(&path, &action.verbs, word.id);
        }
    }

    /// `get "orders/:id", to: …`, `get :search, on: :collection`, `get "about" => "pages#about"`
    fn routes(&mut self, word: &Word, scope: &Scope, verbs: &[String]) {
        let mut paths: Vec<Text> = word.positional.iter().flat_map(|it| self.path_texts(it)).collect();
        if paths.is_empty()
            && word.positional.is_empty()
            && let Some((name, _)) = word.named.first()
        {
            paths.push(Text::known(name));
        }
        if let Some(path) = word.option("path").filter(|_| paths.len() == 1) {
            paths = vec![text_of(path)];
        }
        let on = word.option("on").and_then(Value::known_text);
        let base = match (&scope.resource, scope.level, on.as_deref()) {
            (Some(resource), _, Some("member")) => resource.member.clone(),
            (Some(resource), _, Some("collection")) => resource.collection.clone(),
            (Some(resource), _, Some("new")) => {
                let mut path = resource.collection.clone();
                path.join(&Text::known("new"));
                path
            }
            (Some(resource), Level::Resource, _) => resource.nested.clone(),
            _ => scope.path.clone(),
        };
        for own in paths {
            let mut path = base.clone();
            path.join(&own);
            self.declare(&path, verbs, word.id);
        }
    }

    fn path_texts(&self, value: &Value) -> Vec<Text> {
        match value {
            Value::List(_) => {
                let items = self.interpreter.items_of(value).unwrap_or_default();
                items.iter().filter_map(as_text).collect()
            }
            value => as_text(value).into_iter().collect(),
        }
    }

    /// `mount Shop::Engine => "/shop"`, `mount Shop::Engine, at: "/shop"`
    fn mount(&mut self, word: &Word, scope: &Scope) {
        let options = ["at", "as", "via", "constraints", "defaults", "on"];
        let (name, path) = match word.positional.first() {
            Some(Value::External(name)) => (name.to_string(), word.option("at").map(text_of)),
            // The name as it is written, with the modules around it.
            Some(Value::Class(_)) => (self.written(word.id), word.option("at").map(text_of)),
            _ => match word.named.iter().find(|(it, _)| !options.contains(&&**it)) {
                Some((name, path)) => (name.to_string(), Some(text_of(path))),
                None => return,
            },
        };
        let Some(path) = path else { return };
        let mut below = self.opened(scope).path;
        below.join(&path);
        let files = self.engines.get(name.trim_start_matches("::")).cloned().unwrap_or_default();
        if files.is_empty() {
            self.mounted.push((name, below.clone()));
        }
        for file in files {
            self.file(file, &Scope::below(below.clone()));
        }
    }

    /// The words of the first argument.
    fn written(&self, id: usize) -> String {
        let note = self.interpreter.noted(id);
        let first = note.args.positional.first();
        let span = first.map(|it| Span { source: note.span.source, start: it.start, end: it.end });
        span.map_or(String::new(), |it| self.sources.text(it).to_owned())
    }

    fn texts(&self, value: &Value) -> Vec<String> {
        let items = self.interpreter.items_of(value).unwrap_or_else(|| vec![value.clone()]);
        items.iter().filter_map(Value::known_text).collect()
    }

    fn declare(&mut self, path: &Text, verbs: &[String], id: usize) {
        self.declared += 1;
        let note = self.interpreter.noted(id);
        let first = note.args.all().find(|it| it.end > 0);
        let span =
            first.map_or(note.span, |it| Span { source: note.span.source, start: it.start, end: it.end });
        for path in segments::optional(path) {
            let route = Declared { methods: verbs.to_vec(), path, hidden: false, span };
            self.interpreter.graph.declare(self.root, route);
        }
    }
}

/// A path, unknown where it is not constant.
fn text_of(value: &Value) -> Text {
    match value {
        Value::Text(text) => (**text).clone(),
        // `path: nil`
        Value::Bool(_) => Text::known(""),
        _ => Text::hole("prefix"),
    }
}

fn as_text(value: &Value) -> Option<Text> {
    match value {
        Value::Text(text) => Some((**text).clone()),
        _ => None,
    }
}
