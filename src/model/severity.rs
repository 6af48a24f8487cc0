//! How bad an incident can be: the scales that documents define and the levels that they use.

use crate::source::{SourceId, Span};

/// What one page says about severities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageSeverities {
    /// The page.
    pub source: SourceId,
    /// The scales that it defines, and the tables that say how fast each level is answered, in order.
    pub scales: Vec<Scale>,
    /// The levels that it uses, in order; those of its definitions are among them.
    pub uses: Vec<LevelUse>,
    /// The families of which it names three levels or more, wherever, or one beside a level of another family: it
    /// may define them in a way that is not read.
    pub spelled: Vec<Family>,
}

/// A way to name levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// `P1`
    P,
    /// `SEV-1`, `Sev 1`, `Severity 1`
    Sev,
    /// `S1`
    S,
    /// `Priority 1`
    Priority,
}

/// Levels of one family that are explained in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// How its levels are named.
    pub family: Family,
    /// Whether it says which levels there are; otherwise it only says how fast some of them are answered.
    pub complete: bool,
    /// Whether it is about incidents, and not about bugs, reviews or plans.
    pub incidents: bool,
    /// What sort of incidents it is for, e.g. `security`; empty for all.
    pub scope: String,
    /// Ordered by number, each once.
    pub levels: Vec<Level>,
    /// Whether the last level stands for all below it, too: `P3+`.
    pub open: bool,
    /// The words of its first level; the whole range where it is one.
    pub span: Span,
}

/// One level of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// 0 to 6; the lower, the worse.
    pub number: u8,
    /// Its words.
    pub span: Span,
    /// What it is called.
    pub meaning: Option<Meaning>,
    /// Within how many seconds somebody responds.
    pub response: Option<u32>,
}

/// The words that people have for levels, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Critical, severe, emergency.
    Critical,
    /// High, major, serious.
    High,
    /// Medium, moderate, normal.
    Medium,
    /// Low, minor.
    Low,
    /// Cosmetic, trivial, informational.
    Cosmetic,
}

/// A level in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LevelUse {
    /// How it is named.
    pub family: Family,
    /// 0 to 6.
    pub number: u8,
    /// Its words.
    pub span: Span,
}

impl Family {
    /// A level of this family in its usual spelling.
    pub fn name(self, number: u8) -> String {
        let prefix = match self {
            Family::P => "P",
            Family::Sev => "SEV-",
            Family::S => "S",
            Family::Priority => "Priority ",
        };
        format!("{prefix}{number}")
    }
}

impl Scale {
    /// Whether it has this level.
    pub fn defines(&self, number: u8) -> bool {
        let last = self.levels.last().map_or(0, |it| it.number);
        self.levels.iter().any(|it| it.number == number) || self.open && number > last
    }

    /// Its levels in words: `P0 to P3`, or one by one where some are left out.
    pub fn range(&self) -> String {
        let numbers: Vec<u8> = self.levels.iter().map(|it| it.number).collect();
        match numbers.as_slice() {
            [first, .., last] if usize::from(last - first) + 1 == numbers.len() => {
                format!("{} to {}", self.family.name(*first), self.family.name(*last))
            }
            _ => numbers.iter().map(|it| self.family.name(*it)).collect::<Vec<_>>().join(", "),
        }
    }
}

impl Meaning {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Meaning::Critical => "critical",
            Meaning::High => "high",
            Meaning::Medium => "medium",
            Meaning::Low => "low",
            Meaning::Cosmetic => "cosmetic",
        }
    }

    /// Whether two words cannot mean the same level.
    pub fn contradicts(self, other: Meaning) -> bool {
        (self as u8).abs_diff(other as u8) >= 2
    }
}
