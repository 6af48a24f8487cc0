//! What the pages about readiness show: the card of a runbook, freshness, contacts.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// What a reader wants to know about a page before its first line.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Card {
    pub rows: Vec<CardRow>,
}

/// A line of a card.
#[derive(Debug, Serialize)]
pub(in crate::render) struct CardRow {
    pub term: String,
    /// Whether the values stand beside each other.
    pub beside: bool,
    pub values: Vec<CardValue>,
}

/// A value of a card.
#[derive(Debug, Serialize)]
pub(in crate::render) struct CardValue {
    pub text: String,
    pub href: Option<String>,
    /// What it is about, or empty.
    pub note: String,
    pub badge: Option<Badge>,
}

/// When pages were read last.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FreshnessPage {
    pub shell: Shell,
    /// The day that counts as today, or empty.
    pub as_of: String,
    pub rows: Vec<FreshnessRow>,
    pub overdue: usize,
    /// How many pages of the book say nothing about themselves.
    pub silent: usize,
}

/// What a page says about its reviews.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FreshnessRow {
    pub title: String,
    pub href: Option<String>,
    /// Kind and owner.
    pub about: String,
    pub reviewed: Option<Stated>,
    pub updated: Option<Stated>,
    pub due: Option<Stated>,
    pub status: Badge,
}

/// A day, with the place that states it.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Stated {
    pub day: String,
    /// None where it is reckoned.
    pub origin: Option<Origin>,
}

/// Whom to call, from all documents.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ContactsPage {
    pub shell: Shell,
    pub documents: usize,
    /// How many entries are placeholders.
    pub missing: usize,
    pub sections: Vec<ContactsOf>,
}

/// A contact section of a page.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ContactsOf {
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// The heading of the section.
    pub heading: String,
    pub href: Option<String>,
    /// Why nobody can be called, if so.
    pub problem: Option<Badge>,
    /// HTML.
    pub body: String,
}
