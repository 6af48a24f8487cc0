//! Whether a marker stands for something that is missing, by what holds it and its place in the sentence.

use std::sync::LazyLock;

use super::bracket::UNIT;
use super::dummy::SETTINGS;
use super::hit::{Hit, Kind};
use super::words::{
    ABOUT, CONTACT, DEFINES, DETERMINER, GLOSSARY, IMPERATIVE, LISTED_BEFORE, NOUN_AFTER, PAST, PROGRESS,
    Pattern, RESPONSIBLE, STILL, WHEN, pattern,
};
use crate::model::prose::{Block, Mark};

/// Whether a marker in prose stands for something that is missing, by the place it has in its sentence.
/// `todo_is_a_word`: the page is in a language that has such a word.
pub(super) fn is_hole(hit: &Hit<'_>, todo_is_a_word: bool) -> bool {
    let at = &hit.at;
    if hit.piece.is_code(&hit.range) {
        return is_note_in_code(hit);
    }
    if is_spoken_of(hit) {
        return false;
    }
    if let Some(before) = at.before.strip_suffix('#') {
        return is_channel(hit, before);
    }
    if at.alone {
        return stands_alone(hit);
    }
    if !hit.is_upper() {
        return is_hole_in_small_letters(hit, todo_is_a_word);
    }
    let is_value = at.label.is_some_and(|it| !is_talk(it));
    match hit.kind {
        Kind::Blank => {
            (at.opens
                && (at.after.starts_with(':')
                    || (hit.words.starts_with('X') && IMPERATIVE.is_match(at.after))))
                || (at.ends && is_value)
        }
        _ if at.opens && at.introduces => is_note(hit),
        Kind::Progress if at.ends && at.label.is_some() => matches!(hit.piece.block, Block::Heading(_)),
        // `Ranges (WIP)`
        Kind::Progress => {
            let whole = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
            let ends = whole && at.after.trim_end_matches([')', ']', '*', '_', ' ', '.']).is_empty();
            is_bracketed(hit)
                && (matches!(hit.piece.block, Block::Heading(_)) || (ends && hit.piece.block == Block::Item))
        }
        _ if is_bracketed(hit) => true,
        Kind::Open if at.label.is_some() => is_value,
        Kind::Open => is_open_in_sentence(hit),
        Kind::Work if todo_is_a_word => at.ends && is_value,
        Kind::Work if at.label.is_some() => {
            (at.ends || at.introduces || begins_value(hit))
                && is_value
                && !at.label.is_some_and(|it| PROGRESS.is_match(it))
        }
        Kind::Work => is_work_in_sentence(hit),
    }
}

/// Whether a marker is the subject of its sentence: quoted, one of a list of markers, part of a name, struck out.
fn is_spoken_of(hit: &Hit<'_>) -> bool {
    let work = matches!(hit.kind, Kind::Work | Kind::Progress);
    hit.at.quoted
        || hit.is_marked(Mark::Strikethrough)
        || NOUN_AFTER.is_match(hit.at.after)
        || LISTED_BEFORE.is_match(hit.at.before)
        || PAST.is_match(hit.at.before)
        // A link to `TODO.md`; a task that is a note is a matter of its own.
        || (work && (hit.piece.link(&hit.range).is_some() || hit.piece.task))
}

/// `todo: add it`, `Owner: tbd`, `(tbd)`, `the date is tbd`.
fn is_hole_in_small_letters(hit: &Hit<'_>, todo_is_a_word: bool) -> bool {
    let at = &hit.at;
    let whole = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
    match hit.kind {
        Kind::Open => {
            let value = at.label.is_some_and(|it| !is_talk(it)) || STILL.is_match(at.before.trim_end());
            whole || (at.ends && value)
        }
        Kind::Blank => at.ends && at.label.is_some_and(|it| !is_talk(it)),
        _ => {
            at.opens
                && [": ", ":\n"].iter().any(|it| at.after.starts_with(it))
                && !todo_is_a_word
                && !hit.words.contains([' ', '-'])
        }
    }
}

/// `Retry: TODO find the number`: a label and then a note in place of its value.
fn begins_value(hit: &Hit<'_>) -> bool {
    hit.at.after.starts_with(' ')
        && hit.at.before.trim_end().ends_with([':', '—', '–'])
        && !DEFINES.is_match(hit.at.after)
}

/// `TODO: add it` at the start of a sentence, and no definition of the word. One inside a quotation is what
/// somebody writes elsewhere; a bold one, and one that the quotation begins with, is a box of this page.
fn is_note(hit: &Hit<'_>) -> bool {
    let inside = hit.introduced || !hit.piece.words[..hit.range.start].trim().is_empty();
    let elsewhere = inside
        && hit.piece.quoted
        && hit.kind != Kind::Open
        && !hit.is_marked(Mark::Strong)
        && !hit.is_marked(Mark::Emphasis);
    !DEFINES.is_match(hit.at.after) && !elsewhere
}

/// `(TBD)`, `[TODO: add it]`, `(name TBD)`, and no remark about markers: `comments (TODO)`.
fn is_bracketed(hit: &Hit<'_>) -> bool {
    let Some(brackets) = &hit.at.brackets else { return false };
    let dated = hit.kind == Kind::Open && WHEN.is_match(brackets.tail);
    let remark = [" —", " –", ", ", "; "].iter().any(|it| brackets.tail.starts_with(it));
    let dated = dated || (hit.kind == Kind::Open && remark);
    let opens = brackets.head.is_empty();
    let edge = opens || (hit.kind != Kind::Progress && (brackets.tail.is_empty() || dated));
    // A title may end in "list" and speak of no markers.
    let title = hit.kind == Kind::Progress && matches!(hit.piece.block, Block::Heading(_));
    edge && (title || !ends_in_talk(brackets.before))
        && !ABOUT.is_match(brackets.head)
        && !REFERS.is_match(brackets.head)
        && !BRACKETED_WORDS.is_match(hit.at.after)
}

/// `(see the TODO)`.
static REFERS: Pattern = LazyLock::new(|| pattern(r"(?i)^(?:see|cf\.?|per|like)\s"));

/// `[TODO], [FIXME]`, `[TODO] markers`: words between brackets, not places of a text.
static BRACKETED_WORDS: Pattern = LazyLock::new(|| {
    pattern(
        r"^\](?:,\s*(?:or\s|and\s)?\[[A-Z]|\s+(?:markers?|comments?|tags?|placeholders?|entries|blocks?|prefix(?:es)?)\b)",
    )
});

/// `The date is TBD.`, `TBD after the audit`, `Model TBD by the team`.
fn is_open_in_sentence(hit: &Hit<'_>) -> bool {
    let at = &hit.at;
    let before = at.before.trim_end();
    let ends = at.ends || WHEN.is_match(at.after);
    // `TBD (to be decided) is a valid answer` speaks of the word.
    if at.after.trim_start().starts_with("(to be ") && !at.ends {
        return false;
    }
    // The table lists it as TBD.
    if before.ends_with(" as") {
        return false;
    }
    if GO_TO.is_match(before) {
        return true;
    }
    at.opens
        || UNIT.is_match(at.after)
        || STILL.is_match(before)
        || (ends && !DETERMINER.is_match(before) && !ends_in_talk(before))
}

/// `Browse TBD to learn more`: where the reader is sent.
static GO_TO: Pattern = LazyLock::new(|| {
    pattern(r"^\W*(?:See|Browse|Visit|Read|Contact|Call|Ask|Go to|Refer to|Check out)(?: the)?$")
});

/// `TODO add it`, `The valve is loud. TODO: ask`, `Picture TODO`.
fn is_work_in_sentence(hit: &Hit<'_>) -> bool {
    let at = &hit.at;
    if at.opens {
        // `**TODO** what if it is full?`
        let set_apart = hit.is_marked(Mark::Strong) && at.after.starts_with(' ') && hit.is_upper();
        return IMPERATIVE.is_match(at.after) || (set_apart && !DEFINES.is_match(at.after));
    }
    let spoken_of = DETERMINER.is_match(at.before.trim_end()) || ABOUT.is_match(at.before);
    let ends = at.ends && at.before.split_whitespace().count() <= 8 && !is_name(at.before);
    !spoken_of && (at.introduces || ends)
}

/// `#TBD` is a channel to come where a value belongs; elsewhere it is a tag.
fn is_channel(hit: &Hit<'_>, before: &str) -> bool {
    let cell = matches!(hit.piece.block, Block::Cell(_)) && before.trim().is_empty();
    let value = before.trim_end().ends_with(':') || before.trim_end().ends_with('=');
    hit.is_upper() && hit.at.ends && (cell || value)
}

/// The column that says what the words of the first one mean.
static MEANING: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:meanings?|definitions?|explanations?|stands for|descriptions?)\W*$")
});

/// A marker that is all there is: a whole cell, heading, item, line. Not where it is the name of itself.
fn stands_alone(hit: &Hit<'_>) -> bool {
    let upper = hit.is_upper();
    let value = matches!(hit.kind, Kind::Open | Kind::Blank);
    match &hit.piece.block {
        Block::Cell(cell) => {
            let progress =
                PROGRESS.is_match(cell.header()) || (cell.column > 0 && PROGRESS.is_match(&cell.row));
            let explained = || cell.headers.iter().any(|it| MEANING.is_match(it));
            let names_itself =
                GLOSSARY.is_match(cell.header()) || (cell.column == 0 && (!value || explained()));
            // "Which one would you take?" is for the reader to answer.
            let asked = hit.kind == Kind::Blank && cell.header().trim_end().ends_with('?');
            !cell.in_header && !asked && !names_itself && (value || (upper && !progress))
        }
        Block::Heading(_) => upper && (value || hit.kind == Kind::Work) && !hit.words.starts_with('X'),
        _ => upper || value,
    }
}

/// `TODO: add the call list` is an instruction to the author even between backticks; a mere `TODO: x` is one
/// that the text speaks about.
fn is_note_in_code(hit: &Hit<'_>) -> bool {
    let Some((code, _)) = hit
        .piece
        .marks
        .iter()
        .find(|(it, mark)| *mark == Mark::Code && opens_code(hit, it) && hit.range.end <= it.end)
    else {
        return false;
    };
    // `[TBD: your manager]` in place of a value.
    let bracketed = hit.at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.contains(' '));
    let missing = matches!(hit.kind, Kind::Open | Kind::Work);
    if bracketed && missing && hit.at.label.is_some_and(|it| !is_talk(it)) {
        return hit.is_upper();
    }
    let whole = *code == hit.range && hit.kind == Kind::Open && hit.is_upper();
    if whole && hit.at.ends && hit.at.label.is_some_and(|it| RESPONSIBLE.is_match(it) || CONTACT.is_match(it))
    {
        return true;
    }
    let note = hit.piece.words[hit.range.end..code.end].strip_prefix(':');
    let after = hit.piece.words[code.end..].trim_start_matches(['.', ' ', '*', '_', ')']);
    note.is_some_and(|it| it.split_whitespace().count() >= 3)
        && hit.at.opens
        && after.is_empty()
        && hit.is_upper()
}

fn opens_code(hit: &Hit<'_>, code: &std::ops::Range<usize>) -> bool {
    code.start == hit.range.start || hit.piece.words.get(code.start..hit.range.start) == Some("[")
}

/// A code block that consists of a marker: the command is what is missing.
pub(super) fn is_whole_code(hit: &Hit<'_>) -> bool {
    let words = &hit.piece.words;
    let bare = |it: &str| it.trim().trim_start_matches(['#', '/', ';', '-', '<', '!', '*', ' ']).is_empty();
    let lines = words[hit.range.end..].trim().lines().skip(1).count();
    let rest = words[hit.range.end..].lines().next().unwrap_or_default();
    (hit.is_upper() || (hit.kind == Kind::Open && words.trim() == hit.words))
        && bare(&words[..hit.range.start])
        && lines == 0
        && !words[..hit.range.start].contains('$')
        && (hit.kind == Kind::Open || rest.is_empty() || hit.at.introduces || rest.starts_with(' '))
}

/// Languages whose blocks hold values: `owner: TBD`.
pub(super) const DATA: [&str; 12] =
    ["", "yaml", "yml", "toml", "ini", "env", "properties", "text", "txt", "plaintext", "conf", "markdown"];

/// An open value in a settings file, a form in plain text, a remark in a tree of files.
pub(super) fn is_value_in_code(hit: &Hit<'_>, language: &str) -> bool {
    let at = &hit.at;
    let remark = at
        .brackets
        .as_ref()
        .is_some_and(|it| it.head.is_empty() && it.tail.is_empty() && it.before.contains('#'));
    // `├── alarms/   # TBD`
    let tree = at.ends && at.before.trim_end().ends_with('#') && at.before.contains(['├', '└']);
    let value =
        at.label.is_some_and(|it| it.split_whitespace().count() <= 4 && !it.contains(['(', '|', '`']))
            && (at.ends || at.after.starts_with(" — "))
            && DATA.contains(&language);
    let note = hit.kind == Kind::Work
        && value
        && SETTINGS.contains(&language)
        && !at.label.is_some_and(|it| PROGRESS.is_match(it) || is_talk(it));
    let unknown = value && hit.words.starts_with('?');
    hit.is_upper() && !at.quoted && ((hit.kind == Kind::Open && (remark || value || tree)) || note || unknown)
}

/// A value of the front matter that is a marker or begins with one.
pub(super) fn is_front_matter_value(hit: &Hit<'_>, key: &str) -> bool {
    let listing = matches!(key, "tags" | "tag" | "keywords" | "labels" | "categories" | "aliases" | "tools");
    let whole = hit.range.len() == hit.piece.words.trim().len();
    let open = matches!(hit.kind, Kind::Open | Kind::Blank);
    let progress = PROGRESS.is_match(key) && !open;
    // `title: Locks [TODO: split]`
    let note = hit.is_upper()
        && hit.at.introduces
        && hit.at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && !ends_in_talk(it.before));
    let begins = hit.at.opens
        && (hit.is_upper() || open)
        && (whole || hit.at.ends || hit.at.introduces || IMPERATIVE.is_match(hit.at.after));
    !listing && !progress && (begins || note)
}

/// Whether a label introduces a marker as such: `Search for: TODO`.
fn is_talk(label: &str) -> bool {
    GLOSSARY.is_match(label) || ABOUT.is_match(label)
}

/// Whether the last words speak about markers: `comments (TODO)`.
fn ends_in_talk(before: &str) -> bool {
    let before = before.rsplit([':', ';', '.']).next().unwrap_or(before);
    let words: Vec<&str> = before.split_whitespace().collect();
    let last = words[words.len().saturating_sub(2)..].join(" ");
    ABOUT.is_match(&last) || GLOSSARY.is_match(&last)
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
