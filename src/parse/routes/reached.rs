//! The routes that are reached from a router, by what it mounts.

use std::collections::HashSet;

use super::framework::Framework;
use super::graph::{Declared, Graph, RouterId};
use super::template::templates;
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::SourceId;

/// Mounts in mounts: more than any program has; the rest is not followed.
const MAX_DEPTH: usize = 24;

/// A router mounted by everything, mounted by everything: the rest is not followed.
const MAX_VISITS: usize = 200_000;

/// Every route that is reached from a router; the routers that are met are noted.
pub(super) fn routes_from(
    graph: &Graph,
    tables: &[Framework],
    root: RouterId,
    confidence: Confidence,
    seen: &mut HashSet<RouterId>,
) -> Vec<Route> {
    let mut walk = Walk::new(graph, tables, confidence, seen);
    walk.visit(root, &Text::known(""), None, false);
    walk.found
}

/// The paths below a router at which classes are served, each with the file that says so.
pub(super) fn hosted_from(graph: &Graph, tables: &[Framework], root: RouterId) -> Vec<(Text, SourceId)> {
    let mut seen = HashSet::new();
    let mut walk = Walk::new(graph, tables, Confidence::Resolved, &mut seen);
    walk.visit(root, &Text::known(""), None, false);
    walk.hosted
}

/// A walk from a root to everything that it mounts.
struct Walk<'g> {
    graph: &'g Graph,
    tables: &'g [Framework],
    confidence: Confidence,
    seen: &'g mut HashSet<RouterId>,
    found: Vec<Route>,
    hosted: Vec<(Text, SourceId)>,
    stack: Vec<RouterId>,
    visits: usize,
}

impl<'g> Walk<'g> {
    fn new(
        graph: &'g Graph,
        tables: &'g [Framework],
        confidence: Confidence,
        seen: &'g mut HashSet<RouterId>,
    ) -> Walk<'g> {
        let (found, hosted, stack) = (Vec::new(), Vec::new(), Vec::new());
        Walk { graph, tables, confidence, seen, found, hosted, stack, visits: 0 }
    }

    fn visit(&mut self, id: RouterId, before: &Text, replaced: Option<&Text>, hidden: bool) {
        self.visits += 1;
        if self.stack.contains(&id) || self.stack.len() > MAX_DEPTH || self.visits > MAX_VISITS {
            return;
        }
        let router = &self.graph.routers[id];
        self.seen.insert(id);
        match replaced {
            Some(own) => self.visit_at(id, before, own, hidden),
            None => [&router.path].into_iter().chain(&router.also).for_each(|own| {
                self.visit_at(id, before, own, hidden);
            }),
        }
    }

    /// What a router declares and mounts, under one of its own paths.
    fn visit_at(&mut self, id: RouterId, before: &Text, own: &Text, hidden: bool) {
        let router = &self.graph.routers[id];
        let mut path = before.clone();
        let table = self.tables.get(router.framework);
        append(&mut path, own, table);
        let hidden = hidden || router.hidden;
        let hosts = self.graph.hosts.iter().filter(|(it, _)| *it == id);
        self.hosted.extend(hosts.map(|(_, place)| (path.clone(), place.source)));
        for route in &router.routes {
            let provided = self.graph.provided.contains(&route.span);
            push(
                route,
                &path,
                self.tables.get(router.framework),
                provided,
                hidden,
                self.confidence,
                &mut self.found,
            );
        }
        self.stack.push(id);
        for mount in &router.mounts {
            if mount.replaces && !mount.path.is_empty() {
                self.visit(mount.child, &path, Some(&mount.path), hidden || mount.hidden);
            } else {
                let mut below = path.clone();
                append(&mut below, &mount.path, table);
                self.visit(mount.child, &below, None, hidden || mount.hidden);
            }
        }
        self.stack.pop();
    }
}

/// Puts a path behind its prefix, as the framework does. What is not known begins with a slash, most likely.
fn append(before: &mut Text, path: &Text, framework: Option<&Framework>) {
    match framework {
        Some(it) if it.appends && path.begins_known() => before.push(path),
        _ => before.join(path),
    }
}

/// Adds a declared route with all its verbs under a prefix.
pub(super) fn push(
    route: &Declared,
    before: &Text,
    framework: Option<&Framework>,
    provided: bool,
    hidden: bool,
    confidence: Confidence,
    found: &mut Vec<Route>,
) {
    let Some(framework) = framework else { return };
    let mut path = before.clone();
    append(&mut path, &route.path, Some(framework));
    let (path, certain) = path.to_path(framework.parameters);
    for template in templates(&path, framework.parameters, framework.keep_trailing_slash) {
        for method in &route.methods {
            found.push(Route {
                method: method.clone(),
                path: template.path.clone(),
                confidence: if certain { confidence } else { confidence.min(Confidence::Assumed) },
                framework: framework.name.clone(),
                span: route.span,
                wildcard: template.wildcard,
                library: provided,
                query: Vec::new(),
                hidden: hidden || route.hidden,
            });
        }
    }
}
