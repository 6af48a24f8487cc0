//! The shortest time between two backups of what an objective is about: on its own page, or anywhere else.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::stores::{may_hold, names_the_whole, stores};
use super::{Pace, Schedule, ScheduleSource};
use crate::model::fact::Fact;
use crate::model::page::Page;

use crate::model::scope::{Name, Scope};
use crate::source::SourceId;

/// Whether a page is about the recovery of the whole system.
pub(super) fn is_plan(page: &Page) -> bool {
    matches!(page.document_type.as_deref(), Some("dr-plan" | "backup-policy"))
}

/// Keeps the schedule with the shorter gap.
fn keep<'a>(shortest: &mut Option<&'a Schedule>, schedule: &'a Schedule) {
    if shortest.is_none_or(|it| schedule.gap() < it.gap()) {
        *shortest = Some(schedule);
    }
}

/// A schedule with what it is about.
pub(super) struct Said<'a> {
    pub(super) schedule: &'a Schedule,
    scope: Scope,
    /// The same with the title of its page.
    titled: Scope,
    stores: u32,
    /// Whether it may be about the data of the whole system, wherever it stands.
    is_general: bool,
}

impl<'a> Said<'a> {
    pub(super) fn new(schedule: &'a Schedule, pages: &HashMap<SourceId, &Page>, system: &str) -> Said<'a> {
        let scope = Scope::of(&schedule.what, system);
        let stores = stores(&scope);
        let page = pages.get(&schedule.span.source);
        let title: Vec<String> = page.map(|it| it.title.clone()).into_iter().collect();
        let titled = Scope::of(&[&title[..], &schedule.what].concat(), system);
        let title = Scope::of(&title, system);
        let is_general = match page {
            Some(page) => {
                is_plan(page) && may_hold(stores, 0) && names_the_whole(&title, self::stores(&title))
            }
            None => names_the_whole(&scope, stores),
        };
        let is_general = is_general && titled.environment.is_none_or(|it| it == "production");
        Said { schedule, scope, titled, stores, is_general }
    }

    fn is_copy(&self) -> bool {
        matches!(self.schedule.pace, Pace::Continuous { .. })
    }

    /// Whether it surely copies every change.
    pub(super) fn is_sure_copy(&self) -> bool {
        self.schedule.pace == Pace::Continuous { is_sure: true }
    }

    /// Whether what it copies may be what an objective of another page is about.
    pub(super) fn may_copy(&self, objective: &Scope) -> bool {
        let is_whole = objective.tier.is_none() && names_the_whole(objective, stores(objective));
        may_hold(self.stores, stores(objective))
            && (is_whole || !self.titled.words.is_disjoint(&objective.words))
    }
}

/// The shortest gaps that one page states.
#[derive(Default)]
pub(super) struct Here<'a> {
    /// By the start of its paragraph, item or row, with its end: what stands beside an objective is meant for it.
    beside: BTreeMap<u32, (u32, Option<&'a Schedule>)>,
    /// Of schedules that name nothing that an objective of the page is about, by the stores that they name.
    common: BTreeMap<u32, Option<&'a Schedule>>,
    /// Of the others, by what they name.
    named: HashMap<Name, Option<&'a Schedule>>,
    /// Whether the page says how often a log of changes is shipped, so that no other page knows better.
    pub(super) ships_log: bool,
}

/// What each page with objectives says about backups.
pub(super) fn of_pages<'a>(
    schedules: &[Said<'a>],
    objectives: &[(&Fact, Scope)],
) -> HashMap<SourceId, Here<'a>> {
    let mut subjects: HashMap<SourceId, HashSet<Name>> = HashMap::new();
    for (fact, scope) in objectives {
        subjects.entry(fact.span.source).or_default().extend(scope.names());
    }
    let mut pages: HashMap<SourceId, Here<'_>> = HashMap::new();
    for said in schedules.iter().filter(|it| it.schedule.source == ScheduleSource::Page) {
        let schedule = said.schedule;
        let Some(subjects) = subjects.get(&schedule.span.source) else { continue };
        let here = pages.entry(schedule.span.source).or_default();
        let beside = here.beside.entry(schedule.unit.start).or_default();
        beside.0 = schedule.unit.end;
        keep(&mut beside.1, schedule);
        here.ships_log |= !said.is_copy() && said.scope.words.contains("wal");
        let named: Vec<Name> = said.scope.names().filter(|it| subjects.contains(it)).collect();
        if said.is_copy() {
            // What copies every change anywhere on the page silences all of it.
            keep(here.common.entry(0).or_default(), schedule);
        } else if !named.is_empty() {
            named.into_iter().for_each(|it| keep(here.named.entry(it).or_default(), schedule));
        } else if said.scope.environment.is_none_or(|it| it == "production") {
            keep(here.common.entry(said.stores).or_default(), schedule);
        }
    }
    pages
}

impl<'a> Here<'a> {
    pub(super) fn shortest(&self, at: u32, scope: &Scope) -> Option<&'a Schedule> {
        if let Some((_, (_, beside))) = self.beside.range(..=at).next_back().filter(|(_, (end, _))| at < *end)
        {
            return *beside;
        }
        let mut shortest = None;
        let objective = stores(scope);
        let common = self.common.iter().filter(|(it, _)| may_hold(**it, objective));
        common.filter_map(|(_, it)| *it).for_each(|it| keep(&mut shortest, it));
        scope
            .names()
            .filter_map(|it| self.named.get(&it).copied().flatten())
            .for_each(|it| keep(&mut shortest, it));
        shortest
    }
}

/// What is said about backups anywhere else.
pub(super) struct Elsewhere<'a, 's> {
    schedules: Vec<(&'a Schedule, &'s Scope)>,
    by_word: BTreeMap<&'s str, Vec<usize>>,
    /// The shortest of what may be about the data of the whole system.
    all: Option<&'a Schedule>,
}

impl<'a, 's> Elsewhere<'a, 's> {
    pub(super) fn new(schedules: &'s [Said<'a>], source: ScheduleSource) -> Elsewhere<'a, 's> {
        let of = schedules.iter().filter(|it| it.schedule.source == source);
        let mut here = Elsewhere { schedules: Vec::new(), by_word: BTreeMap::new(), all: None };
        for (at, said) in of.enumerate() {
            if said.is_general || said.is_sure_copy() {
                keep(&mut here.all, said.schedule);
            }
            said.titled.words.iter().for_each(|it| here.by_word.entry(it).or_default().push(at));
            here.schedules.push((said.schedule, &said.titled));
        }
        here
    }

    /// The shortest gap of what names all that the objective is about. An objective of the whole system looks at
    /// everything when its page is a plan or a policy.
    pub(super) fn shortest(&self, scope: &Scope, is_plan: bool) -> Option<&'a Schedule> {
        if scope.words.is_empty() {
            return self.all.filter(|_| is_plan && scope.is_empty());
        }
        let mut shortest = None;
        let named = scope.words.iter().map(|it| self.by_word.get(it.as_str()).map_or(&[][..], Vec::as_slice));
        for &at in named.min_by_key(|it| it.len()).unwrap_or_default() {
            let Some((schedule, of)) = self.schedules.get(at) else { continue };
            let elsewhere = of.environment.is_some() && of.environment != scope.environment;
            if scope.words.is_subset(&of.words) && !elsewhere {
                keep(&mut shortest, schedule);
            }
        }
        shortest
    }
}
