//! Finds links to the second or a later heading of the same name: `#step-1`.
//!
//! GitHub numbers equal headings in their order on the page. Whoever inserts one above turns the link to another
//! section, and no tool notices. Give the heading a name of its own, or an id: `## Restore {#restore-ledger}`.
//!
//! ## Flagged
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Continue with [the second check](#check-1).
//!
//! ## Database
//!
//! ### Check
//!
//! Text.
//!
//! ## Queue
//!
//! ### Check
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/restore.md
//! # Restore
//!
//! Continue with [the first check](#check) or [step 1](#step-1).
//!
//! ## Check
//!
//! Text.
//!
//! ## Step 1
//!
//! Text.
//! ```

use std::collections::HashSet;

use super::super::link::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::{Anchor, Page};
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "anchor/duplicate-target",
    severity: Severity::Info,
    preview: false,
    file: include_str!("duplicate_target.rs"),
    check: Check::Page(check),
};

fn check(cx: &mut Context<'_>, page: &Page) {
    let own: HashSet<&str> = page.links.iter().filter_map(|it| it.dest.strip_prefix('#')).collect();
    for link in judged(page).filter(|it| it.dest.contains('#')) {
        let Target::Page { page: index, fragment: Some(id) } = cx.resolver.resolve(page, &link.dest) else {
            continue;
        };
        let target = &cx.project.pages[index];
        let Some(Anchor::Heading(heading)) = target.anchors.get(&id) else { continue };
        let heading = &target.headings[*heading as usize];
        let Some((name, number)) = id.rsplit_once('-') else { continue };
        // A table of contents names them all.
        if link.dest.starts_with('#') && own.contains(name) {
            continue;
        }
        // A number that was appended: an earlier heading has the same words and the anchor without it.
        let first = target.headings.iter().find(|it| it.anchor == name && it.text == heading.text);
        if let (Some(first), Ok(number)) = (first, number.parse::<u32>()) {
            let first = first.span;
            let message = format!("`#{id}` is heading number {} of this name on its page", number + 1);
            cx.report(link.dest_span, message)
                .help("give the heading a name of its own, or an id: `## Name {#id}`")
                .related(first, "the first of them");
        }
    }
}
