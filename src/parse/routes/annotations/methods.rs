//! The methods of a class, with the annotations that count for them.

use std::sync::Arc;

use super::declared::Method;
use super::engine::Engine;
use super::types::TypeId;
use super::value::Annotation;
use crate::parse::routes::ir::{Access, Stmt};
use crate::source::Span;

impl Engine<'_, '_> {
    /// The methods of a class and of what it is derived from, each with the nearest annotations that map it.
    pub(super) fn methods(&mut self, line: &[TypeId]) -> Vec<Method> {
        let mut found: Vec<Method> = Vec::new();
        for &of in line {
            let class = self.types.types[of].class.clone();
            let scope = self.types.scope(of);
            let nearer = found.len();
            for stmt in &class.body {
                let Stmt::Def(func) = stmt else { continue };
                if &*func.name == "constructor" || func.access == Access::Private {
                    continue;
                }
                let annotations = self.annotations(&func.decorators, scope);
                let is_same =
                    |it: &&mut Method| it.func.name == func.name && it.func.params.len() == func.params.len();
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
