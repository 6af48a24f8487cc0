//! Routers that methods of other classes return: `users.routes().and(orders.routes())`.

use std::sync::Arc;

use super::declared::Declared;
use super::engine::Engine;
use super::functional::{Place, is_router};
use super::types::TypeId;
use crate::parse::routes::ir::{Class, Expr, ExprKind, Func, Stmt};
use crate::parse::routes::text::Text;

impl Engine<'_, '_> {
    /// Adds the routes of a method of another object. Whether there is such a method.
    pub(super) fn foreign_function(
        &mut self,
        of: &Expr,
        name: &str,
        prefix: &Text,
        place: &Place<'_>,
        found: &mut Vec<Declared>,
    ) -> bool {
        let (ExprKind::Name(object) | ExprKind::Attr(_, object)) = &of.kind else { return false };
        let Some((id, class, func)) = self.returning(object, name) else { return false };
        let place = Place { scope: self.types.scope(id), class: &class, body: &[], locals: &[], ..*place };
        self.returned(&func, prefix, &place, found);
        true
    }

    /// The method of this name that returns a router and is served by nobody else. Of several classes that have
    /// one it is the one that the object is called after.
    fn returning(&mut self, object: &str, name: &str) -> Option<(TypeId, Arc<Class>, Arc<Func>)> {
        let table = self.table.functional.as_ref()?;
        let mut all = Vec::new();
        for id in 0..self.types.types.len() {
            let class = self.types.types[id].class.clone();
            for stmt in &class.body {
                let Stmt::Def(func) = stmt else { continue };
                let typed = func.returns.is_some() || !func.body.is_empty();
                if &*func.name != name || !typed || !is_router(func, table) {
                    continue;
                }
                let scope = self.types.scope(id);
                if !self.annotations(&func.decorators, scope).iter().any(|it| *it.name == *table.serves) {
                    all.push((id, class.clone(), Arc::clone(func)));
                }
            }
        }
        if all.len() > 1 {
            all.retain(|(_, class, _)| class.name.eq_ignore_ascii_case(object));
        }
        all.into_iter().next()
    }
}
