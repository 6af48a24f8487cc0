//! Source code → [`crate::model::route::Routes`].
//!
//! tree-sitter reads a file, [`lower`] turns its tree into a small intermediate form, one interpreter
//! evaluates router values across files, and what a framework calls its routers, verbs and mounts is data.

mod annotations;
mod asked;
mod blocks;
mod calls;
mod compiled;
mod composer;
mod crates;
mod decoy;
mod detect;
mod entry;
mod exports;
mod features;
mod file_verbs;
mod files;
mod framework;
mod gateway;
mod go_packages;
mod graph;
mod handler;
mod import;
mod importers;
mod inner_routers;
mod interpret;
#[cfg_attr(
    not(feature = "languages"),
    expect(dead_code, reason = "each language makes only some of the forms")
)]
mod ir;
mod lower;
mod naming;
mod query;
mod reached;
mod registered;
mod resolve;
mod rewrites;
mod route_modules;
mod settings;
mod store;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod unread;
mod workspaces;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use globset::{Glob, GlobSet, GlobSetBuilder};

pub use framework::check_tables;
pub use import::{Format, Import};

use crate::model::Files;
use crate::model::route::{Framework, Reach, Route, Routes};
use crate::source::Sources;

/// More routes than any program declares, also one that includes itself in a circle; the rest is left out.
const MAX_ROUTES: usize = 100_000;

/// What the configuration says about routes.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Globs of the source files to look at; empty for the whole project.
    pub sources: Vec<String>,
    /// Files in which other programs wrote routes or requests.
    pub imports: Vec<Import>,
    /// Frameworks of the project's own, and what it adds to known ones.
    pub frameworks: Vec<toml::Table>,
    /// Whether to read the query parameters of routes.
    pub query: bool,
    /// How many expressions are evaluated at most; without it as many as a few seconds allow.
    pub steps: Option<u32>,
}

/// Whether the extractor can use the text of the file at this path: source code, or a file that says which
/// framework is used, how imports resolve or which application is started.
pub fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    lower::Language::of(path).is_some()
        || is_manifest(name)
        || annotations::is_configuration(path)
        || gateway::wants(path)
}

fn is_manifest(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let known = [
        "package.json",
        "go.mod",
        "pyproject.toml",
        "pipfile",
        "procfile",
        "makefile",
        "fly.toml",
        "render.yaml",
        "composer.json",
        "gemfile",
        "netlify.toml",
        "vercel.json",
        "_redirects",
        "cargo.toml",
    ];
    known.contains(&lower.as_str())
        || (lower.starts_with("tsconfig") && lower.ends_with(".json"))
        || lower == "jsconfig.json"
        || (lower.starts_with("requirements") && lower.ends_with(".txt"))
        || lower.starts_with("dockerfile")
        || lower.ends_with(".dockerfile")
        || (lower.contains("compose") && (lower.ends_with(".yml") || lower.ends_with(".yaml")))
        || lower.ends_with(".sh")
        || interpret::decorated::environment::is_environment(&lower)
        || annotations::contract::is_build_file(name)
}

/// The stack of the threads that read code, in bytes: chains of hundreds of calls nest as deep. Only what is used of it
/// takes memory.
const STACK: usize = 256 << 20;

/// Finds the routes that the project's code and route lists declare.
pub fn extract(sources: &Sources, files: &Files, settings: &Settings) -> Routes {
    let find = || find(sources, files, settings);
    match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
        Ok(pool) => pool.install(find),
        Err(_) => find(),
    }
}

fn find(sources: &Sources, files: &Files, settings: &Settings) -> Routes {
    let own = framework::with_own(&settings.frameworks);
    let tables = own.as_deref().unwrap_or(&framework::ALL);
    let store = store::Store::new(sources, tables);
    let resolver = resolve::Resolver::new(sources);
    let globs = globs(&settings.sources);
    let wanted = |path: &str| globs.as_ref().is_none_or(|it| it.is_match(path));
    let mut found = Routes::default();
    let calls = calls::routes(&store, &resolver, files, settings, &wanted);
    found.routes = calls.routes;
    let annotated = annotations::routes(store.tables, &store, settings.query, &wanted, &calls.hosted);
    found.routes.extend(annotated.routes);
    found.contract_first = annotations::contract::find(sources);
    let manifests = detect::Manifests::of(sources, files);
    for (framework, user) in store.tables.iter().zip(calls.users) {
        let user = user.or_else(|| annotated.users.get(&framework.name).copied());
        let declares =
            || found.routes.iter().find(|it| it.framework == framework.name).map(|it| it.span.source);
        let user = user.or_else(declares);
        let packages = manifests.packages(framework);
        let laid_out = files::routes(framework, &packages, &store, &resolver, settings.query, &wanted);
        found.routes.extend(rewrites::rewritten(framework, &packages, &store, laid_out.routes));
        // A manifest may name what no code uses: where no file imports it there is nothing to be blind to.
        let user = user.map(|it| sources.path(it).to_owned());
        let laid_out = laid_out.evidence.map(|it| sources.path(it).to_owned());
        let reach = match calls.finished || framework.construct.is_empty() {
            true => Reach::Whole,
            false => Reach::Partly,
        };
        let has_files = !framework.files.is_empty() && !framework.optional;
        if user.is_some() || has_files || laid_out.is_some() {
            let evidence = packages.into_values().next().or(user).or(laid_out);
            found.frameworks.extend(evidence.map(|it| Framework {
                name: framework.name.clone(),
                routes: 0,
                evidence: it,
                reach,
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
    for framework in store.tables.iter() {
        // What needs no dependency is there where it serves something.
        if found.frameworks.iter().all(|it| it.name != framework.name)
            && let Some(first) = found.routes.iter().find(|it| it.framework == framework.name)
        {
            let evidence = sources.path(first.span.source).to_owned();
            let name = framework.name.clone();
            found.frameworks.push(Framework { name, routes: 0, evidence, reach: Reach::Whole });
        }
    }
    for framework in &mut found.frameworks {
        framework.routes = found.routes.iter().filter(|it| it.framework == framework.name).count();
    }
    if !found.routes.is_empty() {
        found.gateways = gateway::read(sources);
    }
    // A Go program may use a router for another's sake: its middleware, or what stands on top of it.
    let is_go =
        |name: &str| store.tables.iter().any(|it| it.name == name && it.language == lower::Language::Go);
    let go_serves = found.frameworks.iter().any(|it| it.routes > 0 && is_go(&it.name));
    found.frameworks.retain(|it| it.routes > 0 || !go_serves || !is_go(&it.name));
    let serves = |name: &str| found.frameworks.iter().any(|it| it.name == name && it.routes > 0);
    let beneath: BTreeSet<&str> =
        store.tables.iter().filter(|it| serves(&it.name)).flat_map(|it| &it.on).map(String::as_str).collect();
    found.frameworks.retain(|it| it.routes > 0 || !beneath.contains(it.name.as_str()));
    if found.routes.is_empty() {
        found.frameworks.extend(unread::used(&store));
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
