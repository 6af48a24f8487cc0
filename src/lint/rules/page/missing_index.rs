//! Finds folders of the book that hold several pages and no index page.
//!
//! A reader who shortens the address, or who opens the folder on the forge, finds a bare list of files. Folders of
//! three or more pages are looked at; `index.md`, `README.md` or `_index.md` answers, and so does a page beside the
//! folder with its name. Where a `SUMMARY.md` orders the book the rule is silent.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [lint.rules]
//! "page/missing-index" = "info"
//! ```
//!
//! ```md docs/index.md
//! # Orders
//!
//! Everything about orders.
//! ```
//!
//! ```md docs/runbooks/drain.md
//! # Drain
//!
//! Cordon it first.
//! ```
//!
//! ```md docs/runbooks/failover.md
//! # Failover
//!
//! Promote the standby.
//! ```
//!
//! ```md docs/runbooks/restore.md
//! # Restore
//!
//! Restore the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [lint.rules]
//! "page/missing-index" = "info"
//! ```
//!
//! ```md docs/index.md
//! # Orders
//!
//! Everything about orders.
//! ```
//!
//! ```md docs/runbooks/README.md
//! # Runbooks
//!
//! One page an alert.
//! ```
//!
//! ```md docs/runbooks/drain.md
//! # Drain
//!
//! Cordon it first.
//! ```
//!
//! ```md docs/runbooks/restore.md
//! # Restore
//!
//! Restore the newest dump.
//! ```

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::lint::rules::page::summary::top;
use crate::lint::{Check, Context, Rule};
use crate::model::Dialect;
use crate::model::page::Page;

pub(crate) static RULE: Rule = Rule {
    id: "page/missing-index",
    severity: Severity::Info,
    preview: true,
    file: include_str!("missing_index.rs"),
    check: Check::Project(check),
};

/// Fewest pages of a folder that need an index.
const MANY: usize = 3;

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    if project.book.dialect == Dialect::MdBook {
        return;
    }
    let mut folders: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in project.pages.iter().filter(|it| it.in_book) {
        let folder = project.sources.path(page.source).rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(page);
    }
    for (folder, pages) in
        folders.into_iter().filter(|(folder, pages)| !folder.is_empty() && pages.len() >= MANY)
    {
        let is_index = |page: &&Page| {
            let path = project.sources.path(page.source);
            let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
            matches!(name.split('.').next(), Some("index" | "readme" | "_index"))
        };
        let beside = project.files.get(&format!("{folder}.md")).is_some();
        let Some(first) = pages.first().filter(|_| !beside && !pages.iter().any(is_index)) else { continue };
        let message = format!("the folder `{folder}` holds {} pages and no index page", pages.len());
        cx.report(top(first), message).help(format!("write `{folder}/README.md`"));
    }
}
