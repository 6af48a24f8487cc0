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
