//! Manifests and task files → [`Repository`]. Everything is tolerant: what cannot be understood makes the file
//! that holds it open, so that nothing is said about it.

mod compose;
mod environment;
mod just;
mod make;
mod package;
mod task;
mod untracked;

use crate::model::Files;
use crate::model::repository::{Repository, Runner, TaskFile};
use crate::source::Sources;

/// Whether a file's text is needed here, by its name.
pub fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    runner(name).is_some()
        || name.ends_with(".mk")
        || name.ends_with(".just")
        || environment::is_sample(name)
        || matches!(name, ".gitignore" | ".gitmodules" | "Cargo.toml" | "go.mod" | "pyproject.toml")
}

/// Reads what the repository offers. `address` is that of the configuration.
pub fn read(sources: &Sources, files: &Files, address: Option<&str>) -> Repository {
    let mut repository = Repository::of_files(files);
    let mut makefiles = make::Reader::new(sources);
    for (_, source) in sources.iter() {
        let (path, text) = (source.path.as_str(), &*source.text);
        let name = path.rsplit('/').next().unwrap_or(path);
        repository.addresses.extend(package::addresses(name, text));
        repository.own_names.extend(package::own_name(path, text));
        if name == "package.json" {
            repository.packages.extend(package::read(path, text));
        } else if compose::is_compose(name) {
            repository.compose_files.push(compose::read(path, text));
        } else if environment::is_sample(name) {
            repository.env_files.push(environment::read(path, text));
        } else if let Some(runner) = runner(name) {
            repository.task_files.push(match runner {
                Runner::Make => makefiles.read(path, text),
                Runner::Just => just::read(path, text, sources),
                Runner::Task => task::read(path, text),
            });
        }
    }
    repository.own_names.retain(|it| !it.is_empty());
    repository.addresses.extend(address.and_then(crate::model::repository::owner_and_name));
    repository.addresses.sort_unstable();
    repository.addresses.dedup();
    let files = || files.paths().filter(|(_, entry)| !entry.is_dir).map(|(path, _)| path);
    repository.has_code = files().any(is_code);
    repository.generates_makefiles = files().any(makes_makefiles);
    let (ignored, submodules) = untracked::read(sources);
    repository.set_untracked(ignored, submodules);
    repository
}

fn runner(name: &str) -> Option<Runner> {
    match name {
        "Makefile" | "makefile" | "GNUmakefile" => Some(Runner::Make),
        "justfile" | "Justfile" | ".justfile" | "JUSTFILE" => Some(Runner::Just),
        _ => {
            let stem = name.strip_suffix(".yml").or_else(|| name.strip_suffix(".yaml"))?;
            matches!(stem, "Taskfile" | "taskfile" | "Taskfile.dist" | "taskfile.dist")
                .then_some(Runner::Task)
        }
    }
}

/// Extensions of code. Styles and scripts of a documentation theme are none.
const CODE: [&str; 37] = [
    "py", "ts", "tsx", "jsx", "mjs", "go", "rs", "java", "kt", "scala", "rb", "php", "cs", "fs", "c", "cc",
    "cpp", "h", "hpp", "swift", "m", "ex", "exs", "erl", "clj", "hs", "lua", "pl", "sh", "bash", "ps1",
    "sql", "tf", "dart", "vue", "svelte", "zig",
];

/// Whether a file is code, of which documents may speak.
fn is_code(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, it)| it);
    if path.starts_with('.') {
        return false;
    }
    CODE.contains(&extension)
        || runner(name).is_some()
        || matches!(name, "package.json" | "Dockerfile")
        || (extension == "js" && !path.contains("theme") && !path.starts_with("docs"))
}

/// Whether a file shows that makefiles are generated.
fn makes_makefiles(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(
        name,
        "CMakeLists.txt"
            | "configure"
            | "configure.ac"
            | "configure.in"
            | "Configure"
            | "Makefile.am"
            | "Makefile.in"
            | "Makefile.PL"
            | "meson.build"
    )
}

/// A task file with its names put in order.
fn task_file(
    runner: Runner,
    path: &str,
    mut names: Vec<String>,
    patterns: Vec<String>,
    open: bool,
) -> TaskFile {
    names.sort_unstable();
    names.dedup();
    TaskFile { runner, path: path.to_owned(), names, patterns, open }
}
