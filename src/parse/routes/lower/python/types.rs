//! The types that Python writes behind names.

use super::expr::expr;
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// A type: `Optional[int]` as an index, `int | None` as one of its arms.
pub(super) fn type_of(node: Syntax<'_>) -> Expr {
    let several = |nodes: Vec<Syntax<'_>>| nodes.into_iter().map(type_of).collect::<Vec<_>>();
    let indexed = |of: Option<Syntax<'_>>, arguments: Vec<Syntax<'_>>| match of {
        Some(of) => {
            let list = node.expr(ExprKind::List(several(arguments)));
            ExprKind::Index(Box::new(type_of(of)), Box::new(list))
        }
        None => ExprKind::Other(Vec::new()),
    };
    let kind = match node.kind() {
        _ if node.too_deep() => ExprKind::Other(Vec::new()),
        "type" => match node.first() {
            Some(inner) => return type_of(inner),
            None => ExprKind::Other(Vec::new()),
        },
        "generic_type" => {
            let arguments = node.child("type_parameter").map(Syntax::children).unwrap_or_default();
            indexed(node.first(), arguments)
        }
        "subscript" => indexed(node.field("value"), node.fields("subscript")),
        "union_type" => ExprKind::Either(several(node.children())),
        "binary_operator" if node.field_words("operator") == "|" => ExprKind::Either(several(
            [node.field("left"), node.field("right")].into_iter().flatten().collect(),
        )),
        "none" => ExprKind::Name("None".into()),
        _ => return expr(node),
    };
    node.expr(kind)
}
