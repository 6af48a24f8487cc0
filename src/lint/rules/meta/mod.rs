//! Rules about the directives that silence rules.

pub(crate) mod stale_baseline;
pub(crate) mod suppression_without_reason;
pub(crate) mod unknown_rule;
pub(crate) mod unused_suppression;
