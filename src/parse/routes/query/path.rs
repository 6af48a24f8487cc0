//! What an expression in the body of a handler stands for: where it comes from, and what is made of it.

use super::last_name;
use super::reads::Scope;
use crate::model::route::ParameterType;
use crate::parse::routes::ir::{Expr, ExprKind, Imported, Module, Stmt};

/// Fields of fields of calls.
const MAX_LENGTH: usize = 12;

/// An expression as a dotted name.
pub(super) fn path(expr: &Expr, scope: &Scope<'_>, depth: usize) -> Option<String> {
    if depth > MAX_LENGTH {
        return None;
    }
    let inner = |of: &Expr| path(of, scope, depth + 1);
    match &expr.kind {
        ExprKind::Name(name) => {
            Some(scope.names.get(&**name).cloned().unwrap_or_else(|| full_name(scope.module, name)))
        }
        ExprKind::Attr(of, name) => Some(format!("{}.{name}", inner(of)?)),
        ExprKind::Index(of, at) => match &at.kind {
            ExprKind::Str(name) => Some(format!("{}.{name}", inner(of)?)),
            _ => None,
        },
        ExprKind::Call(call) => {
            let given = call.args.first().and_then(|it| inner(&it.value)).filter(|it| it.contains('*'));
            Some(format!("{}({})", inner(&call.callee)?, given.unwrap_or_default()))
        }
        ExprKind::Either(all) => all.iter().find_map(|it| inner(it).filter(|it| it.contains('*'))),
        ExprKind::Default(both) => both.iter().find_map(|it| inner(it).filter(|it| it.contains('*'))),
        ExprKind::Other(all) => match all.as_slice() {
            [one] => inner(one),
            _ => None,
        },
        _ => None,
    }
}

/// What a name is called outside of its file: `flask.request`.
fn full_name(module: &Module, name: &str) -> String {
    let found = module.body.iter().find_map(|stmt| {
        let Stmt::Import(import) = stmt else { return None };
        import.names.iter().find_map(|it| match it {
            Imported::Name(outer, alias) if **alias == *name => Some(format!("{}.{outer}", import.module)),
            Imported::Module(alias) if **alias == *name => Some(import.module.to_string()),
            _ => None,
        })
    });
    found.unwrap_or_else(|| name.to_owned())
}

/// The values that an expression may be, all of them what it is without a default.
pub(super) fn leaves(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Either(all) => all.iter().collect(),
        ExprKind::Default(both) => both.iter().collect(),
        ExprKind::Other(all) if all.len() == 1 => all.iter().collect(),
        _ => vec![expr],
    }
}

/// What a function of a language makes of a text.
pub(super) fn turned_by(callee: &Expr) -> Option<ParameterType> {
    let of = match &callee.kind {
        ExprKind::Attr(of, _) => match &of.kind {
            ExprKind::Name(of) => &**of,
            _ => return None,
        },
        _ => "",
    };
    Some(match (of, last_name(callee)?) {
        ("" | "Number", "parseInt")
        | ("", "int" | "intval" | "Integer")
        | ("strconv", "Atoi" | "ParseInt" | "ParseUint") => ParameterType::Integer,
        ("", "Number")
        | ("" | "Number", "parseFloat")
        | ("", "float" | "floatval" | "Float")
        | ("strconv", "ParseFloat") => ParameterType::Number,
        ("strconv", "ParseBool") => ParameterType::Boolean,
        ("uuid", "Parse" | "UUID") | ("", "UUID") => ParameterType::Uuid,
        _ => return None,
    })
}

/// What a method of texts makes of one.
pub(super) fn turned_by_method(name: &str) -> Option<ParameterType> {
    match name {
        "to_i" => Some(ParameterType::Integer),
        "to_f" => Some(ParameterType::Number),
        _ => None,
    }
}
