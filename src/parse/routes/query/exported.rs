//! The functions that a module exports as handlers, found by their place, and the names around them.

use std::sync::Arc;

use super::{Around, Handler, Named, Site, named};
use crate::model::route::ParameterType;
use crate::parse::routes::exports::{self, Exported, assigned, imported};
use crate::parse::routes::framework::Framework;
use crate::parse::routes::ir::{Class, Expr, ExprKind, Func, Module, Node, Stmt, walk};
use crate::parse::routes::resolve::Resolver;
use crate::parse::routes::store::Store;
use crate::source::{SourceId, Span};

/// Wrappers in wrappers, names of names.
const MAX_HOPS: usize = 6;

/// What an exported handler names.
pub(in crate::parse::routes) fn of_export(
    framework: &Framework,
    exported: &Exported,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Vec<Named> {
    let Some(table) = &framework.query else { return Vec::new() };
    let mut names = Names { store, resolver };
    let Some((func, site)) = names.at(exported) else { return Vec::new() };
    named(&Handler { func: &func, site, method: false, bare: true }, table, &mut names)
}

/// The names of modules; a site is the number of a file.
struct Names<'n> {
    store: &'n Store<'n>,
    resolver: &'n Resolver<'n>,
}

impl Names<'_> {
    /// The function at a place: what has the name that stands there, or what is written there.
    fn at(&mut self, exported: &Exported) -> Option<(Arc<Func>, Site)> {
        let module = self.store.module(exported.file);
        let site = exported.file.0 as Site;
        let span = Span { source: exported.file, start: exported.range.start, end: exported.range.end };
        let words = self.store.sources.text(span);
        if let Some(found) = self.function_named(&module, words, site, 0) {
            return Some(found);
        }
        let mut found = None;
        walk(&module.body, &mut |node| match node {
            Node::Expr(expr) if found.is_none() && (expr.start..expr.end) == exported.range => {
                found = self.function_in(&module, expr, site, 0);
            }
            _ => {}
        });
        found
    }

    fn function_named(
        &mut self,
        module: &Module,
        name: &str,
        site: Site,
        hops: usize,
    ) -> Option<(Arc<Func>, Site)> {
        let defined = module.body.iter().find_map(|it| match it {
            Stmt::Def(func) if *func.name == *name => Some(Arc::clone(func)),
            _ => None,
        });
        if let Some(func) = defined {
            return Some((func, site));
        }
        if let Some(value) = assigned(module, name) {
            return self.function_in(module, value, site, hops + 1);
        }
        let (source, outer) = imported(module, name).filter(|_| hops < MAX_HOPS)?;
        let file = self.resolver.javascript(self.store.sources.path(SourceId(site as u32)), &source)?.file?;
        let target = exports::named_export(file, &outer, self.store, self.resolver)?;
        let site = target.file.0 as Site;
        match &target.name {
            Some(name) => self.function_named(&target.module, name, site, hops + 1),
            None => self.at(&Exported { file: target.file, range: target.range }),
        }
    }

    /// The function that an expression is, or that a call is handed: `withAuth(async (request) => …)`.
    fn function_in(
        &mut self,
        module: &Module,
        expr: &Expr,
        site: Site,
        hops: usize,
    ) -> Option<(Arc<Func>, Site)> {
        if hops > MAX_HOPS {
            return None;
        }
        match &expr.kind {
            ExprKind::Func(func) => Some((Arc::clone(func), site)),
            ExprKind::Name(name) => self.function_named(module, name, site, hops + 1),
            ExprKind::Call(call) => {
                call.args.iter().find_map(|it| self.function_in(module, &it.value, site, hops + 1))
            }
            _ => None,
        }
    }
}

impl Around for Names<'_> {
    fn module(&mut self, site: Site) -> Arc<Module> {
        self.store.module(SourceId(site as u32))
    }

    fn function(&mut self, of: &Expr, site: Site) -> Option<(Arc<Func>, Site)> {
        let ExprKind::Name(name) = &of.kind else { return None };
        let module = self.module(site);
        self.function_named(&module, name, site, 0)
    }

    fn class(&mut self, _: &Expr, _: Site) -> Option<(Arc<Class>, Site)> {
        None
    }

    fn scalar(&mut self, _: &Expr, _: Site) -> Option<ParameterType> {
        None
    }
}
