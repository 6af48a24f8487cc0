//! Which file was meant by a destination where nothing is.

use std::collections::HashMap;

use crate::model::Project;

/// Largest folder whose names are compared for a suggestion: a thousand dead links into a folder of ten thousand
/// files must not cost ten million comparisons.
const MOST_COMPARED: usize = 1_000;

/// The files of the project by their names and folders.
#[derive(Debug, Default)]
pub(super) struct Names<'a> {
    by_name: HashMap<String, Vec<&'a str>>,
    by_folder: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(project: &'a Project) -> Names<'a> {
        let mut names = Names::default();
        for (path, _) in project.files.paths().filter(|(_, entry)| !entry.is_dir) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            names.by_name.entry(name.to_lowercase()).or_default().push(path);
            names.by_folder.entry(folder).or_default().push(path);
        }
        names
    }

    /// The files with a name in lower case.
    pub(super) fn named(&self, name: &str) -> Option<&[&'a str]> {
        self.by_name.get(name).map(Vec::as_slice)
    }

    /// The only file with the same name elsewhere, else the one with the most similar name in the same folder.
    pub(super) fn nearest(&self, missing: &str) -> Option<&'a str> {
        let (folder, name) = missing.rsplit_once('/').unwrap_or(("", missing));
        let name = name.to_lowercase();
        if let Some(same) = self.by_name.get(&name).filter(|_| !is_common(&name)) {
            return if let [only] = same.as_slice() { Some(only) } else { None };
        }
        let beside = self.by_folder.get(folder).filter(|it| it.len() <= MOST_COMPARED)?;
        let scored = beside.iter().map(|path| {
            let file = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            (strsim::jaro_winkler(&file, &name), *path)
        });
        scored
            .filter(|(score, _)| *score > 0.88)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(_, path)| path)
    }
}

/// Names that stand in every folder say nothing about what was meant.
fn is_common(name: &str) -> bool {
    matches!(name, "readme.md" | "index.md" | "_index.md")
}
