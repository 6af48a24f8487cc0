//! The expressions, types and annotations of Java.

use std::sync::Arc;

use super::{block, nameless};
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
        "identifier" | "this" | "super" | "type_identifier" => ExprKind::Name(node.words().into()),
        // The lines of a text block begin where the first of them does.
        "string_literal" if node.words().starts_with("\"\"\"") => ExprKind::Str(text_of(node).trim().into()),
        "string_literal" => ExprKind::Str(text_of(node)),
        "decimal_integer_literal" => ExprKind::Str(node.words().into()),
        "true" => ExprKind::Bool(true),
        "false" | "null_literal" => ExprKind::Bool(false),
        "field_access" | "scoped_identifier" => {
            let of = node.field("object").or_else(|| node.field("scope"));
            let name = node.field("field").or_else(|| node.field("name")).map_or("", Syntax::words);
            of.map_or_else(other, |of| ExprKind::Attr(Box::new(expr(of)), name.into()))
        }
        // `Orders.class` stands for the class.
        "class_literal" => node.first().map_or_else(other, |it| type_of(it).kind),
        "element_value_array_initializer" | "array_initializer" => ExprKind::List(all(node.children())),
        "array_creation_expression" => node.field("value").map_or_else(other, |it| expr(it).kind),
        "parenthesized_expression" => node.first().map_or_else(other, |it| expr(it).kind),
        "cast_expression" => node.field("value").map_or_else(other, |it| expr(it).kind),
        "binary_expression" => {
            let parts = [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect();
            if node.field_words("operator") == "+" { ExprKind::Concat(parts) } else { ExprKind::Other(parts) }
        }
        "ternary_expression" => {
            let arms = [node.field("consequence"), node.field("alternative")];
            ExprKind::Either(arms.into_iter().flatten().map(expr).collect())
        }
        "method_invocation" => {
            let name = node.field_words("name");
            let callee = match node.field("object") {
                Some(of) => ExprKind::Attr(Box::new(expr(of)), name.into()),
                None => ExprKind::Name(name.into()),
            };
            // The place of the name, as the call itself spans the whole chain before it.
            let callee = node.field("name").unwrap_or(node).expr(callee);
            let args = node.field("arguments").map(arguments).unwrap_or_default();
            ExprKind::Call(Box::new(Call { callee, args }))
        }
        "object_creation_expression" => {
            let Some(callee) = node.field("type").map(type_of) else { return other() };
            let mut args = node.field("arguments").map(arguments).unwrap_or_default();
            // `new Filter() { … }` stands behind what it is made with.
            if let Some(body) = node.child("class_body") {
                let class = node.expr(ExprKind::Class(Arc::new(nameless(body))));
                args.push(Arg { name: None, value: class });
            }
            ExprKind::Call(Box::new(Call { callee, args }))
        }
        "lambda_expression" => lambda(node),
        // `this::all` is no value of a name, but a function.
        "method_reference" => match node.children().as_slice() {
            [of, name] => {
                ExprKind::Other(vec![node.expr(ExprKind::Attr(Box::new(expr(*of)), name.words().into()))])
            }
            _ => ExprKind::Other(Vec::new()),
        },
        "unary_expression" if node.field_words("operator") == "!" => {
            let args = node.field("operand").map(|it| Arg { name: None, value: expr(it) });
            let callee = node.expr(ExprKind::Name("!".into()));
            ExprKind::Call(Box::new(Call { callee, args: args.into_iter().collect() }))
        }
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => {
                let target = match left.kind() {
                    "identifier" => Pattern::Name(left.words().into()),
                    "field_access" => match left.field("object") {
                        Some(of) => Pattern::Attr(expr(of), left.field_words("field").into()),
                        None => Pattern::Ignored,
                    },
                    _ => Pattern::Ignored,
                };
                ExprKind::Assigned(Box::new((target, expr(right))))
            }
            _ => other(),
        },
        "annotation" | "marker_annotation" => annotation(node).kind,
        _ => other(),
    }
}

pub(super) fn arguments(node: Syntax<'_>) -> Vec<Arg> {
    node.children().into_iter().map(|it| Arg { name: None, value: expr(it) }).collect()
}

fn lambda(node: Syntax<'_>) -> ExprKind {
    let params = match node.field("parameters") {
        Some(it) if it.kind() == "identifier" => vec![it.words()],
        Some(it) => it
            .children()
            .into_iter()
            .map(|it| if it.kind() == "identifier" { it.words() } else { it.field_words("name") })
            .collect(),
        None => Vec::new(),
    };
    let body = match node.field("body") {
        Some(it) if it.kind() == "block" => block(it),
        Some(it) => vec![Stmt::Return(Some(expr(it)))],
        None => Vec::new(),
    };
    let params = params.into_iter().map(|it| Param::new(Pattern::Name(it.into()), None)).collect();
    ExprKind::Func(Arc::new(Func { params, body, ..Func::default() }))
}

/// A type by its name; type arguments are an index.
pub(super) fn type_of(node: Syntax<'_>) -> Expr {
    if node.too_deep() {
        return node.expr(ExprKind::Other(Vec::new()));
    }
    let kind = match node.kind() {
        "generic_type" => {
            let arguments = node.child("type_arguments").into_iter().flat_map(Syntax::children);
            let list = node.expr(ExprKind::List(arguments.map(type_of).collect()));
            match node.first() {
                Some(base) => ExprKind::Index(Box::new(type_of(base)), Box::new(list)),
                None => ExprKind::Other(Vec::new()),
            }
        }
        "scoped_type_identifier" => {
            let parts: Vec<Syntax<'_>> = node.children();
            match parts.as_slice() {
                [before, .., last] => ExprKind::Attr(Box::new(type_of(*before)), last.words().into()),
                _ => ExprKind::Name(node.words().into()),
            }
        }
        "annotated_type" => {
            return node
                .children()
                .last()
                .map_or_else(|| node.expr(ExprKind::Other(Vec::new())), |it| type_of(*it));
        }
        _ => ExprKind::Name(node.words().into()),
    };
    node.expr(kind)
}

/// The annotations among modifiers.
pub(super) fn annotations(modifiers: Syntax<'_>) -> Vec<Expr> {
    let all = modifiers.children().into_iter();
    all.filter(|it| matches!(it.kind(), "annotation" | "marker_annotation")).map(annotation).collect()
}

/// An annotation is a call of its name.
fn annotation(node: Syntax<'_>) -> Expr {
    let callee = node.field("name").map_or_else(|| node.expr(ExprKind::Other(Vec::new())), expr);
    let args = node.field("arguments").into_iter().flat_map(Syntax::children).map(|it| {
        if it.kind() == "element_value_pair" {
            let value = it.field("value").map_or_else(|| it.expr(ExprKind::Other(Vec::new())), expr);
            Arg { name: Some(it.field_words("key").into()), value }
        } else {
            Arg { name: None, value: expr(it) }
        }
    });
    let args = args.collect();
    node.expr(ExprKind::Call(Box::new(Call { callee, args })))
}

fn text_of(node: Syntax<'_>) -> Box<str> {
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "escape_sequence" => text.extend(unescape(part.words())),
            _ => text.push_str(part.words()),
        }
    }
    text.into()
}
