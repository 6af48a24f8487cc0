//! The characters of a block, and which of them are set otherwise than they were typed.

use crate::model::document::NodeId;

/// A character of a block, with the text that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Char {
    /// None for what stands between texts.
    pub node: Option<NodeId>,
    pub c: char,
    /// Whether it stays what it is.
    pub literal: bool,
}

/// Stands for something that is no text: code, a formula, an image.
pub(super) const OBJECT: char = '\u{fffc}';

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mark {
    Same,
    As(char),
    Gone,
}

/// What becomes of each character of a block.
pub(super) fn set_block(block: &[Char]) -> Vec<Mark> {
    let mut marks = vec![Mark::Same; block.len()];
    let mut double_open = false;
    let mut single_open: Option<usize> = None;
    // The quote of a value, as in `key="value"`.
    let mut value: Option<char> = None;
    let mut at = 0;
    while let Some(it) = block.get(at) {
        let before = at.checked_sub(1).map(|it| block[it].c);
        if it.literal || !matches!(it.c, '"' | '\'' | '-' | '.') {
            at += 1;
            continue;
        }
        let run = block[at..].iter().take_while(|next| next.c == it.c && !next.literal).count();
        let after = block.get(at + run).map(|it| it.c);
        match it.c {
            '.' if run == 3 && before != Some('/') => replace(&mut marks, at, run, '…'),
            '-' if (2..=3).contains(&run) && !is_flag(before, after) => {
                replace(&mut marks, at, run, if run == 2 { '–' } else { '—' });
            }
            '.' | '-' => {}
            quote => {
                for at in at..at + run {
                    let before = at.checked_sub(1).map(|it| block[it].c);
                    let after = block.get(at + 1).map(|it| it.c);
                    if value == Some(quote) {
                        value = None;
                        continue;
                    }
                    if before == Some('=') && after.is_some_and(|it| !it.is_whitespace()) {
                        value = Some(quote);
                        continue;
                    }
                    let (opens, closes) = sides(before, after);
                    if quote == '"' {
                        if closes && double_open {
                            double_open = false;
                            marks[at] = Mark::As('”');
                        } else if opens && !double_open {
                            double_open = true;
                            marks[at] = Mark::As('“');
                        }
                        continue;
                    }
                    let in_word =
                        before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
                    if let Some(open) = single_open.filter(|_| closes && !in_word) {
                        marks[open] = Mark::As('‘');
                        marks[at] = Mark::As('’');
                        single_open = None;
                    } else if opens && !in_word {
                        single_open = Some(at);
                        marks[at] = Mark::As('’');
                    } else if closes || in_word {
                        marks[at] = Mark::As('’');
                    }
                }
            }
        }
        at += run;
    }
    marks
}

/// Puts one character in the place of a run.
fn replace(marks: &mut [Mark], at: usize, run: usize, with: char) {
    marks[at] = Mark::As(with);
    marks[at + 1..at + run].fill(Mark::Gone);
}

/// Whether hyphens begin an option of a command.
fn is_flag(before: Option<char>, after: Option<char>) -> bool {
    let begins = before
        .is_none_or(|it| it.is_whitespace() || matches!(it, '(' | '[' | '{' | '|' | '=' | '"' | '\'' | '/'));
    begins && after.is_some_and(char::is_alphanumeric)
}

/// Whether a quote between these may open, and whether it may close.
fn sides(before: Option<char>, after: Option<char>) -> (bool, bool) {
    let blank = |it: Option<char>| it.is_none_or(char::is_whitespace);
    let mark =
        |it: Option<char>| it.is_some_and(|it| it != OBJECT && !it.is_alphanumeric() && !it.is_whitespace());
    let left = !blank(after) && (!mark(after) || blank(before) || mark(before));
    let right = !blank(before) && (!mark(before) || blank(after) || mark(after));
    (left && (!right || mark(before)), right)
}
