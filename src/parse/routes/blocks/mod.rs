//! The family of nested blocks: lists of URL patterns that include each other, as in Django.

mod actions;
mod answers;
mod apis;
mod bodies;
mod bundles;
mod chains;
mod drawings;
mod drawn;
mod exposed;
mod groups;
mod library;
mod macros;
mod mapper;
mod nesting;
mod paths;
mod plugins;
mod providers;
pub(super) mod regex;
mod resources;
mod rest;
mod routed;
mod scopes;
mod segments;
mod settings;
pub(super) mod table;
mod urls;
mod views;
mod viewsets;

use super::graph::RouterId;
use super::interpret::Interpreter;
use super::resolve::Resolver;
use super::store::Store;

/// Reads what the frameworks of this family declare; the applications that are served for certain.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let mut roots = interpreter.noting(|it| urls::evaluate(it, store, resolver, wanted));
    roots.extend(interpreter.noting(|it| providers::evaluate(it, store, wanted)));
    roots.extend(interpreter.noting(|it| exposed::evaluate(it, store, wanted)));
    let drawn = interpreter.noting(|it| drawn::evaluate(it, store, wanted));
    roots.extend(drawn.roots);
    roots.extend(interpreter.noting(|it| apis::evaluate(it, store, &drawn.mounted, wanted)));
    roots
}

/// The last part of a library's name.
fn last(name: &str) -> &str {
    name.rsplit(['.', '\\']).next().unwrap_or(name)
}

/// Whether a list of words has the last part of a name.
fn has(words: &[String], name: &str) -> bool {
    words.iter().any(|it| it == last(name))
}
