//! The query parameters of routes: what a handler's parameters declare, and what its body asks the request for.
//!
//! Only what stands in the code as a constant counts; what cannot be told is left out. A framework's words are in the
//! `[query]` table. This runs only where somebody asks for the parameters, after the routes are known.

mod declared;
pub(super) mod exported;
mod fields;
mod path;
mod reads;
pub(super) mod table;
#[cfg(all(test, feature = "languages"))]
mod tests;
mod types;

use std::sync::Arc;

use super::ir::{Class, Expr, ExprKind, Func, Module};
use crate::model::route::{ParameterType, QueryParameter};
use table::Query;

/// Functions that call functions with the request in hand.
const MAX_DEPTH: usize = 4;

/// A handler names a few dozen at most.
const MAX_PARAMETERS: usize = 200;

/// Where a function's names are looked up: what it means only who looks them up knows.
pub(super) type Site = usize;

/// What is known of the names around a handler.
pub(super) trait Around {
    /// The file around.
    fn module(&mut self, site: Site) -> Arc<Module>;
    /// The function that an expression stands for.
    fn function(&mut self, of: &Expr, site: Site) -> Option<(Arc<Func>, Site)>;
    /// The class that an expression stands for.
    fn class(&mut self, of: &Expr, site: Site) -> Option<(Arc<Class>, Site)>;
    /// The plain value that a type of the project or of a library stands for.
    fn scalar(&mut self, of: &Expr, site: Site) -> Option<ParameterType>;
    /// A constant text.
    fn text(&mut self, of: &Expr, _site: Site) -> Option<String> {
        match &of.kind {
            ExprKind::Str(text) => Some(text.to_string()),
            _ => None,
        }
    }
}

/// A function that answers requests.
pub(super) struct Handler<'h> {
    pub(super) func: &'h Func,
    pub(super) site: Site,
    /// Its first parameter is the object that it is a method of.
    pub(super) method: bool,
    /// Whether a parameter of which nothing is said may be one.
    pub(super) bare: bool,
}

/// A parameter that a handler names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) parameter: QueryParameter,
    /// Only where the verb is GET.
    pub(super) get_only: bool,
}

impl Named {
    /// One that any verb has.
    fn new(name: &str, required: bool, of: ParameterType, array: bool) -> Named {
        Named { parameter: QueryParameter { name: name.to_owned(), required, of, array }, get_only: false }
    }
}

/// What a handler names, in order.
pub(super) fn named(handler: &Handler<'_>, table: &Query, around: &mut dyn Around) -> Vec<Named> {
    let mut found = Vec::new();
    declared::read(handler, table, around, &mut found);
    reads::read(handler, table, around, &mut found);
    found
}

/// Adds the fields of a structure that the whole query is read into.
pub(super) fn of_record(class: &Class, site: Site, around: &mut dyn Around, found: &mut Vec<Named>) {
    fields::read(class, site, Some("serde"), false, around, found);
}

/// The parameters of a route: each name once, and none that stands in its path.
pub(super) fn of_route(named: &[Named], method: &str, path: &str) -> Vec<QueryParameter> {
    let in_path = |name: &str| {
        path.split('{').skip(1).filter_map(|it| it.split('}').next()).any(|it| it.eq_ignore_ascii_case(name))
    };
    let mut found: Vec<QueryParameter> = Vec::new();
    for Named { parameter, get_only } in named {
        let fits = !parameter.name.is_empty() && (!get_only || method == "GET") && !in_path(&parameter.name);
        if fits && found.len() < MAX_PARAMETERS && !found.iter().any(|it| it.name == parameter.name) {
            found.push(parameter.clone());
        }
    }
    found
}

/// The last part of a dotted name, or of a path in Rust.
fn last_name(of: &Expr) -> Option<&str> {
    match &of.kind {
        ExprKind::Name(name) => name.rsplit(['.', '\\', ':']).next(),
        ExprKind::Attr(_, name) => Some(name),
        _ => None,
    }
}
