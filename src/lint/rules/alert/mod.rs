//! Rules about alerts and their runbooks.

pub(crate) mod anchor_not_found;
pub(crate) mod missing_runbook;
pub(crate) mod name_mismatch;
pub(crate) mod orphan_runbook;
pub(crate) mod runbook_not_found;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Project;
use crate::model::alert::{Alert, plain};

/// The folder of a path.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The name of a file without its extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether a page is the index of its folder.
fn is_index(path: &str) -> bool {
    matches!(stem(path).to_lowercase().as_str(), "index" | "_index" | "readme")
}

/// A folder where each alert has a page with its name: at least so many alerts…
const ENOUGH: usize = 3;
/// …and so many of ten.
const MOST_OF_TEN: usize = 7;

/// The folders with a page for each alert, with the pages in them that alerts point at.
fn folders_of_alert_pages(project: &Project) -> BTreeMap<&str, BTreeMap<usize, Vec<&Alert>>> {
    let mut folders: BTreeMap<&str, BTreeMap<usize, Vec<&Alert>>> = BTreeMap::new();
    for (page, alerts) in project.alerts.by_page() {
        let path = project.sources.path(project.pages[page].source);
        if !is_index(path) {
            folders.entry(folder(path)).or_default().insert(page, alerts);
        }
    }
    folders.retain(|_, pages| {
        let named = pages.iter().filter(|(page, alerts)| {
            let stem = plain(stem(project.sources.path(project.pages[**page].source)));
            alerts.iter().any(|it| plain(&it.name) == stem)
        });
        let named = named.count();
        named >= ENOUGH && named * 10 >= pages.len() * MOST_OF_TEN
    });
    folders
}

/// The names of all alerts, for comparison.
fn names(project: &Project) -> BTreeSet<String> {
    project.alerts.all.iter().map(|it| plain(&it.name)).collect()
}
