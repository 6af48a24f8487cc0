//! The expressions and patterns of PHP.

use std::sync::Arc;

use super::{class, function};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "variable_name" => Pattern::Name(variable(node)),
        "member_access_expression" => match node.field("object") {
            Some(object) => Pattern::Attr(expr(object), node.field_words("name").into()),
            None => Pattern::Ignored,
        },
        "scoped_property_access_expression" => match node.field("scope") {
            Some(scope) => {
                Pattern::Attr(expr(scope), node.field_words("name").trim_start_matches('$').into())
            }
            None => Pattern::Ignored,
        },
        "subscript_expression" => match node.children().as_slice() {
            [of, at] => match expr(*at).kind {
                ExprKind::Str(key) => Pattern::Attr(expr(*of), key),
                _ => Pattern::Ignored,
            },
            _ => Pattern::Ignored,
        },
        "list_literal" | "array_creation_expression" => {
            let item = |it: Syntax<'_>| match it.kind() {
                "array_element_initializer" => it.first().map_or(Pattern::Ignored, pattern),
                _ => pattern(it),
            };
            Pattern::List(node.children().into_iter().map(item).collect())
        }
        "by_ref" => node.first().map_or(Pattern::Ignored, pattern),
        _ => Pattern::Ignored,
    }
}

/// `$order`, and `this` for `$this`.
fn variable(node: Syntax<'_>) -> Box<str> {
    match node.words() {
        "$this" => "this".into(),
        name => name.into(),
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
        "variable_name" => ExprKind::Name(variable(node)),
        "name" | "qualified_name" | "relative_scope" | "relative_name" | "named_type" => match node.words() {
            "self" | "static" => ExprKind::Name("this".into()),
            "__DIR__" => ExprKind::Str("__DIR__".into()),
            "__FILE__" => ExprKind::Str("__DIR__/file".into()),
            "DIRECTORY_SEPARATOR" => ExprKind::Str("/".into()),
            name => ExprKind::Name(name.trim_start_matches('\\').into()),
        },
        "string" | "encapsed_string" | "heredoc" => string(node),
        "integer" => ExprKind::Str(node.words().into()),
        "boolean" => ExprKind::Bool(node.words().eq_ignore_ascii_case("true")),
        "null" => ExprKind::Bool(false),
        "member_access_expression" | "nullsafe_member_access_expression" => attr(node, "object"),
        "scoped_property_access_expression" => attr(node, "scope"),
        "class_constant_access_expression" => match node.children().as_slice() {
            [of, name] if name.words() == "class" => {
                ExprKind::Str(of.words().trim_start_matches('\\').into())
            }
            [of, name] => ExprKind::Attr(Box::new(expr(*of)), name.words().into()),
            _ => other(),
        },
        "subscript_expression" => match node.children().as_slice() {
            [of, at] => ExprKind::Index(Box::new(expr(*of)), Box::new(expr(*at))),
            _ => other(),
        },
        "function_call_expression" => match node.field("function") {
            Some(function) => call(node, expr(function)),
            None => other(),
        },
        "member_call_expression" | "nullsafe_member_call_expression" => method_call(node, "object"),
        "scoped_call_expression" => method_call(node, "scope"),
        "object_creation_expression" => match node.first() {
            Some(it) if it.kind() == "anonymous_class" => ExprKind::Class(Arc::new(class(it))),
            Some(it) => {
                let args = node.child("arguments").map(arguments).unwrap_or_default();
                ExprKind::Call(Box::new(Call { callee: expr(it), args }))
            }
            None => other(),
        },
        "require_expression"
        | "require_once_expression"
        | "include_expression"
        | "include_once_expression" => {
            let args = node.first().map(|it| Arg { name: None, value: expr(it) }).into_iter().collect();
            let callee = node.expr(ExprKind::Name("(require)".into()));
            ExprKind::Call(Box::new(Call { callee, args }))
        }
        "array_creation_expression" => array(node),
        "anonymous_function" | "arrow_function" => ExprKind::Func(Arc::new(function(node))),
        "binary_expression" => match node.field_words("operator") {
            "." => ExprKind::Concat(both(node)),
            "??" | "?:" | "||" => ExprKind::Either(both(node)),
            _ => other(),
        },
        "unary_op_expression" if node.words().starts_with('!') => match node.children().last() {
            Some(of) => {
                let callee = node.expr(ExprKind::Name("(not)".into()));
                let args = vec![Arg { name: None, value: expr(*of) }];
                ExprKind::Call(Box::new(Call { callee, args }))
            }
            None => other(),
        },
        "augmented_assignment_expression" => match (node.field("left"), node.field_words("operator")) {
            (Some(left), ".=" | "??=") => {
                let sum = node.expr(ExprKind::Concat(both(node)));
                ExprKind::Assigned(Box::new((pattern(left), sum)))
            }
            _ => other(),
        },
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => ExprKind::Assigned(Box::new((pattern(left), expr(right)))),
            _ => other(),
        },
        "conditional_expression" => ExprKind::Either(
            [node.field("body"), node.field("alternative")].into_iter().flatten().map(expr).collect(),
        ),
        "variadic_unpacking" => match node.first() {
            Some(it) => ExprKind::Spread(Box::new(expr(it))),
            None => other(),
        },
        "parenthesized_expression" | "cast_expression" | "clone_expression" | "by_ref" => {
            let value = node.field("value").or_else(|| node.children().into_iter().next_back());
            value.map_or_else(other, |it| expr(it).kind)
        }
        _ => other(),
    }
}

fn both(node: Syntax<'_>) -> Vec<Expr> {
    [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect()
}

fn attr(node: Syntax<'_>, field: &str) -> ExprKind {
    let name = node.field_words("name").trim_start_matches('$');
    match node.field(field) {
        Some(of) => ExprKind::Attr(Box::new(expr(of)), name.into()),
        None => ExprKind::Other(Vec::new()),
    }
}

fn method_call(node: Syntax<'_>, field: &str) -> ExprKind {
    let (Some(of), Some(name)) = (node.field(field), node.field("name")) else {
        return ExprKind::Other(all(node.children()));
    };
    let of = expr(of);
    let kind = match name.kind() {
        "name" => ExprKind::Attr(Box::new(of), name.words().into()),
        // `Route::$verb(…)`
        _ => ExprKind::Index(Box::new(of), Box::new(expr(name))),
    };
    call(node, name.expr(kind))
}

fn call(node: Syntax<'_>, callee: Expr) -> ExprKind {
    let args = node.field("arguments").map(arguments).unwrap_or_default();
    ExprKind::Call(Box::new(Call { callee, args }))
}

pub(super) fn arguments(node: Syntax<'_>) -> Vec<Arg> {
    let one = |it: Syntax<'_>| {
        let name = it.field("name");
        let value = it.children().into_iter().next_back()?;
        Some(Arg { name: name.map(|it| it.words().into()), value: expr(value) })
    };
    node.children().into_iter().filter(|it| it.kind() == "argument").filter_map(one).collect()
}

/// An array with keys is an object, one without a list.
fn array(node: Syntax<'_>) -> ExprKind {
    let elements: Vec<Vec<Syntax<'_>>> = node.children().into_iter().map(Syntax::children).collect();
    if !elements.iter().any(|it| it.len() == 2) {
        return ExprKind::List(
            elements.into_iter().filter_map(|it| it.first().map(|it| expr(*it))).collect(),
        );
    }
    let entry = |it: Vec<Syntax<'_>>| match it.as_slice() {
        [key, value] => {
            let key = match expr(*key).kind {
                ExprKind::Str(key) => key,
                _ => key.words().into(),
            };
            Some(Property { key: Some(key), value: expr(*value) })
        }
        [value] => Some(Property { key: None, value: expr(*value) }),
        _ => None,
    };
    ExprKind::Object(elements.into_iter().filter_map(entry).collect())
}

fn string(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    let inner = node.field("value").unwrap_or(node);
    let raw = node.kind() == "string";
    for part in inner.children() {
        match part.kind() {
            "string_content" => text.push_str(part.words()),
            "escape_sequence" => {
                let known = unescape(part.words()).filter(|it| !raw || matches!(it, '\\' | '\''));
                match known {
                    Some(char) => text.push(char),
                    None => text.push_str(part.words()),
                }
            }
            _ => {
                if !text.is_empty() {
                    parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
                }
                parts.push(expr(part));
            }
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
