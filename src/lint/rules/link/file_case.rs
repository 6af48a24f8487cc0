//! Finds links that name a file in other capitals than its own.
//!
//! They work on macOS and Windows and are dead on GitHub, on Linux and on the site. The fix writes the name as it is.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! See [the plan](Plan.MD#steps).
//! ```
//!
//! ```md docs/plan.md
//! # Plan
//!
//! ## Steps
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! See [the plan](plan.md#steps).
//! ```
//!
//! ```md docs/plan.md
//! # Plan
//!
//! ## Steps
//!
//! Text.
//! ```

use super::{corrected, judged, rewrite};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Form;

pub(crate) static RULE: Rule = Rule {
    id: "link/file-case",
    severity: Severity::Error,
    preview: false,
    file: include_str!("file_case.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page) {
        let (_, Form::OtherCase(path)) = cx.resolver.resolve_as_written(page, &link.dest) else { continue };
        let (to, message) = (
            corrected(cx, page, link, &path),
            format!("`{}` is called `{path}`, in other capitals", link.dest),
        );
        let fix = rewrite(cx, link, &to);
        let finding = cx.report(link.dest_span, message);
        finding.help(format!("write `{to}`"));
        finding.fix = fix;
    }
}
