//! `docwright check --since REV`: the project as it was, to tell what a change brought.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::project::Loaded;
use crate::disk;
use crate::git::{self, Lines};
use crate::lint::change::{Change, bytes};
use crate::lint::{self, Outcome, Selection};
use crate::model::{Entry, Files, Unread};
use crate::parse;
use crate::source::{Source, Sources};

/// Keeps the findings that the change since `revision` brought; gives the number of changed files and what was
/// touched in them.
///
/// # Errors
/// `git` cannot tell.
pub(super) fn narrow(
    loaded: &Loaded,
    revision: &str,
    selection: &Selection,
    outcome: &mut Outcome,
) -> miette::Result<(usize, Change)> {
    let changes = git::changes(&loaded.root, revision)?;
    let mut change = Change::default();
    for file in &changes.files {
        if let (Some(old), Some(new)) = (&file.old, &file.path)
            && old.path != *new
        {
            change.moved.insert(old.path.clone(), new.clone());
        }
        let Some(id) = file.path.as_ref().and_then(|it| loaded.project.sources.id(it)) else { continue };
        let source = loaded.project.sources.get(id);
        let touched = match &file.lines {
            Lines::All => std::iter::once(0..source.text.len() as u32 + 1).collect(),
            Lines::Some(lines) => bytes(source, lines),
        };
        change.touched.insert(id, touched);
    }
    let (sources, files) = before(loaded, &changes)?;
    let unread = loaded.project.unread.iter().filter(|it| !change.touched.contains_key(&it.source));
    let unread = unread
        .filter_map(|it| {
            let source = sources.id(loaded.project.sources.path(it.source))?;
            Some(Unread { source, why: it.why.clone() })
        })
        .collect();
    let project = parse::project(sources, files, unread, &loaded.config);
    let selection = Selection { baseline: None, ..selection.clone() };
    let found = lint::run(&project, &loaded.config, &selection);
    outcome.brought_by(&change, &loaded.project, &project, &found.findings);
    Ok((changes.files.len(), change))
}

/// The texts and files of the project before the changes.
fn before(loaded: &Loaded, changes: &git::Changes) -> miette::Result<(Sources, Files)> {
    let new: HashSet<&str> = changes.files.iter().filter_map(|it| it.path.as_deref()).collect();
    let old: Vec<&git::Old> = changes.files.iter().filter_map(|it| it.old.as_ref()).collect();
    let mut files = Files::default();
    for (path, entry) in loaded.project.files.paths().filter(|(path, it)| !it.is_dir && !new.contains(path)) {
        files.insert(path, entry);
    }
    for it in &old {
        files.insert(&it.path, Entry { is_dir: false, executable: it.executable });
    }
    let unchanged = loaded.project.sources.iter().filter(|(_, it)| !new.contains(it.path.as_str()));
    let mut sources: Vec<Source> =
        unchanged.map(|(_, it)| Source::new(it.path.as_str(), Arc::clone(it.raw()))).collect();
    let read: Vec<&git::Old> = old.into_iter().filter(|it| disk::reads(&it.path)).collect();
    let objects: Vec<&str> = read.iter().map(|it| it.object.as_str()).collect();
    let mut texts: HashMap<&str, String> = HashMap::new();
    for (object, text) in objects.iter().zip(git::contents(&loaded.root, &objects)?) {
        texts.extend(text.map(|it| (*object, it)));
    }
    sources.extend(read.iter().filter_map(|it| {
        let text = texts.get(it.object.as_str())?;
        Some(Source::new(it.path.as_str(), text.as_str()))
    }));
    Ok((Sources::new(sources), files))
}
