//! Route modules, as in Remix and React Router: a `loader` reads, an `action` writes; `app/routes.ts` may
//! say which file serves which path.

use std::collections::BTreeMap;

use super::exports::{self, Exported};
use super::files::RouteFile;
use super::framework::{FileVerbs, Framework};
use super::handler;
use super::ir::{Export, Expr, ExprKind, Module, Node, Stmt, walk_expr};
use super::naming::{Named, alternatives};
use super::resolve::{Resolver, join};
use super::store::Store;
use crate::source::SourceId;

/// Routes inside routes.
const MAX_DEPTH: usize = 12;

/// The verbs of a route module. One with a default export is a page, which is no operation of an API. An
/// action serves every verb but GET and HEAD: the ones that it compares the method with, else POST, which
/// is what forms and clients send when nobody asks for another.
pub(super) fn verbs(file: SourceId, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<(String, Exported)> {
    let names = exports::names(file, store, resolver);
    if names.contains_key("default") {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Some(loader) = names.get("loader") {
        found.push(("GET".to_owned(), loader.clone()));
    }
    if let Some(action) = names.get("action") {
        let compared = handler::compared(&store.module(action.file));
        let mut written: Vec<String> =
            compared.into_iter().filter(|it| !matches!(it.as_str(), "GET" | "HEAD" | "OPTIONS")).collect();
        if written.is_empty() {
            written.push("POST".to_owned());
        }
        found.extend(written.into_iter().map(|it| (it, action.clone())));
    }
    found
}

/// In a package with `app/routes.ts` the files that it names take the place of those that only lie there.
pub(super) fn replace<'f>(
    framework: &'f Framework,
    packages: &BTreeMap<String, String>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    found: &mut Vec<RouteFile<'f>>,
) {
    let Some(rule) = framework.files.iter().find(|it| it.verbs == FileVerbs::LoaderAction) else { return };
    for package in packages.keys() {
        let config = ["ts", "js", "mts", "mjs", "tsx"]
            .iter()
            .find_map(|suffix| store.sources.id(&join(package, &format!("app/routes.{suffix}"))));
        let Some(config) = config else { continue };
        let module = store.module(config);
        let mut reader = Reader {
            module: &module,
            from: store.sources.path(config),
            resolver,
            routes: Vec::new(),
            flat: false,
        };
        for stmt in &module.body {
            if let Stmt::Export(Export::Default(value)) = stmt {
                reader.read(value, &[], 0);
            }
        }
        if !reader.flat {
            found.retain(|it| it.package != *package);
        }
        for (id, segments) in reader.routes {
            let named = Named { below: alternatives(&segments), verb: None };
            found.push(RouteFile { id, rule, package: package.clone(), named });
        }
    }
}

/// A segment in brackets' syntax, and whether it may be left out.
type Segment = (String, bool);

struct Reader<'r> {
    module: &'r Module,
    from: &'r str,
    resolver: &'r Resolver<'r>,
    routes: Vec<(SourceId, Vec<Segment>)>,
    /// The layout of files counts, too.
    flat: bool,
}

impl Reader<'_> {
    fn read(&mut self, value: &Expr, above: &[Segment], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match &value.kind {
            ExprKind::List(items) => items.iter().for_each(|it| self.read(it, above, depth + 1)),
            ExprKind::Spread(inner) => self.read(inner, above, depth + 1),
            ExprKind::Name(name) => {
                let module = self.module;
                if let Some(value) = exports::assigned(module, name) {
                    self.read(value, above, depth + 1);
                }
            }
            ExprKind::Call(call) => {
                let callee = match &call.callee.kind {
                    ExprKind::Name(name) | ExprKind::Attr(_, name) => &**name,
                    _ => return,
                };
                let args: Vec<&Expr> = call.args.iter().map(|it| &it.value).collect();
                let text = |at: usize| match args.get(at).map(|it| &it.kind) {
                    Some(ExprKind::Str(text)) => Some(&**text),
                    _ => None,
                };
                let children =
                    args.iter().filter(|it| matches!(it.kind, ExprKind::List(_) | ExprKind::Name(_)));
                match callee {
                    "flatRoutes" => self.flat = true,
                    "route" | "prefix" | "layout" | "index" => {
                        let is_path = matches!(callee, "route" | "prefix");
                        let mut path = above.to_vec();
                        path.extend(text(0).filter(|_| is_path).into_iter().flat_map(segments));
                        let file = match callee {
                            "route" => text(1),
                            "index" => text(0),
                            _ => None,
                        };
                        let target = file.and_then(|it| self.resolver.javascript(self.from, &relative(it)));
                        self.routes.extend(target.and_then(|it| it.file).map(|it| (it, path.clone())));
                        children.for_each(|it| self.read(it, &path, depth + 1));
                    }
                    // `[…].concat(…)`, `Promise.all(…)`, `remixRoutesOptionAdapter(…)`
                    _ => walk_expr(value, &mut |node| {
                        self.flat |= matches!(node, Node::Expr(Expr { kind: ExprKind::Name(it), .. }) if &**it == "flatRoutes");
                    }),
                }
            }
            _ => {}
        }
    }
}

fn relative(file: &str) -> String {
    if file.starts_with('.') { file.to_owned() } else { format!("./{file}") }
}

/// `boats/:id?` in brackets' syntax.
fn segments(path: &str) -> Vec<Segment> {
    let parts = path.split('/').filter(|it| !it.is_empty());
    parts
        .map(|part| {
            let (part, optional) = part.strip_suffix('?').map_or((part, false), |it| (it, true));
            let segment = match part.strip_prefix(':') {
                // `:id.json`
                Some(name) => match name.split_once('.') {
                    Some((name, rest)) => format!("[{name}].{rest}"),
                    None => format!("[{name}]"),
                },
                None if part == "*" => "[...splat]".to_owned(),
                None => part.to_owned(),
            };
            (segment, optional)
        })
        .collect()
}
