//! Finds preprocessors of mdBook that docwright does not run.
//!
//! A preprocessor is a program that changes the pages before mdBook builds them. docwright has mdBook's own two,
//! `links` and `index`, and runs no others: what they would put in is missing on the site.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [preprocessor.tide-tables]
//! command = "mdbook-tide-tables"
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
//! [preprocessor.links]
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Take the newest dump.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "book/unsupported-preprocessor",
    severity: Severity::Info,
    preview: false,
    file: include_str!("unsupported_preprocessor.rs"),
    check: Check::Project(check),
};

/// What docwright has in place of well-known preprocessors.
const INSTEAD: [(&str, &str); 3] = [
    ("admonish", "docwright reads `> [!NOTE]` and `!!! note`"),
    ("toc", "every page of docwright lists its sections"),
    ("linkcheck", "`docwright check` and `docwright links` look at the links"),
];

fn check(cx: &mut Context<'_>) {
    for it in &cx.project.declared.preprocessors {
        let instead = INSTEAD.iter().find(|known| known.0 == it.name).map(|known| known.1);
        cx.report(it.span, format!("docwright does not run the preprocessor `{}`", it.name))
            .help(instead.unwrap_or("look at the pages that need it, or write what it makes into them"));
    }
}
