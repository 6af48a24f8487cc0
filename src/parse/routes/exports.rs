//! What an ECMAScript module exports, re-exports of other files followed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::ir::{Export, Expr, ExprKind, Imported, Module, Node, Pattern, Stmt, walk};
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

/// The verbs that a file exports under their names.
pub(super) fn verbs(file: SourceId, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<(String, Exported)> {
    let mut found = BTreeMap::new();
    collect(file, store, resolver, MAX_HOPS, &mut found);
    found.into_iter().filter(|(name, _)| VERBS.contains(&name.as_str())).collect()
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
            Stmt::Export(Export::All(source)) => stars.push(source),
            Stmt::Assign(Pattern::Attr(of, name), value) if is_exports(of) => {
                add(name, value.start..value.end)
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

/// The constant text of a key in any object of a configuration file.
pub(super) fn setting(module: &Module, key: &str) -> Option<Text> {
    let mut found = None;
    walk(&module.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Object(entries), .. }) = node else { return };
        if let Some(entry) = entries.iter().find(|it| it.key.as_deref() == Some(key)) {
            found = found.take().or_else(|| constant(module, &entry.value, MAX_HOPS));
        }
    });
    found
}

/// A text, the name of a constant with a text, or a text as the last resort.
fn constant(module: &Module, expr: &Expr, hops: usize) -> Option<Text> {
    match &expr.kind {
        ExprKind::Str(text) => Some(Text::known(text)),
        ExprKind::Either(all) => {
            // `process.env.BASE ?? "/shop"` is `/shop`; of two texts nobody knows which.
            let mut texts: Vec<Text> = all
                .iter()
                .filter_map(|it| constant(module, it, hops))
                .filter(|it| it.as_known().is_some())
                .collect();
            let last = texts.pop()?;
            Some(if texts.iter().all(|it| *it == last) { last } else { last.unsure() })
        }
        ExprKind::Name(name) => module.body.iter().find_map(|stmt| match stmt {
            Stmt::Assign(Pattern::Name(it), value) if it == name => {
                constant(module, value, hops.checked_sub(1)?)
            }
            _ => None,
        }),
        ExprKind::Attr(..) => Some(Text::hole("base")),
        _ => None,
    }
}
