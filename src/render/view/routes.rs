//! What the comparison of routes and specs shows.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// A share, with what it is a share of.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Fraction {
    pub label: String,
    pub count: usize,
    pub total: usize,
    /// 0 to 100, with one digit, rounded down so that only all is 100.
    pub percent: String,
}

/// The comparison of routes and specs.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RoutesPage {
    pub shell: Shell,
    pub fractions: Vec<Fraction>,
    /// Sentences about base paths and prefixes, as HTML.
    pub notes: Vec<String>,
    pub frameworks: Vec<String>,
    pub files_parsed: usize,
    pub groups: Vec<RouteGroup>,
}

/// The routes of one status.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RouteGroup {
    pub title: String,
    pub about: String,
    pub anchor: &'static str,
    pub badge: Badge,
    pub rows: Vec<RouteRow>,
    /// Whether the reader sees it without asking.
    pub open: bool,
}

/// A route or operation.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RouteRow {
    pub method: String,
    pub tone: &'static str,
    pub path: String,
    pub framework: String,
    /// How sure that is, or empty where it is.
    pub confidence: String,
    /// Where the code declares it.
    pub code: Option<Origin>,
    /// Where the spec declares it; its link leads to the reference.
    pub spec: Option<Origin>,
    /// Why it is excluded, or empty.
    pub reason: String,
}
