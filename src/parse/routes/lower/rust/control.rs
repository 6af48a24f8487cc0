//! The branches and loops of Rust.

use super::conditions::{Held, of_own, when};
use super::expr::{block_body, expr, let_declaration, pattern};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// Lowers a statement; the last one of a block may be its value.
pub(super) fn statement(node: Syntax<'_>, is_value: bool, body: &mut Vec<Stmt>) {
    match node.kind() {
        "return_expression" => body.push(Stmt::Return(node.first().map(expr))),
        "for_expression" => {
            if let (Some(name), Some(items)) = (node.field("pattern"), node.field("value")) {
                let inner = node.field("body").map(block_body).unwrap_or_default();
                body.push(Stmt::For(pattern(name), expr(items), without_value(inner)));
            }
        }
        "while_expression" | "loop_expression" => {
            let inner = node.field("body").map(block_body).unwrap_or_default();
            body.push(Stmt::Branch(without_value(inner)));
        }
        "if_expression" if !is_value => branches(node, body),
        "match_expression" if !is_value => {
            body.extend(matched(node));
            for (binding, arm, held) in arms(node) {
                let mut inner = Vec::from_iter(binding);
                statement(arm, false, &mut inner);
                body.push(if held == Held::Usual { Stmt::Branch(inner) } else { Stmt::Guess(inner) });
            }
        }
        "block" | "unsafe_block" if !is_value => body.extend(without_value(inner_block(node))),
        "assignment_expression" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                body.push(Stmt::Assign(pattern(left), expr(right)));
            }
        }
        _ if is_value => body.push(Stmt::Return(Some(expr(node)))),
        _ => body.push(Stmt::Expr(expr(node))),
    }
}

/// The last expression of a block that is no value ends no function.
pub(super) fn without_value(mut body: Vec<Stmt>) -> Vec<Stmt> {
    match body.pop() {
        Some(Stmt::Return(Some(value))) => body.push(Stmt::Expr(value)),
        last => body.extend(last),
    }
    body
}

fn branches(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if let Some(condition) = node.field("condition") {
        condition_bindings(condition, body);
    }
    let arms = [node.field("consequence"), node.field("alternative")].into_iter().flatten();
    for (at, arm) in arms.enumerate() {
        let arm = if arm.kind() == "else_clause" { arm.first() } else { Some(arm) };
        let mut inner = Vec::new();
        match arm {
            Some(it) if it.kind() == "if_expression" && !it.too_deep() => branches(it, &mut inner),
            Some(it) => inner = without_value(inner_block(it)),
            None => {}
        }
        let is_guess = at == 0 && node.field("condition").is_some_and(|it| asked(it) != Held::Usual);
        body.push(if is_guess { Stmt::Guess(inner) } else { Stmt::Branch(inner) });
    }
}

/// Whether a condition holds that asks for a feature: `if cfg!(feature = "docs")`.
pub(super) fn asked(condition: Syntax<'_>) -> Held {
    let is_cfg = condition.kind() == "macro_invocation" && condition.field_words("macro") == "cfg";
    let words = condition.child("token_tree").filter(|_| is_cfg).map(Syntax::words);
    words.map_or(Held::Usual, |it| when(it.trim_start_matches('('), condition))
}

/// `if let Some(x) = y` binds.
pub(super) fn condition_bindings(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    match node.kind() {
        "let_condition" => let_declaration(node, body),
        _ => body.push(Stmt::Expr(expr(node))),
    }
}

/// The statements inside of a block, or of what holds one.
pub(super) fn inner_block(node: Syntax<'_>) -> Vec<Stmt> {
    match node.kind() {
        "block" => block_body(node),
        _ => node.child("block").map(block_body).unwrap_or_default(),
    }
}

/// The name of what a `match` looks at.
const MATCHED: &str = "match::";

/// What a `match` looks at, under a name that its arms know.
pub(super) fn matched(node: Syntax<'_>) -> Option<Stmt> {
    let value = node.field("value").map(expr)?;
    Some(Stmt::Assign(Pattern::Name(MATCHED.into()), value))
}

/// The arms of a `match`: what each binds, its value, and whether it is there.
pub(super) fn arms(node: Syntax<'_>) -> Vec<(Option<Stmt>, Syntax<'_>, Held)> {
    let arms = node.field("body").into_iter().flat_map(Syntax::children);
    let arms = arms.map(|it| (it, of_own(it))).filter(|it| it.1 != Held::Never);
    arms.filter_map(|(it, held)| Some((binding(it), it.field("value")?, held))).collect()
}

/// `Some(x)` and `Ok(x)` bind what is matched; what is in other variants is another thing.
fn binding(arm: Syntax<'_>) -> Option<Stmt> {
    let matched = arm.field("pattern")?.first()?;
    let is_wrapper =
        matched.kind() == "tuple_struct_pattern" && matches!(matched.field_words("type"), "Some" | "Ok");
    let value = matched.expr(ExprKind::Name(MATCHED.into()));
    is_wrapper.then(|| Stmt::Assign(pattern(matched), value))
}
