//! The verbs that one handler for all verbs serves, as in Next.js's `pages/api`.
//!
//! It says so by what it compares the request's method with, by the keys of a table of handlers, or by the
//! methods called on a small router. A handler that never asks serves any verb.

use std::collections::BTreeSet;

use super::asked;
use super::exports::{self, Exported};
use super::ir::{Export, Expr, ExprKind, Module, Node, Pattern, Stmt, walk};
use super::resolve::Resolver;
use super::store::Store;
use crate::source::SourceId;

const VERBS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

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

/// Whether a module hands requests on to an application of another framework: `app.fetch(request)`, `handle(app)`.
pub(super) fn hands_on(module: &Module) -> bool {
    let mut found = adapts(module);
    walk(&module.body, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
            && let ExprKind::Attr(of, method) = &call.callee.kind
            && matches!(&**method, "fetch" | "handle")
        {
            let of_request = |it: &Expr| match &it.kind {
                ExprKind::Name(name) | ExprKind::Attr(_, name) => matches!(&**name, "request" | "req"),
                _ => false,
            };
            let global =
                matches!(&of.kind, ExprKind::Name(it) if matches!(&**it, "window" | "globalThis" | "event"));
            found |= !global && call.args.first().is_some_and(|it| of_request(&it.value));
        }
    });
    found
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

/// Whether a handler says that it turns other methods away; only then what it asks for is all that it serves.
pub(super) fn refuses(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["405", "assertmethod", "not allowed", "notallowed", "not_allowed", "not supported", "unsupported"]
        .iter()
        .any(|it| lower.contains(it))
}

/// Whether a text is a verb, in upper case.
pub(super) fn is_verb(text: &str) -> bool {
    VERBS.contains(&text)
}

/// The verbs that anything in a module compares the request's method with.
pub(super) fn compared(module: &Module) -> BTreeSet<String> {
    asked::verbs(module, None)
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
        // `export default { fetch(request) { … } }`
        ExprKind::Object(entries) => entries.iter().any(|it| it.key.as_deref() == Some("fetch")),
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
    let mut found = asked::verbs(&handler.module, handler.name.as_deref());
    if found.is_empty() {
        // `export default withAuth(handler)` with the handler in another file, or a handler that hands over to one.
        let path = store.sources.path(handler.file);
        for (source, outer) in
            wrapped_imports(&handler.module).into_iter().chain(handed_over(&handler.module))
        {
            let target = resolver.javascript(path, &source).and_then(|it| it.file);
            if let Some(module) = target.map(|it| store.module(it)) {
                found.extend(asked::verbs(&module, Some(&outer)));
            }
        }
    }
    if found.iter().all(|it| matches!(it.as_str(), "HEAD" | "OPTIONS")) {
        found = BTreeSet::from(["ANY".to_owned()]);
    }
    let exported = Exported { file: handler.file, range: handler.range.clone() };
    found.into_iter().map(|verb| (verb, exported.clone())).collect()
}

/// The imported names inside the default export, which is a call, however many wrappers there are.
fn wrapped_imports(module: &Module) -> Vec<(Box<str>, Box<str>)> {
    let mut found = Vec::new();
    for stmt in &module.body {
        let Stmt::Export(Export::Default(value)) = stmt else { continue };
        let mut values = vec![value];
        while let Some(Expr { kind: ExprKind::Call(call), .. }) = values.pop() {
            for arg in &call.args {
                match &arg.value.kind {
                    ExprKind::Name(name) => found.extend(exports::imported(module, name)),
                    ExprKind::Call(_) => values.push(&arg.value),
                    _ => {}
                }
            }
        }
    }
    found
}

/// The imported functions that a function returns the answer of, and that are handed the request: `return handle(req)`.
fn handed_over(module: &Module) -> Vec<(Box<str>, Box<str>)> {
    let requests = asked::parameters(module);
    let mut found = Vec::new();
    walk(&module.body, &mut |node| {
        if let Node::Stmt(Stmt::Return(Some(Expr { kind: ExprKind::Call(call), .. }))) = node
            && let ExprKind::Name(callee) = &call.callee.kind
            && call.args.first().is_some_and(
                |it| matches!(&it.value.kind, ExprKind::Name(name) if requests.contains(&&**name)),
            )
        {
            found.extend(exports::imported(module, callee));
        }
    });
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
