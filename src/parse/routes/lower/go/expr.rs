//! The expressions and patterns of Go.

use std::ops::Range;
use std::sync::Arc;

use super::function;
use super::types::{literal, type_expr};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "identifier" if node.words() != "_" => Pattern::Name(node.words().into()),
        "selector_expression" => match node.field("operand") {
            Some(operand) => Pattern::Attr(expr(operand), node.field_words("field").into()),
            None => Pattern::Ignored,
        },
        "index_expression" => match (node.field("operand"), node.field("index").map(|it| expr(it).kind)) {
            (Some(of), Some(ExprKind::Str(key))) => Pattern::Attr(expr(of), key),
            _ => Pattern::Ignored,
        },
        "parenthesized_expression" | "unary_expression" => {
            node.field("operand").or_else(|| node.first()).map_or(Pattern::Ignored, pattern)
        }
        _ => Pattern::Ignored,
    }
}

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

/// The values of an expression list.
pub(super) fn values(node: Syntax<'_>) -> Vec<Expr> {
    match node.kind() {
        "expression_list" => node.children().into_iter().map(expr).collect(),
        _ => vec![expr(node)],
    }
}

/// A call of one of Go's keywords.
pub(super) fn keyword(word: &str, range: Range<u32>, args: Vec<Expr>) -> ExprKind {
    let callee = Expr { kind: ExprKind::Name(word.into()), start: range.start, end: range.end };
    let args = args.into_iter().map(|value| Arg { name: None, value }).collect();
    ExprKind::Call(Box::new(Call { callee, args }))
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(node.children().into_iter().map(expr).collect());
    let inner = |field: &str| node.field(field).map(expr);
    match node.kind() {
        "identifier" | "type_identifier" | "field_identifier" => ExprKind::Name(node.words().into()),
        "interpreted_string_literal" | "raw_string_literal" => ExprKind::Str(literal_text(node).into()),
        // Numbers stand in paths (`fmt.Sprintf("/v%d", 2)`), and nowhere else that matters.
        "int_literal" => ExprKind::Str(node.words().into()),
        "true" => ExprKind::Bool(true),
        "false" => ExprKind::Bool(false),
        "selector_expression" => match inner("operand") {
            Some(of) => ExprKind::Attr(Box::new(of), node.field_words("field").into()),
            None => other(),
        },
        "index_expression" => match (inner("operand"), inner("index")) {
            (Some(of), Some(at)) => ExprKind::Index(Box::new(of), Box::new(at)),
            _ => other(),
        },
        "call_expression" => call(node),
        "func_literal" => ExprKind::Func(Arc::new(function(node, None))),
        "composite_literal" => literal(node).unwrap_or(ExprKind::List(Vec::new())),
        "binary_expression" => match (inner("left"), inner("right")) {
            (Some(left), Some(right)) => match node.field_words("operator") {
                // Of a number only another number can be the sum: `fmt.Sprintf("/docks/%d", i+1)`
                "+" if ["left", "right"].iter().any(|it| is_number(node.field(it))) => {
                    keyword(SUM, node.range(), vec![left, right])
                }
                "+" => {
                    let mut parts = match left.kind {
                        ExprKind::Concat(parts) => parts,
                        _ => vec![left],
                    };
                    parts.push(right);
                    ExprKind::Concat(parts)
                }
                "==" | "!=" => ExprKind::Compare(Box::new(left), Box::new(right)),
                _ => ExprKind::Other(vec![left, right]),
            },
            _ => other(),
        },
        "unary_expression" => match (node.field_words("operator"), inner("operand")) {
            ("&" | "*", Some(it)) => it.kind,
            (_, Some(it)) => ExprKind::Other(vec![it]),
            _ => other(),
        },
        "parenthesized_expression" => node.first().map_or_else(other, |it| expr(it).kind),
        "type_assertion_expression" => inner("operand").map_or_else(other, |it| it.kind),
        "type_conversion_expression" => inner("operand").map_or_else(other, |it| it.kind),
        // `NewStore[Order]` is `NewStore`.
        "type_instantiation_expression" => node.field("type").map_or_else(other, |it| type_expr(it).kind),
        "slice_expression" => inner("operand").map_or_else(other, |it| it.kind),
        "variadic_argument" => node.first().map_or_else(other, |it| ExprKind::Spread(Box::new(expr(it)))),
        "expression_list" => ExprKind::List(values(node)),
        "slice_type" | "map_type" | "pointer_type" | "qualified_type" | "generic_type" | "array_type" => {
            type_expr(node).kind
        }
        "nil" | "iota" | "func_type" | "chan_type" => ExprKind::Other(Vec::new()),
        _ => other(),
    }
}

fn is_number(node: Option<Syntax<'_>>) -> bool {
    node.is_some_and(|it| it.kind() == "int_literal")
}

fn call(node: Syntax<'_>) -> ExprKind {
    // `do.MustInvoke[*Server](injector)` asks for a value of a type.
    let types = node.field("type_arguments").or_else(|| node.field("function")?.child("type_arguments"));
    if let Some(of) = types.and_then(Syntax::first)
        && node.field("function").is_some_and(|it| it.field_words("field").contains("Invoke"))
    {
        let of = if of.kind() == "type_elem" { of.first().unwrap_or(of) } else { of };
        return keyword("var", node.range(), vec![type_expr(of)]);
    }
    let Some(callee) = node.field("function").map(expr) else { return ExprKind::Other(Vec::new()) };
    let list = node.field("arguments").into_iter().flat_map(Syntax::children);
    let args = list.map(|it| Arg { name: None, value: expr(it) }).collect();
    ExprKind::Call(Box::new(Call { callee, args }))
}

/// What a string literal says.
pub(super) fn literal_text(node: Syntax<'_>) -> String {
    let words = node.words();
    if node.kind() == "raw_string_literal" {
        return words.trim_matches('`').to_owned();
    }
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "escape_sequence" => text.extend(unescape(part.words())),
            _ => text.push_str(part.words()),
        }
    }
    text
}
