//! The query parameters of annotated methods.

use std::sync::Arc;

use super::declared::Method;
use super::engine::Engine;
use super::types::{TypeId, dotted};
use super::value::Value;
use crate::model::route::{ParameterType, QueryParameter};
use crate::parse::routes::ir::{Class, ClassKind, Expr, ExprKind, Func, Module};
use crate::parse::routes::query::{self, Around, Handler, Site};
use crate::source::Span;

impl Engine<'_, '_> {
    /// Keeps what a method names, where somebody asks.
    pub(super) fn keep_query(&mut self, span: Span, method: &Method, verbs: &[String], line: &[TypeId]) {
        let Some(table) = self.framework.query.as_ref().filter(|_| self.query) else { return };
        let of_reads = verbs.iter().all(|it| it == "GET");
        let bare = of_reads || table.bare.as_ref().is_some_and(|name| self.carries(line, name));
        let handler = Handler { func: &method.func, site: method.of, method: false, bare };
        let named = query::named(&handler, table, self);
        self.named.insert(span, named);
    }

    /// The query parameters of a route.
    pub(super) fn query_of(&self, span: Span, method: &str, path: &str) -> Vec<QueryParameter> {
        self.named.get(&span).map(|it| query::of_route(it, method, path)).unwrap_or_default()
    }

    /// Whether a class or one that it is derived from carries an annotation.
    fn carries(&self, line: &[TypeId], name: &str) -> bool {
        let is_it = |it: &Expr| match &it.kind {
            ExprKind::Call(call) => {
                dotted(&call.callee).is_some_and(|it| it.rsplit('.').next() == Some(name))
            }
            _ => false,
        };
        line.iter().any(|&it| self.types.types[it].class.decorators.iter().any(is_it))
    }
}

impl Around for Engine<'_, '_> {
    fn module(&mut self, site: Site) -> Arc<Module> {
        let file = self.types.types[site].file;
        self.types.load(file)
    }

    fn function(&mut self, _: &Expr, _: Site) -> Option<(Arc<Func>, Site)> {
        None
    }

    fn class(&mut self, of: &Expr, site: Site) -> Option<(Arc<Class>, Site)> {
        let id = self.types.find(&dotted(of)?, self.types.scope(site))?;
        Some((Arc::clone(&self.types.types[id].class), id))
    }

    fn scalar(&mut self, of: &Expr, site: Site) -> Option<ParameterType> {
        let (class, _) = self.class(of, site)?;
        (class.kind == ClassKind::Enum).then_some(ParameterType::Text)
    }

    fn text(&mut self, of: &Expr, site: Site) -> Option<String> {
        match self.types.value(of, self.types.scope(site), &[]) {
            Value::Text(text) => text.as_known(),
            _ => None,
        }
    }
}
