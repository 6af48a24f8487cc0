//! When the recovery is rehearsed, as pages state it.

use std::collections::HashMap;

use super::Project;
use super::date::StatedDate;
use crate::source::{SourceId, Span};

/// What one section, or one row of a table, says about a drill.
#[derive(Debug, Clone, Default)]
pub struct Drill {
    /// How often, and where that is written.
    pub cadence: Option<(Span, jiff::Span)>,
    /// The last one.
    pub last: Option<LastDrill>,
    /// The day that is set for the next one.
    pub next: Option<StatedDate>,
}

/// What is said about the last drill.
#[derive(Debug, Clone)]
pub enum LastDrill {
    /// It was on this day.
    On(StatedDate),
    /// There is a place for the day and none in it: `TBD`, `never`, an empty cell.
    Unset(Span),
}

impl Drill {
    /// The page that says it.
    pub fn source(&self) -> Option<SourceId> {
        let last = self.last.as_ref().map(|it| match it {
            LastDrill::On(day) => day.span,
            LastDrill::Unset(span) => *span,
        });
        let cadence = self.cadence.as_ref().map(|it| it.0);
        let span = cadence.or(last).or(self.next.as_ref().map(|it| it.span));
        span.map(|it| it.source)
    }
}

/// The newest drill that each page records.
pub fn last_of_pages(project: &Project) -> HashMap<SourceId, &StatedDate> {
    let mut newest: HashMap<SourceId, &StatedDate> = HashMap::new();
    for drill in &project.drills {
        if let Some(LastDrill::On(day)) = &drill.last {
            let known = newest.entry(day.span.source).or_insert(day);
            if day.last > known.last {
                *known = day;
            }
        }
    }
    newest
}
