//! `docwright check --baseline`: accepted debt is read, pruned and, when told so, added to.

use std::path::{Path, PathBuf};

use clap::Args;
use miette::miette;

use super::output;
use super::project::{Loaded, plural};
use crate::disk;
use crate::finding::Finding;
use crate::lint::baseline::{Baseline, FILE};
use crate::lint::{Outcome, Selection};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The file of accepted findings [default: .docwright-baseline.json in the project's root, if it is there]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the baseline: all findings when there is none yet, else without what is mended
    #[arg(long, conflicts_with_all = ["since", "diff"])]
    write_baseline: bool,
    /// Write the baseline with what is new
    #[arg(long, conflicts_with_all = ["since", "diff"])]
    accept_new: bool,
    /// Fail when the baseline holds what is mended
    #[arg(long)]
    strict_baseline: bool,
}

impl Arguments {
    /// The baseline to judge by: none when it is going to be written.
    ///
    /// # Errors
    /// See [`read`].
    pub(super) fn to_judge_by(&self, loaded: &Loaded) -> miette::Result<Option<Baseline>> {
        if self.writes() { Ok(None) } else { read(loaded, self.baseline.as_deref(), self.strict_baseline) }
    }

    /// Writes the baseline that this run makes, if it is asked for, and accepts what stands in it.
    ///
    /// # Errors
    /// The old one cannot be read, the new one not be written.
    pub(super) fn write(
        &self,
        loaded: &Loaded,
        selection: &Selection,
        outcome: &mut Outcome,
        wanted: &dyn Fn(&Finding) -> bool,
        quiet: bool,
    ) -> miette::Result<()> {
        if !self.writes() {
            return Ok(());
        }
        let path = self.baseline.clone().unwrap_or_else(|| loaded.root.join(FILE));
        let there = disk::exists(&path);
        let old = if there { read(loaded, Some(&path), false)? } else { None }.unwrap_or_default();
        let and_new = self.accept_new || !there;
        let new = outcome.baseline(&old, and_new, &loaded.project, &loaded.config, selection, wanted);
        let text = new.write();
        if !there || disk::read_text(&path)? != text {
            disk::write_file(&path, text.as_bytes())?;
        }
        if !quiet {
            let before = if there { format!(", before {}", old.entries.len()) } else { String::new() };
            let accepted = plural(new.entries.len(), "accepted finding");
            output::note(&format!("Wrote {accepted} to {}{before}.", path.display()));
        }
        outcome.accept(&new);
        Ok(())
    }

    /// Whether what is mended and still stands in the baseline fails the run.
    pub(super) fn fails(&self, outcome: &Outcome) -> bool {
        self.strict_baseline && outcome.stale > 0
    }

    fn writes(&self) -> bool {
        self.write_baseline || self.accept_new
    }
}

/// The baseline of a project; none where there is no file and none was named.
///
/// # Errors
/// The file is named and not there, or is no baseline.
pub(super) fn read(loaded: &Loaded, named: Option<&Path>, strict: bool) -> miette::Result<Option<Baseline>> {
    let standard = loaded.root.join(FILE);
    let path = named.unwrap_or(&standard);
    if named.is_none() && !disk::exists(path) {
        return Ok(None);
    }
    let text = disk::read_text(path)?;
    let baseline = Baseline::parse(&text).map_err(|error| {
        miette!(
            help = "write it anew with `docwright check --write-baseline`, after moving this file away",
            "`{}` is no baseline: {error}",
            path.display()
        )
    })?;
    let inside = disk::existing(path).and_then(|it| it.strip_prefix(&loaded.root).ok().map(Path::to_owned));
    let source = inside.and_then(|it| loaded.project.sources.id(&it.to_string_lossy().replace('\\', "/")));
    Ok(Some(Baseline { source, strict, ..baseline }))
}
