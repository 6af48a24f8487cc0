//! What is read of one page alone, without looking at the rest of the project.

use std::collections::BTreeSet;

use super::book::Selection;
use super::{
    claim, code, contact, dates, document_type, drill, encoding, markdown, math, owner, recovery, schedule,
    severity, suppression, tree_listing,
};
use crate::model::claim::Claim;
use crate::model::contact::Contacts;
use crate::model::date::PageDates;
use crate::model::document_type::DocumentTypes;
use crate::model::drill::Drill;
use crate::model::fact::{Fact, Objective};
use crate::model::formula::MathSyntax;
use crate::model::page::Page;
use crate::model::schedule::Schedule;
use crate::model::severity::PageSeverities;
use crate::model::suppression::Suppressions;
use crate::model::tree_listing::TreeListing;
use crate::model::{Damage, Project};
use crate::source::{Source, SourceId, Span};

/// A page with what it says.
pub(super) struct Parts {
    page: Page,
    facts: Vec<Fact>,
    damage: Vec<Damage>,
    claims: Vec<Claim>,
    dates: Option<PageDates>,
    listings: Option<(SourceId, Vec<TreeListing>)>,
    suppressions: Suppressions,
    contacts: Contacts,
    severities: Option<PageSeverities>,
    schedules: Vec<Schedule>,
    drills: Vec<Drill>,
}

/// Reads a page.
pub(super) fn read(
    id: SourceId,
    source: &Source,
    selection: &Selection,
    types: &DocumentTypes,
    syntax: MathSyntax,
) -> Parts {
    let text = &source.text;
    let mut page = markdown::parse_with(id, &source.path, text, selection.in_book(&source.path), syntax);
    document_type::set(&mut page, &source.path, text, types);
    page.owners = owner::owners(&page, text);
    code::read(&mut page, text);
    math::read(&mut page, text);
    let damage = encoding::damage(text).into_iter().map(|it| Damage {
        span: Span::new(id, it.range),
        repaired: it.repaired,
        encoding: it.encoding,
    });
    Parts {
        facts: recovery::facts(&page, text),
        damage: damage.collect(),
        claims: claim::claims(&page, &source.path, text),
        dates: dates::dates(&page, text),
        listings: tree_listing::of(&page, text),
        suppressions: suppression::of_page(&page, source),
        contacts: contact::contacts(&page, text),
        severities: severity::severities(&page, text),
        schedules: schedule::schedules(&page, text),
        drills: drill::drills(&page, text),
        page,
    }
}

impl Parts {
    /// Adds the page behind what is there; [`order`] puts it in its place.
    pub(super) fn add_to(self, project: &mut Project) {
        if self.page.document_type.is_some() || !self.contacts.sections.is_empty() {
            project.contacts.push(self.contacts);
        }
        let (tolerances, facts): (Vec<_>, Vec<_>) =
            self.facts.into_iter().partition(|it| it.kind == Objective::Mtd);
        project.facts.extend(facts);
        project.tolerances.extend(tolerances);
        project.schedules.extend(self.schedules);
        project.drills.extend(self.drills);
        project.claims.extend(self.claims);
        project.dates.extend(self.dates);
        project.severities.extend(self.severities);
        project.listings.extend(self.listings);
        project.damage.extend(self.damage);
        project.suppressions.all.extend(self.suppressions.all);
        project.suppressions.unclear.extend(self.suppressions.unclear);
        project.pages.push(self.page);
    }
}

/// Puts what was added in the order of the pages; what is of one page keeps its order.
pub(super) fn order(project: &mut Project) {
    project.contacts.sort_by_key(|it| it.source);
    project.facts.sort_by_key(|it| it.span.source);
    project.tolerances.sort_by_key(|it| it.span.source);
    project.schedules.sort_by_key(|it| it.span);
    project.drills.sort_by_key(Drill::source);
    project.claims.sort_by_key(|it| it.span.source);
    project.dates.sort_by_key(|it| it.source);
    project.severities.sort_by_key(|it| it.source);
    project.listings.sort_by_key(|it| it.0);
    project.damage.sort_by_key(|it| it.span.source);
    project.secrets.sort_by_key(|it| it.span.source);
    project.suppressions.all.sort_by_key(|it| (it.source, it.rule_span));
    project.suppressions.unclear.sort_by_key(|it| it.0);
    project.pages.sort_by_key(|it| it.source);
}

/// Takes out all that was read of these pages.
pub(super) fn remove(project: &mut Project, gone: &BTreeSet<SourceId>) {
    let stays = |source: SourceId| !gone.contains(&source);
    project.contacts.retain(|it| stays(it.source));
    project.facts.retain(|it| stays(it.span.source));
    project.tolerances.retain(|it| stays(it.span.source));
    project.schedules.retain(|it| stays(it.span.source));
    project.drills.retain(|it| it.source().is_none_or(stays));
    project.claims.retain(|it| stays(it.span.source));
    project.dates.retain(|it| stays(it.source));
    project.severities.retain(|it| stays(it.source));
    project.listings.retain(|it| stays(it.0));
    project.damage.retain(|it| stays(it.span.source));
    project.secrets.retain(|it| stays(it.span.source));
    project.suppressions.all.retain(|it| stays(it.source));
    project.suppressions.unclear.retain(|it| stays(it.0.source));
    project.references.retain(|it| stays(it.span.source));
    project.error_tables.retain(|it| stays(it.source));
    project.pages.retain(|it| stays(it.source));
}
