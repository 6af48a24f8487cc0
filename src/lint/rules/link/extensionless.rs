//! Finds links to a page without its `.md`.
//!
//! The site would find the page; GitHub, editors and every other reader of the repository do not. Books of other
//! site generators, whose own links look like this, are left alone.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! See [the plan](plan#steps).
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
use crate::model::Dialect;
use crate::model::page::Page;
use crate::model::resolve::Form;

pub(crate) static RULE: Rule = Rule {
    id: "link/extensionless",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("extensionless.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    if !matches!(cx.project.book.dialect, Dialect::Plain | Dialect::MdBook) {
        return;
    }
    for link in judged(page) {
        let (_, Form::Extensionless(path)) = cx.resolver.resolve_link(page, link) else {
            continue;
        };
        let to = corrected(cx, page, link, &path);
        let fix = rewrite(cx, link, &to);
        let finding = cx.report(link.dest_span, format!("`{}` lacks the extension of `{path}`", link.dest));
        finding.help(format!("write `{to}`"));
        finding.fix = fix;
    }
}
