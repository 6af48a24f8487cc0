//! Finds links to pages of other sites that are gone.
//!
//! Said by `docwright links`, never by `docwright check`.
//!
//! The server answers that there is no such page (404, 410), or there is no such host. A page that is only out of
//! reach today is [`link/unreachable-external`](unreachable-external.md), one that lets no program in is
//! [`link/unchecked-external`](unchecked-external.md). How the pages are asked for is told in
//! [External links](../../guide/external-links.md).
//!
//! ## Flagged
//!
//! The answers are those that `docwright links` remembers in its cache file.
//!
//! ```md docs/plan.md
//! The vendor's [restore guide](https://docs.vendor.dev/v1/restore) has the details.
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://docs.vendor.dev/v1/restore": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "dead",
//!       "why": "the server answers 404"
//!     }
//!   }
//! }
//! ```
//!
//! ## Accepted
//!
//! Hosts that exist for examples are not asked for.
//!
//! ```md docs/plan.md
//! Open `https://db.example.com/restore`, or [the page](https://docs.vendor.dev/v2/restore).
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://docs.vendor.dev/v2/restore": { "at": "2026-03-01T06:00:00Z", "verdict": "alive" }
//!   }
//! }
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::external::{Answer, Mention, Verdict};

pub(crate) static RULE: Rule = Rule {
    id: "link/dead-external",
    severity: Severity::Error,
    preview: false,
    file: include_str!("dead_external.rs"),
    check: Check::External(check),
};

fn check(cx: &mut Context<'_>, mention: &Mention, answer: &Answer) {
    if answer.verdict == Verdict::Dead {
        cx.report(mention.span, format!("`{}` is gone: {}", mention.address.url, answer.why))
            .help("link to where the page went, or to a copy of it, or take the link out");
    }
}
