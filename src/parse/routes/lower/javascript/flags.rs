//! What depends on a parameter that is true or false unless the caller says otherwise: `(path, named = true) => …`.
//!
//! Only what stands in the body of the function itself is decided; everything else may or may not run.

use super::expr::expr;
use super::{branch, expression_statement, stmt};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// The body of a function with these parameters.
pub(super) fn body(node: Syntax<'_>, params: &[Syntax<'_>]) -> Vec<Stmt> {
    let flags: Vec<&str> = params.iter().filter_map(|it| flag(*it)).collect();
    let mut body = Vec::new();
    for child in if node.too_deep() { Vec::new() } else { node.children() } {
        match decided(child, &flags) {
            Some(decided) => body.push(decided),
            None => stmt(child, &mut body),
        }
    }
    body
}

/// The name of a parameter whose default is `true` or `false`.
fn flag(param: Syntax<'_>) -> Option<&str> {
    let (name, default) = match param.kind() {
        "assignment_pattern" => (param.field("left")?, param.field("right")?),
        "required_parameter" => (param.field("pattern")?, param.field("value")?),
        _ => return None,
    };
    let is_flag = name.kind() == "identifier" && matches!(default.kind(), "true" | "false");
    is_flag.then(|| name.words())
}

/// `if (flag) { … }`, `flag ? a() : b()` and `return flag ? a : b`.
fn decided(node: Syntax<'_>, flags: &[&str]) -> Option<Stmt> {
    let choice = match node.kind() {
        "if_statement" => node,
        "expression_statement" | "return_statement" => {
            node.first().filter(|it| it.kind() == "ternary_expression")?
        }
        _ => return None,
    };
    let condition = choice.field("condition").filter(|_| !flags.is_empty())?;
    let (name, holds) = condition_of(condition)?;
    if !flags.contains(&name.words()) {
        return None;
    }
    let arm = |it: Option<Syntax<'_>>| match node.kind() {
        "if_statement" => branch(it),
        "return_statement" => vec![Stmt::Return(it.map(expr))],
        _ => it.map(|it| expression_statement(expr(it))).into_iter().collect(),
    };
    let other = choice.field("alternative");
    let other = if node.kind() == "if_statement" { other.and_then(Syntax::first) } else { other };
    let case = |holds: bool, body: Vec<Stmt>| Case { value: Some(node.expr(ExprKind::Bool(holds))), body };
    let cases = vec![case(holds, arm(choice.field("consequence"))), case(!holds, arm(other))];
    Some(Stmt::Switch(expr(name), cases))
}

/// The name that a condition asks for, and whether it must hold.
fn condition_of(node: Syntax<'_>) -> Option<(Syntax<'_>, bool)> {
    let node = if node.kind() == "parenthesized_expression" { node.first()? } else { node };
    match node.kind() {
        "identifier" => Some((node, true)),
        "unary_expression" if node.field_words("operator") == "!" => {
            Some((node.field("argument").filter(|it| it.kind() == "identifier")?, false))
        }
        _ => None,
    }
}
