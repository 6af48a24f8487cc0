//! Finds entries of the baseline that no finding needs any more.
//!
//! A baseline is debt that was accepted on the day docwright was switched on. What is paid must leave it, or the same
//! defect could come back unseen. `docwright check --write-baseline` takes such entries out; `--strict-baseline` makes
//! this an error. Entries of rules that did not run are not judged.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ```json .docwright-baseline.json
//! {
//!   "version": 1,
//!   "findings": [
//!     {"path":"docs/restore.md","rule":"link/missing-file","fingerprint":"4f1d8c02b7a65e39","message":"`drill.md` does not exist"}
//!   ]
//! }
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ```json .docwright-baseline.json
//! {
//!   "version": 1,
//!   "findings": []
//! }
//! ```

use crate::finding::Severity;
use crate::lint::baseline::{Baseline, Entry};
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "meta/stale-baseline",
    severity: Severity::Info,
    preview: false,
    file: include_str!("stale_baseline.rs"),
    check: Check::Baseline(check),
};

/// How many entries are named.
const NAMED: usize = 5;

fn check(cx: &mut Context<'_>, baseline: &Baseline, stale: &[&Entry]) {
    let places = stale.iter().filter_map(|it| Some((*it, baseline.place(cx.project, it)?)));
    let places: Vec<_> = places.take(NAMED).collect();
    let Some((first, place)) = places.first() else { return };
    let message = match stale.len() {
        1 => format!("nothing needs this entry of `{}` any more", first.path),
        n => format!("nothing needs {n} entries any more, this one of `{}` among them", first.path),
    };
    let finding = cx.report(*place, message);
    finding.help("`docwright check --write-baseline` takes out what is mended");
    if baseline.strict {
        finding.severity = Severity::Error;
    }
    for (entry, place) in &places[1..] {
        finding.related(*place, format!("and this one of `{}`", entry.path));
    }
}
