//! Finds includes of lines behind the end of a file.
//!
//! `{{#include path:8:12}}` takes lines by their numbers, which move whenever the file changes. mdBook says nothing
//! about lines that are not there. Anchors (`{{#include path:name}}`) stay with the lines that they mark.
//!
//! ## Flagged
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```sh
//! {{#include restore.sh:4:6}}
//! ```
//! ````
//!
//! ```sh docs/restore.sh
//! dump-fetch --newest
//! dump-load
//! ```
//!
//! ## Accepted
//!
//! ````md docs/restore.md
//! # Restore
//!
//! ```sh
//! {{#include restore.sh:2:}}
//! ```
//! ````
//!
//! ```sh docs/restore.sh
//! dump-fetch --newest
//! dump-load
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::include::IncludeProblemKind as Problem;

pub(crate) static RULE: Rule = Rule {
    id: "include/missing-lines",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_lines.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for problem in &cx.project.includes.problems {
        let Problem::MissingLines { path, lines } = &problem.kind else { continue };
        let count = match lines {
            0 => "is empty".to_owned(),
            1 => "has one line".to_owned(),
            count => format!("has {count} lines"),
        };
        cx.report(problem.span, format!("`{path}` {count}"))
            .help("correct the lines, or mark the part with `ANCHOR: name` and include it by its name");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_lines_are_underlined() {
        check_rule(
            &RULE,
            "//- docs/a.md\n{{#include b:3}} {{#include b:2:9}} {{#include b:2:}} {{#include b::2}} {{#include b}} {{#include b:2:1}}\n             ^ `docs/b` has 2 lines\n                              ^^^ `docs/b` has 2 lines\n                                                                                                    ^^^ `docs/b` has 2 lines\n//- docs/b\n1\n2\n",
        );
    }
}
