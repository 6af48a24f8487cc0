//! What the construction of a router makes, and what it is told later.

use std::ops::Range;

use super::super::arguments::is_hidden;
use super::super::value::{Args, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::framework::{Construct, Made, Place};
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

impl<'a> Interpreter<'a> {
    /// Makes a router, an application or a single route.
    pub(in crate::parse::routes::interpret) fn construct(
        &mut self,
        framework: usize,
        construct: &'a Construct,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> RouterId {
        let place = self.span(env, range);
        let router = self.graph.add(framework, construct.makes, place);
        self.keep_told(router, "", args);
        self.set_up(router, framework, construct, args, env);
        router
    }

    /// Keeps what an application is told whose routes decorators declare.
    pub(super) fn keep_told(&mut self, router: RouterId, name: &str, args: &Args) {
        if self.store.tables[self.graph.routers[router].framework].annotation.is_some() {
            self.noted.push((router, name.into(), args.clone()));
        }
    }

    /// Applies the arguments of a construction, which may come later: those of `super().__init__(…)`.
    pub(in crate::parse::routes::interpret) fn set_up(
        &mut self,
        router: RouterId,
        framework: usize,
        construct: &'a Construct,
        args: &Args,
        env: EnvId,
    ) {
        let table = &self.store.tables[framework];
        let hidden = is_hidden(table, args);
        let mut paths = self.texts_at(args, &construct.path);
        // An empty path is none where a name can be one.
        paths.retain(|(it, _)| construct.named.is_none() || !it.is_empty());
        if construct.makes == Made::Route {
            let methods = self.methods(args, &construct.methods, &construct.default_methods);
            if construct.path.is_empty() && !methods.is_empty() {
                let span = self.graph.routers[router].place;
                self.handled(router, span, &Text::known(""), &methods, args);
                self.graph.declare(router, Declared { methods, path: Text::known(""), hidden, span });
                return;
            }
            for (path, argument) in paths {
                let span = self.span(env, argument.start..argument.end);
                self.handled(router, span, &path, &methods, args);
                self.graph.declare(router, Declared { methods: methods.clone(), path, hidden, span });
            }
            return;
        }
        let place = self.graph.routers[router].place;
        for (method, path) in construct.provides.iter().filter_map(|it| it.split_once(' ')) {
            let (methods, path) = (vec![method.to_owned()], Text::known(path));
            self.graph.provided.insert(place);
            self.graph.declare(router, Declared { methods, path, hidden, span: place });
        }
        self.graph.routers[router].hidden |= hidden;
        let named = construct.named.as_ref().filter(|_| paths.is_empty());
        let named = named.map(|it| self.texts_at(args, std::slice::from_ref(it))).unwrap_or_default();
        let version = construct.version.as_ref().map(|it| self.texts_at(args, std::slice::from_ref(it)));
        let version = version.and_then(|it| it.into_iter().next()).map(|(it, _)| it);
        let mut paths: Vec<Text> = paths.into_iter().chain(named).map(|(path, _)| path).collect();
        // Rust leaves no argument out: one that is not known is a prefix that is not known.
        if paths.is_empty()
            && self.language(env) == Language::Rust
            && construct.path.iter().any(|it| self.at(args, it).is_some())
        {
            paths.push(Text::hole("prefix"));
        }
        if let Some(version) = version {
            if paths.is_empty() {
                paths.push(Text::known(""));
            }
            for path in &mut paths {
                let mut whole = Text::known("/v");
                whole.push(&version.map_start(|it| it.trim_start_matches('v')));
                whole.join(path);
                *path = whole;
            }
        }
        let mut paths = paths.into_iter();
        if let Some(path) = paths.next() {
            self.graph.routers[router].path = path;
            self.graph.routers[router].also = paths.collect();
        }
        let parent = construct.parent.iter().find_map(|it| self.at(args, it)).map(|it| it.value);
        if let Some(parent) = parent.and_then(|it| self.router_of(&it)).filter(|it| *it != router) {
            let path = Text::known("");
            self.graph.mount(parent, Mounted { child: router, path, hidden: false, replaces: false });
        }
        for place in &construct.children {
            for child in self.all_at(args, place) {
                self.mount(router, child.value, &Text::known(""), false, None);
            }
        }
        for place in &construct.calls {
            if let Some(function) = self.at(args, place) {
                self.call_value(function.value, Args::of([Value::Router(router)]), 0..0, env);
            }
        }
    }

    /// `router.prefix = "/x"` after the router was made.
    pub(in crate::parse::routes::interpret) fn set_prefix(
        &mut self,
        router: RouterId,
        name: &str,
        value: Value,
    ) {
        // `app.router.routes = other.routes`
        if let ("routes", Value::Method(method)) = (name, &value)
            && let (Value::Router(child), "routes") = (&method.0, &*method.1)
        {
            let mounted = Mounted { child: *child, path: Text::known(""), hidden: false, replaces: false };
            return self.graph.mount(router, mounted);
        }
        let table = &self.store.tables[self.graph.routers[router].framework];
        let is_prefix =
            |it: &Construct| it.makes == Made::Router && it.path.contains(&Place::Key(name.to_owned()));
        if let (Value::Text(text), true) = (value, table.construct.iter().any(is_prefix)) {
            self.graph.routers[router].path = (*text).clone();
        }
    }
}
