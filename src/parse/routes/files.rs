//! The family of files: a route is where its file lies, as in Next.js.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::decoy::{is_example, is_test_file, is_test_folder};
use super::detect::config_of;
use super::exports::{self, Exported};
use super::file_verbs::{Verb, verbs_of};
use super::framework::{FileRule, FileVerbs, Framework, Naming};
use super::inner_routers::{self, Inner};
use super::lower::Language;
use super::naming::{Named as FileName, fits, named, unescaped};
use super::query::exported::of_export;
use super::query::{Named, of_route};
use super::registered;
use super::resolve::{Resolver, join, normalize, parent};
use super::route_modules;
use super::settings;
use super::store::Store;
use super::template::templates;
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// A file that a rule calls a route.
pub(super) struct RouteFile<'f> {
    pub(super) id: SourceId,
    pub(super) rule: &'f FileRule,
    /// The folder of its package.
    pub(super) package: String,
    pub(super) named: FileName,
    /// It is certain that the framework reads it.
    pub(super) certain: bool,
}

/// What the layout of files says.
#[derive(Default)]
pub(super) struct Found {
    pub(super) routes: Vec<Route>,
    /// The first file that lies where routes lie, whether it declares one or not.
    pub(super) evidence: Option<SourceId>,
}

/// What the packages of a framework set.
struct Packages<'a> {
    folders: &'a BTreeMap<String, String>,
    /// Folders that a setting names as the root of a rule.
    roots: Vec<(String, &'a FileRule, &'a str)>,
    /// The suffixes of route files, where a package sets them.
    suffixes: BTreeMap<&'a str, Vec<String>>,
    /// Those in which the folders of route modules nest.
    nested: BTreeSet<&'a str>,
}

/// The routes that a framework reads from the layout of files in these packages.
pub(super) fn routes(
    framework: &Framework,
    folders: &BTreeMap<String, String>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    query: bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Found {
    if framework.files.is_empty() || (folders.is_empty() && !framework.files.iter().any(|it| it.evident)) {
        return Found::default();
    }
    let packages = packages(framework, folders, store);
    let mut found: Vec<RouteFile<'_>> = store
        .sources
        .iter()
        .filter(|(_, it)| wanted(&it.path))
        .filter_map(|(id, it)| route_file(framework, &packages, id, &it.path))
        .collect();
    route_modules::replace(framework, folders, store, resolver, &mut found);
    if found.iter().any(|it| !is_example(&join(&it.package, "x"))) {
        found.retain(|it| !is_example(&join(&it.package, "x")));
    }
    let bases: BTreeMap<&str, Text> =
        found.iter().map(|it| (it.package.as_str(), base_path(framework, &it.package, store))).collect();
    let mut routes: Vec<Route> = found
        .par_iter()
        .flat_map_iter(|file| {
            file_routes(framework, file, &bases[file.package.as_str()], store, resolver, query)
        })
        .collect();
    if let Some(register) = &framework.register {
        let base = |package: &str| base_path(framework, package, store);
        routes.extend(registered::routes(framework, register, folders, store, &base, wanted));
    }
    Found { routes, evidence: found.first().map(|it| it.id) }
}

fn packages<'a>(
    framework: &'a Framework,
    folders: &'a BTreeMap<String, String>,
    store: &Store<'_>,
) -> Packages<'a> {
    let mut roots = Vec::new();
    let mut suffixes = BTreeMap::new();
    for package in folders.keys() {
        for rule in framework.files.iter().filter(|it| !it.setting.is_empty()) {
            let set = rule.setting.iter().find_map(|key| settings::text(framework, package, key, store));
            let config = config_of(framework, package, store.sources);
            let is_bare = |it: &str| rule.bare.iter().any(|name| it.contains(name.as_str()));
            let bare = config.filter(|it| is_bare(it)).map(|_| String::new());
            let set = set.and_then(|it| it.as_known()).filter(|it| !it.is_empty());
            let told = rule.command.iter().flat_map(|it| settings::commanded(package, it, store));
            for folder in set.or(bare).into_iter().chain(told) {
                let Some(folder) = normalize(package, &folder) else { continue };
                match rule.roots.as_slice() {
                    [] => roots.push((folder, rule, package.as_str())),
                    below => roots.extend(below.iter().map(|it| (join(&folder, it), rule, package.as_str()))),
                }
            }
        }
        if let Some(key) = &framework.suffixes {
            let set = settings::texts(framework, package, key, store);
            suffixes.extend(Some((package.as_str(), set)).filter(|it| !it.1.is_empty()));
        }
    }
    let has_dots = framework.files.iter().any(|it| it.naming == Naming::Dots);
    let is_nested = |it: &&str| has_dots && route_modules::nests(framework, it, store);
    let nested = folders.keys().map(String::as_str).filter(is_nested).collect();
    Packages { folders, roots, suffixes, nested }
}

fn route_file<'f>(
    framework: &'f Framework,
    packages: &Packages<'f>,
    id: SourceId,
    path: &str,
) -> Option<RouteFile<'f>> {
    let language = Language::of(path)?;
    if is_test_file(path) {
        return None;
    }
    let reads = |rule: &FileRule| rule.language.unwrap_or(framework.language) == language;
    let mut inherited = None;
    for at in path.match_indices('/').map(|(at, _)| at + 1).chain([0]) {
        let package = path[..at].trim_end_matches('/');
        for rule in framework.files.iter().filter(|it| it.setting.is_empty() && reads(it)) {
            let below =
                rule.roots.iter().find_map(|root| path.get(at..)?.strip_prefix(root)?.strip_prefix('/'));
            let suffixes = packages.suffixes.get(package).map(Vec::as_slice);
            let Some(named) = below
                .and_then(|it| named(rule, without_suffix(it, suffixes)?, packages.nested.contains(package)))
            else {
                continue;
            };
            if is_test_folder(package) {
                continue;
            }
            let certain = !path[at..].split('/').any(|it| rule.doubtful.iter().any(|of| fits(of, it)));
            let file = RouteFile { id, rule, package: package.to_owned(), named, certain };
            if rule.evident || packages.folders.contains_key(package) {
                return Some(file);
            }
            // In a workspace the manifest may stand further up.
            let mut above = if rule.own_package { "" } else { package };
            while inherited.is_none() && !above.is_empty() {
                above = parent(above);
                if packages.folders.contains_key(above) {
                    let RouteFile { package, named, .. } = &file;
                    let (package, named) = (package.clone(), named.clone());
                    inherited = Some(RouteFile { id, rule, package, named, certain: false });
                }
            }
        }
    }
    inherited.or_else(|| {
        packages.roots.iter().filter(|it| reads(it.1)).find_map(|(root, rule, package)| {
            let below = if root.is_empty() { path } else { path.strip_prefix(root)?.strip_prefix('/')? };
            let named = named(rule, without_suffix(below, None)?, packages.nested.contains(package))?;
            Some(RouteFile { id, rule, package: (*package).to_owned(), named, certain: true })
        })
    })
}

/// The path without its suffix; none where the package reads other suffixes.
fn without_suffix<'p>(path: &'p str, suffixes: Option<&[String]>) -> Option<&'p str> {
    match suffixes {
        None => Some(path.rsplit_once('.')?.0),
        Some(all) => all
            .iter()
            .filter_map(|it| path.strip_suffix(it.as_str())?.strip_suffix('.'))
            .min_by_key(|it| it.len()),
    }
}

/// The setting that stands before every path of a package.
fn base_path(framework: &Framework, package: &str, store: &Store<'_>) -> Text {
    // A layer is served below the application that it belongs to.
    let layer = package.split("layers/").next().unwrap_or_default();
    let package = if layer == package { package } else { layer.trim_end_matches('/') };
    let keys = framework.base.iter().flat_map(|it| &it.keys);
    let mut set = keys.filter_map(|key| settings::text(framework, package, key, store));
    let is_path = |it: &Text| it.is_empty() || it.starts_with("/") || it.as_known().is_none();
    set.find(is_path).unwrap_or_else(|| Text::known(""))
}

fn file_routes(
    framework: &Framework,
    file: &RouteFile<'_>,
    base: &Text,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    query: bool,
) -> Vec<Route> {
    if file.rule.verbs == FileVerbs::Name
        && let Some(inner) = inner_routers::routes(&store.module(file.id))
    {
        let (base, certain) = base.to_path(framework.parameters);
        return inner.into_iter().flat_map(|it| inner_route(framework, file, &base, certain, it)).collect();
    }
    let verbs = verbs_of(file, store, resolver);
    let declared = match file.rule.verbs {
        FileVerbs::Handler | FileVerbs::ExportsOrHandler | FileVerbs::OwnPath => {
            exports::own_paths(&store.module(file.id))
        }
        _ => None,
    };
    let (verbs, below) = match declared {
        Some(own) => {
            let place = Exported { file: file.id, range: own.range };
            let said =
                own.methods.into_iter().map(|it| Verb::certain((it, place.clone()))).collect::<Vec<_>>();
            (if said.is_empty() { verbs } else { said }, own.paths)
        }
        None if file.rule.verbs == FileVerbs::OwnPath => return Vec::new(),
        None => (verbs, file.named.below.iter().map(|it| layout_path(file.rule, it)).collect()),
    };
    let (base, certain) = base.to_path(framework.parameters);
    let named: Vec<Vec<Named>> = match query {
        true => verbs.iter().map(|it| of_export(framework, &it.exported, store, resolver)).collect(),
        false => vec![Vec::new(); verbs.len()],
    };
    let mut routes = Vec::new();
    for below in below {
        let paths = templates(&format!("{base}/{below}"), framework.parameters, false);
        for (verb, named) in verbs.iter().zip(&named) {
            let method = &verb.method;
            // A handler that answers a preflight serves no operation by that.
            let preflight = method == "OPTIONS" && file.rule.verbs != FileVerbs::Exports;
            let confidence = match (verb.confidence, certain && file.certain && !preflight) {
                (Confidence::Resolved, false) => Confidence::Assumed,
                (confidence, _) => confidence,
            };
            for template in &paths {
                routes.push(Route {
                    method: method.clone(),
                    path: template.path.clone(),
                    confidence,
                    framework: framework.name.clone(),
                    span: first_line(store, &verb.exported),
                    wildcard: template.wildcard,
                    library: false,
                    query: of_route(named, method, &template.path),
                    hidden: false,
                });
            }
        }
    }
    routes
}

/// The routes of a router inside a file.
fn inner_route(
    framework: &Framework,
    file: &RouteFile<'_>,
    base: &str,
    certain: bool,
    inner: Inner,
) -> Vec<Route> {
    let confidence = if certain && file.certain { Confidence::Resolved } else { Confidence::Assumed };
    let path = format!("{base}/{}", registered::in_brackets(&inner.path));
    let span = Span { source: file.id, start: inner.range.start, end: inner.range.end };
    registered::routes_at(framework, &inner.method, &path, span, confidence)
}

/// The path that the layout gives a file.
fn layout_path(rule: &FileRule, below: &str) -> String {
    let segments = below.split('/').filter(|it| !it.is_empty());
    let kept = segments.filter(|segment| !rule.drop.iter().any(|it| fits(it, segment)));
    let plain = |it: &str| unescaped(it).replace("%5F", "_").replace("%5f", "_");
    let below: String = kept.map(|it| format!("/{}", plain(it))).collect();
    format!("{}{below}", rule.prefix)
}

/// A handler may be a whole function: its first line is enough to point at.
fn first_line(store: &Store<'_>, exported: &Exported) -> Span {
    let span = Span::new(exported.file, exported.range.start as usize..exported.range.end as usize);
    let words = store.sources.text(span);
    span.slice(0..words.find('\n').unwrap_or(words.len()))
}
