//! `docwright check --fix` and `--diff`: fixes are applied in memory until nothing changes, then written file by
//! file, or shown.

use similar::TextDiff;

use super::project::Loaded;
use crate::disk;
use crate::finding::Finding;
use crate::lint::{self, Selection, fix};
use crate::model::Project;
use crate::parse;
use crate::source::SourceId;

/// Most rounds: a fix may make room for one that overlapped, but never endlessly.
const ROUNDS: usize = 10;

/// What fixing made of the project.
pub(super) struct Outcome {
    /// The findings that are left.
    pub(super) findings: Vec<Finding>,
    /// How many were fixed.
    pub(super) fixed: usize,
    /// Path, text before and text after of each changed file.
    pub(super) changes: Vec<(String, String, String)>,
}

/// Applies fixes to the project in memory. `wanted` says which files may change.
pub(super) fn run(
    loaded: &mut Loaded,
    selection: &Selection,
    and_unsafe: bool,
    wanted: &dyn Fn(&Project, &Finding) -> bool,
) -> Outcome {
    let before = loaded.project.sources.with([]);
    let mut findings = lint::run(&loaded.project, &loaded.config, selection);
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let mine: Vec<Finding> = findings.iter().filter(|it| wanted(&loaded.project, it)).cloned().collect();
        let round = fix::apply(&loaded.project, &mine, and_unsafe);
        if round.findings == 0 {
            break;
        }
        fixed += round.findings;
        let project = std::mem::take(&mut loaded.project);
        let sources = project.sources.with(round.texts);
        loaded.project = parse::project(sources, project.files, project.unread, &loaded.config);
        findings = lint::run(&loaded.project, &loaded.config, selection);
    }
    let changes = before
        .iter()
        .filter_map(|(id, source): (SourceId, _)| {
            let after = &loaded.project.sources.get(id).text;
            (*after != source.text).then(|| (source.path.clone(), source.text.to_string(), after.to_string()))
        })
        .collect();
    Outcome { findings, fixed, changes }
}

/// Writes the changed files.
///
/// # Errors
/// A file changed in the meantime or cannot be written; those before it are written.
pub(super) fn write(loaded: &Loaded, outcome: &Outcome) -> miette::Result<()> {
    outcome.changes.iter().try_for_each(|(path, old, new)| disk::replace_text(&loaded.root, path, old, new))
}

/// The changes as a unified diff that `git apply` and `patch -p1` take.
pub(super) fn diff(outcome: &Outcome) -> String {
    let mut text = String::new();
    for (path, old, new) in &outcome.changes {
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        let diff = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
        text.push_str(&diff);
    }
    text
}
