//! Inline text → words, numbers and marks that know where they stand in the source.
//!
//! Words are compared in a normal form: lower case, no accents, full-width forms as narrow ones, identifiers
//! such as `rtoInSecs` and `recovery_time_objective` taken apart. Chinese and Japanese characters are words
//! of their own.

use std::ops::Range;

use super::characters::{fold, is_combining, is_ideograph, is_quote, is_reference, narrow};

/// Longer quotations are none.
const QUOTATION: usize = 200;

/// A word, number or mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// The normal form.
    pub(super) norm: String,
    /// What it is.
    pub(super) lexeme: Lexeme,
    /// Its bytes in the source.
    pub(super) span: Range<u32>,
    /// Whether it follows the token before it without a space.
    pub(super) glued: bool,
    /// Whether its first letter is a capital.
    pub(super) capital: bool,
    /// Whether it is printed bold.
    pub(super) bold: bool,
    /// Whether it stands between quotation marks on its line.
    pub(super) quoted: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lexeme {
    /// Letters, or an identifier's part; digits may follow.
    Word,
    /// Digits.
    Number(f64),
    /// A duration of its own: ISO 8601 or a clock with seconds; in seconds.
    Duration(f64),
    /// One character; runs of `_`, `.` and `?` are one.
    Mark(char),
    /// A line end; whether it was forced.
    Break(bool),
}

/// One character with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Char {
    /// In its narrow form; a break is `\n`, a forced one `\r`.
    pub(super) c: char,
    /// The first byte in the source.
    pub(super) start: u32,
    /// The byte after it.
    pub(super) end: u32,
    /// Whether it is printed bold.
    pub(super) bold: bool,
}

impl Token {
    /// Whether it is this mark.
    pub(super) fn is(&self, mark: char) -> bool {
        self.lexeme == Lexeme::Mark(mark)
    }

    /// Whether it is one of these marks.
    pub(super) fn is_any(&self, marks: &[char]) -> bool {
        matches!(self.lexeme, Lexeme::Mark(mark) if marks.contains(&mark))
    }

    /// Whether it is a word.
    pub(super) fn is_word(&self) -> bool {
        self.lexeme == Lexeme::Word
    }

    /// Whether it is digits.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.lexeme, Lexeme::Number(_))
    }
}

/// The characters of a piece of the source that begins at `start`.
pub(super) fn chars(text: &str, start: usize, bold: bool) -> impl Iterator<Item = Char> {
    text.char_indices().map(move |(at, c)| {
        let start = (start + at) as u32;
        Char { c: narrow(c), start, end: start + c.len_utf8() as u32, bold }
    })
}

/// The normal forms of the words and marks of a phrase.
pub(super) fn words(phrase: &str) -> Vec<String> {
    tokenize(&chars(phrase, 0, false).collect::<Vec<_>>()).into_iter().map(|it| it.norm).collect()
}

/// Takes characters apart.
pub(super) fn tokenize(chars: &[Char]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    let mut quotation = 0;
    while let Some(first) = chars.get(at) {
        if at >= quotation && matches!(first.c, '"' | '“' | '„') {
            quotation = quotation_end(chars, at).unwrap_or(quotation);
        }
        if first.c == '\n' || first.c == '\r' {
            tokens.push(token(Lexeme::Break(first.c == '\r'), String::new(), &chars[at..=at], false));
            glued = false;
            at += 1;
            continue;
        }
        // One underscore joins the parts of an identifier.
        let joint = first.c == '_' && chars.get(at + 1).is_none_or(|it| it.c != '_');
        if first.c.is_whitespace() || is_quote(first.c) || is_reference(first.c) || joint {
            glued &= !first.c.is_whitespace();
            at += 1;
            continue;
        }
        let (lexeme, norm, end) = lexeme(chars, at);
        tokens.push(Token { quoted: at < quotation, ..token(lexeme, norm, &chars[at..end], glued) });
        glued = true;
        at = end;
    }
    tokens
}

fn token(lexeme: Lexeme, norm: String, chars: &[Char], glued: bool) -> Token {
    let (first, last) = (chars[0], chars[chars.len() - 1]);
    let capital = first.c.is_uppercase();
    Token { norm, lexeme, span: first.start..last.end, glued, capital, bold: first.bold, quoted: false }
}

/// The mark that closes a quotation before the line ends.
fn quotation_end(chars: &[Char], open: usize) -> Option<usize> {
    let rest = chars[open + 1..].iter().take(QUOTATION).take_while(|it| !matches!(it.c, '\n' | '\r'));
    rest.enumerate().find(|(_, it)| matches!(it.c, '"' | '”' | '“')).map(|(at, _)| open + 1 + at)
}

/// The token at a place that is no space: its kind, normal form and end.
fn lexeme(chars: &[Char], at: usize) -> (Lexeme, String, usize) {
    let first = chars[at].c;
    if first.is_ascii_digit() {
        return number(chars, at);
    }
    if is_ideograph(first) {
        return (Lexeme::Word, first.to_string(), at + 1);
    }
    if first.is_alphabetic() {
        return iso_duration(chars, at).unwrap_or_else(|| word(chars, at));
    }
    if matches!(first, '_' | '.' | '?' | '…') {
        let run = chars[at..].iter().take_while(|it| it.c == first).count();
        let mark = if first == '.' && run > 2 { '…' } else { first };
        return (Lexeme::Mark(mark), mark.to_string(), at + run);
    }
    (Lexeme::Mark(first), first.to_string(), at + 1)
}

fn word(chars: &[Char], at: usize) -> (Lexeme, String, usize) {
    let mut norm = String::new();
    let mut end = at;
    while let Some(&Char { c, .. }) = chars.get(end) {
        let inside = c.is_alphanumeric() && !is_ideograph(c) && !is_reference(c) || is_combining(c);
        // `e.g.`, `n.a.`: single letters with dots are one word.
        let dotted =
            c == '.' && end == at + 1 && chars.get(end + 1).is_some_and(|it| it.c.is_ascii_alphabetic());
        if !inside && !dotted {
            break;
        }
        let before = end.checked_sub(1).map(|it| chars[it].c);
        if end > at && c.is_uppercase() && before.is_some_and(char::is_lowercase) {
            break;
        }
        if inside {
            fold(c, &mut norm);
        }
        end += 1;
    }
    (Lexeme::Word, norm, end.max(at + 1))
}

/// Digits with a fraction or thousands; a clock with seconds; a version or date part is a word.
fn number(chars: &[Char], at: usize) -> (Lexeme, String, usize) {
    let digit = |at: usize| chars.get(at).is_some_and(|it| it.c.is_ascii_digit());
    let mut end = at;
    let mut groups: Vec<(char, usize)> = Vec::new();
    while digit(end)
        || (end > at && matches!(chars.get(end).map(|it| it.c), Some('.' | ',' | ':')) && digit(end + 1))
    {
        if !digit(end) {
            groups.push((chars[end].c, end));
        }
        end += 1;
    }
    let text: String = chars[at..end].iter().map(|it| it.c).collect();
    let lexeme = match groups[..] {
        [] => text.parse().ok().map(Lexeme::Number),
        [(':', _), (':', _)] => clock(&text).map(Lexeme::Duration),
        [(',', mark)] if end - mark == 4 => text.replace(',', "").parse().ok().map(Lexeme::Number),
        [('.' | ',', _)] => text.replace(',', ".").parse().ok().map(Lexeme::Number),
        _ if groups.iter().all(|&(mark, _)| mark == ',') => {
            text.replace(',', "").parse().ok().map(Lexeme::Number)
        }
        _ => None,
    };
    (lexeme.unwrap_or(Lexeme::Word), text, end)
}

fn clock(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(|it| it.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [hours, minutes, seconds] if minutes < 60.0 && seconds < 60.0 => {
            Some(hours * 3600.0 + minutes * 60.0 + seconds)
        }
        _ => None,
    }
}

/// `PT4H`, `P1DT12H`: ISO 8601-1, 5.5.2.4, without years and months.
fn iso_duration(chars: &[Char], at: usize) -> Option<(Lexeme, String, usize)> {
    let run =
        chars[at..].iter().take(32).take_while(|it| it.c.is_ascii_alphanumeric() || it.c == '.').count();
    let text: String = chars[at..at + run].iter().map(|it| it.c).collect();
    let text = text.trim_end_matches('.');
    let mut rest = text.strip_prefix('P')?;
    let (mut seconds, mut in_time, mut parts) = (0.0, false, 0);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (rest, in_time) = (time, true);
            continue;
        }
        let digits = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let value: f64 = rest[..digits].parse().ok()?;
        seconds += value
            * match (rest[digits..].chars().next()?, in_time) {
                ('W', false) => 604_800.0,
                ('D', false) => 86_400.0,
                ('H', true) => 3600.0,
                ('M', true) => 60.0,
                ('S', true) => 1.0,
                _ => return None,
            };
        parts += 1;
        rest = &rest[digits + 1..];
    }
    (parts > 0).then(|| (Lexeme::Duration(seconds), text.to_lowercase(), at + text.len()))
}
