//! What the words of a scope declare: resources, single routes, and what is mounted.

use super::scopes::{Level, Reader, Resource, Scope, Word, as_text, text_of};
use super::segments;
use crate::parse::routes::interpret::Value;
use crate::parse::routes::text::Text;
use crate::source::Span;

impl Reader<'_, '_, '_> {
    pub(super) fn resources(&mut self, word: &Word, scope: &Scope, single: bool) {
        let names: Vec<Text> = word.positional.iter().filter_map(as_text).collect();
        // What is not known may be all of them.
        let unknown = word
            .option("only")
            .is_some_and(|it| !matches!(it, Value::Text(_) | Value::List(_) | Value::Bool(_)));
        let only = word.option("only").filter(|it| matches!(it, Value::Text(_) | Value::List(_)));
        let only = only.map(|it| self.texts(it));
        let except = word.option("except").map(|it| self.texts(it)).unwrap_or_default();
        let path_names = self.path_names(word);
        let param = word.option("param").and_then(Value::known_text);
        let shallow = word.option("shallow").map_or(scope.shallow, |it| *it != Value::Bool(false));
        let outer = self.opened(scope);
        let shallow_path = word.option("shallow_path").map_or_else(|| scope.shallow_path.clone(), text_of);
        for name in names {
            let own = word.option("path").map_or_else(|| name.clone(), text_of);
            let own = if unknown { own.unsure() } else { own };
            let below = |base: &Text| {
                let mut path = base.clone();
                path.join(&own);
                path
            };
            let collection = below(&outer.path);
            let base = if shallow && !single { below(&shallow_path) } else { collection.clone() };
            let mut parameters = [Text::known(""), Text::known("")];
            if !single {
                let singular = segments::singular(&name.as_known().unwrap_or_else(|| "item".to_owned()));
                let param = param.as_deref().unwrap_or("id");
                parameters = [format!(":{param}"), format!(":{singular}_{param}")].map(|it| Text::known(&it));
            }
            let (mut member, mut nested) = (base.clone(), base);
            member.join(&parameters[0]);
            nested.join(&parameters[1]);
            let module = word.option("module").and_then(Value::known_text);
            let module = module.map_or_else(|| scope.module.clone(), |it| format!("{}{it}/", scope.module));
            let controller = word.option("controller").and_then(Value::known_text);
            let controller = controller.or_else(|| {
                let name = name.as_known()?;
                Some(if single { plural(&name) } else { name })
            });
            let controller = format!("{module}{}", controller.unwrap_or_default());
            let outer = outer.path.clone();
            let shallow_one = shallow && !single;
            let resource = Resource {
                outer,
                own,
                shallow: shallow_one,
                collection,
                member,
                nested,
                parameters,
                controller,
            };
            self.actions(word, &resource, single, only.as_deref(), &except, &path_names);
            let inner = Scope {
                path: resource.collection.clone(),
                resource: Some(resource),
                level: Level::Resource,
                shallow,
                shallow_path: shallow_path.clone(),
                options: self.handed_down(word, scope),
                module: scope.module.clone(),
                controller: String::new(),
            };
            for name in word.option("concerns").map(|it| self.texts(it)).unwrap_or_default() {
                self.concern(&name, &[], &inner);
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
            if !rest.is_empty() {
                path.join(&renamed(path_names, &action.name).unwrap_or_else(|| Text::known(rest)));
            }
            self.answered(&path, &action.verbs, word.id, &resource.controller, &action.name);
            self.declare(&path, &action.verbs, word.id);
        }
    }

    /// `get "orders/:id", to: …`, `get :search, on: :collection`, `get "about" => "pages#about"`
    pub(super) fn routes(&mut self, word: &Word, scope: &Scope, verbs: &[String]) {
        let mut paths: Vec<Text> = word.positional.iter().flat_map(|it| self.path_texts(it)).collect();
        if paths.is_empty()
            && word.positional.is_empty()
            && let Some((name, _)) = word.named.first()
        {
            paths.push(Text::known(name));
        }
        if let (Some(path @ Value::Text(_)), true) = (word.option("path"), paths.len() == 1) {
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
        let is_symbol = self.written(word.id).starts_with(':') && word.option("path").is_none();
        let about = match (&scope.resource, scope.level, on.is_some()) {
            (Some(_), Level::Inside, _) | (_, _, true) => true,
            // A word in the block of a single resource is about the one object.
            (Some(resource), Level::Resource, _) => resource.parameters[0].is_empty(),
            _ => false,
        };
        for own in paths {
            let mut path = base.clone();
            let said = own.clone();
            let name = own.as_known().filter(|_| is_symbol);
            match name.as_deref() {
                // `delete :destroy` in a collection is at the collection itself.
                Some("index" | "create" | "new" | "show" | "update" | "destroy") if about => {}
                Some(name) => path.join(&renamed(&self.path_names(word), name).unwrap_or(own)),
                None => path.join(&own),
            }
            if let Some((controller, action)) = controller_and_action(word, scope, &said) {
                self.answered(&path, verbs, word.id, &controller, &action);
            }
            self.declare(&path, verbs, word.id);
        }
    }

    /// `path_names: { new: "build" }`, said by the word or around it.
    fn path_names(&self, word: &Word) -> Vec<(Box<str>, Value)> {
        let entries = word.option("path_names").and_then(|it| self.interpreter.entries_of(it));
        entries.unwrap_or_default().to_vec()
    }

    /// The options that the words in the block of a resource are given: those of the scope around it, and how the
    /// resource names its pages.
    fn handed_down(&self, word: &Word, scope: &Scope) -> Vec<(Box<str>, Value)> {
        let mut options = scope.options.clone();
        if let Some(names) = word.option("path_names") {
            options.retain(|(name, _)| &**name != "path_names");
            options.push(("path_names".into(), names.clone()));
        }
        options
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
    pub(super) fn mount(&mut self, word: &Word, scope: &Scope) {
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
}

/// What answers a single route: `to: "orders#index"`, `"about" => "pages#about"`, the action that is called like the path.
fn controller_and_action(word: &Word, scope: &Scope, own: &Text) -> Option<(String, String)> {
    let arrow = word.named.first().filter(|_| word.positional.is_empty()).map(|(_, it)| it);
    let second = word.positional.get(1);
    let to = word.option("to").or(arrow).or(second).and_then(Value::known_text);
    if let Some((controller, action)) = to.as_deref().and_then(|it| it.split_once('#')) {
        return Some((format!("{}{controller}", scope.module), action.to_owned()));
    }
    let around = match &scope.resource {
        Some(resource) if scope.controller.is_empty() => &resource.controller,
        _ => &scope.controller,
    };
    let named = word.option("controller").and_then(Value::known_text);
    let controller = named.map_or_else(|| around.to_owned(), |it| format!("{}{it}", scope.module));
    let path = own.as_known()?;
    let action = to.or_else(|| word.option("action").and_then(Value::known_text));
    let action = action.unwrap_or_else(|| path.trim_matches('/').replace(['/', '-'], "_"));
    match controller.is_empty() {
        // `get "pages/about"`
        true => path
            .trim_matches('/')
            .rsplit_once('/')
            .map(|(controller, action)| (format!("{}{controller}", scope.module), action.to_owned())),
        false => Some((controller, action)),
    }
}

/// The controller of one `profile` is that of all `profiles`.
fn plural(name: &str) -> String {
    match name.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|it| name.ends_with(it)) => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

/// The part of a path that an application gives another name.
fn renamed(names: &[(Box<str>, Value)], name: &str) -> Option<Text> {
    names.iter().find(|(it, _)| **it == *name).map(|(_, it)| text_of(it))
}
