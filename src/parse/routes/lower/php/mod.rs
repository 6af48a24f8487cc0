//! PHP → [`ir`](crate::parse::routes::ir).
//!
//! Variables keep their `$`, so that no function shares their name; `$this` is `this`. A class constant is a
//! field, `Order::class` is the class's name as a text, `require` is a call of `(require)`.

mod docblock;
mod expr;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{expr, pattern};

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let Some(tree) = parse(&tree_sitter_php::LANGUAGE_PHP.into(), text) else { return Module::default() };
    let root = Syntax::root(&tree, text);
    let package = root.child("namespace_definition").map_or("", |it| it.field_words("name"));
    Module { body: block(root), package: package.into() }
}

/// The statements of a block, or one statement that stands in its place.
fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        match node.kind() {
            "compound_statement"
            | "colon_block"
            | "program"
            | "declaration_list"
            | "enum_declaration_list" => node.children().into_iter().for_each(|it| stmt(it, &mut body)),
            _ => stmt(node, &mut body),
        }
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
        "expression_statement" => {
            if let Some(inner) = node.first() {
                body.push(match inner.kind() {
                    "assignment_expression" => match (inner.field("left"), inner.field("right")) {
                        (Some(left), Some(right)) => assignment(left, right),
                        _ => Stmt::Expr(expr(inner)),
                    },
                    _ => Stmt::Expr(expr(inner)),
                });
            }
        }
        "namespace_definition" => body.extend(field_block(node, "body")),
        "namespace_use_declaration" => uses(node, body),
        "function_definition" | "method_declaration" => body.push(Stmt::Def(Arc::new(function(node)))),
        "class_declaration" | "enum_declaration" | "interface_declaration" | "trait_declaration" => {
            body.push(Stmt::Class(Arc::new(class(node))));
        }
        "const_declaration" => {
            for element in node.children().into_iter().filter(|it| it.kind() == "const_element") {
                if let [name, value] = element.children().as_slice() {
                    body.push(Stmt::Assign(Pattern::Name(name.words().into()), expr(*value)));
                }
            }
        }
        "enum_case" => {
            if let Some(value) = node.field("value") {
                body.push(Stmt::Assign(Pattern::Name(node.field_words("name").into()), expr(value)));
            }
        }
        "property_declaration" => {
            for element in node.children().into_iter().filter(|it| it.kind() == "property_element") {
                if let Some(value) = element.field("default_value") {
                    let name = element.field_words("name").trim_start_matches('$');
                    body.push(Stmt::Assign(Pattern::Name(name.into()), expr(value)));
                }
            }
        }
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "if_statement" => {
            let condition = node.field("condition").map(expr);
            let words = node.field_words("condition");
            let alternatives = node.fields("alternative");
            if let (true, Some(condition), [] | [_]) =
                (is_decidable(words), condition, alternatives.as_slice())
            {
                let case = |holds: bool, body: Vec<Stmt>| {
                    let value = Some(node.expr(ExprKind::Bool(holds)));
                    Case { value, body }
                };
                let other = alternatives.first().map(|it| match it.kind() {
                    "else_if_clause" => vec![Stmt::Branch(field_block(*it, "body"))],
                    _ => field_block(*it, "body"),
                });
                let cases =
                    vec![case(true, field_block(node, "body")), case(false, other.unwrap_or_default())];
                body.push(Stmt::Switch(condition, cases));
                return;
            }
            body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
            if !is_of_development(words) {
                body.push(Stmt::Branch(field_block(node, "body")));
            }
            for clause in alternatives {
                body.push(Stmt::Branch(field_block(clause, "body")));
            }
        }
        "while_statement" | "for_statement" | "do_statement" => {
            body.push(Stmt::Branch(node.fields("body").into_iter().flat_map(block).collect()));
        }
        "try_statement" => {
            body.push(Stmt::Branch(field_block(node, "body")));
            for clause in node.children() {
                body.push(Stmt::Branch(field_block(clause, "body")));
            }
        }
        "switch_statement" => {
            for case in node.field("body").into_iter().flat_map(Syntax::children) {
                let mut inner = Vec::new();
                case.children().into_iter().for_each(|it| stmt(it, &mut inner));
                body.push(Stmt::Branch(inner));
            }
        }
        "foreach_statement" => foreach(node, body),
        "compound_statement" => body.extend(block(node)),
        _ => {}
    }
}

/// Whether a condition asks if there is a value, which may be known: `isset($options['prefix'])`.
fn is_decidable(condition: &str) -> bool {
    let condition = condition.trim_start_matches(['(', '!', ' ']);
    let asks = ["isset(", "is_null(", "empty("].iter().any(|it| condition.starts_with(it));
    asks && condition.matches('(').count() == 1 && !condition.contains("&&") && !condition.contains("||")
}

/// Whether a condition holds only where somebody works on the program: `app()->environment('local')`,
/// `$routes->env() === 'dev'`, `! app()->isProduction()`.
fn is_of_development(condition: &str) -> bool {
    let names = |words: &[&str]| {
        words
            .iter()
            .any(|it| condition.contains(&format!("'{it}'")) || condition.contains(&format!("\"{it}\"")))
    };
    let asks = ["isLocal()", "isProduction()", "runningUnitTests()"].iter().any(|it| condition.contains(it));
    if condition.contains("||") || !(asks || condition.to_ascii_lowercase().contains("env")) {
        return false;
    }
    let denied = condition.trim_matches(['(', ' ']).starts_with('!') || condition.contains("!=");
    if denied {
        return condition.contains("isProduction()")
            || (names(&["prod", "production"]) && !names(&["local", "dev"]));
    }
    let is_asked = ["environment(", "==", "in_array("].iter().any(|it| condition.contains(it));
    let is_local =
        names(&["local", "dev", "test", "testing", "development"]) && !names(&["prod", "production"]);
    condition.contains("isLocal()") || condition.contains("runningUnitTests()") || (is_asked && is_local)
}

fn assignment(left: Syntax<'_>, right: Syntax<'_>) -> Stmt {
    Stmt::Assign(pattern(left), expr(right))
}

/// `foreach ($items as $key => $item)` goes over the entries, without a key over the values.
fn foreach(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let block = field_block(node, "body");
    let children = node.children();
    let (Some(items), Some(target)) = (children.first(), children.get(1)) else { return };
    let method = if target.kind() == "pair" { "entries" } else { "values" };
    let target = match target.kind() {
        "pair" => Pattern::List(target.children().into_iter().map(pattern).collect()),
        _ => pattern(*target),
    };
    let callee = items.expr(ExprKind::Attr(Box::new(expr(*items)), method.into()));
    let items = items.expr(ExprKind::Call(Box::new(Call { callee, args: Vec::new() })));
    body.push(Stmt::For(target, items, block));
}

/// `use App\Http\Routes as R;`, `use App\{A, B};`
fn uses(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let before = node.child("namespace_name").map_or("", Syntax::words);
    let group = node.field("body");
    let clauses = group.map_or_else(|| node.children(), Syntax::children);
    for clause in clauses.into_iter().filter(|it| it.kind() == "namespace_use_clause") {
        let Some(name) = clause.first().map(Syntax::words) else { continue };
        let module = if before.is_empty() { name.to_owned() } else { format!("{before}\\{name}") };
        let module = module.trim_start_matches('\\');
        let last = module.rsplit('\\').next().unwrap_or(module);
        let alias = clause.field("alias").map_or(last, Syntax::words);
        let names = vec![Imported::Name(last.into(), alias.into())];
        body.push(Stmt::Import(Import { module: module.into(), names }));
    }
}

/// A function, a method or a closure.
fn function(node: Syntax<'_>) -> Func {
    let body = match node.field("body") {
        Some(it) if it.kind() == "compound_statement" => block(it),
        it => vec![Stmt::Return(it.map(expr))],
    };
    Func {
        name: node.field_words("name").into(),
        params: params(node),
        body,
        decorators: attributes(node),
        ..Func::default()
    }
}

fn params(node: Syntax<'_>) -> Vec<Param> {
    let all = node.field("parameters").into_iter().flat_map(Syntax::children);
    all.filter_map(|it| {
        let name = it.field("name")?.words();
        let pattern = if it.kind() == "variadic_parameter" {
            Pattern::Rest(name.into())
        } else {
            Pattern::Name(name.into())
        };
        Some(Param {
            of: it.field("type").map(type_of),
            decorators: if it.field("attributes").is_some() { attributes(it) } else { Vec::new() },
            optional: it.field("type").is_some_and(|it| it.words().starts_with('?')),
            ..Param::new(pattern, it.field("default_value").map(expr))
        })
    })
    .collect()
}

/// A type; `?int` is `int` here.
fn type_of(node: Syntax<'_>) -> Expr {
    match (node.kind(), node.first()) {
        ("primitive_type", _) => node.expr(ExprKind::Name(node.words().into())),
        ("optional_type", Some(inner)) if !node.too_deep() => type_of(inner),
        _ => expr(node),
    }
}

fn class(node: Syntax<'_>) -> Class {
    let body = node.field("body").into_iter().flat_map(Syntax::children);
    // What a trait declares is as if the class declared it.
    let traits = body.filter(|it| it.kind() == "use_declaration");
    let bases = node.child("base_clause").into_iter().chain(traits).flat_map(Syntax::children);
    let bases = bases.filter(|it| matches!(it.kind(), "name" | "qualified_name"));
    Class {
        name: node.field_words("name").into(),
        bases: bases.map(expr).collect(),
        body: field_block(node, "body"),
        decorators: attributes(node),
        kind: match node.kind() {
            "enum_declaration" => ClassKind::Enum,
            "interface_declaration" => ClassKind::Interface,
            "trait_declaration" => ClassKind::Abstract,
            _ if node.child("abstract_modifier").is_some() => ClassKind::Abstract,
            _ => ClassKind::Concrete,
        },
        ..Class::default()
    }
}

/// `#[Get('orders')]`, or what older code writes in the comment before.
fn attributes(node: Syntax<'_>) -> Vec<Expr> {
    if node.field("attributes").is_none() {
        let before = node.node.prev_sibling().filter(|it| it.kind() == "comment");
        return before.map_or_else(Vec::new, |it| docblock::annotations(node.beside(it)));
    }
    let groups = node.field("attributes").into_iter().flat_map(Syntax::children);
    let all = groups.flat_map(Syntax::children).filter(|it| it.kind() == "attribute");
    all.filter_map(|it| {
        let callee = expr(it.first()?);
        let args = it.field("parameters").map(expr::arguments).unwrap_or_default();
        Some(it.expr(ExprKind::Call(Box::new(Call { callee, args }))))
    })
    .collect()
}
