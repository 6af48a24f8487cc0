//! Conditions that may be known before the program runs: `if prefix is None`, `if kind == "list"`.
//!
//! A condition becomes the call of a function that no program names, whose answer the interpreter knows.

use super::expr::expr;
use crate::parse::routes::ir::{Arg, Call, Case, EQUAL, Expr, ExprKind, LOGIC, NOTHING, Stmt};
use crate::parse::routes::lower::tree::Syntax;

/// The statement of an `if` whose condition may be known, with its further branches.
pub(super) fn decided(
    node: Syntax<'_>,
    taken: impl FnOnce() -> Vec<Stmt>,
    other: impl FnOnce() -> Vec<Stmt>,
) -> Option<Stmt> {
    let subject = condition(node.field("condition")?, 0)?;
    let case = |holds: bool, body: Vec<Stmt>| Case { value: Some(node.expr(ExprKind::Bool(holds))), body };
    Some(Stmt::Switch(subject, vec![case(true, taken()), case(false, other())]))
}

/// A condition that compares a name with a constant, or is made of such.
fn condition(node: Syntax<'_>, depth: u8) -> Option<Expr> {
    const MAX_DEPTH: u8 = 8;
    if depth > MAX_DEPTH {
        return None;
    }
    match node.kind() {
        "parenthesized_expression" => condition(node.first()?, depth + 1),
        "not_operator" => Some(call(node, LOGIC[0], vec![condition(node.field("argument")?, depth + 1)?])),
        "boolean_operator" => {
            let sides = [node.field("left")?, node.field("right")?];
            let known = sides.map(|it| condition(it, depth + 1));
            if known.iter().all(Option::is_none) {
                return None;
            }
            let name = if node.field_words("operator") == "or" { LOGIC[1] } else { LOGIC[2] };
            let sides = known.into_iter().zip(sides).map(|(known, it)| known.unwrap_or_else(|| expr(it)));
            Some(call(node, name, sides.collect()))
        }
        "comparison_operator" => {
            let [left, right] = <[Syntax<'_>; 2]>::try_from(node.children()).ok()?;
            if left.kind() != "identifier" {
                return None;
            }
            let (function, denied) = match (node.field_words("operators"), right.kind()) {
                ("is", "none") => (NOTHING, false),
                ("is not", "none") => (NOTHING, true),
                ("==", "string") => (EQUAL, false),
                ("!=", "string") => (EQUAL, true),
                _ => return None,
            };
            let both = if function == NOTHING { vec![expr(left)] } else { vec![expr(left), expr(right)] };
            let found = call(node, function, both);
            Some(if denied { call(node, LOGIC[0], vec![found]) } else { found })
        }
        _ => None,
    }
}

fn call(node: Syntax<'_>, name: &str, values: Vec<Expr>) -> Expr {
    let args = values.into_iter().map(|value| Arg { name: None, value }).collect();
    let callee = node.expr(ExprKind::Name(name.into()));
    node.expr(ExprKind::Call(Box::new(Call { callee, args })))
}
