//! When backups are taken, as documents and the repository's files say.

mod gaps;
mod stores;

use std::collections::HashMap;

use self::gaps::{Elsewhere, Said, is_plan, of_pages};
use super::Project;
use super::date::is_archived;
use super::fact::{Fact, Objective};
use super::page::Page;
use super::scope::Scope;
use crate::source::{SourceId, Span};

/// One statement of how often something is backed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The words that say how often.
    pub span: Span,
    /// The paragraph, item or row around them; in a file, they themselves.
    pub unit: Span,
    /// How often that is.
    pub pace: Pace,
    /// What it is about, outermost first: headings, then the row, label or clause. For a file: the names of the job.
    pub what: Vec<String>,
    /// Who says so.
    pub source: ScheduleSource,
}

/// How far apart backups are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// Changes are copied as they happen: replication, archiving of the write-ahead log. `is_sure`: the words mean
    /// nothing else, as "point-in-time recovery" does; a "replica" may be one of a program.
    Continuous {
        /// Whether the words mean nothing else.
        is_sure: bool,
    },
    /// The longest time between two backups, in seconds.
    LongestGap(f64),
}

/// Who states a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleSource {
    /// A page.
    Page,
    /// A file that is the schedule: a CronJob, a workflow.
    Repository,
}

impl Schedule {
    /// The longest time between two backups, in seconds.
    pub fn gap(&self) -> f64 {
        match self.pace {
            Pace::Continuous { .. } => 0.0,
            Pace::LongestGap(seconds) => seconds,
        }
    }
}

/// The promised RPOs, each with the shortest of the schedules that are about the same thing; none of those without a
/// schedule, nor of those that another page covers with copies of every change.
pub fn of_objectives(project: &Project) -> Vec<(&Fact, &Schedule)> {
    let system = project.book.title.as_str();
    // An objective of zero is one of something without state, or the work of replicas.
    let is_promised = |it: &&Fact| {
        it.kind == Objective::Rpo && !it.role.is_actual() && it.seconds.is_some_and(|it| it > 0.0)
    };
    let objectives: Vec<(&Fact, Scope)> =
        project.facts.iter().filter(is_promised).map(|it| (it, it.scope(system))).collect();
    if objectives.is_empty() {
        return Vec::new();
    }
    let pages: HashMap<SourceId, &Page> = project.pages.iter().map(|it| (it.source, it)).collect();
    let schedules: Vec<Said<'_>> = project.schedules.iter().map(|it| Said::new(it, &pages, system)).collect();
    let here = of_pages(&schedules, &objectives);
    let pages_say = Elsewhere::new(&schedules, ScheduleSource::Page);
    let files_say = Elsewhere::new(&schedules, ScheduleSource::Repository);
    let copies: Vec<&Said<'_>> = schedules.iter().filter(|it| it.is_sure_copy()).collect();
    let mut copied: HashMap<(&Scope, SourceId), bool> = HashMap::new();
    let mut known: HashMap<(&Scope, bool), Option<&Schedule>> = HashMap::new();
    let mut found = Vec::new();
    for (fact, scope) in &objectives {
        let Some(page) = pages.get(&fact.span.source).filter(|it| is_in_force(project, it)) else { continue };
        let shortest = match here.get(&page.source) {
            Some(here) => here.shortest(fact.span.start, scope).filter(|_| {
                let others = || copies.iter().filter(|it| it.schedule.span.source != page.source);
                let is_copied = || others().any(|it| it.may_copy(scope));
                here.ships_log || !*copied.entry((scope, page.source)).or_insert_with(is_copied)
            }),
            None => *known.entry((scope, is_plan(page))).or_insert_with(|| {
                let pages = pages_say.shortest(scope, is_plan(page));
                pages.or_else(|| files_say.shortest(scope, is_plan(page)))
            }),
        };
        found.extend(shortest.map(|it| (*fact, it)));
    }
    found
}

/// Whether a page says what holds today.
fn is_in_force(project: &Project, page: &Page) -> bool {
    !matches!(page.document_type.as_deref(), Some("postmortem" | "adr"))
        && !is_archived(project.sources.path(page.source))
}
