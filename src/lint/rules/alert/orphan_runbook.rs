//! Finds runbook pages for alerts that no alert points at.
//!
//! Where every alert has a page of its own, a page that no alert names is left over from an alert that was removed, or
//! an alert lacks its link. The rule looks at folders in which at least three pages, and seven of ten, have the name of
//! the alert that points at them. Only pages that look like one for an alert count: written in one word with capitals,
//! as the others are (`QueueStuck.md`), or with a section `Meaning`. Index pages and templates are left out, and so are
//! pages that another page of the folder links to, and pages whose name is that of an alert.
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
        let is_known = pages.contains_key(&at) || is_index(path(at)) || is_named || linked.contains(&at);
        let in_capitals = pages.keys().all(|&it| is_in_capitals(stem(path(it))));
        let looks_alike = (in_capitals && is_in_capitals(stem(path(at))))
            || page.headings.iter().any(|it| it.text.trim().eq_ignore_ascii_case("meaning"));
        let is_template = stem(path(at)).starts_with('_') || plain(stem(path(at))).contains("template");
        if is_known || !looks_alike || is_template {
            continue;
        }
        let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
        let message = format!("no alert points at `{}`", path(at));
        cx.report(span, message)
            .help("link to it from its alert, or move it: the alert may be gone".to_owned());
    }
}

/// Whether a name is one word with capitals inside: `QueueStuck`, `etcdDown`.
fn is_in_capitals(stem: &str) -> bool {
    stem.chars().all(char::is_alphanumeric) && stem.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn procedures_and_templates_among_alert_pages_are_no_orphans() {
        let mut fixture = "//- a.yaml\nrules:\n".to_owned();
        for name in ["DiskFull", "DiskSlow", "DiskGone"] {
            fixture.push_str(&format!(
                "- alert: {name}\n  expr: up\n  annotations:\n    runbook: docs/{name}.md\n"
            ));
        }
        for name in ["DiskFull", "DiskSlow", "DiskGone", "replace-a-disk", "_template", "README"] {
            fixture.push_str(&format!("//- docs/{name}.md\n# {name}\n"));
        }
        fixture
            .push_str("//- docs/DiskLost.md\n# DiskLost\n  ^^^^^^^^ no alert points at `docs/DiskLost.md`\n");
        fixture.push_str("//- docs/disk-odd.md\n# Odd\n  ^^^ no alert points at `docs/disk-odd.md`\n\n## Meaning\n\nOdd.\n");
        check_rule(&RULE, &fixture);
    }
}
