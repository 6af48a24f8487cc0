//! The scopes that words open: namespaces, the parts of a resource, and the concerns that are run in them.

use super::scopes::{Level, Reader, Scope, Word, text_of};
use crate::parse::routes::interpret::{Args, Value};
use crate::parse::routes::text::Text;

impl Reader<'_, '_, '_> {
    /// `namespace :admin do`, `scope "/v1", only: :index do`
    pub(super) fn scope(&mut self, word: &Word, scope: &Scope, names: bool) {
        // Only a namespace stands below one object of the resource around it.
        let mut below = if names { self.opened(scope) } else { scope.clone() };
        let first = word.positional.first().filter(|_| names).and_then(Value::known_text);
        if let Some(module) = word.option("module").and_then(Value::known_text).or(first) {
            below.module = format!("{}{module}/", below.module);
        }
        if let Some(controller) = word.option("controller").and_then(Value::known_text) {
            below.controller = format!("{}{controller}", below.module);
        }
        let mut own = Text::known("");
        match word.option("path") {
            Some(value) => own.join(&text_of(value)),
            None => word.positional.iter().for_each(|it| own.join(&text_of(it))),
        }
        if names && word.positional.is_empty() && word.option("path").is_none() {
            own = Text::hole("prefix");
        }
        let shallow_path = word.option("shallow_path").map(text_of);
        below.shallow_path.join(&shallow_path.unwrap_or_else(|| own.clone()));
        let joined = |before: &Text, after: &Text| {
            let mut path = before.clone();
            path.join(after);
            path
        };
        match &mut below.resource {
            // In the block of a resource a scope stands before the resource.
            Some(resource) if below.level == Level::Resource => {
                resource.outer.join(&own);
                resource.collection = joined(&resource.outer, &resource.own);
                let base = match resource.shallow {
                    true => joined(&below.shallow_path, &resource.own),
                    false => resource.collection.clone(),
                };
                resource.member = joined(&base, &resource.parameters[0]);
                resource.nested = joined(&base, &resource.parameters[1]);
                below.path = resource.collection.clone();
            }
            Some(resource) if !own.is_empty() => {
                below.path.join(&own);
                resource.collection = below.path.clone();
                resource.member = joined(&below.path, &resource.parameters[0]);
                resource.nested = joined(&below.path, &resource.parameters[1]);
            }
            _ => below.path.join(&own),
        }
        if let Some(value) = word.option("shallow") {
            below.shallow = *value != Value::Bool(false);
        }
        for name in ["only", "except", "via", "path_names"] {
            if let Some(value) = word.option(name) {
                below.options.push((name.into(), value.clone()));
            }
        }
        self.block(word, &below);
        for name in word.option("concerns").map(|it| self.texts(it)).unwrap_or_default() {
            self.concern(&name, &[], &below);
        }
    }

    /// The scope in which a word in a resource's block opens another one: below one of its objects.
    pub(super) fn opened(&self, scope: &Scope) -> Scope {
        let mut below = scope.clone();
        if let (Some(resource), Level::Resource) = (&scope.resource, scope.level) {
            below.path = resource.nested.clone();
        }
        below.resource = None;
        below.level = Level::Plain;
        below
    }

    /// `collection do`, `member do`, `nested do`
    pub(super) fn part(&mut self, word: &Word, scope: &Scope, member: bool, nested: bool) {
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

    /// `new do get :preview end`
    pub(super) fn page(&mut self, word: &Word, scope: &Scope) {
        let Some(resource) = &scope.resource else { return };
        let mut path = resource.collection.clone();
        path.join(&Text::known(&word.name));
        let below = Scope { level: Level::Inside, path, ..scope.clone() };
        self.block(word, &below);
    }

    /// Runs a concern, which may ask for the options it is used with.
    pub(super) fn concern(&mut self, name: &str, options: &[(Box<str>, Value)], scope: &Scope) {
        let Some((block, env)) = self.concerns.get(name).cloned() else { return };
        let options = self.interpreter.object_of(options.to_vec());
        let args = match &block {
            Value::Bound(_) => Args::of([Value::External("routes".into()), options]),
            _ => Args::of([options]),
        };
        self.call(&block, args, env, scope);
    }
}
