//! Symfony's routing files: which folders of classes are served, below which prefix, and routes of their own.

mod php;
mod resources;
mod xml;
mod yaml;

use std::collections::BTreeMap;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::declared::Declared;
use super::types::Types;
use super::value::{Value, verbs};
use crate::model::tree::View;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::resolve::{normalize, parent};
use crate::parse::routes::text::Text;
use crate::parse::tree;
use crate::source::{SourceId, Sources, Span};
pub(super) use xml::is_routing;

/// Files that import files.
const MAX_DEPTH: usize = 8;

/// What the routing files of a project say.
#[derive(Debug, Default)]
pub(super) struct Routing {
    /// Routes that stand in the files themselves.
    pub(super) routes: Vec<Declared>,
    imports: Vec<Import>,
    /// The folders of the applications with such files.
    applications: Vec<String>,
    /// The parameters of each application: `%name%`.
    parameters: BTreeMap<String, BTreeMap<String, String>>,
    /// The prefixes of what API Platform serves, in each application.
    resources: BTreeMap<String, Vec<Text>>,
}

/// The import of a folder or a namespace.
#[derive(Debug)]
struct Import {
    /// A folder, a file, or the dotted name of a class or a namespace.
    of: String,
    is_name: bool,
    excludes: Vec<String>,
    prefixes: Vec<Text>,
    /// What is put before the names of routes: of two imports with the same one only the last holds.
    names: String,
}

/// What an entry says that imports something.
#[derive(Debug, Default, Clone)]
struct Entry {
    resources: Vec<String>,
    kind: String,
    prefixes: Vec<String>,
    names: String,
    excludes: Vec<String>,
}

/// What stands around an entry of a routing file.
#[derive(Clone)]
struct Around {
    prefixes: Vec<Text>,
    names: String,
    application: String,
    depth: usize,
}

impl Routing {
    /// Reads the files with these names, in their order, and what they import.
    pub(super) fn read(types: &mut Types<'_>, names: &[String]) -> Routing {
        let sources = types.store.sources;
        let mut found = Routing::default();
        for name in names {
            let Some(glob) = glob(name) else { continue };
            let mut files: Vec<(SourceId, &str)> =
                sources.iter().map(|(id, it)| (id, it.path.as_str())).collect();
            files.retain(|(_, path)| glob.is_match(path) && !is_test(path) && !is_foreign(path));
            let levels = name.split('/').count();
            for (id, path) in files {
                let application: Vec<&str> = path.rsplit('/').skip(levels).collect();
                let application: Vec<&str> = application.into_iter().rev().collect();
                let application = application.join("/");
                found.read_parameters(sources, &application);
                let around = Around {
                    prefixes: vec![Text::known("")],
                    names: String::new(),
                    application: application.clone(),
                    depth: 0,
                };
                found.file(types, id, &around);
                if !found.applications.contains(&application) {
                    found.applications.push(application);
                }
            }
        }
        found
    }

    /// The prefixes below which the routes of a class are served; none where nothing imports it.
    pub(super) fn prefixes(&self, path: &str, class: &str) -> Vec<Text> {
        let imported =
            |application: &str| self.imports.iter().any(|it| is_below(&it.of, application) || it.is_name);
        if !self.applications.iter().any(|it| is_below(path, it) && imported(it)) {
            return vec![Text::known("")];
        }
        let mut last: BTreeMap<&str, &Import> = BTreeMap::new();
        for import in &self.imports {
            let within = if import.is_name {
                class.strip_prefix(&*import.of).is_some_and(|it| it.is_empty() || it.starts_with('.'))
            } else {
                is_below(path, &import.of)
            };
            if within && !import.excludes.iter().any(|it| path.starts_with(it.as_str())) {
                last.insert(&import.names, import);
            }
        }
        last.into_values().flat_map(|it| it.prefixes.iter().cloned()).collect()
    }

    /// The prefixes of what API Platform serves for a class in this file; unsure where no file says it.
    pub(super) fn resource_prefixes(&self, path: &str) -> Vec<Text> {
        let around = self.resources.iter().filter(|(application, _)| is_below(path, application));
        let said = around.max_by_key(|(application, _)| application.len()).map(|(_, it)| it.clone());
        said.unwrap_or_else(|| vec![Text::known("/api").unsure()])
    }

    /// Replaces `%name%` by the parameter of this name.
    pub(super) fn expand(&self, text: &Text, path: &str) -> Text {
        let Some(known) = text.as_known().filter(|it| it.contains('%')) else { return text.clone() };
        let own = self.parameters.iter().filter(|(folder, _)| is_below(path, folder));
        let own = own.max_by_key(|(folder, _)| folder.len()).map(|(_, it)| it);
        let mut out = Text::known("");
        let mut rest = known.as_str();
        while let Some((before, after)) = rest.split_once('%') {
            let Some((name, left)) = after.split_once('%') else { break };
            out.push(&Text::known(before));
            match own.and_then(|it| it.get(name)).filter(|it| !it.contains('%')) {
                Some(value) => out.push(&Text::known(value)),
                None => out.push(&Text::hole(name)),
            }
            rest = left;
        }
        out.push(&Text::known(rest));
        out
    }

    fn read_parameters(&mut self, sources: &Sources, application: &str) {
        if self.parameters.contains_key(application) {
            return;
        }
        let mut found = BTreeMap::new();
        for name in
            ["config/services.yaml", "config/parameters.yaml", "config/config.yml", "config/parameters.yml"]
        {
            let Some(id) = normalize(application, name).and_then(|it| sources.id(&it)) else { continue };
            let source = sources.get(id);
            let (tree, _) = tree::parse(&source.path, &source.text);
            let Some(root) = tree.root(&source.text) else { continue };
            let parameters = root.get("parameters");
            for (key, value) in parameters.into_iter().flat_map(View::entries) {
                if let (Some(key), Some(value)) = (key.as_str(), value.as_str()) {
                    found.insert(key.into_owned(), value.into_owned());
                }
            }
        }
        self.parameters.insert(application.to_owned(), found);
    }

    /// Reads a routing file in whichever language it is written.
    fn file(&mut self, types: &mut Types<'_>, id: SourceId, around: &Around) {
        if around.depth > MAX_DEPTH {
            return;
        }
        let source = types.store.sources.get(id);
        match source.path.rsplit('.').next() {
            Some("php") => self.php(types, id, around),
            Some("xml") => self.xml(types, id, around),
            _ => {
                let (tree, _) = tree::parse(&source.path, &source.text);
                if let Some(root) = tree.root(&source.text) {
                    self.yaml(types, id, root, around);
                }
            }
        }
    }

    /// Adds a route that a routing file declares itself.
    fn route(
        &mut self,
        sources: &Sources,
        span: Span,
        paths: &[Text],
        methods: Vec<String>,
        around: &Around,
    ) {
        let methods = if methods.is_empty() { vec!["ANY".to_owned()] } else { methods };
        for own in paths {
            for prefix in &around.prefixes {
                let mut whole = prefix.clone();
                whole.join(own);
                let path = self.expand(&whole, sources.path(span.source));
                let methods = methods.clone();
                self.routes.push(Declared { methods, path, hidden: false, span, conventional: false });
            }
        }
    }

    fn import(&mut self, types: &mut Types<'_>, span: Span, mut entry: Entry, around: &Around) {
        let sources = types.store.sources;
        let file = sources.path(span.source);
        let own = std::mem::take(&mut entry.prefixes);
        let own = if own.is_empty() { vec![String::new()] } else { own };
        let below = around.prefixes.iter().flat_map(|outer| {
            own.iter().map(|inner| {
                let mut whole = outer.clone();
                whole.join(&Text::known(inner));
                self.expand(&whole, file)
            })
        });
        let around = Around {
            prefixes: below.collect(),
            names: format!("{}{}", around.names, entry.names),
            application: around.application.clone(),
            depth: around.depth + 1,
        };
        if entry.kind == "api_platform" {
            self.resources.entry(around.application).or_default().extend(around.prefixes);
            return;
        }
        if resources::is_resource(&entry.kind) {
            return self.resource(sources, span, &entry, &around);
        }
        let place = |it: &str| place(sources, file, it, &around.application);
        let excludes: Vec<String> = entry.excludes.iter().filter_map(|it| place(it)).collect();
        let of_classes =
            matches!(entry.kind.as_str(), "annotation" | "attribute" | "directory" | "rest" | "tagged");
        for resource in entry.resources {
            if [".yaml", ".yml", ".xml", ".php"].iter().any(|it| resource.ends_with(it)) && !of_classes {
                if let Some(imported) = place(&resource).and_then(|it| sources.id(&it)) {
                    self.file(types, imported, &around);
                }
                continue;
            }
            if !of_classes && !matches!(entry.kind.as_str(), "" | "glob") {
                continue;
            }
            let is_name = resource.contains('\\');
            let of = if resource == "routing.controllers" {
                Some(around.application.clone())
            } else if is_name {
                Some(resource.trim_matches('\\').replace('\\', "."))
            } else {
                place(&resource)
            };
            if let Some(of) = of {
                let (excludes, prefixes) = (excludes.clone(), around.prefixes.clone());
                self.imports.push(Import { of, is_name, excludes, prefixes, names: around.names.clone() });
            }
        }
    }
}

/// The path of a resource, up to where it is a pattern; none when it is not in this project.
fn place(sources: &Sources, file: &str, resource: &str, application: &str) -> Option<String> {
    let pattern = resource.find(['*', '{']);
    let plain = pattern.map_or(resource, |at| resource[..at].rsplit_once('/').map_or("", |it| it.0));
    if let Some(rest) = plain.strip_prefix('@') {
        // `@ShopBundle/Controller`: the folder in which a class of this name lies.
        let (bundle, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let class = format!("{bundle}.php");
        let at = sources.iter().find(|(_, it)| {
            it.path.strip_suffix(&class).is_some_and(|it| it.is_empty() || it.ends_with('/'))
        });
        return normalize(parent(&at?.1.path), rest);
    }
    if let Some(rest) = plain.strip_prefix("__DIR__") {
        return normalize(parent(file), rest.trim_start_matches('/'));
    }
    if let Some(rest) = plain.strip_prefix("%kernel.project_dir%") {
        return normalize(application, rest);
    }
    if let Some(rest) = plain.strip_prefix("%kernel.root_dir%") {
        return normalize(application, &format!("app/{rest}"));
    }
    if plain.contains('%') || plain.starts_with('/') {
        return None;
    }
    normalize(parent(file), plain)
}

fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|it| it.is_empty() || it.starts_with('/'))
}

/// Other people's code.
fn is_foreign(path: &str) -> bool {
    path.split('/').any(|it| matches!(it, "vendor" | "var"))
}

/// `GET|POST`
fn words(text: &str) -> Vec<String> {
    text.split(['|', ',']).flat_map(|it| verbs(&Value::Text(Text::known(it.trim())))).collect()
}

fn glob(name: &str) -> Option<GlobSet> {
    let glob = GlobBuilder::new(&format!("{{{name},**/{name}}}")).literal_separator(true).build().ok()?;
    GlobSetBuilder::new().add(glob).build().ok()
}
