//! What an import names: the file of this project, where there is one.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::composer::Namespace;
use super::go_packages::GoPackages;
use super::lower::Language;
use crate::source::{SourceId, Sources};

/// A module of this project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The path without suffix, or the folder of a package; of a Go package with `*.go` after it.
    pub(super) base: String,
    /// The file; none for a Python package without `__init__.py` and for a Go package.
    pub(super) file: Option<SourceId>,
}

/// Knows where modules lie.
pub(super) struct Resolver<'a> {
    sources: &'a Sources,
    /// Every folder with Python files somewhere below it.
    python_folders: HashSet<&'a str>,
    /// Where a top-level module or package of this name lies.
    python_roots: HashMap<&'a str, Vec<&'a str>>,
    /// Where the library of a Rust crate has its root, by the name that code calls it.
    crates: HashMap<String, String>,
    /// The packages of Go.
    pub(super) go: GoPackages<'a>,
    /// The files of languages whose names of classes say where they lie, by their name without suffix.
    classes: HashMap<&'a str, Vec<&'a str>>,
    /// Where the classes of PHP's namespaces lie.
    namespaces: Vec<Namespace>,
    /// Path aliases of each `tsconfig.json`, by its folder.
    aliases: HashMap<&'a str, Vec<Alias>>,
}

/// `"@/*": ["./src/*"]`, relative to the project.
pub(super) struct Alias {
    pub(super) prefix: String,
    /// Whether anything may follow the prefix.
    pub(super) open: bool,
    pub(super) targets: Vec<String>,
}

/// Modules of Python itself that the interpreter knows: no file of the project takes their place.
const STANDARD: [&str; 6] = ["os", "importlib", "functools", "http", "typing", "logging"];

const JS_SUFFIXES: [&str; 8] = [".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"];

impl<'a> Resolver<'a> {
    /// Looks at the paths once.
    pub(super) fn new(sources: &'a Sources) -> Resolver<'a> {
        let mut python_folders = HashSet::new();
        let mut python_roots: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut aliases: HashMap<&str, Vec<Alias>> = HashMap::new();
        let mut classes: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut crates = HashMap::new();
        let mut namespaces = Vec::new();
        for (_, source) in sources.iter() {
            let path = source.path.as_str();
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            if let Some(stem) = name.strip_suffix(".py") {
                if stem != "__init__" {
                    python_roots.entry(stem).or_default().push(folder);
                }
                let mut folder = folder;
                while !folder.is_empty() && python_folders.insert(folder) {
                    let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
                    python_roots.entry(name).or_default().push(above);
                    folder = above;
                }
            } else if let Some((stem, "php" | "rb")) = name.rsplit_once('.') {
                classes.entry(stem).or_default().push(path);
            } else if name == "composer.json" {
                namespaces.extend(super::composer::namespaces(folder, &source.text));
            } else if name == "Cargo.toml" {
                crates.extend(super::crates::library(folder, &source.text));
            } else if name == "jsconfig.json" || (name.starts_with("tsconfig") && name.ends_with(".json")) {
                aliases.entry(folder).or_default().extend(read_aliases(folder, &source.text));
            } else if name == "package.json" {
                aliases.entry("").or_default().extend(super::workspaces::aliases(folder, &source.text));
                aliases.entry(folder).or_default().extend(super::workspaces::own(folder, &source.text));
            }
        }
        // The longest prefix is the most special.
        aliases.values_mut().for_each(|it| it.sort_by_key(|it| std::cmp::Reverse(it.prefix.len())));
        let go = GoPackages::new(sources);
        Resolver { sources, python_folders, python_roots, crates, go, classes, namespaces, aliases }
    }

    /// The module that an import of a file names.
    pub(super) fn imported(&self, language: Language, from: &str, name: &str) -> Option<Target> {
        match language {
            Language::Python => self.python(from, name),
            Language::JavaScript => self.javascript(from, name),
            Language::Rust => super::crates::module(self.sources, &self.crates, from, name),
            Language::Go => self.go.folder(from, name).map(|it| go_package(&it)),
            Language::Php => self.php(name),
            Language::Ruby => self.class_file(&name.split("::").map(underscored).collect::<Vec<_>>(), "rb"),
            _ => None,
        }
    }

    /// The file of a class of PHP: where its namespace is said to lie, else where its name fits.
    fn php(&self, name: &str) -> Option<Target> {
        let said = self.namespaces.iter().filter_map(|it| it.file_of(name));
        let said = said.filter_map(|base| Some(Target { file: Some(self.sources.id(&base)?), base })).next();
        said.or_else(|| self.class_file(&name.split('\\').map(str::to_owned).collect::<Vec<_>>(), "php"))
    }

    /// The file of a class by the parts of its full name. The first part may stand for any folder, as the
    /// autoloaders of PHP and Ruby have it.
    fn class_file(&self, parts: &[String], suffix: &str) -> Option<Target> {
        let (name, folders) = parts.split_last()?;
        let matched = |path: &str| {
            let above = parent(path).rsplit('/');
            above.zip(folders.iter().rev()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
        };
        let candidates = self.classes.get(name.as_str())?.iter().filter(|it| it.ends_with(suffix));
        let best = candidates.copied().max_by_key(|it| (matched(it), std::cmp::Reverse(*it)))?;
        if matched(best) + 1 < folders.len().max(if suffix == "php" { 2 } else { 0 }) {
            return None;
        }
        Some(Target { base: best.to_owned(), file: self.sources.id(best) })
    }

    /// The Python module of a dotted name, as a file imports it; leading dots are relative to the file.
    pub(super) fn python(&self, from: &str, name: &str) -> Option<Target> {
        let rest = name.trim_start_matches('.');
        let path = rest.replace('.', "/");
        let folder = parent(from);
        let dots = name.len() - rest.len();
        if dots > 0 {
            let root = (1..dots).try_fold(folder, |it, _| (!it.is_empty()).then(|| parent(it)))?;
            return self.python_at(&join(root, &path));
        }
        if STANDARD.contains(&path.split('/').next().unwrap_or_default()) {
            return None;
        }
        let mut roots = vec![folder];
        while let Some(&last) = roots.last().filter(|it| !it.is_empty()) {
            roots.push(parent(last));
        }
        // A folder that is itself a package is seldom on the path; its parent is.
        let (packages, plain): (Vec<&str>, Vec<&str>) =
            roots.into_iter().partition(|it| self.sources.id(&join(it, "__init__.py")).is_some());
        let near = plain.into_iter().chain(packages).find_map(|root| self.python_at(&join(root, &path)));
        near.or_else(|| self.elsewhere(&path))
    }

    /// A root that is no ancestor (`libs/common/src`): only when there is no choice.
    fn elsewhere(&self, path: &str) -> Option<Target> {
        let top = path.split('/').next()?;
        let roots = self.python_roots.get(top)?;
        let outside = roots.iter().filter(|root| self.sources.id(&join(root, "__init__.py")).is_none());
        let mut found = outside.filter_map(|root| self.python_at(&join(root, path)));
        let first = found.next()?;
        found.all(|it| it == first).then_some(first)
    }

    /// Every Python file that a dotted name may mean when nothing is known about the root.
    pub(super) fn python_anywhere(&self, name: &str) -> Vec<Target> {
        let path = name.trim_start_matches('.').replace('.', "/");
        let roots = path.split('/').next().and_then(|top| self.python_roots.get(top));
        roots.into_iter().flatten().filter_map(|root| self.python_at(&join(root, &path))).collect()
    }

    /// The module or package at a path without suffix.
    pub(super) fn python_at(&self, base: &str) -> Option<Target> {
        // A package wins over a module of the same name, as it does in Python.
        let package = self.sources.id(&join(base, "__init__.py"));
        let file = package.or_else(|| self.sources.id(&format!("{base}.py"))).filter(|_| !base.is_empty());
        let known = file.is_some() || base.is_empty() || self.python_folders.contains(base);
        known.then(|| Target { base: base.to_owned(), file })
    }

    /// The file that a JavaScript specifier names.
    pub(super) fn javascript(&self, from: &str, specifier: &str) -> Option<Target> {
        let folder = parent(from);
        if specifier.starts_with('.') {
            return self.javascript_at(&normalize(folder, specifier)?);
        }
        let mut above = folder;
        loop {
            for alias in self.aliases.get(above).into_iter().flatten() {
                let Some(rest) =
                    specifier.strip_prefix(&alias.prefix).filter(|it| alias.open || it.is_empty())
                else {
                    continue;
                };
                let found = alias
                    .targets
                    .iter()
                    .find_map(|it| self.javascript_at(&normalize("", &format!("{it}{rest}"))?));
                if found.is_some() {
                    return found;
                }
            }
            // The alias that every starter has, where no configuration is at hand.
            if let Some(rest) = specifier.strip_prefix("@/").or_else(|| specifier.strip_prefix("~/")) {
                let tries = [join(above, &format!("src/{rest}")), join(above, rest)];
                if let Some(found) = tries.iter().find_map(|it| self.javascript_at(it)) {
                    return Some(found);
                }
            }
            if above.is_empty() {
                return None;
            }
            above = parent(above);
        }
    }

    fn javascript_at(&self, base: &str) -> Option<Target> {
        let target = |path: String| {
            let file = self.sources.id(&path)?;
            super::lower::Language::of(&path)?;
            Some(Target { base: path, file: Some(file) })
        };
        // TypeScript writes `./x.js` for `./x.ts`.
        let stem = [".js", ".jsx", ".mjs", ".cjs"].iter().find_map(|suffix| base.strip_suffix(suffix));
        let with = |base: &str| JS_SUFFIXES.iter().find_map(|suffix| target(format!("{base}{suffix}")));
        target(base.to_owned())
            .or_else(|| with(base))
            .or_else(|| with(&join(base, "index")))
            .or_else(|| stem.and_then(with))
    }
}

/// A Go package, which is every file of a folder.
pub(super) fn go_package(folder: &str) -> Target {
    Target { base: join(folder, "*.go"), file: None }
}

/// The folder that a path lies in; the root's is the root.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path below a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", _) => name.to_owned(),
        (_, "") => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

/// A relative path as one from the root; none when it leaves the project.
pub(super) fn normalize(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn read_aliases(folder: &str, text: &str) -> Vec<Alias> {
    let config: Value = serde_json::from_str(&without_comments(text)).unwrap_or_default();
    let options = &config["compilerOptions"];
    let base = options["baseUrl"].as_str().unwrap_or(".");
    let base = normalize(folder, base).unwrap_or_default();
    let paths = options["paths"].as_object().into_iter().flatten();
    let mut aliases: Vec<Alias> = paths
        .map(|(pattern, targets)| {
            let (prefix, open) = pattern.strip_suffix('*').map_or((pattern.as_str(), false), |it| (it, true));
            let targets = targets.as_array().into_iter().flatten().filter_map(Value::as_str);
            let targets = targets.map(|it| join(&base, it.strip_suffix('*').unwrap_or(it))).collect();
            Alias { prefix: prefix.to_owned(), open, targets }
        })
        .collect();
    if options["baseUrl"].is_string() {
        aliases.push(Alias { prefix: String::new(), open: true, targets: vec![format!("{base}/")] });
    }
    aliases
}

/// JSON as TypeScript reads it: without comments and commas before a closing bracket.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    let mut in_string = false;
    while let Some(char) = chars.next() {
        match char {
            '\\' if in_string => {
                out.push(char);
                out.extend(chars.next());
                continue;
            }
            '"' => in_string = !in_string,
            '/' if !in_string && chars.peek() == Some(&'/') => {
                chars.by_ref().find(|&it| it == '\n');
                continue;
            }
            '/' if !in_string && chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                chars.by_ref().find(|&it| std::mem::replace(&mut last, it) == '*' && it == '/');
                continue;
            }
            ']' | '}' if !in_string => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
            }
            _ => {}
        }
        out.push(char);
    }
    out
}

/// `OrderLine` as the name of a file in Ruby: `order_line`.
fn underscored(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, &char) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|it| chars.get(it));
        let starts_word = before.is_some_and(|it| it.is_lowercase() || it.is_ascii_digit())
            || (before.is_some_and(|it| it.is_uppercase())
                && chars.get(i + 1).is_some_and(|it| it.is_lowercase()));
        if char.is_uppercase() && starts_word {
            out.push('_');
        }
        out.extend(char.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn sources(files: &[(&str, &str)]) -> Sources {
        Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect())
    }

    fn path(found: Option<Target>) -> String {
        found.map_or_else(
            || "-".to_owned(),
            |it| format!("{}{}", it.base, if it.file.is_some() { "" } else { "/" }),
        )
    }

    #[test]
    fn python_modules() {
        let files = [
            "api/app/__init__.py",
            "api/app/core/config.py",
            "api/app/routes/__init__.py",
            "api/app/routes/users.py",
            "libs/common/src/common/http.py",
            "api/config.py",
        ];
        let sources = sources(&files.map(|it| (it, "")));
        let resolver = Resolver::new(&sources);
        let check = |name: &str, expected: &str| {
            assert_eq!(path(resolver.python("api/app/routes/users.py", name)), expected, "{name}");
        };
        check("app.core.config", "api/app/core/config");
        check("app.core", "api/app/core/");
        check(".", "api/app/routes");
        check("..core.config", "api/app/core/config");
        check("common.http", "libs/common/src/common/http");
        check("config", "api/config");
        check("fastapi", "-");
        check(".....x", "-");
    }

    #[test]
    fn classes_by_their_full_name() {
        let files = ["app/Support/Paths.php", "app/Models/Route.php", "lib/shop/api_key/line_item.rb"];
        let sources = sources(&files.map(|it| (it, "")));
        let resolver = Resolver::new(&sources);
        let check = |language, name: &str, expected: &str| {
            assert_eq!(path(resolver.imported(language, "x", name)), expected, "{name}");
        };
        check(Language::Php, "App\\Support\\Paths", "app/Support/Paths.php");
        check(Language::Php, "Illuminate\\Support\\Facades\\Route", "-");
        check(Language::Php, "Harbour\\Ferry\\Paths", "-");
        check(Language::Ruby, "Shop::APIKey::LineItem", "lib/shop/api_key/line_item.rb");
        check(Language::Ruby, "Other::Shop::LineItem", "-");
    }

    #[test]
    fn classes_of_a_namespace() {
        let composer =
            r#"{"autoload": {"psr-4": {"Harbour\\Ferry\\": "app/", "Harbour\\Ferry\\Data\\": ["data/"]}}}"#;
        let files = [("a/composer.json", composer), ("a/app/Routes/Pier.php", ""), ("a/data/Seed.php", "")];
        let sources = sources(&files);
        let resolver = Resolver::new(&sources);
        let check = |name: &str, expected: &str| {
            assert_eq!(path(resolver.imported(Language::Php, "x", name)), expected, "{name}");
        };
        check("Harbour\\Ferry\\Routes\\Pier", "a/app/Routes/Pier.php");
        check("Harbour\\Ferry\\Data\\Seed", "a/data/Seed.php");
        check("Harbour\\Ferry\\Routes\\Quay", "-");
        check("Harbour\\Other\\Pier", "-");
    }

    #[test]
    fn javascript_files() {
        let config = "{ // the usual\n \"compilerOptions\": { \"baseUrl\": \".\", \"paths\": { \"@/*\": [\"./source/*\",], } } }";
        let sources = sources(&[
            ("web/tsconfig.json", config),
            ("web/source/lib/db.ts", ""),
            ("web/source/api/index.tsx", ""),
            ("web/source/x.ts", ""),
            ("shop/src/a.js", ""),
            ("shop/src/b/c.js", ""),
        ]);
        let resolver = Resolver::new(&sources);
        let check = |from: &str, name: &str, expected: &str| {
            assert_eq!(path(resolver.javascript(from, name)), expected, "{name}");
        };
        check("web/source/api/index.tsx", "@/lib/db", "web/source/lib/db.ts");
        check("web/source/x.ts", "./api", "web/source/api/index.tsx");
        check("web/source/lib/db.ts", "../x.js", "web/source/x.ts");
        check("web/source/lib/db.ts", "../../../../x", "-");
        check("web/source/lib/db.ts", "express", "-");
        check("shop/src/b/c.js", "@/a", "shop/src/a.js");
    }
}
