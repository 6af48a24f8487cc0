//! Source text → [`ir`](super::ir), one adapter a language.
//!
//! Each grammar is behind a cargo feature; without it the language's files are not read.

#[cfg(feature = "lang-javascript")]
mod javascript;
#[cfg(feature = "lang-python")]
mod python;
#[cfg(any(feature = "lang-javascript", feature = "lang-python"))]
mod tree;

use super::ir::Module;

/// A language that routes are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    /// JavaScript and TypeScript.
    JavaScript,
    /// Python.
    Python,
}

impl Language {
    /// The language of a file, by its suffix; declaration files and minified bundles declare nothing.
    pub(super) fn of(path: &str) -> Option<Language> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if [".d.ts", ".d.mts", ".d.cts", ".min.js"].iter().any(|it| name.ends_with(it)) {
            return None;
        }
        match name.rsplit_once('.')?.1 {
            "py" => Some(Language::Python),
            "ts" | "tsx" | "js" | "jsx" | "mjs" | "cjs" | "mts" | "cts" => Some(Language::JavaScript),
            _ => None,
        }
    }
}

/// Lowers a file; what cannot be parsed is left out of the module.
pub(super) fn lower(path: &str, text: &str) -> Module {
    match Language::of(path) {
        #[cfg(feature = "lang-javascript")]
        Some(Language::JavaScript) => javascript::lower(path, text),
        #[cfg(feature = "lang-python")]
        Some(Language::Python) => python::lower(text),
        _ => {
            let _ = text;
            Module::default()
        }
    }
}
