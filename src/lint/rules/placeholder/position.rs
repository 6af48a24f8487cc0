//! Where in its sentence a word stands: what tells a hole in a text from a word that is talked about.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Pattern, pattern};
use crate::model::prose::{HARD_BREAK, Piece};

/// The place of some words in their piece.
#[derive(Debug)]
pub(super) struct Position<'a> {
    /// The sentence before the words, on the same line.
    pub(super) before: &'a str,
    /// The rest of the sentence and what follows, on the same line.
    pub(super) after: &'a str,
    /// Nothing stands before the words in their sentence.
    pub(super) opens: bool,
    /// Nothing follows in their sentence.
    pub(super) ends: bool,
    /// Nothing else stands in the piece or on their line.
    pub(super) alone: bool,
    /// `words: text`, `words - text`.
    pub(super) introduces: bool,
    /// What stands before the words where they are the value of a label: `Owner` in `Owner: words`.
    pub(super) label: Option<&'a str>,
    /// The words inside the innermost brackets around the place.
    pub(super) brackets: Option<Brackets<'a>>,
    /// Quotation marks touch the words or the quotation that they open.
    pub(super) quoted: bool,
}

/// What stands around and in a pair of brackets.
#[derive(Debug)]
pub(super) struct Brackets<'a> {
    /// The text on the line before the brackets.
    pub(super) before: &'a str,
    /// From the opening bracket to the words.
    pub(super) head: &'a str,
    /// From the words to the closing bracket.
    pub(super) tail: &'a str,
}

/// How far to each side a sentence is looked at, in bytes, so that endless lines cost no more than others.
const VIEW: usize = 800;

/// How many words of a kind are judged in one piece: what holds more is no prose.
pub(super) const MOST: usize = 200;

const QUOTES: [char; 11] = ['"', '“', '”', '„', '‘', '’', '\'', '`', '«', '»', '「'];

/// The end of a sentence, with the space after it.
static SENTENCE_END: Pattern = LazyLock::new(|| pattern(r#"[.!?;…。！？][\])"”*_]*\s+"#));

/// Abbreviations whose full stop ends no sentence.
static ABBREVIATION: Pattern =
    LazyLock::new(|| pattern(r"(?i)(?:\b(?:e\.g|i\.e|etc|vs|incl|approx|no|cf|ca|resp)|^\W*\d{1,2})$"));

/// The number of a step, a check box, a bullet typed by hand.
static NUMBER: Pattern = LazyLock::new(|| {
    // An emoji may end with the sign that makes it coloured, which counts as part of a word.
    pattern(r"^[\W\u{fe0f}]*(?:\d{1,2}(?:\.\d{1,2})*[.):]|[a-zA-Z][.)])?[\W\u{fe0f}]*$")
});

impl<'a> Position<'a> {
    /// The place of a range of the piece's words. Lines are those of the source where `lines` says so, else
    /// only forced ones.
    pub(super) fn of(piece: &'a Piece, hit: &Range<usize>, lines: bool) -> Position<'a> {
        let words = piece.words.as_str();
        let is_break = |it: char| it == HARD_BREAK || (lines && it == '\n');
        let from = boundary(words, hit.start.saturating_sub(VIEW));
        let to = boundary(words, hit.end + VIEW).max(hit.end);
        let start = words[from..hit.start].rfind(is_break).map(|at| from + at);
        let start = start.map_or(from, |at| at + words[at..].chars().next().map_or(1, char::len_utf8));
        let end = words[hit.end..to].find(is_break).map_or(to, |at| hit.end + at);
        let (line_before, line_after) = (&words[start..hit.start], &words[hit.end..end]);
        let before = &line_before[sentence_start(line_before)..];
        let opens = is_nothing(before) || wrapped_line_opens(line_before, line_after);
        let before = if opens { before.rsplit('\n').next().unwrap_or_default() } else { before };
        let ends = ends(line_after);
        Position {
            opens,
            ends,
            alone: opens && is_nothing(line_before) && is_nothing(line_after),
            introduces: introduces(line_after),
            label: label(before),
            brackets: brackets(line_before, line_after),
            quoted: quoted(before, line_after),
            before,
            after: line_after,
        }
    }
}

/// The last character boundary up to a place.
fn boundary(words: &str, mut at: usize) -> usize {
    at = at.min(words.len());
    while !words.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_quote(it: char) -> bool {
    QUOTES.contains(&it)
}

/// Whether a text is decoration only: marks, emoji, brackets, the number of a step.
fn is_nothing(text: &str) -> bool {
    !text.contains(is_quote) && !text.contains([':', '=', '/', '$', '#', '|']) && NUMBER.is_match(text)
}

fn sentence_start(line: &str) -> usize {
    let ends = SENTENCE_END.find_iter(line).filter(|it| !ABBREVIATION.is_match(&line[..it.start()]));
    ends.last().map_or(0, |it| it.end())
}

/// A line of a wrapped paragraph that begins with the words and a colon: authors write notes on lines of their own.
fn wrapped_line_opens(before: &str, after: &str) -> bool {
    let line = before.rsplit_once('\n').map(|(_, it)| it);
    line.is_some_and(is_nothing) && after.starts_with([':', '('])
}

fn ends(after: &str) -> bool {
    // A remark in brackets ends no sentence, but nothing else comes after it.
    if let Some(remark) =
        after.strip_prefix(" (").and_then(|it| it.trim_end_matches(['.', ' ']).strip_suffix(')'))
    {
        return !remark.contains(['(', ')']);
    }
    let rest = after.trim_start_matches(|it: char| {
        !it.is_alphanumeric() && !it.is_whitespace() && !is_quote(it) && !"/|=$#:;,([{<&+-".contains(it)
    });
    rest.trim_matches(|it: char| it.is_whitespace() || "-*_~=".contains(it)).is_empty()
        || (rest.len() < after.len()
            && rest.starts_with(char::is_whitespace)
            && after.starts_with(['.', '!', '?']))
        || after.starts_with(';')
}

fn introduces(after: &str) -> bool {
    let rest = after.trim_start_matches([')', ']', '*', '_']);
    let rest =
        match rest.strip_prefix(" (").or_else(|| rest.strip_prefix('(')).and_then(|it| it.split_once(')')) {
            Some((name, rest)) if name.len() <= 40 => rest,
            _ => rest,
        };
    rest.starts_with([':', '：']) || [" : ", " - ", " – ", " — ", "—"].iter().any(|it| rest.starts_with(it))
}

fn label(before: &str) -> Option<&str> {
    let bare = before.trim_end_matches(|it: char| {
        it.is_whitespace()
            || "*_~([<{".contains(it)
            || (!it.is_alphanumeric() && !it.is_ascii()) && !matches!(it, '：' | '→' | '—' | '–')
    });
    let label = bare
        .strip_suffix([':', '：', '=', '→', '—', '–', '|'])
        .or_else(|| bare.strip_suffix('-').filter(|it| it.ends_with(char::is_whitespace)))?;
    let label = label.trim_end_matches(['-', '=']);
    label.contains(char::is_alphanumeric).then(|| label.trim())
}

fn brackets<'a>(before: &'a str, after: &'a str) -> Option<Brackets<'a>> {
    [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}'), ('（', '）')].iter().find_map(|&(open, close)| {
        let at = before.rfind(open).filter(|&at| !before[at..].contains(close))?;
        let to = after.find(close).filter(|&to| !after[..to].contains(open))?;
        Some(Brackets {
            before: before[..at].trim_end(),
            head: before[at + open.len_utf8()..].trim_start_matches(['(', '[', '<', '{', '*', '_', ' ']),
            tail: after[..to].trim_end_matches(['*', '_', ' ', '.', '!', '…']),
        })
    })
}

/// Whether the words stand in quotation marks, alone or at the start of what is quoted, or inside a quotation.
fn quoted(before: &str, after: &str) -> bool {
    let touches = before.ends_with(is_quote) || after.starts_with(['"', '”', '`', '»']);
    // An apostrophe closes nothing, so only double marks tell a quotation that goes on.
    let open = before.matches('"').count() % 2 == 1 && after.contains('"');
    let curly = before.rfind('“').is_some_and(|at| !before[at..].contains('”')) && after.contains('”');
    touches || open || curly
}
