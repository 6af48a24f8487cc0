//! Route modules, as in Remix and React Router: a `loader` reads, an `action` writes; `app/routes.ts` may
//! say which file serves which path.

use std::collections::BTreeMap;

use super::detect::config_of;
use super::exports::{self, Exported};
use super::file_verbs::Verb;
use super::files::RouteFile;
use super::framework::{FileVerbs, Framework};
use super::handler;
use super::ir::{Export, Expr, ExprKind, Module, Node, Pattern, Property, Stmt, walk_expr};
use super::naming::{Named, alternatives};
use super::resolve::{Resolver, join, normalize};
use super::settings;
use super::store::Store;
use crate::model::route::Confidence;
use crate::source::SourceId;

/// Routes inside routes.
const MAX_DEPTH: usize = 12;

/// The verbs of a route module. One with a default export is a page, which is hardly an operation of an API. An
/// action serves every verb but GET and HEAD: the ones that it compares the method with, else the one that it
/// tells its builder, else POST, which is what forms and clients send when nobody asks for another.
pub(super) fn verbs(file: SourceId, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<Verb> {
    let names = exports::names(file, store, resolver);
    let mut found = Vec::new();
    let built = |it: &Exported, name: &str| builder(&store.module(it.file), name);
    if let Some(loader) = names.get("loader") {
        // What a builder makes beside an action may only refuse.
        let confidence = match built(loader, "loader").is_some_and(|it| it.both) {
            true => Confidence::Assumed,
            false => Confidence::Resolved,
        };
        found.push(Verb { method: "GET".to_owned(), exported: loader.clone(), confidence });
    }
    if let Some(action) = names.get("action") {
        let compared = handler::compared(&store.module(action.file));
        let mut written: Vec<String> =
            compared.into_iter().filter(|it| !matches!(it.as_str(), "GET" | "HEAD" | "OPTIONS")).collect();
        // Who asks for DELETE and turns nobody away takes what forms send, too.
        let text = &store.sources.get(action.file).text;
        if !written.is_empty() && !written.iter().any(|it| it == "POST") && !handler::refuses(text) {
            let (method, confidence) = ("POST".to_owned(), Confidence::Assumed);
            found.push(Verb { method, exported: action.clone(), confidence });
        }
        if written.is_empty() {
            written = built(action, "action").map(|it| it.methods).unwrap_or_default();
        }
        if written.is_empty() {
            written.push("POST".to_owned());
        }
        found.extend(written.into_iter().map(|it| Verb::certain((it, action.clone()))));
    }
    if names.contains_key("default") {
        found.iter_mut().for_each(|it| it.confidence = Confidence::Loose);
    }
    found
}

/// A call that makes what a module exports: `createAction({ method: "PUT" }, …)`.
struct Built {
    /// The verbs that it is told.
    methods: Vec<String>,
    /// It makes both a `loader` and an `action`.
    both: bool,
}

/// The call that makes an exported name.
fn builder(module: &Module, name: &str) -> Option<Built> {
    module.body.iter().find_map(|stmt| {
        let Stmt::Assign(pattern, value) = stmt else { return None };
        let both = match pattern {
            Pattern::Name(it) => (**it == *name).then_some(false)?,
            Pattern::Object(entries) => {
                let binds = |name: &str| {
                    entries.iter().any(|(_, it)| matches!(it, Pattern::Name(it) if **it == *name))
                };
                binds(name).then(|| binds("loader") && binds("action"))?
            }
            _ => return None,
        };
        let ExprKind::Call(call) = &value.kind else { return None };
        let mut methods = Vec::new();
        for entry in call.args.iter().filter_map(|it| entries(&it.value)).flatten() {
            if matches!(entry.key.as_deref(), Some("method" | "methods")) {
                let texts =
                    exports::texts(module, &entry.value).into_iter().map(|it| it.to_ascii_uppercase());
                methods.extend(texts.filter(|it| handler::is_verb(it) && it != "GET"));
            }
        }
        Some(Built { methods, both })
    })
}

fn entries(value: &Expr) -> Option<&[Property]> {
    match &value.kind {
        ExprKind::Object(entries) => Some(entries),
        _ => None,
    }
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
        let Some(config) = configuration(framework, package, store) else { continue };
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
        // What says nothing that is understood may still read the layout of files.
        if !reader.flat && !reader.routes.is_empty() {
            found.retain(|it| it.package != *package);
        }
        for (id, segments) in reader.routes {
            let named = Named { below: alternatives(&segments), verb: None };
            found.push(RouteFile { id, rule, package: package.clone(), named, certain: true });
        }
    }
}

/// The file that says which file serves which path, if a package has one.
fn configuration(framework: &Framework, package: &str, store: &Store<'_>) -> Option<SourceId> {
    let set = settings::text(framework, package, "appDirectory", store).and_then(|it| it.as_known());
    let folder = set.and_then(|it| normalize(package, &it)).unwrap_or_else(|| join(package, "app"));
    let name = |suffix: &&str| store.sources.id(&join(&folder, &format!("routes.{suffix}")));
    ["ts", "js", "mts", "mjs", "tsx"].iter().find_map(name)
}

/// Whether folders nest in a package as they did in the first version of Remix, and do for libraries: then every file
/// below the folder of routes is one.
pub(super) fn nests(framework: &Framework, package: &str, store: &Store<'_>) -> bool {
    let text = |path: &str| store.sources.id(path).map(|it| &*store.sources.get(it).text);
    if let Some(id) = configuration(framework, package, store) {
        return NESTING.iter().any(|it| store.sources.get(id).text.contains(it));
    }
    let manifest: serde_json::Value =
        text(&join(package, "package.json")).and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    let of = |name: &str| {
        let all = ["dependencies", "devDependencies"].iter();
        all.filter_map(|it| manifest[*it].get(name)?.as_str()).next()
    };
    if of("@remix-run/v1-route-convention").is_some() {
        return true;
    }
    let version =
        ["@remix-run/node", "@remix-run/react", "@remix-run/server-runtime"].iter().find_map(|it| of(it));
    let is_first = version.is_some_and(|it| it.trim_start_matches(['^', '~', 'v', '=']).starts_with("1."));
    let config = config_of(framework, package, store.sources).and_then(text);
    is_first
        && of("remix-flat-routes").is_none()
        && config.is_none_or(|it| !it.contains("v2_routeConvention: true"))
}

/// Functions that make routes of folders that nest.
const NESTING: [&str; 2] = ["autoRoutes", "createRoutesFromFolders"];

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
                    "flatRoutes" | "autoRoutes" => self.flat = true,
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
