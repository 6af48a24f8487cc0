//! The navigation that the folders make.

use std::collections::BTreeMap;

use super::{entry, inside};
use crate::model::NavItem;
use crate::model::page::Page;
use crate::parse::markdown::title_from_path;
use crate::source::Sources;

#[derive(Default)]
struct Folder {
    pages: Vec<usize>,
    folders: BTreeMap<String, Folder>,
}

/// Without a `SUMMARY.md` the folders are the navigation: an index page stands for its folder, entries are
/// ordered by front matter `weight`, then by title.
pub(super) fn from_folders(sources: &Sources, pages: &[Page], src: &str) -> Vec<NavItem> {
    let mut root = Folder::default();
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.in_book) {
        let Some(path) = inside(src, sources.path(page.source)) else { continue };
        let mut folder = &mut root;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_some() {
                folder = folder.folders.entry(part.to_owned()).or_default();
            }
        }
        folder.pages.push(index);
    }
    let mut items = entries(sources, pages, &root);
    // The root's own index comes first.
    if let Some(index) = index_of(sources, pages, &root) {
        items.insert(0, item(pages, index, Vec::new()));
    }
    items
}

fn entries(sources: &Sources, pages: &[Page], folder: &Folder) -> Vec<NavItem> {
    let own_index = index_of(sources, pages, folder);
    let mut keyed: Vec<(i64, String, NavItem)> = Vec::new();
    for &index in folder.pages.iter().filter(|&&it| Some(it) != own_index) {
        let weight = weight(sources, &pages[index]);
        keyed.push((weight, pages[index].title.to_lowercase(), item(pages, index, Vec::new())));
    }
    for (name, below) in &folder.folders {
        let children = entries(sources, pages, below);
        let entry = match index_of(sources, pages, below) {
            Some(index) => (weight(sources, &pages[index]), item(pages, index, children)),
            None => {
                let title = title_from_path(name);
                (i64::MAX, NavItem { children, ..entry(title, None) })
            }
        };
        keyed.push((entry.0, entry.1.title.to_lowercase(), entry.1));
    }
    keyed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    keyed.into_iter().map(|(_, _, item)| item).collect()
}

fn index_of(sources: &Sources, pages: &[Page], folder: &Folder) -> Option<usize> {
    let named = |name: &str| {
        folder.pages.iter().copied().find(|&it| {
            let path = sources.path(pages[it].source);
            path.rsplit('/').next().is_some_and(|it| it.eq_ignore_ascii_case(name))
        })
    };
    ["index.md", "_index.md", "README.md"].into_iter().find_map(named)
}

fn item(pages: &[Page], index: usize, children: Vec<NavItem>) -> NavItem {
    let page = &pages[index];
    NavItem { children, ..entry(page.title.clone(), Some(page.source)) }
}

fn weight(sources: &Sources, page: &Page) -> i64 {
    let text = &sources.get(page.source).text;
    let value = page.front_matter.as_ref().and_then(|it| it.get(text, "weight"));
    value.and_then(|it| it.trim().parse().ok()).unwrap_or(i64::MAX)
}
