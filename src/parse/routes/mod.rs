//! Source code → [`crate::model::route::Routes`].
//!
//! tree-sitter reads a file, [`lower`] turns its tree into a small intermediate form, one interpreter
//! evaluates router values across files, and what a framework calls its routers, verbs and mounts is data.

mod list;

use crate::model::Files;
use crate::model::route::Routes;
use crate::source::Sources;

/// What the configuration says about routes.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Globs of the source files to look at; empty for the whole project.
    pub sources: Vec<String>,
    /// Project paths of route lists: `METHOD /path` lines, or JSON.
    pub lists: Vec<String>,
}

/// The suffixes of the source files that the extractor can read.
pub const SUFFIXES: [&str; 9] = [".py", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts"];

/// Whether the extractor can use the text of the file at this path: source code, or a file that says which
/// framework is used, how imports resolve or which application is started.
pub fn wants(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    SUFFIXES.iter().any(|suffix| name.ends_with(suffix)) || is_manifest(name)
}

fn is_manifest(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(
        lower.as_str(),
        "package.json" | "pyproject.toml" | "procfile" | "makefile" | "fly.toml" | "render.yaml"
    ) || (lower.starts_with("tsconfig") && lower.ends_with(".json"))
        || (lower.starts_with("requirements") && lower.ends_with(".txt"))
        || lower.starts_with("dockerfile")
        || lower.ends_with(".dockerfile")
        || (lower.contains("compose") && (lower.ends_with(".yml") || lower.ends_with(".yaml")))
        || lower.ends_with(".sh")
}

/// Finds the routes that the project's code and route lists declare.
pub fn extract(sources: &Sources, _files: &Files, settings: &Settings) -> Routes {
    let mut found = Routes::default();
    for path in &settings.lists {
        if let Some(id) = sources.id(path) {
            found.routes.extend(list::read(id, &sources.get(id).text));
        }
    }
    found.routes.sort_by(|a, b| (&a.path, &a.method, a.span).cmp(&(&b.path, &b.method, b.span)));
    found.routes.dedup();
    found
}
