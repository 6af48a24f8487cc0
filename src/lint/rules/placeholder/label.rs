//! Labels with nothing after them: `**Owner:**` before the next heading.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Pattern, pattern};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::model::prose::{Block, HARD_BREAK, Mark, Piece};

/// `Owner:`, as an item of a list writes it without emphasis.
static PLAIN: Pattern = LazyLock::new(|| pattern(r"^[A-Z][\w /&'’().-]{1,40}:"));

/// Labels that introduce what follows, also under headings of its own.
static INTRODUCES: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:following|below|above|notes?|warning|important|caution|tip|hint|example|usage|output|see|includes?|\w+s)\W*:?\W*$|\b(?:are|is|as|with|to|how)\b",
    )
});

/// Labels of settings, whose value may be the empty string.
static EMPTY_IS_A_VALUE: Pattern =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:defaults?|default value|initial value)\W*$"));

/// Every empty label: the piece it stands in and its place there, the colon included.
pub(super) fn empty_labels<'a>(page: &Page, pieces: &'a [Piece]) -> Vec<(&'a Piece, Range<usize>)> {
    let mut found: Vec<(&Piece, Range<usize>)> = Vec::new();
    let lists = LazyCell::new(|| Lists::of(pieces));
    // Backwards: whether a label before another is empty depends on whether that one is.
    for (index, piece) in pieces.iter().enumerate().rev() {
        if !matches!(piece.block, Block::Paragraph | Block::Item)
            || piece.task
            || !piece.words.contains([':', '：'])
        {
            continue;
        }
        let lines = lines(&piece.words);
        for (number, line) in lines.iter().enumerate().rev() {
            let Some((label, strong)) = label(piece, line) else { continue };
            let words = &piece.words[label.clone()];
            let empty = match lines.get(number + 1) {
                Some(next) => strong && !INTRODUCES.is_match(words) && is_row(piece, next, &found),
                None => lists.is_label(piece, strong) && nothing_follows(page, pieces, index, words, &found),
            };
            if empty {
                found.push((piece, label));
            }
        }
    }
    found.reverse();
    found
}

/// Whether a line is another row of a form: a label with its value, or one that is empty itself. A label that
/// introduces a block may belong to the label before it.
fn is_row(piece: &Piece, line: &Range<usize>, empty: &[(&Piece, Range<usize>)]) -> bool {
    let known_empty = || {
        empty.last().is_some_and(|(it, range)| {
            std::ptr::eq(*it, piece) && line.start <= range.start && range.end <= line.end
        })
    };
    match label(piece, line) {
        Some(_) => known_empty(),
        None => begins_with_label(piece, line),
    }
}

/// How many items each list has whose words begin with a label, and how many have other words.
struct Lists(HashMap<NodeId, (usize, usize)>);

impl Lists {
    fn of(pieces: &[Piece]) -> Lists {
        let mut lists: HashMap<NodeId, (usize, usize)> = HashMap::new();
        for piece in pieces.iter().filter(|it| it.block == Block::Item) {
            let Some(list) = piece.list else { continue };
            let counts = lists.entry(list).or_default();
            match begins_with_some_label(piece) {
                true => counts.0 += 1,
                false => counts.1 += 1,
            }
        }
        Lists(lists)
    }

    /// A label in an item counts in a list of labels only; a plain one needs another beside it.
    fn is_label(&self, piece: &Piece, strong: bool) -> bool {
        match piece.list.and_then(|it| self.0.get(&it)) {
            Some((labels, others)) => *others == 0 && (strong || *labels >= 2),
            None => strong,
        }
    }
}

/// The lines of a piece as ranges of its words.
fn lines(words: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for (at, it) in words.char_indices().filter(|(_, it)| matches!(*it, '\n' | HARD_BREAK)) {
        if !words[start..at].trim().is_empty() {
            lines.push(start..at);
        }
        start = at + it.len_utf8();
    }
    if !words[start..].trim().is_empty() {
        lines.push(start..words.len());
    }
    lines
}

/// The label that is all of a line, and whether it is set in bold.
fn label(piece: &Piece, line: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let words = &piece.words[line.clone()];
    let trimmed = words.trim_end();
    let bare = trimmed.strip_suffix([':', '：'])?;
    let start = line.start + (words.len() - words.trim_start().len());
    let range = start..line.start + trimmed.len();
    let inside = start..line.start + bare.trim_end().len();
    if inside.is_empty()
        || inside.len() > 60
        || EMPTY_IS_A_VALUE.is_match(bare)
        || bare.contains([':', '.', '`', ','])
    {
        return None;
    }
    let marks = piece.marks_in(&range);
    let strong = marks
        .iter()
        .any(|(it, mark)| *mark == Mark::Strong && it.start <= inside.start && inside.end <= it.end);
    let plain = piece.block == Block::Item
        && PLAIN.find(trimmed.trim_start()).is_some_and(|it| it.end() == trimmed.trim_start().len());
    let code_or_link = marks.iter().any(|(_, mark)| matches!(mark, Mark::Code | Mark::Link(_)));
    ((strong || plain) && !code_or_link).then_some((range, strong))
}

/// Whether a line begins with a label, whatever follows it.
fn begins_with_label(piece: &Piece, line: &Range<usize>) -> bool {
    let words = &piece.words[line.clone()];
    let start = line.start + (words.len() - words.trim_start().len());
    piece.marks_in(&(start..line.end)).iter().any(|(it, mark)| {
        let colon =
            piece.words[it.clone()].trim_end().ends_with(':') || piece.words[it.end..].starts_with(':');
        *mark == Mark::Strong && it.start == start && colon
    })
}

fn begins_with_some_label(piece: &Piece) -> bool {
    let first = lines(&piece.words).into_iter().next();
    first.is_some_and(|it| {
        begins_with_label(piece, &it)
            || (piece.block == Block::Item && PLAIN.is_match(piece.words.trim_start()))
    })
}

/// Whether nothing follows a piece that a label at its end could introduce.
fn nothing_follows(
    page: &Page,
    pieces: &[Piece],
    index: usize,
    label: &str,
    empty: &[(&Piece, Range<usize>)],
) -> bool {
    let document = &page.document;
    let piece = &pieces[index];
    let Some(node) = piece.node else { return false };
    let mut next = document.node(node).subtree_end;
    if let Some(item) = piece.item {
        // Blocks that the item holds besides these words.
        let holds_more = pieces[index + 1..]
            .iter()
            .map_while(|it| it.node)
            .next()
            .is_some_and(|it| it > item && it < document.node(item).subtree_end);
        let list_end = piece.list.map_or(next, |it| document.node(it).subtree_end);
        next = document.node(item).subtree_end;
        if holds_more || next < list_end {
            return !holds_more;
        }
    }
    let mut rest = &pieces[index + 1..];
    while let Some(kind) = document.nodes.get(next as usize).map(|it| &it.kind) {
        // Pieces come in the order of their nodes.
        rest = &rest[rest.partition_point(|it| it.node.is_some_and(|it| it < next))..];
        match kind {
            Kind::Heading(index) => {
                let level = page.headings.get(*index as usize).map_or(1, |it| it.level);
                let own = piece.headings(page).last().map_or(0, |it| it.level);
                // A sentence, or a word for several things, introduces the headings below.
                let sentence = label.split_whitespace().count() > 5;
                return level <= own || !(sentence || INTRODUCES.is_match(label));
            }
            // A comment is nothing.
            Kind::HtmlBlock => {
                let inside = &rest[..rest.partition_point(|it| it.node == Some(next))];
                if inside.is_empty() || inside.iter().any(|it| it.block != Block::Comment) {
                    return false;
                }
                next = document.node(next).subtree_end;
            }
            Kind::Paragraph => {
                let Some(after) = rest.first().filter(|it| it.node == Some(next)) else { return false };
                return piece.block == Block::Paragraph
                    && !INTRODUCES.is_match(label)
                    && lines(&after.words).first().is_some_and(|it| is_row(after, it, empty));
            }
            Kind::ThematicBreak | Kind::Item => return true,
            _ => return false,
        }
    }
    true
}
