//! Programs that look at their own files: paths made of `__dirname`, folders that are read, plugins that are
//! loaded by where they lie.

use std::rc::Rc;
use std::sync::Arc;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::decoy::is_test_file;
use crate::parse::routes::framework::{Made, Mount, Place};
use crate::parse::routes::graph::{Mounted, RouterId};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{normalize, parent};
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// What stands before a path of the project, so that it is told from the path of a URL.
const ROOT: &str = "project:/";

/// Files of one folder that are loaded.
const MAX_FILES: usize = 2_000;

impl Interpreter<'_> {
    /// `__dirname` and `__filename`: the place of the file that is evaluated.
    pub(super) fn place_of_file(&self, name: &str, env: EnvId) -> Value {
        let path = self.store.sources.path(self.file(env));
        match name {
            "__dirname" => Value::text(&format!("{ROOT}{}", parent(path))),
            _ => Value::text(&format!("{ROOT}{path}")),
        }
    }

    /// Calls what joins and takes apart paths, or reads a folder; none where the name is no such function.
    pub(super) fn call_path(&mut self, name: &str, args: &Args) -> Option<Value> {
        let name = name.strip_prefix("node:").unwrap_or(name);
        let texts: Vec<Option<String>> = args.positional.iter().map(|it| it.value.known_text()).collect();
        let first = texts.first().cloned().flatten();
        match name {
            "path.join" | "path.resolve" | "path.posix.join" => {
                let parts: Option<Vec<String>> = texts.into_iter().collect();
                let Some(parts) = parts else { return Some(Value::Unknown) };
                Some(joined(&parts))
            }
            "path.dirname" => Some(first.map_or(Value::Unknown, |it| Value::text(parent(&it)))),
            "path.basename" => {
                let name = first.as_deref().map(|it| it.rsplit('/').next().unwrap_or(it).to_owned());
                let suffix = texts.get(1).cloned().flatten().unwrap_or_default();
                Some(name.map_or(Value::Unknown, |it| Value::text(it.strip_suffix(&suffix).unwrap_or(&it))))
            }
            "url.fileURLToPath" => {
                Some(args.positional.first().map_or(Value::Unknown, |it| it.value.clone()))
            }
            "URL" => {
                let base = texts.get(1).cloned().flatten()?;
                Some(joined(&[parent(&base).to_owned(), first?]))
            }
            "fs.readdirSync" | "fs.promises.readdir" | "fs/promises.readdir" => {
                let names = first.as_deref().and_then(|it| it.strip_prefix(ROOT)).map(|it| self.names_in(it));
                let names = names?.into_iter().map(|it| Value::Text(Rc::new(Text::known(&it).unsure())));
                let names = names.collect();
                Some(self.new_list(names))
            }
            _ => None,
        }
    }

    /// The file or folder that a path of the project names, as an import of a file does.
    pub(super) fn relative_import(&self, specifier: &str, env: EnvId) -> Option<String> {
        let path = specifier.strip_prefix(ROOT)?;
        let from = self.store.sources.path(self.file(env));
        let up = "../".repeat(parent(from).split('/').filter(|it| !it.is_empty()).count());
        Some(format!("./{up}{path}"))
    }

    /// The names of what lies in a folder.
    fn names_in(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (_, source) in self.store.sources.iter() {
            let below = if folder.is_empty() { Some(&*source.path) } else { below(&source.path, folder) };
            let Some(below) = below else { continue };
            let name = below.split('/').next().unwrap_or(below);
            let is_code = below.contains('/') || Language::of(&source.path).is_some();
            if is_code && !is_test_file(name) && names.len() < MAX_FILES {
                names.push(name.to_owned());
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Loads every plugin of a folder: the folders are prefixes, a file may set its own.
    pub(super) fn autoload(&mut self, router: RouterId, mount: &Mount, args: &Args, env: EnvId) {
        let text = |it: &mut Self, key: &str| it.at(args, &Place::Key(key.to_owned())).map(|it| it.value);
        let Some(dir) = text(self, "dir").and_then(|it| it.known_text()) else { return };
        let Some(dir) = dir.strip_prefix(ROOT).map(str::to_owned) else { return };
        let mut base = Text::known("");
        if let Some(options @ Value::Object(_)) = text(self, "options") {
            base = self.prefix_of(options);
        }
        let is_off = |value: Option<Value>| value == Some(Value::Bool(false));
        let folders_count = !is_off(text(self, "dirNameRoutePrefix"));
        let parameters = text(self, "routeParams") == Some(Value::Bool(true));
        let mut files: Vec<(SourceId, String)> = Vec::new();
        for (id, source) in self.store.sources.iter() {
            let is_code = Language::of(&source.path) == Some(Language::JavaScript);
            if let (Some(below), true) = (below(&source.path, &dir), is_code && !is_test_file(&source.path)) {
                files.push((id, below.to_owned()));
            }
        }
        files.truncate(MAX_FILES);
        let is_index = |it: &str| stem(it) == "index";
        let indexed: Vec<&str> = files.iter().filter(|it| is_index(&it.1)).map(|it| parent(&it.1)).collect();
        for (id, below) in &files {
            let folder = parent(below);
            let module = Value::Module(self.module_of_file(*id));
            let plugin = self.default_of(module.clone());
            let Value::Func(closure) = &plugin else { continue };
            // Beside an index file the others are its own.
            if matches!(stem(below), "autohooks" | "_hooks")
                || (indexed.contains(&folder) && !is_index(below))
            {
                self.called.insert(Arc::as_ptr(&closure.func));
                continue;
            }
            let mut path = base.clone();
            let own = match self.attr(module, "autoPrefix") {
                Value::Text(it) => Some(it),
                _ => None,
            };
            let segments = folder.split('/').filter(|it| !it.is_empty() && folders_count);
            for segment in segments {
                let segment = match segment.strip_prefix("__").or_else(|| segment.strip_prefix('_')) {
                    Some(name) if parameters => format!(":{name}"),
                    _ => segment.to_owned(),
                };
                path.join(&Text::known(&segment));
            }
            if let Some(own) = own {
                path.join(&own);
            }
            let (framework, place) = (self.graph.routers[router].framework, self.graph.routers[router].place);
            let child = self.graph.add(framework, Made::Router, place);
            self.call_value(plugin, Args::of([Value::Router(child)]), 0..0, env);
            self.graph.mount(router, Mounted { child, path, hidden: false, replaces: mount.replaces_prefix });
        }
    }

    fn prefix_of(&mut self, options: Value) -> Text {
        match self.attr(options, "prefix") {
            Value::Text(it) => (*it).clone(),
            _ => Text::known(""),
        }
    }

    /// Whether a value is the library that loads plugins by where they lie.
    pub(super) fn is_autoload(&self, router: RouterId, value: &Value) -> bool {
        let names = &self.store.tables[self.graph.routers[router].framework].autoload;
        matches!(value, Value::External(name) if names.iter().any(|it| **it == **name))
    }
}

fn joined(parts: &[String]) -> Value {
    let all = parts.join("/");
    match all.strip_prefix(ROOT) {
        Some(rest) => normalize("", rest).map_or(Value::Unknown, |it| Value::text(&format!("{ROOT}{it}"))),
        None => Value::text(&all),
    }
}

fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}
