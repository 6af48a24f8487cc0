//! What an ECMAScript module exports, re-exports of other files followed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::framework::FileRule;
use super::ir::{Export, Expr, ExprKind, Imported, Module, Node, Pattern, Property, Stmt, walk, walk_expr};
use super::resolve::Resolver;
use super::store::Store;
use super::text::Text;
use crate::source::SourceId;

/// The verbs that a file can export.
const VERBS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Re-exports are followed this far.
const MAX_HOPS: usize = 8;

/// Where something is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Exported {
    pub(super) file: SourceId,
    pub(super) range: Range<u32>,
}

/// The verbs that a file exports under their names; an export called as one of `any` serves every verb.
pub(super) fn verbs(
    file: SourceId,
    rule: &FileRule,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Vec<(String, Exported)> {
    let names = names(file, store, resolver);
    let lower = rule.lowercase && !names.keys().any(|it| VERBS.contains(&it.as_str()));
    let verb = |(name, it): (String, Exported)| match name.as_str() {
        verb if VERBS.contains(&verb) => Some((name, it)),
        "del" if lower => Some(("DELETE".to_owned(), it)),
        verb if lower && VERBS.contains(&verb.to_ascii_uppercase().as_str()) => {
            Some((verb.to_ascii_uppercase(), it))
        }
        _ => rule.any.contains(&name).then(|| ("ANY".to_owned(), it)),
    };
    names.into_iter().filter_map(verb).collect()
}

/// Every name that a file exports.
pub(super) fn names(
    file: SourceId,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> BTreeMap<String, Exported> {
    let mut found = BTreeMap::new();
    collect(file, store, resolver, MAX_HOPS, &mut found);
    found
}

fn collect(
    file: SourceId,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    hops: usize,
    found: &mut BTreeMap<String, Exported>,
) {
    let module = store.module(file);
    let mut add = |name: &str, range: Range<u32>| {
        found.entry(name.to_owned()).or_insert(Exported { file, range });
    };
    let mut stars = Vec::new();
    for stmt in &module.body {
        match stmt {
            Stmt::Export(
                Export::Declared(name, range)
                | Export::From(_, _, name, range)
                | Export::Local(_, name, range),
            ) => add(name, range.clone()),
            Stmt::Export(Export::Default(expr)) => add("default", expr.start..expr.end),
            Stmt::Export(Export::All(source)) => stars.push(source),
            Stmt::Assign(Pattern::Attr(of, name), value) if is_exports(of) => {
                add(name, value.start..value.end)
            }
            // `module.exports = { handler }`
            Stmt::Assign(Pattern::Attr(_, exports), Expr { kind: ExprKind::Object(entries), .. })
                if &**exports == "exports" =>
            {
                for entry in entries {
                    let name = entry.key.as_deref().unwrap_or_default();
                    add(name, entry.value.start..entry.value.end);
                }
            }
            _ => {}
        }
    }
    for source in stars {
        let target = resolver.javascript(store.sources.path(file), source).and_then(|it| it.file);
        if let Some(target) = target.filter(|_| hops > 0) {
            collect(target, store, resolver, hops - 1, found);
        }
    }
}

/// `exports`, `module.exports`
fn is_exports(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => &**name == "exports",
        ExprKind::Attr(of, name) => {
            &**name == "exports" && matches!(&of.kind, ExprKind::Name(it) if &**it == "module")
        }
        _ => false,
    }
}

/// The default export of a file: the module that has it, and the expression or the name of the declaration.
pub(super) struct Default {
    pub(super) file: SourceId,
    pub(super) module: Arc<Module>,
    /// The name of the function that handles, where it has one in that module.
    pub(super) name: Option<Box<str>>,
    pub(super) range: Range<u32>,
}

/// Finds the default export of a file, in whichever file it is written.
pub(super) fn default_export(file: SourceId, store: &Store<'_>, resolver: &Resolver<'_>) -> Option<Default> {
    exported(file, "default", store, resolver, MAX_HOPS)
}

/// Finds an export of a file by its name, in whichever file it is written.
pub(super) fn named_export(
    file: SourceId,
    name: &str,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Option<Default> {
    exported(file, name, store, resolver, MAX_HOPS)
}

fn exported(
    file: SourceId,
    name: &str,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    hops: usize,
) -> Option<Default> {
    let module = store.module(file);
    let follow = |source: &str, name: &str| {
        let target = resolver.javascript(store.sources.path(file), source)?.file?;
        exported(target, name, store, resolver, hops.checked_sub(1)?)
    };
    for stmt in &module.body {
        let (local, range) = match stmt {
            Stmt::Export(Export::Default(expr)) if name == "default" => match &expr.kind {
                ExprKind::Name(local) => (Some(local.clone()), expr.start..expr.end),
                _ => (None, expr.start..expr.end),
            },
            Stmt::Export(Export::From(source, local, outer, range)) if &**outer == name => {
                let here = || Default { file, module: Arc::clone(&module), name: None, range: range.clone() };
                return Some(follow(source, local).unwrap_or_else(here));
            }
            Stmt::Export(Export::Local(local, outer, range)) if &**outer == name => {
                (Some(local.clone()), range.clone())
            }
            Stmt::Export(Export::Declared(local, range)) if &**local == name => {
                (Some(local.clone()), range.clone())
            }
            Stmt::Assign(Pattern::Attr(of, exports), value)
                if name == "default"
                    && (&**exports == "exports" || (&**exports == "default" && is_exports(of))) =>
            {
                match &value.kind {
                    ExprKind::Name(local) => (Some(local.clone()), value.start..value.end),
                    _ => (None, value.start..value.end),
                }
            }
            Stmt::Assign(Pattern::Attr(of, exports), value) if &**exports == name && is_exports(of) => {
                local_or_value(value)
            }
            Stmt::Assign(Pattern::Attr(_, exports), Expr { kind: ExprKind::Object(entries), .. })
                if &**exports == "exports" =>
            {
                match entries.iter().find(|it| it.key.as_deref() == Some(name)) {
                    Some(entry) => local_or_value(&entry.value),
                    None => continue,
                }
            }
            _ => continue,
        };
        // What is exported may itself be imported.
        let elsewhere = local.as_ref().and_then(|local| {
            let (source, outer) = imported(&module, local)?;
            follow(&source, &outer)
        });
        return Some(elsewhere.unwrap_or(Default { file, module: Arc::clone(&module), name: local, range }));
    }
    None
}

/// The name that a value is known by in its module, and its bytes.
fn local_or_value(value: &Expr) -> (Option<Box<str>>, Range<u32>) {
    let local = match &value.kind {
        ExprKind::Name(local) => Some(local.clone()),
        _ => None,
    };
    (local, value.start..value.end)
}

/// The module that a local name is imported from, and its name there.
pub(super) fn imported(module: &Module, local: &str) -> Option<(Box<str>, Box<str>)> {
    module.body.iter().find_map(|stmt| {
        let Stmt::Import(import) = stmt else { return None };
        import.names.iter().find_map(|name| match name {
            Imported::Name(outer, alias) if &**alias == local => Some((import.module.clone(), outer.clone())),
            _ => None,
        })
    })
}

/// The constant text of a key in any object of a configuration file; dots go down into objects.
pub(super) fn setting(module: &Module, key: &str) -> Option<Text> {
    let mut found = None;
    visit_setting(module, key, &mut |value| {
        found = found.take().or_else(|| constant(module, value, MAX_HOPS));
    });
    found
}

/// The constant texts of a list in any object of a configuration file.
pub(super) fn setting_texts(module: &Module, key: &str) -> Vec<String> {
    let mut found = Vec::new();
    visit_setting(module, key, &mut |value| found.extend(texts(module, value)));
    found
}

/// The constant texts in a list, which may be a constant of the module.
pub(super) fn texts(module: &Module, expr: &Expr) -> Vec<String> {
    let list = match &expr.kind {
        ExprKind::Name(name) => assigned(module, name),
        _ => Some(expr),
    };
    let mut found = Vec::new();
    if let Some(list) = list {
        walk_expr(list, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Str(text), .. }) = node {
                found.push(text.to_string());
            }
        });
    }
    found
}

/// What a module assigns to a name.
pub(super) fn assigned<'m>(module: &'m Module, name: &str) -> Option<&'m Expr> {
    module.body.iter().find_map(|stmt| match stmt {
        Stmt::Assign(Pattern::Name(it), value) if **it == *name => Some(value),
        _ => None,
    })
}

/// Visits the values of a key in the objects of a configuration file that are no part of another one: what stands
/// deeper belongs to somebody else.
pub(super) fn visit_setting(module: &Module, key: &str, visit: &mut dyn FnMut(&Expr)) {
    let mut keys = key.split('.');
    let first = keys.next().unwrap_or_default();
    let rest: Vec<&str> = keys.collect();
    let inner =
        |entries: &'_ [Property], key: &str| entries.iter().position(|it| it.key.as_deref() == Some(key));
    let mut covered = 0;
    walk(&module.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Object(entries), start, .. }) = node else { return };
        let is_part = *start < covered;
        let ends = entries.iter().filter(|it| it.key.is_some()).map(|it| it.value.end);
        covered = ends.fold(covered, u32::max);
        if is_part {
            return;
        }
        let Some(mut value) = inner(entries, first).map(|at| &entries[at].value) else { return };
        for key in &rest {
            let named = match &value.kind {
                ExprKind::Name(name) => assigned(module, name),
                _ => None,
            };
            let ExprKind::Object(entries) = &named.unwrap_or(value).kind else { return };
            let Some(at) = inner(entries, key) else { return };
            value = &entries[at].value;
        }
        visit(value);
    });
}

/// Where a function says itself that it is served.
pub(super) struct OwnPaths {
    pub(super) paths: Vec<String>,
    pub(super) methods: Vec<String>,
    pub(super) range: Range<u32>,
}

/// `export const config = { path: "/orders", method: "GET" }`; what a clock starts has no path.
pub(super) fn own_paths(module: &Module) -> Option<OwnPaths> {
    let config = assigned(module, "config")?;
    let ExprKind::Object(entries) = &config.kind else { return None };
    let value = |key: &str| entries.iter().find(|it| it.key.as_deref() == Some(key)).map(|it| &it.value);
    if let (None, Some(clock)) = (value("path"), value("schedule")) {
        return Some(OwnPaths { paths: Vec::new(), methods: Vec::new(), range: clock.start..clock.end });
    }
    let path = value("path")?;
    let methods = value("method").map(|it| texts(module, it)).unwrap_or_default();
    Some(OwnPaths {
        paths: texts(module, path).into_iter().filter(|it| it.starts_with('/')).collect(),
        methods: methods.iter().map(|it| it.to_ascii_uppercase()).collect(),
        range: path.start..path.end,
    })
}

/// A text, the name of a constant with a text, or a text as the last resort.
fn constant(module: &Module, expr: &Expr, hops: usize) -> Option<Text> {
    match &expr.kind {
        ExprKind::Str(text) => Some(Text::known(text)),
        ExprKind::Either(all) => {
            // `process.env.BASE ?? "/shop"` is `/shop`; of two texts nobody knows which.
            let mut texts: Vec<Text> = all
                .iter()
                .filter(|it| !matches!(&it.kind, ExprKind::Attr(of, _) if is_environment(of)))
                .filter_map(|it| constant(module, it, hops))
                .filter(|it| it.as_known().is_some())
                .collect();
            let last = texts.pop()?;
            Some(if texts.iter().all(|it| *it == last) { last } else { last.unsure() })
        }
        ExprKind::Name(name) => constant(module, assigned(module, name)?, hops.checked_sub(1)?),
        // What only the environment knows is not there where nobody says otherwise.
        ExprKind::Attr(of, _) if is_environment(of) => Some(Text::known("")),
        ExprKind::Attr(..) => Some(Text::hole("base")),
        _ => None,
    }
}

/// `process.env`, or the `env` of a library that checks it
fn is_environment(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Attr(of, name) => {
            &**name == "env" && matches!(&of.kind, ExprKind::Name(it) if &**it == "process")
        }
        ExprKind::Name(name) => &**name == "env",
        _ => false,
    }
}
