//! What docwright published before, as it stands beside the published files: only that is ever deleted, and what did
//! not change is not sent again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::versions::check_name;

/// The name of the file at the target's root.
pub use crate::disk::publish::PUBLISHED as NAME;

/// The version of the form.
const FORM: u32 = 1;

/// The files that docwright published to a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Whether a site without a version stands at the root.
    pub root: bool,
    /// Version → the other names under which it stands there.
    pub versions: BTreeMap<String, BTreeSet<String>>,
    /// Path → hash of the content; none where a publish may have been stopped before the file was complete.
    pub files: BTreeMap<String, Option<String>>,
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest { version: FORM, root: false, versions: BTreeMap::new(), files: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads one.
    ///
    /// # Errors
    /// It is something else, or of a newer form; each says what to do.
    pub fn read(bytes: &[u8]) -> miette::Result<Manifest> {
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| {
            miette::miette!(
                help = "remove it to publish as if for the first time",
                "the file `{NAME}` at the target cannot be read: {error}"
            )
        })?;
        if manifest.version != FORM {
            return Err(miette::miette!(
                help = "publish with the docwright that wrote it, or a newer one",
                "the file `{NAME}` at the target was written by another docwright"
            ));
        }
        // Whoever may write to the target could name a file outside of it, or put markup into the list of versions.
        let path = manifest.files.keys().find(|it| !is_inside(it));
        let name = manifest.folders().find(|it| check_name(it).is_err());
        if let Some(wrong) = path.map(String::as_str).or(name) {
            return Err(miette::miette!(
                help = "remove it to publish as if for the first time",
                "the file `{NAME}` at the target holds {wrong:?}, which docwright would not write"
            ));
        }
        Ok(manifest)
    }

    /// As it is written.
    pub fn write(&self) -> Vec<u8> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        (text + "\n").into_bytes()
    }

    /// The folders at the root that are a version, or another name of one.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.versions.iter().flat_map(|(version, aliases)| {
            std::iter::once(version.as_str()).chain(aliases.iter().map(String::as_str))
        })
    }
}

/// Whether a path leads to a file below the root.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_back_as_it_was_written_and_nothing_else_is_taken_for_one() {
        let mut manifest = Manifest { root: true, ..Manifest::default() };
        manifest.versions.insert("2.1".into(), ["latest".to_owned()].into());
        manifest.files.insert("index.html".into(), Some("00ff".into()));
        manifest.files.insert("2.1/index.html".into(), None);
        assert_eq!(Manifest::read(&manifest.write()).expect("our own"), manifest);
        assert_eq!(manifest.folders().collect::<Vec<_>>(), ["2.1", "latest"]);
        for other in ["", "{}", "[]", "{\"version\":2,\"root\":false,\"versions\":{},\"files\":{}}"] {
            assert!(Manifest::read(other.as_bytes()).is_err(), "{other}");
        }
        for path in ["../x", "/etc/x", "a/../../x", "a//b", "", "a\nb"] {
            let files = [(path.to_owned(), None)].into();
            let manifest = Manifest { files, ..Manifest::default() };
            assert!(Manifest::read(&manifest.write()).is_err(), "{path:?}");
        }
        let versions = [("\"><script>".to_owned(), BTreeSet::new())].into();
        assert!(Manifest::read(&Manifest { versions, ..Manifest::default() }.write()).is_err());
    }
}
