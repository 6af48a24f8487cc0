//! The dates that pages state about themselves.

use jiff::civil::Date;

use crate::source::{SourceId, Span};

/// What one page says about its own dates.
#[derive(Debug, Clone)]
pub struct PageDates {
    /// The page.
    pub source: SourceId,
    /// In the order of the text.
    pub stated: Vec<StatedDate>,
    /// How long a review holds, and where that is written.
    pub review_in: Option<(Span, jiff::Span)>,
}

impl PageDates {
    /// The newest of the dates of an event.
    pub fn newest(&self, event: Event) -> Option<&StatedDate> {
        self.stated.iter().filter(|it| it.event == event).max_by_key(|it| it.last)
    }

    /// The last day on which the page counts as reviewed: the earliest that it sets itself, else the last review and
    /// how long that holds.
    pub fn due(&self) -> Option<Date> {
        let set = self.stated.iter().filter(|it| it.event == Event::ReviewDue).map(|it| it.last).min();
        set.or_else(|| self.newest(Event::Reviewed)?.last.checked_add(self.review_in.as_ref()?.1).ok())
    }
}

/// A date with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatedDate {
    /// What happened or shall happen then.
    pub event: Event,
    /// The words of the date.
    pub span: Span,
    /// The first day that it can mean: "December 2025" is a month.
    pub first: Date,
    /// The last day that it can mean.
    pub last: Date,
}

/// What a date is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The page was reviewed.
    Reviewed,
    /// The page shall be reviewed again.
    ReviewDue,
    /// The page was changed.
    Updated,
    /// The recovery was rehearsed, or shall be.
    Drill,
}

/// Whether a page is kept for the record: nobody reviews it.
pub fn is_archived(path: &str) -> bool {
    path.split('/').any(|it| {
        matches!(it.to_ascii_lowercase().as_str(), "archive" | "archived" | "deprecated" | "obsolete")
    })
}
