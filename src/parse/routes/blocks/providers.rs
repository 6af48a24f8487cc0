//! Which files of a PHP application load its files of routes, and below which prefix.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::chains::Reader;
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::interpret::{Args, Interpreter, Value};
use crate::parse::routes::ir::{ClassKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{join, parent};
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// What a file says that loads routes.
static LOADS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"loadRoutesFrom|withRouting|(?:Auth|Broadcast|Passport)::routes|Route(?:r|Registrar)?::(?:macro|mixin)\b|RouteServiceProvider\b|group\(\s*(?:base_path|app_path|module_path|__DIR__)|(?:Route::|router->)[\s\S]*ServiceProvider|ServiceProvider[\s\S]*(?:Route::|router->)|router->group",
    )
});

/// A comment of PHP.
static COMMENTS: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?s)/\*.*?\*/|(?m)(?:^|\s)(?://|#).*$"));

/// A class that the framework starts, whatever its file is called.
static PROVIDES: LazyLock<Regex> = LazyLock::new(|| compiled(r"\bextends\s+[\w\\]*ServiceProvider\b"));

/// Methods of a provider that the framework calls.
const STARTED: [&str; 3] = ["register", "boot", "map"];

/// Reads every PHP application of the project.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let mut roots = Vec::new();
    for (framework, table) in interpreter.store.tables.iter().enumerate() {
        let Some(chains) = &table.chains else { continue };
        let mut files: Vec<(SourceId, &str)> = store
            .written_in(&[Language::Php])
            .filter(|(_, it)| wanted(&it.path) && !is_test(&it.path) && !is_foreign(&it.path))
            .map(|(id, it)| (id, it.path.as_str()))
            .collect();
        if files.iter().any(|(_, it)| !is_example(it)) {
            files.retain(|(_, it)| !is_example(it));
        }
        let text = |id: SourceId| &*store.sources.get(id).text;
        for application in applications(&files, &text) {
            let inside: Vec<SourceId> =
                files.iter().filter(|(_, it)| below(it, &application)).map(|(id, _)| *id).collect();
            let registered = registered(store, &application);
            let loaders: Vec<SourceId> = inside
                .iter()
                .copied()
                .filter(|&it| {
                    is_loader(store, it) && is_registered(store, it, &application, registered.as_deref())
                })
                .collect();
            let Some(&place) = loaders.first().or(inside.first()) else { continue };
            let root = interpreter.graph.add(framework, Made::App, Span::new(place, 0..0));
            let mut reader = Reader::new(interpreter, store.sources, chains, root);
            for loader in loaders {
                read_loader(&mut reader, store, loader);
            }
            for (name, prefix) in [("routes/web.php", ""), ("routes/api.php", "api")] {
                let file = store.sources.id(&join(&application, name));
                // Where no provider can be read the framework's own one loads these.
                if let Some(file) = file.filter(|it| !reader.has_read(*it)) {
                    reader.file(file, &Text::known(prefix));
                }
            }
            reader.late_macros();
            if !interpreter.graph.routers[root].routes.is_empty() {
                roots.push(root);
            }
        }
    }
    roots
}

/// Other people's code.
fn is_foreign(path: &str) -> bool {
    path.split('/').any(|it| matches!(it, "vendor" | "storage" | "stubs" | "database"))
}

fn below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
}

/// The folders of applications: where routes and what starts an application lie.
fn applications<'s>(files: &[(SourceId, &'s str)], text: &dyn Fn(SourceId) -> &'s str) -> Vec<String> {
    let mut found: BTreeMap<String, ()> = BTreeMap::new();
    for (id, path) in files {
        for name in ["routes/web.php", "routes/api.php", "bootstrap/app.php", "app/Http/routes.php"] {
            let folder = path.strip_suffix(name).filter(|it| it.is_empty() || it.ends_with('/'));
            let routes = || {
                text(*id).contains("Route::")
                    || text(*id).contains("router->")
                    || text(*id).contains("Laravel")
                    || text(*id).contains("Illuminate")
            };
            if let Some(folder) = folder.filter(|_| routes()) {
                found.insert(folder.trim_end_matches('/').to_owned(), ());
            }
        }
    }
    let all: Vec<String> = found.into_keys().collect();
    // The modules of an application belong to it.
    let inner = |it: &String| all.iter().any(|other| other != it && below(it, other));
    all.iter().filter(|it| !inner(it)).cloned().collect()
}

fn is_loader(store: &Store<'_>, file: SourceId) -> bool {
    let source = store.sources.get(file);
    let name = source.path.rsplit('/').next().unwrap_or_default();
    let folder = parent(&source.path).rsplit('/').next().unwrap_or_default();
    // What a module's `module.json` says to run.
    let starts = name == "start.php" && source.text.contains("require");
    let fits = name.ends_with("Provider.php") || (folder == "bootstrap" && name == "app.php");
    // A file of routes may name a provider, as in `RouteServiceProvider::HOME`.
    starts || ((fits || PROVIDES.is_match(&source.text)) && LOADS.is_match(&source.text))
}

/// What the files say that list the providers of an application, comments left out; none where no file lists them.
fn registered(store: &Store<'_>, application: &str) -> Option<String> {
    let text = |name: &str| {
        let file = store.sources.id(&join(application, name))?;
        Some(COMMENTS.replace_all(&store.sources.get(file).text, "").into_owned())
    };
    let lists: Vec<String> = ["config/app.php", "bootstrap/providers.php"]
        .into_iter()
        .filter_map(text)
        .filter(|it| it.contains("Provider::class"))
        .collect();
    (!lists.is_empty()).then(|| lists.into_iter().chain(text("bootstrap/app.php")).collect())
}

/// Whether the framework starts a provider of the application's own: it is listed, or another provider names it.
fn is_registered(store: &Store<'_>, file: SourceId, application: &str, listed: Option<&str>) -> bool {
    let folder = join(application, "app/Providers");
    let path = store.sources.path(file);
    let (true, Some(listed)) = (parent(path) == folder, listed) else { return true };
    let name = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".php");
    let Ok(named) = Regex::new(&format!(r"\b{}\b", regex::escape(name))) else { return true };
    let mut others = store.sources.iter().filter(|(id, it)| *id != file && parent(&it.path) == folder);
    named.is_match(listed) || others.any(|(_, it)| named.is_match(&COMMENTS.replace_all(&it.text, "")))
}

/// Runs a provider as the framework does: its statements, then the methods that start it.
fn read_loader(reader: &mut Reader<'_, '_, '_>, store: &Store<'_>, file: SourceId) {
    reader.file(file, &Text::known(""));
    let module = store.module(file);
    let env = reader.interpreter.env_of_file(file);
    for stmt in &module.body {
        let Stmt::Class(class) = stmt else { continue };
        if class.kind == ClassKind::Abstract || class.kind == ClassKind::Interface {
            continue;
        }
        let value = reader.interpreter.name_of_file(file, &class.name);
        let (notes, object) = reader.interpreter.notes_of_call(&value, Args::default(), env);
        reader.read(notes, &Text::known(""));
        let Some(class) = reader.interpreter.class_of(&value) else { continue };
        for name in STARTED {
            let method = reader.interpreter.method_of_class(&class, name);
            let Some(method) = method else { continue };
            let bound = Value::Bound((object.clone(), method).into());
            let (notes, _) = reader.interpreter.notes_of_call(&bound, Args::default(), env);
            reader.read(notes, &Text::known(""));
        }
    }
}
