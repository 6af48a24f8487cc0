//! The types of Rust that parameters and the fields of structures have.

use super::expr::path;
use super::macros;
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// A type with its arguments: `Query<Filter>` as an index.
pub(super) fn type_of(node: Syntax<'_>) -> Expr {
    if node.too_deep() || node.kind() != "generic_type" {
        return path(node);
    }
    let arguments = node.field("type_arguments").into_iter().flat_map(Syntax::children);
    let list = node.expr(ExprKind::List(arguments.map(type_of).collect()));
    match node.field("type") {
        Some(of) => node.expr(ExprKind::Index(Box::new(path(of)), Box::new(list))),
        None => path(node),
    }
}

/// The fields of a structure, each with its attributes.
pub(super) fn fields(item: Syntax<'_>) -> Vec<Param> {
    let mut attributes: Vec<Syntax<'_>> = Vec::new();
    let mut found = Vec::new();
    for field in item.field("body").into_iter().flat_map(Syntax::children) {
        match field.kind() {
            "attribute_item" => attributes.push(field),
            "field_declaration" => {
                let own = std::mem::take(&mut attributes);
                found.push(Param {
                    of: field.field("type").map(type_of),
                    decorators: own.into_iter().filter_map(macros::attribute).collect(),
                    ..Param::new(Pattern::Name(field.field_words("name").into()), None)
                });
            }
            _ => {}
        }
    }
    found
}
