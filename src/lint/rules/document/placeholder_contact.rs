//! Finds contacts that are not filled in.
//!
//! The table of emergency contacts is there, so every review passes it; at night it says `TBD`, `[Name]`,
//! `+1-555-0100` or nothing. Looked at are the rows and items of sections about contacts and escalation; a row
//! that has one way to reach somebody is fine. What `placeholder/` rules find in such a row is said here, once.
//!
//! ## Flagged
//!
//! ```md docs/storm-watch.md
//! # Storm watch
//!
//! ## Emergency contacts
//!
//! | Role          | Name      | Phone           |
//! |---------------|-----------|-----------------|
//! | Harbour guard | Ida Storm | +47 55 90 12 34 |
//! | Pilot         | TBD       | +47 XX XX XX XX |
//! | Tug           |           |                 |
//! ```
//!
//! ## Accepted
//!
//! ```md docs/storm-watch.md
//! # Storm watch
//!
//! ## Emergency contacts
//!
//! | Role          | Name      | Phone           |
//! |---------------|-----------|-----------------|
//! | Harbour guard | Ida Storm | +47 55 90 12 34 |
//! | Pilot         | Jo Vik    | see `#pilots`   |
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "document/placeholder-contact",
    severity: Severity::Error,
    preview: false,
    file: include_str!("placeholder_contact.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for contacts in &project.contacts {
        if project.sources.path(contacts.source).to_lowercase().contains("template") {
            continue;
        }
        for entry in contacts.sections.iter().flat_map(|it| &it.entries).filter(|it| !it.reachable) {
            let Some(place) = entry.placeholder else { continue };
            let message = match place == entry.span {
                true => "this contact is not filled in".to_owned(),
                false => format!("`{}` is no contact", project.sources.text(place)),
            };
            cx.report(place, message).help("write how to reach them, or take the row out");
        }
    }
}
