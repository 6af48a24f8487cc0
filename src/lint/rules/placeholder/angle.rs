//! Words in angle brackets that stand where the author's own belong: `<insert the diagram here>`. Most others are
//! what the reader puts in.

use std::ops::Range;
use std::sync::LazyLock;

use super::bracket::PLAIN_PROMPT;
use super::position::{MOST, Position};
use super::readers::Readers;
use super::slot::{EXPLAINS, in_model_section, is_value};
use super::words::{CONTACT, PROMPTS, Pattern, RESPONSIBLE, SLOT_WORDS, pattern};
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

static ANGLES: Pattern = LazyLock::new(|| pattern(r"<([A-Za-z][^<>\n=/:@]{1,80})>"));

/// `Escalate to <team lead name>`: whom the reader calls is for the author to say.
static CALLS: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:escalate|call|contact|notify|page|phone|report|e-?mail|reach)(?: out| it| them| this)?(?: to)?(?: the)? $",
    )
});

/// Labels of lists of people: `Next shift: <name of colleague>`.
static SHIFT: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:shift|rota|rotation|duty|primary|secondary|backup|hand-?over|stand-?in|cover)\b")
});

/// What only an author is told.
static INSERTS: Pattern = LazyLock::new(|| pattern(r"(?i)^(?:insert|fill[ -]in|link to)\s"));

/// What the author has and the reader has not: where something is.
static LINK: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:link|url|links?[ -]to[ -].+|(?:dashboard|runbook|wiki|ticket)[ -](?:link|url))$|^to[ -]be[ -]\w+$",
    )
});

/// The prompts in angle brackets of a piece, brackets included.
pub(super) fn slots(piece: &Piece, page: &Page, readers: Readers) -> Vec<Range<usize>> {
    let found = ANGLES.captures_iter(&piece.words).take(MOST).filter_map(|it| Some((it.get(0)?, it.get(1)?)));
    let set_apart = |it: Mark| matches!(it, Mark::Code | Mark::Strikethrough | Mark::Link(_));
    found
        .filter(|(whole, inside)| {
            let range = whole.range();
            !piece.is_marked(&range, set_apart)
                && is_slot(piece, &range, inside.as_str().trim())
                && readers != Readers::Strangers
                && !in_model_section(piece, page)
        })
        .map(|(whole, _)| whole.range())
        .collect()
}

fn is_slot(piece: &Piece, range: &Range<usize>, inside: &str) -> bool {
    let at = Position::of(piece, range, true);
    if at.quoted {
        return false;
    }
    let several = inside.contains(' ');
    let asked = SLOT_WORDS.is_match(inside) || PLAIN_PROMPT.is_match(inside);
    let prompt = several && PROMPTS.is_match(inside);
    let names_somebody = |it: &str| CONTACT.is_match(it) || RESPONSIBLE.is_match(it);
    let value = is_value(piece, range);
    match &piece.block {
        Block::Heading(_) => several && asked,
        Block::Cell(cell) => {
            value && (prompt || asked && (names_somebody(cell.header()) || names_somebody(&cell.row)))
        }
        _ => {
            let label = at.label.is_some_and(|it| it.len() <= 60 && names_somebody(it));
            let shift = at.label.is_some_and(|it| it.len() <= 60 && SHIFT.is_match(it));
            let shift = value && shift && several && SLOT_WORDS.is_match(inside);
            let link = at.ends && at.label.is_some_and(|it| it.len() <= 40 && !it.contains('`'));
            if shift || (link && value && LINK.is_match(inside)) {
                return true;
            }
            let called = several && asked && CALLS.is_match(at.before);
            let called = called || (several && asked && at.before.trim_end().ends_with("owned by"));
            // Only an author inserts something into a sentence.
            let inserts = INSERTS.is_match(inside) && !EXPLAINS.is_match(at.before);
            (prompt && (value || at.alone)) || inserts || (value && asked && label) || called
        }
    }
}
