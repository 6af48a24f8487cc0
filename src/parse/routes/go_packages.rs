//! Where the packages of Go lie: a package is the files of a folder, named by the module's path and the folder.

use std::collections::BTreeMap;

use super::decoy::is_test_file;
use super::resolve::{join, parent};
use crate::source::{SourceId, Sources};

/// The modules and packages of a project.
pub(super) struct GoPackages<'a> {
    /// The path and the folder of every `go.mod`, the longest path first.
    modules: Vec<(&'a str, &'a str)>,
    /// The files of each folder, tests left out, in the order of their names.
    folders: BTreeMap<&'a str, Vec<SourceId>>,
}

impl<'a> GoPackages<'a> {
    /// Looks at the paths once.
    pub(super) fn new(sources: &'a Sources) -> GoPackages<'a> {
        let mut modules = Vec::new();
        let mut folders: BTreeMap<&str, Vec<SourceId>> = BTreeMap::new();
        for (id, source) in sources.iter() {
            let path = source.path.as_str();
            if path.ends_with(".go") && !is_test_file(path) && !is_vendored(path) {
                folders.entry(parent(path)).or_default().push(id);
            } else if path == "go.mod" || path.ends_with("/go.mod") {
                let name = source.text.lines().find_map(|it| it.trim().strip_prefix("module "));
                let name = name.map(|it| it.split("//").next().unwrap_or(it).trim().trim_matches('"'));
                modules.extend(name.map(|it| (it, parent(path))));
            }
        }
        for files in folders.values_mut() {
            files.sort_by_key(|&it| sources.path(it));
        }
        modules.sort_by_key(|(name, folder)| (std::cmp::Reverse(name.len()), *folder));
        GoPackages { modules, folders }
    }

    /// The files of a package's folder.
    pub(super) fn files(&self, folder: &str) -> &[SourceId] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The folder of an imported package, seen from a file; none where it is a library.
    pub(super) fn folder(&self, from: &str, import: &str) -> Option<String> {
        // The module around the file wins over another of the same name.
        let around = |folder: &str| folder.is_empty() || from.starts_with(&format!("{folder}/"));
        let (near, far): (Vec<_>, Vec<_>) = self.modules.iter().partition(|(_, folder)| around(folder));
        let found = near.into_iter().chain(far).find_map(|(name, folder)| {
            let rest = import.strip_prefix(name)?;
            let below = if rest.is_empty() { "" } else { rest.strip_prefix('/')? };
            let folder = join(folder, below);
            self.folders.contains_key(folder.as_str()).then_some(folder)
        });
        if found.is_some() || !self.modules.is_empty() {
            return found;
        }
        // Without a `go.mod`, the longest end of the path that is a folder: `github.com/acme/shop/api` is `api`.
        let mut rest = import;
        while let Some((_, below)) = rest.split_once('/') {
            rest = below;
            if self.folders.contains_key(rest) {
                return Some(rest.to_owned());
            }
        }
        None
    }
}

/// Whether a file is a copy of a library: `vendor/github.com/…`.
pub(super) fn is_vendored(path: &str) -> bool {
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if part == "vendor" && parts.peek().is_some_and(|it| it.contains('.') && !it.ends_with(".go")) {
            return true;
        }
    }
    false
}

/// The path of a library without its version: `github.com/go-chi/chi/v5` and `gopkg.in/yaml.v3`.
pub(super) fn without_version(import: &str) -> &str {
    let is_version = |it: &str| {
        it.strip_prefix('v').is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    match import.rsplit_once('/') {
        Some((path, last)) if is_version(last) => path,
        _ => match import.rsplit_once('.') {
            Some((path, last)) if import.starts_with("gopkg.in/") && is_version(last) => path,
            _ => import,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn packages() {
        let files = [
            ("go.mod", "module example.com/shop // the shop\n\ngo 1.22\n"),
            ("api/api.go", ""),
            ("api/api_test.go", ""),
            ("vendor/example.com/lib/lib.go", ""),
            ("tools/go.mod", "module example.com/shop/tools"),
            ("tools/gen/gen.go", ""),
            ("internal/vendor/vendor.go", ""),
        ];
        let sources = Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect());
        let packages = GoPackages::new(&sources);
        for (import, expected) in [
            ("example.com/shop/api", Some("api")),
            ("example.com/shop/tools/gen", Some("tools/gen")),
            ("example.com/shop/internal/vendor", Some("internal/vendor")),
            ("example.com/lib", None),
            ("example.com/shopping/api", None),
            ("net/http", None),
        ] {
            assert_eq!(packages.folder("cmd/main.go", import).as_deref(), expected, "{import}");
        }
        assert_eq!(packages.files("api").len(), 1);
    }

    #[test]
    fn versions() {
        for (import, expected) in [
            ("github.com/go-chi/chi/v5", "github.com/go-chi/chi"),
            ("gopkg.in/yaml.v3", "gopkg.in/yaml"),
            ("net/http", "net/http"),
            ("example.com/v1beta", "example.com/v1beta"),
        ] {
            assert_eq!(without_version(import), expected);
        }
    }
}
