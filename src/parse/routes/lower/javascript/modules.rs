//! The imports and exports of JavaScript and TypeScript.

use super::expr::{expr, text_of};
use super::stmt;
use crate::parse::routes::ir::*;
use crate::parse::routes::lower::tree::Syntax;

pub(super) fn import(node: Syntax<'_>) -> Option<Stmt> {
    if let Some(clause) = node.child("import_require_clause") {
        let module = text_of(clause.field("source")?);
        return Some(Stmt::Import(Import {
            module,
            names: vec![Imported::Module(clause.first()?.words().into())],
        }));
    }
    let module = text_of(node.field("source")?);
    let mut names = Vec::new();
    for part in node.child("import_clause").into_iter().flat_map(Syntax::children) {
        match part.kind() {
            "identifier" => names.push(Imported::Name("default".into(), part.words().into())),
            "namespace_import" => names.extend(part.first().map(|it| Imported::Module(it.words().into()))),
            _ => names.extend(part.children().into_iter().map(|it| {
                let name = it.field_words("name");
                let alias = it.field("alias").map_or(name, Syntax::words);
                Imported::Name(name.into(), alias.into())
            })),
        }
    }
    Some(Stmt::Import(Import { module, names }))
}

pub(super) fn export(node: Syntax<'_>, body: &mut Vec<Stmt>) {
    let default = node.tokens().iter().any(|it| it.kind() == "default");
    let source = node.field("source").map(text_of);
    if let Some(declaration) = node.field("declaration") {
        stmt(declaration, body);
        let mut names = Vec::new();
        declared(declaration, &mut names);
        for name in names {
            let word: Box<str> = name.words().into();
            let export = match default {
                true => Export::Default(name.expr(ExprKind::Name(word))),
                false => Export::Declared(word, name.range()),
            };
            body.push(Stmt::Export(export));
        }
    } else if let Some(value) = node.field("value") {
        body.push(Stmt::Export(Export::Default(expr(value))));
    } else if let Some(clause) = node.child("export_clause") {
        for name in clause.children() {
            let local: Box<str> = name.field_words("name").trim_matches(['"', '\'']).into();
            let word = name.field("alias").unwrap_or(name).words().trim_matches(['"', '\'']).into();
            body.push(Stmt::Export(match &source {
                Some(source) => Export::From(source.clone(), local, word, name.range()),
                None => Export::Local(local, word, name.range()),
            }));
        }
    } else if let Some(source) = source {
        let named = node.child("namespace_export").and_then(Syntax::first);
        body.push(Stmt::Export(match named {
            Some(name) => Export::Namespace(source, name.words().into()),
            None => Export::All(source),
        }));
    } else if default && let Some(value) = node.first() {
        body.push(Stmt::Export(Export::Default(expr(value))));
    }
}

/// The names that a declaration binds.
fn declared<'t>(node: Syntax<'t>, names: &mut Vec<Syntax<'t>>) {
    match node.kind() {
        "lexical_declaration" | "variable_declaration" => {
            let declarators = node.children().into_iter().filter_map(|it| it.field("name"));
            declarators.for_each(|it| bound(it, names));
        }
        "function_declaration"
        | "generator_function_declaration"
        | "class_declaration"
        | "abstract_class_declaration"
        | "enum_declaration" => names.extend(node.field("name")),
        _ => {}
    }
}

fn bound<'t>(node: Syntax<'t>, names: &mut Vec<Syntax<'t>>) {
    match node.kind() {
        "identifier" | "shorthand_property_identifier_pattern" => names.push(node),
        "pair_pattern" => node.field("value").into_iter().for_each(|it| bound(it, names)),
        "object_assignment_pattern" | "assignment_pattern" => {
            node.field("left").into_iter().for_each(|it| bound(it, names));
        }
        _ if node.too_deep() => {}
        _ => node.children().into_iter().for_each(|it| bound(it, names)),
    }
}
