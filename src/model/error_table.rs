//! Tables of pages that tell callers which errors an API answers with.

use crate::source::{SourceId, Span};

/// A table of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorTable {
    /// The page.
    pub source: SourceId,
    /// The header row.
    pub head: Span,
    /// The rows that name an error, in order.
    pub rows: Vec<ErrorRow>,
}

/// An error as a row names it: by its status, by its code, or by both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status, with its place.
    pub status: Option<(u16, Span)>,
    /// The code that a program tests for, with its place.
    pub code: Option<(String, Span)>,
}
