//! What documents claim about themselves and the system, in a form that can be compared with what was counted.

use crate::source::Span;

/// One claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The words that claim it.
    pub span: Span,
    /// What it is about.
    pub subject: Subject,
    /// Whether it speaks of all documents, not of its own page and those that the page lists.
    pub wide: bool,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// "no placeholders or TODOs"
    NoPlaceholders,
    /// "all links are working"
    Links,
    /// "all file references are correct"
    References,
    /// "all scripts are executable"
    Scripts,
    /// "all commands tested"
    Commands,
    /// "all API endpoints documented"
    ApiCoverage,
    /// "complete documentation coverage"
    Completeness,
    /// "159 endpoints documented"; with a plus sign at least as many.
    EndpointsDocumented {
        /// How many.
        count: u32,
    },
    /// "total routes in the system: 159"
    EndpointsServed {
        /// How many.
        count: u32,
        /// Whether there may be more: `159+`.
        at_least: bool,
    },
}
