//! Finds pages that were not changed for a long time, by their own account.
//!
//! `**Last Updated**: 2023-05-01` invites distrust; whether rightly, only a reader can tell. The rule is a preview
//! until the configuration names it, because what is old differs from team to team. Its option `max-age` is a
//! number with a unit: `180d`, `26w`, `6 months`, `1 year` (the default). Pages with a plan for reviews are judged
//! by `page/review-date` too.
//!
//! The examples are of 1 March 2026.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [lint.rules]
//! "page/stale" = { max-age = "180d" }
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! **Last Updated**: 2025-06-02
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [lint.rules]
//! "page/stale" = { max-age = "180d" }
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! **Last Updated**: 2025-12-02
//! ```

use jiff::ToSpan;

use crate::finding::Severity;
use crate::lint::rules::page::review_date::since;
use crate::lint::{Check, Context, Rule};
use crate::model::date::{Event, is_archived};

pub(crate) static RULE: Rule = Rule {
    id: "page/stale",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("stale.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let (project, Some(today)) = (cx.project, cx.as_of) else { return };
    let max_age = cx.config.max_age(RULE.id);
    let Ok(oldest) = today.checked_sub(max_age.unwrap_or_else(|| 1.year())) else { return };
    for dates in project.dates.iter().filter(|it| !is_archived(project.sources.path(it.source))) {
        let done = dates.stated.iter().filter(|it| it.event != Event::ReviewDue);
        let Some(newest) = done.max_by_key(|it| it.last).filter(|it| it.last < oldest) else { continue };
        let words = project.sources.text(newest.span);
        let message = format!("the page was last changed {} ago: `{words}`", since(newest.last, today));
        cx.report(newest.span, message).help("read it again, and set the date when it is right");
    }
}
