//! Methods that return an object whose methods are routes below theirs, as JAX-RS has them.

use super::declared::{Declared, Method};
use super::engine::Engine;
use super::types::{Scope, TypeId, dotted};
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Pattern, Stmt, walk};
use crate::parse::routes::text::Text;

/// Objects that locate objects.
const MAX_LOCATORS: usize = 12;

impl Engine<'_, '_> {
    /// A method that returns an object whose methods are routes; `above` are the classes that located this one.
    pub(super) fn locate(
        &mut self,
        method: &Method,
        prefixes: &[Text],
        above: &[TypeId],
        found: &mut Vec<Declared>,
    ) {
        if !self.table.locators || above.len() >= MAX_LOCATORS {
            return;
        }
        let paths: Vec<Text> = method
            .annotations
            .iter()
            .filter_map(|it| Some(it.paths(&self.table.method.get(&*it.name)?.path)))
            .flatten()
            .collect();
        for target in self.targets(method) {
            if above.contains(&target) {
                continue;
            }
            let above = [above, &[target]].concat();
            for prefix in prefixes {
                for path in &paths {
                    let mut path_below = prefix.clone();
                    path_below.join(path);
                    self.below(target, Some(&path_below), &above, found);
                }
            }
        }
    }

    /// The classes of the objects that a method may return: what it makes, where that says more than its type.
    fn targets(&mut self, method: &Method) -> Vec<TypeId> {
        let scope = self.types.scope(method.of);
        let declared = method.func.returns.as_ref().and_then(|it| self.located(it, scope));
        let mut made = self.made(&method.func, scope);
        if let Some(declared) = declared {
            made.retain(|&it| self.types.line(it).contains(&declared));
            if made.is_empty() {
                made.push(declared);
            }
        }
        made
    }

    /// The class of a located object: `Orders`, `Class<Orders>`.
    fn located(&mut self, returns: &Expr, scope: Scope) -> Option<TypeId> {
        if let Some(found) = self.types.find(&dotted(returns)?, scope) {
            return Some(found);
        }
        let ExprKind::Index(_, arguments) = &returns.kind else { return None };
        let ExprKind::List(arguments) = &arguments.kind else { return None };
        self.types.find(&dotted(arguments.first()?)?, scope)
    }

    /// The classes of the objects that a method makes and returns, directly or by a variable.
    fn made(&mut self, func: &Func, scope: Scope) -> Vec<TypeId> {
        let mut assigned: Vec<(&str, &Expr)> = Vec::new();
        let mut returned: Vec<&Expr> = Vec::new();
        walk(&func.body, &mut |node| match node {
            Node::Stmt(Stmt::Assign(Pattern::Name(name), value)) => assigned.push((name, value)),
            Node::Stmt(Stmt::Return(Some(value))) => returned.push(value),
            _ => {}
        });
        let mut found = Vec::new();
        for value in returned {
            let values: Vec<&Expr> = match &value.kind {
                ExprKind::Name(name) => {
                    assigned.iter().filter(|(it, _)| *it == &**name).map(|(_, it)| *it).collect()
                }
                ExprKind::Either(all) => all.iter().collect(),
                _ => vec![value],
            };
            for value in values {
                let ExprKind::Call(call) = &value.kind else { continue };
                // `new Orders()`, `context.getResource(Orders.class)`, `context.initResource(new Orders())`
                let arguments = call.args.iter().filter_map(|it| match &it.value.kind {
                    ExprKind::Call(inner) => dotted(&inner.callee),
                    _ => dotted(&it.value),
                });
                let names = dotted(&call.callee).into_iter().chain(arguments);
                let target = names.collect::<Vec<_>>().into_iter().find_map(|it| self.types.find(&it, scope));
                found.extend(target.filter(|it| !found.contains(it)));
            }
        }
        found
    }
}
