//! Finds redirects of a part of a page that is nowhere.
//!
//! `"/old.html#setup" = "install.html"` says where a part of a page went. If the page itself is not on the site, and
//! no entry says where the rest of it went, the address stays dead; mdBook refuses to build such a book.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/recover.html#setup" = "restore.html"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [output.html.redirect]
//! "/recover.html" = "restore.html"
//! "/recover.html#setup" = "restore.html#restore"
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```

use super::{is_made, moved, there};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "redirect/missing-page",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_page.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let moved = moved(cx);
    for redirect in cx.project.declared.redirects.iter().filter(|it| it.fragment.is_some()) {
        let base = moved.contains(&(redirect.from.as_str(), None));
        if !base && there(cx, &redirect.from).is_none() && !is_made(cx, &redirect.from) {
            cx.report(redirect.from_span, format!("`{}` has no page and no entry of its own", redirect.from))
                .help("add an entry for the page, without `#`");
        }
    }
}
