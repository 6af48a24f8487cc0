//! Objects whose methods are routes by their attributes: `#[oai(path = "/orders", method = "get")]`.

use std::sync::Arc;

use crate::parse::routes::framework::{Made, MethodRoutes, Place};
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::interpret::value::{Args, ClassValue, Closure};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{ExprKind, Stmt};
use crate::parse::routes::text::Text;

impl Interpreter<'_> {
    /// Mounts what the methods of a class declare; false where the framework has no such methods.
    pub(super) fn mount_methods(&mut self, router: RouterId, child: &Value, path: &Text) -> bool {
        let framework = self.graph.routers[router].framework;
        let Some(words) = &self.store.tables[framework].method_routes else { return false };
        let class = match child {
            Value::Class(class) => class.clone(),
            Value::Instance(id) => self.instances[*id].class.clone(),
            _ => return false,
        };
        let below = self.graph.add(framework, Made::Router, self.graph.routers[router].place);
        if let Some(Value::Text(prefix)) = self.class_attr(&class, &words.prefix, 0) {
            self.graph.routers[below].path = (*prefix).clone();
        }
        self.declare_methods(below, &class, words);
        let mounted = Mounted { child: below, path: path.clone(), hidden: false, replaces: false };
        self.graph.mount(router, mounted);
        true
    }

    fn declare_methods(&mut self, router: RouterId, class: &ClassValue, words: &MethodRoutes) {
        let class_body = class.class.clone();
        for stmt in &class_body.body {
            let Stmt::Def(method) = stmt else { continue };
            for decorator in &method.decorators {
                let ExprKind::Call(call) = &decorator.kind else { continue };
                if !matches!(&call.callee.kind, ExprKind::Name(name) if **name == *words.attribute) {
                    continue;
                }
                let mut paths = Vec::new();
                let mut verbs = Vec::new();
                for arg in &call.args {
                    let value = self.eval(&arg.value, class.env);
                    match (arg.name.as_deref(), value) {
                        (Some("path"), Value::Text(path)) => {
                            paths.push(((*path).clone(), arg.value.start..arg.value.end));
                        }
                        (Some("path"), _) => paths.push((Text::hole("path"), arg.value.start..arg.value.end)),
                        (Some("method"), value) => {
                            let args = Args::of([value]);
                            verbs.extend(self.methods(&args, &[Place::Index(0)], &[]));
                        }
                        _ => {}
                    }
                }
                for (path, range) in paths {
                    let span = self.span(class.env, range);
                    let closure = Closure { func: Arc::clone(method), env: class.env };
                    self.handled_by(span, &path, &verbs, &Value::Func(closure));
                    let route = Declared { methods: verbs.clone(), path, hidden: false, span };
                    self.graph.declare(router, route);
                }
            }
        }
    }
}
