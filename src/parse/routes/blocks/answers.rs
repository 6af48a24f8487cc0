//! The methods of controllers that answer routes, kept where somebody asks for query parameters.

use std::sync::Arc;

use super::{chains, scopes, urls};
use crate::parse::routes::interpret::{ClassValue, Closure, EnvId, Value};
use crate::parse::routes::ir::{Func, Stmt};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

impl chains::Reader<'_, '_, '_> {
    /// Keeps what a call names as its controller: a function, `[Orders::class, 'index']`, `Orders::class` with the method
    /// of an action, `'Orders@index'`.
    pub(super) fn answered(&mut self, path: &Text, verbs: &[String], id: usize, action: Option<&str>) {
        if !self.interpreter.keeps_handlers() {
            return;
        }
        let note = self.interpreter.noted(id);
        let (env, args) = (note.env, note.args.clone());
        let span = self.place(id);
        for argument in args.all() {
            let answer = match &argument.value {
                Value::Func(_) => Some(argument.value.clone()),
                Value::List(_) => {
                    let items = self.interpreter.items_of(&argument.value).unwrap_or_default();
                    match items.as_slice() {
                        [class, method] => class
                            .known_text()
                            .zip(method.known_text())
                            .and_then(|(class, method)| self.controller_method(&class, &method, env)),
                        _ => None,
                    }
                }
                Value::Text(text) => {
                    let Some(name) = text.as_known() else { continue };
                    match name.split_once('@') {
                        Some((class, method)) => self.controller_method(class, method, env),
                        None => self.controller_method(&name, action.unwrap_or("__invoke"), env),
                    }
                }
                _ => None,
            };
            if let Some(answer) = answer {
                self.interpreter.handled_by(span, path, verbs, &answer);
            }
        }
    }

    fn controller_method(&mut self, class: &str, method: &str, env: EnvId) -> Option<Value> {
        let class = self.interpreter.class_named(class, env)?;
        self.interpreter.method_of_class(&class, method).map(Value::Func)
    }
}

impl scopes::Reader<'_, '_, '_> {
    /// Keeps the method of a controller, `admin/orders` and `index`, that answers a route.
    pub(super) fn answered(
        &mut self,
        path: &Text,
        verbs: &[String],
        id: usize,
        controller: &str,
        action: &str,
    ) {
        if !self.interpreter.keeps_handlers() || !controller.chars().all(is_of_path) {
            return;
        }
        let end = format!("app/controllers/{controller}_controller.rb");
        let is_it =
            |path: &str| path.strip_suffix(&*end).is_some_and(|it| it.is_empty() || it.ends_with('/'));
        let Some(file) = self.sources.iter().find(|(_, it)| is_it(&it.path)).map(|(id, _)| id) else {
            return;
        };
        let Some(func) = self.method_in(file, action) else { return };
        let span = self.place(id);
        let env = self.interpreter.env_of_file(file);
        self.interpreter.handled_by(span, path, verbs, &Value::Func(Closure { func, env }));
    }

    fn method_in(&self, file: SourceId, name: &str) -> Option<Arc<Func>> {
        let module = self.interpreter.store.module(file);
        method(&module.body, name, 0)
    }
}

impl urls::Reader<'_, '_> {
    /// Keeps the methods of a viewset that answer a verb, for a collection or for one object of it.
    pub(super) fn answered(
        &mut self,
        class: &ClassValue,
        span: Span,
        paths: &[Text],
        verb: &str,
        of_one: bool,
    ) {
        if !self.interpreter.keeps_handlers() {
            return;
        }
        let table = self.table;
        let fits = |said: &str| said.split(' ').next() == Some(verb) && said.ends_with("detail") == of_one;
        let mut names: Vec<&str> =
            table.actions.iter().filter(|(_, said)| fits(said)).map(|(name, _)| name.as_str()).collect();
        if verb == "GET" && !of_one {
            names.push("get_queryset");
        }
        for name in names {
            let Some(method) = self.interpreter.method_of_class(class, name) else { continue };
            for path in paths {
                self.interpreter.handled_by(span, path, &[verb.to_owned()], &Value::Func(method.clone()));
            }
        }
    }
}

fn is_of_path(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '_' | '/')
}

/// A method of the classes in a file, however deep they stand in modules.
fn method(body: &[Stmt], name: &str, depth: usize) -> Option<Arc<Func>> {
    const MAX_DEPTH: usize = 8;
    body.iter().filter(|_| depth < MAX_DEPTH).find_map(|it| match it {
        Stmt::Def(func) if *func.name == *name && depth > 0 => Some(Arc::clone(func)),
        Stmt::Class(class) => method(&class.body, name, depth + 1),
        Stmt::Branch(body) => method(body, name, depth + 1),
        _ => None,
    })
}
