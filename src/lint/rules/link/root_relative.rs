//! Finds links that begin with `/` and count from the book's folder.
//!
//! On GitHub such a link counts from the repository's root and is dead; on a site below a sub-path it leads out of
//! the site. The fix writes it relative to the page.
//!
//! ## Flagged
//!
//! ```md docs/runbooks/restore.md
//! See [the plan](/plan.md).
//! ```
//!
//! ```md docs/plan.md
//! # Plan
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/runbooks/restore.md
//! See [the plan](../plan.md), or from the root [the plan](/docs/plan.md).
//! ```
//!
//! ```md docs/plan.md
//! # Plan
//!
//! Text.
//! ```

use super::{corrected, judged, rewrite};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::Dialect;
use crate::model::page::Page;
use crate::model::resolve::Form;

pub(crate) static RULE: Rule = Rule {
    id: "link/root-relative",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("root_relative.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    if cx.project.book.dialect != Dialect::Plain {
        return;
    }
    for link in judged(page) {
        let (_, Form::BookRoot(path)) = cx.resolver.resolve_as_written(page, &link.dest) else { continue };
        let to = corrected(cx, page, link, &path);
        let fix = rewrite(cx, link, &to);
        let finding =
            cx.report(link.dest_span, format!("`{}` counts from the book, not the repository", link.dest));
        finding.help(format!("write `{to}`"));
        finding.fix = fix;
    }
}
