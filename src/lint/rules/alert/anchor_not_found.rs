//! Finds alerts that name a place on a runbook page that is not there.
//!
//! The page exists, the heading does not: the link opens the top of a long page, and whoever was woken has to search.
//! Addresses are looked up as for `alert/runbook-not-found`, anchors are GitHub's.
//!
//! ## Flagged
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         annotations:
//!           runbook_url: docs/playbooks.md#queue-stucked
//! ```
//!
//! ```md docs/playbooks.md
//! # Playbooks
//!
//! ## Queue stuck
//!
//! Restart the worker.
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
//!         annotations:
//!           runbook_url: docs/playbooks.md#queue-stuck
//! ```
//!
//! ```md docs/playbooks.md
//! # Playbooks
//!
//! ## Queue stuck
//!
//! Restart the worker.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::alert::Runbook;

pub(crate) static RULE: Rule = Rule {
    id: "alert/anchor-not-found",
    severity: Severity::Error,
    preview: false,
    file: include_str!("anchor_not_found.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for alert in &project.alerts.all {
        let (Runbook::NoAnchor { page, anchor }, Some(link)) = (&alert.runbook, &alert.link) else {
            continue;
        };
        let page = &project.pages[*page];
        let path = project.sources.path(page.source);
        // Underline the fragment alone where it is written as it was read.
        let written = project.sources.text(link.span);
        let span = written.find('#').map_or(link.span, |at| link.span.slice(at..written.len()));
        let near = page.anchors.keys().map(|it| (strsim::jaro_winkler(it, anchor), it.as_str()));
        let near = near.filter(|(score, _)| *score > 0.8);
        let near = near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
        let help = match near {
            Some((_, near)) => format!("did you mean `#{near}`?"),
            None => format!("add a heading for `{}`, or link to one that exists", alert.name),
        };
        cx.report(span, format!("no heading or id `#{anchor}` in `{path}`")).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn the_fragment_is_underlined_and_the_name_is_filled_in() {
        check_rule(
            &RULE,
            "//- a.yaml\nrules:\n- alert: DiskFull\n  expr: up\n  annotations:\n    runbook: docs/a.md#{{ $labels.alertname }}\n                      ^^^^^^^^^^^^^^^^^^^^^^^^ no heading or id `#DiskFull` in `docs/a.md`\n- alert: Late\n  expr: up\n  annotations:\n    runbook: docs/a.md#{{ $labels.alertname | toLower }}\n- alert: Any\n  expr: up\n  annotations:\n    runbook: docs/a.md#{{ $labels.zone }}\n//- docs/a.md\n# A\n\n## Late\n",
        );
    }
}
