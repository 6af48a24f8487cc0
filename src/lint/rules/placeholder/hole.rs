//! Markers with their place, and whether they stand for something that is missing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::position::Position;
use super::words::{
    ABOUT, DEFINES, DETERMINER, GLOSSARY, IMPERATIVE, LISTED_BEFORE, NOUN_AFTER, PROGRESS, Pattern, STILL,
    WHEN, pattern,
};
use crate::model::document::NodeId;
use crate::model::prose::{Block, Mark, Piece};

/// Markers. `todo` is Spanish, a program and a noun, so small letters count in fewer places.
static MARKERS: Pattern =
    LazyLock::new(|| pattern(r"TODO|FIXME|XXX+|WIP|(?i:\b(?:tbd|tba|tbc|todo|fixme)\b)|\?{3,}"));

/// A marker with the place it has in its piece.
pub(super) struct Hit<'a> {
    /// Where it stands.
    pub(super) piece: &'a Piece,
    /// Its bytes in the piece's words.
    pub(super) range: Range<usize>,
    words: &'a str,
    at: Position<'a>,
}

/// The markers of a piece that are words of their own.
pub(super) fn markers(piece: &Piece) -> Vec<Hit<'_>> {
    let lines = matches!(piece.block, Block::Code(_) | Block::Comment | Block::Html | Block::FrontMatter(_));
    MARKERS
        .find_iter(&piece.words)
        .filter(|it| is_word(&piece.words, it.range()))
        .map(|it| Hit {
            piece,
            range: it.range(),
            words: it.as_str(),
            at: Position::of(piece, &it.range(), lines),
        })
        .collect()
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
    /// `TBD`: a value is not known yet. Others are notes about work.
    fn is_open(&self) -> bool {
        self.words.starts_with(['T', 't', '?']) && !self.words.eq_ignore_ascii_case("todo")
    }

    /// `trunk-based development (TBD)`, `TBD (trunk-based development)`; not `to be decided (TBD)`.
    fn is_short_form(&self) -> bool {
        let before = self.at.brackets.as_ref().filter(|it| it.head.is_empty() && it.tail.is_empty());
        let after = self.at.after.strip_prefix(" (").and_then(|it| it.split(')').next());
        let long = before.map(|it| it.before).or(after).unwrap_or_default().to_lowercase();
        spells(&long, self.words) && !long.contains("to be ")
    }

    fn is_upper(&self) -> bool {
        !self.words.contains(char::is_lowercase)
    }

    /// Whether nothing stands before it on its line, as with notes to oneself.
    pub(super) fn opens_line(&self) -> bool {
        self.is_upper() && self.at.opens && !self.words.starts_with('?')
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

/// Whether a marker in prose stands for something that is missing.
pub(super) fn is_hole(hit: &Hit<'_>, todo_is_a_word: bool) -> bool {
    let at = &hit.at;
    let marked = |mark: Mark| hit.piece.is_marked(&hit.range, |it| it == mark);
    if marked(Mark::Code) {
        return is_note_in_code(hit);
    }
    let in_link = hit.piece.link(&hit.range).is_some();
    let work = !hit.is_open();
    if at.quoted
        || marked(Mark::Strikethrough)
        || NOUN_AFTER.is_match(at.after)
        || LISTED_BEFORE.is_match(at.before)
        || (in_link && work)
        || (hit.piece.task && work)
    {
        return false;
    }
    if let Some(before) = at.before.strip_suffix('#') {
        return is_channel(hit, before);
    }
    if at.alone {
        return stands_alone(hit);
    }
    if !hit.is_upper() {
        let value = at.ends && at.label.is_some_and(|it| !is_talk(it));
        let bracketed = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
        let still = at.ends && STILL.is_match(at.before.trim_end());
        return match work {
            true => at.opens && at.after.starts_with(": ") && !todo_is_a_word,
            false => value || bracketed || still,
        };
    }
    if hit.words == "???" || hit.words.starts_with("XXX") || hit.words.starts_with("????") {
        return (at.opens && at.after.starts_with(':'))
            || (at.ends && at.label.is_some_and(|it| !is_talk(it)));
    }
    if at.opens && at.introduces {
        // A quoted `TODO: …` is what somebody writes elsewhere; a bold one is a box of this page.
        let elsewhere = hit.piece.quoted && work && !marked(Mark::Strong) && !marked(Mark::Emphasis);
        return !DEFINES.is_match(at.after) && !elsewhere;
    }
    if let Some(brackets) = &at.brackets {
        let dated = hit.is_open() && WHEN.is_match(brackets.tail);
        let edge = brackets.head.is_empty() || brackets.tail.is_empty() || dated;
        let heading = matches!(hit.piece.block, Block::Heading(_));
        if edge && !ends_in_talk(brackets.before) && !ABOUT.is_match(brackets.head) {
            return hit.words != "WIP" || (heading && brackets.head.is_empty());
        }
    }
    if hit.words == "WIP" || todo_is_a_word && work {
        return false;
    }
    if let Some(label) = at.label {
        let states_progress = work && PROGRESS.is_match(label);
        return (at.ends || at.introduces || hit.is_open()) && !is_talk(label) && !states_progress;
    }
    if hit.is_open() {
        let still = STILL.is_match(at.before.trim_end());
        let ends = at.ends || WHEN.is_match(at.after);
        return at.opens
            || still
            || (ends && !DETERMINER.is_match(at.before.trim_end()) && !ends_in_talk(at.before));
    }
    if at.opens {
        return IMPERATIVE.is_match(at.after);
    }
    let spoken_of = DETERMINER.is_match(at.before.trim_end()) || ABOUT.is_match(at.before);
    !spoken_of && (at.introduces || (at.ends && is_short(at.before) && !is_name(at.before)))
}

/// `#TBD` is a channel to come where a value belongs; elsewhere it is a tag.
fn is_channel(hit: &Hit<'_>, before: &str) -> bool {
    let cell = matches!(hit.piece.block, Block::Cell(_)) && before.trim().is_empty();
    let value = before.trim_end().ends_with(':') || before.trim_end().ends_with('=');
    hit.is_upper() && hit.at.ends && (cell || value)
}

/// A marker that is all there is: a whole cell, heading, item, line. Not where it is the name of itself.
fn stands_alone(hit: &Hit<'_>) -> bool {
    let open = hit.is_open();
    match &hit.piece.block {
        Block::Cell(cell) => {
            let progress =
                PROGRESS.is_match(cell.header()) || (cell.column > 0 && PROGRESS.is_match(&cell.row));
            let explained = cell.column == 0 && (!open || GLOSSARY.is_match(cell.header()));
            let silent =
                cell.in_header || explained || (progress && !open) || GLOSSARY.is_match(cell.header());
            (hit.is_upper() || open) && !silent
        }
        Block::Heading(_) => hit.is_upper() && hit.words != "WIP" && !hit.words.starts_with('?'),
        _ => hit.is_upper() || open,
    }
}

/// `TODO: add the call list` is an instruction to the author even between backticks; a mere `TODO: x` is one
/// that the text speaks about.
fn is_note_in_code(hit: &Hit<'_>) -> bool {
    let Some((code, _)) = hit
        .piece
        .marks
        .iter()
        .find(|(it, mark)| *mark == Mark::Code && it.start == hit.range.start && hit.range.end < it.end)
    else {
        return false;
    };
    let note = hit.piece.words[hit.range.end..code.end].strip_prefix(':');
    let after = hit.piece.words[code.end..].trim_start_matches(['.', ' ', '*', '_', ')']);
    note.is_some_and(|it| it.split_whitespace().count() >= 3)
        && hit.at.opens
        && after.is_empty()
        && hit.is_upper()
}

/// A code block that consists of a marker: the command is what is missing.
pub(super) fn is_whole_code(hit: &Hit<'_>) -> bool {
    let words = &hit.piece.words;
    let bare = |it: &str| it.trim().trim_start_matches(['#', '/', ';', '-', '<', '!', '*', ' ']).is_empty();
    let lines = words[hit.range.end..].trim().lines().skip(1).count();
    let rest = words[hit.range.end..].lines().next().unwrap_or_default();
    hit.is_upper()
        && bare(&words[..hit.range.start])
        && lines == 0
        && !words[..hit.range.start].contains('$')
        && (hit.is_open() || rest.is_empty() || hit.at.introduces || rest.starts_with(' '))
}

/// Languages whose blocks hold values: `owner: TBD`.
const DATA: [&str; 12] =
    ["", "yaml", "yml", "toml", "ini", "env", "properties", "text", "txt", "plaintext", "conf", "markdown"];

/// An open value in a settings file, a form in plain text, a remark in a tree of files.
pub(super) fn is_value_in_code(hit: &Hit<'_>, language: &str) -> bool {
    let at = &hit.at;
    let remark = at
        .brackets
        .as_ref()
        .is_some_and(|it| it.head.is_empty() && it.tail.is_empty() && it.before.contains('#'));
    let value =
        at.label.is_some_and(|it| it.split_whitespace().count() <= 4 && !it.contains(['(', '|', '`']))
            && at.ends
            && DATA.contains(&language);
    hit.is_open() && hit.is_upper() && !hit.words.starts_with('?') && !at.quoted && (remark || value)
}

/// A value of the front matter that is a marker or begins with one.
pub(super) fn is_front_matter_value(hit: &Hit<'_>, key: &str) -> bool {
    let listing = matches!(key, "tags" | "tag" | "keywords" | "labels" | "categories" | "aliases" | "tools");
    let whole = hit.range.len() == hit.piece.words.trim().len();
    let progress = PROGRESS.is_match(key) && !hit.is_open();
    !listing
        && !progress
        && hit.at.opens
        && (hit.is_upper() || hit.is_open())
        && (whole || hit.at.introduces || IMPERATIVE.is_match(hit.at.after))
}

/// Whether a label introduces a marker as such: `Search for: TODO`.
fn is_talk(label: &str) -> bool {
    GLOSSARY.is_match(label) || ABOUT.is_match(label)
}

/// Whether the last words speak about markers: `comments (TODO)`.
fn ends_in_talk(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let last = words[words.len().saturating_sub(2)..].join(" ");
    ABOUT.is_match(&last) || GLOSSARY.is_match(&last)
}

fn is_short(before: &str) -> bool {
    before.split_whitespace().count() <= 8
}

/// `Security Hardening TODO`: a title that ends with the word names a list. A marker at the end of few
/// capitalised words counts as part of a name.
fn is_name(before: &str) -> bool {
    let words: Vec<&str> =
        before.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic)).collect();
    !words.is_empty()
        && words.len() <= 5
        && words.iter().all(|it| it.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
}
