//! Rust → [`ir`](crate::parse::routes::ir).
//!
//! A type with its `impl` blocks is a class, an attribute a decorator; the value of a block is what it
//! returns. Tests are left out. Modules have names of their own in Rust: where a path begins with one it is
//! called `orders::`.

mod by_example;
mod expr;
mod macros;
mod types;

use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use expr::{block_body, expr, path, pattern};
use types::{fields, type_of};

/// Lowers a file.
pub(super) fn lower(text: &str) -> Module {
    let expanded = by_example::expand(text);
    let (text, places) =
        expanded.as_ref().map_or((text, None), |(text, places)| (text.as_str(), Some(places)));
    let Some(tree) = parse(&tree_sitter_rust::LANGUAGE.into(), text) else { return Module::default() };
    let root = Syntax::root(&tree, text).with_places(places);
    let mut items = Items::default();
    items.read(root);
    let mut body = items.imports;
    body.extend(items.classes.into_iter().map(|it| Stmt::Class(Arc::new(it))));
    body.append(&mut items.body);
    Module { body, ..Module::default() }
}

/// The items of a file: what names something first, as their order means nothing.
#[derive(Default)]
struct Items {
    imports: Vec<Stmt>,
    classes: Vec<Class>,
    body: Vec<Stmt>,
}

impl Items {
    fn read(&mut self, node: Syntax<'_>) {
        if node.too_deep() {
            return;
        }
        let mut attributes: Vec<Syntax<'_>> = Vec::new();
        for item in node.children() {
            if item.kind() == "attribute_item" {
                attributes.push(item);
                continue;
            }
            let own = std::mem::take(&mut attributes);
            if !own.iter().any(|it| is_test(it.words())) {
                self.item(item, &own);
            }
        }
    }

    fn item(&mut self, item: Syntax<'_>, attributes: &[Syntax<'_>]) {
        match item.kind() {
            "mod_item" => match item.field("body") {
                Some(body) => self.inline_module(item.field_words("name"), body),
                None => {
                    let name = item.field_words("name");
                    let module = format!("self.{name}").into();
                    self.imports
                        .push(Stmt::Import(Import { module, names: vec![Imported::Module(name.into())] }));
                }
            },
            "use_declaration" => {
                let mut found = Vec::new();
                item.field("argument").into_iter().for_each(|it| imports(it, "", &mut found));
                self.imports.extend(found.into_iter().map(Stmt::Import));
            }
            "struct_item" | "enum_item" => {
                // `#[typed_path("/orders/{id}")]` is a constant of the type.
                let said: Vec<Stmt> = attributes.iter().filter_map(|it| macros::constant(*it)).collect();
                let decorators = attributes.iter().filter_map(|it| macros::attribute(*it));
                let class = self.class(item.field_words("name"));
                class.body.extend(said);
                class.decorators.extend(decorators);
                class.fields.extend(fields(item));
            }
            "impl_item" => {
                let of = item.field("type").map_or("", type_name);
                let mut methods: Vec<Stmt> = methods(item, of);
                // `#[OpenApi(prefix_path = "/orders")]`
                methods.extend(attributes.iter().flat_map(|it| macros::named_constants(*it)));
                self.class(of).body.extend(methods);
            }
            "function_item" => {
                let decorators = attributes.iter().filter_map(|it| macros::attribute(*it)).collect();
                self.body.push(Stmt::Def(Arc::new(Func { decorators, ..function(item) })));
            }
            "const_item" | "static_item" => {
                let value = item.field("value").map(expr);
                let name = Pattern::Name(item.field_words("name").into());
                self.imports.extend(value.map(|it| Stmt::Assign(name, it)));
            }
            "type_item" => {
                if let Some(of) = item.field("type") {
                    let name = Pattern::Name(item.field_words("name").into());
                    self.imports.push(Stmt::Assign(name, path(of)));
                }
            }
            _ => {}
        }
    }

    /// The items of a module inside a file are also found by its name.
    fn inline_module(&mut self, name: &str, body: Syntax<'_>) {
        let (functions, classes) = (self.body.len(), self.classes.len());
        self.read(body);
        let place = |name: &str| body.expr(ExprKind::Name(name.into()));
        let property = |name: &str| Property { key: Some(name.into()), value: place(name) };
        let mut entries: Vec<Property> = Vec::new();
        for stmt in &self.body[functions..] {
            // Modules may have functions of the same name.
            if let Stmt::Def(func) = stmt {
                let value = body.expr(ExprKind::Func(Arc::clone(func)));
                entries.push(Property { key: Some(func.name.clone()), value });
            }
        }
        entries.extend(self.classes[classes..].iter().map(|it| property(&it.name)));
        let object = body.expr(ExprKind::Object(entries));
        self.body.push(Stmt::Assign(Pattern::Name(format!("{name}::").into()), object));
    }

    fn class(&mut self, name: &str) -> &mut Class {
        let at = self.classes.iter().position(|it| *it.name == *name).unwrap_or_else(|| {
            self.classes.push(Class { name: name.into(), ..Class::default() });
            self.classes.len() - 1
        });
        &mut self.classes[at]
    }
}

/// `#[test]`, `#[cfg(test)]`, `#[tokio::test]`
fn is_test(attribute: &str) -> bool {
    let words = attribute.trim_start_matches("#[").trim_end_matches(']').trim();
    words.starts_with("cfg(test")
        || words.starts_with("cfg(all(test")
        || words.split('(').next().is_some_and(|it| it == "test" || it.ends_with("::test"))
}

fn methods(item: Syntax<'_>, of: &str) -> Vec<Stmt> {
    let members = item.field("body").into_iter().flat_map(Syntax::children);
    let mut attributes: Vec<Syntax<'_>> = Vec::new();
    let mut found = Vec::new();
    for member in members {
        match member.kind() {
            "attribute_item" => attributes.push(member),
            "function_item" => {
                let decorators =
                    std::mem::take(&mut attributes).into_iter().filter_map(macros::attribute).collect();
                let mut method = Func { decorators, ..function(member) };
                let own = member.expr(ExprKind::Name(of.into()));
                method.body.insert(0, Stmt::Assign(Pattern::Name("Self".into()), own));
                found.push(Stmt::Def(Arc::new(method)));
            }
            "const_item" => {
                let name = Pattern::Name(member.field_words("name").into());
                found.extend(member.field("value").map(|it| Stmt::Assign(name, expr(it))));
            }
            _ => attributes.clear(),
        }
    }
    found
}

/// The name of a type without module and arguments.
fn type_name(node: Syntax<'_>) -> &str {
    match node.kind() {
        "generic_type" => node.field("type").map_or("", type_name),
        "scoped_type_identifier" => node.field_words("name"),
        "reference_type" => node.field("type").map_or("", type_name),
        _ => node.words(),
    }
}

fn function(node: Syntax<'_>) -> Func {
    let params = node.field("parameters").into_iter().flat_map(Syntax::children);
    let params = params.filter(|it| it.kind() == "parameter").map(|it| Param {
        of: it.field("type").map(type_of),
        ..Param::new(it.field("pattern").map_or(Pattern::Ignored, pattern), None)
    });
    let body = node.field("body").map(block_body).unwrap_or_default();
    Func { name: node.field_words("name").into(), params: params.collect(), body, ..Func::default() }
}

/// Reads a tree of imports. `use crate::a::{b, c as d}` imports names of `crate.a`.
pub(super) fn imports(node: Syntax<'_>, above: &str, found: &mut Vec<Import>) {
    if node.too_deep() {
        return;
    }
    let below = |name: &str| match (above, name) {
        ("", name) => name.to_owned(),
        (above, name) => format!("{above}.{name}"),
    };
    let mut named = |module: &str, name: &str, alias: &str| {
        let names = match name {
            // `use crate::a::{self}` and `use axum;`
            "" | "self" => vec![Imported::Module(alias.into())],
            _ => vec![Imported::Name(name.into(), alias.into())],
        };
        found.push(Import { module: module.into(), names });
    };
    match node.kind() {
        "use_list" => node.children().into_iter().for_each(|it| imports(it, above, found)),
        "scoped_use_list" => {
            let above = below(&node.field("path").map(dotted).unwrap_or_default());
            node.field("list").into_iter().for_each(|it| imports(it, &above, found));
        }
        "use_wildcard" => {
            let module = below(&node.first().map(dotted).unwrap_or_default());
            found.push(Import { module: module.into(), names: vec![Imported::All] });
        }
        "use_as_clause" => {
            let full = below(&node.field("path").map(dotted).unwrap_or_default());
            let (module, name) = full.rsplit_once('.').unwrap_or((&full, ""));
            named(module, name, node.field_words("alias"));
        }
        "self" => {
            let alias = above.rsplit('.').next().unwrap_or(above).to_owned();
            named(above, "self", &alias);
        }
        _ => {
            let full = below(&dotted(node));
            let (module, name) = full.rsplit_once('.').unwrap_or((&full, ""));
            let alias = if name.is_empty() { module } else { name };
            named(module, name, alias);
        }
    }
}

/// `a::b::c` as `a.b.c`.
fn dotted(node: Syntax<'_>) -> String {
    node.words().trim_start_matches("::").split("::").map(str::trim).collect::<Vec<_>>().join(".")
}
