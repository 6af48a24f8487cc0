//! Markers with their place in the sentence.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::position::{MOST, Position};
use super::words::{Pattern, pattern};
use crate::model::document::NodeId;
use crate::model::prose::{Block, Mark, Piece};

/// Markers. `todo` is Spanish, a program and a noun, so small letters count in fewer places.
static MARKERS: Pattern = LazyLock::new(|| {
    pattern(
        r"TODO|FIXME|XXX+|WIP|(?i:\b(?:tbd|tba|tbc|todo|fixme|t\.b\.[dac])\b)|\bT[Oo][ -][Dd][Oo]\b|\bxxx+\b|\?{3,}",
    )
});

/// What a marker says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value is not known yet: `TBD`.
    Open,
    /// Something is to be done: `TODO`.
    Work,
    /// Something is under way: `WIP`.
    Progress,
    /// The value itself is left out: `XXX`, `???`.
    Blank,
}

/// A marker with the place it has in its piece.
pub(super) struct Hit<'a> {
    /// Where it stands.
    pub(super) piece: &'a Piece,
    /// Its bytes in the piece's words.
    pub(super) range: Range<usize>,
    /// As it is written.
    pub(super) words: &'a str,
    /// What it says.
    pub(super) kind: Kind,
    /// Its place in the sentence.
    pub(super) at: Position<'a>,
    /// The words before its piece announce the piece.
    pub(super) introduced: bool,
}

/// The markers of a piece that are words of their own; `introduced`: the piece before ends with a colon.
pub(super) fn markers(piece: &Piece, introduced: bool) -> Vec<Hit<'_>> {
    let lines = matches!(piece.block, Block::Code(_) | Block::Comment | Block::Html | Block::FrontMatter(_));
    MARKERS
        .find_iter(&piece.words)
        .filter(|it| is_word(&piece.words, it.range()))
        .take(MOST)
        .map(|it| Hit {
            piece,
            range: it.range(),
            words: it.as_str(),
            kind: kind(it.as_str()),
            at: Position::of(piece, &it.range(), lines),
            introduced,
        })
        .collect()
}

fn kind(words: &str) -> Kind {
    match words.to_ascii_uppercase().as_str() {
        "TBD" | "TBA" | "TBC" | "T.B.D" | "T.B.A" | "T.B.C" => Kind::Open,
        "WIP" => Kind::Progress,
        "TODO" | "TO DO" | "TO-DO" | "FIXME" => Kind::Work,
        _ => Kind::Blank,
    }
}

/// Whether a text holds a marker, in whatever place.
pub(super) fn mentions(words: &str) -> bool {
    MARKERS.is_match(words)
}

/// Whether no letter, digit or joint of an identifier touches a place.
fn is_word(words: &str, hit: Range<usize>) -> bool {
    let before = words[..hit.start].chars().next_back();
    let mut after = words[hit.end..].chars();
    let next = after.next();
    let joint = |it: char| it.is_alphanumeric() || matches!(it, '_' | '$' | '\\');
    // `x-TODO`, `--todo`; a dash after a space is punctuation.
    let hyphen =
        before == Some('-') && !words[..hit.start].trim_end_matches('-').ends_with(char::is_whitespace);
    let address = before == Some('@') && words[..hit.start - 1].ends_with(char::is_alphanumeric);
    let joined_before = before.is_some_and(|it| joint(it) || matches!(it, '/' | '.')) || hyphen || address;
    let suffix = matches!(next, Some('.' | '-' | '/')) && after.next().is_some_and(char::is_alphanumeric);
    let joined_after = next.is_some_and(|it| joint(it) || it == '=') || suffix;
    !joined_before && !joined_after
}

impl Hit<'_> {
    /// `trunk-based development (TBD)`, `TBD (trunk-based development)`; not `to be decided (TBD)`.
    fn is_short_form(&self) -> bool {
        let before = self.at.brackets.as_ref().filter(|it| it.head.is_empty() && it.tail.is_empty());
        let after = self.at.after.strip_prefix(" (").and_then(|it| it.split(')').next());
        let long = before.map(|it| it.before).or(after).unwrap_or_default().to_lowercase();
        spells(&long, self.words) && !long.contains("to be ")
    }

    /// Whether it is set apart like this.
    pub(super) fn is_marked(&self, mark: Mark) -> bool {
        self.piece.is_marked(&self.range, |it| it == mark)
    }

    /// Whether it is written in capitals.
    pub(super) fn is_upper(&self) -> bool {
        !self.words.contains(char::is_lowercase)
    }

    /// Whether nothing stands before it on its line, as with notes to oneself.
    pub(super) fn opens_line(&self) -> bool {
        self.is_upper() && self.at.opens && self.words != "???"
    }

    /// Whether it is one of these words.
    pub(super) fn is_one_of(&self, words: &BTreeSet<&str>) -> bool {
        words.contains(self.words)
    }

    /// Where markers stand side by side: a list, a column.
    pub(super) fn group(&self) -> (Option<NodeId>, usize) {
        match &self.piece.block {
            Block::Cell(cell) => (Some(cell.table), cell.column + 1),
            _ => (self.piece.list, 0),
        }
    }
}

/// Lists and columns of several different markers: they explain or collect markers.
pub(super) fn listed(hits: &[Hit<'_>]) -> BTreeSet<(Option<NodeId>, usize)> {
    let mut groups: HashMap<_, BTreeSet<&str>> = HashMap::new();
    for hit in hits.iter().filter(|it| it.at.opens && (it.at.alone || it.at.introduces)) {
        if let group @ (Some(_), column) = hit.group() {
            // The first column names what the others explain; in any other, TBD beside TODO is no list.
            if column <= 1 {
                groups.entry(group).or_default().insert(hit.words);
            }
        }
    }
    groups.into_iter().filter(|(_, words)| words.len() >= 2).map(|(group, _)| group).collect()
}

/// The markers that a page uses as the short form of something else: `trunk-based development (TBD)`.
pub(super) fn defined<'a>(hits: &[Hit<'a>]) -> BTreeSet<&'a str> {
    hits.iter().filter(|it| it.is_upper() && it.is_short_form()).map(|it| it.words).collect()
}

/// Whether the last words before a place begin with the letters of an acronym.
fn spells(before: &str, acronym: &str) -> bool {
    let words = before.rsplit(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let initials = words.take(acronym.len()).filter_map(|it| it.chars().next());
    initials.map(|it| it.to_ascii_uppercase()).eq(acronym.chars().rev())
}
