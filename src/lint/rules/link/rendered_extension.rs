//! Finds links to the `.html` that the site makes of a page.
//!
//! The page's source is what GitHub and editors can open; the site rewrites the link itself. Books of other site
//! generators are left alone.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! See [the plan](plan.html#steps).
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
    id: "link/rendered-extension",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("rendered_extension.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    if cx.project.book.dialect != Dialect::Plain {
        return;
    }
    for link in judged(page) {
        let (_, Form::Rendered(path)) = cx.resolver.resolve_link(page, link) else { continue };
        let to = corrected(cx, page, link, &path);
        let fix = rewrite(cx, link, &to);
        let finding = cx.report(link.dest_span, format!("`{}` is made of `{path}` by the site", link.dest));
        finding.help(format!("write `{to}`"));
        finding.fix = fix;
    }
}
