//! Headings and code blocks that are nothing but `todo`, in whatever letters: what is missing, or a program.

use std::sync::LazyLock;

use super::hit::{Hit, Kind};
use super::words::{Pattern, pattern};
use crate::model::page::{Heading, Page};
use crate::model::prose::Block;

/// `Todo`, `To-dos`, `Todo list`.
static LIST: Pattern = LazyLock::new(|| pattern(r"(?i)^\W*to[ -]?dos?(?: lists?| items)?\W*$"));

/// The headings below the title that announce a list of what is missing. A page that says the word elsewhere,
/// too, is about tasks; one in capitals is a marker.
pub(super) fn lists_of_what_is_missing<'a>(page: &'a Page, text: &str) -> Vec<&'a Heading> {
    let marker = |it: &str| matches!(it.trim_end_matches(':'), "TODO" | "TO DO" | "TO-DO");
    let lists =
        page.headings.iter().filter(|it| it.level > 1 && LIST.is_match(&it.text) && !marker(&it.text));
    let lists: Vec<&Heading> = lists.collect();
    // Beside "Ordered list" it is the name of a kind of list.
    let kinds = page.headings.iter().filter(|it| it.text.to_ascii_lowercase().ends_with("list")).count();
    if lists.is_empty() || kinds > 1 || !is_said_once(text) { Vec::new() } else { lists }
}

/// Whether a code block is nothing but `todo`, and the page no text about a program of that name.
pub(super) fn is_all_of_code(hit: &Hit<'_>, text: &str) -> bool {
    let whole = matches!(hit.piece.block, Block::Code(_)) && hit.piece.words.trim() == hit.words;
    whole && hit.kind == Kind::Work && is_said_once(text)
}

/// Whether a text says the word once, an entry of its table of contents aside.
fn is_said_once(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let count = |word: &str| text.matches(word).count();
    let words = count("todo") + count("to do") + count("to-do");
    words.saturating_sub(2 * (count("](#todo") + count("](#to-do"))) <= 1
}
