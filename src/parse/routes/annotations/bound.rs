//! Calls in the functions of a class, with what the class itself hands to these functions.

use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Node, Pattern, Stmt, walk};

/// What the parameters of the function around stand for.
pub(super) type Given<'c> = Vec<(&'c str, &'c Expr)>;

/// The calls of a class that are wanted: one in a function that the class calls stands there once for each
/// time, `add(admin)` and `add(guests)` making two of the call in `void add(Area area)`.
pub(super) fn bound_calls<'c>(
    body: &'c [Stmt],
    wanted: &dyn Fn(&Call) -> bool,
) -> Vec<(&'c Call, Given<'c>)> {
    let (mut all, mut functions): (Vec<&Call>, Vec<&Func>) = (Vec::new(), Vec::new());
    walk(body, &mut |node| match node {
        Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => all.push(call),
        Node::Stmt(Stmt::Def(func)) => functions.push(func),
        _ => {}
    });
    let mut found = Vec::new();
    for call in all.iter().copied().filter(|it| wanted(it)) {
        // The last one that has it is the innermost.
        let around = functions.iter().rev().find(|it| has(it, call));
        let params = around.map_or(&[][..], |it| &it.params);
        let callers = all.iter().filter(|it| around.is_some_and(|around| calls(it, around)));
        let given = callers.map(|caller| {
            let pairs = params.iter().zip(&caller.args).filter_map(|(param, arg)| match &param.pattern {
                Pattern::Name(name) => Some((&**name, &arg.value)),
                _ => None,
            });
            pairs.collect()
        });
        let mut given: Vec<Given<'c>> = given.collect();
        if given.is_empty() {
            given.push(Vec::new());
        }
        found.extend(given.into_iter().map(|it| (call, it)));
    }
    found
}

fn has(func: &Func, call: &Call) -> bool {
    let mut has = false;
    walk(&func.body, &mut |node| {
        has |= matches!(node, Node::Expr(Expr { kind: ExprKind::Call(it), .. }) if std::ptr::eq(&**it, call));
    });
    has
}

/// Whether a call is one of this function of the same class.
fn calls(call: &Call, func: &Func) -> bool {
    let name = match &call.callee.kind {
        ExprKind::Name(name) => name,
        ExprKind::Attr(of, name) if matches!(&of.kind, ExprKind::Name(it) if &**it == "this") => name,
        _ => return false,
    };
    *name == func.name && !func.params.is_empty() && call.args.len() == func.params.len()
}
