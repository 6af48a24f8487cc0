//! Headings and code blocks that are nothing but `todo`, in whatever letters: what is missing, or a program.

use super::hit::{Hit, Kind};
use crate::model::prose::Block;

/// Whether a marker in small letters is all of a heading below the title, or of a code block. A page that says the word elsewhere,
/// too, is about tasks.
pub(super) fn is_all_there_is(hit: &Hit<'_>, text: &str) -> bool {
    let below = match hit.piece.block {
        Block::Heading(level) => level > 1,
        Block::Code(_) => hit.piece.words.trim() == hit.words,
        _ => false,
    };
    below && hit.kind == Kind::Work && hit.at.alone && is_said_once(text)
}

/// Whether a text says the word once, an entry of its table of contents aside.
fn is_said_once(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let count = |word: &str| text.matches(word).count();
    let words = count("todo") + count("to do") + count("to-do");
    words.saturating_sub(2 * (count("](#todo)") + count("](#to-do)"))) <= 1
}
