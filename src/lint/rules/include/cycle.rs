//! Finds files that include themselves.
//!
//! A file that includes itself, perhaps by way of others, has no end. docwright leaves the braces of the innermost
//! directive on the page; mdBook repeats the files ten times. The same is said where files include one another more
//! than ten deep, or where a page grows beyond 16 MiB.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! {{#include check.md}}
//! ```
//!
//! ```md docs/check.md
//! Look at the dashboard.
//!
//! {{#include check.md}}
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! {{#include check.md}}
//!
//! {{#include check.md}}
//! ```
//!
//! ```md docs/check.md
//! Look at the dashboard.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::include::IncludeProblemKind as Problem;

pub(crate) static RULE: Rule = Rule {
    id: "include/cycle",
    severity: Severity::Error,
    preview: false,
    file: include_str!("cycle.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for problem in &cx.project.includes.problems {
        match &problem.kind {
            Problem::Cycle(path) => {
                cx.report(problem.span, format!("`{path}` includes itself"))
                    .help("take this directive out, or include a part of the file by its name");
            }
            Problem::TooMuch => {
                cx.report(problem.span, "this is included too deep, or too much of it")
                    .help("let files include one another at most ten deep");
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
    fn a_cycle_over_files_is_said_where_it_closes() {
        check_rule(
            &RULE,
            "//- docs/SUMMARY.md\n- [A](a.md)\n//- docs/a.md\n{{#include ../b.txt}}\n//- b.txt\n{{#include docs/a.md}}\n^^^^^^^^^^^^^^^^^^^^^^ `docs/a.md` includes itself\n",
        );
    }
}
