//! Java → [`ir`](crate::parse::routes::ir).

mod expr;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{annotations, expr, type_of};

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let Some(tree) = parse(&tree_sitter_java::LANGUAGE.into(), text) else { return Module::default() };
    let root = Syntax::root(&tree, text);
    let package = root.child("package_declaration").and_then(|it| it.children().into_iter().next_back());
    let package = package.map_or_else(|| "".into(), |it| compact(it.words()));
    let mut body = Vec::new();
    for node in root.children() {
        match node.kind() {
            "import_declaration" => body.extend(import(node)),
            _ => member(node, &mut body),
        }
    }
    Module { body, package }
}

/// A dotted name may be broken by blanks.
fn compact(name: &str) -> Box<str> {
    name.chars().filter(|it| !it.is_whitespace()).collect::<String>().into()
}

/// `import a.b.C` imports a name of `a.b`, `import static a.b.C.X` one of `a.b.C`.
fn import(node: Syntax<'_>) -> Option<Stmt> {
    let name = compact(node.child("scoped_identifier").or_else(|| node.child("identifier"))?.words());
    if node.child("asterisk").is_some() {
        return Some(Stmt::Import(Import { module: name, names: vec![Imported::All] }));
    }
    let (module, last) = name.rsplit_once('.').unwrap_or(("", &name));
    let names = vec![Imported::Name(last.into(), last.into())];
    Some(Stmt::Import(Import { module: module.into(), names }))
}

/// A declaration in a file or in the body of a class.
fn member(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "class_declaration"
        | "record_declaration"
        | "interface_declaration"
        | "enum_declaration"
        | "annotation_type_declaration" => body.push(Stmt::Class(Arc::new(class(node)))),
        "field_declaration" | "constant_declaration" | "local_variable_declaration" => {
            for declarator in node.fields("declarator") {
                let name = Pattern::Name(declarator.field_words("name").into());
                match declarator.field("value") {
                    Some(value) => body.push(Stmt::Assign(name, expr(value))),
                    None => body.extend(injected(node).map(|it| Stmt::Assign(name, it))),
                }
            }
        }
        "method_declaration" | "constructor_declaration" | "annotation_type_element_declaration" => {
            let params = node.field("parameters").into_iter().flat_map(Syntax::children);
            // `Orders(@Value("${prefix}") String prefix)`: the field that keeps it has its name.
            body.extend(params.filter(|_| node.kind() == "constructor_declaration").filter_map(|it| {
                Some(Stmt::Assign(Pattern::Name(it.field_words("name").into()), injected(it)?))
            }));
            body.push(Stmt::Def(Arc::new(function(node))))
        }
        "enum_body_declarations" => node.children().into_iter().for_each(|it| member(it, body)),
        "enum_constant" => {
            let args = node.field("arguments").map(expr::arguments).unwrap_or_default();
            let callee = node.expr(ExprKind::Name("new".into()));
            let value = node.expr(ExprKind::Call(Box::new(Call { callee, args })));
            body.push(Stmt::Assign(Pattern::Name(node.field_words("name").into()), value));
        }
        _ => {}
    }
}

/// `@Value("${prefix}") String prefix;` is given that text when the application starts.
fn injected(node: Syntax<'_>) -> Option<Expr> {
    annotations(node.child("modifiers")?).into_iter().find_map(given)
}

/// The text of `@Value("…")`.
fn given(annotation: Expr) -> Option<Expr> {
    match annotation.kind {
        ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "Value") => {
            call.args.into_iter().next().map(|it| it.value)
        }
        _ => None,
    }
}

fn class(node: Syntax<'_>) -> Class {
    let modifiers = node.child("modifiers");
    let is_abstract = modifiers.is_some_and(|it| it.tokens().iter().any(|it| it.kind() == "abstract"));
    let kind = match node.kind() {
        "interface_declaration" => ClassKind::Interface,
        "annotation_type_declaration" => ClassKind::Annotation,
        "enum_declaration" => ClassKind::Enum,
        _ if is_abstract => ClassKind::Abstract,
        _ => ClassKind::Concrete,
    };
    let mut bases: Vec<Expr> =
        node.field("superclass").and_then(Syntax::first).map(type_of).into_iter().collect();
    let interfaces = node.field("interfaces").or_else(|| node.child("extends_interfaces"));
    let list = interfaces.and_then(Syntax::first).into_iter().flat_map(Syntax::children);
    bases.extend(list.map(type_of));
    let mut body = Vec::new();
    node.field("body").into_iter().flat_map(Syntax::children).for_each(|it| member(it, &mut body));
    Class {
        name: node.field_words("name").into(),
        bases,
        body,
        decorators: modifiers.map(annotations).unwrap_or_default(),
        kind,
        ..Class::default()
    }
}

/// The class of an object that is made with a body of its own.
fn nameless(members: Syntax<'_>) -> Class {
    let mut body = Vec::new();
    if !members.too_deep() {
        members.children().into_iter().for_each(|it| member(it, &mut body));
    }
    Class { body, ..Class::default() }
}

fn function(node: Syntax<'_>) -> Func {
    let modifiers = node.child("modifiers");
    let has = |word: &str| modifiers.is_some_and(|it| it.tokens().iter().any(|it| it.kind() == word));
    let access = match () {
        () if has("private") => Access::Private,
        () if has("static") => Access::Static,
        () if has("public") => Access::Public,
        () => Access::Plain,
    };
    let params = node.field("parameters").into_iter().flat_map(Syntax::children);
    let params = params.filter(|it| matches!(it.kind(), "formal_parameter" | "spread_parameter"));
    Func {
        name: node.field_words("name").into(),
        params: params.map(param).collect(),
        body: match node.kind() {
            // `String path() default "/x";`
            "annotation_type_element_declaration" => {
                node.field("value").map(|it| Stmt::Return(Some(expr(it)))).into_iter().collect()
            }
            _ => node.field("body").map(block).unwrap_or_default(),
        },
        decorators: modifiers.map(annotations).unwrap_or_default(),
        returns: node.field("type").map(type_of),
        access,
        ..Func::default()
    }
}

fn param(node: Syntax<'_>) -> Param {
    let name = Pattern::Name(node.field_words("name").into());
    let decorators = node.child("modifiers").map(annotations).unwrap_or_default();
    Param { of: node.field("type").map(type_of), decorators, ..Param::new(name, None) }
}

fn block(node: Syntax<'_>) -> Vec<Stmt> {
    let mut body = Vec::new();
    if !node.too_deep() {
        node.children().into_iter().for_each(|it| stmt(it, &mut body));
    }
    body
}

fn stmt(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    match node.kind() {
        "return_statement" => body.push(Stmt::Return(node.first().map(expr))),
        "expression_statement" => body.extend(node.first().map(|it| Stmt::Expr(expr(it)))),
        "block" => body.extend(block(node)),
        "if_statement" | "for_statement" | "enhanced_for_statement" | "while_statement" | "try_statement" => {
            body.push(Stmt::Branch(block(node)));
        }
        _ => member(node, body),
    }
}
