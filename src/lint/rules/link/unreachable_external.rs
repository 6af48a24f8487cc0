//! Finds links to pages of other sites that could not be reached.
//!
//! Said by `docwright links`, never by `docwright check`.
//!
//! The host did not answer in time, refused the connection, has no valid certificate, or answered that it is broken
//! (500 and above), several times in a row. That may be over tomorrow; if it is not, the page is as good as gone.
//!
//! ## Flagged
//!
//! ```md docs/plan.md
//! Keep an eye on the [status page](https://status.vendor.dev/).
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://status.vendor.dev/": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "unreachable",
//!       "why": "no secure connection, its certificate has expired"
//!     }
//!   }
//! }
//! ```
//!
//! ## Accepted
//!
//! A status code that means for you that the page is there can be named: `accept = [503]` below `[links]`.
//!
//! ```md docs/plan.md
//! Keep an eye on the [status page](https://status.vendor.dev/).
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://status.vendor.dev/": { "at": "2026-03-01T06:00:00Z", "verdict": "alive" }
//!   }
//! }
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::external::{Answer, Mention, Verdict};

pub(crate) static RULE: Rule = Rule {
    id: "link/unreachable-external",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unreachable_external.rs"),
    check: Check::External(check),
};

fn check(cx: &mut Context<'_>, mention: &Mention, answer: &Answer) {
    if answer.verdict == Verdict::Unreachable {
        cx.report(mention.span, format!("`{}` cannot be reached: {}", mention.address.url, answer.why))
            .help("try it in a browser; if it stays away, take the link out");
    }
}
