//! Finds includes of parts that the file does not mark.
//!
//! `{{#include path:name}}` takes the lines between `ANCHOR: name` and `ANCHOR_END: name`, which stand in comments of
//! the file. mdBook says nothing about a name that is not there: the page has an empty block. A part that does not end
//! goes on to the end of the file.
//!
//! ## Flagged
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```sh
//! {{#include restore.sh:promote}}
//! ```
//! ````
//!
//! ```sh docs/restore.sh
//! # ANCHOR: fetch
//! dump-fetch --newest
//! # ANCHOR_END: fetch
//! ```
//!
//! ## Accepted
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```sh
//! {{#include restore.sh:fetch}}
//! ```
//! ````
//!
//! ```sh docs/restore.sh
//! # ANCHOR: fetch
//! dump-fetch --newest
//! # ANCHOR_END: fetch
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::include::IncludeProblemKind as Problem;

pub(crate) static RULE: Rule = Rule {
    id: "include/missing-anchor",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_anchor.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for problem in &cx.project.includes.problems {
        match &problem.kind {
            Problem::MissingAnchor { path, anchor } => {
                cx.report(problem.span, format!("`{path}` marks no part `{anchor}`")).help(format!(
                    "write `ANCHOR: {anchor}` and `ANCHOR_END: {anchor}` into comments of the file, or correct the name"
                ));
            }
            Problem::UnclosedAnchor { path, anchor } => {
                cx.report(problem.span, format!("the part `{anchor}` of `{path}` does not end"))
                    .help(format!("write `ANCHOR_END: {anchor}` into a comment behind it"));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_name_is_underlined() {
        check_rule(
            &RULE,
            "//- docs/a.md\n{{#include b.rs:ebb}} {{#rustdoc_include b.rs:flood }} {{#include b.rs:low}} {{#include b.rs:2}}\n                ^^^ `docs/b.rs` marks no part `ebb`\n                                                                       ^^^ the part `low` of `docs/b.rs` does not end\n//- docs/b.rs\n// ANCHOR: flood\n// ANCHOR: low\nx\n// ANCHOR_END: flood\n",
        );
    }
}
