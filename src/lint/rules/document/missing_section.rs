//! Finds documents of a known kind that lack a section such documents have.
//!
//! Whoever opens a plan at night looks for "how do I know it worked" under some heading. The kinds and their sections
//! are those of [the guide](../../guide/documents.md#kinds-of-documents); every section goes by many names, and a bold
//! label, the first cell of a row or a link to another page counts as well as a heading.
//!
//! Sections are demanded only where the kind is certain: the front matter or the configuration says it, or the name of
//! the file or the title of a plan, policy or postmortem says it and the page has half of the sections already. Where only the folder tells the kind,
//! its pages decide: a section that two thirds of at least three such pages have is missing in the others that have
//! half of them.
//!
//! ## Flagged
//!
//! ```md docs/postmortems/2031-02-12-berth-lock.md
//! ---
//! type: postmortem
//! ---
//! # Berth lock lost its lease
//!
//! ## Impact
//!
//! Two ferries waited for 40 minutes.
//!
//! ## Timeline
//!
//! - 06:10 The lease ran out.
//! - 06:50 The keeper was started again.
//!
//! ## Root cause
//!
//! The clock of one node was wrong.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/postmortems/2031-02-12-berth-lock.md
//! ---
//! type: postmortem
//! ---
//! # Berth lock lost its lease
//!
//! **Customer impact**: two ferries waited for 40 minutes.
//!
//! ## Chain of events
//!
//! - 06:10 The lease ran out.
//! - 06:50 The keeper was started again.
//!
//! ## Contributing factors
//!
//! The clock of one node was wrong.
//!
//! ## Follow-ups
//!
//! - Ida watches the clocks from March on.
//! ```

use std::collections::HashMap;

use super::sections::{is_one, present};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document_type::{DocumentType, Section, ToldBy};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "document/missing-section",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_section.rs"),
    check: Check::Project(check),
};

/// So many pages in folders of one kind show what is usual there.
const USUAL: usize = 3;

/// A page of a kind, with which of the kind's sections it has.
struct Typed<'a> {
    page: &'a Page,
    kind: &'a DocumentType,
    has: Vec<bool>,
}

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let typed: Vec<Typed<'_>> = project
        .pages
        .iter()
        .filter_map(|page| {
            let kind = project.document_types.find(page.document_type.as_deref()?)?;
            Some(Typed { page, kind, has: present(page, cx.text(page), kind) })
        })
        .collect();
    // How many pages of a kind there are in its folders, and how many of them have each section.
    let mut usual: HashMap<&str, (usize, Vec<usize>)> = HashMap::new();
    for it in typed.iter().filter(|it| it.page.told_by == Some(ToldBy::Folder)) {
        let (pages, counts) = usual.entry(&it.kind.name).or_insert((0, vec![0; it.has.len()]));
        *pages += 1;
        counts.iter_mut().zip(&it.has).for_each(|(count, has)| *count += usize::from(*has));
    }
    for Typed { page, kind, has } in &typed {
        let is_one = is_one(kind, has);
        let demanded = |i: usize| match page.told_by {
            Some(ToldBy::Author) => true,
            Some(ToldBy::File | ToldBy::Title) => kind.named && is_one,
            Some(ToldBy::Folder) => usual
                .get(kind.name.as_str())
                .is_some_and(|(pages, counts)| is_one && *pages >= USUAL && counts[i] * 3 >= *pages * 2),
            None => false,
        };
        let missing: Vec<&str> = kind
            .sections
            .iter()
            .enumerate()
            .filter(|(i, it)| {
                it.required && !has[*i] && demanded(*i) && !(kind.contacts && is_about_contacts(it))
            })
            .map(|(_, it)| it.heading.as_str())
            .collect();
        if missing.is_empty() || is_template(project.sources.path(page.source)) {
            continue;
        }
        let span = page.headings.first().map_or(Span::new(page.source, 0..0), |it| it.span);
        let quoted: Vec<String> = missing.iter().map(|it| format!("`{it}`")).collect();
        let sections = if missing.len() == 1 { "section" } else { "sections" };
        let what = kind.title.to_lowercase();
        cx.report(span, format!("this {what} has no {sections} {}", quoted.join(", ")))
            .help("write it, or link to the page that says it; `documents.types` in the configuration changes what is demanded");
    }
}

/// Whether `document/missing-contact` judges this section.
fn is_about_contacts(section: &Section) -> bool {
    section.is_announced_by(" contact ")
}

/// A page to be copied shows sections, it does not have them.
fn is_template(path: &str) -> bool {
    path.to_lowercase().contains("template")
}
