//! Go → [`ir`](crate::parse::routes::ir).
//!
//! What Go has and the form has not is said with calls of Go's own keywords, which no program can define:
//! `package` and its name as the first statement, `var(T)` for a value of a type that nobody gave, `range(x)`
//! for the pairs of a loop, `default(x, y)` for `y` where `x` is nil or empty, and two of [`SUM`] and [`PUT`]. A type is an expression, too: a
//! name, a list of the element for a slice, a list of key and element for a map, a class for a structure.
//! A method is the assignment of a function to an attribute of its type; its receiver is the first parameter.

mod control;
mod expr;
mod types;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use control::{branch, for_loop, switch};
use expr::{expr, keyword, literal_text, pattern, values};
use types::{params, type_expr};

/// Lowers a file; one that is no part of the program (`//go:build ignore`) has nothing.
pub(super) fn lower(text: &str) -> Module {
    let head = text.split("package ").next().unwrap_or_default();
    let is_set_apart = |line: &str| {
        let tags = line.trim().strip_prefix("//go:build ").or_else(|| line.trim().strip_prefix("// +build "));
        matches!(tags.map(str::trim), Some("ignore" | "wireinject" | "tools"))
    };
    if head.lines().any(is_set_apart) {
        return Module::default();
    }
    let Some(tree) = parse(&tree_sitter_go::LANGUAGE.into(), text) else { return Module::default() };
    let mut body = Vec::new();
    for node in Syntax::root(&tree, text).children() {
        match node.kind() {
            "package_clause" => {
                let name = node.first().map_or("", Syntax::words);
                let value = node.expr(ExprKind::Str(name.into()));
                body.push(Stmt::Assign(Pattern::Name("package".into()), value));
            }
            "import_declaration" => imports(node, &mut body),
            "function_declaration" => body.push(Stmt::Def(Arc::new(function(node, None)))),
            "method_declaration" => body.extend(method(node)),
            _ => stmt(node, &mut body),
        }
    }
    Module { body, ..Module::default() }
}

fn imports(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    for child in node.children() {
        match child.kind() {
            "import_spec_list" => imports(child, body),
            "import_spec" => {
                let module: Box<str> = child.field("path").map(literal_text).unwrap_or_default().into();
                let names = match child.field("name") {
                    Some(it) if it.kind() == "dot" => vec![Imported::All],
                    Some(it) if it.kind() == "blank_identifier" => Vec::new(),
                    Some(it) => vec![Imported::Module(it.words().into())],
                    // The name stands in the package itself.
                    None => vec![Imported::Package],
                };
                body.push(Stmt::Import(Import { module, names }));
            }
            _ => {}
        }
    }
}

fn method(node: Syntax<'_>) -> Option<Stmt> {
    let receiver = node.field("receiver")?.child("parameter_declaration")?;
    let of = type_expr(receiver.field("type")?);
    let func = Arc::new(function(node, Some(receiver)));
    let name = func.name.clone();
    Some(Stmt::Assign(Pattern::Attr(of, name), node.expr(ExprKind::Func(func))))
}

fn function(node: Syntax<'_>, receiver: Option<Syntax<'_>>) -> Func {
    let mut all = Vec::new();
    if let Some(receiver) = receiver {
        let name = receiver.field("name").map_or(Pattern::Ignored, pattern);
        all.push(Param::new(name, receiver.field("type").map(types::value_of)));
    }
    all.extend(node.field("parameters").map(params).unwrap_or_default());
    let mut body = Vec::new();
    // A named result is a variable that `return` alone returns.
    let results: Vec<Syntax<'_>> = node
        .field("result")
        .filter(|it| it.kind() == "parameter_list")
        .into_iter()
        .flat_map(Syntax::children)
        .flat_map(|it| it.fields("name"))
        .collect();
    body.extend(node.field("body").map(block).unwrap_or_default());
    if !results.is_empty() {
        name_results(&mut body, &results);
    }
    Func { name: node.field_words("name").into(), params: all, body, ..Func::default() }
}

/// Gives a bare `return` the named results.
fn name_results(body: &mut [Stmt], results: &[Syntax<'_>]) {
    for stmt in body {
        match stmt {
            Stmt::Return(value @ None) => {
                let mut all: Vec<Expr> = results.iter().map(|&it| expr(it)).collect();
                let first = results.first().filter(|_| all.len() == 1);
                *value = match first {
                    Some(_) => all.pop(),
                    None => results.first().map(|it| it.expr(ExprKind::List(all))),
                };
            }
            Stmt::Branch(body) | Stmt::For(_, _, body) => name_results(body, results),
            Stmt::Switch(_, cases) => cases.iter_mut().for_each(|it| name_results(&mut it.body, results)),
            _ => {}
        }
    }
}

fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        for child in node.children() {
            if child.kind() == "statement_list" {
                child.children().into_iter().for_each(|it| stmt(it, &mut body));
            } else {
                stmt(child, &mut body);
            }
        }
    }
    body
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "expression_statement" | "go_statement" | "defer_statement" => {
            if let Some(inner) = node.first() {
                body.push(Stmt::Expr(expr(inner)));
                body.extend(flag_variable(inner));
            }
        }
        "short_var_declaration" => declare(node, body),
        "assignment_statement" => assign(node, body),
        "var_declaration" | "const_declaration" | "var_spec_list" | "type_declaration" => {
            node.children().into_iter().for_each(|it| stmt(it, body));
        }
        "var_spec" | "const_spec" => variables(node, body),
        "type_spec" => body.extend(types::declaration(node)),
        "type_alias" => {
            let name = Pattern::Name(node.field_words("name").into());
            body.extend(node.field("type").map(|it| Stmt::Assign(name, type_expr(it))));
        }
        "return_statement" => {
            let value = node.first().map(|list| match list.kind() {
                "expression_list" if list.children().len() == 1 => list.first().map_or(expr(list), expr),
                _ => expr(list),
            });
            body.push(Stmt::Return(value));
        }
        "if_statement" => branch(node, body),
        "for_statement" => for_loop(node, body),
        "expression_switch_statement" | "type_switch_statement" | "select_statement" => switch(node, body),
        "block" => body.push(Stmt::Branch(block(node))),
        "labeled_statement" => node.children().into_iter().skip(1).for_each(|it| stmt(it, body)),
        _ => {}
    }
}

/// `a, err := f()`, `a, b := 1, 2`
fn declare(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else { return };
    pairs(left.children(), right, body, Stmt::Assign);
}

/// Pairs the names with the values; one call may give several.
fn pairs(
    names: Vec<Syntax<'_>>,
    right: Syntax<'_>,
    body: &mut Vec<Stmt>,
    make: impl Fn(Pattern, Expr) -> Stmt,
) {
    let mut values = values(right);
    if names.len() > 1 && values.len() == 1 {
        let names = names.into_iter().map(pattern).collect();
        body.extend(values.pop().map(|it| make(Pattern::List(names), it)));
        return;
    }
    for (name, value) in names.into_iter().zip(values) {
        body.push(make(pattern(name), value));
    }
}

/// `=` changes what is there, so it is an expression: the name may belong to an outer block.
fn assign(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else { return };
    let set = |pattern: Pattern, value: Expr| match pattern {
        Pattern::Attr(..) => Stmt::Assign(pattern, value),
        _ => {
            let (start, end) = (value.start, value.end);
            Stmt::Expr(Expr { kind: ExprKind::Assigned(Box::new((pattern, value))), start, end })
        }
    };
    match node.field_words("operator") {
        "=" => {
            let targets = left.children();
            if let [target] = targets.as_slice()
                && let Some(entry) = entry(*target, right)
            {
                return body.push(entry);
            }
            pairs(targets, right, body, set);
        }
        "+=" => {
            if let (Some(target), Some(value)) = (left.first(), right.first()) {
                let sum = node.expr(ExprKind::Concat(vec![expr(target), expr(value)]));
                body.push(set(pattern(target), sum));
            }
        }
        _ => body.push(Stmt::Expr(expr(right))),
    }
}

/// `routes["get"+name] = route{…}`: an entry under a key that is computed.
fn entry(target: Syntax<'_>, value: Syntax<'_>) -> Option<Stmt> {
    if target.kind() != "index_expression" {
        return None;
    }
    let key = expr(target.field("index")?);
    if matches!(key.kind, ExprKind::Str(_)) {
        return None;
    }
    let all = vec![expr(target.field("operand")?), key, expr(value.first()?)];
    Some(Stmt::Expr(target.expr(keyword(PUT, target.range(), all))))
}

fn variables(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let names = node.fields("name").into_iter().filter(|it| it.kind() == "identifier").collect::<Vec<_>>();
    if let Some(value) = node.field("value") {
        return pairs(names, value, body, Stmt::Assign);
    }
    let Some(of) = node.field("type") else { return };
    for name in names {
        body.push(Stmt::Assign(pattern(name), types::zero(of)));
    }
}

/// `flag.StringVar(&prefix, "prefix", "/api", …)` gives a variable its default.
fn flag_variable(call: Syntax<'_>) -> Option<Stmt> {
    let name = call.field("function")?.field_words("field");
    let default = match name {
        "StringVar" => 2,
        "StringVarP" => 3,
        _ => return None,
    };
    let args = call.field("arguments")?.children();
    let target = args.first().filter(|it| it.words().starts_with('&'))?.field("operand")?;
    // An empty default says that there is no default.
    let value = args.get(default).filter(|it| it.words() != "\"\"").map(|it| expr(*it))?;
    Some(match pattern(target) {
        Pattern::Name(name) => {
            Stmt::Expr(call.expr(ExprKind::Assigned(Box::new((Pattern::Name(name), value)))))
        }
        other => Stmt::Assign(other, value),
    })
}
