//! Finds pages of the book that are linked and not in `SUMMARY.md`.
//!
//! mdBook builds only what its `SUMMARY.md` lists, so the link that works in the editor and on the forge is dead on
//! the site. Links from pages that are in no book themselves, such as a changelog, are followed where those are read. A
//! page that nothing links either is `page/orphan`.
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
//! Then [fail over](failover.md).
//! ```
//!
//! ```md docs/failover.md
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
//!   - [Failover](failover.md)
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Then [fail over](failover.md).
//! ```
//!
//! ```md docs/failover.md
//! # Failover
//!
//! Promote the standby.
//! ```
//!
//! ```md CHANGELOG.md
//! # Changes
//!
//! Older ones are [put away](docs/changes-2029.md).
//! ```
//!
//! ```md docs/changes-2029.md
//! # Changes of 2029
//!
//! The standby is promoted by hand.
//! ```

use crate::finding::Severity;
use crate::lint::rules::page::summary::{Lead, left_out, top};
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "page/missing-from-summary",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_from_summary.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for (page, _) in left_out(cx).into_iter().filter(|(_, lead)| *lead == Lead::Book) {
        cx.report(top(page), "this page is linked and not in SUMMARY.md: mdBook does not build it")
            .help("add it to SUMMARY.md");
    }
}
