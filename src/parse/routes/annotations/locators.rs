//! Methods that return an object whose methods are routes below theirs, as JAX-RS has them.

use super::declared::{Declared, Method};
use super::engine::Engine;
use super::types::{Scope, TypeId, dotted};
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Stmt, walk};
use crate::parse::routes::text::Text;

/// Objects that locate objects.
const MAX_LOCATORS: usize = 6;

impl Engine<'_, '_> {
    /// A method that returns an object whose methods are routes.
    pub(super) fn locate(
        &mut self,
        method: &Method,
        prefixes: &[Text],
        depth: usize,
        found: &mut Vec<Declared>,
    ) {
        if !self.table.locators || depth >= MAX_LOCATORS {
            return;
        }
        let paths: Vec<Text> = method
            .annotations
            .iter()
            .filter_map(|it| Some(it.paths(&self.table.method.get(&*it.name)?.path)))
            .flatten()
            .collect();
        let scope = self.types.scope(method.of);
        let declared = method.func.returns.as_ref().and_then(|it| self.located(it, scope));
        // Where the type says nothing, what is made says it.
        let Some(target) = declared.or_else(|| self.made(&method.func, scope)) else { return };
        for prefix in prefixes {
            for path in &paths {
                let mut path_below = prefix.clone();
                path_below.join(path);
                self.below(target, Some(&path_below), false, depth + 1, found);
            }
        }
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

    /// The class of an object that a method returns as it makes it.
    fn made(&mut self, func: &Func, scope: Scope) -> Option<TypeId> {
        let mut names = Vec::new();
        walk(&func.body, &mut |node| {
            if let Node::Stmt(Stmt::Return(Some(Expr { kind: ExprKind::Call(call), .. }))) = node {
                names.extend(dotted(&call.callee));
                // `context.getResource(Orders.class)`
                names.extend(call.args.iter().filter_map(|it| dotted(&it.value)));
            }
        });
        names.into_iter().find_map(|it| self.types.find(&it, scope))
    }
}
