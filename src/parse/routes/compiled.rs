//! Compiled JavaScript that lies beside what it was compiled from.

use super::lower::Language;
use super::resolve::join;
use crate::source::Sources;

/// Folders that compilers write to.
const OUTPUTS: [&str; 8] = ["dist", "build", "lib", "out", "esm", "cjs", "es", "output"];

/// Suffixes of what is compiled.
const SUFFIXES: [&str; 6] = ["ts", "tsx", "mts", "js", "jsx", "mjs"];

/// Whether a file is the output of a compiler and its source is there, too: `dist/app.js` beside `src/app.ts`.
pub(super) fn is_compiled(path: &str, sources: &Sources) -> bool {
    if Language::of(path) != Some(Language::JavaScript) || path.ends_with(".ts") || path.ends_with(".tsx") {
        return false;
    }
    let parts: Vec<&str> = path.split('/').collect();
    let Some(at) = parts.iter().position(|it| OUTPUTS.contains(it)) else { return false };
    let inner = parts[at..].iter().take_while(|it| OUTPUTS.contains(it)).count();
    let Some((name, folders)) = parts[at..].split_last().filter(|_| at + inner < parts.len()) else {
        return false;
    };
    let stem = name.rsplit_once('.').map_or(*name, |it| it.0);
    let before = parts[..at].join("/");
    let has_source = |folders: &[&str]| {
        let base = join(&join(&before, &folders.join("/")), stem);
        let candidates = SUFFIXES.iter().map(|it| format!("{base}.{it}"));
        candidates.into_iter().any(|it| it != path && sources.id(&it).is_some())
    };
    (1..=inner).any(|skipped| {
        let below = folders.get(skipped..).unwrap_or_default();
        has_source(&[&["src"], below].concat()) || (below.first() == Some(&"src") && has_source(below))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn outputs_beside_their_sources() {
        let paths = ["a/src/app.ts", "a/src/lib/dist.ts", "a/dist/app.js", "a/dist/only.js", "b/lib/app.js"];
        let sources = Sources::new(paths.map(|it| Source::new(it, "")).into());
        for path in ["a/dist/app.js", "a/dist/esm/app.js", "a/build/src/app.js", "a/dist/lib/dist.cjs"] {
            assert!(is_compiled(path, &sources), "{path}");
        }
        for path in ["a/dist/only.js", "b/lib/app.js", "a/src/lib/dist.ts", "dist", "a/dist/app.py"] {
            assert!(!is_compiled(path, &sources), "{path}");
        }
    }
}
