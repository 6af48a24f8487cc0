//! Classes that a decorator makes a router: `@api_controller("/crew")`, with routes that their methods' decorators say.

use super::super::value::{Args, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::framework::Place;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::ir::{Class, Expr, ExprKind, Stmt};

impl Interpreter<'_> {
    /// Evaluates the decorators of a class; the router that one of them makes of it, with its routes.
    pub(in crate::parse::routes::interpret) fn router_of_class(
        &mut self,
        class: &Class,
        env: EnvId,
    ) -> Option<RouterId> {
        if !self.is_python(env) {
            return None;
        }
        let mut found = None;
        for decorator in &class.decorators {
            if self.is_declaration(decorator, env) {
                continue;
            }
            let made = match self.eval(decorator, env) {
                Value::External(name) if self.construct_named(&name).is_some() => {
                    self.call_library(&name, Args::default(), decorator.start..decorator.end, env)
                }
                made => made,
            };
            let Value::Router(router) = made else { continue };
            if !self.store.tables[self.graph.routers[router].framework].class_verbs.is_empty() {
                self.declare_class(class, router, env);
                found = Some(router);
            }
        }
        found
    }

    /// Whether a decorator is a call on a router, which declares the class: `@routes.view("/crew")`.
    fn is_declaration(&mut self, decorator: &Expr, env: EnvId) -> bool {
        let ExprKind::Call(call) = &decorator.kind else { return false };
        matches!(self.eval(&call.callee, env), Value::Method(method) if matches!(method.0, Value::Router(_)))
    }

    /// Declares what the decorators of a class's methods say: `@http_get("/{crew_id}")`.
    fn declare_class(&mut self, class: &Class, router: RouterId, env: EnvId) {
        let verbs = &self.store.tables[self.graph.routers[router].framework].class_verbs;
        let methods = class.body.iter().filter_map(|it| match it {
            Stmt::Def(func) => Some(func),
            _ => None,
        });
        for decorator in methods.flat_map(|it| &it.decorators) {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let name = match &call.callee.kind {
                ExprKind::Name(name) => name.to_string(),
                ExprKind::Attr(of, name) => match &of.kind {
                    ExprKind::Name(of) => format!("{of}.{name}"),
                    _ => continue,
                },
                _ => continue,
            };
            let Some(verb) = verbs.get(&name) else { continue };
            let args = self.args(call, env);
            let places = [Place::Index(0), Place::Key("path".to_owned())];
            let range = call.callee.start..decorator.end;
            self.declare(router, vec![verb.clone()], &args, &places, range, env);
        }
    }
}
