//! The methods of a class, with the annotations that count for them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::declared::Method;
use super::engine::Engine;
use super::types::{TypeId, dotted};
use super::value::Annotation;
use crate::parse::routes::ir::{Access, Expr, ExprKind, Func, Stmt};
use crate::source::Span;

impl Engine<'_, '_> {
    /// The methods of a class and of what it is derived from, each with the nearest annotations that map it.
    pub(super) fn methods(&mut self, line: &[TypeId]) -> Vec<Method> {
        let mut found: Vec<Method> = Vec::new();
        let given = self.type_arguments(line);
        let in_java = line.iter().all(|&it| self.is_of_java(it));
        for &of in line {
            let class = self.types.types[of].class.clone();
            let scope = self.types.scope(of);
            let nearer = found.len();
            for stmt in &class.body {
                let Stmt::Def(func) = stmt else { continue };
                let of_class = self.is_csharp() && func.access == Access::Static;
                if &*func.name == "constructor" || func.access == Access::Private || of_class {
                    continue;
                }
                let annotations = self.annotations(&func.decorators, scope);
                let is_same = |it: &&mut Method| {
                    it.func.name == func.name
                        && it.func.params.len() == func.params.len()
                        && !(in_java && takes_others(&it.func, func, &given))
                };
                found[..nearer].iter_mut().filter(is_same).for_each(|it| it.foreign &= func.overrides);
                let mut same = found[..nearer].iter_mut().filter(is_same).peekable();
                if same.peek().is_none() {
                    found.push(Method { func: Arc::clone(func), of, annotations, foreign: func.overrides });
                    continue;
                }
                let maps =
                    |all: &[Annotation]| all.iter().any(|it| self.table.method.contains_key(&*it.name));
                if let Some(bare) = same.find(|it| !maps(&it.annotations)) {
                    bare.annotations.extend(annotations);
                }
            }
        }
        found
    }

    /// Whether a class is written in Java, whose types have one name each.
    fn is_of_java(&self, of: TypeId) -> bool {
        self.types.store.sources.path(self.types.scope(of).file).ends_with(".java")
    }

    /// The types that classes give the classes that they are derived from: `Order` in `extends Crud<Order>`.
    fn type_arguments(&self, line: &[TypeId]) -> BTreeSet<String> {
        let bases = line.iter().flat_map(|&it| &self.types.types[it].class.bases);
        let lists = bases.filter_map(|it| match &it.kind {
            ExprKind::Index(_, arguments) => Some(arguments),
            _ => None,
        });
        let items = lists.flat_map(|it| match &it.kind {
            ExprKind::List(all) => all.as_slice(),
            _ => std::slice::from_ref(&**it),
        });
        items.filter_map(last_name).collect()
    }

    /// The method that serves the routes of its class.
    pub(super) fn invoked<'m>(&self, methods: &'m [Method]) -> Option<&'m Method> {
        let name = self.table.invoked.as_deref()?;
        let maps = |it: &Method| it.annotations.iter().any(|it| self.table.method.contains_key(&*it.name));
        let found = methods.iter().find(|it| *it.func.name == *name)?;
        methods.iter().all(|it| !maps(it)).then_some(found)
    }

    /// A public method about whose route nothing is said.
    pub(super) fn is_bare(&self, method: &Method) -> bool {
        let excluded = |it: &Annotation| self.table.excludes.iter().any(|name| **name == *it.name);
        method.func.access == Access::Public
            && !method.foreign
            && !method.annotations.iter().any(|it| self.table.method.contains_key(&*it.name) || excluded(it))
    }

    pub(super) fn place(&self, method: &Method) -> Span {
        let class = &self.types.types[method.of];
        let place = method.func.returns.as_ref().or(class.class.bases.first());
        let (start, end) = place.map_or((0, 0), |it| (it.start, it.end));
        Span { source: class.file, start, end }
    }
}

/// Whether a method takes other types than one of a base, and so does not take its place: `update(Change, Exchange)`
/// beside `update(ID, T)`. What a base calls `T` is one of the types that it is given.
fn takes_others(method: &Func, of_base: &Func, given: &BTreeSet<String>) -> bool {
    method.params.iter().zip(&of_base.params).any(|(own, other)| {
        let (own, other) = (own.of.as_ref().and_then(last_name), other.of.as_ref().and_then(last_name));
        matches!((own, other), (Some(own), Some(other)) if own != other && !given.contains(&own))
    })
}

/// The last part of the name of a type.
fn last_name(of: &Expr) -> Option<String> {
    dotted(of).map(|it| it.rsplit('.').next().unwrap_or(&it).to_owned())
}
