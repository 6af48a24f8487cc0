//! Finds runbook pages for alerts that no alert points at.
//!
//! Where every alert has a page of its own, a page that no alert names is left over from an alert that was removed, or
//! an alert lacks its link. The rule looks at folders in which at least three pages, and seven of ten, have the name of
//! the alert that points at them. Index pages are left out, and so are pages that another page of the folder links to,
//! and pages whose name is that of an alert.
//!
//! ## Flagged
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         annotations: { runbook_url: docs/runbooks/QueueStuck.md }
//!       - alert: QueueSlow
//!         expr: queue_seconds > 60
//!         annotations: { runbook_url: docs/runbooks/QueueSlow.md }
//!       - alert: QueueLong
//!         expr: queue_length > 100
//!         annotations: { runbook_url: docs/runbooks/QueueLong.md }
//! ```
//!
//! ```md docs/runbooks/QueueStuck.md
//! # QueueStuck
//!
//! Restart the worker.
//! ```
//!
//! ```md docs/runbooks/QueueSlow.md
//! # QueueSlow
//!
//! Add a worker.
//! ```
//!
//! ```md docs/runbooks/QueueLong.md
//! # QueueLong
//!
//! Add two workers.
//! ```
//!
//! ```md docs/runbooks/QueueLost.md
//! # QueueLost
//!
//! Search for it.
//! ```
//!
//! ## Accepted
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         annotations: { runbook_url: docs/runbooks/QueueStuck.md }
//! ```
//!
//! ```md docs/runbooks/QueueStuck.md
//! # QueueStuck
//!
//! Restart the worker.
//! ```
//!
//! ```md docs/runbooks/restart-a-worker.md
//! # Restart a worker
//!
//! A procedure, which no alert needs to name.
//! ```

use std::collections::HashSet;

use super::{folder, folders_of_alert_pages, is_index, names, stem};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::alert::plain;
use crate::model::resolve::Target;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "alert/orphan-runbook",
    severity: Severity::Info,
    preview: false,
    file: include_str!("orphan_runbook.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let folders = folders_of_alert_pages(project);
    if folders.is_empty() {
        return;
    }
    let names = names(project);
    let path = |at: usize| project.sources.path(project.pages[at].source);
    let mut linked: HashSet<usize> = HashSet::new();
    for (at, page) in project.pages.iter().enumerate() {
        if is_index(path(at)) || !folders.contains_key(folder(path(at))) {
            continue;
        }
        for link in &page.links {
            if let Target::Page { page: target, .. } = cx.resolver.resolve(page, &link.dest)
                && target != at
            {
                linked.insert(target);
            }
        }
    }
    for (at, page) in project.pages.iter().enumerate() {
        let Some(pages) = folders.get(folder(path(at))) else { continue };
        let is_named = names.contains(&plain(stem(path(at))));
        if pages.contains_key(&at) || is_index(path(at)) || is_named || linked.contains(&at) {
            continue;
        }
        let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
        let message = format!("no alert points at `{}`", path(at));
        cx.report(span, message)
            .help("link to it from its alert, or move it: the alert may be gone".to_owned());
    }
}
