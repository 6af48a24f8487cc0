//! JavaScript and TypeScript → [`ir`](crate::parse::routes::ir).

mod expr;
mod flags;
mod modules;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{elements, expr, key, pattern};
use modules::{export, import};

/// Lowers a file; the suffix tells which of the three grammars reads it.
pub(super) fn lower(path: &str, text: &str) -> Module {
    let language = match path.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
        "ts" | "mts" | "cts" => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
        "tsx" => tree_sitter_typescript::LANGUAGE_TSX,
        _ => tree_sitter_javascript::LANGUAGE,
    };
    let Some(tree) = parse(&language.into(), text) else { return Module::default() };
    Module { body: block(Syntax::root(&tree, text)), ..Module::default() }
}

fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

/// The body of an `if` or a loop, which may be one statement without braces.
fn branch(node: Option<Syntax<'_>>) -> Vec<Stmt> {
    let mut body = Vec::new();
    match node {
        Some(it) if it.kind() == "statement_block" => body = block(it),
        Some(it) => stmt(it, &mut body),
        None => {}
    }
    body
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "expression_statement" => body.extend(node.first().map(|it| expression_statement(expr(it)))),
        "lexical_declaration" | "variable_declaration" => {
            for declarator in node.children() {
                if let Some(name) = declarator.field("name") {
                    let unknown = || declarator.expr(ExprKind::Other(Vec::new()));
                    body.push(Stmt::Assign(
                        pattern(name),
                        declarator.field("value").map_or_else(unknown, expr),
                    ));
                    body.extend(defaults(name));
                }
            }
        }
        "function_declaration" | "generator_function_declaration" => {
            body.push(Stmt::Def(Arc::new(function(node))));
        }
        "class_declaration" | "abstract_class_declaration" => body.push(Stmt::Class(Arc::new(class(node)))),
        "enum_declaration" => body.push(enumeration(node)),
        "import_statement" => body.extend(import(node)),
        "export_statement" => export(node, body),
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "if_statement" => {
            body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
            let (missing, there) = node.field("condition").map(missing_or_there).unwrap_or_default();
            let arm = |subject: Option<Expr>, body: Vec<Stmt>| match subject {
                Some(subject) => Stmt::Unless(subject, body),
                None => Stmt::Branch(body),
            };
            body.push(arm(missing, branch(node.field("consequence"))));
            let alternative = node.field("alternative").and_then(Syntax::first);
            body.push(arm(there, branch(alternative)));
        }
        "for_in_statement" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                body.push(Stmt::For(pattern(left), expr(right), branch(node.field("body"))));
            }
        }
        "for_statement" | "while_statement" | "do_statement" => {
            body.push(Stmt::Branch(branch(node.field("body"))));
        }
        "try_statement" => {
            body.push(Stmt::Branch(branch(node.field("body"))));
            let handler = node.field("handler").and_then(|it| it.field("body"));
            body.push(Stmt::Branch(branch(handler)));
            let last = node.field("finalizer").and_then(|it| it.field("body"));
            body.push(Stmt::Branch(branch(last)));
        }
        "switch_statement" => {
            let cases = node.field("body").into_iter().flat_map(Syntax::children).map(case).collect();
            body.extend(node.field("value").map(|subject| Stmt::Switch(expr(subject), cases)));
        }
        "statement_block" => body.extend(block(node)),
        "labeled_statement" => body.extend(branch(node.field("body"))),
        "ambient_declaration" | "internal_module" | "comment" => {}
        _ => {}
    }
}

/// What names of a pattern stand for where nothing is there: `const { version = "v8" } = options`.
fn defaults(pattern: Syntax<'_>) -> Vec<Stmt> {
    let own = pattern.children().into_iter().filter(|it| it.kind() == "object_assignment_pattern");
    let assigned = own.filter_map(|it| {
        let (name, default) = (it.field("left")?, it.field("right")?);
        let both = Box::new([name.expr(ExprKind::Name(name.words().into())), expr(default)]);
        Some(Stmt::Assign(Pattern::Name(name.words().into()), name.expr(ExprKind::Default(both))))
    });
    assigned.collect()
}

/// What a condition says is missing, as `!x` and `x == null` do, or what it says is there, as `x` does.
fn missing_or_there(condition: Syntax<'_>) -> (Option<Expr>, Option<Expr>) {
    let is_name = |it: &Syntax<'_>| matches!(it.kind(), "identifier" | "member_expression");
    let named = |it: Option<Syntax<'_>>| it.filter(is_name).map(expr);
    match condition.kind() {
        "parenthesized_expression" => condition.first().map(missing_or_there).unwrap_or_default(),
        "unary_expression" if condition.field_words("operator") == "!" => {
            (named(condition.field("argument")), None)
        }
        "binary_expression"
            if matches!(condition.field_words("operator"), "==" | "===")
                && matches!(condition.field_words("right"), "null" | "undefined") =>
        {
            (named(condition.field("left")), None)
        }
        _ => (None, named(Some(condition))),
    }
}

/// The assignment of a member (`module.exports = …`) is a statement; that of a name is an expression, as the
/// name may be that of an outer scope.
fn expression_statement(expr: Expr) -> Stmt {
    match expr.kind {
        ExprKind::Assigned(assigned) if matches!(assigned.0, Pattern::Attr(..)) => {
            Stmt::Assign(assigned.0, assigned.1)
        }
        _ => Stmt::Expr(expr),
    }
}

fn case(node: Syntax<'_>) -> Case {
    let mut body = Vec::new();
    node.fields("body").into_iter().for_each(|it| stmt(it, &mut body));
    Case { value: node.field("value").map(expr), body }
}

fn function(node: Syntax<'_>) -> Func {
    let params = match (node.field("parameters"), node.field("parameter")) {
        (Some(list), _) => list.children().into_iter().flat_map(parameters).collect(),
        (None, Some(one)) => vec![Param::new(pattern(one), None)],
        (None, None) => Vec::new(),
    };
    let body = match node.field("body") {
        Some(it) if it.kind() == "statement_block" => {
            let params = node.field("parameters").map(Syntax::children).unwrap_or_default();
            flags::body(it, &params)
        }
        Some(it) => vec![Stmt::Return(Some(expr(it)))],
        None => Vec::new(),
    };
    let getter = node.tokens().iter().any(|it| it.kind() == "get");
    let mut fields = parameter_fields(node);
    fields.extend(body);
    let body = fields;
    Func { name: node.field_words("name").into(), params, body, getter, ..Func::default() }
}

/// `constructor(private app: Express)` is a field, too.
fn parameter_fields(node: Syntax<'_>) -> Vec<Stmt> {
    let params = node.field("parameters").into_iter().flat_map(Syntax::children);
    let fields = params.filter(|it| it.child("accessibility_modifier").is_some()).filter_map(|it| {
        let name = it.field("pattern")?;
        let this = name.expr(ExprKind::Name("this".into()));
        let value = name.expr(ExprKind::Name(name.words().into()));
        Some(Stmt::Assign(Pattern::Attr(this, name.words().into()), value))
    });
    fields.collect()
}

/// One parameter, or those that `...[router, options]: Arguments` takes apart.
fn parameters(node: Syntax<'_>) -> Vec<Param> {
    let own = node.field("pattern").unwrap_or(node);
    match own.first().filter(|it| own.kind() == "rest_pattern" && it.kind() == "array_pattern") {
        Some(list) => elements(list)
            .into_iter()
            .map(|it| it.map_or_else(|| Param::new(Pattern::Ignored, None), param))
            .collect(),
        None => vec![param(node)],
    }
}

fn param(node: Syntax<'_>) -> Param {
    match node.kind() {
        "required_parameter" | "optional_parameter" => Param {
            of: node.field("type").and_then(Syntax::first).map(type_name),
            decorators: node.fields("decorator").into_iter().filter_map(Syntax::first).map(expr).collect(),
            optional: node.kind() == "optional_parameter",
            ..Param::new(
                node.field("pattern").map_or(Pattern::Ignored, pattern),
                node.field("value").map(expr),
            )
        },
        "assignment_pattern" => {
            Param::new(node.field("left").map_or(Pattern::Ignored, pattern), node.field("right").map(expr))
        }
        _ => Param::new(pattern(node), None),
    }
}

/// The name of a type without its arguments.
fn type_name(node: Syntax<'_>) -> Expr {
    let name = node.field("name").unwrap_or(node).words();
    node.expr(ExprKind::Name(name.into()))
}

fn class(node: Syntax<'_>) -> Class {
    let heritage = node.child("class_heritage").into_iter().flat_map(Syntax::children);
    let bases = heritage.filter_map(|it| match it.kind() {
        "extends_clause" => it.field("value").map(expr),
        "implements_clause" => None,
        _ => Some(expr(it)),
    });
    let bases = bases.collect();
    let mut body = Vec::new();
    let mut before = Vec::new();
    for member in node.field("body").into_iter().flat_map(Syntax::children) {
        // The decorators of a method stand before it, those of a class or a field inside.
        let decorators = std::mem::take(&mut before);
        match member.kind() {
            "decorator" => {
                before = decorators;
                before.extend(member.first().map(expr));
            }
            "method_definition" => {
                body.push(Stmt::Def(Arc::new(Func { decorators, ..function(member) })));
            }
            "field_definition" | "public_field_definition" => {
                let name = member.field("property").or_else(|| member.field("name"));
                if let (Some(name), Some(value)) = (name, member.field("value")) {
                    body.push(Stmt::Assign(Pattern::Name(name.words().into()), expr(value)));
                }
            }
            _ => {}
        }
    }
    let outside = node.node.parent().filter(|it| it.kind() == "export_statement");
    let mut decorators = node.fields("decorator");
    decorators.extend(outside.into_iter().flat_map(|it| node.beside(it).fields("decorator")));
    let decorators = decorators.into_iter().filter_map(Syntax::first).map(expr).collect();
    let kind = match node.kind() {
        "abstract_class_declaration" => ClassKind::Abstract,
        _ => ClassKind::Concrete,
    };
    Class { name: node.field_words("name").into(), bases, body, decorators, kind, ..Class::default() }
}

/// An enumeration is an object of its members.
fn enumeration(node: Syntax<'_>) -> Stmt {
    let members = node.field("body").into_iter().flat_map(Syntax::children);
    let entries = members.filter_map(|it| {
        Some(Property { key: Some(key(it.field("name")?)), value: expr(it.field("value")?) })
    });
    let object = node.expr(ExprKind::Object(entries.collect()));
    Stmt::Assign(Pattern::Name(node.field_words("name").into()), object)
}
