//! Rewrites: a public path that stands for another path of the same application.
//!
//! Next.js and Vercel write them as `source` and `destination`, Netlify as `from` and `to` with status 200.

use std::collections::BTreeMap;

use serde_json::Value;

use super::detect::config_of;
use super::framework::{Framework, Rewrites};
use super::ir::{Expr, ExprKind, Module, Node, walk};
use super::resolve::join;
use super::settings;
use super::store::Store;
use crate::model::route::{Confidence, Route};

/// Rewrites of one configuration that are looked at.
const MAX_REWRITES: usize = 500;

/// A public path and what stands for it; parameters as `:name`, a wildcard as `*` or `:splat`.
#[derive(Debug, PartialEq, Eq)]
struct Rewrite {
    from: String,
    to: String,
}

/// The routes with those that rewrites add.
pub(super) fn rewritten(
    framework: &Framework,
    packages: &BTreeMap<String, String>,
    store: &Store<'_>,
    mut routes: Vec<Route>,
) -> Vec<Route> {
    let Some(kind) = framework.rewrites else { return routes };
    let mut rewrites = Vec::new();
    for package in packages.keys() {
        rewrites.extend(of_package(framework, package, store));
    }
    rewrites.truncate(MAX_REWRITES);
    let mut added = Vec::new();
    for route in &mut routes {
        let public: Vec<(String, bool)> =
            rewrites.iter().filter_map(|it| public_path(it, &route.path)).collect();
        let (own, public_confidence) = match kind {
            // What the file is called by the platform is not what clients are told.
            Rewrites::Public if !public.is_empty() => (Confidence::Assumed, route.confidence),
            Rewrites::Public | Rewrites::Alias => (route.confidence, Confidence::Assumed),
        };
        for (path, wildcard) in public {
            let wildcard = wildcard || route.wildcard;
            added.push(Route { path, wildcard, confidence: public_confidence, ..route.clone() });
        }
        route.confidence = own;
    }
    routes.extend(added);
    routes
}

fn of_package(framework: &Framework, package: &str, store: &Store<'_>) -> Vec<Rewrite> {
    let mut found = Vec::new();
    if let Some(id) = config_of(framework, package, store.sources).and_then(|it| store.sources.id(it)) {
        match settings::data(store.sources.path(id), &store.sources.get(id).text) {
            Some(data) => of_data(&data, &mut found),
            None => of_code(&store.module(id), &mut found),
        }
    }
    if framework.rewrites == Some(Rewrites::Public) {
        for folder in ["", "public", "static", "dist", "src"] {
            let id = store.sources.id(&join(&join(package, folder), "_redirects"));
            found.extend(id.map(|id| of_lines(&store.sources.get(id).text)).unwrap_or_default());
        }
    }
    found
}

fn of_data(data: &Value, found: &mut Vec<Rewrite>) {
    for key in ["redirects", "rewrites", "routes"] {
        for entry in data.get(key).and_then(Value::as_array).into_iter().flatten() {
            let text = |names: [&str; 3]| names.iter().find_map(|it| entry.get(it)?.as_str());
            let status = entry.get("status").and_then(Value::as_i64);
            if key == "redirects" && status != Some(200) {
                continue;
            }
            if let (Some(from), Some(to)) =
                (text(["from", "source", "src"]), text(["to", "destination", "dest"]))
            {
                found.push(Rewrite { from: from.to_owned(), to: to.to_owned() });
            }
        }
    }
}

/// Objects with a source and a destination; a redirect says how permanent it is.
fn of_code(module: &Module, found: &mut Vec<Rewrite>) {
    walk(&module.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Object(entries), .. }) = node else { return };
        let value =
            |key: &str| entries.iter().find(|it| it.key.as_deref() == Some(key)).map(|it| &it.value.kind);
        if value("permanent").is_some() || value("statusCode").is_some() {
            return;
        }
        if let (Some(ExprKind::Str(from)), Some(ExprKind::Str(to))) = (value("source"), value("destination"))
        {
            found.push(Rewrite { from: from.to_string(), to: to.to_string() });
        }
    });
}

/// `/api/*  /.netlify/functions/:splat  200`
fn of_lines(text: &str) -> Vec<Rewrite> {
    let lines = text.lines().map(|it| it.split('#').next().unwrap_or_default());
    let rewrites = lines.filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_rewrite = words.iter().skip(2).any(|it| it.trim_end_matches('!') == "200");
        match words.as_slice() {
            [from, to, ..] if is_rewrite => Some(Rewrite { from: (*from).to_owned(), to: (*to).to_owned() }),
            _ => None,
        }
    });
    rewrites.collect()
}

/// The public path by which a rewrite reaches a route, as a template, and whether it ends in a wildcard.
fn public_path(rewrite: &Rewrite, route: &str) -> Option<(String, bool)> {
    let to = rewrite.to.split(['?', '#']).next().unwrap_or_default();
    let to = to.strip_suffix(".js").or_else(|| to.strip_suffix(".ts")).unwrap_or(to);
    if !to.starts_with('/') || !rewrite.from.starts_with('/') {
        return None;
    }
    // One that stands for every path is meant for pages.
    if to.split('/').all(|it| it.is_empty() || is_wild(it) || it.starts_with('$')) {
        return None;
    }
    let mut bound: Vec<(&str, String)> = Vec::new();
    let mut rest = route.split('/').filter(|it| !it.is_empty()).peekable();
    for part in to.split('/').filter(|it| !it.is_empty()) {
        if part == ":splat" && rest.peek().is_none() {
            // What is behind the function's own path is its own, too.
            break;
        }
        if is_wild(part) || part.starts_with('$') {
            bound.push(("*", rest.by_ref().collect::<Vec<_>>().join("/")));
            break;
        }
        let here = rest.next()?;
        match part.strip_prefix(':') {
            Some(name) => bound.push((name, here.to_owned())),
            None if part == here => {}
            None => return None,
        }
    }
    if rest.next().is_some() {
        return None;
    }
    let mut wildcard = false;
    let segments = rewrite.from.split('/').filter(|it| !it.is_empty()).map(|part| {
        let known = |name: &str| bound.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        if is_wild(part) || part.starts_with('(') {
            return known("*").unwrap_or_else(|| {
                wildcard = true;
                "{path}".to_owned()
            });
        }
        match part.strip_prefix(':') {
            Some(name) => known(name).unwrap_or_else(|| format!("{{{name}}}")),
            None => part.to_owned(),
        }
    });
    let segments: Vec<String> = segments.filter(|it| !it.is_empty()).collect();
    let path = format!("/{}", segments.join("/"));
    // One that leads to itself says nothing new; a pattern inside a segment is not read.
    let unread = path.contains(['(', ')', '*', '?', '|', ':']);
    (path != route && !unread).then_some((path, wildcard))
}

/// `*`, `:splat`, `:path*`, `(.*)`
fn is_wild(part: &str) -> bool {
    matches!(part, "*" | ":splat" | "(.*)") || (part.starts_with(':') && part.ends_with(['*', '+']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: &str, to: &str, route: &str, expected: Option<&str>) {
        let rewrite = Rewrite { from: from.to_owned(), to: to.to_owned() };
        let found = public_path(&rewrite, route).map(|(it, wild)| it + if wild { " *" } else { "" });
        assert_eq!(found.as_deref(), expected, "{from} {route}");
    }

    #[test]
    fn public_paths() {
        let functions = "/.netlify/functions/:splat";
        check("/api/*", functions, "/.netlify/functions/boats", Some("/api/boats"));
        check(
            "/api/boats/:id",
            "/.netlify/functions/boats?id=:id",
            "/.netlify/functions/boats",
            Some("/api/boats/{id}"),
        );
        check("/api/*", "/.netlify/functions/all", "/.netlify/functions/all", Some("/api/{path} *"));
        check("/api/*", "/.netlify/functions/all/:splat", "/.netlify/functions/all", Some("/api/{path} *"));
        check("/*", "/index.html", "/.netlify/functions/boats", None);
        check("/v2/:path*", "/api/:path*", "/api/boats/{id}", Some("/v2/boats/{id}"));
        check("/v2/(.*)", "/api/$1", "/api/boats", Some("/v2/boats"));
        check("/x", "https://else.example/x", "/x", None);
        check("/api/*", functions, "/other", None);
        check("/teams/:id/:path*", "/:path*", "/api/boats", None);
    }

    #[test]
    fn redirect_lines() {
        let found = of_lines("# a\n/a /b 301\n/c/* /d/:splat 200! # e\n/f\n");
        assert_eq!(found, [Rewrite { from: "/c/*".into(), to: "/d/:splat".into() }]);
    }
}
