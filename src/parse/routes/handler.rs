//! The verbs that one handler for all verbs serves, as in Next.js's `pages/api`.
//!
//! It says so by what it compares the request's method with, by the keys of a table of handlers, or by the
//! methods called on a small router. A handler that never asks serves any verb.

use std::collections::BTreeSet;

use super::exports::{self, Exported};
use super::ir::{Call, Expr, ExprKind, Imported, Module, Node, Pattern, Property, Stmt, walk};
use super::resolve::Resolver;
use super::store::Store;
use crate::source::SourceId;

const VERBS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The packages of small routers that such handlers use.
const ROUTERS: [&str; 2] = ["next-connect", "next-api-route-middleware"];

/// The verbs of the default export; none when there is no default export.
pub(super) fn verbs(file: SourceId, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<(String, Exported)> {
    exports::default_export(file, store, resolver).map(|it| asked(&it, store, resolver)).unwrap_or_default()
}

/// The verbs of a function of a platform: an export called `handler`, or the default export. None where that
/// is no function, and where it is an application of a framework, which has routes of its own.
pub(super) fn function_verbs(
    file: SourceId,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Vec<(String, Exported)> {
    let named = exports::named_export(file, "handler", store, resolver);
    let Some(handler) = named.or_else(|| exports::default_export(file, store, resolver)) else {
        return Vec::new();
    };
    if adapts(&store.module(file)) || !is_function(&handler) {
        return Vec::new();
    }
    asked(&handler, store, resolver)
}

/// The methods `do_GET`, `do_POST` of the classes of a module.
pub(super) fn class_methods(module: &Module) -> Vec<String> {
    let mut found = BTreeSet::new();
    for stmt in &module.body {
        let Stmt::Class(class) = stmt else { continue };
        let names = class.body.iter().filter_map(|it| match it {
            Stmt::Def(method) => method.name.strip_prefix("do_"),
            _ => None,
        });
        found.extend(names.filter(|it| VERBS.contains(it)).map(str::to_owned));
    }
    found.into_iter().collect()
}

/// The verbs that anything in a module compares the request's method with.
pub(super) fn compared(module: &Module) -> BTreeSet<String> {
    Scan::new(module, None).verbs()
}

/// Whether a module hands an application of a framework to a platform.
fn adapts(module: &Module) -> bool {
    let is_adapter = |name: &str| {
        ADAPTERS
            .iter()
            .any(|it| name.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    };
    let mut found = false;
    walk(&module.body, &mut |node| match node {
        Node::Stmt(Stmt::Import(import)) => found |= is_adapter(&import.module),
        Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => {
            if let (ExprKind::Name(name), Some(ExprKind::Str(module))) =
                (&call.callee.kind, call.args.first().map(|it| &it.value.kind))
            {
                found |= &**name == "require" && is_adapter(module);
            }
        }
        Node::Stmt(_) | Node::Expr(_) => {}
    });
    found
}

/// Whether an export is a function, or a function in wrappers.
fn is_function(handler: &exports::Default) -> bool {
    let module = &handler.module;
    if let Some(name) = &handler.name {
        return is_function_name(module, name);
    }
    let mut found = false;
    walk(&module.body, &mut |node| {
        if let Node::Expr(expr) = node
            && (expr.start..expr.end) == handler.range
        {
            found |= is_callable(module, expr, MAX_WRAPPERS);
        }
    });
    found
}

fn is_function_name(module: &Module, name: &str) -> bool {
    module.body.iter().any(|stmt| match stmt {
        Stmt::Def(func) => *func.name == *name,
        Stmt::Assign(Pattern::Name(it), value) => **it == *name && is_callable(module, value, MAX_WRAPPERS),
        _ => false,
    })
}

fn is_callable(module: &Module, expr: &Expr, hops: usize) -> bool {
    let named = |name: &str| {
        exports::imported(module, name).is_some()
            || module.body.iter().any(|it| matches!(it, Stmt::Def(func) if *func.name == *name))
            || (hops > 0
                && exports::assigned(module, name).is_some_and(|it| is_callable(module, it, hops - 1)))
    };
    match &expr.kind {
        ExprKind::Func(_) => true,
        ExprKind::Name(name) => named(name),
        // A job that a clock starts is served to nobody.
        ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(it) if &**it == "schedule") => {
            false
        }
        ExprKind::Call(call) => call.args.iter().any(|it| match &it.value.kind {
            ExprKind::Object(entries) => entries.iter().any(|it| matches!(it.value.kind, ExprKind::Func(_))),
            _ => is_callable(module, &it.value, hops),
        }),
        _ => false,
    }
}

fn asked(handler: &exports::Default, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<(String, Exported)> {
    let mut found = Scan::new(&handler.module, handler.name.as_deref()).verbs();
    if found.is_empty() {
        // `export default withAuth(handler)` with the handler in another file.
        let path = store.sources.path(handler.file);
        for (source, outer) in wrapped_imports(&handler.module) {
            let target = resolver.javascript(path, &source).and_then(|it| it.file);
            if let Some(module) = target.map(|it| store.module(it)) {
                found.extend(Scan::new(&module, Some(&outer)).verbs());
            }
        }
    }
    if found.iter().all(|it| matches!(it.as_str(), "HEAD" | "OPTIONS")) {
        found = BTreeSet::from(["ANY".to_owned()]);
    }
    let exported = Exported { file: handler.file, range: handler.range.clone() };
    found.into_iter().map(|verb| (verb, exported.clone())).collect()
}

/// The imported names inside the default export, which is a call.
fn wrapped_imports(module: &Module) -> Vec<(Box<str>, Box<str>)> {
    let mut found = Vec::new();
    for stmt in &module.body {
        let Stmt::Export(super::ir::Export::Default(Expr { kind: ExprKind::Call(call), .. })) = stmt else {
            continue;
        };
        for arg in &call.args {
            if let ExprKind::Name(name) = &arg.value.kind {
                found.extend(exports::imported(module, name));
            }
        }
    }
    found
}

/// The packages that hand an application to a platform of functions.
const ADAPTERS: [&str; 11] = [
    "serverless-http",
    "@vendia/serverless-express",
    "@codegenie/serverless-express",
    "aws-serverless-express",
    "aws-serverless-fastify",
    "@fastify/aws-lambda",
    "hono/netlify",
    "hono/vercel",
    "@hono/node-server/vercel",
    "@netlify/remix-adapter",
    "@nestjs/core",
];

/// Wrappers around a function.
const MAX_WRAPPERS: usize = 6;

struct Scan<'m> {
    module: &'m Module,
    /// Names of small routers: the exported handler, and what a router package makes.
    routers: Vec<&'m str>,
    /// Functions that make a small router.
    makers: Vec<&'m str>,
    /// Names that the request's method is bound to.
    methods: Vec<&'m str>,
    /// Names of objects that are read by the request's method, or that the handler is made of.
    tables: Vec<&'m str>,
    found: BTreeSet<String>,
    allowed: BTreeSet<String>,
}

impl<'m> Scan<'m> {
    fn new(module: &'m Module, handler: Option<&'m str>) -> Scan<'m> {
        let mut makers: Vec<&str> = Vec::new();
        let mut routers: Vec<&str> = handler.into_iter().collect();
        for stmt in &module.body {
            match stmt {
                Stmt::Import(import) if ROUTERS.contains(&&*import.module) => {
                    makers.extend(import.names.iter().filter_map(|it| match it {
                        Imported::Name(_, alias) | Imported::Module(alias) => Some(&**alias),
                        _ => None,
                    }));
                }
                Stmt::Assign(Pattern::Name(name), value) if makers.contains(&base_name(value)) => {
                    routers.push(name)
                }
                _ => {}
            }
        }
        let mut methods = Vec::new();
        walk(&module.body, &mut |node| {
            if let Node::Stmt(Stmt::Assign(Pattern::Name(name), value)) = node
                && is_method(value)
            {
                methods.push(&**name);
            }
        });
        let (found, allowed) = (BTreeSet::new(), BTreeSet::new());
        Scan { module, routers, makers, methods, tables: Vec::new(), found, allowed }
    }

    fn verbs(mut self) -> BTreeSet<String> {
        walk(&self.module.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Index(of, at), .. }) = node
                && let (ExprKind::Name(name), true) = (&of.kind, self.is_method(at))
            {
                self.tables.push(name);
            }
        });
        for stmt in &self.module.body {
            self.handler_table(stmt);
        }
        walk(&self.module.body, &mut |node| match node {
            Node::Expr(expr) => self.expr(expr),
            Node::Stmt(Stmt::Switch(subject, cases)) if self.is_method(subject) => {
                cases.iter().filter_map(|it| it.value.as_ref()).for_each(|it| self.add(it));
            }
            Node::Stmt(Stmt::Assign(Pattern::Name(name), Expr { kind: ExprKind::Object(entries), .. }))
                if self.tables.contains(&&**name) =>
            {
                self.add_keys(entries);
            }
            Node::Stmt(_) => {}
        });
        if self.found.is_empty() { self.allowed } else { self.found }
    }

    /// `export default handlers({ get: …, post: … })`, also by the name of a constant.
    fn handler_table(&mut self, stmt: &'m Stmt) {
        let value = match stmt {
            Stmt::Export(super::ir::Export::Default(value)) => value,
            Stmt::Assign(Pattern::Name(name), value) if self.routers.contains(&&**name) => value,
            _ => return,
        };
        let mut calls = vec![value];
        while let Some(next) = calls.pop() {
            let ExprKind::Call(call) = &next.kind else { continue };
            // `allow(["GET"])(handler)`, `withSession(handlers({ get }))`
            calls.push(&call.callee);
            for arg in &call.args {
                match &arg.value.kind {
                    ExprKind::Object(entries) => self.add_keys(entries),
                    ExprKind::Name(name) => self.tables.push(name),
                    ExprKind::List(items) if items.iter().all(is_verb) => {
                        items.iter().for_each(|it| self.add(it));
                    }
                    ExprKind::Str(_) if is_verb(&arg.value) => self.add(&arg.value),
                    ExprKind::Call(_) => calls.push(&arg.value),
                    _ => {}
                }
            }
        }
    }

    fn expr(&mut self, expr: &'m Expr) {
        match &expr.kind {
            ExprKind::Compare(a, b) if self.is_method(a) => self.add(b),
            ExprKind::Compare(a, b) if self.is_method(b) => self.add(a),
            ExprKind::Object(entries)
                if entries.iter().all(|it| is_upper_verb(it) && is_handler(&it.value)) =>
            {
                self.add_keys(entries);
            }
            ExprKind::Call(call) => self.call(call),
            _ => {}
        }
    }

    fn call(&mut self, call: &'m Call) {
        let ExprKind::Attr(of, name) = &call.callee.kind else { return };
        let first = call.args.first().map(|it| &it.value);
        match (&**name, first) {
            // `["GET", "POST"].includes(req.method)`
            ("includes" | "indexOf" | "has", Some(method)) if self.is_method(method) => self.add_all(of),
            ("setHeader", Some(Expr { kind: ExprKind::Str(header), .. }))
                if header.eq_ignore_ascii_case("allow") =>
            {
                let listed =
                    call.args.get(1).map(|it| exports::texts(self.module, &it.value)).unwrap_or_default();
                let words =
                    listed.iter().flat_map(|it| it.split(',')).map(|it| it.trim().to_ascii_uppercase());
                self.allowed.extend(words.filter(|it| VERBS.contains(&it.as_str())));
            }
            (verb, Some(_)) if self.is_router(of) => match verb.to_ascii_uppercase().as_str() {
                "ALL" => drop(self.found.insert("ANY".to_owned())),
                verb if VERBS.contains(&verb) => drop(self.found.insert(verb.to_owned())),
                _ => {}
            },
            _ => {}
        }
    }

    fn is_method(&self, expr: &Expr) -> bool {
        is_method(expr) || matches!(&expr.kind, ExprKind::Name(name) if self.methods.contains(&&**name))
    }

    fn is_router(&self, expr: &Expr) -> bool {
        let name = base_name(expr);
        let is_call = matches!(expr.kind, ExprKind::Call(_));
        self.routers.contains(&name) || (is_call && self.makers.contains(&name))
    }

    fn add(&mut self, expr: &Expr) {
        if let ExprKind::Str(text) = &expr.kind {
            let verb = text.to_ascii_uppercase();
            if VERBS.contains(&verb.as_str()) {
                self.found.insert(verb);
            }
        }
    }

    fn add_all(&mut self, list: &Expr) {
        for text in exports::texts(self.module, list) {
            let verb = text.to_ascii_uppercase();
            if VERBS.contains(&verb.as_str()) {
                self.found.insert(verb);
            }
        }
    }

    /// The keys of a table of handlers; one that is no verb makes it something else.
    fn add_keys(&mut self, entries: &[Property]) {
        let keys: Vec<String> =
            entries.iter().filter_map(|it| Some(it.key.as_deref()?.to_ascii_uppercase())).collect();
        if keys.iter().all(|it| VERBS.contains(&it.as_str())) {
            self.found.extend(keys);
        }
    }
}

/// Whether an expression is the request's method: `req.method`, `method`, `req.method?.toUpperCase()`.
fn is_method(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) | ExprKind::Attr(_, name) => matches!(&**name, "method" | "httpMethod"),
        ExprKind::Call(call) => match &call.callee.kind {
            ExprKind::Attr(of, name) => matches!(&**name, "toUpperCase" | "toLowerCase") && is_method(of),
            _ => false,
        },
        ExprKind::Either(all) => all.iter().any(is_method),
        ExprKind::Other(all) if all.len() == 1 => is_method(&all[0]),
        _ => false,
    }
}

fn is_upper_verb(property: &Property) -> bool {
    property.key.as_deref().is_some_and(|key| VERBS.contains(&key))
}

fn is_verb(value: &Expr) -> bool {
    matches!(&value.kind, ExprKind::Str(text) if VERBS.contains(&&**text))
}

fn is_handler(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Func(_) | ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Call(_))
}

/// The name at the start of a chain of calls: `nc` in `nc().get(…).post(…)`.
fn base_name(expr: &Expr) -> &str {
    let mut at = expr;
    loop {
        at = match &at.kind {
            ExprKind::Call(call) => &call.callee,
            ExprKind::Attr(of, _) => of,
            ExprKind::Name(name) => return name,
            _ => return "",
        }
    }
}
