//! Recovery objectives as data.

use crate::source::Span;

/// One recovery objective, stated somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Which of them.
    pub kind: Objective,
    /// Whether it is what should be or what was measured.
    pub role: Role,
    /// The upper bound in seconds; none where it is stated and no number.
    pub seconds: Option<f64>,
    /// The words the value was read from.
    pub raw: String,
    /// What it is about, outermost first: heading chain, row label, environment. Empty: the whole system.
    pub subject: Vec<String>,
    /// Whether there is a value.
    pub status: Status,
    /// The value; the label or heading where there is none.
    pub span: Span,
}

/// The two recovery objectives, and the limit that business sets for the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Objective {
    /// How long it may take until the service is back.
    Rto,
    /// How much data, in time, may be lost.
    Rpo,
    /// The maximum tolerable downtime: how long the service may be away before the harm is not bearable. Other names are
    /// MTO, MTPD and MAO. It is no objective: a project keeps it apart from them.
    Mtd,
}

/// What a value claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Said to be a target or goal.
    Target,
    /// Said to be measured or achieved.
    Actual,
    /// A bare objective; checks treat it as a target.
    Unspecified,
}

/// Whether an objective has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A number, or N/A with a reason.
    Set,
    /// Words such as "best effort" or "near-zero".
    Soft,
    /// A placeholder, an empty cell, "not defined".
    Unset,
}

impl Objective {
    /// `RTO`, `RPO` or `MTD`.
    pub fn as_str(self) -> &'static str {
        match self {
            Objective::Rto => "RTO",
            Objective::Rpo => "RPO",
            Objective::Mtd => "MTD",
        }
    }
}

impl Role {
    /// Whether it was measured; anything else says what should be.
    pub fn is_actual(self) -> bool {
        self == Role::Actual
    }

    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Target => "target",
            Role::Actual => "actual",
            Role::Unspecified => "unspecified",
        }
    }
}

impl Status {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Set => "set",
            Status::Soft => "soft",
            Status::Unset => "unset",
        }
    }
}
