//! What an open matter is said of: a part of the document, a decision, a cell that names a state.

use std::sync::LazyLock;

use super::clause::{after_label, has_label, is_noun_phrase, is_short, names_a_part, says_still, trim_verb};
use super::position::Position;
use super::words::{GLOSSARY, GOVERNS, PART_OF_DOCUMENT, PROGRESS, Pattern, STILL, pattern};
use crate::model::prose::{Block, Cell, Piece};
/// What software promises: "support for it is coming soon".
static FEATURE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:the|full|more|better|native) )?(?:[\w-]+ )?(?:support|monitoring|alerting|integrations?|dashboards?|automation|tooling|features?)\b",
    )
});

/// "More runbooks coming soon", "the guide is coming soon"; not "the storm is coming soon".
pub(super) fn is_promise(before: &str) -> bool {
    let of_a_part = PART_OF_DOCUMENT.is_match(trim_verb(before)) || FEATURE.is_match(before);
    let headline = is_short(before, 7) && !STILL.is_match(before.trim_end());
    !GOVERNS.is_match(before) && (of_a_part || headline)
}

/// "The date is yet to be decided", "time and place to be decided".
pub(super) fn is_undecided(at: &Position<'_>, ends: bool) -> bool {
    let still = says_still(at.before)
        && (at.ends || (YET.is_match(at.before) && IN_WHICH.is_match(at.after)))
        && is_short(at.before, 14);
    still || (ends && is_noun_phrase(at.before) && !STILL.is_match(at.before.trim_end()))
}

/// What may follow a decision that is open: "in the final design".
static IN_WHICH: Pattern = LazyLock::new(|| pattern(r"(?i)^\s(?:in|for|on|with)\s"));

/// Words that say that a decision is open now and not each time.
static YET: Pattern = LazyLock::new(|| pattern(r"(?i)\b(?:is|are) (?:still |as )?(?:yet|still) $"));

/// "Monitoring: alarms of the pump to be added", "pictures to be added".
pub(super) fn is_missing(before: &str) -> bool {
    is_noun_phrase(after_label(before)) && (names_a_part(before) || has_label(before))
}

/// Headers of a first column that lists words.
static NAMED: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\b(?:concepts?|status(?:es)?|states?|badges?|icons?|messages?|phrases?|texts?)\b")
});

/// A cell that says what another means: `TBC | to be confirmed`.
pub(super) fn explains_a_word(cell: &Cell) -> bool {
    let word = matches!(cell.row.trim(), "TBD" | "TBC" | "TBA" | "TODO" | "WIP");
    let names_itself = cell.column == 0 && NAMED.is_match(cell.header());
    cell.in_header || names_itself || GLOSSARY.is_match(cell.header()) || (cell.column > 0 && word)
}

/// A cell that says how far work has come, or what its neighbour means.
pub(super) fn says_progress(piece: &Piece) -> bool {
    match &piece.block {
        Block::Cell(cell) => {
            cell.in_header
                || PROGRESS.is_match(cell.header())
                || PROGRESS.is_match(&cell.row)
                || cell.column > 0 && cell.row.len() <= 4
        }
        _ => false,
    }
}
