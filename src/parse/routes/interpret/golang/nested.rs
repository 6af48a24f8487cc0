//! Routers inside handlers: middleware of the project's own, `http.StripPrefix`, an adapter of a library.

use std::ops::Range;

use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Mounted, RouterId};
use crate::parse::routes::interpret::value::{Closure, EnvId};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Node, Stmt, walk};
use crate::parse::routes::text::Text;

/// Handlers around handlers.
const MAX_WRAPPERS: usize = 12;

impl Interpreter<'_> {
    /// The router that a handler hands its requests to.
    pub(in crate::parse::routes::interpret) fn nested_router(&mut self, value: &Value) -> Option<RouterId> {
        self.nested_in(value, 0)
    }

    fn nested_in(&mut self, value: &Value, depth: usize) -> Option<RouterId> {
        if depth > MAX_WRAPPERS {
            return None;
        }
        match value {
            Value::Router(id) | Value::Wrapped(id) => Some(*id),
            Value::External(name) if &**name == "net/http.DefaultServeMux" => {
                let framework = self.store.tables.iter().position(|it| it.name == "net/http")?;
                Some(self.default_router(framework, 0..0, 0))
            }
            Value::Func(closure) => self.called_by(closure, None, depth),
            Value::Bound(bound) => self.called_by(&bound.1, Some(&bound.0), depth),
            Value::Instance(id) => {
                let class = self.instances[*id].class.clone();
                if let Some(Value::Func(method)) = self.class_attr(&class, "ServeHTTP", 0) {
                    return self.called_by(&method, Some(value), depth);
                }
                // `struct { *chi.Mux }`
                let embedded: Vec<Value> = class
                    .class
                    .bases
                    .iter()
                    .filter_map(|base| match &base.kind {
                        ExprKind::Name(name) | ExprKind::Attr(_, name) => {
                            self.instances[*id].fields.iter().rev().find(|(it, _)| it == name)
                        }
                        _ => None,
                    })
                    .map(|(_, it)| it.clone())
                    .collect();
                embedded.iter().find_map(|it| self.nested_in(it, depth + 1))
            }
            _ => None,
        }
    }

    /// What a handler's body calls `ServeHTTP` of.
    fn called_by(&mut self, closure: &Closure, this: Option<&Value>, depth: usize) -> Option<RouterId> {
        let targets = handed_on_to(&closure.func.body);
        if targets.is_empty() {
            return None;
        }
        let env = self.new_env(closure.env);
        if let (Some(this), Some(param)) = (this, closure.func.params.first()) {
            self.assign(&param.pattern, this.clone(), env, false);
        }
        targets.into_iter().find_map(|target| {
            let mut at = target;
            while let ExprKind::Attr(of, _) = &at.kind {
                at = of;
            }
            if !matches!(at.kind, ExprKind::Name(_)) {
                return None;
            }
            let value = self.eval(target, env);
            match &value {
                // Only a handler that somebody gave; a helper of the package is none.
                Value::Func(it)
                    if self.envs[it.env].parent.is_some_and(|it| self.envs[it].parent.is_none()) =>
                {
                    None
                }
                value => self.nested_in(value, depth + 1),
            }
        })
    }

    /// A handler that hands what is below a prefix to a router, without the prefix.
    pub(super) fn below(&mut self, child: RouterId, path: Text, range: Range<u32>, env: EnvId) -> Value {
        let framework = self.store.tables.iter().position(|it| it.name == "net/http").unwrap_or_default();
        let place = self.span(env, range);
        let router = self.graph.add(framework, Made::App, place);
        self.graph.mount(router, Mounted { child, path, hidden: false, replaces: false });
        Value::Router(router)
    }

    /// The router that `http.HandleFunc` and its kin use.
    pub(in crate::parse::routes::interpret) fn default_router(
        &mut self,
        framework: usize,
        range: Range<u32>,
        env: EnvId,
    ) -> RouterId {
        if let Some(&router) = self.default_routers.get(&framework) {
            return router;
        }
        let place = self.span(env, range);
        let router = self.graph.add(framework, Made::App, place);
        self.default_routers.insert(framework, router);
        router
    }

    /// Whether the handler of a route is a router itself, or files; a router is mounted as it stands.
    pub(in crate::parse::routes::interpret) fn nest_handler(
        &mut self,
        router: RouterId,
        handler: &Value,
    ) -> bool {
        if matches!(handler, Value::External(name) if name.contains(".FileServer") && name.ends_with("()")) {
            return true;
        }
        match self.nested_router(handler) {
            // What was made with the router around cannot be below it: a library's own handler.
            Some(child) if child != router && !self.graph.reaches(child, router) => {
                let path = Text::known("");
                self.graph.mount(router, Mounted { child, path, hidden: false, replaces: false });
                true
            }
            _ => false,
        }
    }
}

/// The handlers that a handler's body passes its request to: `next(w, r)`, `next.ServeHTTP(w, r)`.
pub(super) fn handed_on_to(body: &[Stmt]) -> Vec<&Expr> {
    let mut targets = Vec::new();
    walk(body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
        match &call.callee.kind {
            ExprKind::Attr(of, name) if &**name == "ServeHTTP" => targets.push(&**of),
            ExprKind::Name(_) if call.args.len() == 2 => targets.push(&call.callee),
            _ => {}
        }
    });
    targets
}
