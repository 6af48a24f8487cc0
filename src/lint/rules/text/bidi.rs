//! Finds control characters that turn the direction of text around it.
//!
//! An embedding, override or isolate reorders what follows until it is closed. In code it makes a reader see
//! another command than the one that is run, so there every one of them is an error. In prose they are in order
//! as long as each is closed in its own paragraph. Plain marks (`U+200E`, `U+200F`) are no concern of this rule.
//!
//! In the examples `\u{202E}` stands for the character itself.
//!
//! ## Flagged
//!
//! ```md docs/drain.md
//! Run `drain \u{202E}edon-lla\u{202C}` on the node.
//! ```
//!
//! ## Accepted
//!
//! ```md docs/drain.md
//! The Hebrew name is \u{2067}מרכז הנתונים\u{2069}, the region is `il-central-1`.
//! ```

use crate::finding::Severity;
use crate::lint::rules::text::place::{Place, Places, and_more, is_mention};
use crate::lint::{Check, Context, Rule};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "text/bidi",
    severity: Severity::Error,
    preview: false,
    file: include_str!("bidi.rs"),
    check: Check::Page(check),
};

/// Whether a character is one of the explicit formatting characters of UAX #9, section 2.
pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn name(c: char) -> &'static str {
    match c {
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "end of an embedding",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        _ => "end of an isolate",
    }
}

fn check(cx: &mut Context<'_>, page: &Page) {
    let text = cx.project.sources.get(page.source).text.clone();
    // All of them begin with the same byte.
    if memchr::memchr(0xe2, text.as_bytes()).is_none() || !text.contains(is_control) {
        return;
    }
    let places = Places::new(page);
    let mut in_code: Vec<(usize, char)> = Vec::new();
    let mut in_prose: Vec<(usize, char)> = Vec::new();
    for (at, c) in text.char_indices().filter(|&(_, c)| is_control(c)) {
        match places.of(at) {
            (Place::Prose, _) => in_prose.push((at, c)),
            (Place::InlineCode, code) if is_mention(&text[code.clone()], is_control) => {}
            _ => in_code.push((at, c)),
        }
    }
    if let Some(&(at, c)) = in_code.first() {
        let more = and_more(in_code.len() - 1);
        let message = format!("`U+{:04X}` ({}) in code{more}", c as u32, name(c));
        cx.report(Span::new(page.source, at..at + c.len_utf8()), message)
            .help("remove it: the code does not read as it runs");
    }
    for block in in_prose.chunk_by(|a, b| places.block(a.0) == places.block(b.0)) {
        let Some((at, c)) = unbalanced(block) else { continue };
        let (what, help) = match c {
            '\u{202c}' | '\u{2069}' => ("closes nothing", "remove it".to_owned()),
            '\u{2066}'..='\u{2068}' => {
                ("is not closed in its paragraph", "close it with U+2069, or remove it".to_owned())
            }
            _ => ("is not closed in its paragraph", "close it with U+202C, or remove it".to_owned()),
        };
        let message = format!("`U+{:04X}` ({}) {what}", c as u32, name(c));
        cx.report(Span::new(page.source, at..at + c.len_utf8()), message).help(help);
    }
}

/// The first control of a paragraph that has no partner. The end of an isolate also ends what is open inside it.
fn unbalanced(block: &[(usize, char)]) -> Option<(usize, char)> {
    let is_isolate = |c: char| matches!(c, '\u{2066}'..='\u{2068}');
    let mut open: Vec<(usize, char)> = Vec::new();
    for &(at, c) in block {
        match c {
            '\u{202c}' if open.last().is_some_and(|it| !is_isolate(it.1)) => {
                open.pop();
            }
            '\u{2069}' if open.iter().any(|it| is_isolate(it.1)) => {
                while open.pop().is_some_and(|it| !is_isolate(it.1)) {}
            }
            '\u{202c}' | '\u{2069}' => return Some((at, c)),
            _ => open.push((at, c)),
        }
    }
    open.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn each_must_be_closed_in_its_own_paragraph() {
        check_rule(
            &RULE,
            "//- a.md\nA \u{202b}b.\n  ^ `U+202B` (right-to-left embedding) is not closed in its paragraph\n\nc\u{202c} d\n ^ `U+202C` (end of an embedding) closes nothing\n\n\u{2067}x \u{202a}y\u{2069} and \u{202d}+1 555 0100\u{202c}\n",
        );
    }

    #[test]
    fn in_code_every_one_is_an_error() {
        check_rule(
            &RULE,
            "//- a.md\n```sh\nrm \u{2066}x\u{2069} y\n   ^ `U+2066` (left-to-right isolate) in code, and 1 more on this page\n```\n\nThe character `\u{202e}` alone is named. \u{200f}שלום\u{200e}\n",
        );
    }
}
