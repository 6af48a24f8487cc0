//! Routers, what they declare and what mounts them; the routes that follow from that.

use std::collections::{HashMap, HashSet};

use super::MAX_ROUTES;
use super::framework::{Framework, Made};
use super::reached::{hosted_from, push, routes_from};
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// The index of a router.
pub(super) type RouterId = usize;

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
    /// What is declared and mounted now is done by code that nobody calls.
    pub(super) guessing: bool,
    /// How many routes were declared.
    declared: usize,
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
    /// The same routes, to declare each once.
    seen: HashSet<Declared>,
}

/// A declared route.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
        let (hidden, seen) = (false, HashSet::new());
        self.routers.push(Router { framework, made, path, also, hidden, only, place, routes, mounts, seen });
        self.routers.len() - 1
    }

    /// Takes back a router.
    pub(super) fn forget(&mut self, router: RouterId) {
        let router = &mut self.routers[router];
        router.made = Made::Router;
        router.routes.clear();
        router.seen.clear();
        router.mounts.clear();
    }

    /// Takes one router off another.
    pub(super) fn unmount(&mut self, router: RouterId, child: RouterId) {
        self.version += 1;
        self.routers[router].mounts.retain(|it| it.child != child);
    }

    /// Limits the handlers of all verbs to one, those that stand already and those that come.
    pub(super) fn restrict(&mut self, router: RouterId, verb: String) {
        self.version += 1;
        if let Some(router) = self.routers.get_mut(router).filter(|_| router >= self.frozen) {
            router.routes.iter_mut().filter(|it| it.methods == ["ANY"]).for_each(|it| {
                it.methods = vec![verb.clone()];
            });
            router.seen = router.routes.iter().cloned().collect();
            router.only = vec![verb];
        }
    }

    /// Declares a route, once.
    pub(super) fn declare(&mut self, router: RouterId, mut route: Declared) {
        self.version += 1;
        route.path.sure &= !self.guessing;
        if router < self.frozen || self.is_full() {
            return;
        }
        let router = &mut self.routers[router];
        if router.seen.insert(route.clone()) {
            router.routes.push(route);
            self.declared += 1;
        }
    }

    /// Whether no more routes are taken.
    pub(super) fn is_full(&self) -> bool {
        self.declared >= MAX_ROUTES
    }

    /// Mounts a router, once.
    pub(super) fn mount(&mut self, router: RouterId, mut mount: Mounted) {
        self.version += 1;
        mount.path.sure &= !self.guessing;
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
            found.extend(hosted_from(self, tables, top));
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
        routes_from(self, tables, root, Confidence::Resolved, &mut HashSet::new()).len()
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
            found.extend(routes_from(self, tables, root, Confidence::Resolved, &mut seen));
        }
        let mut declared = Declarations::default();
        found.iter().for_each(|it| declared.add(it));
        let mounted = self.mounted();
        // First what nothing mounts, then what only mounts itself in a circle.
        let tops = (0..self.routers.len()).filter(|id| !mounted.contains(id));
        for root in tops.chain(0..self.routers.len()) {
            let router = &self.routers[root];
            // A bare route in a list that nobody mounts is no router.
            if seen.contains(&root) || router.made == Made::Route || !counts(router.place.source) {
                continue;
            }
            let routes = routes_from(self, tables, root, Confidence::Assumed, &mut seen);
            let new: Vec<Route> = routes.into_iter().filter(|it| !declared.has(it)).collect();
            new.iter().for_each(|it| declared.add(it));
            found.extend(new);
        }
        // A router that is also mounted under an unknown prefix is known well enough by the other mount.
        let certain = |it: &Route| it.confidence == Confidence::Resolved;
        let mut known: HashMap<String, Declarations> = HashMap::new();
        for it in found.iter().filter(|it| certain(it)) {
            known.entry(it.method.clone()).or_default().add(it);
        }
        found.retain(|it| certain(it) || !known.get(&it.method).is_some_and(|known| known.has(it)));
        for (framework, route) in &self.loose {
            if counts(route.span.source) && !declared.0.contains_key(&route.span) {
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
}

/// The paths that are known of each place where routes are declared.
#[derive(Default)]
struct Declarations(HashMap<Span, Vec<String>>);

impl Declarations {
    fn add(&mut self, route: &Route) {
        self.0.entry(route.span).or_default().push(route.path.clone());
    }

    /// Whether a route is known already, perhaps below another prefix. Where one call declares the routes of many
    /// callers, only the end of a path tells them apart.
    fn has(&self, route: &Route) -> bool {
        let last = |path: &str| path.trim_end_matches('/').rsplit('/').next().map(str::to_owned);
        match self.0.get(&route.span).map(Vec::as_slice) {
            None => false,
            Some([path]) => last(path) == last(&route.path) || route.path == "/",
            Some(paths) => paths.iter().any(|path| path.ends_with(route.path.as_str())),
        }
    }
}
