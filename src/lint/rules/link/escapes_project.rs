//! Finds links that lead out of the repository.
//!
//! Such a path works on the writer's machine, where the other folder happens to lie beside this one, and nowhere
//! else. Link to the other repository by its address.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! See [the platform's runbook](../../platform/docs/runbook.md).
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! See [the platform's runbook](https://git.example.com/platform/docs/runbook.md) and the [readme](../README.md).
//! ```
//!
//! ```md README.md
//! # Orders
//!
//! Text.
//! ```

use super::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "link/escapes-project",
    severity: Severity::Error,
    preview: false,
    file: include_str!("escapes_project.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page) {
        if cx.resolver.resolve(page, &link.dest) == Target::Escapes {
            cx.report(link.dest_span, format!("`{}` leads out of the repository", link.dest))
                .help("link to the other repository by its address");
        }
    }
}
