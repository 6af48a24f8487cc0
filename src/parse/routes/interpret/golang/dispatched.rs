//! Handlers that look at the request's path themselves: `switch r.URL.Path { case "/orders": … }`.
//!
//! Such a handler is registered for `/`, or is the whole server. An arm that takes the response on is a route; what
//! else stands around it nobody knows, so that each is assumed.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::asked::{is_method, is_request};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::value::EnvId;
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Call, EQUAL, Expr, ExprKind, Func, LOGIC, Node, Stmt, walk, walk_expr};
use crate::parse::routes::text::Text;

/// Functions that hand a request on to each other.
const MAX_HANDED: usize = 4;

/// One reading of a handler.
struct Reading {
    router: RouterId,
    /// The path that the handler is registered for.
    below: String,
    seen: HashSet<*const Func>,
}

impl Interpreter<'_> {
    /// Declares what a handler for all paths below one asks for.
    pub(in crate::parse::routes::interpret) fn declare_dispatched(
        &mut self,
        router: RouterId,
        below: &Text,
        handler: &Value,
    ) {
        let Some(below) = below.as_known().filter(|it| it.ends_with('/')) else { return };
        let mut reading = Reading { router, below, seen: HashSet::new() };
        self.read_dispatch(handler, &mut reading, 0);
    }

    /// Serves a handler that is no router, where it asks for paths.
    pub(super) fn serve_dispatched(&mut self, handler: &Value, env: EnvId) {
        if !matches!(handler, Value::Func(_) | Value::Bound(_) | Value::Instance(_)) {
            return;
        }
        let Some(framework) = self.store.tables.iter().position(|it| it.name == "net/http") else { return };
        let place = self.span(env, 0..0);
        let router = self.graph.add(framework, Made::App, place);
        self.declare_dispatched(router, &Text::known("/"), handler);
        if self.graph.routers[router].routes.is_empty() {
            return self.graph.forget(router);
        }
        let file = self.file(env);
        self.served.push((file, Value::Router(router)));
    }

    fn read_dispatch(&mut self, handler: &Value, reading: &mut Reading, depth: usize) {
        let Some((closure, env)) = self.handling(handler) else { return };
        if depth > MAX_HANDED || !reading.seen.insert(Arc::as_ptr(&closure.func)) {
            return;
        }
        self.read_arms(&closure.func.body, env, reading);
        let mut handed: Vec<&Expr> = Vec::new();
        walk(&closure.func.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
                && takes_both(call)
            {
                handed.push(&call.callee);
            }
        });
        for callee in handed {
            let value = match &callee.kind {
                ExprKind::Attr(of, name) if &**name == "ServeHTTP" => self.eval(of, env),
                ExprKind::Name(_) | ExprKind::Attr(..) => self.eval(callee, env),
                _ => continue,
            };
            self.read_dispatch(&value, reading, depth + 1);
        }
    }

    fn read_arms(&mut self, body: &[Stmt], env: EnvId, reading: &mut Reading) {
        let mut at = 0;
        while let Some(stmt) = body.get(at) {
            at += 1;
            match (stmt, body.get(at)) {
                // `if r.Method == "GET" && r.URL.Path == path { … }`
                (Stmt::Expr(condition), Some(Stmt::Branch(then))) => {
                    self.read_question(condition, then, env, reading);
                }
                (Stmt::Switch(subject, cases), _) if is_path(subject) => {
                    for case in cases {
                        if let Some(value) = &case.value {
                            self.add_paths(value, &case.body, &[], env, reading);
                        }
                        self.read_arms(&case.body, env, reading);
                    }
                }
                (Stmt::Switch(subject, cases), _) => {
                    if let (ExprKind::Call(_), Some(first)) = (&subject.kind, cases.first()) {
                        self.read_question(subject, &first.body, env, reading);
                    }
                    cases.iter().for_each(|it| self.read_arms(&it.body, env, reading));
                }
                (Stmt::Branch(body) | Stmt::For(_, _, body), _) => self.read_arms(body, env, reading),
                _ => {}
            }
        }
    }

    /// A condition that compares the path with constants, each of which leads to what follows.
    fn read_question(&mut self, condition: &Expr, then: &[Stmt], env: EnvId, reading: &mut Reading) {
        let mut compared: Vec<(&Expr, &Expr)> = Vec::new();
        let mut denied =
            self.store.sources.text(self.span(env, condition.start..condition.end)).contains("!(");
        walk_expr(condition, &mut |node| {
            let Node::Expr(it) = node else { return };
            match &it.kind {
                ExprKind::Compare(a, b) => compared.extend([(&**a, &**b), (&**b, &**a)]),
                ExprKind::Call(call) => match (&call.callee.kind, call.args.as_slice()) {
                    (ExprKind::Name(name), [a, b]) if &**name == EQUAL => {
                        compared.extend([(&a.value, &b.value), (&b.value, &a.value)]);
                    }
                    (ExprKind::Name(name), [of]) if &**name == LOGIC[0] => denied |= asks_path(&of.value),
                    _ => {}
                },
                _ => {}
            }
        });
        let (mut paths, mut verbs) = (Vec::new(), Vec::new());
        for (asked, constant) in compared {
            if is_path(asked) || is_method(asked) {
                denied |= self.between(asked, constant, env).contains("!=");
                if is_path(asked) { paths.push(constant) } else { verbs.push(constant) }
            }
        }
        if denied {
            return;
        }
        let verbs: Vec<String> = verbs.into_iter().filter_map(|it| self.eval(it, env).known_text()).collect();
        for path in paths {
            self.add_paths(path, then, &verbs, env, reading);
        }
    }

    /// Declares the paths that a constant, or a list of them, stands for.
    fn add_paths(&mut self, value: &Expr, arm: &[Stmt], verbs: &[String], env: EnvId, reading: &Reading) {
        if !answers(arm) {
            return;
        }
        let range: Range<u32> = value.start..value.end;
        let value = self.eval(value, env);
        let all = self.items(&value).unwrap_or_else(|| vec![value]);
        for path in all.iter().filter_map(Value::known_text) {
            if !path.starts_with(&reading.below) {
                continue;
            }
            let asked = if verbs.is_empty() { self.verbs_in(arm, env) } else { verbs.to_vec() };
            let span = self.span(env, range.clone());
            let path = Text::known(&path).unsure();
            self.graph.declare(reading.router, Declared { methods: asked, path, hidden: false, span });
        }
    }
}

/// `r.URL.Path`
fn is_path(expr: &Expr) -> bool {
    let ExprKind::Attr(of, name) = &expr.kind else { return false };
    &**name == "Path" && matches!(&of.kind, ExprKind::Attr(of, name) if &**name == "URL" && is_request(of))
}

fn asks_path(expr: &Expr) -> bool {
    let mut found = false;
    walk_expr(expr, &mut |node| found |= matches!(node, Node::Expr(it) if is_path(it)));
    found
}

/// Whether a call hands on the response and the request.
fn takes_both(call: &Call) -> bool {
    call.args.iter().any(|it| is_response(&it.value)) && call.args.iter().any(|it| is_request(&it.value))
}

fn is_response(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if matches!(&**name, "w" | "rw" | "resp" | "writer"))
}

/// Whether an arm does something with the response: says more than that nothing is there, and does not only let a
/// request pass that something else is asked for.
fn answers(arm: &[Stmt]) -> bool {
    let mut found = false;
    let mut passes = false;
    walk(arm, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
        found |= call.args.iter().any(|it| is_response(&it.value))
            || matches!(&call.callee.kind, ExprKind::Attr(of, _) if is_response(of));
        passes |= match &call.callee.kind {
            ExprKind::Attr(_, name) if &**name == "NotFound" => true,
            ExprKind::Attr(of, name) if &**name == "ServeHTTP" => is_next(of),
            _ => is_next(&call.callee),
        };
    });
    found && !passes
}

fn is_next(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Name(name) if matches!(&**name, "next" | "h" | "handler"))
}
