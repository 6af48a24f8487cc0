//! Calls that mount one router on another, or make one below another.

use std::ops::Range;

use super::super::arguments::is_hidden;
use super::super::known_methods::ANY_ITEM;
use super::super::value::{Args, Argument, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::blocks::regex;
use crate::parse::routes::framework::{Framework, Group, Made, Mount, Place};
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

/// How the names of settings end that hold a path.
const PATH_NAMES: [&str; 7] = ["path", "prefix", "url", "uri", "root", "mount", "mountpoint"];

impl<'a> Interpreter<'a> {
    /// The router that a call for all verbs ends with: `app.all("/orders*", orders)`. It gets the whole path, so its
    /// own paths hold as they stand.
    pub(super) fn whole_router(
        &self,
        router: RouterId,
        table: &Framework,
        name: &str,
        args: &Args,
    ) -> Option<RouterId> {
        let is_all = table.language == Language::JavaScript
            && table.verbs.get(name).is_some_and(|it| it == "ANY")
            && args.positional.len() > 1;
        match args.positional.last().filter(|_| is_all)?.value {
            // What an unknown method of an application returns is that application.
            Value::Router(child) if child != router && self.graph.routers[child].made == Made::Router => {
                Some(child)
            }
            _ => None,
        }
    }

    pub(super) fn call_mount(&mut self, router: RouterId, mount: &'a Mount, args: &Args, env: EnvId) {
        let hidden = is_hidden(&self.store.tables[self.graph.routers[router].framework], args);
        if let Some(plugin) = args.positional.first().map(|it| it.value.clone())
            && self.is_autoload(router, &plugin)
        {
            return self.autoload(router, mount, args, env);
        }
        // Several plugins at once, each with its own prefix.
        if let (true, Some(Value::List(id))) =
            (mount.calls_functions, args.positional.first().map(|it| &it.value))
        {
            for item in self.lists[*id].clone() {
                self.deeper(|it| {
                    it.call_mount(router, mount, &Args::of([item]), env);
                    Value::Unknown
                });
            }
            return;
        }
        let every = mount.child.contains(&Place::Key("*".to_owned()));
        let mut paths: Vec<Text> =
            self.texts_at(args, &mount.path).into_iter().map(|(path, _)| path).collect();
        if paths.is_empty() {
            // A prefix that is given and not known; with children anywhere the argument may be middleware.
            let given = mount.path.iter().any(|it| self.at(args, it).is_some());
            let is_prefix = given && (!every || self.is_named_as_path(args, env));
            paths.push(if is_prefix { Text::hole("prefix") } else { Text::known("") });
        }
        let children: Vec<Value> = if every {
            args.positional.iter().map(|it| it.value.clone()).collect()
        } else {
            mount.child.iter().filter_map(|it| self.at(args, it)).take(1).map(|it| it.value).collect()
        };
        for path in &paths {
            for child in &children {
                let child = if mount.calls_functions { self.plugin_of(child) } else { child.clone() };
                let child = match self.default_of(child) {
                    // `api.add_router("/rugs/", "bazaar.rugs.router")`
                    Value::Text(name) if self.is_python(env) => self.dotted(&name, env),
                    value => value,
                };
                if let (Value::Func(_), false) = (&child, mount.default_methods.is_empty()) {
                    self.declare(router, mount.default_methods.clone(), args, &mount.path, 0..0, env);
                } else if let (Value::Func(_) | Value::Bound(_), true) = (&child, mount.calls_functions) {
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

    /// Whether the first of several arguments, whose value nobody knows, has the name of a path:
    /// `app.use(options.mountPath, router)`, `app.use(settings.get("base_url"), router)`.
    fn is_named_as_path(&self, args: &Args, env: EnvId) -> bool {
        // What an object is not known to have may be a method.
        let [Argument { value: Value::Unknown | Value::Method(_), start, end, .. }, _, ..] =
            args.positional.as_slice()
        else {
            return false;
        };
        let said = self.store.sources.text(self.span(env, *start..*end));
        if said.ends_with(')') && !said.split('(').next().is_some_and(|callee| callee.ends_with(".get")) {
            return false;
        }
        let mut words = said.split(|it: char| !(it.is_alphanumeric() || it == '_'));
        let name = words.rfind(|it| !it.is_empty()).unwrap_or_default().to_ascii_lowercase();
        PATH_NAMES.iter().any(|it| name.ends_with(it))
    }

    /// The function of a plugin that is an object: `{ plugin: { register: (server) => … } }`.
    fn plugin_of(&mut self, value: &Value) -> Value {
        let mut plugin = value.clone();
        for key in ["plugin", "plugin", "register"] {
            if !matches!(plugin, Value::Object(_) | Value::Module(_)) {
                break;
            }
            match self.attr(plugin.clone(), key) {
                Value::Unknown | Value::Method(_) => {}
                inner => plugin = inner,
            }
        }
        plugin
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

    pub(super) fn mount(
        &mut self,
        router: RouterId,
        child: Value,
        path: &Text,
        hidden: bool,
        mount: Option<&Mount>,
    ) {
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
            value if self.mount_methods(router, &value, path) => return,
            Value::Instance(id) => match self.instances[id].router.or_else(|| self.wrapped_in(id)) {
                Some(child) => {
                    self.mounted_itself(router, id);
                    child
                }
                None => return,
            },
            // `app.use(routers[i])`
            Value::Method(method) if &*method.1 == ANY_ITEM => {
                for item in self.all_items(&method.0) {
                    self.deeper(|it| {
                        it.mount(router, item, path, hidden, mount);
                        Value::Unknown
                    });
                }
                return;
            }
            Value::List(id) if !table.pairs.is_empty() && self.declare_pair(router, id) => return,
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

    /// Declares the routes of a regular expression and a class of handlers; false where a list is no such pair.
    fn declare_pair(&mut self, router: RouterId, list: usize) -> bool {
        let (Some(Value::Text(regex)), Some(handler)) =
            (self.lists[list].first().cloned(), self.lists[list].get(1).cloned())
        else {
            return false;
        };
        let methods = match &handler {
            // What the library brings along reads files or redirects.
            Value::External(_) => vec!["GET".to_owned()],
            _ => self.methods(&Args::of([handler.clone()]), &[], &["ANY".to_owned()]),
        };
        let span = self.graph.routers[router].place;
        let known = regex.as_known().unwrap_or_default();
        for template in regex::templates(&known) {
            let path = regex.with(&template);
            self.handled_by(span, &path, &methods, &handler);
            self.graph.declare(router, Declared { methods: methods.clone(), path, hidden: false, span });
        }
        true
    }

    /// A router of the project's own class may do more when it is mounted, such as to mount others beside it.
    fn mounted_itself(&mut self, router: RouterId, instance: usize) {
        let table: &'a Framework = &self.store.tables[self.graph.routers[router].framework];
        let class = self.instances[instance].class.clone();
        for method in &table.mounted {
            if let Some(Value::Func(closure)) = self.class_attr(&class, method, 0) {
                let args = Args::of([Value::Router(router), Value::Unknown]);
                self.call_function(&closure, Some(Value::Instance(instance)), args);
            }
        }
    }

    /// The application inside an object: middleware of the project's own.
    fn wrapped_in(&self, instance: usize) -> Option<RouterId> {
        let mut routers =
            self.instances[instance].fields.iter().filter_map(|(_, value)| self.router_of(value));
        routers.find(|&id| self.graph.routers[id].made == Made::App)
    }

    /// Makes a router below another.
    pub(in crate::parse::routes::interpret) fn call_group(
        &mut self,
        router: RouterId,
        group: &'a Group,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let (framework, place) = (self.graph.routers[router].framework, self.span(env, range));
        let path = self.texts_at(args, &group.path).into_iter().next();
        let path = path
            .filter(|(it, _)| group.named.is_none() || !it.is_empty())
            .or_else(|| self.texts_at(args, group.named.as_slice()).into_iter().next());
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

    /// A method of the project's own that takes a path and a router, or a module that makes one, mounts it.
    pub(super) fn mount_unsure(
        &mut self,
        router: RouterId,
        table: &Framework,
        name: &str,
        args: &Args,
        env: EnvId,
    ) {
        let known = table.verbs.contains_key(name)
            || table.mount.iter().any(|it| it.names.iter().any(|it| it == name))
            || table.route.iter().any(|it| it.names.iter().any(|it| it == name));
        let Some((Argument { value: Value::Text(path), .. }, rest)) = args.positional.split_first() else {
            return;
        };
        if known {
            return;
        }
        // `app.lazyUse("/x", require("./x"))` says what it does.
        let says_so = |word: &str| name.to_ascii_lowercase().contains(word);
        let path = (**path).clone();
        let path = if says_so("use") || says_so("mount") { path } else { path.unsure() };
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
}
