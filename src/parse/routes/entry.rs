//! Which of several applications is the one that is served.
//!
//! One that a Dockerfile, a Procfile or a start script names; else, in each package, the one with the most
//! routes. The routes of the others are assumed, not resolved.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use regex::Regex;

use super::decoy::{is_example, is_test};
use super::framework::Made;
use super::graph::{Graph, RouterId};
use super::interpret::{Interpreter, Value};
use super::lower::Language;
use super::resolve::{Resolver, Target, join, parent};
use super::store::Store;
use crate::model::Files;
use crate::pattern::compiled;
use crate::source::SourceId;

/// How clearly something names an application: code that starts it, a script, a deployment.
type Level = u8;
const CODE: Level = 1;
const SCRIPT: Level = 2;
const DEPLOYMENT: Level = 3;

/// How clearly it is named, how many routes it has, and its router.
type Application = (Level, usize, RouterId);

/// The servers that take `module:application`.
static SERVERS: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"uvicorn|gunicorn|hypercorn|granian|daphne|fastapi|flask|waitress|FLASK_APP|APP_MODULE|MODULE_NAME",
    )
});
/// `app.main:app`, `app.main:create_app()`
static NAMED: LazyLock<Regex> = LazyLock::new(|| compiled(r"\b([A-Za-z_][\w.]*):([A-Za-z_]\w*)"));
/// `python -m app.server`, `fastapi run app/main.py`, `FLASK_APP=shop`
static STARTED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?:python3?|fastapi (?:run|dev)|flask (?:--app|-A)|FLASK_APP=)[\s=]*(?:-m\s+|-u\s+)*([A-Za-z_./][\w./-]*)",
    )
});

/// `uvicorn.run("app.main:app", …)`
static LAUNCHED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"uvicorn\.run\((?:\s|#.*)*(?:app=)?["']([\w.]+):([\w.]+)["']"#));

/// The applications whose routes are certain.
pub(super) fn choose(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    files: &Files,
) -> Vec<RouterId> {
    let named = named(interpreter, store, resolver);
    let graph = &interpreter.graph;
    let level = |id: RouterId| {
        // A factory that is called twice makes the same application twice.
        let place = graph.routers[id].place;
        named
            .iter()
            .filter(|(it, _)| graph.routers[**it].place == place)
            .map(|(_, level)| *level)
            .max()
            .unwrap_or(0)
    };
    let mut units: BTreeMap<(bool, String), Vec<Application>> = BTreeMap::new();
    let mut go: BTreeMap<String, Vec<Application>> = BTreeMap::new();
    let mut applications = graph.applications();
    // Served as it is, and below a prefix only where a setting says so.
    let is_apart = |id: RouterId| !named.keys().any(|&it| it != id && graph.reaches(it, id));
    let apart = named.iter().filter(|(id, level)| **level >= SCRIPT && !applications.contains(id));
    let apart: Vec<RouterId> = apart.map(|(id, _)| *id).filter(|id| is_apart(*id)).collect();
    applications.extend(apart.into_iter().filter(|it| graph.routers[*it].made == Made::App));
    applications.sort_unstable();
    for id in applications {
        let path = store.sources.path(graph.routers[id].place.source);
        if is_test(path) {
            continue;
        }
        if Language::of(path) == Some(Language::Go) {
            go.entry(unit(path, files)).or_default().push((level(id), graph.size(store.tables, id), id));
            continue;
        }
        let python = Language::of(path) == Some(Language::Python);
        // Applications of one workspace that list their own modules do not compete, nor do projects of C#.
        let table = &store.tables[graph.routers[id].framework];
        let alone = table.annotation.is_some() || table.language == Language::CSharp;
        let unit = if alone { path.to_owned() } else { unit(path, files) };
        units.entry((python, unit)).or_default().push((level(id), graph.size(store.tables, id), id));
    }
    let mut chosen: Vec<RouterId> = go.values().flat_map(|it| served(it, graph)).collect();
    for python in [false, true] {
        let units: Vec<&Vec<_>> =
            units.iter().filter(|((it, _), _)| *it == python).map(|(_, apps)| apps).collect();
        let best = |apps: &[Application]| apps.iter().map(|it| it.0).max().unwrap_or(0);
        let largest = units.iter().flat_map(|it| it.iter()).map(|it| it.1).max().unwrap_or(0);
        let some_deployed = units.iter().any(|it| best(it) >= SCRIPT);
        for apps in units {
            let level = best(apps);
            if level >= SCRIPT {
                chosen.extend(apps.iter().filter(|it| it.0 == level).map(|it| it.2));
                continue;
            }
            // Of those that list their modules every one counts that is started, and none beside them.
            let lists = |it: &Application| store.tables[graph.routers[it.2].framework].annotation.is_some();
            if level >= CODE && apps.iter().all(lists) {
                chosen.extend(apps.iter().filter(|it| it.0 >= CODE).map(|it| it.2));
                continue;
            }
            // Code that starts a server decides between equals only: every demonstration has it, too.
            let one = apps.iter().rev().max_by_key(|it| (it.1, it.0));
            let Some(&(level, size, one)) = one else { continue };
            if !some_deployed || level >= CODE || size == largest {
                let same = |id: RouterId| graph.routers[id].place == graph.routers[one].place;
                chosen.extend(apps.iter().map(|it| it.2).filter(|&id| same(id)));
            }
        }
    }
    chosen
}

/// The applications of a Go module that a program serves. One that is larger than all of these together is
/// served in a way that nobody found out.
fn served(apps: &[Application], graph: &Graph) -> Vec<RouterId> {
    let (served, others): (Vec<&Application>, Vec<&Application>) = apps.iter().partition(|it| it.0 > 0);
    let size: usize = served.iter().map(|it| it.1).sum();
    let largest = others.iter().rev().max_by_key(|it| it.1).filter(|it| it.1 > size);
    let same = |id: RouterId| largest.is_some_and(|it| graph.routers[id].place == graph.routers[it.2].place);
    let others = others.iter().map(|it| it.2).filter(|&id| same(id));
    served.iter().map(|it| it.2).chain(others).collect()
}

/// The package that a file belongs to: the nearest folder with a manifest.
fn unit(path: &str, files: &Files) -> String {
    let manifests = [
        "Cargo.toml",
        "go.mod",
        "pyproject.toml",
        "requirements.txt",
        "setup.py",
        "Pipfile",
        "package.json",
        "Dockerfile",
    ];
    let mut folder = parent(path);
    while !folder.is_empty() && !manifests.iter().any(|it| files.get(&join(folder, it)).is_some()) {
        folder = parent(folder);
    }
    folder.to_owned()
}

/// Every application that something names.
fn named(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
) -> HashMap<RouterId, Level> {
    let mut found: HashMap<RouterId, Level> = HashMap::new();
    let mut started: HashMap<SourceId, Level> = HashMap::new();
    for (_, source) in store.sources.iter() {
        let name = source.path.rsplit('/').next().unwrap_or(&source.path);
        if !super::is_manifest(name) || is_test(&source.path) {
            continue;
        }
        let level = evidence(name);
        // `CMD ["python", "main.py"]` is `python main.py`.
        let text = source.text.replace(['"', '\'', ',', '[', ']'], " ");
        if SERVERS.is_match(&text) {
            for hit in NAMED.captures_iter(&text) {
                for file in module_files(resolver, &source.path, &hit[1]) {
                    note(interpreter, file, &hit[2], level, &mut found);
                }
            }
        }
        for hit in STARTED.captures_iter(&text) {
            let module = hit[1].trim_start_matches("./").trim_end_matches(".py").replace('/', ".");
            for file in module_files(resolver, &source.path, &module) {
                let old = started.entry(file).or_default();
                *old = level.max(*old);
            }
        }
    }
    note_launched(interpreter, store, resolver, &mut found);
    let level_of = |file: SourceId| started.get(&file).copied().unwrap_or(CODE);
    // What is started runs a server by a call, or is the application itself.
    for (file, value) in std::mem::take(&mut interpreter.served) {
        match value.known_text() {
            Some(text) => {
                let (module, name) = text.split_once(':').unwrap_or((&text, "app"));
                for target in module_files(resolver, store.sources.path(file), module) {
                    note(interpreter, target, name, level_of(file), &mut found);
                }
            }
            // A Rust program serves what it hands to the server, and nothing else.
            None if Language::of(store.sources.path(file)) == Some(Language::Rust) => {
                add(interpreter, &value, SCRIPT, &mut found);
            }
            None => add(interpreter, &value, level_of(file), &mut found),
        }
    }
    for id in interpreter.graph.applications() {
        if let Some(&level) = started.get(&interpreter.graph.routers[id].place.source) {
            let old = found.entry(id).or_default();
            *old = level.max(*old);
        }
    }
    found
}

/// Notes the applications that code starts by their names, whether or not that code is seen to run: code that starts
/// what another file has is a program's own start script.
fn note_launched(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    resolver: &Resolver<'_>,
    found: &mut HashMap<RouterId, Level>,
) {
    for (id, source) in store.sources.iter() {
        let is_code = Language::of(&source.path) == Some(Language::Python)
            && source.text.contains("uvicorn.run(")
            && !(is_test(&source.path) || is_example(&source.path));
        let hits = LAUNCHED.captures_iter(&source.text).filter(|_| is_code);
        for hit in hits {
            for target in module_files(resolver, &source.path, &hit[1]) {
                if target != id {
                    note(interpreter, target, &hit[2], SCRIPT, found);
                }
            }
        }
    }
}

fn evidence(name: &str) -> Level {
    let name = name.to_ascii_lowercase();
    let deploys = ["dockerfile", "procfile", "compose", "fly.toml", "render.yaml"];
    if deploys.iter().any(|it| name.contains(it)) { DEPLOYMENT } else { SCRIPT }
}

/// The files that a dotted name may mean, seen from a file: near it, else anywhere.
fn module_files(resolver: &Resolver<'_>, from: &str, name: &str) -> Vec<SourceId> {
    let files = |it: Target| it.file.or_else(|| resolver.python_at(&join(&it.base, "__main__"))?.file);
    match resolver.python(from, name).and_then(files) {
        Some(file) => vec![file],
        None => resolver.python_anywhere(name).into_iter().filter_map(files).collect(),
    }
}

fn note(
    interpreter: &mut Interpreter<'_>,
    file: SourceId,
    name: &str,
    level: Level,
    found: &mut HashMap<RouterId, Level>,
) {
    let value = interpreter.application(file, name);
    add(interpreter, &value, level, found);
}

fn add(interpreter: &Interpreter<'_>, value: &Value, level: Level, found: &mut HashMap<RouterId, Level>) {
    if let Some(id) = interpreter.router_of(value) {
        let old = found.entry(id).or_default();
        *old = level.max(*old);
    }
}
