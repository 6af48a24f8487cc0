//! Finds pages of the book that nothing leads to.
//!
//! Where a `SUMMARY.md` orders the book, a page that is neither in it nor linked from any other page cannot be
//! reached by a reader, and mdBook does not build it. Pages that another one includes (`{{#include part.md}}`) are
//! parts of that one, and a `README.md` tells the visitors of the repository about its folder. A page that is linked
//! but not in the list is `page/missing-from-summary`.
//!
//! ## Flagged
//!
//! ```md docs/SUMMARY.md
//! # Summary
//!
//! - [Restore](restore.md)
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Restore the newest dump.
//! ```
//!
//! ```md docs/old-failover.md
//! # Failover
//!
//! Promote the standby.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/SUMMARY.md
//! # Summary
//!
//! - [Restore](restore.md)
//! - [Failover](failover.md)
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! {{#include parts/newest-dump.md}}
//! ```
//!
//! ```md docs/parts/newest-dump.md
//! Take the newest dump.
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Promote the standby.
//! ```
//!
//! ```md docs/README.md
//! # How this book is built
//!
//! Run `mdbook serve`.
//! ```

use crate::finding::Severity;
use crate::lint::rules::page::summary::{Lead, left_out, top};
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "page/orphan",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("orphan.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for (page, _) in left_out(cx).into_iter().filter(|(_, lead)| *lead == Lead::Nothing) {
        cx.report(top(page), "nothing leads to this page: it is not in SUMMARY.md, and no page links it")
            .help("add it to SUMMARY.md, link it, or delete it");
    }
}
