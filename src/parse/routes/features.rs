//! Which features of Rust crates are on where nobody says otherwise: those that `default` names, with all that they
//! turn on, in their own crate and in others of the workspace.

use std::collections::{HashMap, HashSet};

use super::resolve::parent;
use crate::source::Sources;

/// The features that are on, by the folder of each crate.
#[derive(Debug, Default)]
pub(super) struct Features {
    on: HashMap<String, HashSet<String>>,
}

/// What a manifest says of features.
struct Package {
    folder: String,
    manifest: toml::Table,
}

impl Features {
    /// Reads the manifests of a workspace.
    pub(super) fn new(sources: &Sources) -> Features {
        let manifests = sources.iter().filter(|(_, it)| it.path.rsplit('/').next() == Some("Cargo.toml"));
        let manifests = manifests.filter_map(|(_, it)| {
            let manifest: toml::Table = toml::from_str(&it.text).ok()?;
            Some(Package { folder: parent(&it.path).to_owned(), manifest })
        });
        let (packages, workspaces): (Vec<Package>, Vec<Package>) =
            manifests.partition(|it| it.manifest.contains_key("package"));
        let by_name = packages.iter().enumerate().filter_map(|(at, it)| Some((it.name()?, at)));
        let by_name: HashMap<&str, usize> = by_name.collect();
        let mut on: Vec<HashSet<String>> = vec![HashSet::new(); packages.len()];
        let mut waiting: Vec<(usize, String)> =
            (0..packages.len()).map(|it| (it, "default".to_owned())).collect();
        for package in packages.iter().chain(&workspaces) {
            for (dependency, features) in package.dependencies() {
                let known = by_name.get(dependency).copied();
                waiting
                    .extend(known.into_iter().flat_map(|at| features.iter().map(move |it| (at, it.clone()))));
            }
        }
        while let Some((at, feature)) = waiting.pop() {
            if on[at].contains(&feature) {
                continue;
            }
            for means in packages[at].meaning(&feature) {
                match means.split_once('/') {
                    Some((dependency, feature)) => {
                        let of = by_name.get(packages[at].package_of(dependency.trim_end_matches('?')));
                        waiting.extend(of.map(|it| (*it, feature.to_owned())));
                    }
                    None => waiting.push((at, means.trim_start_matches("dep:").to_owned())),
                }
            }
            on[at].insert(feature);
        }
        Features { on: packages.into_iter().map(|it| it.folder).zip(on).collect() }
    }

    /// Those of the crate that a file belongs to; none where no manifest says anything.
    pub(super) fn of(&self, path: &str) -> Option<&HashSet<String>> {
        let mut folder = parent(path);
        loop {
            match self.on.get(folder) {
                None if folder.is_empty() => return None,
                None => folder = parent(folder),
                known => return known,
            }
        }
    }
}

impl Package {
    fn name(&self) -> Option<&str> {
        self.manifest.get("package")?.get("name")?.as_str()
    }

    /// The features and dependencies that a feature turns on.
    fn meaning(&self, feature: &str) -> Vec<&str> {
        let means = self.manifest.get("features").and_then(|it| it.get(feature)?.as_array());
        means.into_iter().flatten().filter_map(toml::Value::as_str).collect()
    }

    /// The package that a dependency is, which may have another name here.
    fn package_of<'a>(&'a self, dependency: &'a str) -> &'a str {
        let declared = self.manifest.get("dependencies").and_then(|it| it.get(dependency));
        declared.and_then(|it| it.get("package")?.as_str()).unwrap_or(dependency)
    }

    /// The dependencies that are always there, those that a workspace declares for its members among them, each with the
    /// features that are asked of it.
    fn dependencies(&self) -> Vec<(&str, Vec<String>)> {
        let shared = self.manifest.get("workspace").and_then(|it| it.get("dependencies"));
        let tables = [self.manifest.get("dependencies"), shared].into_iter().flatten();
        let all = tables.filter_map(toml::Value::as_table).flatten();
        let always = all.filter(|(_, it)| it.get("optional").and_then(toml::Value::as_bool) != Some(true));
        always
            .map(|(name, it)| {
                let asked = it.get("features").and_then(toml::Value::as_array).into_iter().flatten();
                let asked = asked.filter_map(|it| it.as_str().map(str::to_owned)).collect();
                (it.get("package").and_then(toml::Value::as_str).unwrap_or(name), asked)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn defaults_reach_other_crates() {
        let files = [
            (
                "hive/Cargo.toml",
                "[package]\nname = \"hive\"\n[features]\ndefault = [\"full\", \"wax/candles\"]\nfull = [\"dep:smoke\"]\n\
                 spare = []\n[dependencies]\nwax = { path = \"../wax\", features = [\"seals\"] }\n\
                 comb = { path = \"../c\", package = \"honeycomb\", optional = true, features = [\"cells\"] }\n",
            ),
            ("wax/Cargo.toml", "[package]\nname = \"wax\"\n[features]\ncandles = [\"wicks\"]\nwicks = []\n"),
            (
                "c/Cargo.toml",
                "[package]\nname = \"honeycomb\"\n[features]\ncells = []\ndefault = [\"default\"]\n",
            ),
            ("broken/Cargo.toml", "[package"),
            (
                "Cargo.toml",
                "[workspace.dependencies]\nhoneycomb = { path = \"c\", features = [\"shared\"] }\n",
            ),
        ];
        let sources = Sources::new(files.iter().map(|it| Source::new(it.0, it.1)).collect());
        let features = Features::new(&sources);
        let on = |path: &str| {
            let mut on: Vec<&str> = features.of(path).unwrap().iter().map(String::as_str).collect();
            on.sort_unstable();
            on.join(" ")
        };
        assert_eq!(on("hive/src/main.rs"), "default full smoke");
        assert_eq!(on("wax/src/a/b.rs"), "candles default seals wicks");
        assert_eq!(on("c/src/lib.rs"), "default shared");
        assert!(features.of("broken/src/lib.rs").is_none());
    }
}
