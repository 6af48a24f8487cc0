//! Finds links to a path of one machine: `/Users/…`, `/home/…`, `~/…`, `C:\…`, `file:`.
//!
//! They open for the person who wrote them.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! The dump is described in [notes](file:///Users/ann/notes.md) and [here](/home/ann/orders/docs/dump.md).
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! The dump is described in [notes](dump.md). It is written to `/home/backup/dumps`.
//! ```
//!
//! ```md docs/dump.md
//! # Dump
//!
//! Text.
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::{Target, relative};

pub(crate) static RULE: Rule = Rule {
    id: "link/machine-path",
    severity: Severity::Error,
    preview: false,
    file: include_str!("machine_path.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page) {
        if cx.resolver.resolve(page, &link.dest) != Target::Machine {
            continue;
        }
        // The path on the machine often ends in the path in the repository.
        let mut tail = link.dest.as_str();
        let mut known = None;
        while let Some((_, rest)) = tail.split_once('/').filter(|_| known.is_none()) {
            tail = rest;
            known = cx.project.files.get(rest).filter(|it| !it.is_dir && !rest.is_empty()).map(|_| rest);
        }
        let help = match known {
            Some(path) => format!("did you mean `{}`?", relative(cx.project.sources.path(page.source), path)),
            None => "link to a file of the repository, or write the path as code".to_owned(),
        };
        cx.report(link.dest_span, format!("`{}` is a path of one machine", link.dest)).help(help);
    }
}
