//! What a statement is about: the words of a heading, label or cell without decoration and general terms.

use super::inline::is_decoration;
use super::lexicon::{self, Class};
use super::tokens::{Lexeme, Token};

/// Longer words are a sentence, not a name.
const LONGEST: usize = 14;
/// A longer title tells what the page is, not what it is about.
const LONGEST_TITLE: usize = 4;

/// The specific words of a heading or label; none when it has only general ones.
pub(super) fn name(tokens: &[Token], text: &str) -> Option<String> {
    let kept = plain(tokens);
    let mut tokens = &kept[..];
    loop {
        let before = tokens.len();
        while let Some((first, rest)) = tokens.split_first() {
            let general = lexicon::is(tokens, 0, Class::Generic).filter(|_| !counts(tokens));
            if is_numbering(first) || !matches!(first.lexeme, Lexeme::Word | Lexeme::Number(_)) {
                tokens = rest;
            } else if let Some(end) = general {
                tokens = &tokens[end..];
            } else {
                break;
            }
        }
        while let Some((last, rest)) = tokens.split_last() {
            let general = lexicon::is(tokens, tokens.len() - 1, Class::Generic).is_some();
            if !general && matches!(last.lexeme, Lexeme::Word | Lexeme::Number(_) | Lexeme::Mark(')')) {
                break;
            }
            tokens = rest;
        }
        if tokens.len() == before {
            break;
        }
    }
    let general = (0..tokens.len()).all(|at| lexicon::is(tokens, at, Class::Generic).is_some());
    if tokens.len() > LONGEST || !tokens.iter().any(Token::is_word) || (general && !counts(tokens)) {
        return None;
    }
    write(tokens, text)
}

/// The specific words of a page's title, where it names something and not the document.
pub(super) fn title(tokens: &[Token], text: &str) -> Option<String> {
    if lexicon::any(tokens, Class::Report) {
        return None;
    }
    let name = name(tokens, text)?;
    (name.split_whitespace().count() <= LONGEST_TITLE).then_some(name)
}

/// All words of a cell: a row may be called "Total".
pub(super) fn words(tokens: &[Token], text: &str) -> Option<String> {
    let kept = plain(tokens);
    let first = kept.iter().position(|it| matches!(it.lexeme, Lexeme::Word | Lexeme::Number(_)))?;
    let last = kept
        .iter()
        .rposition(|it| matches!(it.lexeme, Lexeme::Word | Lexeme::Number(_) | Lexeme::Mark(')')))?;
    write(kept.get(first..=last)?, text)
}

/// Without pictures, footnotes and runs of characters that an encoding has spoilt.
fn plain(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    for cluster in tokens.chunk_by(|_, next| next.glued) {
        let spoilt = |it: &Token| {
            is_decoration(it)
                || matches!(
                    it.lexeme,
                    Lexeme::Mark('…' | '‚' | '„' | '†' | '‡' | '‰' | '‹' | '›' | '™' | '˜' | 'ˆ' | '�')
                )
        };
        if !cluster.iter().any(spoilt) {
            kept.extend(cluster.iter().cloned());
        }
    }
    kept
}

/// Whether a number tells what the general word before it means: "Tier 1".
fn counts(tokens: &[Token]) -> bool {
    matches!(tokens, [first, second, ..]
        if matches!(first.norm.as_str(), "tier" | "level" | "priority" | "class" | "phase") && (second.is_number() || second.norm.len() == 1))
}

/// "3.", "5.2": the number of a section.
fn is_numbering(token: &Token) -> bool {
    token.is_number() || token.norm.chars().all(|it| it.is_ascii_digit() || it == '.')
}

/// The tokens as they stand in the source, on one line, without marks of emphasis.
fn write(tokens: &[Token], text: &str) -> Option<String> {
    let mut written = String::new();
    let mut end = None;
    for token in tokens {
        let place = token.span.start as usize..token.span.end as usize;
        let words = text.get(place.clone())?;
        if let Some(end) = end {
            let between = text.get(end..place.start).unwrap_or_default();
            written.push_str(if !token.glued {
                " "
            } else if between.contains('_') {
                "_"
            } else {
                ""
            });
        }
        // An entity is written as the character that it is.
        let entity = words.starts_with('&') && words.ends_with(';') && words.len() > 1;
        written.push_str(if entity { &token.norm } else { words });
        end = Some(place.end);
    }
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    (!written.is_empty()).then_some(written)
}
