//! Headings that are nothing but `Todo`, in whatever letters: a list of what is missing, or the name of a program.

use super::hit::{Hit, Kind};
use crate::model::prose::Block;

/// Whether a marker in small letters is all of a heading below the title. A page that says the word elsewhere,
/// too, is about tasks.
pub(super) fn is_list_of_what_is_missing(hit: &Hit<'_>, text: &str) -> bool {
    let below = matches!(hit.piece.block, Block::Heading(level) if level > 1);
    below && hit.kind == Kind::Work && hit.at.alone && is_said_once(text)
}

/// Whether a text says the word once, an entry of its table of contents aside.
fn is_said_once(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let count = |word: &str| text.matches(word).count();
    let words = count("todo") + count("to do") + count("to-do");
    words.saturating_sub(2 * (count("](#todo)") + count("](#to-do)"))) <= 1
}
