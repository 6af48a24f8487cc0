//! What the alert index shows.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// The alert index.
#[derive(Debug, Serialize)]
pub(in crate::render) struct AlertsPage {
    pub shell: Shell,
    pub alerts: usize,
    /// How many files declare them.
    pub files: usize,
    /// How many have a runbook that is there.
    pub found: usize,
    /// What addresses were taken for, as HTML.
    pub assumed: Vec<String>,
    pub groups: Vec<AlertGroup>,
}

/// The alerts that are alike.
#[derive(Debug, Serialize)]
pub(in crate::render) struct AlertGroup {
    pub title: String,
    pub about: String,
    pub anchor: &'static str,
    pub badge: Badge,
    pub rows: Vec<AlertRow>,
    /// Whether the reader sees it without asking.
    pub open: bool,
}

/// An alert.
#[derive(Debug, Serialize)]
pub(in crate::render) struct AlertRow {
    pub anchor: String,
    pub name: String,
    pub summary: String,
    pub severity: Option<Badge>,
    /// How long its condition must hold, or empty.
    pub holds_for: String,
    pub runbook: RunbookCell,
    /// Where the rule is.
    pub origin: Origin,
}

/// The runbook of an alert.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RunbookCell {
    /// The page's title, else the address; empty where there is none.
    pub title: String,
    pub href: Option<String>,
    /// Whether the link leaves the site.
    pub external: bool,
    /// What is wrong with it.
    pub problem: Option<Badge>,
}

/// An alert, on the page of its runbook.
#[derive(Debug, Serialize)]
pub(in crate::render) struct AlertLink {
    pub name: String,
    /// Its row in the alert index.
    pub href: String,
    pub severity: Option<Badge>,
    /// How long its condition must hold, or empty.
    pub holds_for: String,
    pub origin: Origin,
}
