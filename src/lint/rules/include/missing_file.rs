//! Finds includes of files that cannot be read.
//!
//! `{{#include path}}`, `{{#rustdoc_include path}}` and `{{#playground path}}` put a file into a page. Paths count from
//! the file that holds the directive. mdBook writes a line into its log when the file is not there, publishes the
//! braces and ends without an error, so nobody notices.
//!
//! Directives in inline code, in blocks of Markdown and in comments show what a directive looks like; there a file
//! may be missing. A backslash before the braces makes any directive text.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Run this:
//!
//! {{#include parts/restore.md}}
//! ```
//!
//! ```md docs/parts/restore-all.md
//! Take the newest dump.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! {{#include parts/restore.md}}
//!
//! Parts are put in with `{{#include path}}`.
//! ```
//!
//! ```md docs/parts/restore.md
//! Take the newest dump.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::include::IncludeProblemKind as Problem;
use crate::model::resolve::relative;

pub(crate) static RULE: Rule = Rule {
    id: "include/missing-file",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_file.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    for problem in &cx.project.includes.problems {
        match &problem.kind {
            Problem::MissingFile(path) => {
                let here = cx.project.sources.path(problem.span.source);
                let help = match cx.resolver.nearest(path) {
                    Some(nearest) => format!("did you mean `{}`?", relative(here, nearest)),
                    None => {
                        "correct the path, or write `\\{{#` where the directive itself is meant".to_owned()
                    }
                };
                cx.report(problem.span, format!("`{path}` does not exist")).help(help);
            }
            Problem::Escapes => {
                let written = cx.project.sources.text(problem.span);
                cx.report(problem.span, format!("`{written}` lies outside the project"))
                    .help("include files of the project only");
            }
            Problem::Unreadable(path) => {
                cx.report(problem.span, format!("`{path}` cannot be read as text"))
                    .help("include a text file of at most 16 MiB in UTF-8");
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
    fn the_path_is_underlined_where_it_stands() {
        check_rule(
            &RULE,
            "//- docs/a.md\n{{#include b.rs:ebb}} {{ #playground ../../x.rs }}\n           ^^^^ `docs/b.rs` does not exist\n                                     ^^^^^^^^^^ `../../x.rs` lies outside the project\n\n```rust\n{{#rustdoc_include c.rs}}\n                   ^^^^ `docs/c.rs` does not exist\n```\n\n{{#include parts/d.txt}}\n//- docs/parts/d.txt\n{{#include e.txt}} {{#include ../a.md}}\n           ^^^^^ `docs/parts/e.txt` does not exist\n",
        );
    }

    #[test]
    fn what_shows_a_directive_is_none() {
        check_rule(
            &RULE,
            "//- docs/a.md\n`{{#include b}}` \\{{#include c}} {{#if d}} <!-- {{#include e}} -->\n\n```md\n{{#include f}}\n```\n",
        );
        check_rule(&RULE, "//- mkdocs.yml\n//- docs/a.md\n{{#include b}}\n");
        check_rule(
            &RULE,
            "//- book.toml\n[build]\nuse-default-preprocessors = false\n//- docs/a.md\n{{#include b}}\n",
        );
        check_rule(&RULE, "//- docs/a.md\n# A\n//- notes/b.md\n{{#include c}}\n");
    }
}
