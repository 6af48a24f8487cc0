//! Slots that their shape gives away: braces, lines to write on, numbers and dates left out, "goes here".

use std::ops::Range;
use std::sync::LazyLock;

use super::bracket::{self, UNIT};
use super::position::{MOST, Position};
use super::readers::Readers;
use super::slot::{EXPLAINS, in_model_section, is_formal, is_value};
use super::words::{CONTACT, PART_OF_DOCUMENT, Pattern, RESPONSIBLE, SLOT_WORDS, pattern};
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

/// `{{COMPANY_NAME}}`, `{{ Company name }}`; templates of programs use small letters and dots.
static BRACES: Pattern = LazyLock::new(|| pattern(r"\{\{\s?([A-Za-z][^{}\n]{1,60}?)\s?\}\}"));
static UPPER_NAME: Pattern = LazyLock::new(|| pattern(r"^[A-Z][A-Z0-9]*(?:[_ -][A-Z0-9]+)*$"));

/// Sentences about numbers of tickets and not with one.
static SPOKEN_OF: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:do not|don['’]t|never|avoid|mention|conventions?)\b"));

/// Whether a piece is a cell that says whom to call: nobody is called `{{ON_CALL}}`, in code or not.
fn names_somebody(piece: &Piece) -> bool {
    let asks = |it: &str| CONTACT.is_match(it) || RESPONSIBLE.is_match(it);
    matches!(&piece.block, Block::Cell(cell) if cell.column > 0 && asks(&cell.row))
}

/// `http://{{ your host }}/status`: what the reader puts into an address.
fn is_part_of_address(words: &str, range: &Range<usize>) -> bool {
    words[..range.start].ends_with("://") && words[range.end..].starts_with(['/', ':'])
}

/// Other marks that programs put values in place of: `@@OWNER@@`, `<<TEAM LEAD>>`, `{OWNER}`.
static MARKED_NAME: Pattern =
    LazyLock::new(|| pattern(r"(?:@@|%%|<<|\{)([A-Z][A-Za-z0-9 _-]{2,40})(?:@@|%%|>>|\})"));

/// `(add link)`, `(insert the diagram)`.
static NOTE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\((?:add|insert|attach|paste|need) (?:[\w-]+ ){0,3}?(?:links?|diagrams?|screenshots?|urls?|images?|pictures?|references?|numbers?|contacts?|details)(?: here)?\)",
    )
});

/// What every slot has that is no words in square brackets.
static SHAPES: Pattern = LazyLock::new(|| {
    pattern(
        r"\{\{|\{[A-Z]|@@|%%|<<|__|XX|YY|HH|DD|MM|X\.|here|HERE|Here|\((?i:insert|add|attach|paste|need)\s",
    )
});

/// A line to write on.
static BLANK: Pattern = LazyLock::new(|| pattern(r"_{3,}|_{2,}/_{2,}/_{2,}|_{2,}\s?%"));

/// The number of an issue, an amount, a time that was not known yet.
static NUMBER: Pattern = LazyLock::new(|| {
    pattern(
        r"[#$€£]X{2,}(?:[.,]X+)*\b|\bX{2,3}(?:%|\s(?:minutes|ms|hours|days|weeks|months|percent|users|requests|messages|events|customers|people|hosts|rows|records|EUR|USD|MB|GB|TB)\b)|\bXX:XX\b|\b[A-Z]{2,10}(?:-\d{2,4})?-X{2,}(?:-X{2,})?\b",
    )
});

/// The form of a date where a date belongs.
static DATE: Pattern = LazyLock::new(|| {
    pattern(
        r"\b(?:YYYY[-/.]MM[-/.]DD|HH:MM|20XX|20\d\d-(?:XX|\d\d-XX|XX-XX)|v?X\.[XY]\.[XZ]|(?:DD|MM|XX)[-/.](?:DD|MM|XX)[-/.](?:YYYY|YY|XXXX))\b",
    )
});

/// `Screenshot goes here`, `insert the diagram here`.
static HERE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:insert|add|put|paste|your) (?:[\w'/-]+ ){1,6}here\b|\b(?:[\w'/-]+ ){1,10}(?:goes|go) here\b",
    )
});

/// The slots that are no words in square brackets.
pub(super) fn slots(piece: &Piece, page: &Page, readers: Readers) -> Vec<Range<usize>> {
    let words = piece.words.as_str();
    if !SHAPES.is_match(words) {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let visible =
        |it: &Range<usize>| !piece.is_marked(it, |it| matches!(it, Mark::Code | Mark::Strikethrough));
    let explained = EXPLAINS.is_match(words);
    let below_format = matches!(&piece.block, Block::Cell(cell) if is_formal(cell.header()));
    let asks = |range: &Range<usize>| is_value(piece, range);

    for hit in BRACES.captures_iter(words).take(MOST) {
        let (Some(whole), Some(inside)) = (hit.get(0), hit.get(1)) else { continue };
        let inside = inside.as_str();
        let name = UPPER_NAME.is_match(inside)
            || (inside.starts_with(char::is_uppercase) && SLOT_WORDS.is_match(inside))
            || bracket::PLAIN_PROMPT.is_match(inside);
        if name
            && !explained
            && !below_format
            && (visible(&whole.range()) || names_somebody(piece))
            && !words[..whole.start()].ends_with(['$', '\\'])
            && !is_part_of_address(words, &whole.range())
        {
            found.push(whole.range());
        }
    }
    for hit in MARKED_NAME.captures_iter(words).take(MOST) {
        let (Some(whole), Some(inside)) = (hit.get(0), hit.get(1)) else { continue };
        let placed = asks(&whole.range()) || matches!(piece.block, Block::Heading(_));
        // `{ECDH}` is a type.
        let joined = inside.as_str().contains(['_', ' ']) || !whole.as_str().starts_with('{');
        let joined = joined || SLOT_WORDS.is_match(inside.as_str());
        // `{Project Name}`
        let several = inside.as_str().contains(' ') && SLOT_WORDS.is_match(inside.as_str());
        let named = several || (UPPER_NAME.is_match(inside.as_str()) && joined);
        if named && placed && !explained && !below_format && visible(&whole.range()) {
            found.push(whole.range());
        }
    }
    for hit in NOTE.find_iter(words).take(MOST).filter(|it| visible(&it.range()) && !piece.task) {
        // "`README.md` (add link)" is the step of a plan.
        let file = piece.words[..hit.start()].trim_end().len();
        let file = piece.marks.iter().any(|(it, mark)| *mark == Mark::Code && it.end == file);
        if readers != Readers::Strangers && !file && !Position::of(piece, &hit.range(), false).quoted {
            found.push(hit.range());
        }
    }
    for hit in BLANK.find_iter(words).take(MOST).filter(|it| visible(&it.range())) {
        let touches =
            |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '.' | '('));
        let free =
            !touches(words[..hit.start()].chars().next_back()) && !touches(words[hit.end()..].chars().next());
        let counted = free && UNIT.is_match(&words[hit.end()..]) && readers != Readers::Strangers;
        if free && (asks(&hit.range()) || counted) {
            found.push(hit.range());
        }
    }
    let formal = explained || below_format || in_model_section(piece, page);
    for hit in NUMBER.find_iter(words).take(MOST).filter(|it| visible(&it.range()) && !formal) {
        let joined = words[..hit.start()].ends_with(|it: char| it.is_alphanumeric() || "-/+".contains(it));
        let more = words[hit.end()..].starts_with(['-', '_', '/']);
        // `XXX-XX-XXXX` is the form of a number.
        let form = hit.as_str().contains('-') && !hit.as_str().contains(|it| !matches!(it, 'X' | '-'));
        // A colour.
        let form = form || hit.as_str() == "#XXXXXX";
        let spoken_of = SPOKEN_OF.is_match(&words[..hit.start()]);
        if !joined
            && !form
            && !spoken_of
            && !more
            && !Position::of(piece, &hit.range(), false).quoted
            && readers != Readers::Strangers
        {
            found.push(hit.range());
        }
    }
    for hit in DATE.find_iter(words).take(MOST).filter(|it| visible(&it.range()) && !formal) {
        let joined = words[..hit.start()].ends_with(|it: char| it.is_alphanumeric() || "-_/[\"".contains(it));
        let more = words[hit.end()..].starts_with(|it: char| it.is_alphanumeric() || "-_T]".contains(it));
        if !joined && !more && asks(&hit.range()) && readers != Readers::Strangers {
            found.push(hit.range());
        }
    }
    for hit in
        HERE.find_iter(words).take(MOST).filter(|it| visible(&it.range()) && readers != Readers::Strangers)
    {
        let at = Position::of(piece, &hit.range(), false);
        let bare = |it: &str| !it.contains(char::is_alphanumeric);
        let bracketed = at.brackets.as_ref().is_some_and(|it| bare(it.head) && bare(it.tail));
        let set_apart = piece.is_marked(&hit.range(), |it| it == Mark::Emphasis);
        let goes = PART_OF_DOCUMENT.is_match(hit.as_str());
        let heading =
            matches!(piece.block, Block::Heading(_)) && hit.as_str().to_lowercase().starts_with("insert");
        // `[Diagram goes here]()` leads nowhere.
        let link = piece.link(&hit.range()).and_then(|it| page.links.get(it as usize));
        let link = link.is_some_and(|it| !it.dest.is_empty());
        // `// The diagram goes here`, in prose.
        let remark = at.ends && at.before.trim() == "//";
        if !link
            && !at.quoted
            // "Why not [insert your favourite here]?"
            && !at.after.starts_with("]?")
            && (bracketed || (remark && goes) || (at.alone && (heading || set_apart || goes || is_value(piece, &hit.range()))))
        {
            found.push(hit.range());
        }
    }
    found
}
