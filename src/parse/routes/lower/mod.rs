//! Source text → [`ir`](super::ir), one adapter a language.
//!
//! Each grammar is behind a cargo feature; without it the language's files are not read.

#[cfg(feature = "lang-csharp")]
mod csharp;
#[cfg(feature = "lang-go")]
mod go;
#[cfg(feature = "lang-java")]
mod java;
#[cfg(feature = "lang-javascript")]
mod javascript;
#[cfg(feature = "lang-kotlin")]
mod kotlin;
#[cfg(feature = "lang-php")]
mod php;
#[cfg(feature = "lang-python")]
mod python;
#[cfg(feature = "lang-ruby")]
mod ruby;
#[cfg(feature = "lang-rust")]
mod rust;
#[cfg(feature = "lang")]
mod tree;

use std::collections::HashSet;

use super::ir::Module;

/// A language that routes are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Language {
    CSharp,
    Go,
    Java,
    /// JavaScript and TypeScript.
    JavaScript,
    Kotlin,
    Php,
    Python,
    Ruby,
    Rust,
}

/// The suffixes of source files, each with its language.
const SUFFIXES: [(&str, Language); 17] = [
    ("cjs", Language::JavaScript),
    ("cs", Language::CSharp),
    ("cts", Language::JavaScript),
    ("go", Language::Go),
    ("java", Language::Java),
    ("js", Language::JavaScript),
    ("jsx", Language::JavaScript),
    ("kt", Language::Kotlin),
    ("mjs", Language::JavaScript),
    ("mts", Language::JavaScript),
    ("php", Language::Php),
    ("py", Language::Python),
    ("rb", Language::Ruby),
    ("rs", Language::Rust),
    ("ru", Language::Ruby),
    ("ts", Language::JavaScript),
    ("tsx", Language::JavaScript),
];

impl Language {
    /// The language of a file, by its suffix; declaration files and minified bundles declare nothing.
    pub(super) fn of(path: &str) -> Option<Language> {
        let name = path.rsplit('/').next().unwrap_or(path);
        if [".d.ts", ".d.mts", ".d.cts", ".min.js"].iter().any(|it| name.ends_with(it)) {
            return None;
        }
        let suffix = name.rsplit_once('.')?.1;
        SUFFIXES.iter().find(|(it, _)| *it == suffix).map(|(_, language)| *language)
    }
}

/// Lowers a file; what cannot be parsed is left out of the module. Of Rust crates these features are on, where that is
/// known.
pub(super) fn lower(path: &str, text: &str, features: Option<&HashSet<String>>) -> Module {
    match Language::of(path) {
        #[cfg(feature = "lang-csharp")]
        Some(Language::CSharp) => csharp::lower(text),
        #[cfg(feature = "lang-java")]
        Some(Language::Java) => java::lower(text),
        #[cfg(feature = "lang-kotlin")]
        Some(Language::Kotlin) => kotlin::lower(text),
        #[cfg(feature = "lang-go")]
        Some(Language::Go) => go::lower(text),
        #[cfg(feature = "lang-javascript")]
        Some(Language::JavaScript) => javascript::lower(path, text),
        #[cfg(feature = "lang-php")]
        Some(Language::Php) => php::lower(text),
        #[cfg(feature = "lang-python")]
        Some(Language::Python) => python::lower(text),
        #[cfg(feature = "lang-ruby")]
        Some(Language::Ruby) => ruby::lower(text),
        #[cfg(feature = "lang-rust")]
        Some(Language::Rust) => rust::lower(text, features),
        _ => {
            let _ = (text, features);
            Module::default()
        }
    }
}
