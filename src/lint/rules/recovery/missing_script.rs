//! Finds scripts that a recovery procedure calls and the repository does not have.
//!
//! The script that restores the data is run once in years, at the worst moment. Nobody notices before that it was
//! renamed, or never written. Looked at are recovery plans, backup policies, and runbooks with a title about restoring,
//! recovery, failover or backups. How a path is sought, and what is not looked for, says `reference/script`, which
//! speaks about all other pages; on these pages this rule speaks instead of it.
//!
//! ## Flagged
//!
//! ````md docs/runbooks/restore-orders.md
//! # Restore the orders
//!
//! ```bash
//! ./scripts/fetch-dump.sh orders
//! ./scripts/restore-orders.sh orders.dump
//! ```
//! ````
//!
//! ```sh scripts/fetch-dump.sh
//! aws s3 cp "s3://dumps/$1/latest" "$1.dump"
//! ```
//!
//! ## Accepted
//!
//! ````md docs/runbooks/restore-orders.md
//! # Restore the orders
//!
//! ```bash
//! ./scripts/fetch-dump.sh orders
//! pg_restore --dbname orders orders.dump
//! ```
//! ````
//!
//! ```sh scripts/fetch-dump.sh
//! aws s3 cp "s3://dumps/$1/latest" "$1.dump"
//! ```

use std::collections::HashSet;

use crate::finding::Severity;
use crate::lint::rules::reference::script::{Missing, missing};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::SourceId;

pub(crate) static RULE: Rule = Rule {
    id: "recovery/missing-script",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_script.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let pages: HashSet<SourceId> =
        project.pages.iter().filter(|it| is_recovery(it)).map(|it| it.source).collect();
    for Missing { span, path, help } in missing(project).filter(|it| pages.contains(&it.span.source)) {
        cx.report(span, format!("the recovery needs the script `{path}`, which does not exist")).help(help);
    }
}

/// Whether the page tells how to get data or a service back.
fn is_recovery(page: &Page) -> bool {
    let title = || page.title.to_lowercase();
    match page.document_type.as_deref() {
        Some("dr-plan" | "backup-policy") => true,
        Some("runbook") => ["restor", "recover", "failover", "fail over", "failback", "backup"]
            .iter()
            .any(|it| title().contains(it)),
        _ => false,
    }
}
