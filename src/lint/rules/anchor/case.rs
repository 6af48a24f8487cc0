//! Finds fragments that name a heading in other capitals than its anchor.
//!
//! Anchors are in lower case and browsers compare them letter by letter: `#Backup` does not lead to `## Backup`. The
//! fix writes the anchor as it is.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! See [the backups](#Backup-Schedule).
//!
//! ## Backup schedule
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! See [the backups](#backup-schedule) and [the table](#Table-1).
//!
//! ## Backup schedule
//!
//! <a id="Table-1"></a>
//! Text.
//! ```

use super::super::link::judged;
use crate::finding::{Edit, Fix, Safety, Severity};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "anchor/case",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("case.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    for link in judged(page).filter(|it| it.dest.contains('#')) {
        let Target::Page { page: index, fragment: Some(id) } = cx.resolver.resolve(page, &link.dest) else {
            continue;
        };
        let target = &cx.project.pages[index];
        if target.anchors.contains_key(&id) {
            continue;
        }
        let lower = id.to_lowercase();
        let Some(real) = target.anchors.keys().filter(|it| it.to_lowercase() == lower).min() else {
            continue;
        };
        let (real, written) = (real.clone(), cx.project.sources.text(link.dest_span));
        let at = written.find('#').filter(|_| written == link.dest);
        let span = at.map_or(link.dest_span, |at| link.dest_span.slice(at..written.len()));
        let finding = cx.report(span, format!("the anchor of `#{id}` is `#{real}`, in other capitals"));
        finding.help(format!("write `#{real}`"));
        if at.is_some() {
            let edits = vec![Edit { span, text: format!("#{real}") }];
            finding.fix = Some(Fix { safety: Safety::Safe, edits });
        }
    }
}
