//! When backups are taken, as documents and the repository's files say.

use crate::source::Span;

/// One statement of how often something is backed up.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule {
    /// The words that say how often.
    pub span: Span,
    /// The paragraph, item or row around them; in a file, they themselves.
    pub unit: Span,
    /// How often that is.
    pub pace: Pace,
    /// What it is about, outermost first: headings, then the row, label or clause. For a file: the names of the job.
    pub what: Vec<String>,
    /// Who says so.
    pub source: ScheduleSource,
}

/// How far apart backups are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// Changes are copied as they happen: replication, archiving of the write-ahead log. `is_sure`: the words mean
    /// nothing else, as "point-in-time recovery" does; a "replica" may be one of a program.
    Continuous {
        /// Whether the words mean nothing else.
        is_sure: bool,
    },
    /// The longest time between two backups, in seconds.
    LongestGap(f64),
}

/// Who states a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleSource {
    /// A page.
    Page,
    /// A file that is the schedule: a CronJob, a workflow.
    Repository,
}
