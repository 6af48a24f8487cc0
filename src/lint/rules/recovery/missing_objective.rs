//! Finds disaster-recovery plans and backup policies that state no RTO or RPO.
//!
//! Most runbooks state none and need none; a plan for disasters is only half a plan without them: the RTO says
//! how long recovery may take, the RPO how much data may be lost. A plan must state both, a backup policy at
//! least the RPO. A page that links to the page with the objectives is fine, and so is one beside it in the
//! same folder. Services named in `recovery.services` must have both on some page.
//!
//! ## Flagged
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! - RTO: 4 hours
//!
//! ## Restore the database
//!
//! Run the restore job, then start the service.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! We are back within four hours (RTO) and lose at most 15 minutes of orders (RPO: 15 minutes).
//! ```
//!
//! ```md docs/runbooks/high-latency.md
//! # High latency
//!
//! Not every runbook is about disasters.
//! ```

use std::collections::HashSet;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document_type::ToldBy;
use crate::model::fact::Objective;
use crate::model::page::Page;
use crate::model::resolve::Target;
use crate::source::{SourceId, Span};

pub(crate) static RULE: Rule = Rule {
    id: "recovery/missing-objective",
    severity: Severity::Error,
    preview: false,
    file: include_str!("missing_objective.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let stated = |kind: Objective| -> HashSet<SourceId> {
        project.facts.iter().filter(|it| it.kind == kind).map(|it| it.span.source).collect()
    };
    let by_kind = [(Objective::Rto, stated(Objective::Rto)), (Objective::Rpo, stated(Objective::Rpo))];
    for page in &project.pages {
        let needed: &[Objective] = match page.document_type.as_deref() {
            Some("dr-plan") => &[Objective::Rto, Objective::Rpo],
            Some("backup-policy") => &[Objective::Rpo],
            _ => continue,
        };
        let missing: Vec<&str> = by_kind
            .iter()
            .filter(|(kind, pages)| needed.contains(kind) && !is_stated(cx, page, pages))
            .map(|(kind, _)| kind.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
        let what = if page.document_type.as_deref() == Some("dr-plan") {
            "this disaster-recovery plan"
        } else {
            "this backup policy"
        };
        cx.report(span, format!("{what} states no {}", missing.join(" and no ")))
            .help("add a table with the RTO and RPO of each service, or link to the page that states them");
    }
    services(cx);
}

/// Whether the page states the objective, or the reader is led to a page that does.
fn is_stated(cx: &Context<'_>, page: &Page, pages: &HashSet<SourceId>) -> bool {
    if pages.contains(&page.source) {
        return true;
    }
    let sources = &cx.project.sources;
    let folder = |id: SourceId| sources.path(id).rsplit_once('/').map_or("", |(folder, _)| folder);
    let recovery_folder = page.told_by == Some(ToldBy::Folder) && !folder(page.source).is_empty();
    let beside = recovery_folder && pages.iter().any(|&it| folder(it) == folder(page.source));
    beside
        || page.links.iter().any(|link| match cx.resolver.resolve(page, &link.dest) {
            Target::Page { page, .. } => pages.contains(&cx.project.pages[page].source),
            _ => false,
        })
}

/// Every configured service must have both objectives somewhere.
fn services(cx: &mut Context<'_>) {
    let project = cx.project;
    for service in &cx.config.recovery.services {
        let wanted = service.to_lowercase();
        for kind in [Objective::Rto, Objective::Rpo] {
            let found = project.facts.iter().any(|fact| {
                fact.kind == kind && fact.subject.iter().any(|it| mentions(&it.to_lowercase(), &wanted))
            });
            // There is no place for what is nowhere: the finding stands at the first plan, else the first page.
            let page = project
                .pages
                .iter()
                .find(|it| it.document_type.as_deref() == Some("dr-plan"))
                .or(project.pages.first());
            if let (false, Some(page)) = (found, page) {
                let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
                cx.report(span, format!("no page states the {} of the service `{service}`", kind.as_str()))
                    .help("add the service to the table of recovery objectives");
            }
        }
    }
}

/// Whether the words of a subject name the service.
fn mentions(subject: &str, service: &str) -> bool {
    subject == service
        || subject.match_indices(service).any(|(at, _)| {
            let before = subject[..at].chars().next_back();
            let after = subject[at + service.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}
