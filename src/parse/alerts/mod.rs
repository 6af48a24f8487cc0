//! Alerting rules → [`Alert`]s: rules of Prometheus, Thanos, Mimir and Loki in files, `PrometheusRule` resources
//! and config maps; rules that Grafana provisions; monitors of Datadog. Told by their content.
//!
//! A file that a template engine must fill in first is read block by block. Jsonnet is a program and is not read:
//! what it generates can be.

mod block;
mod finish;
mod link;
mod tree;

use globset::{Glob, GlobSetBuilder};
use memchr::memmem;
use rayon::prelude::*;

use crate::config::Config;
use crate::model::alert::{Addresses, Alert, Alerts};
use crate::source::{SourceId, Sources};

/// The severities that wake somebody unless the configuration says otherwise.
const PAGING: [&str; 13] = [
    "critical",
    "page",
    "pager",
    "paging",
    "emergency",
    "disaster",
    "s1",
    "s2",
    "p0",
    "p1",
    "sev0",
    "sev1",
    "sev2",
];

/// What one alert says, in whatever form it is written.
#[derive(Debug, Default)]
struct Rule {
    name: Field,
    holds_for: String,
    labels: Vec<Field>,
    annotations: Vec<Field>,
    /// Whether a template may add annotations.
    is_open: bool,
}

/// A key with its value and the bytes of the value, quotes left out.
#[derive(Debug, Default, Clone)]
struct Field {
    key: String,
    value: String,
    span: std::ops::Range<usize>,
}

/// Reads every alert of the files that the configuration names, else of all that hold some. `is_looked_at` says
/// which files are looked at at all.
pub(super) fn read(sources: &Sources, is_looked_at: impl Fn(&str) -> bool + Sync, config: &Config) -> Alerts {
    let named = &config.alerts.rules;
    let mut globs = GlobSetBuilder::new();
    for glob in named.iter().filter_map(|it| Glob::new(&config.project_path(it)).ok()) {
        globs.add(glob);
    }
    let globs = globs.build().unwrap_or_default();
    let wanted = |path: &str, text: &str| match named.is_empty() {
        true => is_data(path) && !is_test(path) && is_looked_at(path) && may_hold_alerts(text),
        false => globs.is_match(path),
    };
    let all: Vec<Alert> = (0..sources.len())
        .into_par_iter()
        .map(|it| SourceId(it as u32))
        .filter(|&id| wanted(sources.path(id), &sources.get(id).text))
        .flat_map_iter(|id| of_file(id, sources.path(id), &sources.get(id).text))
        .collect();
    let paging = match &config.alerts.paging_severities {
        Some(own) => own.iter().map(|it| it.to_lowercase()).collect(),
        None => PAGING.iter().map(|&it| it.to_owned()).collect(),
    };
    Alerts { all, paging, ..Alerts::default() }
}

/// Where the configuration says that addresses lead into the project.
pub(super) fn addresses(config: &Config) -> Addresses {
    let map = config.alerts.url_map.iter();
    Addresses {
        site: config.site.url.clone(),
        repository: config.repository().map(str::to_owned),
        branch: config.site.branch.clone(),
        map: map.map(|(address, folder)| (address.clone(), config.project_path(folder))).collect(),
    }
}

fn is_data(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, it)| it);
    ["yaml", "yml", "json", "rules"].iter().any(|it| extension.eq_ignore_ascii_case(it))
}

/// Whether a file is material for tests.
fn is_test(path: &str) -> bool {
    path.split('/').any(|it| matches!(it, "test" | "tests" | "e2e" | "mocks"))
}

/// Whether the words of some kind of alert are in a text; most files are told apart by one search.
fn may_hold_alerts(text: &str) -> bool {
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    let prometheus = || (has("alert:") || has("\"alert\"")) && has("expr");
    let grafana = || has("condition") && (has("noDataState") || has("datasourceUid")) && has("title");
    let datadog = || has("query") && tree::MONITORS.iter().any(|it| has(it)) && has("message");
    prometheus() || grafana() || datadog()
}

/// The alerts of a file, in the order of the text.
fn of_file(source: SourceId, path: &str, text: &str) -> Vec<Alert> {
    let mut rules = tree::rules(path, text).unwrap_or_else(|| block::rules(text, 0..text.len()));
    rules.sort_by_key(|it| it.name.span.start);
    rules.into_iter().map(|it| finish::alert(it, source, text)).collect()
}

#[cfg(test)]
mod tests;
