//! The expressions and patterns of JavaScript and TypeScript.

use std::sync::Arc;

use super::{class, function};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    if node.too_deep() {
        return Pattern::Ignored;
    }
    match node.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => Pattern::Name(node.words().into()),
        "member_expression" => match node.field("object") {
            Some(object) => Pattern::Attr(expr(object), node.field_words("property").into()),
            None => Pattern::Ignored,
        },
        "subscript_expression" => match (node.field("object"), node.field("index").map(|it| expr(it).kind)) {
            (Some(of), Some(ExprKind::Str(key))) => Pattern::Attr(expr(of), key),
            _ => Pattern::Ignored,
        },
        "array_pattern" => Pattern::List(elements(node).into_iter().map(optional_pattern).collect()),
        "object_pattern" => Pattern::Object(node.children().into_iter().map(property_pattern).collect()),
        "assignment_pattern" => node.field("left").map_or(Pattern::Ignored, pattern),
        "rest_pattern" => Pattern::Rest(node.first().map_or("", Syntax::words).into()),
        // The variable of `for (const x of …)` and the parameter of an arrow function.
        "lexical_declaration"
        | "variable_declaration"
        | "variable_declarator"
        | "parenthesized_expression" => node.first().map_or(Pattern::Ignored, pattern),
        _ => Pattern::Ignored,
    }
}

/// What an array pattern takes, position by position: `[, second]` takes nothing at the first one.
pub(super) fn elements(node: Syntax<'_>) -> Vec<Option<Syntax<'_>>> {
    let mut all = Vec::new();
    let mut taken = false;
    for it in node.tokens() {
        match it.kind() {
            "[" | "]" | "comment" => {}
            "," if std::mem::take(&mut taken) => {}
            "," => all.push(None),
            _ => {
                taken = true;
                all.push(Some(it));
            }
        }
    }
    all
}

fn optional_pattern(node: Option<Syntax<'_>>) -> Pattern {
    node.map_or(Pattern::Ignored, pattern)
}

fn property_pattern(node: Syntax<'_>) -> (Box<str>, Pattern) {
    match node.kind() {
        "pair_pattern" => {
            let value = node.field("value").map_or(Pattern::Ignored, pattern);
            (node.field("key").map_or_else(|| "".into(), key), value)
        }
        "object_assignment_pattern" => {
            let left = node.field("left").map_or("", Syntax::words);
            (left.into(), Pattern::Name(left.into()))
        }
        _ => (node.words().into(), pattern(node)),
    }
}

pub(super) fn key(node: Syntax<'_>) -> Box<str> {
    if node.kind() == "string" { text_of(node) } else { node.words().into() }
}

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

fn all(nodes: Vec<Syntax<'_>>) -> Vec<Expr> {
    nodes.into_iter().map(expr).collect()
}

fn both(node: Syntax<'_>) -> Vec<Expr> {
    [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect()
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(all(node.children()));
    match node.kind() {
        "identifier" | "this" | "super" | "undefined" => ExprKind::Name(node.words().into()),
        "string" => ExprKind::Str(text_of(node)),
        // Numbers stand in paths (`/v${VERSION}`), and nowhere else that matters.
        "number" => ExprKind::Str(node.words().into()),
        "template_string" => template(node),
        "true" => ExprKind::Bool(true),
        "false" | "null" => ExprKind::Bool(false),
        "regex" => ExprKind::Other(Vec::new()),
        // `(0, library.function)(…)`, as compilers write it.
        "sequence_expression" => match node.children().last() {
            Some(&last) => expr(last).kind,
            None => other(),
        },
        "import" => ExprKind::Name("require".into()),
        "member_expression" => match node.field("object") {
            Some(of) if of.kind() == "meta_property" || of.words() == "import.meta" => {
                let name = if node.field_words("property") == "dirname" { "__dirname" } else { "__filename" };
                ExprKind::Name(name.into())
            }
            Some(of) => ExprKind::Attr(Box::new(expr(of)), node.field_words("property").into()),
            None => other(),
        },
        "subscript_expression" => match (node.field("object"), node.field("index")) {
            (Some(of), Some(at)) => ExprKind::Index(Box::new(expr(of)), Box::new(expr(at))),
            _ => other(),
        },
        "call_expression" | "new_expression" => call(node),
        "array" => ExprKind::List(all(node.children())),
        "spread_element" => match node.first() {
            Some(inner) => ExprKind::Spread(Box::new(expr(inner))),
            None => other(),
        },
        "object" => ExprKind::Object(node.children().into_iter().filter_map(entry).collect()),
        "arrow_function" | "function_expression" | "generator_function" => {
            ExprKind::Func(Arc::new(function(node)))
        }
        "class" => ExprKind::Class(Arc::new(class(node))),
        "binary_expression" => binary(node),
        "ternary_expression" => choice(node).unwrap_or_else(|| {
            let arms = [node.field("consequence"), node.field("alternative")];
            let mut arms: Vec<Expr> = arms.into_iter().flatten().map(expr).collect();
            // What a call depends on may be the request's method; a text would be less certain by it.
            if arms.iter().any(|it| matches!(it.kind, ExprKind::Call(_))) {
                arms.extend(node.field("condition").map(|it| it.expr(ExprKind::Other(vec![expr(it)]))));
            }
            ExprKind::Either(arms)
        }),
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => ExprKind::Assigned(Box::new((pattern(left), expr(right)))),
            _ => other(),
        },
        "augmented_assignment_expression" => match (node.field("left"), node.field_words("operator")) {
            (Some(left), "+=") => {
                let sum = node.expr(ExprKind::Concat(both(node)));
                ExprKind::Assigned(Box::new((pattern(left), sum)))
            }
            (Some(left), "||=" | "??=") => {
                let either = node.expr(ExprKind::Either(both(node)));
                ExprKind::Assigned(Box::new((pattern(left), either)))
            }
            _ => other(),
        },
        "parenthesized_expression"
        | "await_expression"
        | "yield_expression"
        | "as_expression"
        | "satisfies_expression"
        | "non_null_expression"
        | "instantiation_expression" => match node.first() {
            Some(inner) => expr(inner).kind,
            None => other(),
        },
        "type_assertion" => match node.children().last() {
            Some(&inner) => expr(inner).kind,
            None => other(),
        },
        "type_arguments" | "type_annotation" => ExprKind::Other(Vec::new()),
        _ => other(),
    }
}

/// A text that depends on whether two values are the same.
fn choice(node: Syntax<'_>) -> Option<ExprKind> {
    let condition = node.field("condition")?;
    let condition =
        if condition.kind() == "parenthesized_expression" { condition.first()? } else { condition };
    let operator = condition.field_words("operator");
    let arms = [expr(node.field("consequence")?), expr(node.field("alternative")?)];
    let is_text = |it: &Expr| matches!(it.kind, ExprKind::Str(_) | ExprKind::Concat(_));
    let compares = matches!(operator, "==" | "===" | "!=" | "!==");
    if !compares || !arms.iter().any(is_text) {
        return None;
    }
    let [a, b] = <[Expr; 2]>::try_from(both(condition)).ok()?;
    let [then, otherwise] = arms;
    Some(ExprKind::Choice(Box::new(match operator {
        "==" | "===" => [a, b, then, otherwise],
        _ => [a, b, otherwise, then],
    })))
}

fn binary(node: Syntax<'_>) -> ExprKind {
    let mut parts = both(node);
    match node.field_words("operator") {
        "+" => ExprKind::Concat(parts),
        "||" | "??" => ExprKind::Either(parts),
        "==" | "===" | "!=" | "!==" if parts.len() == 2 => {
            let right = parts.remove(1);
            ExprKind::Compare(Box::new(parts.remove(0)), Box::new(right))
        }
        _ => ExprKind::Other(parts),
    }
}

fn call(node: Syntax<'_>) -> ExprKind {
    // `await (await import("./x")).build(app)`, which the grammar takes for a call of `await`.
    let awaited = node.field("function").filter(|it| it.words() == "await").and(node.field("arguments"));
    if let Some(&last) = awaited.map(Syntax::children).as_deref().and_then(<[_]>::last) {
        return expr(last).kind;
    }
    let callee = node.field("function").or_else(|| node.field("constructor")).map(expr);
    let Some(callee) = callee else { return ExprKind::Other(Vec::new()) };
    let args = match node.field("arguments") {
        Some(it) if it.kind() == "arguments" => it.children(),
        _ => Vec::new(),
    };
    let mut args: Vec<Arg> = args.into_iter().map(|it| Arg { name: None, value: expr(it) }).collect();
    // `__importStar(require("express"))`, which is the module.
    if matches!(&callee.kind, ExprKind::Name(name) if &**name == "__importStar")
        && let Some(module) = args.pop()
    {
        return module.value.kind;
    }
    // `__awaiter(this, void 0, void 0, function* () { … })`, as compilers write an asynchronous function.
    if matches!(&callee.kind, ExprKind::Name(name) if &**name == "__awaiter")
        && let Some(Arg { value: body @ Expr { kind: ExprKind::Func(_), .. }, .. }) = args.pop()
    {
        return ExprKind::Call(Box::new(Call { callee: body, args: Vec::new() }));
    }
    ExprKind::Call(Box::new(Call { callee, args }))
}

fn entry(node: Syntax<'_>) -> Option<Property> {
    match node.kind() {
        "pair" => {
            let name = node.field("key")?;
            let value = expr(node.field("value")?);
            match name.first().filter(|_| name.kind() == "computed_property_name") {
                // The key is the first of the two.
                Some(computed) => {
                    let pair = node.expr(ExprKind::List(vec![expr(computed), value]));
                    Some(Property { key: None, value: pair })
                }
                None => Some(Property { key: Some(key(name)), value }),
            }
        }
        "shorthand_property_identifier" => {
            let word: Box<str> = node.words().into();
            Some(Property { key: Some(word.clone()), value: node.expr(ExprKind::Name(word)) })
        }
        "method_definition" => Some(Property {
            key: Some(node.field_words("name").into()),
            value: node.expr(ExprKind::Func(Arc::new(function(node)))),
        }),
        "spread_element" => node.first().map(|it| Property { key: None, value: expr(it) }),
        _ => None,
    }
}

pub(super) fn text_of(node: Syntax<'_>) -> Box<str> {
    let mut text = String::new();
    node.children().into_iter().for_each(|part| fragment(part, &mut text));
    text.into()
}

fn fragment(part: Syntax<'_>, text: &mut String) {
    match part.kind() {
        "escape_sequence" => text.extend(unescape(part.words())),
        _ => text.push_str(part.words()),
    }
}

fn template(node: Syntax<'_>) -> ExprKind {
    let mut parts: Vec<Expr> = Vec::new();
    let mut text = String::new();
    for part in node.children() {
        if part.kind() != "template_substitution" {
            fragment(part, &mut text);
            continue;
        }
        if !text.is_empty() {
            parts.push(node.expr(ExprKind::Str(std::mem::take(&mut text).into())));
        }
        parts.extend(part.first().map(expr));
    }
    if parts.is_empty() {
        return ExprKind::Str(text.into());
    }
    if !text.is_empty() {
        parts.push(node.expr(ExprKind::Str(text.into())));
    }
    ExprKind::Concat(parts)
}
