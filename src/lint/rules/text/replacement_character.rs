//! Finds the replacement character, which stands where text was lost.
//!
//! A program that meets bytes it cannot decode writes `U+FFFD` in their place. The word that stood there cannot
//! be restored by a machine; it has to be written again. In a code block the character is a warning, because
//! the output of a program may really hold it. Pages that name the character (`U+FFFD`, "replacement
//! character") speak of it and are left alone.
//!
//! ## Flagged
//!
//! ```md docs/contacts.md
//! Call J�rg in the Z�rich office.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/contacts.md
//! Call Jörg in the Zürich office. A box that shows `�` means that a font or a byte is missing.
//! ```

use crate::finding::Severity;
use crate::lint::rules::text::place::{Place, Places, and_more, is_mention};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "text/replacement-character",
    severity: Severity::Error,
    preview: false,
    file: include_str!("replacement_character.rs"),
    check: Check::Page(check),
};

const LOST: char = char::REPLACEMENT_CHARACTER;

fn check(cx: &mut Context<'_>, page: &Page) {
    let text = cx.project.sources.get(page.source).text.clone();
    if !text.contains(LOST) {
        return;
    }
    let lower = text.to_ascii_lowercase();
    if ["u+fffd", "\\ufffd", "u{fffd", "xfffd", "ef bf bd", "replacement char"]
        .iter()
        .any(|it| lower.contains(it))
    {
        return;
    }
    let places = Places::new(page);
    let mut in_prose: Vec<(usize, usize)> = Vec::new();
    let mut in_code: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(LOST).map(|it| at + it) {
        let end = start + text[start..].find(|c| c != LOST).unwrap_or(text.len() - start);
        let (place, code) = places.of(start);
        let mention = place == Place::InlineCode && is_mention(&text[code], |c| c == LOST);
        match place {
            _ if mention || is_quoted(&text[..start], &text[end..]) => {}
            Place::CodeBlock => in_code.push((start, end)),
            Place::Prose | Place::InlineCode => in_prose.push((start, end)),
        }
        at = end;
    }
    for (runs, severity) in [(in_prose, Severity::Error), (in_code, Severity::Warning)] {
        let Some(&(start, end)) = runs.first() else { continue };
        let message = format!("text was lost: `{}`{}", word(&text, start, end), and_more(runs.len() - 1));
        let finding = cx.report(Span::new(page.source, start..end), message);
        finding.help("write again what stood there, and save the file as UTF-8");
        finding.severity = severity;
    }
}

/// Whether quotes close around the character: it is named, not lost.
fn is_quoted(before: &str, after: &str) -> bool {
    before.ends_with(['"', '\'', '“', '‘', '«', '(']) && after.starts_with(['"', '\'', '”', '’', '»', ')'])
}

/// The word around a place, for the message; at most 20 characters to either side.
fn word(text: &str, start: usize, end: usize) -> &str {
    let edge = |c: char| c.is_whitespace() || matches!(c, '|' | '`' | '<' | '>' | '*');
    let left: usize =
        text[..start].chars().rev().take(20).take_while(|&c| !edge(c)).map(char::len_utf8).sum();
    let right: usize = text[end..].chars().take(20).take_while(|&c| !edge(c)).map(char::len_utf8).sum();
    &text[start - left..end + right]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn prose_and_code_are_told_apart_and_counted_once_a_page() {
        check_rule(
            &RULE,
            "//- a.md\n# T\n\nCaf��, na�ve\n   ^^ text was lost: `Caf��,`, and 1 more on this page\n\n```\nx�y\n ^ text was lost: `x�y`\n```\n",
        );
    }

    #[test]
    fn a_page_may_speak_of_it() {
        check_rule(&RULE, "//- a.md\nInvalid bytes become U+FFFD: x�y\n//- b.md\nIt shows `�` or \"�\".\n");
    }
}
