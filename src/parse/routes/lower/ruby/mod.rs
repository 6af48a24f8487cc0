//! Ruby → [`ir`](crate::parse::routes::ir).
//!
//! A block is the argument `&` of its call; a call without arguments on a receiver is an attribute, as
//! nothing tells them apart. `list.each do |item|` is a loop, a symbol a text, `A::B` one name. In a method the
//! block that it was given has the name `&`, whether `yield` calls it or a parameter names it.

mod expr;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{expr, pattern};

/// The name of the block that a method was given.
const BLOCK: &str = "&";

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let Some(tree) = parse(&tree_sitter_ruby::LANGUAGE.into(), text) else { return Module::default() };
    Module { body: block(Syntax::root(&tree, text)), package: "".into() }
}

/// The statements below a node.
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

/// Whether a conditional holds only where somebody works on the program: `if Rails.env.development?`.
fn is_of_development(node: Syntax<'_>) -> bool {
    let condition = node.field_words("condition").trim_matches(['(', ')', ' ']);
    match node.kind() {
        "if" | "elsif" | "if_modifier" => condition.split("||").all(|it| asks_for_development(it.trim())),
        "unless" | "unless_modifier" => asks_for_production(condition),
        _ => false,
    }
}

/// `Rails.env.development?`, `settings.development?`, `ENV["RACK_ENV"] == "development"`, `!Rails.env.production?`
fn asks_for_development(condition: &str) -> bool {
    if let Some(rest) = condition.strip_prefix('!').or_else(|| condition.strip_prefix("not ")) {
        return asks_for_production(rest);
    }
    let named = condition.strip_prefix("Rails.env.").or_else(|| condition.strip_prefix("settings."));
    match environment(condition) {
        Some((" == ", value)) => matches!(value, "development" | "test"),
        Some((" != ", value)) => value == "production",
        _ => {
            condition == "development?"
                || named.is_some_and(|it| matches!(it, "development?" | "test?" | "local?"))
        }
    }
}

/// `Rails.env.production?`, `ENV["RACK_ENV"] == "production"`
fn asks_for_production(condition: &str) -> bool {
    matches!(condition, "Rails.env.production?" | "settings.production?" | "production?")
        || environment(condition) == Some((" == ", "production"))
}

/// What the environment that a server runs in is compared with: `ENV["RACK_ENV"] == "test"`.
fn environment(condition: &str) -> Option<(&str, &str)> {
    let rest = condition.strip_prefix("ENV[")?;
    let (name, rest) = rest.split_once(']')?;
    let of_server = matches!(name.trim_matches(['"', '\'']), "RACK_ENV" | "RAILS_ENV" | "APP_ENV");
    let (comparison, value) = rest.split_at_checked(4).filter(|_| of_server)?;
    Some((comparison, value.trim_matches(['"', '\''])))
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "class" | "module" => body.push(Stmt::Class(Arc::new(class(node)))),
        "method" | "singleton_method" => {
            let func = Func {
                name: node.field_words("name").into(),
                params: params(node),
                body: match node.field("body") {
                    Some(it) if it.kind() == "body_statement" => returning(block(it)),
                    it => vec![Stmt::Return(it.map(expr))],
                },
                ..Func::default()
            };
            body.push(Stmt::Def(Arc::new(func)));
        }
        "assignment" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                body.push(Stmt::Assign(pattern(left), expr(right)));
            }
        }
        "operator_assignment" => {
            if let (Some(left), Some(right)) = (node.field("left"), node.field("right")) {
                let parts = vec![expr(left), expr(right)];
                let value = match node.field_words("operator") {
                    "+=" => ExprKind::Concat(parts),
                    "||=" => ExprKind::Either(parts),
                    _ => ExprKind::Other(parts),
                };
                body.push(Stmt::Assign(pattern(left), node.expr(value)));
            }
        }
        "if" | "unless" | "elsif" => {
            body.extend(node.field("condition").map(|it| Stmt::Expr(expr(it))));
            if !is_of_development(node) {
                body.push(Stmt::Branch(field_block(node, "consequence")));
            }
            if let Some(alternative) = node.field("alternative") {
                stmt(alternative, body);
            }
        }
        "if_modifier" | "unless_modifier" | "rescue_modifier" | "while_modifier" | "until_modifier" => {
            let mut inner = Vec::new();
            if !is_of_development(node) {
                node.field("body").into_iter().for_each(|it| stmt(it, &mut inner));
            }
            body.push(Stmt::Branch(inner));
        }
        "case" => {
            for clause in node.children() {
                match clause.kind() {
                    "when" => body.push(Stmt::Branch(field_block(clause, "body"))),
                    "else" => body.push(Stmt::Branch(block(clause))),
                    _ => {}
                }
            }
        }
        "begin" | "ensure" | "parenthesized_statements" => body.extend(block(node)),
        "else" | "rescue" | "while" | "until" => body.push(Stmt::Branch(block(node))),
        "then" | "do" | "body_statement" | "block_body" => body.extend(block(node)),
        "return" => body.push(Stmt::Return(node.first().and_then(Syntax::first).map(expr))),
        "call" => match each(node) {
            Some(it) => body.push(it),
            None => body.push(Stmt::Expr(expr(node))),
        },
        // A name alone may be a call.
        "identifier" => {
            let callee = expr(node);
            let call = ExprKind::Call(Box::new(Call { callee, args: Vec::new() }));
            body.push(Stmt::Expr(node.expr(call)));
        }
        _ => body.push(Stmt::Expr(expr(node))),
    }
}

/// A method returns what its last statement is.
fn returning(mut body: Vec<Stmt>) -> Vec<Stmt> {
    match body.pop() {
        Some(Stmt::Expr(value)) => body.push(Stmt::Return(Some(value))),
        // `@kinds ||= %w[sloop yawl]`
        Some(Stmt::Assign(Pattern::Name(name), value)) => {
            let (start, end) = (value.start, value.end);
            let named = Expr { kind: ExprKind::Name(name.clone()), start, end };
            body.push(Stmt::Assign(Pattern::Name(name), value));
            body.push(Stmt::Return(Some(named)));
        }
        Some(Stmt::Branch(inner)) => body.push(Stmt::Branch(returning(inner))),
        last => body.extend(last),
    }
    body
}

/// `%w[a b].each do |name| … end`
fn each(node: Syntax<'_>) -> Option<Stmt> {
    let method = node.field_words("method");
    let block = node.field("block")?;
    if !matches!(method, "each" | "each_pair" | "map" | "each_key" | "each_value" | "each_with_index") {
        return None;
    }
    let items = expr(node.field("receiver")?);
    let params = block.field("parameters").map(Syntax::children).unwrap_or_default();
    let body = field_block(block, "body");
    let (pattern, read) = match params.as_slice() {
        [one, ..] if matches!(method, "each_key" | "each_with_index") => (pattern(*one), ""),
        [one] => (pattern(*one), if method == "each_value" { "values" } else { "" }),
        many => (Pattern::List(many.iter().map(|it| pattern(*it)).collect()), "pairs"),
    };
    if read.is_empty() {
        return Some(Stmt::For(pattern, items, body));
    }
    let callee =
        node.expr(ExprKind::Attr(Box::new(items), if read == "pairs" { "entries" } else { read }.into()));
    let items = match read {
        // A list of pairs is its own entries.
        "pairs" if matches!(&callee.kind, ExprKind::Attr(of, _) if matches!(of.kind, ExprKind::List(_))) => {
            match callee.kind {
                ExprKind::Attr(of, _) => *of,
                _ => return None,
            }
        }
        _ => node.expr(ExprKind::Call(Box::new(Call { callee, args: Vec::new() }))),
    };
    Some(Stmt::For(pattern, items, body))
}

fn params(node: Syntax<'_>) -> Vec<Param> {
    let all = node.field("parameters").into_iter().flat_map(Syntax::children);
    all.map(|it| match it.kind() {
        "optional_parameter" | "keyword_parameter" => {
            let name = Pattern::Name(it.field_words("name").into());
            Param::new(name, it.field("value").map(expr))
        }
        "splat_parameter" => Param::new(Pattern::Rest(it.field_words("name").into()), None),
        "hash_splat_parameter" => Param::new(Pattern::Keywords(it.field_words("name").into()), None),
        // The block of the call, which `yield` calls without a name.
        "block_parameter" => {
            let block = it.expr(ExprKind::Name(BLOCK.into()));
            Param::new(Pattern::Name(it.field_words("name").into()), Some(block))
        }
        _ => Param::new(pattern(it), None),
    })
    .collect()
}

fn class(node: Syntax<'_>) -> Class {
    let base = node.field("superclass").and_then(Syntax::first);
    Class {
        name: node.field_words("name").into(),
        bases: base.map(expr).into_iter().collect(),
        body: field_block(node, "body"),
        ..Class::default()
    }
}
