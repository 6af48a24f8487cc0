//! Finds links to pages of other sites that have moved for good.
//!
//! Said by `docwright links`, never by `docwright check`.
//!
//! The server answers 301 or 308: the old address works today, and whoever runs the site has said that the new one
//! is to be used. Temporary redirects (302, 303, 307) are not reported.
//!
//! ## Flagged
//!
//! ```md docs/plan.md
//! The vendor's [restore guide](http://docs.vendor.dev/restore#steps) has the details.
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "http://docs.vendor.dev/restore": {
//!       "at": "2026-03-01T06:00:00Z",
//!       "verdict": "alive",
//!       "moved": "https://vendor.dev/docs/restore/"
//!     }
//!   }
//! }
//! ```
//!
//! ## Accepted
//!
//! ```md docs/plan.md
//! The vendor's [restore guide](https://vendor.dev/docs/restore/#steps) has the details.
//! ```
//!
//! ```json .docwright-links.json
//! {
//!   "version": 1,
//!   "answers": {
//!     "https://vendor.dev/docs/restore/": { "at": "2026-03-01T06:00:00Z", "verdict": "alive" }
//!   }
//! }
//! ```

use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::external::{Address, Answer, Mention};

pub(crate) static RULE: Rule = Rule {
    id: "link/redirected-external",
    severity: Severity::Info,
    preview: false,
    file: include_str!("redirected_external.rs"),
    check: Check::External(check),
};

fn check(cx: &mut Context<'_>, mention: &Mention, answer: &Answer) {
    let Some(moved) = answer.moved.as_deref() else { return };
    let written = cx.project.sources.text(mention.span);
    // The place in the page stays what it was, unless the redirect names another.
    let fragment = written.find('#').filter(|_| !moved.contains('#')).map_or("", |at| &written[at..]);
    let to = format!("{moved}{fragment}");
    // Where the words are not the address alone, or the new one would not fit in, only the help says it.
    let fits =
        Address::read(written).is_some_and(|it| it == mention.address) && !to.contains(['(', ')', ' ']);
    let edits = vec![Edit { span: mention.span, text: to.clone() }];
    let fix = fits.then_some(Fix { safety: Safety::Unsafe, edits });
    let finding = cx.report(mention.span, format!("`{}` has moved for good", mention.address.url));
    finding.help(format!("write `{to}`"));
    finding.fix = fix;
}
