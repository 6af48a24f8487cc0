//! Levels that a project has set for the rules of other linters.

use crate::finding::Severity;
use crate::source::Span;

/// What a ruleset of another linter says of one of its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignLevel {
    /// The rule as the other linter calls it, e.g. `operation-operationId`.
    pub rule: String,
    /// How bad its findings are; none where it is off.
    pub severity: Option<Severity>,
    /// The rule's name in the ruleset.
    pub span: Span,
}
