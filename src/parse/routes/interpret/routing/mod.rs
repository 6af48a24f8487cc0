//! What calls on routers do: declare routes, mount other routers.

mod class_views;
mod construct;
mod controllers;
mod declare;
mod methods;
mod mount;

use std::ops::Range;
use std::rc::Rc;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::{Framework, Made, Place};
use crate::parse::routes::graph::{Mounted, RouterId};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

impl<'a> Interpreter<'a> {
    /// Whether a method of a router takes a function that is called at the start.
    pub(in crate::parse::routes::interpret) fn is_startup(&self, router: RouterId, name: &str) -> bool {
        self.store.tables[self.graph.routers[router].framework].startup.iter().any(|it| it == name)
    }

    /// Calls a method of a router.
    pub(in crate::parse::routes::interpret) fn call_router(
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
        if let Some(value) = self.setting_asked(table, name, &args, env) {
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
        if let Some(child) = self.whole_router(router, table, name, &args) {
            let path = Text::known("");
            self.graph.mount(router, Mounted { child, path, hidden: false, replaces: false });
        } else if let Some(verb) = table.verbs.get(name)
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
            if let Some(Value::List(id)) = args.positional.first().map(|it| &it.value)
                && let items = self.lists[*id].clone()
                && items.iter().any(|it| matches!(it, Value::Object(_)))
            {
                for item in items {
                    let args = Args::of([item]);
                    self.deeper(|it| it.call_router(router, name, args, range.clone(), env));
                }
                return Value::Router(router);
            }
            let methods = match &table.handler_methods {
                Some(before) => self.handler_methods(&args, before),
                None => self.methods(&args, &call.methods, &call.default_methods),
            };
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
        } else if named(&table.attaches) {
            if let Some(parent) = args.positional.first().and_then(|it| self.router_of(&it.value)) {
                let path = self.texts_at(&args, &[Place::Index(1)]).into_iter().next();
                let path = path.map_or_else(|| Text::known(""), |it| it.0);
                self.graph.mount(parent, Mounted { child: router, path, hidden: false, replaces: false });
            }
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
        } else if named(&table.others) {
            return Value::Unknown;
        } else if named(&table.applies) {
            let function = args.positional.first().map_or(Value::Unknown, |it| it.value.clone());
            let made = self.call_value(function, Args::of([Value::Router(router)]), 0..0, env);
            return if matches!(made, Value::Router(_)) { made } else { Value::Router(router) };
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
        // `app.on("mount", () => …)`, `app.after(() => …)`
        if matches!(name, "on" | "once" | "after" | "ready") && table.language == Language::JavaScript {
            self.call_inline(&args);
        }
        if table.language == Language::Rust
            && let Some(value) = self.call_added(Value::Router(router), name, &args)
        {
            return value;
        }
        self.mount_unsure(router, table, name, &args, env);
        Value::Router(router)
    }
}
