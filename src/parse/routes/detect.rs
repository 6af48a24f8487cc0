//! Which packages use a framework, by their manifests and configuration files.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decoy::is_test;
use super::framework::Framework;
use super::resolve::{join, parent};
use crate::model::Files;
use crate::source::Sources;

/// The suffixes of configuration files.
const SUFFIXES: [&str; 7] = ["js", "mjs", "ts", "cjs", "mts", "toml", "json"];

/// The folders of packages that use a framework, each with the file that shows it.
pub(super) fn packages(framework: &Framework, sources: &Sources, files: &Files) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (_, source) in sources.iter().filter(|(_, it)| !is_test(&it.path)) {
        if framework.detect.dependency.iter().any(|name| depends_on(&source.path, &source.text, name)) {
            found.entry(parent(&source.path).to_owned()).or_insert_with(|| source.path.clone());
        }
    }
    let mut configs: Vec<&str> = files
        .paths()
        .filter(|(path, entry)| !entry.is_dir && !is_test(path))
        .map(|(path, _)| path)
        .filter(|path| framework.detect.config.iter().any(|name| is_config(path, name)))
        .collect();
    configs.sort_unstable();
    for path in configs {
        found.insert(parent(path).to_owned(), path.to_owned());
    }
    found
}

/// The configuration file of a framework in a folder.
pub(super) fn config_of<'a>(framework: &Framework, folder: &str, sources: &'a Sources) -> Option<&'a str> {
    framework.detect.config.iter().find_map(|name| {
        SUFFIXES.iter().find_map(|suffix| {
            let id = sources.id(&join(folder, &format!("{name}.{suffix}")))?;
            Some(sources.path(id))
        })
    })
}

fn is_config(path: &str, name: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let suffix = file.strip_prefix(name).and_then(|it| it.strip_prefix('.'));
    suffix.is_some_and(|it| SUFFIXES.contains(&it))
}

/// Whether a manifest names a dependency.
fn depends_on(path: &str, text: &str, name: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    if file == "package.json" {
        let manifest: Value = serde_json::from_str(text).unwrap_or_default();
        return ["dependencies", "devDependencies", "peerDependencies"]
            .iter()
            .any(|it| manifest[*it].get(name).is_some());
    }
    if file == "Cargo.toml" {
        return text.lines().any(|line| {
            let rest = line.trim_start().trim_start_matches("[dependencies.").strip_prefix(name);
            rest.is_some_and(|it| it.starts_with([' ', '=', '.', ']']))
        });
    }
    if file == "go.mod" {
        // `require github.com/gin-gonic/gin v1.10.0`, or the same in a block, perhaps with `/v5`.
        return text.lines().any(|line| {
            let line = line.trim().trim_start_matches("require ").trim_start();
            let rest = line.strip_prefix(name);
            rest.is_some_and(|it| it.starts_with(' ') || it.starts_with("/v"))
                && !line.ends_with("// indirect")
        });
    }
    if file == "composer.json" {
        let manifest: Value = serde_json::from_str(text).unwrap_or_default();
        return ["require", "require-dev"].iter().any(|it| manifest[*it].get(name).is_some());
    }
    if file == "Gemfile" {
        return text.lines().any(|line| {
            let gem = line.trim_start().strip_prefix("gem").map(|it| it.trim_start_matches([' ', '(']));
            let gem = gem.and_then(|it| it.strip_prefix(['"', '\'']));
            gem.and_then(|it| it.strip_prefix(name)).is_some_and(|it| it.starts_with(['"', '\'']))
        });
    }
    let listed = file == "pyproject.toml"
        || file == "Pipfile"
        || (file.starts_with("requirements") && file.ends_with(".txt"));
    listed
        && text.lines().any(|line| {
            // `fastapi==0.110`, `"fastapi[standard]>=0.110",`, `fastapi = "^0.110"`
            let line = line
                .trim_start_matches(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '[' | '-'));
            let line =
                line.strip_prefix("dependencies = [").unwrap_or(line).trim_start_matches(['"', '\'', ' ']);
            let rest = line
                .get(..name.len())
                .filter(|it| it.eq_ignore_ascii_case(name))
                .map(|_| &line[name.len()..]);
            rest.is_some_and(|rest| {
                !rest.starts_with(|it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.'))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies() {
        for (path, text, expected) in [
            ("package.json", r#"{"dependencies": {"next": "14"}}"#, true),
            ("package.json", r#"{"dependencies": {"next-auth": "4"}}"#, false),
            ("requirements.txt", "uvicorn\nnext[all]>=1", true),
            ("requirements-dev.txt", "next-tools", false),
            ("pyproject.toml", "dependencies = [\n  \"Next>=0.1\",\n]", true),
            ("pyproject.toml", "next = \"^1\"", true),
            ("go.mod", "require (\n\tnext v1.2.3\n)", true),
            ("go.mod", "require next/v5 v5.0.1", true),
            ("go.mod", "\tnext/other v1.2.3", false),
            ("go.mod", "\tnext v1.2.3 // indirect", false),
            ("notes.txt", "next", false),
            ("composer.json", r#"{"require": {"next": "^1"}}"#, true),
            ("Gemfile", "  gem 'next', '~> 7'", true),
            ("Gemfile", "gem 'next-tools'", false),
        ] {
            assert_eq!(depends_on(path, text, "next"), expected, "{path} {text}");
        }
    }
}
