//! Findings silenced in place: what the directives in comments and front matter say.

use std::ops::Range;

use crate::source::{SourceId, Span};

/// The words that stand behind `docwright-` in a directive.
pub const VERBS: [&str; 5] = ["disable", "disable-file", "disable-line", "disable-next-line", "enable"];

/// One rule silenced over a part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The file.
    pub source: SourceId,
    /// The rule, the group (`link`, `link/*`) or `all`, as written.
    pub rule: String,
    /// Where the rule is named.
    pub rule_span: Span,
    /// The whole directive: a comment, or an entry of the front matter.
    pub directive: Span,
    /// The bytes whose findings are silenced: those that begin in it.
    pub scope: Range<u32>,
    /// Why.
    pub reason: Option<String>,
}

/// What the directives of a project say, ordered by place.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    /// Those that were understood.
    pub all: Vec<Suppression>,
    /// Directives that say nothing, each with what is wrong with it.
    pub unclear: Vec<(Span, UnclearDirective)>,
}

/// Why a directive says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnclearDirective {
    /// The word behind `docwright-` is none that docwright knows.
    Verb(String),
    /// No rule is named.
    NoRule,
    /// `docwright-enable` where nothing is disabled.
    NothingToEnable,
}

impl Suppressions {
    /// Those of one file.
    pub fn of(&self, source: SourceId) -> &[Suppression] {
        let start = self.all.partition_point(|it| it.source < source);
        let end = self.all.partition_point(|it| it.source <= source);
        &self.all[start..end]
    }
}

impl Suppression {
    /// Whether it reaches a place.
    pub fn reaches(&self, place: Span) -> bool {
        self.source == place.source && self.scope.contains(&place.start)
    }
}
