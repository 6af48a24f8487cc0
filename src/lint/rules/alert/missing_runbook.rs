//! Finds alerts that wake somebody and name no runbook.
//!
//! Whoever is woken has one link at hand: the one in the alert. An alert wakes somebody when its severity is one of
//! `alerts.paging-severities` (`critical`, `page`, `p1`, `s1` and such). The runbook is an annotation like
//! `runbook_url`, or an address in the text that is labelled as a runbook.
//!
//! The rule speaks only where runbooks are the custom: another alert of the project names one, or the project has
//! runbook pages. Alerts that always fire, to show that alerting works (`Watchdog`, `DeadMansSwitch`), need none.
//!
//! ## Flagged
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         labels:
//!           severity: critical
//! ```
//!
//! ```md docs/runbooks/queue-slow.md
//! # Queue slow
//!
//! Add a worker.
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
//!         labels:
//!           severity: critical
//!         annotations:
//!           runbook_url: docs/runbooks/queue-stuck.md
//!       - alert: QueueLong
//!         expr: queue_length > 100
//!         labels:
//!           severity: warning
//! ```
//!
//! ```md docs/runbooks/queue-stuck.md
//! # Queue stuck
//!
//! Restart the worker.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::alert::{Runbook, plain};
use crate::model::resolve::relative;

pub(crate) static RULE: Rule = Rule {
    id: "alert/missing-runbook",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_runbook.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let alerts = &project.alerts;
    let is_runbook = |kind: &Option<String>| matches!(kind.as_deref(), Some("runbook" | "alert"));
    let is_custom = alerts.all.iter().any(|it| it.link.is_some())
        || project.pages.iter().any(|it| is_runbook(&it.document_type));
    if !is_custom {
        return;
    }
    for alert in alerts.all.iter().filter(|it| it.runbook == Runbook::None && alerts.pages_somebody(it)) {
        let severity = alert.severity.as_deref().unwrap_or_default();
        let name = plain(&alert.name);
        if ["watchdog", "deadman"].iter().any(|it| name.contains(it)) {
            continue;
        }
        let page = project.pages.iter().map(|it| project.sources.path(it.source));
        let page = page.filter(|it| !name.is_empty() && plain(super::stem(it)) == name).min();
        let here = project.sources.path(alert.span.source);
        let help = match page {
            Some(page) => format!("`{}` has its name: name it as `runbook_url`", relative(here, page)),
            None => "write what to do, and name the page as the annotation `runbook_url`".to_owned(),
        };
        let message = format!("`{}` has the severity `{severity}` and names no runbook", alert.name);
        cx.report(alert.span, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    const RULES: &str = "//- a.yaml\nrules:\n- alert: DiskFull\n  expr: up\n  labels: {severity: Critical}\n";

    #[test]
    fn the_name_is_underlined_and_a_page_with_it_is_named() {
        let fixture = RULES.replace(
            "- alert: DiskFull\n",
            "- alert: DiskFull\n         ^^^^^^^^ `DiskFull` has the severity `Critical` and names no runbook\n",
        );
        check_rule(&RULE, &format!("{fixture}//- docs/runbooks/disk-full.md\n# Disk full\n"));
    }

    #[test]
    fn nothing_is_asked_for_where_there_are_no_runbooks_or_other_severities_wake() {
        check_rule(&RULE, &format!("{RULES}//- docs/a.md\n# A\n"));
        let always = RULES.replace("DiskFull", "Deadmans_Switch");
        check_rule(&RULE, &format!("{always}//- docs/runbooks/a.md\n# A\n"));
        let own = "//- book.toml\n[alerts]\npaging-severities = [\"wake\"]\n//- docs/runbooks/a.md\n# A\n";
        check_rule(&RULE, &format!("{RULES}{own}"));
    }
}
