//! The expressions and patterns of Ruby.

use std::sync::Arc;

use super::{BLOCK, field_block, params};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

/// Methods that return what they are called on, as far as paths go.
const SAME: [&str; 7] = ["freeze", "to_s", "to_sym", "dup", "to_a", "to_h", "html_safe"];

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "identifier" | "constant" | "instance_variable" | "global_variable" => {
            Pattern::Name(node.words().into())
        }
        "left_assignment_list" | "destructured_parameter" | "destructured_left_assignment" => {
            Pattern::List(node.children().into_iter().map(pattern).collect())
        }
        "element_reference" => {
            match (node.field("object"), node.children().last().map(|it| expr(*it).kind)) {
                (Some(of), Some(ExprKind::Str(key))) => Pattern::Attr(expr(of), key),
                _ => Pattern::Ignored,
            }
        }
        _ => Pattern::Ignored,
    }
}

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

fn all(nodes: Vec<Syntax<'_>>) -> Vec<Expr> {
    nodes.into_iter().map(expr).collect()
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(all(node.children()));
    match node.kind() {
        "identifier" | "constant" | "instance_variable" | "global_variable" | "self" => {
            ExprKind::Name(node.words().into())
        }
        "yield" => {
            let args = node.first().into_iter().flat_map(Syntax::children).filter_map(argument).collect();
            ExprKind::Call(Box::new(Call { callee: node.expr(ExprKind::Name(BLOCK.into())), args }))
        }
        "scope_resolution" => ExprKind::Name(
            node.words().trim_start_matches("::").split_whitespace().collect::<String>().into(),
        ),
        "simple_symbol" => ExprKind::Str(node.words().trim_start_matches(':').into()),
        "hash_key_symbol" => ExprKind::Str(node.words().into()),
        "string" | "delimited_symbol" | "bare_string" | "bare_symbol" => text(node),
        "chained_string" => ExprKind::Concat(all(node.children())),
        "integer" => ExprKind::Str(node.words().into()),
        "true" => ExprKind::Bool(true),
        "false" | "nil" => ExprKind::Bool(false),
        "array" | "string_array" | "symbol_array" => ExprKind::List(all(node.children())),
        "hash" => ExprKind::Object(node.children().into_iter().filter_map(entry).collect()),
        "call" => call(node),
        "element_reference" => match (node.field("object"), node.children().get(1)) {
            (Some(of), Some(at)) => ExprKind::Index(Box::new(expr(of)), Box::new(expr(*at))),
            _ => other(),
        },
        "binary" => match (node.field("left"), node.field("right"), node.field_words("operator")) {
            (Some(left), Some(right), "+") => ExprKind::Concat(vec![expr(left), expr(right)]),
            (Some(left), Some(right), "||" | "or") => ExprKind::Either(vec![expr(left), expr(right)]),
            _ => other(),
        },
        "conditional" => ExprKind::Either(
            [node.field("consequence"), node.field("alternative")].into_iter().flatten().map(expr).collect(),
        ),
        "assignment" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => ExprKind::Assigned(Box::new((pattern(left), expr(right)))),
            _ => other(),
        },
        "splat_argument" => match node.first() {
            Some(it) => ExprKind::Spread(Box::new(expr(it))),
            None => other(),
        },
        "lambda" => ExprKind::Func(Arc::new(Func {
            params: params(node),
            body: node.field("body").map(|it| field_block(it, "body")).unwrap_or_default(),
            ..Func::default()
        })),
        "parenthesized_statements" => node.first().map_or_else(other, |it| expr(it).kind),
        _ => other(),
    }
}

fn entry(node: Syntax<'_>) -> Option<Property> {
    if node.kind() == "hash_splat_argument" {
        return node.first().map(|it| Property { key: None, value: expr(it) });
    }
    let key = node.field("key")?;
    if let (true, Some(value)) = (is_computed(key), node.field("value")) {
        let pair = node.expr(ExprKind::List(vec![expr(key), expr(value)]));
        return Some(Property { key: None, value: pair });
    }
    let name = match expr(key).kind {
        ExprKind::Str(name) => name,
        _ => key.words().into(),
    };
    // `{ name: }` is `{ name: name }`.
    let value = node.field("value").map_or_else(|| key.expr(ExprKind::Name(key.words().into())), expr);
    Some(Property { key: Some(name), value })
}

fn call(node: Syntax<'_>) -> ExprKind {
    let method = node.field_words("method");
    let receiver = node.field("receiver");
    let block = node.field("block");
    let list = node.field("arguments");
    if let Some(receiver) = receiver
        && block.is_none()
        && list.is_none()
    {
        if SAME.contains(&method) {
            return expr(receiver).kind;
        }
        return ExprKind::Attr(Box::new(expr(receiver)), method.into());
    }
    let place = node.field("method").unwrap_or(node);
    let callee = match receiver {
        Some(receiver) => place.expr(ExprKind::Attr(Box::new(expr(receiver)), method.into())),
        None => place.expr(ExprKind::Name(method.into())),
    };
    let mut args: Vec<Arg> = list.into_iter().flat_map(Syntax::children).filter_map(argument).collect();
    if let Some(block) = block {
        let func = Func { params: params(block), body: field_block(block, "body"), ..Func::default() };
        args.push(Arg { name: Some(BLOCK.into()), value: block.expr(ExprKind::Func(Arc::new(func))) });
    }
    ExprKind::Call(Box::new(Call { callee, args }))
}

fn is_computed(key: Syntax<'_>) -> bool {
    key.kind() == "identifier" || (key.kind() == "string" && key.child("interpolation").is_some())
}

fn argument(node: Syntax<'_>) -> Option<Arg> {
    Some(match node.kind() {
        // `get path => "orders#index"` with a path that is computed.
        "pair" if node.field("key").is_some_and(is_computed) => {
            Arg { name: None, value: expr(node.field("key")?) }
        }
        "pair" => {
            let entry = entry(node)?;
            Arg { name: entry.key, value: entry.value }
        }
        "hash_splat_argument" => Arg { name: Some("**".into()), value: expr(node.first()?) },
        "block_argument" => {
            let block = node.first().map_or_else(|| node.expr(ExprKind::Name(BLOCK.into())), expr);
            Arg { name: Some(BLOCK.into()), value: block }
        }
        _ => Arg { name: None, value: expr(node) },
    })
}

fn text(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "string_content" => text.push_str(part.words()),
            "escape_sequence" => text.extend(unescape(part.words())),
            "interpolation" => {
                if !text.is_empty() {
                    parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
                }
                parts.extend(part.first().map(expr));
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
