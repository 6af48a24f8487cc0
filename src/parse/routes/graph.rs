//! Routers, what they declare and what mounts them; the routes that follow from that.

use std::collections::{HashMap, HashSet};

use super::framework::{Framework, Made};
use super::template::templates;
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// The index of a router.
pub(super) type RouterId = usize;

/// Mounts in mounts: more than any program has; the rest is not followed.
const MAX_DEPTH: usize = 24;

/// A router mounted by everything, mounted by everything: the rest is not followed.
const MAX_VISITS: usize = 200_000;

/// Every router of a project.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) routers: Vec<Router>,
    /// Verb calls on a receiver that nobody knows.
    pub(super) loose: Vec<(usize, Declared)>,
    /// Grows with every change.
    pub(super) version: usize,
    /// Routers below this one do not change: set-up that nobody calls says nothing about them.
    pub(super) frozen: RouterId,
    /// Routers below which the classes are served that annotations declare, with the place that says so.
    pub(super) hosts: Vec<(RouterId, Span)>,
    /// Where routes are brought along by a library.
    pub(super) provided: HashSet<Span>,
}

/// Something that routes are declared on.
#[derive(Debug)]
pub(super) struct Router {
    /// The index of its framework.
    pub(super) framework: usize,
    pub(super) made: Made,
    pub(super) path: Text,
    /// Further paths that it stands under: `web::resource(["/a", "/b"])`.
    pub(super) also: Vec<Text>,
    pub(super) hidden: bool,
    /// The only verbs that handlers of all verbs serve here; empty for no limit.
    pub(super) only: Vec<String>,
    /// Where it was made.
    pub(super) place: Span,
    pub(super) routes: Vec<Declared>,
    pub(super) mounts: Vec<Mounted>,
}

/// A declared route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) methods: Vec<String>,
    pub(super) path: Text,
    pub(super) hidden: bool,
    pub(super) span: Span,
}

/// A router mounted on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mounted {
    pub(super) child: RouterId,
    pub(super) path: Text,
    pub(super) hidden: bool,
    /// The mount's path takes the place of the child's own.
    pub(super) replaces: bool,
}

impl Graph {
    /// Adds a router without routes.
    pub(super) fn add(&mut self, framework: usize, made: Made, place: Span) -> RouterId {
        self.version += 1;
        let path = Text::known("");
        let (also, routes, mounts, only) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        self.routers.push(Router { framework, made, path, also, hidden: false, only, place, routes, mounts });
        self.routers.len() - 1
    }

    /// Takes back a router.
    pub(super) fn forget(&mut self, router: RouterId) {
        let router = &mut self.routers[router];
        router.made = Made::Router;
        router.routes.clear();
        router.mounts.clear();
    }

    /// Limits the handlers of all verbs to one, those that stand already and those that come.
    pub(super) fn restrict(&mut self, router: RouterId, verb: String) {
        self.version += 1;
        if let Some(router) = self.routers.get_mut(router).filter(|_| router >= self.frozen) {
            router.routes.iter_mut().filter(|it| it.methods == ["ANY"]).for_each(|it| {
                it.methods = vec![verb.clone()];
            });
            router.only = vec![verb];
        }
    }

    /// Declares a route, once.
    pub(super) fn declare(&mut self, router: RouterId, route: Declared) {
        self.version += 1;
        if router >= self.frozen && !self.routers[router].routes.contains(&route) {
            self.routers[router].routes.push(route);
        }
    }

    /// Mounts a router, once.
    pub(super) fn mount(&mut self, router: RouterId, mount: Mounted) {
        self.version += 1;
        if router >= self.frozen && !self.routers[router].mounts.contains(&mount) {
            self.routers[router].mounts.push(mount);
        }
    }

    /// Applications that no other router mounts.
    pub(super) fn applications(&self) -> Vec<RouterId> {
        let mounted: HashSet<RouterId> = self.mounted();
        let all = 0..self.routers.len();
        all.filter(|id| self.routers[*id].made == Made::App && !mounted.contains(id)).collect()
    }

    /// Serves below a router, once, the classes that annotations declare.
    pub(super) fn host(&mut self, router: RouterId, place: Span) {
        self.version += 1;
        if router >= self.frozen && !self.hosts.contains(&(router, place)) {
            self.hosts.push((router, place));
        }
    }

    /// The paths below which classes are served, each with the file that says so.
    pub(super) fn hosted(&self, tables: &[Framework]) -> Vec<(Text, SourceId)> {
        let mounted = self.mounted();
        let tops = (0..self.routers.len()).filter(|it| !self.hosts.is_empty() && !mounted.contains(it));
        let mut found = Vec::new();
        for top in tops {
            let mut seen = HashSet::new();
            let mut walk = Walk::new(self, tables, Confidence::Resolved, &mut seen);
            walk.visit(top, &Text::known(""), None, false);
            found.append(&mut walk.hosted);
        }
        found
    }

    fn mounted(&self) -> HashSet<RouterId> {
        self.routers.iter().flat_map(|it| &it.mounts).map(|it| it.child).collect()
    }

    /// Whether one router is mounted on another, directly or by others.
    pub(super) fn reaches(&self, from: RouterId, to: RouterId) -> bool {
        let mut seen = HashSet::from([from]);
        let mut open = vec![from];
        while let Some(id) = open.pop() {
            open.extend(self.routers[id].mounts.iter().map(|it| it.child).filter(|it| seen.insert(*it)));
        }
        from != to && seen.contains(&to)
    }

    /// How many routes are reached from a router.
    pub(super) fn size(&self, tables: &[Framework], root: RouterId) -> usize {
        self.routes_from(tables, root, Confidence::Resolved, &mut HashSet::new()).len()
    }

    /// Every route: those of the chosen applications, then what they do not reach. `counts` tells whether
    /// an unreached router may be shown at all.
    pub(super) fn routes(
        &self,
        tables: &[Framework],
        roots: &[RouterId],
        counts: &dyn Fn(SourceId) -> bool,
    ) -> Vec<Route> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for &root in roots {
            found.extend(self.routes_from(tables, root, Confidence::Resolved, &mut seen));
        }
        let mut declared: HashSet<Span> = found.iter().map(|it| it.span).collect();
        let mounted = self.mounted();
        // First what nothing mounts, then what only mounts itself in a circle.
        let tops = (0..self.routers.len()).filter(|id| !mounted.contains(id));
        for root in tops.chain(0..self.routers.len()) {
            let router = &self.routers[root];
            // A bare route in a list that nobody mounts is no router.
            if seen.contains(&root) || router.made == Made::Route || !counts(router.place.source) {
                continue;
            }
            let routes = self.routes_from(tables, root, Confidence::Assumed, &mut seen);
            let new: Vec<Route> = routes.into_iter().filter(|it| !declared.contains(&it.span)).collect();
            declared.extend(new.iter().map(|it| it.span));
            found.extend(new);
        }
        // A router that is also mounted under an unknown prefix is known well enough by the other mount.
        let certain = |it: &Route| it.confidence == Confidence::Resolved;
        let mut known: HashMap<(Span, String), Vec<String>> = HashMap::new();
        for it in found.iter().filter(|it| certain(it)) {
            known.entry((it.span, it.method.clone())).or_default().push(it.path.clone());
        }
        // Where one call declares the routes of many callers, only the end of a path tells them apart.
        let is_known = |it: &Route| match known.get(&(it.span, it.method.clone())).map(Vec::as_slice) {
            None => false,
            Some([_]) => true,
            Some(paths) => paths.iter().any(|path| path.ends_with(it.path.as_str())),
        };
        found.retain(|it| certain(it) || !is_known(it));
        for (framework, route) in &self.loose {
            if counts(route.span.source) && !declared.contains(&route.span) {
                push(
                    route,
                    &Text::known(""),
                    tables.get(*framework),
                    false,
                    false,
                    Confidence::Loose,
                    &mut found,
                );
            }
        }
        found
    }

    fn routes_from(
        &self,
        tables: &[Framework],
        root: RouterId,
        confidence: Confidence,
        seen: &mut HashSet<RouterId>,
    ) -> Vec<Route> {
        let mut walk = Walk::new(self, tables, confidence, seen);
        walk.visit(root, &Text::known(""), None, false);
        walk.found
    }
}

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
        path.join(own);
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
                below.join(&mount.path);
                self.visit(mount.child, &below, None, hidden || mount.hidden);
            }
        }
        self.stack.pop();
    }
}

/// Adds a declared route with all its verbs under a prefix.
fn push(
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
    path.join(&route.path);
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
