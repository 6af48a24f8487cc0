//! Python → [`ir`](crate::parse::routes::ir).

mod decision;
mod expr;
mod types;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{expr, pattern};
use types::type_of;

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let Some(tree) = parse(&tree_sitter_python::LANGUAGE.into(), text) else { return Module::default() };
    Module { body: block(Syntax::root(&tree, text)), ..Module::default() }
}

fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

fn field_block(node: Syntax<'_>, name: &str) -> Vec<Stmt> {
    node.field(name).map(block).unwrap_or_default()
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "expression_statement" => node.children().into_iter().for_each(|it| simple(it, body)),
        "function_definition" | "class_definition" => definition(node, Vec::new(), body),
        "decorated_definition" => {
            let children = node.children();
            let decorators = children.iter().filter(|it| it.kind() == "decorator");
            let decorators = decorators.filter_map(|it| it.first().map(expr)).collect();
            if let Some(inner) = node.field("definition") {
                definition(inner, decorators, body);
            }
        }
        "import_statement" => import(node, body),
        "import_from_statement" => import_from(node, body),
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "if_statement" if !is_of_development(node.field_words("condition")) => {
            let other = || alternatives(&node.fields("alternative"));
            match decision::decided(node, || field_block(node, "consequence"), other) {
                Some(decided) => body.push(decided),
                None => branches(node, body),
            }
        }
        "if_statement" | "while_statement" => branches(node, body),
        "try_statement" => {
            body.push(Stmt::Branch(field_block(node, "body")));
            for clause in node.children() {
                if matches!(clause.kind(), "except_clause" | "except_group_clause" | "finally_clause") {
                    body.extend(clause.child("block").map(|it| Stmt::Branch(block(it))));
                } else if clause.kind() == "else_clause" {
                    body.push(Stmt::Branch(field_block(clause, "body")));
                }
            }
        }
        "for_statement" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                body.push(Stmt::For(pattern(left), expr(right), field_block(node, "body")));
            }
        }
        "with_statement" => {
            for item in node.child("with_clause").into_iter().flat_map(Syntax::children) {
                body.extend(item.field("value").map(with_item));
            }
            body.extend(field_block(node, "body"));
        }
        "match_statement" => {
            let cases = node.field("body").into_iter().flat_map(Syntax::children);
            body.extend(cases.map(|case| Stmt::Branch(field_block(case, "consequence"))));
        }
        _ => {}
    }
}

/// What a condition says is missing: `not x`, `x is None`.
fn missing(condition: Syntax<'_>) -> Option<Expr> {
    let subject = match condition.kind() {
        "not_operator" => condition.field("argument")?,
        "comparison_operator" if condition.words().ends_with(" is None") => condition.first()?,
        _ => return None,
    };
    matches!(subject.kind(), "identifier" | "attribute").then(|| expr(subject))
}

/// The branches of an `if` of which any may be run, or of a loop.
fn branches(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
    if !is_of_development(node.field_words("condition")) {
        body.push(match node.field("condition").and_then(missing) {
            Some(subject) => Stmt::Unless(subject, field_block(node, "consequence")),
            None => Stmt::Branch(field_block(node, "consequence")),
        });
    }
    body.push(Stmt::Branch(field_block(node, "body")));
    for clause in node.fields("alternative") {
        body.extend(clause.field("condition").map(|it| Stmt::Expr(expr(it))));
        body.push(Stmt::Branch(field_block(clause, "consequence")));
        body.push(Stmt::Branch(field_block(clause, "body")));
    }
}

/// What is run where the condition of an `if` does not hold.
fn alternatives(clauses: &[Syntax<'_>]) -> Vec<Stmt> {
    let Some((clause, rest)) = clauses.split_first() else { return Vec::new() };
    if clause.kind() == "else_clause" {
        return field_block(*clause, "body");
    }
    let taken = || field_block(*clause, "consequence");
    if let Some(decided) = decision::decided(*clause, taken, || alternatives(rest)) {
        return vec![decided];
    }
    let mut body: Vec<Stmt> = clause.field("condition").map(|it| Stmt::Expr(expr(it))).into_iter().collect();
    body.push(Stmt::Branch(taken()));
    body.push(Stmt::Branch(alternatives(rest)));
    body
}

/// Whether a condition holds only where somebody works on the program: `if settings.DEBUG:`,
/// `if settings.ENVIRONMENT == "development":`.
fn is_of_development(condition: &str) -> bool {
    let first = condition.split(" and ").next().unwrap_or(condition).trim();
    let is_debug = matches!(first, "settings.DEBUG" | "getattr(settings, 'DEBUG', False)")
        || first == r#"getattr(settings, "DEBUG", False)"#;
    let asks_for_development = first.split_once(" == ").is_some_and(|(name, value)| {
        let name = name.rsplit('.').next().unwrap_or(name).to_ascii_uppercase();
        let value = value.trim_matches(['"', '\'']);
        let is_name = ["ENV", "ENVIRONMENT", "MODE", "STAGE"]
            .iter()
            .any(|it| name == *it || name.ends_with(&format!("_{it}")));
        is_name && matches!(value, "dev" | "development" | "local" | "test" | "testing")
    });
    (is_debug || asks_for_development) && !condition.contains(" or ")
}

/// What is bound by `with x as y` is not `x`, so it is unknown.
fn with_item(value: Syntax<'_>) -> Stmt {
    if value.kind() != "as_pattern" {
        return Stmt::Expr(expr(value));
    }
    let opened = value.expr(ExprKind::Other(value.first().map(expr).into_iter().collect()));
    let target = value.field("alias").and_then(Syntax::first).map_or(Pattern::Ignored, pattern);
    Stmt::Assign(target, opened)
}

fn simple(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
        return body.push(Stmt::Expr(expr(node)));
    };
    match node.kind() {
        "assignment" => {
            let value = right;
            if matches!(right.kind(), "assignment") {
                // `a = b = value`: the inner one first, then the outer takes the inner's target, as a value that is
                // made is made once.
                simple(right, body);
                let mut last = right;
                while let Some(inner) = last.field("right").filter(|_| last.kind() == "assignment") {
                    last = inner;
                }
                let made = !matches!(last.kind(), "none" | "true" | "false" | "identifier" | "string");
                if let Some(inner) = if made { right.field("left") } else { Some(last) } {
                    body.push(Stmt::Assign(pattern(left), expr(inner)));
                }
            } else {
                body.push(Stmt::Assign(pattern(left), expr(value)));
            }
        }
        "augmented_assignment" if node.field_words("operator") == "+=" => {
            let sum = node.expr(ExprKind::Concat(vec![expr(left), expr(right)]));
            body.push(Stmt::Assign(pattern(left), sum));
        }
        _ => body.push(Stmt::Expr(expr(node))),
    }
}

fn definition(node: Syntax<'_>, decorators: Vec<Expr>, body: &mut Vec<Stmt>) {
    let name = node.field_words("name").into();
    if node.kind() == "class_definition" {
        let bases = node.field("superclasses").into_iter().flat_map(Syntax::children);
        let bases = bases.filter(|it| it.kind() != "keyword_argument").map(expr).collect();
        let fields = node.field("body").map(typed_fields).unwrap_or_default();
        let body_of_class = field_block(node, "body");
        let class = Class { name, bases, body: body_of_class, decorators, fields, ..Class::default() };
        body.push(Stmt::Class(Arc::new(class)));
    } else {
        let getter = decorators.iter().any(|it| match &it.kind {
            ExprKind::Name(name) => matches!(&**name, "property" | "cached_property" | "computed_field"),
            ExprKind::Attr(_, name) => &**name == "cached_property",
            _ => false,
        });
        let params = node.field("parameters").map(params).unwrap_or_default();
        body.push(Stmt::Def(Arc::new(Func {
            name,
            params,
            body: field_block(node, "body"),
            decorators,
            getter,
            ..Func::default()
        })));
    }
}

/// The names of `path: str` in the body of a class.
fn typed_fields(body: Syntax<'_>) -> Vec<Param> {
    let statements = body.children().into_iter().filter(|it| it.kind() == "expression_statement");
    let typed = statements.filter_map(Syntax::first).filter(|it| it.field("type").is_some());
    let field = |it: Syntax<'_>| {
        let name = Pattern::Name(it.field_words("left").into());
        Param { of: it.field("type").map(type_of), ..Param::new(name, it.field("right").map(expr)) }
    };
    typed.map(field).collect()
}

fn params(node: Syntax<'_>) -> Vec<Param> {
    let one = |it: Syntax<'_>| match it.kind() {
        "identifier" | "tuple_pattern" | "list_splat_pattern" | "dictionary_splat_pattern" => {
            Some(Param::new(pattern(it), None))
        }
        "default_parameter" | "typed_default_parameter" => {
            let name = it.field("name").map_or(Pattern::Ignored, pattern);
            let of = it.field("type").map(type_of);
            Some(Param { of, ..Param::new(name, it.field("value").map(expr)) })
        }
        "typed_parameter" => {
            let name = it.first().map_or(Pattern::Ignored, pattern);
            Some(Param { of: it.field("type").map(type_of), ..Param::new(name, None) })
        }
        _ => None,
    };
    node.children().into_iter().filter_map(one).collect()
}

fn import(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    for name in node.fields("name") {
        let (module, names) = match name.field("alias") {
            Some(alias) => (name.field_words("name"), Imported::Module(alias.words().into())),
            None => (name.words(), Imported::Package),
        };
        body.push(Stmt::Import(Import { module: compact(module), names: vec![names] }));
    }
}

fn import_from(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let module = compact(node.field_words("module_name"));
    let mut names: Vec<Imported> = Vec::new();
    for name in node.fields("name") {
        let (what, alias) = match name.field("alias") {
            Some(alias) => (name.field_words("name"), alias.words()),
            None => (name.words(), name.words()),
        };
        names.push(Imported::Name(what.into(), alias.into()));
    }
    if node.child("wildcard_import").is_some() {
        names.push(Imported::All);
    }
    body.push(Stmt::Import(Import { module, names }));
}

/// A dotted name may be broken by blanks.
fn compact(name: &str) -> Box<str> {
    name.chars().filter(|it| !it.is_whitespace()).collect::<String>().into()
}
