//! What the application itself adds to the words of its routes, and the files that words draw.

use super::scopes::{Reader, Scope, Word};
use crate::parse::routes::interpret::{Args, Value};

impl Reader<'_, '_, '_> {
    /// `extend OrderRoutes`: its methods are words from now on.
    pub(super) fn extend(&mut self, word: &Word, scope: &Scope) {
        for value in &word.positional {
            let Value::Class(class) = value else { continue };
            self.words.push(class.clone());
            if let Some(hook) = self.interpreter.method_of_class(class, "extended") {
                let args = Args::of([Value::External("routes".into())]);
                self.call(&Value::Func(hook), args, word.env, scope);
            }
        }
    }

    /// The method that a word without a receiver stands for.
    pub(super) fn added(&mut self, word: &Word) -> Option<Value> {
        if self.interpreter.noted(word.id).of.is_some() {
            return None;
        }
        let words = &self.words;
        let method = words.iter().rev().find_map(|it| self.interpreter.method_of_class(it, &word.name));
        method.map(Value::Func)
    }

    /// A method of an object or of a class.
    pub(super) fn method(&mut self, of: &Value, name: &str) -> Option<Value> {
        let class = self.interpreter.class_of(of)?;
        let method = self.interpreter.method_of_class(&class, name)?;
        Some(Value::Bound((of.clone(), method).into()))
    }

    /// `Rails.application.routes.draw do`, `draw(:api)`
    pub(super) fn draw(&mut self, word: &Word, scope: &Scope) {
        if word.block.is_some() {
            return self.block(word, scope);
        }
        let Some(name) = word.positional.first().and_then(Value::known_text) else { return };
        let source = self.interpreter.noted(word.id).span.source;
        let from = self.sources.path(source);
        let Some(at) = from.rfind("config/routes") else { return };
        let path = format!("{}config/routes/{name}.rb", &from[..at]);
        if let (Some(file), true) = (self.sources.id(&path), word.positional.len() == 1) {
            return self.file(file, scope);
        }
        // A word of the application's own: `draw :shop, :orders`.
        if let Some(method) = self.added(word) {
            let args = self.interpreter.noted(word.id).args.clone();
            self.call(&method, args, word.env, scope);
        }
    }

    /// `instance_eval(File.read(Rails.root.join("config/routes/admin.rb")))`
    pub(super) fn eval(&mut self, word: &Word, scope: &Scope) {
        let path = word.positional.first().and_then(|it| self.innermost_text(it, 0));
        let source = self.interpreter.noted(word.id).span.source;
        // Where the file that asks is none of the configuration, the one that draws is.
        let asking = [Some(source), self.open.first().copied()].into_iter().flatten();
        let mut places =
            asking.map(|it| self.sources.path(it)).filter_map(|it| Some((it, it.rfind("config/")?)));
        let Some((path, (from, at))) = path.zip(places.next()) else { return };
        if let Some(file) = self.sources.id(&format!("{}{}", &from[..at], path.trim_start_matches('/'))) {
            self.file(file, scope);
        }
    }

    /// The text that calls in calls are given.
    fn innermost_text(&self, value: &Value, depth: usize) -> Option<String> {
        match value {
            Value::Text(text) => text.as_known(),
            Value::Noted(id) if depth < 4 => {
                let first = self.interpreter.noted(*id).args.positional.first()?;
                self.innermost_text(&first.value, depth + 1)
            }
            _ => None,
        }
    }
}
