//! Formulas among words: `$…$` as the parser finds them, `\\(…\\)` and `\\[…\\]` as books of mdBook write them.
//!
//! To Markdown `\\(` is an escaped backslash, and what follows is words with emphasis and escapes of their own. So
//! whatever the parser finds between the marks is left out, and the formula is read off the text, its escapes taken
//! back as mdBook takes them back.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::builder::Builder;
use crate::model::document::Kind;
use crate::model::formula::Formula;

/// Longer formulas are not looked for, in bytes.
const LONGEST: usize = 16 * 1024;

impl Builder<'_> {
    /// What stands between dollars: a formula, or words of a shell or a price list.
    pub(super) fn dollars(&mut self, words: &str, range: Range<usize>, display: bool) {
        if !display && !self.is_math(&range) {
            let written = self.text.get(range.clone()).unwrap_or_default();
            return self.text(written, range);
        }
        self.formula(words, range, display);
    }

    /// Whether single dollars stand as marks do: not behind a letter, a digit or another sign of a shell, and not before
    /// one, as in `$HOME/$USER`, `$5-$10`, `${A}$B`.
    fn is_math(&self, range: &Range<usize>) -> bool {
        let before = self.text.get(..range.start).and_then(|it| it.chars().next_back());
        let after = self.text.get(range.end..).and_then(|it| it.chars().next());
        let joins = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$');
        let opens =
            self.text.get(range.start..).is_some_and(|it| it.starts_with("${") || it.starts_with("$("));
        !before.is_some_and(|it| joins(it) || it == '\\')
            && !after.is_some_and(|it| joins(it) || matches!(it, '{' | '('))
            && !(opens && self.text.get(range.clone()).is_some_and(|it| !it.contains(['\\', '^', '='])))
    }

    fn formula(&mut self, latex: &str, range: Range<usize>, display: bool) {
        self.flush();
        let index = self.page.formulas.len() as u32;
        let node = self.push(Kind::Math(index), range.clone());
        let (span, latex) = (self.span(range), latex.trim().to_owned());
        self.page.formulas.push(Formula { node, span, latex, display, mathml: None });
    }
}

/// Takes formulas in brackets out of the parser's events.
pub(super) struct Brackets<'a> {
    text: &'a str,
    on: bool,
    /// The end of the formula that was found last.
    end: usize,
    /// For each element that is open, whether it began inside a formula, and where it ends.
    open: Vec<(bool, usize)>,
    in_code: bool,
}

impl<'a> Brackets<'a> {
    pub(super) fn new(text: &'a str, on: bool) -> Brackets<'a> {
        let on = on && (text.contains(r"\\(") || text.contains(r"\\["));
        Brackets { text, on, end: 0, open: Vec::new(), in_code: false }
    }

    /// Hands an event on, unless it belongs to a formula.
    pub(super) fn event(&mut self, builder: &mut Builder<'_>, event: Event<'_>, range: Range<usize>) {
        if !self.on {
            return builder.event(event, range);
        }
        let inside = range.start < self.end;
        match &event {
            Event::Start(tag) => {
                self.open.push((inside, range.end));
                self.in_code |= matches!(tag, Tag::CodeBlock(_));
                if inside {
                    return;
                }
            }
            Event::End(_) => {
                self.in_code = false;
                if self.open.pop().is_some_and(|it| it.0) {
                    return;
                }
            }
            Event::Text(_) if inside => return self.rest(builder, range.end),
            _ if inside => return,
            Event::Text(_) if !self.in_code => {
                if let Some((formula, latex, display)) = self.formula(range.start) {
                    self.end = formula.end;
                    builder.formula(&latex, formula, display);
                    return self.rest(builder, range.end);
                }
            }
            _ => {}
        }
        builder.event(event, range);
    }

    /// The words behind a formula in the event that closes it.
    fn rest(&self, builder: &mut Builder<'_>, end: usize) {
        if let Some(words) = self.text.get(self.end..end).filter(|it| !it.is_empty()) {
            builder.event(Event::Text(words.into()), self.end..end);
        }
    }

    /// The formula whose mark has its second backslash here.
    fn formula(&self, at: usize) -> Option<(Range<usize>, String, bool)> {
        let start = at.checked_sub(1)?;
        let display = match self.text.get(start..at + 2)? {
            r"\\(" => false,
            r"\\[" => true,
            _ => return None,
        };
        let block = self.open.last().map_or(self.text.len(), |it| it.1);
        let mut block = block.min(at + LONGEST);
        while !self.text.is_char_boundary(block) {
            block -= 1;
        }
        let inside = self.text.get(at + 2..block)?;
        let length = inside.find(if display { r"\\]" } else { r"\\)" })?;
        Some((start..at + 2 + length + 3, unescape(&inside[..length]), display))
    }
}

/// Takes the escapes of Markdown back: a backslash before punctuation stands for that.
fn unescape(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut chars = words.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && next.is_ascii_punctuation()) {
            Some(escaped) => plain.push(escaped),
            None => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use crate::model::formula::MathSyntax;
    use crate::model::page::Page;
    use crate::parse::markdown::parse_with;
    use crate::source::SourceId;

    fn page(text: &str) -> Page {
        parse_with(SourceId(0), "a.md", text, true, MathSyntax { dollars: true, brackets: true })
    }

    fn found(text: &str) -> Vec<(String, &str)> {
        let page = page(text);
        let slice =
            |it: &crate::model::formula::Formula| (it.latex.clone(), text.get(it.span.range()).unwrap());
        page.formulas.iter().map(slice).collect()
    }

    #[test]
    fn formulas_stand_where_they_are_written() {
        let one = |latex: &str, written| vec![(latex.to_owned(), written)];
        assert_eq!(found("It is $a_1 + b_2$, then.\n"), one("a_1 + b_2", "$a_1 + b_2$"));
        assert_eq!(found("$$\n\\frac{a}{b}\n$$\n"), one("\\frac{a}{b}", "$$\n\\frac{a}{b}\n$$"));
        assert_eq!(found("- Low \\\\(x^* + y^*\\\\) end\n"), one("x^* + y^*", "\\\\(x^* + y^*\\\\)"));
        assert_eq!(
            found("\\\\[ a \\\\\\\\ \\{b\\_c\\} \\\\]"),
            one("a \\\\ {b_c}", "\\\\[ a \\\\\\\\ \\{b\\_c\\} \\\\]")
        );
        assert_eq!(found("x \\\\(*a\\\\) and \\\\(b*\\\\) y").len(), 2);
    }

    #[test]
    fn shells_and_prices_are_no_formulas() {
        for text in [
            "Set $HOME and $PATH.",
            "Copy $HOME/$USER there.",
            "It costs $5 to $10, or $5-$10.",
            "From $5/month up to $9/month.",
            "Join ${A}$B and ${A}-${B}.",
            "Say $(date) and $(id).",
            "Give `$1` and `$2`, or \"$1\" and \"$2\".",
            "US$5 and A$7.",
            "Escaped \\$x\\$ here.",
            "Alone \\\\( here, \\\\[ there.",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_no_formula_stays_as_it_was() {
        let text = "From $5-$10 and $A/$B to \\\\(x\\\\) **end**.\n";
        let page = page(text);
        assert_eq!(page.document.plain_text(0, text), "From $5-$10 and $A/$B to x end.");
    }
}
