//! What the findings page shows.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// What the linter found.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FindingsPage {
    pub shell: Shell,
    /// By severity; none where nothing was found.
    pub figures: Vec<Figure>,
    /// Counts of all pages; empty on all but the first.
    pub rules: Vec<RuleCount>,
    pub groups: Vec<FindingGroup>,
    /// Links to the parts where there are several, and which one this is.
    pub parts: Vec<String>,
    pub part: usize,
}

/// How many findings of a severity there are.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Figure {
    pub count: usize,
    /// `errors`
    pub word: Badge,
}

/// How often a rule speaks.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RuleCount {
    pub rule: &'static str,
    pub severity: Badge,
    pub count: usize,
}

/// The findings of one file.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FindingGroup {
    pub path: String,
    pub anchor: String,
    /// The page, or the file on the forge.
    pub href: Option<String>,
    pub findings: Vec<FindingRow>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FindingRow {
    pub severity: Badge,
    pub rule: &'static str,
    /// HTML.
    pub message: String,
    /// HTML, or empty.
    pub help: String,
    pub origin: Origin,
}
