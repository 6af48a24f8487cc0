//! Alerting rules, and the runbooks that they point at.

mod address;
mod path;
mod resolve;

use std::collections::BTreeMap;

use crate::source::{SourceId, Span};

pub use resolve::resolve;

/// What the alerting rules of the project say.
#[derive(Debug, Clone, Default)]
pub struct Alerts {
    /// Every alert, ordered by place.
    pub all: Vec<Alert>,
    /// Addresses that were taken for folders of the project because most links below them fit: address → folder,
    /// both with a slash at the end; the folder is empty for the root.
    pub assumed: Vec<(String, String)>,
    /// The severities that wake somebody, lower case.
    pub paging: Vec<String>,
}

/// One alerting rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its name. One that only a template engine could tell stands as written.
    pub name: String,
    /// The name as written, without quotes.
    pub span: Span,
    /// The label `severity`, or what takes its place; none where only a template engine could tell.
    pub severity: Option<String>,
    /// How long the condition must hold before the alert fires: `5m`; none where it fires at once.
    pub holds_for: Option<String>,
    /// One line about it, or empty.
    pub summary: String,
    /// The runbook that it names.
    pub link: Option<RunbookLink>,
    /// Whether a template engine may add to what it says, a runbook for one.
    pub is_open: bool,
    /// What the link leads to.
    pub runbook: Runbook,
}

/// The runbook that an alert names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunbookLink {
    /// The address or path, template syntax included.
    pub address: String,
    /// Where it is written, without quotes.
    pub span: Span,
}

/// What the runbook of an alert is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Runbook {
    /// The alert names none.
    #[default]
    None,
    /// It lies elsewhere, or its address is known only when the alert fires: not looked at.
    External,
    /// It is there.
    File {
        /// The file's path.
        path: String,
        /// The index in `Project::pages`; none for a file that is no page.
        page: Option<usize>,
    },
    /// The page is there and the place on it is not.
    NoAnchor {
        /// The index in `Project::pages`.
        page: usize,
        /// The fragment.
        anchor: String,
    },
    /// The address leads into the project, and nothing is there; the path that was looked for.
    Missing(String),
}

/// Where addresses of runbooks lead into the project.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    /// The site's URL.
    pub site: Option<String>,
    /// The address of the repository on its forge.
    pub repository: Option<String>,
    /// The default branch, where it has a name of its own.
    pub branch: Option<String>,
    /// Address prefix → folder, relative to the root.
    pub map: BTreeMap<String, String>,
}

/// How many alerts have which kind of runbook.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// All alerts.
    pub alerts: usize,
    /// The runbook is there.
    pub found: usize,
    /// The runbook, or the place in it, is not there.
    pub missing: usize,
    /// Not looked at.
    pub external: usize,
    /// No runbook is named.
    pub none: usize,
}

impl Runbook {
    /// The word in JSON and tables.
    pub fn status(&self) -> &'static str {
        match self {
            Runbook::None => "none",
            Runbook::External => "external",
            Runbook::File { .. } => "page",
            Runbook::NoAnchor { .. } => "no-anchor",
            Runbook::Missing(_) => "missing",
        }
    }

    /// The page that it is on, by its index in `Project::pages`.
    pub fn page(&self) -> Option<usize> {
        match self {
            Runbook::File { page, .. } => *page,
            Runbook::NoAnchor { page, .. } => Some(*page),
            Runbook::None | Runbook::External | Runbook::Missing(_) => None,
        }
    }
}

impl Alert {
    /// Whether the name is what the alert will be called.
    pub fn has_plain_name(&self) -> bool {
        !self.name.contains("{{") && !self.name.contains("${")
    }
}

impl Alerts {
    /// Whether an alert wakes somebody.
    pub fn pages_somebody(&self, alert: &Alert) -> bool {
        alert.severity.as_ref().is_some_and(|it| self.paging.contains(&it.to_lowercase()))
    }

    /// The files that declare alerts, in order.
    pub fn files(&self) -> Vec<SourceId> {
        let mut files: Vec<SourceId> = self.all.iter().map(|it| it.span.source).collect();
        files.dedup();
        files
    }

    /// The alerts by the page that they point at.
    pub fn by_page(&self) -> BTreeMap<usize, Vec<&Alert>> {
        let mut pages: BTreeMap<usize, Vec<&Alert>> = BTreeMap::new();
        for alert in &self.all {
            if let Some(page) = alert.runbook.page() {
                pages.entry(page).or_default().push(alert);
            }
        }
        pages
    }

    /// Counts them.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { alerts: self.all.len(), ..Totals::default() };
        for alert in &self.all {
            match alert.runbook {
                Runbook::None => totals.none += 1,
                Runbook::External => totals.external += 1,
                Runbook::File { .. } => totals.found += 1,
                Runbook::NoAnchor { .. } | Runbook::Missing(_) => totals.missing += 1,
            }
        }
        totals
    }
}

/// A name for comparison: lower case, letters and digits only.
pub fn plain(name: &str) -> String {
    super::repository::plain_name(name)
}
