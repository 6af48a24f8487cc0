//! The family of files: a route is where its file lies, as in Next.js.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::decoy::{is_example, is_test_file, is_test_folder};
use super::detect::config_of;
use super::exports::{self, Exported};
use super::framework::{FileRule, FileVerbs, Framework};
use super::handler;
use super::lower::Language;
use super::resolve::{Resolver, join, parent};
use super::store::Store;
use super::template::templates;
use super::text::Text;
use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// A file that a rule calls a route.
struct RouteFile<'f> {
    id: SourceId,
    rule: &'f FileRule,
    /// The folder of its package.
    package: String,
    /// Below the rule's root, without suffix.
    below: String,
}

/// The routes that a framework reads from the layout of files in these packages.
pub(super) fn routes(
    framework: &Framework,
    packages: &BTreeMap<String, String>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Route> {
    let mut found: Vec<RouteFile<'_>> = store
        .sources
        .iter()
        .filter(|(_, it)| Language::of(&it.path) == Some(framework.language) && wanted(&it.path))
        .filter_map(|(id, it)| route_file(framework, packages, id, &it.path))
        .collect();
    if found.iter().any(|it| !is_example(&join(&it.package, "x"))) {
        found.retain(|it| !is_example(&join(&it.package, "x")));
    }
    let bases: BTreeMap<&str, Text> =
        found.iter().map(|it| (it.package.as_str(), base_path(framework, &it.package, store))).collect();
    found
        .par_iter()
        .flat_map_iter(|file| file_routes(framework, file, &bases[file.package.as_str()], store, resolver))
        .collect()
}

fn route_file<'f>(
    framework: &'f Framework,
    packages: &BTreeMap<String, String>,
    id: SourceId,
    path: &str,
) -> Option<RouteFile<'f>> {
    if is_test_file(path) {
        return None;
    }
    let mut inherited = None;
    for (at, _) in path.match_indices('/').map(|(at, _)| (at + 1, ())).chain([(0, ())]) {
        for rule in &framework.files {
            let below =
                rule.roots.iter().find_map(|root| path.get(at..)?.strip_prefix(root)?.strip_prefix('/'));
            let Some(below) = below.and_then(|it| listed(rule, it)) else { continue };
            let package = path[..at].trim_end_matches('/').to_owned();
            if is_test_folder(&package) {
                continue;
            }
            if packages.contains_key(&package) {
                return Some(RouteFile { id, rule, package, below });
            }
            // In a workspace the manifest may stand further up.
            let mut above = package.as_str();
            while inherited.is_none() && !above.is_empty() {
                above = parent(above);
                if packages.contains_key(above) {
                    inherited = Some(RouteFile { id, rule, package: package.clone(), below: below.clone() });
                }
            }
        }
    }
    inherited
}

/// The path below the root without suffix, if the rule reads the file.
fn listed(rule: &FileRule, below: &str) -> Option<String> {
    let stem = below.rsplit_once('.')?.0;
    let (folder, name) = (parent(stem), stem.rsplit('/').next()?);
    let named = rule.names.is_empty() || rule.names.iter().any(|it| it == name);
    let skipped = stem.split('/').any(|segment| rule.skip.iter().any(|it| fits(it, segment)));
    let stands_for_folder = !rule.names.is_empty() || rule.index.iter().any(|it| it == name);
    (named && !skipped).then(|| if stands_for_folder { folder.to_owned() } else { stem.to_owned() })
}

/// Matches a segment against a pattern with at most two stars.
fn fits(pattern: &str, segment: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else { return pattern == segment };
    segment.len() >= start.len() + end.len() && segment.starts_with(start) && segment.ends_with(end)
}

/// The setting that stands before every path of a package.
fn base_path(framework: &Framework, package: &str, store: &Store<'_>) -> Text {
    let value = framework.base.as_ref().and_then(|base| {
        let config = config_of(framework, package, store.sources)?;
        let module = store.module(store.sources.id(config)?);
        exports::setting(&module, &base.key)
    });
    value.unwrap_or_else(|| Text::known(""))
}

fn file_routes(
    framework: &Framework,
    file: &RouteFile<'_>,
    base: &Text,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> Vec<Route> {
    let verbs: Vec<(String, Exported)> = match file.rule.verbs {
        FileVerbs::Exports => exports::verbs(file.id, store, resolver),
        FileVerbs::Handler => handler::verbs(file.id, store, resolver),
    };
    let segments = file.below.split('/').filter(|it| !it.is_empty());
    let kept = segments.filter(|segment| !file.rule.drop.iter().any(|it| fits(it, segment)));
    let below: String = kept.map(|it| format!("/{}", it.replace("%5F", "_").replace("%5f", "_"))).collect();
    let (base, certain) = base.to_path(framework.parameters);
    let paths = templates(&format!("{base}{}{below}", file.rule.prefix), framework.parameters, false);
    let mut routes = Vec::new();
    for (method, exported) in verbs {
        for template in &paths {
            routes.push(Route {
                method: method.clone(),
                path: template.path.clone(),
                confidence: if certain { Confidence::Resolved } else { Confidence::Assumed },
                framework: framework.name.clone(),
                span: first_line(store, &exported),
                wildcard: template.wildcard,
                hidden: false,
            });
        }
    }
    routes
}

/// A handler may be a whole function: its first line is enough to point at.
fn first_line(store: &Store<'_>, exported: &Exported) -> Span {
    let span = Span::new(exported.file, exported.range.start as usize..exported.range.end as usize);
    let words = store.sources.text(span);
    span.slice(0..words.find('\n').unwrap_or(words.len()))
}
