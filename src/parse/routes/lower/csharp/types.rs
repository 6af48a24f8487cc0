//! The declarations of C#: usings, types and their members.

use std::sync::Arc;

use super::expr::{arguments, expr, type_of};
use super::{block, compiled, stmt};
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

/// `using A.B` brings every name of a namespace, `using static A.B.C` those of a class.
pub(super) fn import(node: Syntax<'_>) -> Option<Stmt> {
    let name: Box<str> = node.children().last()?.words().into();
    let Some(alias) = node.field("name") else {
        return Some(Stmt::Import(Import { module: name, names: vec![Imported::All] }));
    };
    let (module, last) = name.rsplit_once('.').unwrap_or(("", &name));
    let names = vec![Imported::Name(last.into(), alias.words().into())];
    Some(Stmt::Import(Import { module: module.into(), names }))
}

/// A declaration in a file, a class or a block.
pub(super) fn declare(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    if node.too_deep() {
        return;
    }
    match node.kind() {
        "class_declaration"
        | "record_declaration"
        | "struct_declaration"
        | "interface_declaration"
        | "enum_declaration" => body.push(Stmt::Class(Arc::new(class(node)))),
        "constructor_declaration" if node.field_words("name") == "extension" => extension(node, body),
        "method_declaration" | "constructor_declaration" | "local_function_statement" => {
            body.push(Stmt::Def(Arc::new(function(node))));
        }
        "field_declaration" => {
            let declaration = node.child("variable_declaration").into_iter().flat_map(Syntax::children);
            body.extend(declaration.filter_map(variable));
        }
        "property_declaration" => {
            let name = Pattern::Name(node.field_words("name").into());
            let getter = || {
                let accessors = node.field("accessors")?.children();
                let get = accessors.into_iter().find(|it| it.field_words("name") == "get")?;
                returned(get.field("body")?)
            };
            let value = match node.field("value") {
                Some(it) if it.kind() == "arrow_expression_clause" => it.first().map(expr),
                Some(it) => Some(expr(it)),
                None => getter().or_else(|| nothing(node)),
            };
            body.extend(value.map(|it| Stmt::Assign(name, it)));
        }
        "enum_member_declaration" => {
            let value = node.expr(ExprKind::Name(node.field_words("name").into()));
            body.push(Stmt::Assign(Pattern::Name(node.field_words("name").into()), value));
        }
        "preproc_if" | "preproc_else" | "preproc_elif" => {
            compiled(node).into_iter().for_each(|it| stmt(it, body));
        }
        _ => {}
    }
}

/// What `string? Name { get; }` holds where nothing says anything else.
fn nothing(property: Syntax<'_>) -> Option<Expr> {
    let of = property.field("type").filter(|it| it.kind() == "nullable_type")?;
    Some(of.expr(ExprKind::Bool(false)))
}

/// `extension(Orders orders) { … }`, which the grammar takes for a constructor: methods with one more parameter.
fn extension(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let methods = node.field("body").into_iter().flat_map(Syntax::children);
    for method in methods.filter(|it| it.kind() == "local_function_statement") {
        let mut func = function(method);
        if let Some(receiver) = node.field("parameters").and_then(|it| params(it).into_iter().next()) {
            func.params.insert(0, Param { receiver: true, ..receiver });
        }
        body.push(Stmt::Def(Arc::new(func)));
    }
}

/// What an accessor returns.
fn returned(body: Syntax<'_>) -> Option<Expr> {
    match body.kind() {
        "arrow_expression_clause" => body.first().map(expr),
        _ => body.child("return_statement")?.first().map(expr),
    }
}

pub(super) fn variable(node: Syntax<'_>) -> Option<Stmt> {
    let name = node.field("name")?;
    let value = node.children().into_iter().rfind(|it| it.node.id() != name.node.id())?;
    Some(Stmt::Assign(Pattern::Name(name.words().into()), expr(value)))
}

fn has(node: Syntax<'_>, word: &str) -> bool {
    node.children().iter().any(|it| it.kind() == "modifier" && it.words() == word)
}

fn class(node: Syntax<'_>) -> Class {
    let kind = match node.kind() {
        "interface_declaration" => ClassKind::Interface,
        "enum_declaration" => ClassKind::Enum,
        _ if has(node, "abstract") => ClassKind::Abstract,
        // Nothing makes an object of a class whose types are not said.
        _ if node.child("type_parameter_list").is_some() => ClassKind::Abstract,
        _ => ClassKind::Concrete,
    };
    let listed: Vec<Syntax<'_>> = node.child("base_list").into_iter().flat_map(Syntax::children).collect();
    let bases = listed.iter().filter(|it| it.kind() != "argument_list").map(|it| type_of(*it)).collect();
    let mut body = Vec::new();
    // A primary constructor hands its parameters to the base.
    if let Some(list) = node.child("parameter_list") {
        let given = listed.iter().copied();
        let given =
            given.chain(listed.iter().flat_map(|it| it.children())).find(|it| it.kind() == "argument_list");
        let params = params(list);
        let mut statements: Vec<Stmt> = given.map(|it| super_call(node, it)).into_iter().collect();
        // Its methods know them, too.
        statements.extend(params.iter().filter_map(|it| match &it.pattern {
            Pattern::Name(name) => Some(kept(list, name, list.expr(ExprKind::Name(name.clone())))),
            _ => None,
        }));
        let name = "constructor".into();
        body.push(Stmt::Def(Arc::new(Func { name, params, body: statements, ..Func::default() })));
    }
    node.field("body").into_iter().flat_map(Syntax::children).for_each(|it| declare(it, &mut body));
    Class {
        name: node.field_words("name").into(),
        bases,
        body,
        decorators: attributes(node),
        kind,
        ..Class::default()
    }
}

/// `this.name = value`
fn kept(node: Syntax<'_>, name: &str, value: Expr) -> Stmt {
    Stmt::Assign(Pattern::Attr(node.expr(ExprKind::Name("this".into())), name.into()), value)
}

/// What a constructor assigns are the fields of the object.
fn assigned_to_fields(node: Syntax<'_>, body: Vec<Stmt>, declared: &[Box<str>]) -> Vec<Stmt> {
    let keep = |stmt: Stmt| match stmt {
        Stmt::Assign(Pattern::Name(name), value) if !declared.contains(&name) => kept(node, &name, value),
        Stmt::Return(Some(Expr { kind: ExprKind::Assigned(it), .. })) => match it.0 {
            Pattern::Name(name) => kept(node, &name, it.1),
            pattern => Stmt::Assign(pattern, it.1),
        },
        stmt => stmt,
    };
    body.into_iter().map(keep).collect()
}

/// The variables that a block declares.
fn declared(block: Syntax<'_>) -> Vec<Box<str>> {
    let all = block.children().into_iter().filter(|it| it.kind() == "local_declaration_statement");
    let all = all.flat_map(Syntax::children).flat_map(Syntax::children);
    all.filter(|it| it.kind() == "variable_declarator").map(|it| it.field_words("name").into()).collect()
}

/// `: base(…)`
fn super_call(node: Syntax<'_>, list: Syntax<'_>) -> Stmt {
    let callee = node.expr(ExprKind::Name("super".into()));
    Stmt::Expr(node.expr(ExprKind::Call(Box::new(Call { callee, args: arguments(list) }))))
}

pub(super) fn function(node: Syntax<'_>) -> Func {
    let constructor = node.kind() == "constructor_declaration";
    let access = match () {
        () if has(node, "private") => Access::Private,
        () if has(node, "static") => Access::Static,
        () if has(node, "public") => Access::Public,
        () => Access::Plain,
    };
    let mut body = Vec::new();
    if let Some(initializer) = node.child("constructor_initializer")
        && let Some(list) = initializer.child("argument_list")
    {
        body.push(super_call(initializer, list));
    }
    match node.field("body") {
        Some(it) if it.kind() == "arrow_expression_clause" => {
            body.push(Stmt::Return(it.first().map(expr)));
        }
        Some(it) if it.kind() == "block" => body.extend(block(it)),
        Some(it) => body.push(Stmt::Return(Some(expr(it)))),
        None => {}
    }
    if constructor {
        body = assigned_to_fields(node, body, &node.field("body").map(declared).unwrap_or_default());
    }
    let mut params = match node.field("parameters") {
        Some(it) if it.kind() == "parameter_list" => params(it),
        Some(it) => vec![Param::new(Pattern::Name(it.words().into()), None)],
        None => Vec::new(),
    };
    // Type parameters come last.
    let types = node.field("type_parameters").into_iter().flat_map(Syntax::children);
    params.extend(types.map(|it| Param {
        of: Some(it.expr(ExprKind::Name("<>".into()))),
        ..Param::new(Pattern::Name(it.field_words("name").into()), None)
    }));
    Func {
        name: if constructor { "constructor".into() } else { node.field_words("name").into() },
        params,
        body,
        decorators: attributes(node),
        returns: node.field("returns").map(type_of),
        access,
        overrides: has(node, "override"),
        ..Func::default()
    }
}

fn params(list: Syntax<'_>) -> Vec<Param> {
    let all = list.children().into_iter().filter(|it| it.kind() == "parameter");
    let one = |it: Syntax<'_>| {
        let name = it.field("name");
        let named = [name, it.field("type")].map(|it| it.map(|it| it.node.id()));
        let plain = |part: &Syntax<'_>| {
            !named.contains(&Some(part.node.id())) && !matches!(part.kind(), "attribute_list" | "modifier")
        };
        let default = it.children().into_iter().rfind(plain).map(expr);
        Param {
            of: it.field("type").map(type_of),
            receiver: has(it, "this"),
            decorators: attributes(it),
            optional: it.field("type").is_some_and(|it| it.kind() == "nullable_type"),
            ..Param::new(Pattern::Name(name.map_or("", Syntax::words).into()), default)
        }
    };
    let mut found: Vec<Param> = all.map(one).collect();
    // `params string[] names` stands in the list itself.
    if list.tokens().iter().any(|it| it.kind() == "params")
        && let Some(name) = list.children().last().filter(|it| it.kind() == "identifier")
    {
        let none = name.expr(ExprKind::List(Vec::new()));
        found.push(Param::new(Pattern::Name(name.words().into()), Some(none)));
    }
    found
}

/// `[Route("x")]` is a call of its name.
fn attributes(node: Syntax<'_>) -> Vec<Expr> {
    let lists = node.children().into_iter().filter(|it| it.kind() == "attribute_list");
    let all = lists.flat_map(Syntax::children).filter(|it| it.kind() == "attribute");
    let one = |it: Syntax<'_>| {
        let callee = it.field("name").map_or_else(|| it.expr(ExprKind::Other(Vec::new())), type_of);
        let args = it.child("attribute_argument_list").map(arguments).unwrap_or_default();
        it.expr(ExprKind::Call(Box::new(Call { callee, args })))
    };
    all.map(one).collect()
}
