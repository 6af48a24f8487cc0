//! Finds runbooks for alerts that carry the name of another alert.
//!
//! Where every alert has a page of its own, two things go wrong when pages are copied: an alert points at the page of
//! another one although its own page exists, and a page keeps the title of the page it was copied from. The rule looks
//! at folders in which at least three pages, and seven of ten, have the name of the alert that points at them. A page
//! that several alerts share is no mistake.
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
//! # QueueStuck
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
//! ## Accepted
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
//!         annotations: { runbook_url: docs/runbooks/queue-slow.md }
//!       - alert: QueueLong
//!         expr: queue_length > 100
//!         annotations: { runbook_url: docs/runbooks/QueueLong.md }
//!       - alert: QueueVeryLong
//!         expr: queue_length > 1000
//!         annotations: { runbook_url: docs/runbooks/QueueLong.md }
//! ```
//!
//! ```md docs/runbooks/QueueStuck.md
//! # The queue is stuck
//!
//! Restart the worker.
//! ```
//!
//! ```md docs/runbooks/queue-slow.md
//! # Queue slow
//!
//! Add a worker.
//! ```
//!
//! ```md docs/runbooks/QueueLong.md
//! # QueueLong
//!
//! Add two workers.
//! ```

use super::{folder, folders_of_alert_pages, names, stem};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::alert::plain;
use crate::model::resolve::relative;

pub(crate) static RULE: Rule = Rule {
    id: "alert/name-mismatch",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("name_mismatch.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let names = names(project);
    for (folder_path, pages) in folders_of_alert_pages(project) {
        for (&at, alerts) in &pages {
            let page = &project.pages[at];
            let path = project.sources.path(page.source);
            let own = plain(stem(path));
            if let Some(title) = page.headings.iter().find(|it| it.level == 1) {
                let called = plain(&title.text);
                let is_own = alerts.iter().any(|it| plain(&it.name) == called);
                if called != own && !is_own && names.contains(&own) && names.contains(&called) {
                    let message = format!("the page for `{}` has the title of another alert", stem(path));
                    cx.report(title.span, message).help(format!("call it `{}`", stem(path)));
                }
            }
            for alert in alerts {
                let (name, Some(link)) = (plain(&alert.name), &alert.link) else { continue };
                if name == own {
                    continue;
                }
                // Only where the alert's own page is beside the one that it points at.
                let beside = project.pages.iter().map(|it| project.sources.path(it.source));
                let mut beside = beside.filter(|it| folder(it) == folder_path && plain(stem(it)) == name);
                let Some(right) = beside.next().filter(|_| !name.is_empty()) else { continue };
                let here = project.sources.path(link.span.source);
                let message = format!("`{}` points at the page of another alert, `{path}`", alert.name);
                cx.report(link.span, message).help(format!("its own page is `{}`", relative(here, right)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn an_alert_has_a_page_of_its_own_and_names_another() {
        check_rule(
            &RULE,
            "//- a.yaml\nrules:\n- alert: A1\n  expr: up\n  annotations:\n    runbook: docs/A1.md\n- alert: A2\n  expr: up\n  annotations:\n    runbook: docs/A2.md\n- alert: A3\n  expr: up\n  annotations:\n    runbook: docs/A3.md\n- alert: A4\n  expr: up\n  annotations:\n    runbook: docs/A3.md\n             ^^^^^^^^^^ `A4` points at the page of another alert, `docs/A3.md`\n//- docs/A1.md\n# A1\n//- docs/A2.md\n# A2\n//- docs/A3.md\n# A3\n//- docs/A4.md\n# A4\n",
        );
    }
}
