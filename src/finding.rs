//! What a rule says about the user's documents: plain data, no behaviour.

use crate::source::Span;

/// How sure docwright is that something is wrong, and so what it does to the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Very likely wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word in reports and in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that says so, `group/name`.
    pub rule: &'static str,
    /// How bad it is, after the configuration was applied.
    pub severity: Severity,
    /// Lower case, no full stop, the offending words in backticks.
    pub message: String,
    /// The very words.
    pub span: Span,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(Span, String)>,
    /// The cure.
    pub help: Option<String>,
    /// The cure as edits, where a machine can apply it.
    pub fix: Option<Fix>,
}

/// A finding that the documents silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressed {
    /// What it would have said.
    pub finding: Finding,
    /// Why it is silenced.
    pub reason: Option<String>,
}

/// Edits that cure a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be applied without asking.
    pub safety: Safety,
    /// Replacements that belong together; they do not overlap.
    pub edits: Vec<Edit>,
}

/// Whether a fix keeps the meaning of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// Applied by `--fix`.
    Safe,
    /// Applied by `--fix --unsafe-fixes` only.
    Unsafe,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}
