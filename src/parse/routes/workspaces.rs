//! Packages of JavaScript that import each other by their names, as a repository with workspaces has them.

use serde_json::Value;

use super::resolve::{Alias, join};

/// Folders of what is built, whose sources lie in `src`.
const BUILT: [&str; 4] = ["dist", "build", "lib", "out"];

/// What importing a package by the name in its `package.json` means; `folder` is where that lies.
pub(super) fn aliases(folder: &str, text: &str) -> Vec<Alias> {
    let manifest: Value = serde_json::from_str(text).unwrap_or_default();
    let Some(name) = manifest["name"].as_str().filter(|it| !it.is_empty() && !folder.is_empty()) else {
        return Vec::new();
    };
    let mut own: Vec<&str> =
        ["source", "module", "main", "types"].iter().filter_map(|it| manifest[*it].as_str()).collect();
    let mut found = Vec::new();
    match &manifest["exports"] {
        Value::Object(entries) => {
            for (key, value) in entries {
                let Some(below) = key.strip_prefix("./") else {
                    texts(value, &mut own);
                    continue;
                };
                let mut files = Vec::new();
                texts(value, &mut files);
                let (below, open) = below.strip_suffix('*').map_or((below, false), |it| (it, true));
                let files = files.iter().map(|it| it.split('*').next().unwrap_or(it)).collect::<Vec<_>>();
                found.push(Alias {
                    prefix: format!("{name}/{below}"),
                    open,
                    targets: targets(folder, &files),
                });
            }
        }
        value => texts(value, &mut own),
    }
    let mut entry = targets(folder, &own);
    entry.extend(["src", ""].map(|it| join(folder, it)));
    found.push(Alias { prefix: name.to_owned(), open: false, targets: entry });
    let below = ["src", ""].map(|it| format!("{}/", join(folder, it)));
    found.push(Alias { prefix: format!("{name}/"), open: true, targets: below.to_vec() });
    found
}

/// What a package calls its own files: `"imports": {"#src/*": "./build/*"}`.
pub(super) fn own(folder: &str, text: &str) -> Vec<Alias> {
    if !text.contains("\"imports\"") {
        return Vec::new();
    }
    let manifest: Value = serde_json::from_str(text).unwrap_or_default();
    let entries = manifest["imports"].as_object().into_iter().flatten();
    let named = entries.filter(|(key, _)| key.starts_with('#')).map(|(key, value)| {
        let (prefix, open) = key.strip_suffix('*').map_or((key.as_str(), false), |it| (it, true));
        let mut files = Vec::new();
        texts(value, &mut files);
        let files =
            files.iter().filter(|it| it.starts_with("./")).map(|it| it.split('*').next().unwrap_or(it));
        Alias { prefix: prefix.to_owned(), open, targets: targets(folder, &files.collect::<Vec<_>>()) }
    });
    named.collect()
}

/// The files that conditions choose from.
fn texts<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Object(entries) => entries.values().for_each(|it| {
            if let Value::String(text) = it {
                found.push(text);
            } else if let Value::Object(inner) = it {
                found.extend(inner.values().filter_map(Value::as_str));
            }
        }),
        _ => {}
    }
}

/// Each file, and the source that it is built from, without suffix.
fn targets(folder: &str, files: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        let file = file.trim_start_matches("./");
        found.push(join(folder, file));
        let stem =
            [".d.ts", ".mjs", ".cjs", ".js"].iter().find_map(|it| file.strip_suffix(it)).unwrap_or(file);
        for built in BUILT {
            if let Some(rest) = stem.strip_prefix(built).and_then(|it| it.strip_prefix('/')) {
                let rest = rest.strip_prefix("src/").unwrap_or(rest);
                found.push(join(folder, &format!("src/{rest}")));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_the_source_of_what_is_built() {
        let text = r#"{"name": "@quay/core", "main": "dist/index.js", "exports": {".": "./dist/index.js", "./io/*": {"import": "./dist/io/*.js"}}}"#;
        let all = aliases("packages/core", text);
        let of = |prefix: &str| all.iter().find(|it| it.prefix == prefix).map(|it| it.targets.clone());
        assert!(of("@quay/core").unwrap().contains(&"packages/core/src/index".to_owned()));
        assert!(of("@quay/core/io/").unwrap().contains(&"packages/core/src/io/".to_owned()));
        assert!(aliases("", text).is_empty());
    }

    #[test]
    fn a_package_names_its_own_files() {
        let text =
            r##"{"imports": {"#src/*": "./build/*", "#db": {"node": "./lib/db.js"}, "#far": "other"}}"##;
        let all = own("core", text);
        let of = |prefix: &str| all.iter().find(|it| it.prefix == prefix).map(|it| it.targets.clone());
        assert_eq!(of("#src/").unwrap(), ["core/build/", "core/src/"]);
        assert_eq!(of("#db").unwrap(), ["core/lib/db.js", "core/src/db"]);
        assert!(of("#far").unwrap().is_empty());
        assert!(own("core", r#"{"name": "core"}"#).is_empty());
    }
}
