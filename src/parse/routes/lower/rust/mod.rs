//! Rust → [`ir`](crate::parse::routes::ir).
//!
//! A type with its `impl` blocks is a class, an attribute a decorator; the value of a block is what it
//! returns. Tests are left out, and what only unusual features of the crate bring along is a guess. Modules have names of their own in Rust: where a path begins with one it is
//! called `orders::`.

mod by_example;
mod conditions;
mod control;
mod expr;
mod macros;
mod types;

use std::collections::HashSet;
use std::sync::Arc;

use super::tree::{Syntax, parse};
use crate::parse::routes::ir::*;
use conditions::Held;
use expr::{block_body, expr, path, pattern};
use types::{fields, type_of};

/// Lowers a file of a crate of which these features are on.
pub(super) fn lower(text: &str, features: Option<&HashSet<String>>) -> Module {
    let expanded = by_example::expand(text);
    let (text, places) =
        expanded.as_ref().map_or((text, None), |(text, places)| (text.as_str(), Some(places)));
    let Some(tree) = parse(&tree_sitter_rust::LANGUAGE.into(), text) else { return Module::default() };
    let root = Syntax::root(&tree, text).with_places(places).with_features(features);
    let mut items = Items::default();
    items.read(root);
    items.adopt();
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
    /// What `main` does with unusual features, where it does another thing with the usual ones.
    unusual_main: Option<Vec<Stmt>>,
}

impl Items {
    fn read(&mut self, node: Syntax<'_>) {
        if node.too_deep() {
            return;
        }
        // What is usual takes the place of what has the same name and is not.
        let all = conditions::held(node);
        for held in [Held::Unusual, Held::Usual] {
            for (item, attributes, _) in all.iter().filter(|it| it.2 == held) {
                self.item(*item, attributes, held);
            }
        }
    }

    fn item(&mut self, item: Syntax<'_>, attributes: &[Syntax<'_>], held: Held) {
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
                let adds = format!("{of}{ADDED}{}", item.field("trait").map_or("", type_name));
                self.class(&adds).body.extend(methods);
            }
            // What a trait does where nothing else is said.
            "trait_item" => {
                let of = format!("Self{ADDED}{}", item.field_words("name"));
                let methods = methods(item, "Self");
                if !methods.is_empty() {
                    self.class(&of).body.extend(methods);
                }
            }
            "function_item" => {
                let decorators = attributes.iter().filter_map(|it| macros::attribute(*it)).collect();
                let mut func = Func { decorators, ..guessed(function(item), held) };
                // One of them is run, whichever features are on.
                if &*func.name == "main" {
                    func.body.splice(0..0, self.unusual_main.take().unwrap_or_default());
                    self.unusual_main =
                        Some(guessed(function(item), held).body).filter(|_| held == Held::Unusual);
                }
                self.body.push(Stmt::Def(Arc::new(func)));
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

    /// Gives the types of the file their methods. What is added to a type of another file stays apart.
    fn adopt(&mut self) {
        let added: Vec<Class> = self.classes.extract_if(.., |it| it.name.contains(ADDED)).collect();
        for mut class in added {
            let (of, to) = class.name.split_once(ADDED).unwrap_or_default();
            let (of, to): (Box<str>, Box<str>) = (of.into(), to.into());
            match self.classes.iter_mut().find(|it| it.name == of) {
                Some(own) => own.body.extend(class.body),
                None => {
                    if to.is_empty() && !self.imports_name(&of) {
                        class.name = of;
                    }
                    self.classes.push(class);
                }
            }
        }
    }

    /// Whether a name may come from another file.
    fn imports_name(&self, name: &str) -> bool {
        let names = self
            .imports
            .iter()
            .filter_map(|it| if let Stmt::Import(it) = it { Some(&it.names) } else { None });
        names.flatten().any(|it| match it {
            Imported::Name(_, alias) => **alias == *name,
            Imported::All => true,
            _ => false,
        })
    }

    fn class(&mut self, name: &str) -> &mut Class {
        let at = self.classes.iter().position(|it| *it.name == *name).unwrap_or_else(|| {
            self.classes.push(Class { name: name.into(), ..Class::default() });
            self.classes.len() - 1
        });
        &mut self.classes[at]
    }
}

fn methods(item: Syntax<'_>, of: &str) -> Vec<Stmt> {
    let mut members = item.field("body").map(conditions::held).unwrap_or_default();
    members.sort_by_key(|it| it.2);
    let mut found = Vec::new();
    for (member, attributes, held) in members {
        match member.kind() {
            "function_item" => {
                let decorators = attributes.into_iter().filter_map(macros::attribute).collect();
                let mut method = Func { decorators, ..guessed(function(member), held) };
                let own = member.expr(ExprKind::Name(of.into()));
                method.body.insert(0, Stmt::Assign(Pattern::Name("Self".into()), own));
                found.push(Stmt::Def(Arc::new(method)));
            }
            "const_item" => {
                let name = Pattern::Name(member.field_words("name").into());
                found.extend(member.field("value").map(|it| Stmt::Assign(name, expr(it))));
            }
            _ => {}
        }
    }
    found
}

/// A function that is a guess where only unusual features bring it along.
fn guessed(func: Func, held: Held) -> Func {
    match held {
        Held::Usual => func,
        _ => Func { body: vec![Stmt::Guess(func.body)], ..func },
    }
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
