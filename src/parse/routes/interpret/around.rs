//! What the names around a handler stand for.

use std::sync::Arc;

use super::value::ClassValue;
use super::{Interpreter, Value};
use crate::model::route::ParameterType;
use crate::parse::routes::ir::{Class, ClassKind, Expr, ExprKind, Func, Module};
use crate::parse::routes::query::{Around, Site};

/// Bases of bases.
const MAX_BASES: usize = 8;

impl Interpreter<'_> {
    /// The value of a name, or of a field of one, without calling anything.
    fn named_value(&mut self, of: &Expr, site: Site) -> Value {
        match &of.kind {
            ExprKind::Name(name) => self.lookup(site, name),
            ExprKind::Attr(base, name) => {
                let base = self.named_value(base, site);
                self.attr(base, name)
            }
            _ => Value::Unknown,
        }
    }
}

/// Whether the members of a class are its only objects.
fn is_enumeration(class: &ClassValue, depth: usize) -> bool {
    class.class.kind == ClassKind::Enum
        || class.bases.iter().any(|it| match it {
            Value::External(name) => name.ends_with("Enum"),
            Value::Class(base) if depth < MAX_BASES => is_enumeration(base, depth + 1),
            _ => false,
        })
}

impl Around for Interpreter<'_> {
    fn module(&mut self, site: Site) -> Arc<Module> {
        self.store.module(self.file(site))
    }

    fn function(&mut self, of: &Expr, site: Site) -> Option<(Arc<Func>, Site)> {
        match self.named_value(of, site) {
            Value::Func(closure) => Some((closure.func, closure.env)),
            Value::Bound(bound) => Some((Arc::clone(&bound.1.func), bound.1.env)),
            _ => None,
        }
    }

    fn class(&mut self, of: &Expr, site: Site) -> Option<(Arc<Class>, Site)> {
        match self.named_value(of, site) {
            Value::Class(class) => Some((class.class, class.env)),
            _ => None,
        }
    }

    fn scalar(&mut self, of: &Expr, site: Site) -> Option<ParameterType> {
        let Value::Class(class) = self.named_value(of, site) else { return None };
        is_enumeration(&class, 0).then_some(ParameterType::Text)
    }

    fn text(&mut self, of: &Expr, site: Site) -> Option<String> {
        match &of.kind {
            ExprKind::Str(text) => Some(text.to_string()),
            ExprKind::Name(_) | ExprKind::Attr(..) => self.named_value(of, site).known_text(),
            _ => None,
        }
    }
}
