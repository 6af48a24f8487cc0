//! Finds plans for disasters, incidents and on-call that name nobody who can be reached.
//!
//! "Escalate to the database team" is no help at night. A contact is an e-mail address, a telephone number, a channel,
//! a handle, a rota service, or a link to where they are. It may stand anywhere on the page; where there is a section
//! about contacts or escalation, it must stand there.
//!
//! ## Flagged
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! We are back within 4 hours (RTO: 4 hours) and lose at most 15 minutes (RPO: 15 minutes).
//!
//! ## Restore the database
//!
//! Fetch the newest dump and load it.
//!
//! ## Escalation
//!
//! After an hour, call the head of operations.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/disaster-recovery.md
//! # Disaster recovery plan
//!
//! We are back within 4 hours (RTO: 4 hours) and lose at most 15 minutes (RPO: 15 minutes).
//!
//! ## Restore the database
//!
//! Fetch the newest dump and load it.
//!
//! ## Escalation
//!
//! After an hour, call the head of operations, Ida Storm, +47 55 90 12 34.
//! ```

use super::sections::{is_one, present};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document_type::{DocumentType, ToldBy};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "document/missing-contact",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_contact.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for page in &project.pages {
        let kind = page.document_type.as_deref().and_then(|it| project.document_types.find(it));
        // A folder of plans holds other pages too.
        let certain = |it: &DocumentType| {
            page.told_by == Some(ToldBy::Author) || it.named && page.told_by < Some(ToldBy::Folder)
        };
        let Some(kind) = kind.filter(|it| it.contacts && certain(it)) else { continue };
        let Some(contacts) = project.contacts.iter().find(|it| it.source == page.source) else { continue };
        if contacts.sections.is_empty() {
            let sure =
                page.told_by == Some(ToldBy::Author) || is_one(kind, &present(page, cx.text(page), kind));
            if sure && !contacts.reachable {
                let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
                let what = kind.title.to_lowercase();
                cx.report(span, format!("this {what} names nobody who can be reached"))
                    .help("add a section with roles and how to reach them at night, or link to the page that has it");
            }
        } else if !contacts.sections.iter().any(|it| it.reachable) {
            let heading = contacts.sections[0].heading;
            let message = format!("nobody in `{}` can be reached", project.sources.text(heading).trim());
            cx.report(heading, message)
                .help("name an e-mail address, a telephone number, a channel, a handle or a rota, or link to where they are");
        }
    }
}
