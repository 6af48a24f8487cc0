//! A small router inside a route file: `export default useBase("/api", router.handler)` of Nuxt and Nitro, where the
//! router has verbs as methods.

use super::ir::{Call, Export, Expr, ExprKind, Module, Node, Pattern, Stmt, walk};

/// A route of an inner router.
pub(super) struct Inner {
    /// Upper case, or `ANY`.
    pub(super) method: String,
    /// From the root, with colons.
    pub(super) path: String,
    pub(super) range: std::ops::Range<u32>,
}

const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "use"];

/// The routes of the router that a module exports below a base; none where it exports something else.
pub(super) fn routes(module: &Module) -> Option<Vec<Inner>> {
    let call = module.body.iter().find_map(|stmt| match stmt {
        Stmt::Export(Export::Default(Expr { kind: ExprKind::Call(call), .. })) => Some(call),
        _ => None,
    })?;
    let is_base = matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "useBase");
    let base = text(call, 0).filter(|_| is_base)?;
    let router = match &call.args.get(1)?.value.kind {
        ExprKind::Attr(of, name) if &**name == "handler" => name_of(of)?,
        ExprKind::Name(name) => name,
        _ => return None,
    };
    let made = module.body.iter().find_map(|stmt| match stmt {
        Stmt::Assign(Pattern::Name(name), value) if **name == *router => Some(value.start..value.end),
        _ => None,
    });
    let mut found = Vec::new();
    walk(&module.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call(call), start, end }) = node else { return };
        let ExprKind::Attr(of, verb) = &call.callee.kind else { return };
        let in_chain = made.as_ref().is_some_and(|it| it.start <= *start && *end <= it.end);
        if call.args.len() < 2 || !VERBS.contains(&&**verb) || !(in_chain || starts_with(of, router)) {
            return;
        }
        let Some(path) = text(call, 0) else { return };
        let method = if &**verb == "use" { "ANY".to_owned() } else { verb.to_ascii_uppercase() };
        let range = call.args[0].value.start..call.args[0].value.end;
        found.push(Inner { method, path: format!("{base}/{path}"), range });
    });
    (!found.is_empty()).then_some(found)
}

fn text(call: &Call, at: usize) -> Option<&str> {
    match &call.args.get(at)?.value.kind {
        ExprKind::Str(text) => Some(text),
        _ => None,
    }
}

fn name_of(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Name(name) => Some(name),
        _ => None,
    }
}

/// Whether a chain of calls starts with a name: `router.get(…).post(…)`.
fn starts_with(expr: &Expr, name: &str) -> bool {
    let mut at = expr;
    loop {
        at = match &at.kind {
            ExprKind::Call(call) => &call.callee,
            ExprKind::Attr(of, _) => of,
            ExprKind::Name(it) => return **it == *name,
            _ => return false,
        }
    }
}
