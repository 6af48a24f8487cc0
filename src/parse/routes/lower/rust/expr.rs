//! The expressions and patterns of Rust.

use std::sync::Arc;

use super::conditions::{Held, held};
use super::control::{arms, asked, condition_bindings, inner_block, matched, statement};
use super::types::type_of;
use super::{imports, macros};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::{Syntax, unescape};

/// Methods that return what they are called on, as far as a router or a text goes.
const SAME: [&str; 19] = [
    "clone",
    "unwrap",
    "expect",
    "into",
    "to_string",
    "to_owned",
    "as_str",
    "as_ref",
    "unwrap_or_default",
    "boxed",
    "iter",
    "into_iter",
    "collect",
    "concat",
    "into_boxed_str",
    "leak",
    "borrow",
    "as_deref",
    "to_vec",
];

/// Wrappers whose only argument is what matters.
const WRAPPERS: [&str; 8] =
    ["Ok", "Some", "Arc::new", "Box::new", "Rc::new", "Cow::Borrowed", "String::from", "Box::pin"];

pub(super) fn pattern(node: Syntax<'_>) -> Pattern {
    match node.kind() {
        _ if node.too_deep() => Pattern::Ignored,
        "identifier" => Pattern::Name(node.words().into()),
        "tuple_pattern" => Pattern::List(node.children().into_iter().map(pattern).collect()),
        "mut_pattern" | "ref_pattern" | "reference_pattern" => {
            let inner = node.children().into_iter().find(|it| it.kind() != "mutable_specifier");
            inner.map_or(Pattern::Ignored, pattern)
        }
        // `Some(x)`, `Ok(x)`
        "tuple_struct_pattern" => node.children().get(1).map_or(Pattern::Ignored, |it| pattern(*it)),
        "field_expression" => match node.field("value") {
            Some(of) => Pattern::Attr(expr(of), node.field_words("field").into()),
            None => Pattern::Ignored,
        },
        _ => Pattern::Ignored,
    }
}

/// The statements of a block; its last expression is what it returns.
pub(super) fn block_body(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if node.too_deep() {
        return body;
    }
    let children = held(node);
    // The value is the last that is usual, where anything is.
    let usual = children.iter().rposition(|it| it.2 == Held::Usual);
    let last = usual.unwrap_or(children.len().saturating_sub(1));
    for (at, (child, _, held)) in children.iter().enumerate() {
        match held {
            Held::Usual => in_block(*child, at == last, &mut body),
            _ => {
                let mut inner = Vec::new();
                in_block(*child, at == last, &mut inner);
                body.push(Stmt::Guess(inner));
            }
        }
    }
    body
}

/// Lowers what stands in a block; the last one may be its value.
fn in_block(child: Syntax<'_>, is_last: bool, body: &mut Vec<Stmt>) {
    match child.kind() {
        "expression_statement" => {
            // Only a statement that ends like a block can be the value without being an expression.
            let value = is_last && !child.words().ends_with(';');
            child.first().into_iter().for_each(|it| statement(it, value, body));
        }
        "let_declaration" => let_declaration(child, body),
        "use_declaration" => {
            let mut found = Vec::new();
            child.field("argument").into_iter().for_each(|it| imports(it, "", &mut found));
            body.extend(found.into_iter().map(Stmt::Import));
        }
        "function_item" => body.push(Stmt::Def(Arc::new(super::function(child)))),
        "const_item" | "static_item" => {
            let name = Pattern::Name(child.field_words("name").into());
            body.extend(child.field("value").map(|it| Stmt::Assign(name, expr(it))));
        }
        kind if kind.ends_with("_item") || kind == "empty_statement" => {}
        _ => statement(child, is_last, body),
    }
}

pub(super) fn let_declaration(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let name = node.field("pattern").map_or(Pattern::Ignored, pattern);
    if let Some(value) = node.field("value") {
        body.push(Stmt::Assign(name, expr(value)));
    }
}

pub(super) fn expr(node: Syntax<'_>) -> Expr {
    node.expr(if node.too_deep() { ExprKind::Other(Vec::new()) } else { kind(node) })
}

/// A path: `a::b::c`, type arguments left out.
pub(super) fn path(node: Syntax<'_>) -> Expr {
    let inner = |name: &str| node.field(name).map(path);
    match node.kind() {
        _ if node.too_deep() => node.expr(ExprKind::Other(Vec::new())),
        "scoped_identifier" | "scoped_type_identifier" => {
            let name = node.field_words("name");
            match inner("path") {
                Some(of) => node.expr(below(of, name)),
                None => node.expr(ExprKind::Name(name.into())),
            }
        }
        "generic_type" | "generic_type_with_turbofish" | "reference_type" | "qualified_type" => {
            inner("type").unwrap_or_else(|| node.expr(ExprKind::Other(Vec::new())))
        }
        "generic_function" => inner("function").unwrap_or_else(|| node.expr(ExprKind::Other(Vec::new()))),
        "bracketed_type" => node.first().map_or_else(|| node.expr(ExprKind::Other(Vec::new())), path),
        "field_expression" => expr(node),
        _ => node.expr(ExprKind::Name(node.words().into())),
    }
}

/// A name in what a path has named so far.
pub(super) fn below(mut of: Expr, name: &str) -> ExprKind {
    if let ExprKind::Name(head) = &mut of.kind {
        // `super::super` is one head.
        if name == "super" {
            return ExprKind::Name(format!("{head}.super").into());
        }
        if head.starts_with(|it: char| it.is_lowercase()) && &**head != "this" {
            *head = format!("{head}::").into();
        }
    }
    ExprKind::Attr(Box::new(of), name.into())
}

fn block_value(node: Syntax<'_>, body: Vec<Stmt>) -> ExprKind {
    match <[Stmt; 1]>::try_from(body) {
        Ok([Stmt::Return(Some(value))]) => value.kind,
        Ok([one]) => called(node, vec![one]),
        Err(body) => called(node, body),
    }
}

/// Statements with a value are a function that is called at once.
fn called(node: Syntax<'_>, body: Vec<Stmt>) -> ExprKind {
    if body.is_empty() {
        return ExprKind::Other(Vec::new());
    }
    let func = Func { body, ..Func::default() };
    let callee = node.expr(ExprKind::Func(Arc::new(func)));
    ExprKind::Call(Box::new(Call { callee, args: Vec::new() }))
}

fn kind(node: Syntax<'_>) -> ExprKind {
    let other = || ExprKind::Other(node.children().into_iter().map(expr).collect());
    let first = || node.first().map_or(ExprKind::Other(Vec::new()), |it| expr(it).kind);
    match node.kind() {
        "self" => ExprKind::Name("this".into()),
        "identifier" | "crate" | "super" => ExprKind::Name(node.words().into()),
        "scoped_identifier" | "generic_function" => path(node).kind,
        "string_literal" | "raw_string_literal" => ExprKind::Str(text_of(node)),
        "integer_literal" => ExprKind::Str(node.words().into()),
        "boolean_literal" => ExprKind::Bool(node.words() == "true"),
        "field_expression" => match node.field("value") {
            Some(of) => ExprKind::Attr(Box::new(expr(of)), node.field_words("field").into()),
            None => other(),
        },
        "call_expression" => call(node),
        "macro_invocation" => macros::invocation(node),
        "closure_expression" => ExprKind::Func(Arc::new(closure(node))),
        "async_block" => {
            let body = inner_block(node);
            ExprKind::Func(Arc::new(Func { body, ..Func::default() }))
        }
        "block" | "unsafe_block" | "const_block" => block_value(node, inner_block(node)),
        "if_expression" => {
            let mut values = Vec::new();
            let mut body = Vec::new();
            node.field("condition").into_iter().for_each(|it| condition_bindings(it, &mut body));
            body.retain(|it| matches!(it, Stmt::Assign(..)));
            let is_usual = node.field("condition").is_none_or(|it| asked(it) == Held::Usual);
            let taken = node.field("consequence").filter(|_| is_usual);
            for arm in [taken, node.field("alternative")].into_iter().flatten() {
                let arm = if arm.kind() == "else_clause" { arm.first() } else { Some(arm) };
                values.extend(arm.map(expr));
            }
            body.push(Stmt::Return(Some(node.expr(ExprKind::Either(values)))));
            block_value(node, body)
        }
        "match_expression" => {
            let values = arms(node).into_iter().map(|(binding, value, held)| {
                let mut body = Vec::from_iter(binding);
                body.push(Stmt::Return(Some(expr(value))));
                let body = if held == Held::Usual { body } else { vec![Stmt::Guess(body)] };
                value.expr(block_value(value, body))
            });
            let either = node.expr(ExprKind::Either(values.collect()));
            // A name does nothing by being looked at.
            let is_plain = matches!(
                node.field("value").map_or("", Syntax::kind),
                "identifier" | "self" | "field_expression"
            );
            let binds = arms(node).iter().any(|it| it.0.is_some());
            let mut body = Vec::from_iter(matched(node).filter(|_| binds || !is_plain));
            body.push(Stmt::Return(Some(either)));
            block_value(node, body)
        }
        "array_expression" | "tuple_expression" => {
            ExprKind::List(node.children().into_iter().map(expr).collect())
        }
        "struct_expression" => literal(node),
        "reference_expression" => node.field("value").map_or_else(other, |it| expr(it).kind),
        "parenthesized_expression" | "await_expression" | "try_expression" | "type_cast_expression" => {
            first()
        }
        "unary_expression" => first(),
        "index_expression" => match node.children().as_slice() {
            // `&PATH[..]`
            [of, at] if at.kind() == "range_expression" => expr(*of).kind,
            [of, at] => ExprKind::Index(Box::new(expr(*of)), Box::new(expr(*at))),
            _ => other(),
        },
        "binary_expression" => {
            let parts = [node.field("left"), node.field("right")].into_iter().flatten().map(expr).collect();
            if node.field_words("operator") == "+" { ExprKind::Concat(parts) } else { ExprKind::Other(parts) }
        }
        "assignment_expression" => match (node.field("left"), node.field("right")) {
            (Some(left), Some(right)) => ExprKind::Assigned(Box::new((pattern(left), expr(right)))),
            _ => other(),
        },
        "return_expression" => first(),
        _ => other(),
    }
}

fn closure(node: Syntax<'_>) -> Func {
    let params = node.field("parameters").into_iter().flat_map(Syntax::children);
    let params = params.map(|it| match it.kind() {
        "parameter" => Param {
            of: it.field("type").map(type_of),
            ..Param::new(it.field("pattern").map_or(Pattern::Ignored, pattern), None)
        },
        _ => Param::new(pattern(it), None),
    });
    let params = params.collect();
    let body = match node.field("body") {
        Some(it) if it.kind() == "block" || it.kind() == "async_block" => inner_block(it),
        Some(it) => vec![Stmt::Return(Some(expr(it)))],
        None => Vec::new(),
    };
    Func { params, body, ..Func::default() }
}

fn call(node: Syntax<'_>) -> ExprKind {
    let Some(function) = node.field("function") else { return ExprKind::Other(Vec::new()) };
    let args: Vec<Syntax<'_>> = node.field("arguments").map(Syntax::children).unwrap_or_default();
    let args: Vec<Syntax<'_>> = args.into_iter().filter(|it| it.kind() != "attribute_item").collect();
    if let Some(sum) = concatenation(function) {
        return sum;
    }
    if function.kind() == "field_expression"
        && SAME.contains(&function.field_words("field"))
        && let Some(of) = function.field("value")
    {
        return expr(of).kind;
    }
    if let ([one], true) = (args.as_slice(), WRAPPERS.contains(&function.words())) {
        return expr(*one).kind;
    }
    match function.words() {
        "Vec::new" | "Vec::with_capacity" => return ExprKind::List(Vec::new()),
        "String::new" => return ExprKind::Str("".into()),
        _ => {}
    }
    let callee = expr(function);
    let types = match args.as_slice() {
        [handler] if handler.kind() == "generic_function" => Some(types_told(*handler)),
        _ => type_arguments(function),
    };
    let mut args: Vec<Arg> = args.into_iter().map(|it| Arg { name: None, value: expr(it) }).collect();
    args.extend(types);
    ExprKind::Call(Box::new(Call { callee, args }))
}

/// `query::<Filter>()` is told a type, which matters to no other function.
fn type_arguments(function: Syntax<'_>) -> Option<Arg> {
    let is_query = function.field("function").is_some_and(|it| it.words().ends_with("query"));
    is_query.then(|| types_told(function))
}

/// The types that a function is told, as `get::<Order>` alone is of a handler: a list under the name `<>`.
fn types_told(function: Syntax<'_>) -> Arg {
    let all = function.field("type_arguments").map(Syntax::children).unwrap_or_default();
    let list = function.expr(ExprKind::List(all.into_iter().map(type_of).collect()));
    Arg { name: Some("<>".into()), value: list }
}

/// `["/a", "/b"].concat()`
fn concatenation(function: Syntax<'_>) -> Option<ExprKind> {
    let list = function.field("value").filter(|_| function.field_words("field") == "concat")?;
    let list = if list.kind() == "reference_expression" { list.field("value")? } else { list };
    let is_list = list.kind() == "array_expression";
    is_list.then(|| ExprKind::Concat(list.children().into_iter().map(expr).collect()))
}

/// `Server { router, base: "/x" }` is an object of its class.
fn literal(node: Syntax<'_>) -> ExprKind {
    let Some(callee) = node.field("name").map(path) else { return ExprKind::Other(Vec::new()) };
    let fields = node.field("body").into_iter().flat_map(Syntax::children);
    let args = fields.filter_map(|it| match it.kind() {
        "shorthand_field_initializer" => {
            let name = it.words();
            Some(Arg { name: Some(name.into()), value: it.expr(ExprKind::Name(name.into())) })
        }
        "field_initializer" => {
            let name = it.field("field").or_else(|| it.field("name"))?.words();
            Some(Arg { name: Some(name.into()), value: expr(it.field("value")?) })
        }
        _ => None,
    });
    let args = args.collect();
    ExprKind::Call(Box::new(Call { callee, args }))
}

/// The text of a string literal.
pub(super) fn text_of(node: Syntax<'_>) -> Box<str> {
    let mut text = String::new();
    for part in node.children() {
        match part.kind() {
            "escape_sequence" => text.extend(unescape(part.words())),
            _ => text.push_str(part.words()),
        }
    }
    text.into()
}
