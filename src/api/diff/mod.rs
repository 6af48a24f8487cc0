//! What changed between two versions of a spec, and whether it breaks clients.
//!
//! Operations are matched by method and path, whatever the parameters of the path are called. Schemas are compared
//! by what they allow: references are followed, `allOf` is merged, and `nullable` is the same as a type list with
//! null. Each pair of schemas is compared once for what clients send and once for what they get, so a change in a
//! shared schema is one change, with all the operations that it reaches.

mod alternative;
mod check;
mod document;
mod keyword;
mod message;
mod object;
mod operation;
mod parameter;
mod reach;
mod schema;
mod shape;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use self::check::{ALL, Area, Check};
use crate::model::spec::Spec;
pub use crate::model::spec::sample::Side;
use crate::source::{Sources, Span};

/// How bad a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It breaks clients that did all as documented.
    Breaking,
    /// It breaks some clients.
    Warning,
    /// It breaks none.
    NonBreaking,
    /// Only words changed.
    Documentation,
}

impl Level {
    /// Every level, the worst first.
    pub const ALL: [Level; 4] = [Level::Breaking, Level::Warning, Level::NonBreaking, Level::Documentation];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Breaking => "breaking",
            Level::Warning => "warning",
            Level::NonBreaking => "non-breaking",
            Level::Documentation => "documentation",
        }
    }
}

/// One version of a spec.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// Its texts.
    pub sources: &'a Sources,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub check: &'static str,
    /// How bad it is; the worst, where it is on both sides.
    pub level: Level,
    /// The side that it is about; none where it has none or is as bad on both.
    pub side: Option<Side>,
    /// What, in the style of a finding's message.
    pub message: String,
    /// The operations that it reaches, in order; empty for the API as a whole.
    pub operations: Vec<String>,
    /// The shared schema that it is in.
    pub component: Option<String>,
    /// Only the old version has it; `new` is what it was in.
    pub is_gone: bool,
    /// Where it was; what it is in, where only the new version has it.
    pub old: Option<Span>,
    /// Where it is.
    pub new: Option<Span>,
}

/// What changed from one version to another, sorted by operation. `as_of` is the day on which a sunset counts as
/// past; without it, only a spec without sunset lets a deprecated operation go.
pub fn changes(old: Version<'_>, new: Version<'_>, as_of: Option<Date>) -> Vec<Change> {
    let mut found = reach::Found::default();
    document::compare(old, new, &mut found);
    let mut schemas = schema::Schemas::default();
    operation::compare(old, new, as_of, &mut found, &mut schemas);
    schemas.run(&mut found);
    found.finish(&schemas)
}
