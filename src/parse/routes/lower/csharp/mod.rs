//! C# → [`ir`](crate::parse::routes::ir).

mod expr;
mod types;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::expr;
use types::{declare, import};

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let Some(tree) = parse(&tree_sitter_c_sharp::LANGUAGE.into(), text) else { return Module::default() };
    let mut module = Module::default();
    file(Syntax::root(&tree, text), &mut module);
    module
}

fn file(node: Syntax<'_>, module: &mut Module) {
    if node.too_deep() {
        return;
    }
    for part in node.children() {
        match part.kind() {
            "using_directive" => module.body.extend(import(part)),
            "namespace_declaration" | "file_scoped_namespace_declaration" => {
                if module.package.is_empty() {
                    module.package = part.field_words("name").into();
                }
                match part.field("body") {
                    Some(body) => file(body, module),
                    None => file(part, module),
                }
            }
            "preproc_if" if is_debugged(part) => {
                part.field("alternative").into_iter().for_each(|it| file(it, module));
            }
            "preproc_if" | "preproc_elif" | "preproc_else" => file(part, module),
            "global_statement" => part.children().into_iter().for_each(|it| stmt(it, &mut module.body)),
            _ => declare(part, &mut module.body),
        }
    }
}

/// Statements of a block.
fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

/// The body of an `if` or a loop, which may be one statement without braces.
fn branch(node: Option<Syntax<'_>>) -> Stmt {
    let mut body = Vec::new();
    if let Some(it) = node {
        stmt(it, &mut body);
    }
    Stmt::Branch(body)
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "expression_statement" => body.extend(node.first().map(|it| statement(expr(it)))),
        "local_declaration_statement" | "variable_declaration" => {
            let all = node.children().into_iter();
            for declaration in all.filter(|it| it.kind() == "variable_declaration").chain([node]) {
                let variables =
                    declaration.children().into_iter().filter(|it| it.kind() == "variable_declarator");
                body.extend(variables.filter_map(types::variable));
            }
        }
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "if_statement" => {
            body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
            // What is served only while somebody works on the program.
            let condition = node.field_words("condition");
            let is_of_development = !condition.starts_with('!')
                && condition.ends_with("Environment.IsDevelopment()")
                && !condition.contains("||");
            if !is_of_development {
                body.push(branch(node.field("consequence")));
            }
            body.push(branch(node.field("alternative")));
        }
        "foreach_statement" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                let mut inner = Vec::new();
                // `foreach (IEndpoint endpoint in endpoints)`
                if let Some(of) = node.field("type").filter(|it| it.kind() == "identifier") {
                    let value = left.expr(ExprKind::Name(left.words().into()));
                    let typed = left.expr(expr::cast(expr::type_of(of), value));
                    inner.push(Stmt::Assign(Pattern::Name(left.words().into()), typed));
                }
                node.field("body").into_iter().for_each(|it| stmt(it, &mut inner));
                body.push(Stmt::For(Pattern::Name(left.words().into()), expr(right), inner));
            }
        }
        "for_statement" | "while_statement" | "do_statement" | "lock_statement" => {
            body.push(branch(node.field("body").or_else(|| node.children().last().copied())));
        }
        "using_statement" => {
            node.children()
                .into_iter()
                .filter(|it| it.kind() == "variable_declaration")
                .for_each(|it| stmt(it, body));
            node.field("body").into_iter().for_each(|it| stmt(it, body));
        }
        "try_statement" => {
            body.push(Stmt::Branch(node.field("body").map(block).unwrap_or_default()));
            for clause in node.children() {
                if matches!(clause.kind(), "catch_clause" | "finally_clause") {
                    let inner = clause.child("block").map(block).unwrap_or_default();
                    body.push(Stmt::Branch(inner));
                }
            }
        }
        "switch_statement" => {
            for section in node.field("body").into_iter().flat_map(Syntax::children) {
                body.push(Stmt::Branch(block(section)));
            }
        }
        "block" | "checked_statement" | "unsafe_statement" => body.extend(block(node)),
        "preproc_if" | "preproc_else" | "preproc_elif" if !node.too_deep() => {
            compiled(node).into_iter().for_each(|it| stmt(it, body));
        }
        _ => declare(node, body),
    }
}

/// `#if DEBUG` holds only while somebody works on the program.
fn is_debugged(node: Syntax<'_>) -> bool {
    node.field_words("condition") == "DEBUG"
}

/// What is compiled of `#if …`.
fn compiled(node: Syntax<'_>) -> Vec<Syntax<'_>> {
    match is_debugged(node) {
        true => node.field("alternative").into_iter().collect(),
        false => node.children(),
    }
}

/// An assignment of a field is a statement.
fn statement(expr: Expr) -> Stmt {
    match expr.kind {
        ExprKind::Assigned(assigned) => Stmt::Assign(assigned.0, assigned.1),
        _ => Stmt::Expr(expr),
    }
}
