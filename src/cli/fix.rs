//! `docwright check --fix` and `--diff`: fixes are applied in memory until nothing changes, then written file by
//! file, or shown.

use std::sync::Arc;

use similar::TextDiff;

use super::project::Loaded;
use crate::disk;
use crate::finding::Finding;
use crate::lint::{self, Selection, fix};
use crate::model::Project;
use crate::parse;

/// Most rounds: a fix may make room for one that overlapped, but never endlessly.
const ROUNDS: usize = 10;

/// What fixing made of the project.
pub(super) struct Outcome {
    /// What is found afterwards.
    pub(super) left: lint::Outcome,
    /// How many were fixed.
    pub(super) fixed: usize,
    /// What became of each changed file.
    pub(super) changes: Vec<Change>,
}

/// A changed file.
pub(super) struct Change {
    path: String,
    /// The text before and after, as it is written.
    raw: (Arc<str>, Arc<str>),
    /// The text before and after, as it is shown: secrets are masked.
    shown: (Arc<str>, Arc<str>),
}

/// Applies fixes to the project in memory. `wanted` says which files may change.
pub(super) fn run(
    loaded: &mut Loaded,
    selection: &Selection,
    and_unsafe: bool,
    wanted: &dyn Fn(&Project, &Finding) -> bool,
) -> Outcome {
    let before = loaded.project.sources.with([]);
    let mut left = lint::run(&loaded.project, &loaded.config, selection);
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let mine: Vec<Finding> =
            left.findings.iter().filter(|it| wanted(&loaded.project, it)).cloned().collect();
        let round = fix::apply(&loaded.project, &mine, and_unsafe);
        if round.findings == 0 {
            break;
        }
        fixed += round.findings;
        let project = std::mem::take(&mut loaded.project);
        let sources = project.sources.with(round.texts);
        loaded.project = parse::project(sources, project.files, project.unread, &loaded.config);
        left = lint::run(&loaded.project, &loaded.config, selection);
    }
    let changes = before
        .iter()
        .filter_map(|(id, before)| {
            let after = loaded.project.sources.get(id);
            (after.raw() != before.raw()).then(|| Change {
                path: before.path.clone(),
                raw: (Arc::clone(before.raw()), Arc::clone(after.raw())),
                shown: (Arc::clone(&before.text), Arc::clone(&after.text)),
            })
        })
        .collect();
    Outcome { left, fixed, changes }
}

/// Writes the changed files.
///
/// # Errors
/// A file changed in the meantime or cannot be written; those before it are written.
pub(super) fn write(loaded: &Loaded, outcome: &Outcome) -> miette::Result<()> {
    outcome.changes.iter().try_for_each(|it| disk::replace_text(&loaded.root, &it.path, &it.raw.0, &it.raw.1))
}

/// The changes as a unified diff that `git apply` and `patch -p1` take, unless a secret stands near: it is masked.
pub(super) fn diff(outcome: &Outcome) -> String {
    let mut text = String::new();
    for Change { path, shown: (old, new), .. } in &outcome.changes {
        let diff = TextDiff::from_lines(&**old, &**new);
        let diff = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
        text.push_str(&diff);
    }
    text
}
