//! Finds links to other sites about which nothing can be said.
//!
//! Said by `docwright links`, never by `docwright check`.
//!
//! Some servers let no program in (401, 403), some want fewer requests than there are links (429), and hosts in a
//! private network are not asked for unless `--allow-private` says so. The page may be there or not; that is told
//! rather than left out.
//!
//! ## Flagged
//!
//! ```md docs/plan.md
//! The [contract](https://portal.vendor.dev/contracts/17) names the hours.
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://portal.vendor.dev/contracts/17": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "unchecked",
//!       "why": "the server lets no program in (403)"
//!     }
//!   }
//! }
//! ```
//!
//! ## Accepted
//!
//! Addresses in `links.exclude` are not asked for, and nothing is said about them.
//!
//! ```toml book.toml
//! [links]
//! exclude = ["https://portal.vendor.dev/**"]
//! ```
//!
//! ```md docs/plan.md
//! The [contract](https://portal.vendor.dev/contracts/17) names the hours.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::external::{Answer, Mention, Verdict};

pub(crate) static RULE: Rule = Rule {
    id: "link/unchecked-external",
    severity: Severity::Info,
    preview: false,
    file: include_str!("unchecked_external.rs"),
    check: Check::External(check),
};

fn check(cx: &mut Context<'_>, mention: &Mention, answer: &Answer) {
    if answer.verdict == Verdict::Unchecked {
        cx.report(mention.span, format!("`{}` was not checked: {}", mention.address.url, answer.why))
            .help("look at it yourself from time to time, or name it in `links.exclude`");
    }
}
