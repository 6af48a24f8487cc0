//! Calls that declare a route.

use std::ops::Range;
use std::rc::Rc;

use super::super::arguments::is_hidden;
use super::super::value::{Args, Argument, Closure, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::framework::{Made, Place};
use crate::parse::routes::go_packages::without_version;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::ir::{Call, ExprKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

impl Interpreter<'_> {
    pub(super) fn declare(
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
            let methods = match verb {
                Some(verb) => vec![verb],
                None if table.verb_in_path && methods == ["ANY"] => {
                    let handler = args.positional.get(1).map(|it| it.value.clone());
                    let place = argument.start..argument.end;
                    handler
                        .and_then(|it| self.verbs_asked_of(&it, place, env))
                        .unwrap_or_else(|| methods.clone())
                }
                None => methods.clone(),
            };
            if let (true, [method], Some(handler)) =
                (table.verb_in_path, methods.as_slice(), args.positional.get(1))
                && method == "ANY"
            {
                let handler = handler.value.clone();
                self.declare_dispatched(router, &path, &handler);
            }
            let place = if argument.end == 0 { range.clone() } else { argument.start..argument.end };
            let span = self.span(env, place);
            self.handled(router, span, &path, &methods, args);
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

    /// Declares a route at the router's own path.
    pub(super) fn declare_here(
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
        self.handled(router, span, &Text::known(""), &methods, args);
        let made = &self.graph.routers[router];
        if self.store.tables[made.framework].typed_path.is_some() && made.made != Made::Route {
            // Only the type of a handler could say the path.
            if let Some(path) = self.typed_path(router, args) {
                self.graph.declare(router, Declared { methods, path, hidden: false, span });
            }
            return;
        }
        let only = &self.graph.routers[router].only;
        let methods = if methods == ["ANY"] && !only.is_empty() { only.clone() } else { methods };
        self.graph.declare(router, Declared { methods, path: Text::known(""), hidden: false, span });
    }

    /// The path that the type of a handler's parameter has: `router.typed_get(show)`, `router.typed_get(show::<Order>)`.
    fn typed_path(&mut self, router: RouterId, args: &Args) -> Option<Text> {
        let attribute = self.store.tables[self.graph.routers[router].framework].typed_path.as_deref()?;
        let Value::Func(handler) = args.positional.first()?.value.clone() else { return None };
        let declared = handler.func.params.iter().filter_map(|it| it.of.as_ref());
        let mut types: Vec<Value> = declared.map(|it| self.eval(it, handler.env)).collect();
        types.extend(args.get("<>").and_then(|it| self.items(&it.value)).unwrap_or_default());
        types.into_iter().find_map(|of| {
            let Value::Class(class) = of else { return None };
            match self.class_attr(&class, attribute, 0) {
                Some(Value::Text(path)) => Some((*path).clone()),
                _ => None,
            }
        })
    }

    /// Calls a verb of `app.route("/x")`.
    pub(in crate::parse::routes::interpret) fn call_chain(
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
            self.handled(router, span, &path, std::slice::from_ref(verb), &args);
            self.graph.declare(router, Declared { methods: vec![verb.clone()], path, hidden: false, span });
        }
        // `resource.add_route("GET", handler)`
        if let Some(call) = table.route.iter().find(|it| it.names.iter().any(|it| it == name))
            && call.methods.first() == Some(&Place::Index(0))
            && !table.verbs.contains_key(name)
        {
            let methods = self.methods(&args, &call.methods, &call.default_methods);
            let span = self.span(env, range);
            let path = (**path).clone();
            self.graph.declare(router, Declared { methods, path, hidden: false, span });
        }
        Value::Chain(router, Rc::clone(path))
    }

    /// Declares the route that the attributes of a function say: `#[get("/orders")]`.
    pub(super) fn mount_function(&mut self, router: RouterId, closure: &Closure, path: &Text) {
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
            self.handled_by(span, &path, &methods, &Value::Func(closure.clone()));
            self.graph.declare(router, Declared { methods, path, hidden: false, span });
        }
    }

    /// A verb call on a receiver that nobody knows, in a file that uses a framework.
    pub(in crate::parse::routes::interpret) fn loose(&mut self, call: &Call, name: &str, env: EnvId) {
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
}

/// Whether an import names a module or what is below it.
fn is_module(import: &str, module: &str) -> bool {
    without_version(import) == module || import.split('.').next() == Some(module)
}
