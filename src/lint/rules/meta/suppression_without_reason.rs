//! Finds directives that silence a rule and do not say why.
//!
//! Whoever meets a silenced finding a year later cannot tell a decision from a convenience. The reason stands behind
//! ` -- ` in a comment, and under `reason` in the front matter.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! <!-- docwright-disable-next-line link/missing-file -->
//! The [transcript](transcript.md) of the last drill.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! <!-- docwright-disable-next-line link/missing-file -- the drill bot writes it before every release -->
//! The [transcript](transcript.md) of the last drill.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "meta/suppression-without-reason",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("suppression_without_reason.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let mut last = None;
    for it in cx.project.suppressions.all.iter().filter(|it| it.reason.is_none()) {
        // A directive that names several rules has one reason.
        if last.replace(it.directive) != Some(it.directive) {
            let message = format!("`{}` is silenced without a reason", it.rule);
            cx.report(it.rule_span, message)
                .help("say why behind ` -- `, or under `reason` in the front matter");
        }
    }
}
