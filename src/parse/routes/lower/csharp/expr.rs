//! The expressions and types of C#.

use std::sync::Arc;

use super::types::function;
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
    let first = || node.first().map_or(ExprKind::Other(Vec::new()), |it| expr(it).kind);
    match node.kind() {
        "identifier" => ExprKind::Name(node.words().trim_start_matches('@').into()),
        "this" | "this_expression" => ExprKind::Name("this".into()),
        "base" | "base_expression" => ExprKind::Name("super".into()),
        "generic_name" | "qualified_name" | "alias_qualified_name" => type_of(node).kind,
        "string_literal" => ExprKind::Str(text_of(node)),
        "verbatim_string_literal" => {
            let words = node.words().trim_start_matches(['@', '$']);
            ExprKind::Str(words.trim_matches('"').replace("\"\"", "\"").into())
        }
        "raw_string_literal" => {
            ExprKind::Str(node.child("raw_string_content").map_or("", Syntax::words).trim().into())
        }
        "integer_literal" | "real_literal" => ExprKind::Str(node.words().into()),
        "boolean_literal" => ExprKind::Bool(node.words() == "true"),
        "null_literal" => ExprKind::Bool(false),
        "interpolated_string_expression" => interpolated(node),
        "member_access_expression" if matches!(node.words(), "string.Empty" | "String.Empty") => {
            ExprKind::Str("".into())
        }
        "member_access_expression" => match (node.field("expression"), node.field("name")) {
            (Some(of), Some(name)) => ExprKind::Attr(Box::new(expr(of)), simple(name).into()),
            _ => other(),
        },
        "conditional_access_expression" => conditional(node).unwrap_or_else(other),
        "element_access_expression" => {
            let at = node.field("subscript").and_then(Syntax::first).and_then(Syntax::first);
            match (node.field("expression"), at) {
                (Some(of), Some(at)) => ExprKind::Index(Box::new(expr(of)), Box::new(expr(at))),
                _ => other(),
            }
        }
        "invocation_expression" => match node.field("function") {
            Some(callee) => {
                let mut args = node.field("arguments").map(arguments).unwrap_or_default();
                // The type arguments of a method are an argument of no name that a method can have.
                let named = callee.field("name").unwrap_or(callee);
                if let Some(types) = named.child("type_argument_list") {
                    let list = types.children().into_iter().map(type_of).collect();
                    args.push(Arg { name: Some("<>".into()), value: types.expr(ExprKind::List(list)) });
                }
                let callee = match callee.kind() {
                    "generic_name" => callee.expr(ExprKind::Name(simple(callee).into())),
                    _ => expr(callee),
                };
                ExprKind::Call(Box::new(Call { callee, args }))
            }
            None => other(),
        },
        "object_creation_expression" => match node.field("type").map(type_of) {
            Some(callee) => {
                let mut args = node.field("arguments").map(arguments).unwrap_or_default();
                // `new Route { Template = "x" }`
                let initializer = node.field("initializer").map(arguments).unwrap_or_default();
                args.extend(initializer.into_iter().filter(|it| it.name.is_some()));
                ExprKind::Call(Box::new(Call { callee, args }))
            }
            None => other(),
        },
        "array_creation_expression" | "implicit_array_creation_expression" => {
            let list = node.child("initializer_expression").into_iter().flat_map(Syntax::children);
            ExprKind::List(list.map(expr).collect())
        }
        "initializer_expression" => ExprKind::List(all(node.children())),
        "collection_expression" => {
            let items = node
                .children()
                .into_iter()
                .map(|it| if it.kind() == "collection_element" { it.first().unwrap_or(it) } else { it });
            ExprKind::List(items.map(expr).collect())
        }
        "expression_element" => first(),
        "spread_element" => match node.first() {
            Some(inner) => ExprKind::Spread(Box::new(expr(inner))),
            None => other(),
        },
        "lambda_expression" | "anonymous_method_expression" => ExprKind::Func(Arc::new(function(node))),
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => {
                let target = match left.kind() {
                    "identifier" => Pattern::Name(left.words().into()),
                    "member_access_expression" => match left.field("expression") {
                        Some(of) => Pattern::Attr(expr(of), left.field_words("name").into()),
                        None => Pattern::Ignored,
                    },
                    _ => Pattern::Ignored,
                };
                ExprKind::Assigned(Box::new((target, expr(right))))
            }
            _ => other(),
        },
        "binary_expression" => {
            let parts = [node.field("left"), node.field("right")].into_iter().flatten().map(expr);
            let parts: Vec<Expr> = parts.collect();
            match node.field_words("operator") {
                "+" => ExprKind::Concat(parts),
                "??" => match <[Expr; 2]>::try_from(parts) {
                    Ok(both) => ExprKind::Default(Box::new(both)),
                    Err(parts) => ExprKind::Either(parts),
                },
                _ => ExprKind::Other(parts),
            }
        }
        // `x is Orders orders`
        "is_pattern_expression" => {
            let name = node.field("pattern").and_then(|it| it.field("name"));
            match (node.field("expression"), name.filter(|it| it.kind() == "identifier")) {
                (Some(of), Some(name)) => {
                    ExprKind::Assigned(Box::new((Pattern::Name(name.words().into()), expr(of))))
                }
                _ => other(),
            }
        }
        "character_literal" => ExprKind::Str(node.words().trim_matches('\'').into()),
        "conditional_expression" => unless_null(node).unwrap_or_else(|| {
            let arms = [node.field("consequence"), node.field("alternative")];
            ExprKind::Either(arms.into_iter().flatten().map(expr).collect())
        }),
        "cast_expression" => match (node.field("type"), node.field("value")) {
            (Some(of), Some(value)) => cast(type_of(of), expr(value)),
            _ => other(),
        },
        "as_expression" => match (node.field("right"), node.field("left")) {
            (Some(of), Some(value)) => cast(type_of(of), expr(value)),
            _ => other(),
        },
        "parenthesized_expression"
        | "await_expression"
        | "postfix_unary_expression"
        | "checked_expression" => first(),
        "typeof_expression" => node.field("type").map_or_else(other, |it| type_of(it).kind),
        "argument" => node.children().last().map_or_else(other, |it| expr(*it).kind),
        _ => other(),
    }
}

/// A value that is said to be of a class or an interface; of other types it is the value alone.
pub(super) fn cast(of: Expr, value: Expr) -> ExprKind {
    let named = matches!(&of.kind, ExprKind::Name(name) if name.starts_with(char::is_uppercase));
    if !named || !matches!(value.kind, ExprKind::Call(_) | ExprKind::Name(_)) {
        return value.kind;
    }
    let (start, end) = (value.start, value.end);
    let callee = Expr { kind: ExprKind::Name(CAST.into()), start, end };
    let args = [value, of].into_iter().map(|value| Arg { name: None, value }).collect();
    ExprKind::Call(Box::new(Call { callee, args }))
}

/// `x is null ? other : x` is `x ?? other`.
fn unless_null(node: Syntax<'_>) -> Option<ExprKind> {
    let (subject, test) = node.field_words("condition").split_once(char::is_whitespace)?;
    let test: Vec<&str> = test.split_whitespace().collect();
    let (yes, no) = (node.field("consequence")?, node.field("alternative")?);
    let (there, else_) = match test.as_slice() {
        ["==", "null"] | ["is", "null"] => (no, yes),
        ["!=", "null"] | ["is", "not", "null"] => (yes, no),
        _ => return None,
    };
    (there.words() == subject).then(|| ExprKind::Default(Box::new([expr(there), expr(else_)])))
}

/// The name of a method without its type arguments.
fn simple(node: Syntax<'_>) -> &str {
    if node.kind() == "generic_name" { node.first().map_or("", Syntax::words) } else { node.words() }
}

/// `a?.b` is `a.b`.
fn conditional(node: Syntax<'_>) -> Option<ExprKind> {
    let of = node.field("condition")?;
    let binding = node.children().into_iter().find(|it| it.kind() == "member_binding_expression")?;
    Some(ExprKind::Attr(Box::new(expr(of)), simple(binding.field("name")?).into()))
}

/// The arguments of a call or an attribute; `name: value` and `Name = value` have a name.
pub(super) fn arguments(list: Syntax<'_>) -> Vec<Arg> {
    let one = |it: Syntax<'_>| {
        let parts = it.children();
        // The grammar has no name for `this`.
        if parts.is_empty() && it.words() == "this" {
            return Some(Arg { name: None, value: it.expr(ExprKind::Name("this".into())) });
        }
        let value = *parts.last()?;
        let named = it.tokens().iter().any(|it| matches!(it.kind(), "=" | ":")) && parts.len() > 1;
        let name = named.then(|| parts[0].words().trim_end_matches([' ', ':', '=']).into());
        // `Route = "x"` may also be read as an assignment.
        if let (None, "assignment_expression") = (&name, value.kind())
            && let (Some(left), Some(right)) = (value.field("left"), value.field("right"))
        {
            return Some(Arg { name: Some(left.words().into()), value: expr(right) });
        }
        Some(Arg { name, value: expr(value) })
    };
    list.children().into_iter().filter_map(one).collect()
}

/// A type by its name; type arguments are an index.
pub(super) fn type_of(node: Syntax<'_>) -> Expr {
    if node.too_deep() {
        return node.expr(ExprKind::Other(Vec::new()));
    }
    let kind = match node.kind() {
        "generic_name" => {
            let arguments = node.child("type_argument_list").into_iter().flat_map(Syntax::children);
            let list = node.expr(ExprKind::List(arguments.map(type_of).collect()));
            match node.first() {
                Some(base) => ExprKind::Index(Box::new(type_of(base)), Box::new(list)),
                None => ExprKind::Other(Vec::new()),
            }
        }
        "qualified_name" | "alias_qualified_name" => match node.children().as_slice() {
            [before, .., name] => ExprKind::Attr(Box::new(type_of(*before)), simple(*name).into()),
            _ => ExprKind::Name(node.words().into()),
        },
        "nullable_type" | "primary_constructor_base_type" => {
            return node.first().map_or_else(|| node.expr(ExprKind::Other(Vec::new())), type_of);
        }
        _ => ExprKind::Name(node.words().into()),
    };
    node.expr(kind)
}

fn text_of(node: Syntax<'_>) -> Box<str> {
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "escape_sequence" => text.extend(unescape(part.words())),
            "string_literal_encoding" => {}
            _ => text.push_str(part.words()),
        }
    }
    text.into()
}

fn interpolated(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "interpolation" => {
                if !text.is_empty() {
                    parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
                }
                let value = part.children().into_iter().find(|it| it.kind() != "interpolation_brace");
                parts.extend(value.map(expr));
            }
            // `{{id}}` is a literal brace.
            "string_content" => text.push_str(&part.words().replace("{{", "{").replace("}}", "}")),
            "escape_sequence" => text.push_str(match part.words() {
                "{{" => "{",
                "}}" => "}",
                _ => "",
            }),
            _ => {}
        }
    }
    if !text.is_empty() {
        parts.push(node.expr(ExprKind::Str(text.into())));
    }
    match parts.len() {
        0 => ExprKind::Str("".into()),
        _ => ExprKind::Concat(parts),
    }
}
