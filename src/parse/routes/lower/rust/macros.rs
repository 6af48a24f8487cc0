//! Attributes and macros, whose insides are tokens to the grammar: paths, texts and names.

use super::expr::{below, expr, path, text_of};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, parse};

/// A larger file is no set-up of routers.
const MAX_START: usize = 200_000;

/// `#[get("/orders/<id>")]`, `#[utoipa::path(get, path = "/orders")]`: a call with what is in its brackets.
pub(super) fn attribute(node: Syntax<'_>) -> Option<Expr> {
    let attribute = node.child("attribute")?;
    let name = attribute.first()?;
    let arguments = attribute.field("arguments")?;
    let callee = name.expr(ExprKind::Name(name.words().into()));
    let args = groups(arguments).into_iter().filter_map(argument).collect();
    Some(attribute.expr(ExprKind::Call(Box::new(Call { callee, args }))))
}

/// An attribute with one text, as the constant of its name.
pub(super) fn constant(node: Syntax<'_>) -> Option<Stmt> {
    let Expr { kind: ExprKind::Call(call), .. } = attribute(node)? else { return None };
    let ExprKind::Name(name) = call.callee.kind else { return None };
    let text =
        call.args.into_iter().find(|it| matches!(it.value.kind, ExprKind::Str(_)) && it.name.is_none())?;
    Some(Stmt::Assign(Pattern::Name(name), text.value))
}

/// An attribute with named values, as constants: `OpenApi.prefix_path`.
pub(super) fn named_constants(node: Syntax<'_>) -> Vec<Stmt> {
    let Some(Expr { kind: ExprKind::Call(call), .. }) = attribute(node) else { return Vec::new() };
    let ExprKind::Name(of) = call.callee.kind else { return Vec::new() };
    let named = |it: Arg| Some(Stmt::Assign(Pattern::Name(format!("{of}.{}", it.name?).into()), it.value));
    call.args.into_iter().filter_map(named).collect()
}

/// A macro: lists of paths, texts with holes; of others only what the tokens hold.
pub(super) fn invocation(node: Syntax<'_>) -> ExprKind {
    let name = node.field_words("macro");
    let name = name.rsplit("::").next().unwrap_or(name);
    let Some(tokens) = node.child("token_tree") else { return ExprKind::Other(Vec::new()) };
    let values = || groups(tokens).into_iter().filter_map(value).collect::<Vec<_>>();
    match name {
        "concat" => ExprKind::Concat(values()),
        "format" => format(node, values()),
        "path" => route_path(node, tokens),
        "env" | "option_env" => ExprKind::Name("process".into()),
        "vec" => tuples(tokens).unwrap_or_else(|| ExprKind::List(values())),
        _ => ExprKind::List(values()),
    }
}

/// `warp::path!("orders" / u32 / ..)` as a call that is told a list: a text, a type's name, true for dots.
fn route_path(node: Syntax<'_>, tokens: Syntax<'_>) -> ExprKind {
    let Some(callee) = node.field("macro").map(path) else { return ExprKind::Other(Vec::new()) };
    let all = tokens.tokens();
    let inside = all.get(1..all.len().saturating_sub(1)).unwrap_or_default();
    let segments = inside.split(|it| it.words() == "/").filter_map(|it| {
        let first = it.first()?;
        Some(match first.kind() {
            "string_literal" | "raw_string_literal" => first.expr(ExprKind::Str(text_of(*first))),
            _ if first.words().starts_with("..") => first.expr(ExprKind::Bool(true)),
            _ => first.expr(ExprKind::Name(first.words().into())),
        })
    });
    let list = tokens.expr(ExprKind::List(segments.collect()));
    let args = vec![Arg { name: Some("!".into()), value: list }];
    ExprKind::Call(Box::new(Call { callee, args }))
}

/// `vec![("/orders", get(list)), orders()]` as the list that it is: what stands in its brackets is read once more, at the
/// same place of a text that is empty before it.
fn tuples(tokens: Syntax<'_>) -> Option<ExprKind> {
    let words = tokens.words();
    let inside = words.strip_prefix('[')?.trim_start();
    let start = tokens.range().start as usize;
    if tokens.too_deep() || start > MAX_START || !inside.contains('(') {
        return None;
    }
    let text = format!("{}{words};", " ".repeat(start));
    let tree = parse(&tree_sitter_rust::LANGUAGE.into(), &text)?;
    let list = Syntax::root(&tree, &text).first()?.first()?;
    (list.kind() == "array_expression").then(|| expr(list).kind)
}

/// The tokens between commas.
fn groups(tokens: Syntax<'_>) -> Vec<Vec<Syntax<'_>>> {
    let mut groups = vec![Vec::new()];
    for token in tokens.tokens() {
        match token.kind() {
            "," => groups.push(Vec::new()),
            kind if kind.ends_with("comment")
                || matches!(token.words(), "(" | ")" | "[" | "]" | "{" | "}") => {}
            _ => groups.last_mut().into_iter().for_each(|it| it.push(token)),
        }
    }
    groups.retain(|it| !it.is_empty());
    groups
}

/// `"/x"`, `path = "/x"`, `get`
fn argument(tokens: Vec<Syntax<'_>>) -> Option<Arg> {
    match tokens.as_slice() {
        [name, equals, rest @ ..] if equals.words() == "=" => {
            Some(Arg { name: Some(name.words().into()), value: value(rest.to_vec())? })
        }
        // `method(get, head)`
        [name, list] if list.kind() == "token_tree" => {
            let items = groups(*list).into_iter().filter_map(value).collect();
            Some(Arg { name: Some(name.words().into()), value: list.expr(ExprKind::List(items)) })
        }
        _ => Some(Arg { name: None, value: value(tokens)? }),
    }
}

/// A text, or a path whose parts are tokens of their own.
fn value(tokens: Vec<Syntax<'_>>) -> Option<Expr> {
    let first = *tokens.first()?;
    if matches!(first.kind(), "string_literal" | "raw_string_literal") {
        return Some(first.expr(ExprKind::Str(text_of(first))));
    }
    if first.kind() == "integer_literal" {
        return Some(first.expr(ExprKind::Str(first.words().into())));
    }
    let mut path: Option<Expr> = None;
    for token in tokens {
        let words = token.words();
        match (token.kind(), path.take()) {
            ("::" | "&", it) => path = it,
            (
                "identifier" | "crate" | "super" | "self" | "type_identifier" | "primitive_type" | "default",
                None,
            ) => {
                path = Some(token.expr(ExprKind::Name(words.into())));
            }
            ("identifier" | "type_identifier" | "super", Some(of)) => {
                path = Some(token.expr(below(of, words)))
            }
            // A call or an operator: more than a path.
            (_, it) => {
                path = it;
                break;
            }
        }
    }
    path
}

/// `format!("{}/orders/{version}", base)` as a sum.
fn format(node: Syntax<'_>, values: Vec<Expr>) -> ExprKind {
    let mut values = values.into_iter();
    let Some(Expr { kind: ExprKind::Str(text), .. }) = values.next() else {
        return ExprKind::Other(Vec::new());
    };
    let mut parts = Vec::new();
    let mut rest = &*text;
    let mut literal = String::new();
    while let Some(at) = rest.find(['{', '}']) {
        literal.push_str(&rest[..at]);
        let brace = &rest[at..=at];
        rest = &rest[at + 1..];
        if rest.starts_with(brace) {
            literal.push_str(brace);
            rest = &rest[1..];
        } else if let (true, Some(end)) = (brace == "{", rest.find('}')) {
            parts.push(node.expr(ExprKind::Str(std::mem::take(&mut literal).into())));
            let name = rest[..end].split(':').next().unwrap_or_default().trim();
            parts.push(match name {
                "" => values.next().unwrap_or_else(|| node.expr(ExprKind::Other(Vec::new()))),
                name => node.expr(ExprKind::Name(name.into())),
            });
            rest = &rest[end + 1..];
        }
    }
    literal.push_str(rest);
    parts.push(node.expr(ExprKind::Str(literal.into())));
    ExprKind::Concat(parts)
}
