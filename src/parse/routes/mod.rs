//! Source code → [`crate::model::route::Routes`].
//!
//! tree-sitter reads a file, [`lower`] turns its tree into a small intermediate form, one interpreter
//! evaluates router values across files, and what a framework calls its routers, verbs and mounts is data.

mod calls;
mod decoy;
mod detect;
mod entry;
mod exports;
mod files;
mod framework;
mod graph;
mod handler;
mod import;
mod interpret;
#[cfg_attr(
    not(feature = "languages"),
    expect(dead_code, reason = "each language makes only some of the forms")
)]
mod ir;
mod lower;
mod resolve;
mod store;
mod template;
#[cfg(test)]
mod tests;
mod text;

use std::cmp::Reverse;

use globset::{Glob, GlobSet, GlobSetBuilder};

pub use import::{Format, Import};

use crate::model::Files;
use crate::model::route::{Framework, Route, Routes};
use crate::source::Sources;

/// What the configuration says about routes.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Globs of the source files to look at; empty for the whole project.
    pub sources: Vec<String>,
    /// Files in which other programs wrote routes or requests.
    pub imports: Vec<Import>,
}

/// Whether the extractor can use the text of the file at this path: source code, or a file that says which
/// framework is used, how imports resolve or which application is started.
pub fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    lower::Language::of(path).is_some() || is_manifest(name)
}

fn is_manifest(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let known =
        ["package.json", "pyproject.toml", "pipfile", "procfile", "makefile", "fly.toml", "render.yaml"];
    known.contains(&lower.as_str())
        || (lower.starts_with("tsconfig") && lower.ends_with(".json"))
        || lower == "jsconfig.json"
        || (lower.starts_with("requirements") && lower.ends_with(".txt"))
        || lower.starts_with("dockerfile")
        || lower.ends_with(".dockerfile")
        || (lower.contains("compose") && (lower.ends_with(".yml") || lower.ends_with(".yaml")))
        || lower.ends_with(".sh")
}

/// Finds the routes that the project's code and route lists declare.
pub fn extract(sources: &Sources, files: &Files, settings: &Settings) -> Routes {
    let store = store::Store::new(sources);
    let resolver = resolve::Resolver::new(sources);
    let globs = globs(&settings.sources);
    let wanted = |path: &str| globs.as_ref().is_none_or(|it| it.is_match(path));
    let mut found = Routes::default();
    let calls = calls::routes(&store, &resolver, files, &wanted);
    found.routes = calls.routes;
    for (framework, user) in framework::ALL.iter().zip(calls.users) {
        let packages = detect::packages(framework, sources, files);
        found.routes.extend(files::routes(framework, &packages, &store, &resolver, &wanted));
        // A manifest may name what no code uses: where no file imports it there is nothing to be blind to.
        let user = user.map(|it| sources.path(it).to_owned());
        if user.is_some() || !framework.files.is_empty() {
            let evidence = packages.into_values().next().or(user);
            found.frameworks.extend(evidence.map(|it| Framework {
                name: framework.name.clone(),
                routes: 0,
                evidence: it,
            }));
        }
    }
    for it in &settings.imports {
        if let Some(id) = sources.id(&it.path) {
            let imported = import::read(sources, id, it.format);
            let routes = import::new_ones(imported.routes, &found.routes);
            found.routes.extend(routes);
            found.requests.extend(imported.requests);
        }
    }
    // Of the same route found twice the more certain one stays.
    let key = |it: &Route| (it.path.clone(), it.method.clone(), it.span, Reverse(it.confidence));
    found.routes.sort_by_cached_key(key);
    found.routes.dedup_by(|a, b| (&a.path, &a.method, a.span) == (&b.path, &b.method, b.span));
    for framework in &mut found.frameworks {
        framework.routes = found.routes.iter().filter(|it| it.framework == framework.name).count();
    }
    found.files_parsed = store.parsed();
    found
}

/// The globs of the configuration; none where there are none, or where none of them can be read.
fn globs(patterns: &[String]) -> Option<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    let globs: Vec<Glob> = patterns.iter().filter_map(|it| Glob::new(it).ok()).collect();
    if globs.is_empty() {
        return None;
    }
    for glob in globs {
        builder.add(glob);
    }
    builder.build().ok()
}
