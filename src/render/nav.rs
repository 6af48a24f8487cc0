//! The navigation, laid out once for the whole site. A page shows its own branch and the top level, never the
//! whole tree, so what a page costs does not grow with the book.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::url::{Place, Urls};
use super::view::{Crumb, GroupEntry, NavGroup, NavRow, Step};
use crate::model::{NavItem, Project};
use crate::source::SourceId;

/// A level with more entries shows a window around the current one.
const WINDOW: usize = 60;

/// The tree of the book, level by level in one vector: the children of an entry stand side by side.
#[derive(Debug, Default)]
pub(super) struct Nav {
    entries: Vec<Entry>,
    top: Range<usize>,
    /// The entry of each page; the outermost where there are several.
    by_page: HashMap<SourceId, usize>,
    /// The entries of `by_page` in reading order.
    order: Vec<usize>,
    /// Whether chapters have numbers.
    numbered: bool,
    /// Entry → its index in `order`.
    positions: HashMap<usize, usize>,
}

#[derive(Debug)]
struct Entry {
    title: String,
    /// The number of the chapter, with a full stop; empty for what has none.
    number: String,
    part: bool,
    /// The path of its page on the site.
    url: Option<String>,
    /// The path of its page, else of the first page below it.
    leads_to: Option<String>,
    parent: Option<usize>,
    children: Range<usize>,
}

impl Nav {
    /// Lays out the navigation of a book.
    pub(super) fn of(project: &Project, urls: &Urls, numbered: bool) -> Nav {
        let mut nav = Nav { numbered, ..Nav::default() };
        let mut items: Vec<&NavItem> = project.book.nav.iter().collect();
        nav.top = nav.add(&project.book.nav, None, urls);
        let mut at = 0;
        while let Some(&item) = items.get(at) {
            nav.entries[at].children = nav.add(&item.children, Some(at), urls);
            items.extend(&item.children);
            if let (Some(source), true) = (item.page, nav.entries[at].url.is_some()) {
                nav.by_page.entry(source).or_insert(at);
            }
            at += 1;
        }
        // Children stand behind their parents, so this goes from the leaves up.
        for at in (0..nav.entries.len()).rev() {
            if nav.entries[at].leads_to.is_none() {
                let mut children = nav.entries[nav.entries[at].children.clone()].iter();
                nav.entries[at].leads_to = children.find_map(|it| it.leads_to.clone());
            }
        }
        nav.set_order();
        nav
    }

    fn add(&mut self, items: &[NavItem], parent: Option<usize>, urls: &Urls) -> Range<usize> {
        let first = self.entries.len();
        let numbered = self.numbered;
        self.entries.extend(items.iter().map(|item| {
            let url = item.page.and_then(|it| urls.page(it)).map(str::to_owned);
            let (title, part, leads_to) = (item.title.clone(), item.part, url.clone());
            let has_number = numbered && !item.number.is_empty();
            let number = if has_number { format!("{}.", item.number) } else { String::new() };
            Entry { title, number, part, url, leads_to, parent, children: 0..0 }
        }));
        first..self.entries.len()
    }

    fn set_order(&mut self) {
        let first: HashSet<usize> = self.by_page.values().copied().collect();
        let mut stack: Vec<usize> = self.top.clone().rev().collect();
        while let Some(at) = stack.pop() {
            if first.contains(&at) {
                self.positions.insert(at, self.order.len());
                self.order.push(at);
            }
            stack.extend(self.entries[at].children.clone().rev());
        }
    }

    /// The pages that the navigation names, in reading order.
    pub(super) fn reading_order(&self) -> Vec<SourceId> {
        let mut pages: Vec<_> =
            self.by_page.iter().map(|(page, entry)| (self.positions.get(entry), *page)).collect();
        pages.sort_unstable();
        pages.into_iter().map(|it| it.1).collect()
    }

    /// Whether the navigation names a page.
    pub(super) fn has(&self, source: SourceId) -> bool {
        self.by_page.contains_key(&source)
    }

    /// The rows that a page shows; with no page, the top level.
    pub(super) fn rows(&self, current: Option<SourceId>, place: &Place, index: &str) -> Vec<NavRow> {
        let current = current.and_then(|it| self.by_page.get(&it).copied());
        let branch: Vec<usize> = std::iter::successors(current, |&at| self.entries[at].parent).collect();
        let mut rows = Vec::new();
        self.level(self.top.clone(), &branch, place, index, &mut rows);
        rows
    }

    /// The outermost entries with those right below them; entries with nothing below are gathered in a last group
    /// without a name, and the headings of a `SUMMARY.md` begin groups. Groups of mostly urgent pages come first. At
    /// most `most` entries of a group are named.
    pub(super) fn groups(
        &self,
        place: &Place,
        most: usize,
        is_urgent: impl Fn(SourceId) -> bool,
    ) -> Vec<NavGroup> {
        let urgent: HashSet<usize> =
            self.by_page.iter().filter(|it| is_urgent(*it.0)).map(|it| *it.1).collect();
        let link = |at: usize| {
            let entry = self.entries.get(at)?;
            let (title, href) = (entry.title.clone(), place.to(entry.leads_to.as_deref()?));
            let pages =
                (!entry.children.is_empty()).then(|| self.below(at).filter(|it| self.opens(*it)).count());
            Some(GroupEntry { title, href, pages })
        };
        let mut groups: Vec<NavGroup> = Vec::new();
        let mut open = None;
        for at in self.top.clone() {
            let Some(entry) = self.entries.get(at) else { continue };
            if entry.part {
                open = Some(groups.len());
                groups.push(NavGroup { title: entry.title.clone(), ..NavGroup::default() });
                continue;
            }
            let mut pages = vec![at];
            let group =
                if entry.children.is_empty() || open.is_some_and(|it: usize| !groups[it].title.is_empty()) {
                    open.unwrap_or_else(|| {
                        open = Some(groups.len());
                        groups.push(NavGroup::default());
                        groups.len() - 1
                    })
                } else {
                    pages = entry.children.clone().collect();
                    let href = entry.url.as_deref().map(|it| place.to(it));
                    groups.push(NavGroup { title: entry.title.clone(), href, ..NavGroup::default() });
                    groups.len() - 1
                };
            for at in pages {
                let Some(link) = link(at) else { continue };
                match &mut groups[group] {
                    it if it.entries.len() < most => it.entries.push(link),
                    it => it.more += 1,
                }
            }
            for at in self.below(at).filter(|it| self.opens(*it)) {
                groups[group].pages += 1;
                groups[group].urgent += usize::from(urgent.contains(&at));
            }
        }
        groups.retain(|it| !it.entries.is_empty());
        groups.sort_by_key(|it| (it.title.is_empty(), it.urgent * 2 <= it.pages));
        groups
    }

    /// An entry and all below it.
    fn below(&self, at: usize) -> impl Iterator<Item = usize> {
        let mut open = vec![at];
        std::iter::from_fn(move || {
            let at = open.pop()?;
            open.extend(self.entries.get(at).map_or(0..0, |it| it.children.clone()));
            Some(at)
        })
    }

    /// Whether an entry opens a page.
    fn opens(&self, at: usize) -> bool {
        self.entries.get(at).is_some_and(|it| it.url.is_some())
    }

    /// Every entry of the book.
    pub(super) fn all_rows(&self, place: &Place) -> Vec<NavRow> {
        let mut rows: Vec<NavRow> = Vec::with_capacity(self.entries.len());
        // An entry to show, or the end of the list below one.
        let mut stack: Vec<Option<usize>> = self.top.clone().rev().map(Some).collect();
        while let Some(next) = stack.pop() {
            let Some(at) = next else {
                if let Some(last) = rows.last_mut() {
                    last.closes += 1;
                }
                continue;
            };
            let mut row = self.row(at, None, place);
            row.folder = false;
            let children = self.entries[at].children.clone();
            if !children.is_empty() {
                row.open = true;
                stack.push(None);
                stack.extend(children.rev().map(Some));
            }
            rows.push(row);
        }
        rows
    }

    fn row(&self, at: usize, current: Option<usize>, place: &Place) -> NavRow {
        let entry = &self.entries[at];
        NavRow {
            title: entry.title.clone(),
            number: entry.number.clone(),
            href: entry.leads_to.as_deref().map(|it| place.to(it)),
            part: entry.part,
            current: current == Some(at),
            folder: !entry.children.is_empty(),
            open: false,
            more: 0,
            closes: 0,
        }
    }

    /// Adds the rows of a level; the branch, innermost first, tells which entry is open. The levels of a branch
    /// are as many as the folders of a path.
    fn level(
        &self,
        level: Range<usize>,
        branch: &[usize],
        place: &Place,
        index: &str,
        rows: &mut Vec<NavRow>,
    ) {
        let open = branch.last().copied();
        let window = window(level.clone(), open);
        let more = |count: usize| NavRow { href: Some(place.to(index)), more: count, ..NavRow::default() };
        if window.start > level.start {
            rows.push(more(window.start - level.start));
        }
        for at in window.clone() {
            let mut row = self.row(at, branch.first().copied(), place);
            let children = self.entries[at].children.clone();
            row.open = open == Some(at) && !children.is_empty();
            let inner = row.open;
            rows.push(row);
            if inner {
                self.level(children, &branch[..branch.len() - 1], place, index, rows);
                if let Some(last) = rows.last_mut() {
                    last.closes += 1;
                }
            }
        }
        if window.end < level.end {
            rows.push(more(level.end - window.end));
        }
    }

    /// The entries above a page, outermost first.
    pub(super) fn crumbs(&self, source: SourceId, place: &Place) -> Vec<Crumb> {
        let Some(&at) = self.by_page.get(&source) else { return Vec::new() };
        let mut above: Vec<Crumb> =
            std::iter::successors(self.entries[at].parent, |&it| self.entries[it].parent)
                .map(|it| &self.entries[it])
                .map(|it| Crumb { title: it.title.clone(), href: it.url.as_deref().map(|url| place.to(url)) })
                .collect();
        above.reverse();
        above
    }

    /// The number of a page's chapter; empty for what has none.
    pub(super) fn number(&self, source: SourceId) -> &str {
        self.by_page.get(&source).map_or("", |&at| &self.entries[at].number)
    }

    /// The page before and the page after one in reading order.
    pub(super) fn steps(&self, source: SourceId, place: &Place) -> (Option<Step>, Option<Step>) {
        let position = self.by_page.get(&source).and_then(|it| self.positions.get(it)).copied();
        let Some(position) = position else { return (None, None) };
        let step = |position: usize| {
            let entry = &self.entries[*self.order.get(position)?];
            Some(Step { title: entry.title.clone(), href: place.to(entry.url.as_deref()?) })
        };
        (position.checked_sub(1).and_then(step), step(position + 1))
    }
}

/// The part of a level that is shown.
pub(super) fn window(level: Range<usize>, current: Option<usize>) -> Range<usize> {
    if level.len() <= WINDOW {
        return level;
    }
    let current = current.filter(|it| level.contains(it)).unwrap_or(level.start);
    let start = current.saturating_sub(WINDOW / 2).max(level.start).min(level.end - WINDOW);
    start..start + WINDOW
}
