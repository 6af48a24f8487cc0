//! What a statement is about: the words of a heading or label without numbers and general terms.

use std::ops::Range;

use super::lexicon::{self, Class};
use super::tokens::{Lexeme, Token};

/// Longer words are a sentence, not a name.
const LONGEST: usize = 14;

/// The specific words of a heading or label; none when it has only general ones.
pub(super) fn name(tokens: &[Token], text: &str) -> Option<String> {
    let mut tokens = tokens;
    loop {
        let before = tokens.len();
        while let Some((first, rest)) = tokens.split_first() {
            let general = lexicon::is(tokens, 0, Class::Generic);
            if is_numbering(first)
                || !matches!(first.lexeme, Lexeme::Word | Lexeme::Number(_) | Lexeme::Mark('[' | '(' | '<'))
            {
                tokens = rest;
            } else if let Some(end) = general {
                tokens = &tokens[end..];
            } else {
                break;
            }
        }
        while let Some((last, rest)) = tokens.split_last() {
            let general = lexicon::is(tokens, tokens.len() - 1, Class::Generic).is_some();
            if !general && !last.is_any(&[':', '-', '—', '.', ',', '?', '/', '&', '|', '(']) {
                break;
            }
            tokens = rest;
        }
        if tokens.len() == before {
            break;
        }
    }
    let (first, last) = (tokens.first()?, tokens.last()?);
    if tokens.len() > LONGEST || !tokens.iter().any(Token::is_word) {
        return None;
    }
    words(text, first.span.start as usize..last.span.end as usize)
}

/// "3.", "5.2": the number of a section.
fn is_numbering(token: &Token) -> bool {
    token.is_number() || token.norm.chars().all(|it| it.is_ascii_digit() || it == '.')
}

/// The words of a range of the source on one line, without the marks of emphasis.
pub(super) fn words(text: &str, range: Range<usize>) -> Option<String> {
    let words = text.get(range)?.replace(['*', '`'], "");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}
