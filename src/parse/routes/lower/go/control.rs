//! The branches and loops of Go.

use super::expr::{expr, keyword, pattern};
use super::{block, stmt};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// A comparison with `==` or `!=` is a switch, so that it decides where both sides are known.
pub(super) fn branch(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let mut own = Vec::new();
    node.field("initializer").into_iter().for_each(|it| stmt(it, &mut own));
    let mut then = node.field("consequence").map(block).unwrap_or_default();
    let mut other = Vec::new();
    match node.field("alternative") {
        Some(it) if it.kind() == "block" => other = block(it),
        Some(it) => stmt(it, &mut other),
        None => {}
    }
    let condition = node.field("condition");
    let sides =
        condition.and_then(|it| Some((it.field_words("operator"), it.field("left")?, it.field("right")?)));
    if let Some((operator @ ("==" | "!="), left, right)) = sides
        && (right.kind() == "nil" || right.words() == "\"\"")
    {
        keep_given(if operator == "==" { &mut then } else { &mut other }, left.words());
    }
    match sides {
        Some((operator @ ("==" | "!="), left, right)) if is_text(right) => {
            let (same, differs) = if operator == "==" { (then, other) } else { (other, then) };
            let cases =
                vec![Case { value: Some(expr(right)), body: same }, Case { value: None, body: differs }];
            own.push(Stmt::Switch(expr(left), cases));
        }
        _ => {
            let asked = condition.and_then(|it| {
                let flag = flag(it).map(|(name, negated)| (expr(name), negated));
                flag.or_else(|| decided(it, 0).map(|it| (it, false)))
            });
            match asked {
                Some((subject, negated)) => {
                    let (on, off) = if negated { (other, then) } else { (then, other) };
                    let holds = Expr { kind: ExprKind::Bool(true), start: subject.start, end: subject.end };
                    let cases = vec![Case { value: Some(holds), body: on }, Case { value: None, body: off }];
                    own.push(Stmt::Switch(subject, cases));
                }
                None => {
                    own.extend(condition.map(|it| Stmt::Expr(expr(it))));
                    own.push(Stmt::Branch(then));
                    own.push(Stmt::Branch(other));
                }
            }
        }
    }
    match own.pop() {
        // The arms have scopes of their own, and a return of the one that is chosen ends what is around.
        Some(only @ Stmt::Switch(..)) if own.is_empty() => body.push(only),
        last => {
            own.extend(last);
            body.push(Stmt::Branch(own));
        }
    }
}

/// What a condition of several comparisons asks, where the interpreter may know the answer:
/// `prefix == "" || prefix == "/"`. Of the request's method another reader makes more.
fn decided(node: Syntax<'_>, depth: u8) -> Option<Expr> {
    const MAX_DEPTH: u8 = 8;
    if depth > MAX_DEPTH || node.words().contains(".Method") {
        return None;
    }
    let operator = node.field_words("operator");
    let name = match (node.kind(), operator) {
        ("parenthesized_expression", _) => return decided(node.first()?, depth + 1),
        ("unary_expression", "!") => {
            return Some(node.expr(keyword(
                LOGIC[0],
                node.range(),
                vec![decided(node.field("operand")?, depth + 1)?],
            )));
        }
        ("binary_expression", "||") => LOGIC[1],
        ("binary_expression", "&&") => LOGIC[2],
        _ => return None,
    };
    let side = |field: &str| {
        let side = node.field(field)?;
        Some(decided(side, depth + 1).or_else(|| compared(side)).unwrap_or_else(|| expr(side)))
    };
    Some(node.expr(keyword(name, node.range(), vec![side("left")?, side("right")?])))
}

/// `prefix == nil`, `prefix != ""`
fn compared(node: Syntax<'_>) -> Option<Expr> {
    let (left, right) = (node.field("left")?, node.field("right")?);
    let (function, sides) = match right.kind() {
        "nil" => (NOTHING, vec![expr(left)]),
        _ if is_text(right) => (EQUAL, vec![expr(left), expr(right)]),
        _ => return None,
    };
    let found = node.expr(keyword(function, node.range(), sides));
    match node.field_words("operator") {
        "==" => Some(found),
        "!=" => Some(node.expr(keyword(LOGIC[0], node.range(), vec![found]))),
        _ => None,
    }
}

/// The parameter that alone is a condition, and whether it is negated: who calls decides what is run. So it is with a
/// question that is put to a text.
fn flag(condition: Syntax<'_>) -> Option<(Syntax<'_>, bool)> {
    let negated = condition.kind() == "unary_expression" && condition.field_words("operator") == "!";
    let name = if negated { condition.field("operand")? } else { condition };
    if name.kind() == "call_expression" && name.field_words("function").starts_with("strings.") {
        return Some((name, negated));
    }
    if name.kind() != "identifier" {
        return None;
    }
    let mut at = name.node.parent();
    while let Some(node) = at {
        let around = name.beside(node);
        if let Some(parameters) = around.field("parameters") {
            let is_it = |it: &Syntax<'_>| {
                it.field_words("type") == "bool"
                    && it.fields("name").iter().any(|it| it.words() == name.words())
            };
            let is_parameter = parameters.children().iter().any(is_it);
            // What the function itself changes is nothing that the caller decides.
            let body = around.field("body").map_or("", Syntax::words);
            let changes = [
                format!("{} = ", name.words()),
                format!("{} := ", name.words()),
                format!("&{}", name.words()),
            ];
            if changes.iter().any(|it| body.contains(it)) {
                return None;
            }
            if is_parameter {
                return Some((name, negated));
            }
        }
        at = node.parent();
    }
    None
}

/// A literal, or what is likely a constant: `http.MethodGet`.
fn is_text(node: Syntax<'_>) -> bool {
    match node.kind() {
        "interpreted_string_literal" | "raw_string_literal" => true,
        "selector_expression" => node.field_words("field").starts_with("Method"),
        _ => false,
    }
}

/// In `if x == nil { x = … }` the assignment counts only where nothing is there yet.
fn keep_given(body: &mut [Stmt], subject: &str) {
    let text = subject.to_owned();
    for stmt in body {
        let (target, value) = match stmt {
            Stmt::Assign(target, value) => (target, value),
            Stmt::Expr(Expr { kind: ExprKind::Assigned(it), .. }) => (&mut it.0, &mut it.1),
            _ => continue,
        };
        let old = match target {
            Pattern::Name(name) if **name == *text => ExprKind::Name(name.clone()),
            Pattern::Attr(of, name) => match &of.kind {
                ExprKind::Name(it) if format!("{it}.{name}") == text => {
                    let of = Expr { kind: ExprKind::Name(it.clone()), start: of.start, end: of.end };
                    ExprKind::Attr(Box::new(of), name.clone())
                }
                _ => continue,
            },
            _ => continue,
        };
        let (start, end) = (value.start, value.end);
        let given = std::mem::replace(&mut value.kind, ExprKind::Bool(false));
        let given = Expr { kind: given, start, end };
        value.kind = keyword("default", start..end, vec![Expr { kind: old, start, end }, given]);
    }
}

/// `for`, with the pairs of what it ranges over.
pub(super) fn for_loop(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let inner = node.field("body").map(block).unwrap_or_default();
    if let Some(range) = node.child("range_clause")
        && let Some(items) = range.field("right")
    {
        let names = range.field("left").map(|it| it.children().into_iter().map(pattern).collect());
        let kind = keyword("range", items.range(), vec![expr(items)]);
        return body.push(Stmt::For(Pattern::List(names.unwrap_or_default()), items.expr(kind), inner));
    }
    let clause = node.child("for_clause");
    if let Some((at, items)) = clause.and_then(counted) {
        let kind = keyword("range", items.range(), vec![expr(items)]);
        return body.push(Stmt::For(Pattern::List(vec![at]), items.expr(kind), inner));
    }
    let mut own = Vec::new();
    if let Some(first) = clause.and_then(|it| it.field("initializer")) {
        stmt(first, &mut own);
    }
    own.extend(inner);
    body.push(Stmt::Branch(own));
}

/// The number and the list of `i := 0; i < len(items); i++`.
fn counted(clause: Syntax<'_>) -> Option<(Pattern, Syntax<'_>)> {
    let condition = clause.field("condition")?;
    let limit = condition.field("right").filter(|_| condition.field_words("operator") == "<")?;
    let list = limit.field("arguments").filter(|_| limit.field_words("function") == "len")?;
    let starts = clause.field("initializer").is_some_and(|it| it.field_words("right") == "0");
    starts.then_some((pattern(condition.field("left")?), list.first()?))
}

/// `switch` and `select`; only a value is compared, a type or a channel is not.
pub(super) fn switch(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let mut own = Vec::new();
    node.field("initializer").into_iter().for_each(|it| stmt(it, &mut own));
    if let (Some(alias), Some(value)) = (node.field("alias"), node.field("value")) {
        own.extend(alias.first().map(|it| Stmt::Assign(pattern(it), expr(value))));
    }
    let nothing = || node.expr(ExprKind::Other(Vec::new()));
    let plain = node.kind() == "expression_switch_statement";
    let subject = node.field("value").filter(|_| plain).map_or_else(nothing, expr);
    let mut cases = Vec::new();
    for case in node.children() {
        let value = match case.kind() {
            "expression_case" if node.field("value").is_some() => case.field("value").map(expr),
            "expression_case" | "type_case" | "communication_case" => Some(nothing()),
            "default_case" => None,
            _ => continue,
        };
        let mut inner = Vec::new();
        let list = case.child("statement_list").into_iter().flat_map(Syntax::children);
        list.for_each(|it| stmt(it, &mut inner));
        cases.push(Case { value, body: inner });
    }
    own.push(Stmt::Switch(subject, cases));
    body.push(Stmt::Branch(own));
}
