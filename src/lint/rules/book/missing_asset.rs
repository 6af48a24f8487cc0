//! Finds style sheets, scripts and pictures of the configuration that do not exist.
//!
//! `additional-css` and `additional-js` in `[output.html]`, and `logo`, `logo-dark` and `favicon` in `[site]` name files
//! that every page loads. docwright builds the site without those that are not there; mdBook stops.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [output.html]
//! additional-css = ["theme/tides.css"]
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
//! [output.html]
//! additional-css = ["theme/tides.css"]
//! ```
//!
//! ```css theme/tides.css
//! h1 { letter-spacing: 0.1em }
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "book/missing-asset",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_asset.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for asset in cx.project.declared.assets.iter().filter(|it| !it.exists) {
        let help = match asset.path.contains("://") {
            true => "a site of docwright loads nothing from elsewhere; put the file into the project",
            false => "correct the path; it counts from the folder of the configuration",
        };
        cx.report(asset.span, format!("`{}` does not exist", asset.path)).help(help);
    }
}
