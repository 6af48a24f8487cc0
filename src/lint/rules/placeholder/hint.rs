//! Hints of a template that stand where the text should.

use std::ops::Range;
use std::sync::LazyLock;

use super::readers::Readers;
use super::slot::in_model_section;
use super::words::{PART_OF_DOCUMENT, PROMPTS, Pattern, pattern};
use crate::model::document::Kind;
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

static INSERT: Pattern = LazyLock::new(|| pattern(r"(?i)^(?:insert|paste|attach|embed)\s"));

/// Verbs that only a template says to its author.
static DESCRIBE: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^(?:describe|specify|briefly|summari[sz]e|explain|outline|provide|insert|fill)\b")
});

/// A sentence set in italics that tells the author what to write, and nothing was written: `_(e.g. Berlin)_`.
pub(super) fn find(piece: &Piece, page: &Page, readers: Readers) -> Option<Range<usize>> {
    if readers == Readers::Strangers || piece.quoted || piece.task {
        return None;
    }
    if let Some(range) = lone_insert(piece) {
        return (!in_model_section(piece, page)).then_some(range);
    }
    if let Some(range) = trails_off(piece, page) {
        return Some(range);
    }
    let (marked, _) = piece.marks.iter().find(|(it, mark)| *mark == Mark::Emphasis && it.len() >= 8)?;
    let words = piece.words[marked.clone()].trim_start_matches(['(', '[', ' ', '<']);
    let example =
        ["e.g.", "eg.", "e.g ", "for example", "For example", "E.g."].iter().any(|it| words.starts_with(it));
    let prompt = PROMPTS.is_match(words) && words.split_whitespace().count() >= 3;
    let rest = piece.words[marked.end..].trim().trim_end_matches(['.', ')', ']']);
    let before = piece.words[..marked.start].trim_end().trim_end_matches(['(', '[', ' ']);
    let whole = rest.is_empty() && before.is_empty();
    let fits = match &piece.block {
        Block::Cell(cell) => whole && !cell.in_header && example,
        Block::Paragraph => whole && (example || prompt) && is_all_of_section(piece, page),
        _ => false,
    };
    // In a list of steps "add", "enter" and their kin speak to the reader.
    let asks = example || (prompt && DESCRIBE.is_match(words));
    let labelled = asks && rest.is_empty() && before.ends_with(':') && before.split_whitespace().count() <= 6;
    ((fits || labelled) && !in_model_section(piece, page)).then(|| marked.clone())
}

/// `Add the screenshots here`, as all of a comment.
static HERE: Pattern =
    LazyLock::new(|| pattern(r"(?i)^\s*(?:please )?{prompt} (?:[\w'/,.()-]+ ){1,12}here\W*$"));

/// What a template asks its author in a comment.
pub(super) fn in_comment(piece: &Piece) -> Option<Range<usize>> {
    let words = piece.words.trim();
    let start = piece.words.len() - piece.words.trim_start().len();
    (HERE.is_match(words) && PART_OF_DOCUMENT.is_match(words)).then(|| start..start + words.len())
}

/// `(Insert the diagram)`, `_Paste the screenshot_`: a whole paragraph that asks for a part of the document.
fn lone_insert(piece: &Piece) -> Option<Range<usize>> {
    let words = piece.words.trim();
    let inside = words.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let set = piece.marks.iter().any(|(it, mark)| *mark == Mark::Emphasis && it.len() >= words.len());
    let asks = INSERT.is_match(inside.unwrap_or(words)) && PART_OF_DOCUMENT.is_match(words);
    let start = piece.words.len() - piece.words.trim_start().len();
    (piece.block == Block::Paragraph && (inside.is_some() || set) && asks).then(|| start..start + words.len())
}

/// `Contacts and procedures...`, `…`: a few words that break off, and they are all of a section.
fn trails_off(piece: &Piece, page: &Page) -> Option<Range<usize>> {
    let words = piece.words.trim();
    let said = words.strip_suffix("...").or_else(|| words.strip_suffix('…'))?;
    let names_a_part = PART_OF_DOCUMENT.is_match(said) && said.split_whitespace().count() <= 8;
    let start = piece.words.len() - piece.words.trim_start().len();
    let open = (said.is_empty() || names_a_part) && !said.contains(['.', '`', ':']);
    (piece.block == Block::Paragraph && open && is_all_of_section(piece, page))
        .then(|| start..start + words.len())
}

/// Whether a paragraph is the only block between its heading and the next.
fn is_all_of_section(piece: &Piece, page: &Page) -> bool {
    let Some(node) = piece.node else { return false };
    let document = &page.document;
    let above = page.headings[..page.headings.partition_point(|it| it.node < node)].last();
    let next = document.nodes.get(document.node(node).subtree_end as usize);
    above.is_some_and(|it| document.node(it.node).subtree_end == node)
        && next.is_none_or(|it| matches!(it.kind, Kind::Heading(_) | Kind::ThematicBreak))
}
