//! Formulas in the text of a page.

use super::document::NodeId;
use crate::source::Span;

/// What makes a formula in the text of a page. Fences tagged `math` are formulas whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MathSyntax {
    /// `$…$` and `$$…$$`.
    pub dollars: bool,
    /// `\\(…\\)` and `\\[…\\]`, as books of mdBook write them.
    pub brackets: bool,
}

/// A formula that stands among words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// Its node.
    pub node: NodeId,
    /// With the marks around it.
    pub span: Span,
    /// What it says, in the language of LaTeX.
    pub latex: String,
    /// Whether it stands on a line of its own.
    pub display: bool,
    /// The formula as MathML that may stand in a page; none where that cannot be made of it.
    pub mathml: Option<Box<str>>,
}

/// Why a formula, in a fence or among words, stays text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaProblem {
    /// The very place.
    pub span: Span,
    /// In the style of a finding's message.
    pub message: String,
}

/// The words of a formula as it is written, without the marks around it.
pub fn words(written: &str) -> &str {
    for (open, close) in [("$$", "$$"), ("$", "$"), ("\\\\(", "\\\\)"), ("\\\\[", "\\\\]")] {
        if let Some(inside) = written.strip_prefix(open).and_then(|it| it.strip_suffix(close)) {
            return inside.trim();
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn marks_are_not_words() {
        for written in ["$a$", "$$ a $$", "\\\\(a\\\\)", "\\\\[\na\n\\\\]", "a"] {
            assert_eq!(words(written), "a", "{written}");
        }
        assert_eq!(words("$"), "$");
    }
}
