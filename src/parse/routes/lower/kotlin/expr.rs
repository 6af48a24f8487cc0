//! The expressions, types and annotations of Kotlin.

use std::sync::Arc;

use super::block;
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

fn all(nodes: Vec<Syntax<'_>>) -> Vec<Expr> {
    nodes.into_iter().map(expr).collect()
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(all(node.children()));
    match node.kind() {
        "identifier" => ExprKind::Name(node.words().trim_matches('`').into()),
        "this_expression" => ExprKind::Name("this".into()),
        "super_expression" => ExprKind::Name("super".into()),
        "string_literal" | "multiline_string_literal" => text(node),
        "number_literal" => ExprKind::Str(node.words().into()),
        "true" => ExprKind::Bool(true),
        "false" | "null" => ExprKind::Bool(false),
        "navigation_expression" => match node.children().as_slice() {
            // `Orders::class`, `Orders::class.java`: the class all the same.
            [of, .., name] if name.words() == "class" => expr(*of).kind,
            [of, .., name] if of.words().ends_with("::class") && name.words().starts_with("java") => {
                expr(*of).kind
            }
            [of, .., name] => ExprKind::Attr(Box::new(expr(*of)), name.words().trim_matches('`').into()),
            _ => other(),
        },
        // `Orders::class` stands for the class, `handler::list` for a function.
        "callable_reference" => match node.children().as_slice() {
            [one] => type_of(*one).kind,
            _ => ExprKind::Other(Vec::new()),
        },
        "collection_literal" => ExprKind::List(all(node.children())),
        "spread_expression" => match node.first() {
            Some(inner) => ExprKind::Spread(Box::new(expr(inner))),
            None => other(),
        },
        "parenthesized_expression" | "annotated_expression" | "labeled_expression" => {
            node.children().last().map_or_else(other, |it| expr(*it).kind)
        }
        "as_expression" => node.field("left").map_or_else(other, |it| expr(it).kind),
        "binary_expression" => {
            let parts = [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect();
            match node.field_words("operator") {
                "+" => ExprKind::Concat(parts),
                "?:" => ExprKind::Either(parts),
                _ => ExprKind::Other(parts),
            }
        }
        // `"/x" and accept(JSON)` is `"/x".and(accept(JSON))`.
        "infix_expression" => match node.children().as_slice() {
            [left, name, right] => {
                let callee = ExprKind::Attr(Box::new(expr(*left)), name.words().into());
                let args = vec![Arg { name: None, value: expr(*right) }];
                ExprKind::Call(Box::new(Call { callee: name.expr(callee), args }))
            }
            _ => other(),
        },
        "unary_expression" if node.tokens().first().is_some_and(|it| it.kind() == "!") => {
            let args = node.first().map(|it| Arg { name: None, value: expr(it) });
            let callee = node.expr(ExprKind::Name("!".into()));
            ExprKind::Call(Box::new(Call { callee, args: args.into_iter().collect() }))
        }
        "call_expression" => call(node),
        "lambda_literal" | "anonymous_function" => lambda(node),
        "if_expression" => {
            let arms: Vec<Expr> = node.children().into_iter().skip(1).map(expr).collect();
            ExprKind::Either(arms)
        }
        "return_expression" => node.first().map_or_else(other, |it| expr(it).kind),
        _ => other(),
    }
}

/// A call; a lambda behind the brackets is its last argument.
fn call(node: Syntax<'_>) -> ExprKind {
    let children = node.children();
    let Some((callee, rest)) = children.split_first() else { return ExprKind::Other(Vec::new()) };
    let mut args = Vec::new();
    for part in rest {
        match part.kind() {
            "value_arguments" => args.extend(arguments(*part)),
            "annotated_lambda" => {
                let lambda = part.child("lambda_literal");
                args.extend(lambda.map(|it| Arg { name: None, value: expr(it) }));
            }
            _ => {}
        }
    }
    // `route("/x") { … }` is parsed as a call of a call.
    let mut callee = expr(*callee);
    if let (true, ExprKind::Call(inner)) =
        (rest.iter().all(|it| it.kind() == "annotated_lambda"), &mut callee.kind)
    {
        inner.args.append(&mut args);
        return callee.kind;
    }
    ExprKind::Call(Box::new(Call { callee, args }))
}

pub(super) fn arguments(node: Syntax<'_>) -> Vec<Arg> {
    let one = |it: Syntax<'_>| {
        let parts = it.children();
        let named = it.tokens().iter().any(|it| it.kind() == "=");
        let spread = it.tokens().iter().any(|it| it.kind() == "*");
        let value = expr(*parts.last()?);
        let value = if spread { it.expr(ExprKind::Spread(Box::new(value))) } else { value };
        let name = if named { parts.first().map(|it| it.words().into()) } else { None };
        Some(Arg { name, value })
    };
    node.children().into_iter().filter(|it| it.kind() == "value_argument").filter_map(one).collect()
}

fn lambda(node: Syntax<'_>) -> ExprKind {
    let params = node.child("lambda_parameters").into_iter().flat_map(Syntax::children);
    let params = params.map(|it| {
        let name = it.child("identifier").unwrap_or(it).words();
        Param::new(Pattern::Name(name.into()), None)
    });
    let params = params.collect();
    let mut body = block(node);
    body.retain(|it| !matches!(it, Stmt::Expr(Expr { kind: ExprKind::Other(all), .. }) if all.is_empty()));
    ExprKind::Func(Arc::new(Func { params, body, ..Func::default() }))
}

/// A type by its name; type arguments are an index.
pub(super) fn type_of(node: Syntax<'_>) -> Expr {
    if node.too_deep() {
        return node.expr(ExprKind::Other(Vec::new()));
    }
    if !matches!(node.kind(), "user_type" | "identifier") {
        return node.first().map_or_else(|| node.expr(ExprKind::Other(Vec::new())), type_of);
    }
    if node.kind() == "identifier" {
        return node.expr(ExprKind::Name(node.words().into()));
    }
    let mut base: Option<Expr> = None;
    for part in node.children() {
        match (part.kind(), base.take()) {
            ("identifier", None) => base = Some(part.expr(ExprKind::Name(part.words().into()))),
            ("identifier", Some(of)) => {
                base = Some(part.expr(ExprKind::Attr(Box::new(of), part.words().into())));
            }
            ("type_arguments", Some(of)) => {
                let arguments = part.children().into_iter().filter_map(Syntax::first);
                let list = part.expr(ExprKind::List(arguments.map(type_of).collect()));
                base = Some(node.expr(ExprKind::Index(Box::new(of), Box::new(list))));
            }
            (_, old) => base = old,
        }
    }
    base.unwrap_or_else(|| node.expr(ExprKind::Other(Vec::new())))
}

/// The annotations among modifiers; `@get:X` is one, too.
pub(super) fn annotations(modifiers: Syntax<'_>) -> Vec<Expr> {
    let all = modifiers.children().into_iter().filter(|it| it.kind() == "annotation");
    let inner = all.flat_map(Syntax::children).filter(|it| it.kind() != "use_site_target");
    inner.map(annotation).collect()
}

/// The annotations of what the grammar reads as an annotated expression; `("/x")` are the arguments of the last.
pub(super) fn loose_annotations(node: Syntax<'_>, found: &mut Vec<Expr>) {
    if node.too_deep() {
        return;
    }
    for part in node.children() {
        match part.kind() {
            "annotation" => found.extend(part.children().into_iter().map(annotation)),
            "annotated_expression" => loose_annotations(part, found),
            "parenthesized_expression" => {
                if let Some(ExprKind::Call(call)) = found.last_mut().map(|it| &mut it.kind) {
                    call.args.push(Arg { name: None, value: expr(part) });
                }
            }
            _ => {}
        }
    }
}

/// An annotation is a call of its name.
fn annotation(node: Syntax<'_>) -> Expr {
    let (callee, args) = match node.kind() {
        "constructor_invocation" => {
            let args = node.child("value_arguments").map(arguments).unwrap_or_default();
            (node.first().map(type_of), args)
        }
        _ => (Some(type_of(node)), Vec::new()),
    };
    let callee = callee.unwrap_or_else(|| node.expr(ExprKind::Other(Vec::new())));
    node.expr(ExprKind::Call(Box::new(Call { callee, args })))
}

fn text(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    let mut raw = String::new();
    for part in node.children() {
        // The grammar leaves `$name` in the content, in two pieces.
        if part.kind() == "string_content" {
            raw.push_str(part.words());
            continue;
        }
        names(&std::mem::take(&mut raw), node, &mut text, &mut parts);
        if part.kind() == "escape_sequence" {
            text.extend(unescape(part.words()));
        } else {
            flush(node, &mut text, &mut parts);
            parts.extend(part.first().map(expr));
        }
    }
    names(&raw, node, &mut text, &mut parts);
    if parts.is_empty() {
        return ExprKind::Str(text.into());
    }
    flush(node, &mut text, &mut parts);
    ExprKind::Concat(parts)
}

/// Adds the constant text so far.
fn flush(node: Syntax<'_>, text: &mut String, parts: &mut Vec<Expr>) {
    if !text.is_empty() {
        parts.push(node.expr(ExprKind::Str(std::mem::take(text).into())));
    }
}

/// Adds content, `$name` as a name.
fn names(raw: &str, node: Syntax<'_>, text: &mut String, parts: &mut Vec<Expr>) {
    let mut words = raw;
    while let Some((before, after)) = words.split_once('$') {
        text.push_str(before);
        let end = after.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(after.len());
        let (name, rest) = after.split_at(end);
        words = rest;
        if name.starts_with(|it: char| it.is_alphabetic() || it == '_') {
            flush(node, text, parts);
            parts.push(node.expr(ExprKind::Name(name.into())));
        } else {
            text.push('$');
            text.push_str(name);
        }
    }
    text.push_str(words);
}
