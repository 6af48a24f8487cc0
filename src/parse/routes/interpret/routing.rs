//! What calls on routers do: declare routes, mount other routers.

use std::ops::Range;
use std::rc::Rc;

use super::arguments::is_hidden;
use super::value::{Args, Argument, Closure, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::{Construct, Framework, Group, Made, Mount, Place};
use crate::parse::routes::go_packages::without_version;
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::ir::{Call, ExprKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

impl<'a> Interpreter<'a> {
    /// Makes a router, an application or a single route.
    pub(super) fn construct(
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
    fn keep_told(&mut self, router: RouterId, name: &str, args: &Args) {
        if self.store.tables[self.graph.routers[router].framework].annotation.is_some() {
            self.noted.push((router, name.into(), args.clone()));
        }
    }

    /// Makes what stands for another router from now on.
    pub(super) fn construct_below(
        &mut self,
        framework: usize,
        construct: &'a Construct,
        parent: Option<Value>,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let router = self.construct(framework, construct, args, range, env);
        if let Some(parent) = parent.and_then(|it| self.router_of(&it)) {
            let path = Text::known("");
            self.graph.mount(parent, Mounted { child: router, path, hidden: false, replaces: false });
        }
        Value::Router(router)
    }

    /// Applies arguments that come later: those of `super().__init__(…)`.
    pub(super) fn configure(&mut self, router: RouterId, args: &Args, env: EnvId) {
        let (framework, made) = (self.graph.routers[router].framework, self.graph.routers[router].made);
        if let Some(construct) = self.store.tables[framework].construct.iter().find(|it| it.makes == made) {
            self.set_up(router, framework, construct, args, env);
        }
    }

    fn set_up(
        &mut self,
        router: RouterId,
        framework: usize,
        construct: &'a Construct,
        args: &Args,
        env: EnvId,
    ) {
        let table = &self.store.tables[framework];
        let hidden = is_hidden(table, args);
        let paths = self.texts_at(args, &construct.path);
        if construct.makes == Made::Route {
            let methods = self.methods(args, &construct.methods, &construct.default_methods);
            if construct.path.is_empty() && !methods.is_empty() {
                let span = self.graph.routers[router].place;
                self.graph.declare(router, Declared { methods, path: Text::known(""), hidden, span });
                return;
            }
            for (path, argument) in paths {
                let span = self.span(env, argument.start..argument.end);
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
        if let Some((path, _)) = paths.into_iter().next() {
            self.graph.routers[router].path = path;
        }
        for place in &construct.children {
            if let Some(child) = self.at(args, place) {
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
    pub(super) fn set_prefix(&mut self, router: RouterId, name: &str, value: Value) {
        let table = &self.store.tables[self.graph.routers[router].framework];
        let is_prefix =
            |it: &Construct| it.makes == Made::Router && it.path.contains(&Place::Key(name.to_owned()));
        if let (Value::Text(text), true) = (value, table.construct.iter().any(is_prefix)) {
            self.graph.routers[router].path = (*text).clone();
        }
    }

    /// Whether a method of a router takes a function that is called at the start.
    pub(super) fn is_startup(&self, router: RouterId, name: &str) -> bool {
        self.store.tables[self.graph.routers[router].framework].startup.iter().any(|it| it == name)
    }

    /// Calls a method of a router.
    pub(super) fn call_router(
        &mut self,
        router: RouterId,
        name: &str,
        args: Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let table: &'a Framework = &self.store.tables[self.graph.routers[router].framework];
        let named = |names: &[String]| names.iter().any(|it| it == name);
        self.keep_told(router, name, &args);
        if let Some(value) = self.setting_asked(table, name, &args) {
            return value;
        }
        if table.language == Language::CSharp
            && let Some(value) = self.call_csharp(router, name, &args, &range, env)
        {
            return value;
        }
        if let Some(route) = self.begin_route(router, name, &args, range.clone(), env) {
            return route;
        }
        if named(&table.starts) {
            let file = self.file(env);
            self.served.push((file, Value::Router(router)));
            return Value::Unknown;
        }
        if table.nests_handlers
            && (table.verbs.contains_key(name) || table.route.iter().any(|it| named(&it.names)))
            && let Some(handler) = args.positional.last().map(|it| it.value.clone())
            && self.nest_handler(router, &handler)
        {
            return Value::Router(router);
        }
        if let Some(verb) = table.verbs.get(name)
            && table.pathless_verbs
        {
            self.declare_here(router, vec![verb.clone()], &args, range, env);
        } else if let Some(verb) = table.verbs.get(name)
            && args.positional.len() >= table.verb_min_args
        {
            let places = ["path", "rule", "pattern"].map(|it| Place::Key(it.to_owned()));
            // What is named need not come first.
            let places = match table.language {
                Language::CSharp => [&places[..], &[Place::Index(0)]].concat(),
                _ => [&[Place::Index(0)], &places[..]].concat(),
            };
            self.declare(router, vec![verb.clone()], &args, &places, range, env);
        } else if let Some(call) = table.route.iter().find(|it| named(&it.names)) {
            let methods = self.methods(&args, &call.methods, &call.default_methods);
            if call.path.is_empty() {
                // The handler of a route that has its verbs already: `web::get().to(handler)`.
                if !call.methods.is_empty() || self.graph.routers[router].made != Made::Route {
                    self.declare_here(router, methods, &args, range, env);
                }
                return Value::Router(router);
            }
            self.declare(router, methods, &args, &call.path, range, env);
        } else if let Some(mount) = table.mount.iter().find(|it| named(&it.names)) {
            self.call_mount(router, mount, &args, env);
        } else if let Some(group) =
            table.group.iter().find(|it| named(&it.names) && args.positional.len() >= it.min_args)
        {
            return self.call_group(router, group, &args, range, env);
        } else if named(&table.restricts) {
            let places = [Place::Index(0)];
            if let [verb] = self.methods(&args, &places, &[]).as_slice()
                && verb != "ANY"
            {
                self.graph.restrict(router, verb.clone());
            }
        } else if named(&table.prefixes) {
            if let Some((path, _)) = self.texts_at(&args, &[Place::Index(0)]).into_iter().next() {
                self.graph.routers[router].path = path;
            }
        } else if named(&table.same) {
            return Value::Router(router);
        } else if named(&table.chain) {
            let path = self.texts_at(&args, &[Place::Index(0)]).into_iter().next();
            return path.map_or(Value::Unknown, |(path, _)| Value::Chain(router, Rc::new(path)));
        }
        if table.language == Language::Go {
            // Declarations can be chained in some frameworks, in the others nothing is done with the result.
            let declares = table.verbs.contains_key(name) || table.mount.iter().any(|it| named(&it.names));
            return if declares { Value::Router(router) } else { Value::Unknown };
        }
        // In Python a method returns a decorator, in JavaScript the router.
        if table.language == Language::Python {
            return Value::Unknown;
        }
        self.mount_unsure(router, table, name, &args, env);
        Value::Router(router)
    }

    /// Declares a route at the router's own path.
    fn declare_here(
        &mut self,
        router: RouterId,
        methods: Vec<String>,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) {
        // The call itself spans the whole chain before it; its first argument stands where the verb does.
        let start = args.positional.first().map_or(range.start, |it| it.start);
        let span = self.span(env, start..range.end.max(start));
        let only = &self.graph.routers[router].only;
        let methods = if methods == ["ANY"] && !only.is_empty() { only.clone() } else { methods };
        self.graph.declare(router, Declared { methods, path: Text::known(""), hidden: false, span });
    }

    /// Declares the route that the attributes of a function say: `#[get("/orders")]`.
    fn mount_function(&mut self, router: RouterId, closure: &Closure, path: &Text) {
        let table = &self.store.tables[self.graph.routers[router].framework];
        for decorator in &closure.func.decorators {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let ExprKind::Name(callee) = &call.callee.kind else { continue };
            let word = callee.rsplit("::").next().unwrap_or(callee).trim();
            let args = self.args(call, closure.env);
            let mut named: Vec<String> = Vec::new();
            for arg in &call.args {
                let items = match (&arg.value.kind, arg.name.as_deref()) {
                    (ExprKind::List(items), Some("method")) => items.as_slice(),
                    (ExprKind::Name(_), None) | (_, Some("method")) => std::slice::from_ref(&arg.value),
                    _ => &[],
                };
                named.extend(items.iter().filter_map(|it| match &it.kind {
                    ExprKind::Name(word) | ExprKind::Str(word) => {
                        table.verbs.get(word.to_lowercase().as_str()).cloned()
                    }
                    _ => None,
                }));
            }
            let methods = match table.verbs.get(word) {
                Some(verb) => vec![verb.clone()],
                None if matches!(word, "path" | "route") && !named.is_empty() => named,
                None => continue,
            };
            let places = ["path", "uri"].map(|it| Place::Key(it.to_owned()));
            let own = self.texts_at(&args, &places).into_iter().next();
            let own = own.or_else(|| self.texts_at(&args, &[Place::Index(0)]).into_iter().next());
            let Some((own, argument)) = own else { continue };
            let mut path = path.clone();
            path.join(&own);
            let span = self.span(closure.env, argument.start..argument.end);
            self.graph.declare(router, Declared { methods, path, hidden: false, span });
        }
    }

    /// A method of the project's own that takes a path and a router, or a module that makes one, mounts it.
    fn mount_unsure(&mut self, router: RouterId, table: &Framework, name: &str, args: &Args, env: EnvId) {
        let known = table.verbs.contains_key(name)
            || table.mount.iter().any(|it| it.names.iter().any(|it| it == name))
            || table.route.iter().any(|it| it.names.iter().any(|it| it == name));
        let Some((Argument { value: Value::Text(path), .. }, rest)) = args.positional.split_first() else {
            return;
        };
        if known {
            return;
        }
        let path = (**path).clone().unsure();
        for argument in rest {
            let child = match (&argument.value, self.default_of(argument.value.clone())) {
                (Value::Module(_), value @ Value::Func(_)) => {
                    self.call_value(value, Args::default(), 0..0, env)
                }
                (_, value) => value,
            };
            self.mount(router, child, &path, false, None);
        }
    }

    /// Makes a router below another.
    fn call_group(
        &mut self,
        router: RouterId,
        group: &'a Group,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let (framework, place) = (self.graph.routers[router].framework, self.span(env, range));
        let path = self.texts_at(args, &group.path).into_iter().next();
        let pathless = group.path.is_empty();
        let unknown = || if pathless { Text::known("") } else { Text::hole("prefix") };
        let path = path.map_or_else(unknown, |(path, _)| path);
        let below = self.graph.add(framework, Made::Router, place);
        self.graph.mount(router, Mounted { child: below, path, hidden: false, replaces: false });
        for function in group.calls.iter().filter_map(|it| self.at(args, it)).collect::<Vec<_>>() {
            self.call_value(function.value, Args::of([Value::Router(below)]), 0..0, env);
        }
        Value::Router(below)
    }

    /// Calls a verb of `app.route("/x")`.
    pub(super) fn call_chain(
        &mut self,
        router: RouterId,
        path: &Rc<Text>,
        name: &str,
        args: Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let table = &self.store.tables[self.graph.routers[router].framework];
        // What a chain does for all verbs is middleware, or the answer to the verbs it has not.
        if let Some(verb) = table.verbs.get(name).filter(|it| *it != "ANY") {
            // The call itself spans the whole chain before it; its first argument stands where the verb does.
            let start = args.positional.first().map_or(range.start, |it| it.start);
            let span = self.span(env, start..range.end.max(start));
            let path = (**path).clone();
            self.graph.declare(router, Declared { methods: vec![verb.clone()], path, hidden: false, span });
        }
        Value::Chain(router, Rc::clone(path))
    }

    fn declare(
        &mut self,
        router: RouterId,
        methods: Vec<String>,
        args: &Args,
        places: &[Place],
        range: Range<u32>,
        env: EnvId,
    ) {
        let table = &self.store.tables[self.graph.routers[router].framework];
        let hidden = is_hidden(table, args) || self.schema_hides(args);
        let mut paths = self.texts_at(args, places);
        // A name before the path: `router.get("order", "/orders/:id", handler)`.
        if let ([(name, _)], Some(Argument { value: Value::Text(path), .. })) =
            (paths.as_slice(), args.positional.get(1))
            && name.as_known().is_some_and(|it| !it.starts_with(['/', '*', ':']) && !it.is_empty())
            && path.as_known().is_some_and(|it| it.starts_with('/'))
        {
            paths = self.texts_at(args, &[Place::Index(1)]);
        }
        for (path, argument) in paths {
            let (verb, path) = if table.verb_in_path { path.split_verb() } else { (None, path) };
            let methods = verb.map_or_else(|| methods.clone(), |it| vec![it]);
            let place = if argument.end == 0 { range.clone() } else { argument.start..argument.end };
            let span = self.span(env, place);
            self.graph.declare(router, Declared { methods, path, hidden, span });
        }
    }

    /// `{ schema: { hide: true } }`
    fn schema_hides(&mut self, args: &Args) -> bool {
        args.positional.iter().any(|it| match it.value {
            Value::Object(id) => {
                let schema =
                    self.objects[id].iter().find(|(key, _)| &**key == "schema").map(|it| it.1.clone());
                matches!(schema, Some(Value::Object(_)))
                    && self.attr(schema.unwrap_or(Value::Unknown), "hide") == Value::Bool(true)
            }
            _ => false,
        })
    }

    /// A verb call on a receiver that nobody knows, in a file that uses a framework.
    pub(super) fn loose(&mut self, call: &Call, name: &str, env: EnvId) {
        let file = self.file(env);
        let lowered = self.store.module(file);
        let imports = |module: &str| {
            lowered
                .body
                .iter()
                .any(|it| matches!(it, Stmt::Import(import) if is_module(&import.module, module)))
        };
        let language = if self.is_go(env) { Language::Go } else { Language::Python };
        if language == Language::Go && call.args.len() < 2 {
            return;
        }
        let framework = self.store.tables.iter().position(|it| {
            it.language == language
                && it.verbs.contains_key(name)
                && it.detect.import.iter().any(|it| imports(it))
        });
        let (Some(framework), Some(first)) = (framework, call.args.first()) else { return };
        let (ExprKind::Str(path), Some(verb)) =
            (&first.value.kind, self.store.tables[framework].verbs.get(name))
        else {
            return;
        };
        if path.starts_with('/') {
            let span = self.span(env, first.value.start..first.value.end);
            let route =
                Declared { methods: vec![verb.clone()], path: Text::known(path), hidden: false, span };
            self.graph.loose.push((framework, route));
        }
    }

    fn call_mount(&mut self, router: RouterId, mount: &'a Mount, args: &Args, env: EnvId) {
        let hidden = is_hidden(&self.store.tables[self.graph.routers[router].framework], args);
        if let Some(plugin) = args.positional.first().map(|it| it.value.clone())
            && self.is_autoload(router, &plugin)
        {
            return self.autoload(router, mount, args, env);
        }
        let every = mount.child.contains(&Place::Key("*".to_owned()));
        let mut paths: Vec<Text> =
            self.texts_at(args, &mount.path).into_iter().map(|(path, _)| path).collect();
        if paths.is_empty() {
            // A prefix that is given and not known; with children anywhere the argument may be middleware.
            let given = mount.path.iter().any(|it| self.at(args, it).is_some());
            paths.push(if given && !every { Text::hole("prefix") } else { Text::known("") });
        }
        let children: Vec<Value> = if every {
            args.positional.iter().map(|it| it.value.clone()).collect()
        } else {
            mount.child.iter().filter_map(|it| self.at(args, it)).take(1).map(|it| it.value).collect()
        };
        for path in &paths {
            for child in &children {
                let child = match self.default_of(child.clone()) {
                    // `api.add_router("/rugs/", "bazaar.rugs.router")`
                    Value::Text(name) if self.is_python(env) => self.dotted(&name, env),
                    value => value,
                };
                if let (Value::Func(_) | Value::Bound(_), true) = (&child, mount.calls_functions) {
                    let framework = self.graph.routers[router].framework;
                    let place = self.graph.routers[router].place;
                    let below = self.graph.add(framework, Made::Router, place);
                    self.call_value(child, Args::of([Value::Router(below)]), 0..0, env);
                    self.mount(router, Value::Router(below), path, hidden, Some(mount));
                } else {
                    self.mount(router, child, path, hidden, Some(mount));
                }
            }
        }
    }

    /// What a dotted name in a text stands for.
    fn dotted(&mut self, name: &Text, env: EnvId) -> Value {
        let name = name.as_known().unwrap_or_default();
        let Some((module, name)) = name.rsplit_once('.') else { return Value::Unknown };
        match self.import_module(env, module) {
            Value::Module(id) => self.module_attr(id, name),
            _ => Value::Unknown,
        }
    }

    fn mount(&mut self, router: RouterId, child: Value, path: &Text, hidden: bool, mount: Option<&Mount>) {
        let mut path = path;
        let plain = Text::known("");
        let table = &self.store.tables[self.graph.routers[router].framework];
        let child = match self.default_of(child) {
            value if table.nests_handlers => {
                let Some(id) = self.nested_router(&value) else { return };
                // Another kind of router knows nothing of the prefix that was taken off.
                if self.graph.routers[id].framework != self.graph.routers[router].framework {
                    path = &plain;
                }
                id
            }
            Value::Router(id) | Value::Wrapped(id) => id,
            Value::Func(closure) if self.store.tables[self.graph.routers[router].framework].attributes => {
                return self.mount_function(router, &closure, path);
            }
            Value::Instance(id) => match self.instances[id].router.or_else(|| self.wrapped_in(id)) {
                Some(id) => id,
                None => return,
            },
            Value::List(id) => {
                for item in self.lists[id].clone() {
                    self.deeper(|it| {
                        it.mount(router, item, path, hidden, mount);
                        Value::Unknown
                    });
                }
                return;
            }
            _ => return,
        };
        let replaces = mount.is_some_and(|it| it.replaces_prefix);
        self.graph.mount(router, Mounted { child, path: path.clone(), hidden, replaces });
    }

    /// The application inside an object: middleware of the project's own.
    fn wrapped_in(&self, instance: usize) -> Option<RouterId> {
        let mut routers =
            self.instances[instance].fields.iter().filter_map(|(_, value)| self.router_of(value));
        routers.find(|&id| self.graph.routers[id].made == Made::App)
    }
}

/// Whether an import names a module or what is below it.
fn is_module(import: &str, module: &str) -> bool {
    without_version(import) == module || import.split('.').next() == Some(module)
}
