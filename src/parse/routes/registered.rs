//! Handlers that are registered by name instead of by where they lie: `addServerHandler({ route: "/orders", … })` in a
//! module of Nuxt, a list of handlers in a configuration.

use std::collections::BTreeMap;

use super::decoy::{is_example, is_test};
use super::detect::config_of;
use super::exports;
use super::framework::{Framework, Register};
use super::ir::{Expr, ExprKind, Node, Property, walk};
use super::lower::Language;
use super::resolve::{join, parent};
use super::store::Store;
use super::template::{Template, templates};
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// The routes of the handlers that the packages of a framework register.
pub(super) fn routes(
    framework: &Framework,
    register: &Register,
    folders: &BTreeMap<String, String>,
    store: &Store<'_>,
    base: &dyn Fn(&str) -> Text,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Route> {
    let mut found = Vec::new();
    for package in folders.keys() {
        let Some(config) = config_of(framework, package, store.sources).filter(|it| wanted(it)) else {
            continue;
        };
        let Some(id) = store.sources.id(config) else { continue };
        let place = Place { framework, id, base: base(package), confidence: Confidence::Resolved };
        for key in &register.lists {
            exports::visit_setting(&store.module(id), key, &mut |value| {
                let ExprKind::List(items) = &value.kind else { return };
                found.extend(items.iter().flat_map(|it| place.handler(it)));
            });
        }
    }
    for (id, source) in store.written_in(&[Language::JavaScript]) {
        let path = source.path.as_str();
        let calls = |it: &String| source.text.contains(&format!("{it}("));
        if !wanted(path) || is_test(path) || is_example(path) || !register.calls.iter().any(calls) {
            continue;
        }
        let mut package = parent(path);
        while !folders.contains_key(package) && !package.is_empty() {
            package = parent(package);
        }
        if !folders.contains_key(package) {
            continue;
        }
        // Only the modules of these folders are certain to be used.
        let is_used = |it: &String| path.starts_with(&format!("{}/", join(package, it)));
        let confidence = match register.folders.iter().any(is_used) {
            true => Confidence::Resolved,
            false => Confidence::Assumed,
        };
        let place = Place { framework, id, base: base(package), confidence };
        walk(&store.module(id).body, &mut |node| {
            let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
            if let ExprKind::Name(name) = &call.callee.kind
                && register.calls.iter().any(|it| **it == **name)
                && let Some(arg) = call.args.first()
            {
                found.extend(place.handler(&arg.value));
            }
        });
    }
    found
}

/// Where handlers are registered.
struct Place<'p> {
    framework: &'p Framework,
    id: SourceId,
    base: Text,
    confidence: Confidence,
}

impl Place<'_> {
    /// The routes of `{ route: "/orders/:id", handler, method: "get" }`; what only stands between has no end.
    fn handler(&self, value: &Expr) -> Vec<Route> {
        let ExprKind::Object(entries) = &value.kind else { return Vec::new() };
        let entry = |key: &str| entries.iter().find(|it| it.key.as_deref() == Some(key));
        let text = |key: &str| match entry(key) {
            Some(Property { value: Expr { kind: ExprKind::Str(text), start, end }, .. }) => {
                Some((text, *start..*end))
            }
            _ => None,
        };
        if entry("middleware").is_some_and(|it| !matches!(it.value.kind, ExprKind::Bool(false))) {
            return Vec::new();
        }
        let Some((path, range)) = text("route").filter(|it| !it.0.is_empty()) else { return Vec::new() };
        let method = text("method").map_or_else(|| "ANY".to_owned(), |it| it.0.to_ascii_uppercase());
        let (base, certain) = self.base.to_path(self.framework.parameters);
        let path = format!("{base}/{}", in_brackets(path));
        let confidence = if certain { self.confidence } else { Confidence::Assumed };
        let span = Span { source: self.id, start: range.start, end: range.end };
        routes_at(self.framework, &method, &path, span, confidence)
    }
}

/// A route for each path that a template in brackets' syntax stands for.
pub(super) fn routes_at(
    framework: &Framework,
    method: &str,
    path: &str,
    span: Span,
    confidence: Confidence,
) -> Vec<Route> {
    let route = |it: Template| Route {
        method: method.to_owned(),
        path: it.path,
        confidence,
        framework: framework.name.clone(),
        span,
        wildcard: it.wildcard,
        library: false,
        query: Vec::new(),
        hidden: false,
    };
    templates(path, framework.parameters, false).into_iter().map(route).collect()
}

/// A path in brackets' syntax: `/orders/:id/**`.
pub(super) fn in_brackets(path: &str) -> String {
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// A segment in brackets' syntax: `:id`, `*`, `**`, `**:rest`.
fn segment(text: &str) -> String {
    match (text.strip_prefix("**"), text.strip_prefix(':')) {
        (Some(name), _) => format!("[...{}]", name.trim_start_matches(':')),
        (_, Some(name)) => format!("[{name}]"),
        _ if text == "*" => "[part]".to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments() {
        assert_eq!(in_brackets("/a/:id/*/**"), "/a/[id]/[part]/[...]");
        assert_eq!(in_brackets("/a/**:rest"), "/a/[...rest]");
    }
}
