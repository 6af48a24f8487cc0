//! The types of Go, as far as they tell which values are routers and which have methods.

use std::sync::Arc;

use super::expr::{expr, keyword, literal_text, pattern};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// A type as an expression: see the module above.
pub(super) fn type_expr(node: Syntax<'_>) -> Expr {
    if node.too_deep() {
        return node.expr(ExprKind::Other(Vec::new()));
    }
    let inner = |field: &str| node.field(field).map(type_expr);
    let kind = match node.kind() {
        "pointer_type" | "parenthesized_type" => return node.first().map_or_else(|| other(node), type_expr),
        "generic_type" => return inner("type").unwrap_or_else(|| other(node)),
        "type_identifier" | "identifier" | "field_identifier" => ExprKind::Name(node.words().into()),
        "qualified_type" => match node.field("package") {
            Some(package) => ExprKind::Attr(
                Box::new(package.expr(ExprKind::Name(package.words().into()))),
                node.field_words("name").into(),
            ),
            None => return other(node),
        },
        "slice_type" | "array_type" | "implicit_length_array_type" => {
            ExprKind::List(inner("element").into_iter().collect())
        }
        "map_type" => ExprKind::List([inner("key"), inner("value")].into_iter().flatten().collect()),
        "struct_type" => ExprKind::Class(Arc::new(structure(node, ""))),
        _ => return other(node),
    };
    node.expr(kind)
}

fn other(node: Syntax<'_>) -> Expr {
    node.expr(ExprKind::Other(Vec::new()))
}

/// A value of a type that nobody has given: `var(T)`.
pub(super) fn value_of(of: Syntax<'_>) -> Expr {
    let range = of.range();
    of.expr(keyword("var", range, vec![type_expr(of)]))
}

/// What a variable of a type holds before it is set.
pub(super) fn zero(of: Syntax<'_>) -> Expr {
    match of.kind() {
        "slice_type" => of.expr(ExprKind::List(Vec::new())),
        "map_type" => of.expr(ExprKind::Object(Vec::new())),
        // A value, not a pointer: it is there already.
        "struct_type" | "type_identifier" | "qualified_type" => {
            let range = of.range();
            of.expr(keyword("new", range, vec![type_expr(of)]))
        }
        _ => value_of(of),
    }
}

/// `type T …`: a class with the fields of a structure; what is made of another type returns that type.
pub(super) fn declaration(node: Syntax<'_>) -> Option<Stmt> {
    let name = node.field_words("name");
    let of = node.field("type")?;
    let class = match of.kind() {
        "struct_type" => structure(of, name),
        "interface_type" => interface(of, name),
        _ => Class {
            name: name.into(),
            bases: Vec::new(),
            body: vec![Stmt::Return(Some(type_expr(of)))],
            ..Class::default()
        },
    };
    Some(Stmt::Class(Arc::new(class)))
}

/// Fields are assignments of `var(T)`, in order; embedded types are bases and fields of their own name.
fn structure(node: Syntax<'_>, name: &str) -> Class {
    let mut bases = Vec::new();
    let mut body = Vec::new();
    let list = node.child("field_declaration_list");
    for field in list.into_iter().flat_map(Syntax::children) {
        let Some(of) = field.field("type") else { continue };
        let names = field.fields("name");
        if names.is_empty() {
            let embedded = type_expr(of);
            if let ExprKind::Name(name) | ExprKind::Attr(_, name) = &embedded.kind {
                body.push(Stmt::Assign(Pattern::Name(name.clone()), value_of(of)));
            }
            bases.push(embedded);
        }
        for name in names.into_iter().filter(|it| it.kind() == "field_identifier") {
            let default = field.field("tag").and_then(|it| tag_default(&literal_text(it)));
            let value = default.map_or_else(|| value_of(of), |it| of.expr(ExprKind::Str(it.into())));
            body.push(Stmt::Assign(Pattern::Name(name.words().into()), value));
        }
    }
    Class { name: name.into(), bases, body, ..Class::default() }
}

/// The default that a tag gives a setting: `env:"PREFIX" envDefault:"/api"`.
fn tag_default(tag: &str) -> Option<String> {
    ["envDefault:\"", "env-default:\"", "default:\""].iter().find_map(|key| {
        let (before, rest) = tag.split_once(key)?;
        (before.is_empty() || before.ends_with(' ')).then(|| rest.split('"').next().map(str::to_owned))?
    })
}

/// The methods of an interface are definitions without a body, what it embeds are bases.
fn interface(node: Syntax<'_>, name: &str) -> Class {
    let mut bases = Vec::new();
    let mut body = vec![Stmt::Return(None)];
    for member in node.children() {
        match member.kind() {
            "method_elem" => body.push(Stmt::Def(Arc::new(Func {
                name: member.field_words("name").into(),
                ..Func::default()
            }))),
            "type_elem" => bases.extend(member.children().into_iter().map(type_expr)),
            _ => {}
        }
    }
    Class { name: name.into(), bases, body, ..Class::default() }
}

/// The parameters of a function: where nobody gives a value there is one of the type.
pub(super) fn params(node: Syntax<'_>) -> Vec<Param> {
    let mut all = Vec::new();
    for param in node.children() {
        let default = || param.field("type").map(value_of);
        match param.kind() {
            "parameter_declaration" => {
                let names = param.fields("name").into_iter().filter(|it| it.kind() == "identifier");
                let names: Vec<Syntax<'_>> = names.collect();
                if names.is_empty() {
                    all.push(Param::new(Pattern::Ignored, default()));
                }
                all.extend(names.into_iter().map(|it| Param::new(pattern(it), default())));
            }
            "variadic_parameter_declaration" => {
                let name = param.field("name").map_or("", Syntax::words);
                all.push(Param::new(Pattern::Rest(name.into()), None));
            }
            _ => {}
        }
    }
    all
}

/// The type of a literal, and the literals without a type inside it.
pub(super) fn literal(node: Syntax<'_>) -> Option<ExprKind> {
    let of = node.field("type")?;
    let body = node.field("body")?;
    // Numbers and bytes have nothing to say.
    let element = of.field("element").map(Syntax::words).unwrap_or_default();
    if ["byte", "uint8", "int", "uint16", "uint32", "int32", "int64", "float64"].contains(&element) {
        return None;
    }
    Some(ExprKind::Literal(Box::new(Literal { of: Some(type_expr(of)), entries: entries(body) })))
}

/// A literal with more entries is data.
const MAX_ENTRIES: usize = 3_000;

/// The entries of a literal, each with its key.
pub(super) fn entries(body: Syntax<'_>) -> Vec<(Option<Expr>, Expr)> {
    let element = |node: Option<Syntax<'_>>| {
        let node = node?;
        let inner = if node.kind() == "literal_element" { node.first()? } else { node };
        Some(match inner.kind() {
            "literal_value" if !inner.too_deep() => {
                inner.expr(ExprKind::Literal(Box::new(Literal { of: None, entries: entries(inner) })))
            }
            _ => expr(inner),
        })
    };
    let entries = body.children().into_iter().take(MAX_ENTRIES).filter_map(|it| match it.kind() {
        "keyed_element" => Some((element(it.field("key")), element(it.field("value"))?)),
        _ => Some((None, element(Some(it))?)),
    });
    entries.collect()
}
