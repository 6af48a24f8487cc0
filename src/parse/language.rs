//! A book in several languages: each language is a folder of the book, and becomes a tree of its own.
//!
//! What a page says counts once. A translation is left out of the model of the book's language, so that the recovery
//! matrix does not hold every objective twice; a page that only another language has stays in it.

use std::collections::{BTreeSet, HashSet};

use super::{alerts, book, parts};
use crate::config::Config;
use crate::model::alert::{Alerts, resolve};
use crate::model::coverage::Coverage;
use crate::model::resolve::join;
use crate::model::route::Routes;
use crate::model::{LanguageTree, NavItem, Project};
use crate::source::SourceId;

/// A language with the folder of its pages.
struct Place {
    tag: String,
    /// Relative to the root of the project.
    folder: String,
    /// On the site.
    place: String,
}

/// Finds the languages that the configuration names; the navigation of the whole then holds those of all.
pub(super) fn read(project: &mut Project, config: &Config) {
    project.languages.clear();
    let places = places(project, config);
    if places.len() < 2 {
        return;
    }
    let trees: Vec<LanguageTree> = (0..places.len()).map(|at| tree(project, config, &places, at)).collect();
    let mut nav = Vec::new();
    for tree in &trees {
        if !tree.place.is_empty() {
            nav.push(NavItem {
                title: tree.tag.clone(),
                page: None,
                part: true,
                number: String::new(),
                children: Vec::new(),
            });
        }
        nav.extend(tree.project.book.nav.iter().cloned());
    }
    project.book.nav = nav;
    project.languages = trees;
}

/// The languages, that of the book first.
fn places(project: &Project, config: &Config) -> Vec<Place> {
    let src = &project.book.src;
    let own = config.book.language.as_deref().unwrap_or("en");
    let mut places = vec![Place { tag: own.to_owned(), folder: src.clone(), place: String::new() }];
    for (tag, language) in &config.site.languages {
        let name = language.folder.as_deref().unwrap_or(tag).trim_matches('/');
        let Some(folder) = join(src, name).filter(|it| it != src) else { continue };
        let inside = folder.strip_prefix(src.as_str()).unwrap_or(&folder).trim_matches('/').to_owned();
        if !tag.eq_ignore_ascii_case(own) {
            places.push(Place { tag: tag.clone(), folder, place: format!("{inside}/") });
        } else if project.files.get(&folder).is_some_and(|it| it.is_dir) {
            places[0].folder = folder;
        }
    }
    places
}

/// The tree of a language.
fn tree(whole: &Project, config: &Config, places: &[Place], at: usize) -> LanguageTree {
    let mut project = whole.clone();
    let own = |path: &str| inside(places, path) == Some(at);
    let path = |id: SourceId| whole.sources.path(id);
    let is_main = at == 0;
    let there: HashSet<&str> =
        whole.pages.iter().filter_map(|it| below(places, at, path(it.source))).collect();
    let gone: BTreeSet<SourceId> = whole
        .pages
        .iter()
        .map(|it| it.source)
        .filter(|&id| match inside(places, path(id)) {
            Some(other) if other == at => false,
            // What is said in this language alone is said nowhere else.
            Some(other) if is_main => below(places, other, path(id)).is_some_and(|it| there.contains(it)),
            Some(_) => true,
            None => !is_main,
        })
        .collect();
    parts::remove(&mut project, &gone);
    for page in &mut project.pages {
        page.in_book &= own(path(page.source));
    }
    if !is_main {
        project.specs.clear();
        project.routes = Routes::default();
        project.coverage = Coverage::default();
        project.declared.redirects.clear();
    }
    let src = places[at].folder.clone();
    project.book = book::book(config, src, &project.sources, &project.files, &project.pages);
    if let Some(title) = config.site.languages.get(&places[at].tag).and_then(|it| it.title.as_ref()) {
        project.book.title.clone_from(title);
    } else {
        project.book.title.clone_from(&whole.book.title);
    }
    let mut alerts = if is_main { std::mem::take(&mut project.alerts) } else { Alerts::default() };
    resolve(&project, &mut alerts, &alerts::addresses(config));
    project.alerts = alerts;
    LanguageTree { tag: places[at].tag.clone(), place: places[at].place.clone(), project }
}

/// The language that a file belongs to, by the longest folder around it.
fn inside(places: &[Place], path: &str) -> Option<usize> {
    let around = places.iter().enumerate().filter(|(_, it)| book::inside(&it.folder, path).is_some());
    around.max_by_key(|(_, it)| it.folder.len()).map(|(at, _)| at)
}

/// The path of a file below the folder of its language, where that is this one.
fn below<'p>(places: &[Place], at: usize, path: &'p str) -> Option<&'p str> {
    book::inside(&places[at].folder, path).filter(|_| inside(places, path) == Some(at))
}
