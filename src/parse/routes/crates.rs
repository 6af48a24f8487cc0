//! Which file a Rust path names: the module tree of a crate, and the crates of a workspace.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::resolve::{Target, join, normalize, parent};
use crate::pattern::compiled;
use crate::source::{Source, SourceId, Sources};

/// The name that code calls the library of a package, and the file of its root.
pub(super) fn library(folder: &str, manifest: &str) -> Option<(String, String)> {
    let manifest: toml::Table = toml::from_str(manifest).ok()?;
    let text = |table: &str, key: &str| manifest.get(table)?.get(key)?.as_str();
    let name = text("lib", "name").or_else(|| text("package", "name"))?.replace('-', "_");
    let root = text("lib", "path").unwrap_or("src/lib.rs");
    Some((name, normalize(folder, root)?))
}

/// The module that a path names, seen from a file: `crate.routes`, `super.state`, `self.orders`, `orders`,
/// or one of another crate of the workspace.
pub(super) fn module(
    sources: &Sources,
    crates: &HashMap<String, String>,
    from: &str,
    path: &str,
) -> Option<Target> {
    let mut parts = path.split('.').peekable();
    let head = parts.next()?;
    let mut at = match head {
        "crate" => root_of(sources, from, parts.peek().copied())?,
        "self" => from.to_owned(),
        "super" => {
            let mut at = parent_module(sources, from)?;
            while parts.next_if_eq(&"super").is_some() {
                at = parent_module(sources, &at)?;
            }
            at
        }
        name => match child(sources, from, name) {
            Some(at) => at,
            None => crates.get(name)?.clone(),
        },
    };
    for part in parts {
        // A module that is written inside of a file has its own modules in a folder of its name.
        at = child(sources, &at, part).unwrap_or_else(|| join(&folder(&at), part));
    }
    let file = sources.id(&at)?;
    Some(Target { base: at, file: Some(file) })
}

/// `#[cfg(test)] mod stubs;`
static OF_TESTS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"#\[cfg\((?:all\(\s*)?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;",
    )
});

/// The files of modules that only tests have, with what is below them.
pub(super) fn test_files(sources: &Sources) -> HashSet<SourceId> {
    let is_rust = |it: &Source| it.path.ends_with(".rs");
    let declaring = sources.iter().filter(|(_, it)| is_rust(it) && it.text.contains("#[cfg("));
    let modules = declaring.flat_map(|(_, it)| {
        let names = OF_TESTS.captures_iter(&it.text);
        names.filter_map(|hit| child(sources, &it.path, &hit[1])).collect::<Vec<_>>()
    });
    let modules: HashSet<String> = modules.collect();
    let folders: HashSet<String> = modules.iter().map(|it| folder(it)).collect();
    let inside = |path: &str| {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        modules.contains(path) || above.into_iter().any(|it| folders.contains(it))
    };
    sources.iter().filter(|(_, it)| is_rust(it) && inside(&it.path)).map(|(id, _)| id).collect()
}

/// Whether a file stands for its folder.
fn is_root(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, "mod.rs" | "main.rs" | "lib.rs") || parent(path).ends_with("src/bin")
}

/// The folder of a module's own modules.
fn folder(path: &str) -> String {
    match path.strip_suffix(".rs") {
        Some(_) if is_root(path) => parent(path).to_owned(),
        Some(folder) => folder.to_owned(),
        None => path.to_owned(),
    }
}

fn child(sources: &Sources, of: &str, name: &str) -> Option<String> {
    let base = join(&folder(of), name);
    let tries = [format!("{base}.rs"), join(&base, "mod.rs")];
    tries.into_iter().find(|it| sources.id(it).is_some())
}

fn parent_module(sources: &Sources, of: &str) -> Option<String> {
    let name = of.rsplit('/').next().unwrap_or(of);
    let above = if name == "mod.rs" { parent(parent(of)) } else { parent(of) };
    let named = |it: &str| Some(join(above, it)).filter(|it| it != of && sources.id(it).is_some());
    let beside = || Some(format!("{above}.rs")).filter(|it| !above.is_empty() && sources.id(it).is_some());
    named("mod.rs").or_else(beside).or_else(|| ["lib.rs", "main.rs"].into_iter().find_map(named))
}

/// The root of the crate that a file belongs to: of `lib.rs` and `main.rs` the one that declares the module.
fn root_of(sources: &Sources, from: &str, first: Option<&str>) -> Option<String> {
    if is_root(from) && !from.ends_with("mod.rs") {
        return Some(from.to_owned());
    }
    let mut folder = parent(from);
    loop {
        let roots = ["lib.rs", "main.rs"].map(|it| join(folder, it));
        let there: Vec<(String, SourceId)> =
            roots.into_iter().filter_map(|it| Some((it.clone(), sources.id(&it)?))).collect();
        let declares = |id: SourceId| {
            let text = &sources.get(id).text;
            first.is_some_and(|it| {
                text.contains(&format!("mod {it};")) || text.contains(&format!("mod {it} "))
            })
        };
        if let Some((root, _)) = there.iter().find(|it| declares(it.1)).or(there.first()) {
            return Some(root.clone());
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_files() {
        let files = [
            ("api/src/main.rs", "mod routes; mod state;"),
            ("api/src/lib.rs", "pub mod extra;"),
            ("api/src/state.rs", ""),
            ("api/src/extra.rs", ""),
            ("api/src/routes/mod.rs", ""),
            ("api/src/routes/orders.rs", ""),
            ("api/src/routes/orders/lines.rs", ""),
            ("api/src/inner/orders.rs", ""),
            ("core/src/lib.rs", ""),
            ("core/src/auth.rs", ""),
        ];
        let sources = Sources::new(files.iter().map(|it| Source::new(it.0, it.1)).collect());
        let crates = HashMap::from_iter(library("core", "[package]\nname = \"the-core\""));
        let check = |from: &str, path: &str, expected: Option<&str>| {
            let found = module(&sources, &crates, from, path).map(|it| it.base);
            assert_eq!(found.as_deref(), expected, "{from} {path}");
        };
        let lines = "api/src/routes/orders/lines.rs";
        check("api/src/main.rs", "self.routes", Some("api/src/routes/mod.rs"));
        check("api/src/main.rs", "routes.orders", Some("api/src/routes/orders.rs"));
        check("api/src/routes/orders.rs", "lines", Some(lines));
        check(lines, "super", Some("api/src/routes/orders.rs"));
        check(lines, "super.super", Some("api/src/routes/mod.rs"));
        check(lines, "super.super.super", Some("api/src/lib.rs"));
        check(lines, "crate.state", Some("api/src/state.rs"));
        check(lines, "crate.extra", Some("api/src/extra.rs"));
        check(lines, "the_core.auth", Some("core/src/auth.rs"));
        check("api/src/main.rs", "crate.inner.orders", Some("api/src/inner/orders.rs"));
        check("api/src/main.rs", "crate.inner", None);
        check(lines, "axum.routing", None);
    }

    #[test]
    fn modules_of_tests_are_known() {
        let files = [
            ("src/lib.rs", "#[cfg(test)]\npub(crate) mod stubs;\n#[cfg(not(test))] mod real;\nmod tested;"),
            ("src/stubs.rs", "mod bees;"),
            ("src/stubs/bees.rs", ""),
            ("src/real.rs", ""),
            ("src/tested.rs", "#[cfg(all(test, unix))]\n#[path = \"x\"]\nmod checks;"),
            ("src/tested/checks/mod.rs", ""),
        ];
        let sources = Sources::new(files.iter().map(|it| Source::new(it.0, it.1)).collect());
        let mut found: Vec<&str> = test_files(&sources).into_iter().map(|it| sources.path(it)).collect();
        found.sort_unstable();
        assert_eq!(found, ["src/stubs.rs", "src/stubs/bees.rs", "src/tested/checks/mod.rs"]);
    }
}
