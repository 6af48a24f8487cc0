//! Finds alerts whose runbook does not exist.
//!
//! Addresses are looked up in the project, never on the network: relative paths, addresses of files of the own
//! repository, pages below `site.url`, and what `alerts.url-map` says. An address that none of these covers is
//! external and only counted, unless most links below it fit the pages of one folder. The alert's name is filled in
//! where a template stands for it.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [alerts]
//! url-map = { "https://runbooks.acme.example/" = "docs/runbooks/" }
//! ```
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         annotations:
//!           runbook_url: https://runbooks.acme.example/queue-stucked
//! ```
//!
//! ```md docs/runbooks/queue-stuck.md
//! # Queue stuck
//!
//! Restart the worker.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [alerts]
//! url-map = { "https://runbooks.acme.example/" = "docs/runbooks/" }
//! ```
//!
//! ```yaml rules/queue.yaml
//! groups:
//!   - name: queue
//!     rules:
//!       - alert: QueueStuck
//!         expr: queue_oldest_seconds > 600
//!         annotations:
//!           runbook_url: https://runbooks.acme.example/{{ $labels.alertname }}/
//!       - alert: QueueSlow
//!         expr: queue_seconds > 60
//!         annotations:
//!           runbook_url: https://wiki.acme.example/queue-slow
//! ```
//!
//! ```md docs/runbooks/QueueStuck.md
//! # QueueStuck
//!
//! Restart the worker.
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::alert::{Runbook, RunbookLink};
use crate::model::resolve::relative;

pub(crate) static RULE: Rule = Rule {
    id: "alert/runbook-not-found",
    severity: Severity::Error,
    preview: false,
    file: include_str!("runbook_not_found.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for alert in &project.alerts.all {
        let (Runbook::Missing(path), Some(link)) = (&alert.runbook, &alert.link) else { continue };
        let here = project.sources.path(link.span.source);
        let other_case = project.files.other_case(path);
        let mut help = match other_case.or_else(|| cx.resolver.nearest(path)) {
            // Only a path can be written relative to the rules.
            Some(nearest) if !link.address.contains("://") => {
                format!("did you mean `{}`?", relative(here, nearest))
            }
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "write the page, or correct the address".to_owned(),
        };
        if let Some((address, folder)) = assumed(cx, link) {
            let folder = if folder.is_empty() { "this repository" } else { folder };
            help.push_str(&format!(" `{address}` is taken for `{folder}`, because most links below it fit"));
        }
        cx.report(link.span, format!("the runbook `{path}` does not exist")).help(help);
    }
}

/// What was assumed about the address of a link.
fn assumed<'a>(cx: &Context<'a>, link: &RunbookLink) -> Option<(&'a str, &'a str)> {
    let all = cx.project.alerts.assumed.iter();
    let fits = all.filter(|(address, _)| link.address.starts_with(address.as_str()));
    fits.map(|(address, folder)| (address.as_str(), folder.as_str())).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    /// Rules whose alerts A, B, C… have these addresses; a line of carets may follow one.
    fn rules(addresses: &[&str]) -> String {
        let mut text = "//- ops/rules.yaml\nrules:\n".to_owned();
        for (at, address) in addresses.iter().enumerate() {
            let name = ('A'..='Z').nth(at).unwrap();
            text.push_str(&format!(
                "- alert: {name}\n  expr: up\n  annotations: \n    runbook_url: {address}\n"
            ));
        }
        text
    }

    #[test]
    fn ways_to_name_a_page() {
        let addresses = [
            "../docs/runbooks/DiskFull.md",
            "docs/runbooks/DiskFull.md#do",
            "runbooks/DiskFull.md",
            "/runbooks/diskfull/",
            "https://docs.acme.example/ops/runbooks/diskfull.html",
            "https://docs.acme.example/ops/runbooks/DiskFull/?x=1",
            "https://git.example/acme/ops/blob/main/docs/runbooks/DiskFull.md",
            "https://git.example/acme/ops/-/blob/trunk/docs/runbooks/DiskFull.md#do",
            "https://run.acme.example/diskfull",
            "https://run.acme.example/list#a",
            "'{{ .Values.base }}/diskfull'",
            "${RUNBOOKS}/diskfull",
            "'docs/runbooks/{{ $labels.disk }}.md'",
            "https://elsewhere.example/runbooks/Other.md",
            "https://git.example/acme/ops/blob/v1/docs/runbooks/Old.md",
            "ask the harbour master",
        ];
        let project = "//- book.toml\n[site]\nurl = \"https://docs.acme.example/ops/\"\nrepository = \"https://git.example/acme/ops\"\nbranch = \"trunk\"\n[alerts]\nurl-map = { \"https://run.acme.example/\" = \"docs/runbooks\" }\n//- docs/runbooks/DiskFull.md\n# Disk full\n\n## Do\n\nDelete.\n//- docs/runbooks/list.md\n# A\n";
        check_rule(&RULE, &(rules(&addresses) + project));
    }

    #[test]
    fn pages_that_are_not_there() {
        let fixture = rules(&[
            "docs/runbooks/DiskFul.md\n                 ^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/runbooks/DiskFul.md` does not exist",
            "./gone.md\n                 ^^^^^^^^^ the runbook `ops/gone.md` does not exist",
            "https://docs.acme.example/runbooks/gone\n                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/runbooks/gone.md` does not exist",
            "'docs/books/{{ $labels.x }}.md'\n                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/books/{{ $labels.x }}.md` does not exist",
        ]);
        let project = "//- book.toml\n[site]\nurl = \"https://docs.acme.example\"\n//- docs/runbooks/DiskFull.md\n# Disk full\n";
        check_rule(&RULE, &(fixture + project));
    }

    #[test]
    fn an_address_is_taken_for_a_folder_when_most_links_fit() {
        let pages = "//- docs/runbooks/a.md\n# A\n//- docs/runbooks/b.md\n# B\n//- docs/runbooks/c.md\n# C\n";
        let at = "https://wiki.example/x/";
        let fixture = rules(&[
            &format!("{at}A"),
            &format!("{at}b/"),
            &format!("{at}c.html"),
            &format!(
                "{at}d\n                 ^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/runbooks/d.md` does not exist"
            ),
        ]);
        check_rule(&RULE, &(fixture + pages));
        check_rule(&RULE, &(rules(&[&format!("{at}a"), &format!("{at}b"), &format!("{at}d")]) + pages));
        let folders = ["x", "y"].map(|folder| {
            let page = |name: &str| format!("//- docs/{folder}/{name}.md\n# {name}\n");
            ["a", "b", "c"].map(page).concat()
        });
        let mut addresses: Vec<String> = ["x", "y"]
            .iter()
            .flat_map(|folder| ["a", "b", "c"].map(|it| format!("https://wiki.example/{folder}/{it}")))
            .collect();
        addresses.push("https://wiki.example/z/a\n                 ^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/z/a.md` does not exist".to_owned());
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        check_rule(&RULE, &(rules(&addresses) + &folders.concat()));
        let at = "https://git.example/acme/ops/blob/main/docs/runbooks/";
        let fixture = rules(&[
            &format!("{at}a.md"),
            &format!("{at}b.md"),
            &format!("{at}c.md"),
            &format!(
                "{at}d.md\n                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the runbook `docs/runbooks/d.md` does not exist"
            ),
        ]);
        check_rule(&RULE, &(fixture + pages));
    }
}
