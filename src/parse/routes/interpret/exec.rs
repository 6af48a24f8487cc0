//! Runs statements.

use std::collections::HashSet;
use std::sync::Arc;

use super::value::{Args, ClassValue, Closure, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Case, Class, Expr, ExprKind, Func, Pattern, Stmt};
use crate::parse::routes::lower::Language;

/// A list of more items is data, not a list of routers.
const MAX_ITEMS: usize = 2_000;

/// Evaluations that every `return` has, whatever is left.
const RETURN_BUDGET: u32 = 64;

impl Interpreter<'_> {
    /// Binds functions before anything runs, as JavaScript does.
    pub(super) fn hoist(&mut self, body: &[Stmt], env: EnvId) {
        if self.is_python(env) {
            return;
        }
        for stmt in body {
            if let Stmt::Def(func) = stmt {
                let closure = self.closure(func, env);
                self.bind(env, &func.name, Value::Func(closure));
            }
        }
    }

    /// Runs statements in order; the first value that is returned. In a branch a return ends nothing, as the
    /// branch may not be taken.
    pub(super) fn exec_all(&mut self, body: &[Stmt], env: EnvId, branch: bool) -> Option<Value> {
        let mut returned: Option<Value> = None;
        let mut guessed: Option<Value> = None;
        for stmt in body {
            if let Stmt::Guess(body) = stmt {
                guessed = guessed.or(self.guess_body(body, env));
                continue;
            }
            let value = self.exec(stmt, env, branch);
            if let Some(value) = value {
                if let (Some(old), true) = (&returned, self.is_go(env)) {
                    returned = Some(self.better_return(old.clone(), value));
                    if std::mem::take(&mut self.returned) || matches!(stmt, Stmt::Return(_)) {
                        break;
                    }
                    continue;
                }
                // What is known better wins: an early return often returns nothing.
                if let Some(Value::Router(above)) = returned
                    && self.is_below_setting(&Value::Router(above), &value)
                {
                    let outer = &self.graph.routers[above];
                    if outer.routes.is_empty() && outer.mounts.len() == 1 {
                        self.graph.forget(above);
                    }
                    returned = Some(value);
                } else if returned.as_ref().is_none_or(|it| it.certainty() < value.certainty()) {
                    returned = Some(value);
                }
                if std::mem::take(&mut self.returned) || matches!(stmt, Stmt::Return(_)) {
                    break;
                }
            }
        }
        returned.or(guessed)
    }

    /// Runs what only an unusual build has: what was known before stays, and what is declared is assumed.
    fn guess_body(&mut self, body: &[Stmt], env: EnvId) -> Option<Value> {
        let known: Vec<(Box<str>, Value)> =
            self.envs[env].vars.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let lengths: Vec<(usize, usize)> = known
            .iter()
            .filter_map(
                |(_, it)| if let Value::List(id) = it { Some((*id, self.lists[*id].len())) } else { None },
            )
            .collect();
        let guessing = std::mem::replace(&mut self.graph.guessing, true);
        self.hoist(body, env);
        let value = self.exec_all(body, env, true);
        self.graph.guessing = guessing;
        for (name, value) in known.into_iter().filter(|it| !it.1.is_vague()) {
            self.bind(env, &name, value);
        }
        for (id, length) in lengths {
            self.lists[id].truncate(length);
        }
        value
    }

    fn exec(&mut self, stmt: &Stmt, env: EnvId, branch: bool) -> Option<Value> {
        match stmt {
            // `path += "/x"` that is run for certain.
            Stmt::Expr(Expr { kind: ExprKind::Assigned(assigned), .. })
                if !branch && self.language(env) == Language::JavaScript =>
            {
                let value = self.eval(&assigned.1, env);
                let home = self.home(env, &assigned.0);
                let doubtful = home == env && !matches!(value, Value::Text(_));
                self.assign(&assigned.0, value, home, doubtful);
            }
            // A setting may put something in front of all of them: `routes = [below(prefix, it) for it in routes]`.
            Stmt::Assign(pattern, value) if branch && maps_itself(pattern, value) => {
                let new = self.eval(value, env);
                if let Pattern::Name(name) = pattern
                    && self.lookup(env, name).is_vague()
                {
                    self.assign(pattern, new, env, branch);
                }
            }
            Stmt::Expr(expr) => match self.eval(expr, env) {
                // `require("./routes")`, for what it does.
                Value::Module(id) if self.language(env) == Language::JavaScript => self.evaluate(id),
                _ => {}
            },
            Stmt::Assign(pattern, value) => {
                let value = self.eval(value, env);
                self.assign(pattern, value, env, branch);
            }
            Stmt::Def(func) => self.define(func, env),
            // Bound before anything runs.
            Stmt::Class(class) if self.is_csharp(env) && self.envs[env].vars.contains_key(&class.name) => {}
            Stmt::Class(class) if self.is_go(env) => {
                let value = self.go_class(class, env);
                self.bind(env, &class.name, value);
            }
            Stmt::Class(class) => {
                let router = self.router_of_class(class, env);
                let value = self.class(class, env);
                let value = router.map_or(value, Value::Router);
                self.bind(env, &class.name, value.clone());
                if self.is_python(env) && router.is_none() {
                    class.decorators.iter().for_each(|it| self.decorate_class(it, &value, env));
                }
            }
            Stmt::Import(import) if branch => {
                // The fallback of a `try` does not take the place of what could be imported.
                let names: Vec<_> = self.envs[env].vars.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                self.import(import, env);
                for (name, old) in names {
                    if self.envs[env].vars.get(&name).is_some_and(|new| new.is_vague() && !old.is_vague()) {
                        self.bind(env, &name, old);
                    }
                }
            }
            Stmt::Import(import) => self.import(import, env),
            Stmt::Export(export) => self.export(export, env),
            Stmt::Return(value) => {
                // What a function has worked out before it ran out of budget is not lost.
                self.budget = self.budget.max(RETURN_BUDGET);
                return Some(value.as_ref().map_or(Value::Unknown, |it| self.eval(it, env)));
            }
            Stmt::For(pattern, items, body) => {
                let items = self.eval(items, env);
                let items = self.answer(items, env);
                let items = self.default_of(items);
                let mut returned = None;
                // A block that a round makes may run when the loop is over, and sees that round's values.
                let hands_back = self.names_are_calls(env);
                let own_scope = hands_back || self.is_go(env);
                let before: HashSet<Box<str>> = self.envs[env].vars.keys().cloned().collect();
                for item in self.items(&items).unwrap_or_else(|| vec![Value::Unknown]) {
                    let round = if own_scope { self.new_env(env) } else { env };
                    // What the last round has bound is not another branch of this one.
                    self.envs[round].vars.retain(|name, _| before.contains(name));
                    self.assign(pattern, item, round, false);
                    let value = self.exec_all(body, round, true);
                    returned = returned.or(value);
                    if hands_back {
                        self.hand_back(round, env, &before);
                    }
                }
                return returned;
            }
            Stmt::Branch(body) if self.is_go(env) => {
                let own = self.new_env(env);
                return self.exec_all(body, own, true);
            }
            Stmt::Branch(body) => return self.exec_all(body, env, true),
            Stmt::Guess(body) => return self.guess_body(body, env),
            Stmt::Unless(subject, body) => {
                let subject = self.eval(subject, env);
                if !self.is_something(&subject) {
                    return self.exec_all(body, env, true);
                }
            }
            Stmt::Switch(subject, cases) => {
                let subject = self.eval(subject, env);
                if self.is_go(env) {
                    return self.go_switch(&subject, cases, env);
                }
                // Which arm is run is known.
                let is_flag = |case: &Case| matches!(&case.value, Some(Expr { kind: ExprKind::Bool(_), .. }));
                let decides = match self.language(env) {
                    Language::Php | Language::Python => true,
                    Language::JavaScript => cases.iter().all(is_flag),
                    _ => false,
                };
                if let (Value::Bool(it), true) = (&subject, decides) {
                    let is_it = |case: &&Case| matches!(&case.value, Some(Expr { kind: ExprKind::Bool(value), .. }) if value == it);
                    let body = cases.iter().find(is_it).map(|it| it.body.as_slice());
                    let value = self.exec_all(body.unwrap_or_default(), env, branch);
                    let says = value.as_ref().is_some_and(|it| !it.is_vague() && *it != Value::Bool(false));
                    self.returned =
                        says && self.language(env) != Language::Php && ends(body.unwrap_or_default());
                    return value;
                }
                let is_python = self.is_python(env);
                let mut returned: Option<Value> = None;
                let before = self.routers_bound(env);
                let mut made = Vec::new();
                for case in cases {
                    let value = self.exec_all(&case.body, env, true);
                    let certainty = |it: &Option<Value>| it.as_ref().map(Value::certainty);
                    if returned.is_none() || (is_python && certainty(&returned) < certainty(&value)) {
                        returned = value;
                    }
                    made.extend(self.routers_bound(env).into_iter().filter(|it| !before.contains(it)));
                }
                if !is_python {
                    self.bind_all(made, env);
                }
                return returned;
            }
        }
        None
    }

    /// Gives the names that were known before a round of a loop the values that the round gave them.
    fn hand_back(&mut self, round: EnvId, env: EnvId, before: &HashSet<Box<str>>) {
        let set = self.envs[round].vars.iter().filter(|(name, _)| before.contains(*name));
        let set: Vec<(Box<str>, Value)> = set.map(|(name, value)| (name.clone(), value.clone())).collect();
        set.into_iter().for_each(|(name, value)| self.bind(env, &name, value));
    }

    /// The items of a value that can be looped over.
    pub(super) fn items(&self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::List(id) => Some(self.lists[*id].iter().take(MAX_ITEMS).cloned().collect()),
            Value::Object(id) => Some(self.objects[*id].iter().map(|(key, _)| Value::of_key(key)).collect()),
            _ => None,
        }
    }

    /// A function in this environment.
    pub(super) fn closure(&self, func: &Arc<Func>, env: EnvId) -> Closure {
        let env = match &self.envs[env] {
            // A method or block in the body of a class sees its constants and methods.
            it if it.is_class && self.language(env) == Language::Ruby => env,
            it if it.is_class && !self.is_csharp(env) => it.parent.unwrap_or(env),
            _ => env,
        };
        Closure { func: Arc::clone(func), env }
    }

    fn define(&mut self, func: &Arc<Func>, env: EnvId) {
        let closure = self.closure(func, env);
        self.bind(env, &func.name, Value::Func(closure.clone()));
        for decorator in &func.decorators {
            self.decorate(decorator, &closure, env);
        }
    }

    /// A decorator declares a route, or hands over a function that the application calls when it starts.
    fn decorate(&mut self, decorator: &Expr, closure: &Closure, env: EnvId) {
        // A decorator of the project's own may hand the function to a router.
        if let Value::Func(own) = self.decorating(closure, |it| it.eval(decorator, env))
            && !self.noting
            && self.has_to_do_with_routers(&own)
        {
            self.call_value(Value::Func(own), Args::of([Value::Func(closure.clone())]), 0..0, env);
        }
        let ExprKind::Call(call) = &decorator.kind else { return };
        let ExprKind::Attr(of, name) = &call.callee.kind else { return };
        match self.eval(of, env) {
            Value::Router(router) if self.is_startup(router, name) => {
                self.call_value(Value::Func(closure.clone()), Args::default(), 0..0, env);
            }
            Value::Unknown => self.loose(call, name, env),
            _ => {}
        }
    }

    /// The decorator of a class may register it: `@api.route("/orders") class Orders(Resource)`.
    fn decorate_class(&mut self, decorator: &Expr, class: &Value, env: EnvId) {
        if let ExprKind::Call(call) = &decorator.kind
            && let callee @ Value::Method(_) = self.eval(&call.callee, env)
            && let Value::Method(method) = &callee
            && matches!(method.0, Value::Router(_))
        {
            let mut args = self.args(call, env);
            args.named.extend(Args::of([class.clone()]).positional.pop().map(|it| ("class".into(), it)));
            self.call_value(callee, args, decorator.start..decorator.end, env);
            return;
        }
        if let Value::Func(own) = self.eval(decorator, env)
            && !self.noting
            && self.has_to_do_with_routers(&own)
        {
            self.call_value(Value::Func(own), Args::of([class.clone()]), 0..0, env);
        }
    }

    /// A class with its attributes.
    pub(super) fn class(&mut self, class: &Arc<Class>, env: EnvId) -> Value {
        if self.is_go(env) {
            return self.go_class(class, env);
        }
        let bases = class.bases.iter().map(|it| self.eval(it, env)).collect();
        let own = self.new_env(env);
        self.envs[own].is_class = true;
        let around = self.class_body.replace(own);
        self.exec_all(&class.body, own, false);
        self.class_body = around;
        Value::Class(ClassValue { class: Arc::clone(class), env: own, bases })
    }
}

/// Whether statements end with a return that is run for certain.
fn ends(body: &[Stmt]) -> bool {
    match body.last() {
        Some(Stmt::Return(_)) => true,
        Some(Stmt::Switch(_, cases)) => cases.iter().all(|it| ends(&it.body)),
        _ => false,
    }
}

/// Whether a list is made anew from its own items.
fn maps_itself(target: &Pattern, value: &Expr) -> bool {
    let (Pattern::Name(target), ExprKind::Each(each)) = (target, &value.kind) else { return false };
    matches!(&each.1.kind, ExprKind::Name(of) if of == target)
}
