//! Files that import what waits to be called and never name the framework themselves.

use std::collections::{BTreeSet, HashSet};

use rayon::prelude::*;
use regex::bytes::Regex;

use super::calls::uses;
use super::compiled::is_compiled;
use super::decoy::{is_example, is_test};
use super::interpret::Interpreter;
use super::ir::{Call, Expr, ExprKind, Imported, Node, Stmt, walk};
use super::lower::Language;
use super::resolve::Resolver;
use super::store::Store;
use crate::source::SourceId;

/// Files that import files that import what declares routes.
const MAX_HOPS: usize = 4;

/// Runs the files that import what waits to be called, those that import these, and what a command line calls in
/// them; all files that are known then.
pub(super) fn run_importers(
    interpreter: &mut Interpreter<'_>,
    files: &[SourceId],
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    examples: bool,
) -> Vec<SourceId> {
    let users = |id: &SourceId| store.tables.iter().any(|it| uses(it, store, *id));
    let users: HashSet<SourceId> = files.iter().copied().filter(users).collect();
    let mut known: Vec<SourceId> = files.to_vec();
    let mut importing: Vec<SourceId> = Vec::new();
    for hop in 0..MAX_HOPS {
        // Set-up that does not even name the framework is left to whoever does.
        let waits = |id: &SourceId| match users.contains(id) {
            true => interpreter.waits(*id),
            false => interpreter.has_factory(*id),
        };
        let waiting: Vec<SourceId> = files.iter().copied().filter(waits).collect();
        if waiting.is_empty() {
            break;
        }
        if hop == 0 {
            // Who makes what waits may name the framework, too, as the type of what it returns.
            let others: Vec<SourceId> = files.iter().copied().filter(|it| !waiting.contains(it)).collect();
            importing = importers(&waiting, &others, store, resolver);
            importing.extend(waiting);
        }
        let candidates = unknown(&known, store, examples);
        importing = importers(&importing, &candidates, store, resolver);
        if importing.is_empty() {
            break;
        }
        importing.iter().for_each(|&id| interpreter.run(id));
        known.extend(&importing);
    }
    // The outermost first: they hand over what the others only name.
    if files.iter().any(|id| users.contains(id) && interpreter.waits(*id)) {
        known.iter().rev().for_each(|&id| interpreter.run_entries(id));
    }
    known
}

/// Files that import one of these: `server.ts`, which never names the framework, makes the `App` of `app.ts`.
fn importers(
    files: &[SourceId],
    candidates: &[SourceId],
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Vec<SourceId> {
    let stems: BTreeSet<String> =
        files.iter().map(|&id| regex::escape(module_name(store.sources.path(id)))).collect();
    // Bytes, not characters: a Unicode word boundary would leave the fast path of the engine.
    let stems = stems.into_iter().collect::<Vec<_>>().join("|");
    let mention = format!(r#"(?m-u)['"/](?:{stems})(?:\.\w+)?['"`]|^\s*(?:from|import)\s.*\b(?:{stems})\b"#);
    let Some(mention) = Regex::new(&mention).ok().filter(|_| !files.is_empty()) else { return Vec::new() };
    let found = candidates.par_iter().copied().filter(|&id| {
        let it = store.sources.get(id);
        let names_one = |module: &str| {
            let language = Language::of(&it.path);
            let target = language.and_then(|language| resolver.imported(language, &it.path, module));
            target.and_then(|it| it.file).is_some_and(|it| files.contains(&it))
        };
        mention.is_match(it.text.as_bytes()) && imports(store, id, &names_one)
    });
    found.collect()
}

/// The source files that were not looked at yet.
fn unknown(known: &[SourceId], store: &Store<'_>, examples: bool) -> Vec<SourceId> {
    let all = store
        .sources
        .iter()
        .filter(|(id, it)| !known.contains(id) && Language::of(&it.path).is_some() && !is_test(&it.path))
        .filter(|(_, it)| (examples || !is_example(&it.path)) && !is_compiled(&it.path, store.sources))
        .filter(|(_, it)| !is_minified(&it.text));
    all.map(|(id, _)| id).collect()
}

/// Whether a text is written for machines: a bundle of a web page, not a program that starts a server.
fn is_minified(text: &str) -> bool {
    text.len() > 20_000 && text.lines().count() < text.len() / 300
}

/// The name by which others import a file.
fn module_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let stands_for_folder = matches!(stem, "index" | "__init__") && !folder.is_empty();
    if stands_for_folder { folder.rsplit('/').next().unwrap_or(folder) } else { stem }
}

/// Whether a file imports a module that is wanted.
pub(super) fn imports(store: &Store<'_>, id: SourceId, wanted: &dyn Fn(&str) -> bool) -> bool {
    let mut found = false;
    let is_python = Language::of(store.sources.path(id)) == Some(Language::Python);
    walk(&store.module(id).body, &mut |node| match node {
        Node::Stmt(Stmt::Import(import)) => {
            // `from tornado import web`
            let inner = import.names.iter().filter(|_| is_python).filter_map(|it| match it {
                Imported::Name(name, _) => Some(format!("{}.{name}", import.module.trim_end_matches('.'))),
                _ => None,
            });
            found = found || wanted(&import.module) || inner.into_iter().any(|it| wanted(&it));
        }
        Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => {
            found |= required(call).is_some_and(|it| wanted(&it));
        }
        Node::Stmt(_) | Node::Expr(_) => {}
    });
    found
}

/// The module that `require("…")` names.
fn required(call: &Call) -> Option<String> {
    if !matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "require") {
        return None;
    }
    match &call.args.first()?.value.kind {
        ExprKind::Str(module) => Some(module.to_string()),
        // `${__dirname}/server`
        ExprKind::Concat(parts) => match parts.as_slice() {
            [Expr { kind: ExprKind::Name(here), .. }, Expr { kind: ExprKind::Str(below), .. }]
                if &**here == "__dirname" =>
            {
                Some(format!(".{below}"))
            }
            _ => None,
        },
        _ => None,
    }
}
