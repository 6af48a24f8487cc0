//! The expressions and patterns of Python.

use std::sync::Arc;

use super::params;
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "identifier" => Pattern::Name(node.words().into()),
        "attribute" => match node.field("object") {
            Some(object) => Pattern::Attr(expr(object), node.field_words("attribute").into()),
            None => Pattern::Ignored,
        },
        "pattern_list" | "tuple_pattern" | "list_pattern" | "tuple" | "list" | "expression_list" => {
            Pattern::List(node.children().into_iter().map(pattern).collect())
        }
        "list_splat_pattern" => Pattern::Rest(node.first().map_or("", Syntax::words).into()),
        "dictionary_splat_pattern" => Pattern::Keywords(node.first().map_or("", Syntax::words).into()),
        "subscript" => match (node.field("value"), node.field("subscript").map(|it| expr(it).kind)) {
            (Some(of), Some(ExprKind::Str(key))) => Pattern::Attr(expr(of), key),
            _ => Pattern::Ignored,
        },
        _ => Pattern::Ignored,
    }
}

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

fn all(nodes: Vec<Syntax<'_>>) -> Vec<Expr> {
    nodes.into_iter().map(expr).collect()
}

fn boxed(node: Syntax<'_>, field: &str) -> Option<Box<Expr>> {
    node.field(field).map(|it| Box::new(expr(it)))
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(all(node.children()));
    match node.kind() {
        "identifier" => ExprKind::Name(node.words().into()),
        "string" => string(node),
        // Numbers stand in paths (`f"/v{VERSION}"`), and nowhere else that matters.
        "integer" => ExprKind::Str(node.words().into()),
        "concatenated_string" => ExprKind::Concat(all(node.children())),
        "true" => ExprKind::Bool(true),
        "false" | "none" => ExprKind::Bool(false),
        "attribute" => boxed(node, "object")
            .map_or_else(other, |of| ExprKind::Attr(of, node.field_words("attribute").into())),
        "subscript" => match (boxed(node, "value"), node.fields("subscript")) {
            (Some(of), several) if several.len() > 1 => {
                ExprKind::Index(of, Box::new(node.expr(ExprKind::List(all(several)))))
            }
            (Some(of), one) => match one.first() {
                Some(at) => ExprKind::Index(of, Box::new(expr(*at))),
                None => other(),
            },
            _ => other(),
        },
        "call" => call(node),
        "list" | "tuple" | "set" | "expression_list" => ExprKind::List(all(node.children())),
        "list_splat" => node.first().map_or_else(other, |it| ExprKind::Spread(Box::new(expr(it)))),
        "dictionary" => ExprKind::Object(node.children().into_iter().filter_map(entry).collect()),
        "binary_operator" if node.field_words("operator") == "+" => ExprKind::Concat(
            [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect(),
        ),
        "binary_operator" if node.field_words("operator") == "%" => formatted(node).unwrap_or_else(other),
        "boolean_operator" if node.field_words("operator") == "or" => ExprKind::Either(all(node.children())),
        "conditional_expression" => {
            let parts = node.children();
            ExprKind::Either([0, 2].iter().filter_map(|&i| parts.get(i)).map(|&it| expr(it)).collect())
        }
        "comparison_operator" => match <[Syntax<'_>; 2]>::try_from(node.children()) {
            Ok([a, b]) => ExprKind::Compare(Box::new(expr(a)), Box::new(expr(b))),
            Err(_) => other(),
        },
        "list_comprehension" | "set_comprehension" | "generator_expression" => {
            each(node).unwrap_or_else(other)
        }
        "lambda" => ExprKind::Func(Arc::new(lambda(node))),
        "named_expression" => match (node.field("name"), node.field("value")) {
            (Some(name), Some(value)) => ExprKind::Assigned(Box::new((pattern(name), expr(value)))),
            _ => other(),
        },
        "parenthesized_expression" | "await" | "type" => match node.first() {
            Some(inner) => expr(inner).kind,
            None => other(),
        },
        _ => other(),
    }
}

fn lambda(node: Syntax<'_>) -> Func {
    let params = node.field("parameters").map(params).unwrap_or_default();
    let body = vec![Stmt::Return(node.field("body").map(expr))];
    Func { params, body, ..Func::default() }
}

fn each(node: Syntax<'_>) -> Option<ExprKind> {
    let clause = node.child("for_in_clause")?;
    let parts = (pattern(clause.field("left")?), expr(clause.field("right")?), expr(node.field("body")?));
    Some(ExprKind::Each(Box::new(parts)))
}

fn entry(node: Syntax<'_>) -> Option<Property> {
    if node.kind() == "dictionary_splat" {
        return node.first().map(|it| Property { key: None, value: expr(it) });
    }
    let (key, value) = (expr(node.field("key")?), expr(node.field("value")?));
    Some(match key.kind {
        ExprKind::Str(key) => Property { key: Some(key), value },
        // What the key is may be known: `{PREFIX: router}`, `{f"{base}/orders": orders}`.
        ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Concat(_) | ExprKind::Call(_) => {
            Property { key: None, value: node.expr(ExprKind::List(vec![key, value])) }
        }
        _ => Property { key: Some(node.field_words("key").into()), value },
    })
}

fn call(node: Syntax<'_>) -> ExprKind {
    let Some(callee) = node.field("function").map(expr) else { return ExprKind::Other(Vec::new()) };
    let list = node.field("arguments");
    let args = match list {
        Some(it) if it.kind() == "generator_expression" => vec![Arg { name: None, value: expr(it) }],
        Some(it) => it.children().into_iter().filter_map(argument).collect(),
        None => Vec::new(),
    };
    ExprKind::Call(Box::new(Call { callee, args }))
}

fn argument(node: Syntax<'_>) -> Option<Arg> {
    Some(match node.kind() {
        "keyword_argument" => {
            Arg { name: Some(node.field_words("name").into()), value: expr(node.field("value")?) }
        }
        "dictionary_splat" => Arg { name: Some("**".into()), value: expr(node.first()?) },
        _ => Arg { name: None, value: expr(node) },
    })
}

fn string(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    let mut raw = false;
    for part in node.children() {
        match part.kind() {
            "string_start" => raw = part.words().contains(['r', 'R']),
            "string_content" => content(part, raw, &mut text),
            "interpolation" => {
                if !text.is_empty() {
                    parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
                }
                parts.extend(part.field("expression").map(expr));
            }
            _ => {}
        }
    }
    if parts.is_empty() {
        return ExprKind::Str(text.into());
    }
    if !text.is_empty() {
        parts.push(node.expr(ExprKind::Str(text.into())));
    }
    ExprKind::Concat(parts)
}

fn content(node: Syntax<'_>, raw: bool, text: &mut String) {
    let words = node.words();
    let start = node.range().start as usize;
    let mut at = 0;
    for part in node.children() {
        let from = part.range().start as usize - start;
        text.push_str(words.get(at..from).unwrap_or_default());
        at = part.range().end as usize - start;
        match part.kind() {
            "escape_interpolation" => text.push_str(part.words().get(..1).unwrap_or_default()),
            "escape_sequence" if !raw => text.extend(unescape(part.words())),
            _ => text.push_str(part.words()),
        }
    }
    text.push_str(words.get(at..).unwrap_or_default());
}

/// `"orders/%s/" % kind` as a call of a function that every language has under some name.
fn formatted(node: Syntax<'_>) -> Option<ExprKind> {
    let (left, right) = (node.field("left")?, node.field("right")?);
    let is_text = matches!(left.kind(), "string" | "concatenated_string" | "identifier" | "attribute");
    if !is_text || matches!(right.kind(), "dictionary" | "integer") {
        return None;
    }
    let values = if right.kind() == "tuple" { right.children() } else { vec![right] };
    let values = [left].into_iter().chain(values);
    let args = values.map(|it| Arg { name: None, value: expr(it) }).collect();
    let callee = node.expr(ExprKind::Name("sprintf".into()));
    Some(ExprKind::Call(Box::new(Call { callee, args })))
}
