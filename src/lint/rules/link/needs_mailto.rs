//! Finds e-mail addresses as link destinations without `mailto:`.
//!
//! `[us](ops@example.com)` is a link to a file of that name.
//!
//! ## Flagged
//!
//! ```md docs/contacts.md
//! Write to [the desk](desk@ops.example.org).
//! ```
//!
//! ## Accepted
//!
//! ```md docs/contacts.md
//! Write to [the desk](mailto:desk@ops.example.org) or <desk@ops.example.org>.
//! ```

use super::{judged, rewrite};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Form;

pub(crate) static RULE: Rule = Rule {
    id: "link/needs-mailto",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("needs_mailto.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page) {
        if !matches!(cx.resolver.resolve_as_written(page, &link.dest), (_, Form::Address)) {
            continue;
        }
        let to = format!("mailto:{}", link.dest);
        let fix = rewrite(cx, link, &to);
        let finding = cx.report(link.dest_span, format!("`{}` is an address and no file", link.dest));
        finding.help(format!("write `{to}`"));
        finding.fix = fix;
    }
}
