//! `package.json` → scripts; manifests of all kinds → the repository's address.

use serde_json::Value;

use crate::model::repository::{Package, owner_and_name, plain_name};

/// A package; none when the file is no JSON object.
pub(super) fn read(path: &str, text: &str) -> Option<Package> {
    let manifest: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let keys = |name: &str| -> Vec<String> {
        manifest[name].as_object().map(|it| it.keys().cloned().collect()).unwrap_or_default()
    };
    let kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
    let mut dependencies: Vec<String> = kinds.iter().flat_map(|it| keys(it)).collect();
    dependencies.sort_unstable();
    dependencies.dedup();
    manifest.is_object().then(|| Package {
        path: path.to_owned(),
        name: manifest["name"].as_str().unwrap_or_default().to_owned(),
        scripts: keys("scripts"),
        dependencies,
    })
}

/// The addresses that a manifest gives for its repository: `repository` of package.json and Cargo.toml, the
/// module of go.mod, the URLs of pyproject.toml.
pub(super) fn addresses(name: &str, text: &str) -> Vec<String> {
    let found: Vec<String> = match name {
        "package.json" => {
            let manifest: Value = serde_json::from_str(text).unwrap_or_default();
            let value = &manifest["repository"];
            let url = value.as_str().or_else(|| value["url"].as_str());
            let shorthand = |it: &str| it.split_once(':').map_or(it, |(_, rest)| rest).to_owned();
            url.map(|it| if it.contains("//") { it.to_owned() } else { shorthand(it) }).into_iter().collect()
        }
        "Cargo.toml" => quoted(text, |key| key == "repository"),
        "pyproject.toml" => quoted(text, |key| {
            matches!(
                key.trim_matches('"').to_lowercase().as_str(),
                "repository" | "source" | "homepage" | "github"
            )
        }),
        "go.mod" => {
            let module = text.lines().find_map(|it| it.trim().strip_prefix("module "));
            // `host/owner/name/v2/cmd`
            let parts = module.map(|it| it.split('/').take(3).collect::<Vec<_>>().join("/"));
            parts.into_iter().collect()
        }
        _ => Vec::new(),
    };
    found.iter().filter_map(|it| owner_and_name(it)).collect()
}

/// The name that a manifest or README at the root gives the project.
pub(super) fn own_name(path: &str, text: &str) -> Option<String> {
    let name = match path {
        "package.json" => serde_json::from_str::<Value>(text).ok()?["name"].as_str()?.to_owned(),
        "Cargo.toml" | "pyproject.toml" => quoted(text, |key| key == "name").into_iter().next()?,
        "README.md" | "readme.md" => {
            let title = text.lines().find_map(|it| it.strip_prefix("# "))?;
            // `Orders: the shop's core`, `Orders - …`
            title.split([':', '–', '—', '|']).next()?.split(" - ").next()?.to_owned()
        }
        _ => return None,
    };
    Some(plain_name(name.rsplit('/').next()?))
}

/// The values of `key = "value"` lines.
fn quoted(text: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let pairs = text.lines().filter_map(|line| line.split_once('='));
    pairs
        .filter(|(key, _)| wanted(key.trim()))
        .filter_map(|(_, value)| value.trim().strip_prefix('"')?.split('"').next().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_dependencies() {
        let text = r#"{"name": "orders", "scripts": {"dev": "vite", "build": "tsc"}, "devDependencies": {"vite": "5"}}"#;
        let package = read("package.json", text).unwrap();
        assert_eq!(package.scripts, ["dev", "build"]);
        assert_eq!(package.dependencies, ["vite"]);
        assert_eq!(read("package.json", "[]"), None);
        assert_eq!(read("package.json", "{,"), None);
    }

    #[test]
    fn addresses_of_manifests() {
        for (name, text) in [
            ("package.json", r#"{"repository": {"url": "git+https://git.example/acme/orders.git"}}"#),
            ("package.json", r#"{"repository": "acme/orders"}"#),
            ("package.json", r#"{"repository": "gitlab:acme/orders"}"#),
            ("Cargo.toml", "repository = \"https://git.example/acme/orders\""),
            ("go.mod", "module git.example/acme/orders/v2\n"),
            ("pyproject.toml", "\"Homepage\" = \"https://git.example/acme/orders/\""),
        ] {
            assert_eq!(addresses(name, text), ["acme/orders"], "{text}");
        }
    }
}
