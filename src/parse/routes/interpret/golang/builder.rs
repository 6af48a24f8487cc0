//! Routes that are described call by call, in any order: `r.Methods("GET").Path("/x").Handler(h)`.

use std::ops::Range;

use crate::parse::routes::framework::{Builder, Made, Place};
use crate::parse::routes::graph::{Declared, Mounted, RouterId};
use crate::parse::routes::interpret::value::{Args, EnvId};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// What has been said about a route so far.
#[derive(Debug, Clone)]
pub(in crate::parse::routes::interpret) struct Draft {
    router: RouterId,
    path: Text,
    /// Whatever follows the path is served, too.
    open: bool,
    methods: Vec<String>,
    /// Where the path stands.
    span: Span,
    handled: bool,
    handler: Value,
    /// The verbs that the handler asks for.
    asked: Option<Vec<String>>,
    name: Option<String>,
    frozen: bool,
}

impl Interpreter<'_> {
    /// Calls a method of a router that begins a route; none where the framework has no such method.
    pub(in crate::parse::routes::interpret) fn begin_route(
        &mut self,
        router: RouterId,
        name: &str,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Option<Value> {
        let builder = self.store.tables[self.graph.routers[router].framework].builder.as_ref()?;
        if builder.named.iter().any(|it| it == name) {
            return Some(self.named_route(args));
        }
        let all = [&builder.path, &builder.prefix, &builder.methods, &builder.other];
        if !all.iter().any(|it| it.iter().any(|it| it == name)) {
            return None;
        }
        let span = self.span(env, range.clone());
        let methods = self.method_filters.get(&router).cloned().unwrap_or_default();
        let frozen = router < self.graph.frozen;
        let path = Text::known("");
        self.drafts.push(Draft {
            router,
            path,
            open: false,
            methods,
            span,
            handled: false,
            handler: Value::Unknown,
            asked: None,
            name: None,
            frozen,
        });
        Some(self.continue_route(self.drafts.len() - 1, name, args, range, env))
    }

    /// Calls a method of a route that is being described.
    pub(in crate::parse::routes::interpret) fn continue_route(
        &mut self,
        id: usize,
        name: &str,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        let framework = self.graph.routers[self.drafts[id].router].framework;
        let Some(builder): Option<&Builder> = self.store.tables[framework].builder.as_ref() else {
            return Value::Unknown;
        };
        let named = |names: &[String]| names.iter().any(|it| it == name);
        self.graph.version += 1;
        if named(&builder.path) || named(&builder.prefix) {
            let path = self.texts_at(args, &[Place::Index(0)]).into_iter().next();
            let (path, argument) = path.map_or((Text::hole("path"), None), |(path, it)| (path, Some(it)));
            let span = argument.filter(|it| it.end > 0).map(|it| self.span(env, it.start..it.end));
            let draft = &mut self.drafts[id];
            draft.path = path;
            draft.open = named(&builder.prefix);
            draft.span = span.unwrap_or(draft.span);
            if let Some(handler) = args.positional.get(1) {
                self.handle(id, &handler.value.clone(), env);
            }
        } else if named(&builder.methods) {
            let all: Vec<Value> = args.positional.iter().map(|it| it.value.clone()).collect();
            let all = self.new_list(all);
            let methods = self.methods(&Args::of([all]), &[Place::Index(0)], &[]);
            self.drafts[id].methods = methods;
        } else if named(&builder.handler) {
            let handler = args.positional.first().map_or(Value::Unknown, |it| it.value.clone());
            self.handle(id, &handler, env);
        } else if named(&builder.router) {
            let Draft { router, path, methods, .. } = self.drafts[id].clone();
            let place = self.span(env, range);
            let child = self.graph.add(framework, Made::Router, place);
            self.graph.mount(router, Mounted { child, path, hidden: false, replaces: false });
            if !methods.is_empty() {
                self.method_filters.insert(child, methods);
            }
            return Value::Router(child);
        } else if name == "Name" {
            self.drafts[id].name = args.positional.first().and_then(|it| it.value.known_text());
        }
        Value::Draft(id)
    }

    /// A route that gets its handler by its name later on; where the name is not known, every named one.
    fn named_route(&mut self, args: &Args) -> Value {
        let name = args.positional.first().and_then(|it| it.value.known_text());
        match name {
            Some(name) => {
                let found = self.drafts.iter().position(|it| it.name.as_ref() == Some(&name));
                found.map_or(Value::Unknown, Value::Draft)
            }
            None => {
                self.drafts.iter_mut().filter(|it| it.name.is_some()).for_each(|it| it.handled = true);
                Value::Unknown
            }
        }
    }

    fn handle(&mut self, id: usize, handler: &Value, env: EnvId) {
        let router = self.drafts[id].router;
        self.drafts[id].handler = handler.clone();
        let nested = self.nest_handler(router, handler);
        self.drafts[id].handled = !nested;
        if !nested {
            self.drafts[id].asked = {
                let span = self.drafts[id].span;
                self.verbs_asked_of(handler, span.start..span.end, env)
            };
        }
    }

    /// Declares every route that has a handler.
    pub(in crate::parse::routes) fn finish_routes(&mut self) {
        for draft in std::mem::take(&mut self.drafts) {
            if !draft.handled || draft.frozen {
                continue;
            }
            let mut path = draft.path;
            if draft.open {
                path.push(&Text::known(if path.ends_with_slash() { "*" } else { "/*" }));
            }
            let asked = || draft.asked.unwrap_or_else(|| vec!["ANY".to_owned()]);
            let methods = if draft.methods.is_empty() { asked() } else { draft.methods };
            self.handled_by(draft.span, &path, &methods, &draft.handler);
            let route = Declared { methods, path, hidden: false, span: draft.span };
            self.graph.declare(draft.router, route);
        }
    }
}
