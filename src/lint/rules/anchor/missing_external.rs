//! Finds links to places that a page of another site does not have.
//!
//! Said by `docwright links --fragments`, never by `docwright check`.
//!
//! The page is there, but nothing in it has the `id` or `name` that follows `#`, so the reader lands at its top.
//! Pages that their scripts put together are not run: where a site is one of those, name it in `links.exclude` or
//! leave `--fragments` out.
//!
//! ## Flagged
//!
//! ```md docs/plan.md
//! See [how to restore](https://docs.vendor.dev/manual#restoring).
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://docs.vendor.dev/manual": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "alive",
//!       "fragments": { "restoring": false }
//!     }
//!   }
//! }
//! ```
//!
//! ## Accepted
//!
//! ```md docs/plan.md
//! See [how to restore](https://docs.vendor.dev/manual#restore).
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://docs.vendor.dev/manual": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "alive",
//!       "fragments": { "restore": true }
//!     }
//!   }
//! }
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::external::{Answer, Mention};

pub(crate) static RULE: Rule = Rule {
    id: "anchor/missing-external",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_external.rs"),
    check: Check::External(check),
};

fn check(cx: &mut Context<'_>, mention: &Mention, answer: &Answer) {
    let Some(fragment) = mention.address.fragment.as_deref() else { return };
    if answer.fragments.get(fragment) == Some(&false) {
        cx.report(mention.span, format!("`{}` has no place `{fragment}`", mention.address.url))
            .help("open the page and copy the address of the heading");
    }
}
