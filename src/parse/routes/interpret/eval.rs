//! Evaluates expressions.

use std::rc::Rc;

use super::arguments::VERBS;
use super::builtin::ANY_MODULE;
use super::class::is_decorated;
use super::known_methods::ANY_ITEM;
use super::value::{Args, Argument, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Call, Expr, ExprKind, Property};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

/// The name under which a project's settings are imported.
const SETTINGS: &str = "django.conf.settings";

impl Interpreter<'_> {
    /// The value of an expression; its effects happen.
    pub(super) fn eval(&mut self, expr: &Expr, env: EnvId) -> Value {
        self.deeper(|it| it.eval_kind(expr, env))
    }

    fn eval_kind(&mut self, expr: &Expr, env: EnvId) -> Value {
        match &expr.kind {
            ExprKind::Str(text) => Value::text(text),
            ExprKind::Bool(it) => Value::Bool(*it),
            ExprKind::Name(name) => self.lookup(env, name),
            ExprKind::Attr(of, name) => {
                let outer = matches!(&of.kind, ExprKind::Name(it) if &**it == "super::");
                let of = self.eval(of, env);
                match self.attr(of, name) {
                    // Above a module that is written inside of a file is the file itself.
                    value if outer && value.is_vague() => self.lookup(env, name),
                    value => value,
                }
            }
            ExprKind::Func(func) => Value::Func(self.closure(func, env)),
            ExprKind::Class(class) => self.class(class, env),
            ExprKind::Concat(parts) => self.concat(parts, env),
            ExprKind::Index(of, at) => self.index(of, at, env),
            ExprKind::Call(call) => self.call(call, expr, env),
            ExprKind::Object(entries) => self.object(entries, env),
            ExprKind::Literal(literal) => self.go_literal(literal, None, expr, env),
            ExprKind::List(items) => self.list(items, env),
            ExprKind::Either(all) => self.either(all, env),
            ExprKind::Default(both) => {
                let [first, second] = &**both;
                match self.eval(first, env) {
                    // Nothing is there.
                    Value::Bool(false) => self.eval(second, env),
                    // What an object does not have.
                    Value::Method(method) if matches!(method.0, Value::Object(_)) => self.eval(second, env),
                    value if value.is_vague() => self.either([first, second], env),
                    value => value,
                }
            }
            ExprKind::Each(each) => {
                let items = self.eval(&each.1, env);
                let own = self.new_env(env);
                let items = self.items(&items).unwrap_or_else(|| vec![Value::Unknown]);
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    self.assign(&each.0, item, own, false);
                    values.push(self.eval(&each.2, own));
                }
                self.new_list(values)
            }
            ExprKind::Assigned(assigned) => {
                let value = self.eval(&assigned.1, env);
                if self.is_go(env) {
                    self.go_set(&assigned.0, value.clone(), env);
                    return value;
                }
                let home = self.home(env, &assigned.0);
                self.assign(&assigned.0, value.clone(), home, home == env);
                value
            }
            ExprKind::Spread(of) => {
                self.eval(of, env);
                Value::Unknown
            }
            ExprKind::Choice(all) => {
                let [a, b, equal, other] = &**all;
                match (self.eval(a, env), self.eval(b, env)) {
                    (Value::Text(a), Value::Text(b)) if a.sure && b.sure => {
                        match (a.as_known(), b.as_known()) {
                            (Some(a), Some(b)) if a == b => self.eval(equal, env),
                            (Some(_), Some(_)) => self.eval(other, env),
                            _ => self.either([equal, other], env),
                        }
                    }
                    _ => self.either([equal, other], env),
                }
            }
            ExprKind::Compare(a, b) => {
                self.eval(a, env);
                self.eval(b, env);
                Value::Unknown
            }
            ExprKind::Other(all) => {
                for it in all {
                    self.eval(it, env);
                }
                Value::Unknown
            }
        }
    }

    /// A field, method, export or attribute of a value.
    pub(super) fn attr(&mut self, of: Value, name: &str) -> Value {
        let method = |of: Value| Value::Method(Rc::new((of, name.into())));
        if let Some(value) = self.type_name(&of, name) {
            return value;
        }
        match of {
            Value::Module(id) => self.deeper(|it| it.module_attr(id, name)),
            // `http.MethodGet`
            Value::External(_) if method_constant(name).is_some() => {
                method_constant(name).map_or(Value::Unknown, |it| Value::text(&it))
            }
            Value::External(_) if self.is_app_config(&of) => method(of),
            Value::External(library) => {
                if let Some(said) = self.ruby_config(&library, name) {
                    return said;
                }
                let setting = self.settings_module.filter(|_| &*library == SETTINGS);
                match setting.map(|it| self.deeper(|this| this.module_attr(it, name))) {
                    Some(value) if value != Value::Unknown => value,
                    _ => Value::External(format!("{library}.{name}").into()),
                }
            }
            Value::Router(id)
                if self.store.tables[self.graph.routers[id].framework].same.iter().any(|it| it == name) =>
            {
                of
            }
            Value::Instance(id) => self.instance_attr(id, name),
            Value::Func(closure) => self.function_attr(&closure, name),
            Value::Bound(_) if name == "bind" => method(of),
            Value::Class(class) if self.noting && name == "as_view" => method(Value::Class(class)),
            Value::Class(class) => match self.class_attr(&class, name, 0) {
                // `@classmethod def build(cls)`
                Some(Value::Func(closure)) if is_decorated(&closure.func, "classmethod") => {
                    Value::Bound(Rc::new((Value::Class(class), closure)))
                }
                Some(value) => value,
                // `OrderView.as_view("orders")` stands for its class.
                None if name == "as_view" || self.noting => method(Value::Class(class)),
                // `OrderView.register(app)`
                None if self.class_views(&class, 0).is_some_and(|it| it.register == name) => {
                    method(Value::Class(class))
                }
                None => self.method_elsewhere(&class, name).map_or(Value::Unknown, Value::Func),
            },
            Value::Object(id) => match self.objects[id].iter().find(|(key, _)| &**key == name) {
                Some((_, value)) => value.clone(),
                None => method(of),
            },
            // The member of an enumeration of texts.
            Value::Text(_) if name == "value" => of,
            Value::Text(_)
            | Value::List(_)
            | Value::Router(_)
            | Value::Chain(..)
            | Value::Draft(_)
            | Value::Filter(_)
            | Value::Noted(_) => method(of),
            // `router[verb].call(router, path, handler)`
            Value::Method(_) if self.noting || name == "call" || self.is_app_config(&of) => method(of),
            _ => Value::Unknown,
        }
    }

    fn concat(&mut self, parts: &[Expr], env: EnvId) -> Value {
        let mut text = Text::known("");
        let mut items: Option<Vec<Value>> = None;
        let mut known = false;
        for (at, part) in parts.iter().enumerate() {
            let value = self.eval(part, env);
            let next = parts.get(at + 1).map(|it| &it.kind);
            match self.answer(value, env) {
                // Between two slashes stands something when the program runs: `"/s/" + session + "/log"`.
                Value::Text(it)
                    if it.is_empty()
                        && !text.is_empty()
                        && text.as_known().as_deref() != Some("/")
                        && text.ends_with_slash()
                        && matches!(next, Some(ExprKind::Str(next)) if next.starts_with('/'))
                        && self.is_go(env) =>
                {
                    known = true;
                    text.push(&Text::hole(variable_name(part)));
                }
                Value::Text(it) => {
                    known = true;
                    text.push(&it);
                }
                Value::List(id) => items.get_or_insert_default().extend(self.lists[id].iter().cloned()),
                // `urlpatterns + router.urls`
                value @ (Value::Noted(_) | Value::Method(_)) if self.noting && self.is_python(env) => {
                    items.get_or_insert_default().push(value);
                }
                // `urlpatterns + module.urlpatterns`, whichever module that is
                value @ Value::External(_) if self.noting && is_of_any_module(&value) => {
                    items.get_or_insert_default().push(value);
                }
                _ => text.push(&Text::hole(variable_name(part))),
            }
        }
        match items {
            Some(items) => self.new_list(items),
            // What a loop adds to over and over is no path.
            None if known => Value::Text(Rc::new(text)),
            None => Value::Unknown,
        }
    }

    fn index(&mut self, of: &Expr, at: &Expr, env: EnvId) -> Value {
        let (of, at) = (self.eval(of, env), self.eval(at, env));
        let of = if self.is_go(env) { self.go_items_of(of) } else { of };
        // Nothing has no name: it is what a setting is that nobody has made.
        match (&of, at.known_text().filter(|it| !it.is_empty())) {
            // `NewStore[Order]` is `NewStore` all the same.
            (Value::Func(_) | Value::Class(_), _) if self.is_go(env) => of,
            // `class Shop(Server[Context])`
            (Value::Class(_), _) if self.is_python(env) => of,
            // `FastAPIUsers[User, int]` is the class all the same.
            (Value::External(name), None) if self.construct_named(name).is_some() => of,
            (Value::List(id), Some(at)) => at
                .parse()
                .ok()
                .and_then(|at: usize| self.lists[*id].get(at).cloned())
                .unwrap_or(Value::Unknown),
            // `app.config["PREFIX"]`
            (_, Some(key)) if self.is_app_config(&of) => self.app_setting(&key),
            // `router.routes[0].mapping`
            (Value::Method(_), Some(key)) if self.noting => self.attr(of, &key),
            // `Route::$verb($path, …)`
            (Value::External(_), Some(key)) if self.noting && self.language(env) == Language::Php => {
                self.attr(of, &key)
            }
            // `router[route.method](route.path, …)`
            (Value::Router(_), Some(key)) => self.attr(of, &key),
            (Value::Object(_) | Value::Module(_), Some(key)) => match self.attr(of, &key) {
                // What a hash does not have is nothing.
                Value::Method(_) if matches!(self.language(env), Language::Ruby | Language::Php) => {
                    Value::Bool(false)
                }
                Value::Method(_) => Value::Unknown,
                value => value,
            },
            // `services[name](app)`: any of them.
            (Value::Object(_) | Value::List(_) | Value::Module(_), None) if !self.noting => {
                let of = self.default_of(of);
                match self.holds_functions(&of) {
                    true => Value::Method(Rc::new((of, ANY_ITEM.into()))),
                    false => Value::Unknown,
                }
            }
            _ => Value::Unknown,
        }
    }

    fn object(&mut self, entries: &[Property], env: EnvId) -> Value {
        let mut object: Vec<(Box<str>, Value)> = Vec::with_capacity(entries.len());
        for entry in entries {
            if let (None, ExprKind::List(pair), Language::Ruby | Language::JavaScript | Language::Python) =
                (&entry.key, &entry.value.kind, self.language(env))
            {
                // A key that is computed.
                let [key, value] = pair.as_slice() else { continue };
                let (key, value) = (self.eval(key, env), self.eval(value, env));
                match key {
                    // A loop over the dictionary finds it all the same.
                    key if self.is_python(env) => object.push((key.as_key(), value)),
                    key => object.extend(key.known_text().map(|key| (key.into(), value))),
                }
                continue;
            }
            let value = self.eval(&entry.value, env);
            match (&entry.key, value) {
                (Some(key), value) => object.push((key.clone(), value)),
                (None, Value::Object(id)) => object.extend(self.objects[id].clone()),
                (None, _) => {}
            }
        }
        self.new_object(object)
    }

    fn list(&mut self, all: &[Expr], env: EnvId) -> Value {
        let mut items = Vec::with_capacity(all.len());
        for item in all {
            match &item.kind {
                // Which list it is depends on the deployment: `...(secure ? [Guarded] : [Open])`
                ExprKind::Spread(inner)
                    if let ExprKind::Either(arms) = &inner.kind
                        && self.language(env) == Language::JavaScript =>
                {
                    for arm in arms {
                        let value = self.eval(arm, env);
                        items.extend(self.items(&value).unwrap_or_default());
                    }
                }
                ExprKind::Spread(inner) => {
                    let value = self.eval(inner, env);
                    match self.items(&value) {
                        Some(more) => items.extend(more),
                        // `[path("a", a), *router.urls]`
                        None if self.noting && self.is_python(env) => items.push(value),
                        None => {}
                    }
                }
                _ => items.push(self.eval(item, env)),
            }
        }
        self.new_list(items)
    }

    /// The one that is known best, of equals the first. A text is unsure when another may stand in its place;
    /// that a setting or an environment variable may do so goes without saying.
    fn either<'e>(&mut self, all: impl IntoIterator<Item = &'e Expr>, env: EnvId) -> Value {
        let all: Vec<&Expr> = all.into_iter().collect();
        // What an object does not have is no method of it, and nothing in PHP: the default holds.
        let is_php = self.language(env) == Language::Php;
        let is_missing = |of: &Expr, it: &Value| match it {
            Value::Method(method) => matches!(method.0, Value::Object(_)),
            Value::Bool(false) => is_php && matches!(of.kind, ExprKind::Index(..)),
            _ => false,
        };
        let (all, values): (Vec<&Expr>, Vec<Value>) = all
            .into_iter()
            .map(|it| (it, self.eval(it, env)))
            .filter(|(of, value)| !is_missing(of, value))
            .unzip();
        let best = values.iter().map(Value::certainty).max().unwrap_or(0);
        let known = values.iter().position(|it| !it.is_vague() && it.certainty() == best);
        let is_setting = |at: usize, value: &Value| match (value, all.get(at).map(|it| &it.kind)) {
            (Value::External(name), _) => name.starts_with("process.env."),
            (Value::Unknown, Some(ExprKind::Attr(..) | ExprKind::Index(..))) => {
                all.get(at).is_some_and(|it| names_setting(it))
            }
            _ => false,
        };
        // Of lists the one with something in it: `production ? [] : [Tools]`
        let is_empty = |it: &Value| matches!(it, Value::List(id) if self.lists[*id].is_empty());
        if known.is_some_and(|at| is_empty(&values[at]))
            && let Some(full) = values.iter().find(|it| matches!(it, Value::List(_)) && !is_empty(it))
        {
            return full.clone();
        }
        match known.map(|at| &values[at]) {
            Some(Value::Text(text))
                if values
                    .iter()
                    .enumerate()
                    .any(|(at, it)| !is_setting(at, it) && *it != Value::Text(text.clone())) =>
            {
                Value::Text(Rc::new((**text).clone().unsure()))
            }
            Some(value) => value.clone(),
            None => values.into_iter().next().unwrap_or(Value::Unknown),
        }
    }

    /// The arguments of a call, spreads resolved.
    pub(super) fn args(&mut self, call: &Call, env: EnvId) -> Args {
        let mut args = Args::default();
        for arg in &call.args {
            let (start, end) = (arg.value.start, arg.value.end);
            let inline = is_inline(&arg.value);
            let argument = |value| Argument { value, start, end, inline };
            if let ExprKind::Spread(inner) = &arg.value.kind {
                let list = self.eval(inner, env);
                let items = self.items(&list).unwrap_or_else(|| vec![Value::Unknown]);
                args.positional.extend(items.into_iter().map(argument));
                continue;
            }
            let value = self.eval(&arg.value, env);
            match (&arg.name, value) {
                (None, value) => args.positional.push(argument(value)),
                (Some(name), Value::Object(id)) if &**name == "**" => {
                    let entries = self.objects[id].clone();
                    args.named.extend(entries.into_iter().map(|(key, value)| (key, argument(value))));
                }
                (Some(name), value) => args.named.push((name.clone(), argument(value))),
            }
        }
        args
    }
}

/// Whether an argument is a function that is written here, or a list of such.
fn is_inline(expr: &Expr) -> bool {
    let is_function = |it: &Expr| matches!(it.kind, ExprKind::Func(_));
    match &expr.kind {
        ExprKind::List(all) => {
            let is_made_here = |it: &Expr| is_function(it) || matches!(it.kind, ExprKind::Call(_));
            all.iter().any(is_function) && all.iter().all(is_made_here)
        }
        _ => is_function(expr),
    }
}

/// Whether an expression reads a setting or an option by its words, so that what stands in for it is what it is
/// unless somebody says otherwise: `settings.prefix`, `process.env.PREFIX`, `options["prefix"]`.
fn names_setting(expr: &Expr) -> bool {
    const WORDS: [&str; 8] = ["setting", "config", "conf", "option", "opt", "env", "args", "argv"];
    let is_setting = |name: &str| {
        let name = name.to_ascii_lowercase();
        WORDS.iter().any(|it| name.contains(it))
    };
    match &expr.kind {
        ExprKind::Name(name) => is_setting(name),
        ExprKind::Attr(of, name) => is_setting(name) || names_setting(of),
        ExprKind::Index(of, _) => names_setting(of),
        ExprKind::Call(call) => names_setting(&call.callee),
        _ => false,
    }
}

/// The verb that a constant of a library stands for.
fn method_constant(name: &str) -> Option<String> {
    let verb = name.strip_prefix("Method")?.to_ascii_uppercase();
    VERBS.contains(&verb.as_str()).then_some(verb)
}

/// The word by which a hole in a text is called.
fn variable_name(expr: &Expr) -> &str {
    match &expr.kind {
        ExprKind::Name(name) | ExprKind::Attr(_, name) => name,
        _ => "value",
    }
}

/// Whether a value belongs to a module whose name nobody knows.
fn is_of_any_module(value: &Value) -> bool {
    matches!(value, Value::External(name) if name.starts_with(ANY_MODULE))
}
