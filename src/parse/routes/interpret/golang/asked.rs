//! Which verbs a handler serves that is registered for all of them: what it asks of the request's method.

use std::collections::BTreeSet;
use std::ops::Range;

use super::nested::handed_on_to;
use crate::parse::routes::interpret::arguments::VERBS;
use crate::parse::routes::interpret::value::{Closure, EnvId};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Case, Expr, ExprKind, Node, Pattern, Stmt, walk, walk_expr};

/// Handlers around handlers.
const MAX_WRAPPERS: usize = 6;

/// What is said about verbs.
#[derive(Default)]
struct Asked {
    verbs: BTreeSet<String>,
    /// Any other verb is turned away.
    exact: bool,
}

impl Interpreter<'_> {
    /// The verbs that a handler serves; none where it does not say. A function that is written where a path is
    /// computed, or made by another one, may serve many paths, each with verbs of its own.
    pub(in crate::parse::routes::interpret) fn verbs_asked_of(
        &mut self,
        handler: &Value,
        path: Range<u32>,
        env: EnvId,
    ) -> Option<Vec<String>> {
        let asked = self.asked_in(handler, 0)?;
        let is_made = match handler {
            Value::Func(closure) => closure.func.name.is_empty(),
            _ => false,
        };
        let literal = self.store.sources.text(self.span(env, path)).contains(['"', '`']);
        if is_made && !literal && asked.verbs.len() > 1 {
            return None;
        }
        // What answers a browser's question before a request is no operation of its own.
        let verbs: Vec<String> =
            asked.verbs.into_iter().filter(|it| !matches!(it.as_str(), "OPTIONS" | "HEAD")).collect();
        let known = if asked.exact { !verbs.is_empty() } else { verbs.len() > 1 };
        known.then_some(verbs)
    }

    /// The verbs that statements of a handler serve: all where they do not say.
    pub(super) fn verbs_in(&mut self, body: &[Stmt], env: EnvId) -> Vec<String> {
        let mut asked = Asked::default();
        self.read_body(body, env, &mut asked, 0);
        match asked.exact && !asked.verbs.is_empty() {
            true => asked.verbs.into_iter().collect(),
            false => vec!["ANY".to_owned()],
        }
    }

    /// The function that a handler is, and an environment that knows its receiver. That of an object is `ServeHTTP`.
    pub(super) fn handling(&mut self, handler: &Value) -> Option<(Closure, EnvId)> {
        let (closure, this) = match handler {
            Value::Func(closure) => (closure.clone(), None),
            Value::Bound(bound) => (bound.1.clone(), Some(bound.0.clone())),
            Value::Instance(id) => {
                let class = self.instances[*id].class.clone();
                match self.class_attr(&class, "ServeHTTP", 0) {
                    Some(Value::Func(method)) => (method, Some(handler.clone())),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let env = self.new_env(closure.env);
        if let (Some(this), Some(param)) = (this, closure.func.params.first()) {
            self.assign(&param.pattern, this, env, false);
        }
        Some((closure, env))
    }

    fn asked_in(&mut self, handler: &Value, depth: usize) -> Option<Asked> {
        if depth > MAX_WRAPPERS {
            return None;
        }
        let (closure, env) = self.handling(handler)?;
        let mut asked = Asked::default();
        self.read_body(&closure.func.body, env, &mut asked, 0);
        if asked.verbs.is_empty() {
            return self.handed_on(&closure, env, depth);
        }
        Some(asked)
    }

    /// What the handler asks that a handler calls: `next(w, r)`, `next.ServeHTTP(w, r)`.
    fn handed_on(&mut self, closure: &Closure, env: EnvId, depth: usize) -> Option<Asked> {
        let [target] = *handed_on_to(&closure.func.body) else { return None };
        match self.eval(target, env) {
            Value::Func(it) if self.modules[self.envs[it.env].module].env == it.env => None,
            value => self.asked_in(&value, depth + 1),
        }
    }

    fn read_body(&mut self, body: &[Stmt], env: EnvId, asked: &mut Asked, depth: usize) {
        if depth > 2 * MAX_WRAPPERS {
            return;
        }
        for stmt in body {
            match stmt {
                Stmt::Branch(body) => self.read_body(body, env, asked, depth + 1),
                Stmt::Switch(subject, cases) if is_method(subject) => {
                    self.read_cases(cases, env, asked, depth)
                }
                // What is put to a text decides nothing here: `if strings.HasSuffix(path, "/")`.
                Stmt::Switch(Expr { kind: ExprKind::Call(_), .. }, cases) => {
                    cases.iter().for_each(|it| self.read_body(&it.body, env, asked, depth + 1));
                }
                Stmt::Expr(condition) => self.read_condition(condition, env, asked),
                _ => {}
            }
        }
    }

    /// The arms of a switch over the method; `if` is one with an arm and a default.
    fn read_cases(&mut self, cases: &[Case], env: EnvId, asked: &mut Asked, depth: usize) {
        let mut named = 0;
        let mut guards = false;
        for case in cases {
            match &case.value {
                Some(value) => {
                    named += 1;
                    guards = case.body.is_empty();
                    if !self.takes_nothing(value, &case.body, env) {
                        self.add_verbs(value, env, asked);
                    }
                }
                None => {
                    asked.exact |= turns_away(&case.body);
                    self.read_body(&case.body, env, asked, depth + 1);
                }
            }
        }
        // `if r.Method != "GET" { return }` has nothing to do where it is that one.
        asked.exact |= named > 1 || (named == 1 && guards);
    }

    /// Whether an arm only takes fields that its object leaves empty: `handle = c.GET` of a command without one. The
    /// field that is called like the verb decides where there are more.
    fn takes_nothing(&mut self, verb: &Expr, body: &[Stmt], env: EnvId) -> bool {
        let verbs = self.eval(verb, env);
        let verbs = self.items(&verbs).unwrap_or_else(|| vec![verbs]);
        let named = |field: &str| {
            let mut texts = verbs.iter().filter_map(Value::known_text);
            texts.any(|it| it.eq_ignore_ascii_case(field))
        };
        let mut empty = false;
        for stmt in body {
            let Some((of, field)) = taken_field(stmt) else { return false };
            let Value::Instance(id) = self.eval(of, env) else { return false };
            let fields = &self.instances[id].fields;
            let filled = fields.iter().any(|(key, it)| **key == *field && *it != Value::Unknown);
            if named(field) {
                // An object of which nothing is known says nothing.
                return !fields.is_empty() && !filled;
            }
            empty = body.len() == 1 && !fields.is_empty() && !filled;
        }
        empty
    }

    /// `r.Method != m && r.Method != "HEAD"`, `!allowed(w, r, "POST")`
    fn read_condition(&mut self, condition: &Expr, env: EnvId, asked: &mut Asked) {
        let mut compared: Vec<(&Expr, &Expr)> = Vec::new();
        let mut told: Vec<&Expr> = Vec::new();
        walk_expr(condition, &mut |node| {
            let Node::Expr(it) = node else { return };
            match &it.kind {
                ExprKind::Compare(a, b) if is_method(a) => compared.push((a, b)),
                ExprKind::Compare(a, b) if is_method(b) => compared.push((b, a)),
                ExprKind::Call(call) if call.args.iter().any(|it| is_request(&it.value)) => {
                    told.extend(call.args.iter().map(|it| &it.value).filter(|it| is_verb(it)));
                }
                _ => {}
            }
        });
        for (method, verb) in compared {
            let differs = self.between(method, verb, env).contains("!=");
            // `stopped && r.Method != "GET"` turns others away only where something else holds, too.
            let text = self.store.sources.text(self.span(env, condition.start..condition.end));
            if differs && text.contains("&&") && text.split("&&").any(|it| !it.contains("Method")) {
                continue;
            }
            self.add_verbs(verb, env, asked);
            asked.exact |= differs;
        }
        for verb in told {
            self.add_verbs(verb, env, asked);
            asked.exact = true;
        }
    }

    /// The words between two expressions.
    pub(super) fn between(&self, a: &Expr, b: &Expr, env: EnvId) -> &str {
        let (start, end) = (a.end.min(b.end), a.start.max(b.start));
        if start <= end { self.store.sources.text(self.span(env, start..end)) } else { "" }
    }

    fn add_verbs(&mut self, value: &Expr, env: EnvId, asked: &mut Asked) {
        let value = self.eval(value, env);
        let all = self.items(&value).unwrap_or_else(|| vec![value]);
        let texts = all.iter().filter_map(Value::known_text);
        asked.verbs.extend(texts.filter(|it| VERBS.contains(&it.as_str())));
    }
}

/// The object and the field in `handle = c.GET`.
fn taken_field(stmt: &Stmt) -> Option<(&Expr, &str)> {
    let value = match stmt {
        Stmt::Assign(Pattern::Name(_), value) => value,
        Stmt::Expr(Expr { kind: ExprKind::Assigned(assigned), .. }) => &assigned.1,
        _ => return None,
    };
    match &value.kind {
        ExprKind::Attr(of, field) => Some((of, field)),
        _ => None,
    }
}

/// `r.Method`
pub(super) fn is_method(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Attr(of, name) if &**name == "Method" && is_request(of))
}

pub(super) fn is_request(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => matches!(&**name, "r" | "req" | "request"),
        ExprKind::Attr(_, name) => &**name == "Request",
        _ => false,
    }
}

/// `"POST"`, `http.MethodPost`
fn is_verb(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Str(text) => VERBS.contains(&&**text),
        ExprKind::Attr(_, name) => {
            name.strip_prefix("Method").is_some_and(|it| VERBS.contains(&it.to_ascii_uppercase().as_str()))
        }
        _ => false,
    }
}

/// Whether an arm says that the method is not allowed.
fn turns_away(body: &[Stmt]) -> bool {
    let mut found = false;
    walk(body, &mut |node| {
        if let Node::Expr(it) = node {
            found |= match &it.kind {
                ExprKind::Attr(_, name) => &**name == "StatusMethodNotAllowed",
                ExprKind::Str(text) => &**text == "405",
                _ => false,
            };
        }
    });
    found
}
