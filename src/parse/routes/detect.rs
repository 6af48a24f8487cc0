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

/// What says which packages use what: read once, asked for every framework.
pub(super) struct Manifests<'a> {
    /// In the order of their paths.
    all: Vec<Manifest<'a>>,
    /// Files that may configure a framework, in the order of their paths.
    configs: Vec<&'a str>,
}

/// A file that lists dependencies.
struct Manifest<'a> {
    path: &'a str,
    text: &'a str,
    /// What a JSON file holds.
    json: Value,
}

impl<'a> Manifests<'a> {
    pub(super) fn of(sources: &'a Sources, files: &'a Files) -> Manifests<'a> {
        let all = sources.iter().map(|(_, it)| it).filter(|it| is_manifest(&it.path) && !is_test(&it.path));
        let all = all.map(|it| Manifest::of(&it.path, &it.text)).collect();
        let configs = files.paths().filter(|(_, entry)| !entry.is_dir).map(|(path, _)| path);
        let may_configure =
            |path: &&str| path.rsplit('.').next().is_some_and(|it| SUFFIXES.contains(&it)) && !is_test(path);
        let mut configs: Vec<&str> = configs.filter(may_configure).collect();
        configs.sort_unstable();
        Manifests { all, configs }
    }

    /// The folders of packages that use a framework, each with the file that shows it.
    pub(super) fn packages(&self, framework: &Framework) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for manifest in &self.all {
            if framework.detect.dependency.iter().any(|name| manifest.depends_on(name)) {
                found.entry(parent(manifest.path).to_owned()).or_insert_with(|| manifest.path.to_owned());
            }
        }
        for path in &self.configs {
            if framework.detect.config.iter().any(|name| is_config(path, name)) {
                found.insert(parent(path).to_owned(), (*path).to_owned());
            }
        }
        found
    }
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

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn is_manifest(path: &str) -> bool {
    let file = file_name(path);
    matches!(file, "package.json" | "composer.json" | "Cargo.toml" | "go.mod" | "Gemfile") || is_python(file)
}

fn is_python(file: &str) -> bool {
    matches!(file, "pyproject.toml" | "Pipfile")
        || (file.starts_with("requirements") && file.ends_with(".txt"))
}

impl<'a> Manifest<'a> {
    fn of(path: &'a str, text: &'a str) -> Manifest<'a> {
        let json = if path.ends_with(".json") {
            serde_json::from_str(text).unwrap_or_default()
        } else {
            Value::Null
        };
        Manifest { path, text, json }
    }

    /// Whether it names a dependency.
    fn depends_on(&self, name: &str) -> bool {
        let mut lines = self.text.lines();
        match file_name(self.path) {
            "package.json" => ["dependencies", "devDependencies", "peerDependencies"]
                .iter()
                .any(|it| self.json[*it].get(name).is_some()),
            "composer.json" => ["require", "require-dev"].iter().any(|it| self.json[*it].get(name).is_some()),
            "Cargo.toml" => lines.any(|line| {
                let rest = line.trim_start().trim_start_matches("[dependencies.").strip_prefix(name);
                rest.is_some_and(|it| it.starts_with([' ', '=', '.', ']']))
            }),
            // `require github.com/gin-gonic/gin v1.10.0`, or the same in a block, perhaps with `/v5`.
            "go.mod" => lines.any(|line| {
                let line = line.trim().trim_start_matches("require ").trim_start();
                let rest = line.strip_prefix(name);
                rest.is_some_and(|it| it.starts_with(' ') || it.starts_with("/v"))
                    && !line.ends_with("// indirect")
            }),
            "Gemfile" => lines.any(|line| {
                let gem = line.trim_start().strip_prefix("gem").map(|it| it.trim_start_matches([' ', '(']));
                let gem = gem.and_then(|it| it.strip_prefix(['"', '\'']));
                gem.and_then(|it| it.strip_prefix(name)).is_some_and(|it| it.starts_with(['"', '\'']))
            }),
            _ => lines.any(|line| is_listed(line, name)),
        }
    }
}

/// Whether a line of Python's manifests names a dependency: `fastapi==0.110`, `"fastapi[standard]>=0.110",`,
/// `fastapi = "^0.110"`.
fn is_listed(line: &str, name: &str) -> bool {
    let line = line.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '[' | '-'));
    let line = line.strip_prefix("dependencies = [").unwrap_or(line).trim_start_matches(['"', '\'', ' ']);
    let named = line.get(..name.len()).filter(|it| it.eq_ignore_ascii_case(name));
    named.and_then(|_| line.get(name.len()..)).is_some_and(|rest| {
        !rest.starts_with(|it: char| it.is_alphanumeric() || matches!(it, '-' | '_' | '.'))
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
            ("composer.json", r#"{"require": {"next": "^1"}}"#, true),
            ("Gemfile", "  gem 'next', '~> 7'", true),
            ("Gemfile", "gem 'next-tools'", false),
        ] {
            assert!(is_manifest(path), "{path}");
            assert_eq!(Manifest::of(path, text).depends_on("next"), expected, "{path} {text}");
        }
    }
}
