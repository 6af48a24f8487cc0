//! Words in square brackets: prompts of a template, or one of the many other things that look alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::position::Position;
use super::readers::Readers;
use super::slot::{in_model_section, is_value};
use super::words::{PROMPTS, Pattern, SLOT_WORDS, pattern};
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

static BRACKETS: Pattern = LazyLock::new(|| pattern(r"\[([^\[\]]{1,90})\]"));

/// What only a template says, whoever reads it.
static PLAIN_PROMPT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:your\s|insert\s|fill in\b|e\.g\.|link to\s|(?:screenshot|diagram|image|picture|photo|chart|logo)(?:\s(?:of|here)|:\s|\s?placeholder|$)|(?:company|organi[sz]ation|organi[sz]ation's|client|customer|team|service|system|project|product)\s(?:name|logo)$|placeholder\b)",
    )
});

/// A number or a date to come: `[XX]`, `[X hours]`, `[YYYY-MM-DD]`.
static UNKNOWN_NUMBER: Pattern = LazyLock::new(|| {
    pattern(
        r"^[$€£#]?(?:X{2,}|X|N|#+|\?+|\d*X+%?)(?:\s(?:hours?|minutes?|days?|weeks?|months?|percent|%|users?|GB|TB|MB))?%?$|^(?:YYYY|DD|MM|HH|Month)[-/:., YMDHYSmonthday]*$",
    )
});

/// What stands after `[X]` where it is a number to come.
static UNIT: Pattern = LazyLock::new(|| {
    pattern(r"^\s?(?:%|hours?|minutes?|mins?|days?|weeks?|months?|users?|GB|TB|MB|requests?|times)\b")
});

/// Sentences about buttons, keys and other brackets on a screen, and about forms.
static SCREEN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:click|press|select|choose|tap|hit|button|menu|key|type|enter|shows?|displays?|prints?|output|logs?|format|formats|syntax|pattern|template|placeholders?|replace|substitut\w+|convention|usage|prefix|titled?|subject|looks? like|such as|notation|brackets?)\b|e\.g\.|for example",
    )
});

/// Words that people do leave in small letters where a value belongs.
static SMALL: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:full|first|last|team|contact|manager|company|owner|your) )?(?:name|phone|e-?mail|phone number|telephone|number|date|link|contact|role|owner|manager|team|address|title|signature)(?:\s(?:here|number|address))?$",
    )
});

/// The prompts in brackets of a piece, brackets included.
pub(super) fn slots(piece: &Piece, page: &Page, readers: Readers) -> Vec<Range<usize>> {
    let words = piece.words.as_str();
    let found = BRACKETS.captures_iter(words).filter_map(|it| Some((it.get(0)?, it.get(1)?)));
    found
        .filter(|(whole, inside)| {
            is_free(piece, &whole.range())
                && is_slot(piece, page, readers, whole.range(), inside.as_str().trim())
        })
        .map(|(whole, _)| whole.range())
        .collect()
}

/// Whether brackets are no part of something else: a link, a type, a reference, code.
fn is_free(piece: &Piece, range: &Range<usize>) -> bool {
    let before = piece.words[..range.start].chars().next_back();
    let after = piece.words[range.end..].chars().next();
    let set_apart = |it: Mark| matches!(it, Mark::Code | Mark::Strikethrough | Mark::Link(_));
    !piece.is_marked(range, set_apart)
        && !before.is_some_and(|it| {
            it.is_alphanumeric() || matches!(it, ']' | '!' | '\\' | '[' | '_' | '<' | '`' | '"' | '“')
        })
        && !after
            .is_some_and(|it| matches!(it, '(' | '[' | ']' | '=' | '`' | '"' | '”') || it.is_alphanumeric())
}

fn is_slot(piece: &Piece, page: &Page, readers: Readers, range: Range<usize>, inside: &str) -> bool {
    let at = Position::of(piece, &range, false);
    if at.quoted || piece.task && !at.ends || in_model_section(piece, page) {
        return false;
    }
    let words: Vec<&str> = inside.split_whitespace().collect();
    let upper = |it: &str| it.chars().all(|it| !it.is_lowercase());
    let capital = inside.starts_with(char::is_uppercase);
    let value = is_value(piece, &range);
    let heading = matches!(piece.block, Block::Heading(_));
    let alone = at.alone || (at.opens && at.ends);
    let screen = SCREEN.is_match(at.before) || (piece.quoted && !value);
    let sentence = !screen && readers != Readers::Strangers;
    if PLAIN_PROMPT.is_match(inside) {
        let your = inside.to_lowercase().starts_with("your");
        return (value || alone || heading || !screen) && (value || alone || heading || your || sentence);
    }
    if PROMPTS.is_match(inside) && words.len() >= 2 {
        let spoken = words[1..].iter().any(|it| it.starts_with(char::is_lowercase)) || upper(inside);
        return spoken && (value || alone || sentence) && !screen;
    }
    if UNKNOWN_NUMBER.is_match(inside) {
        let counted = inside != "N" && UNIT.is_match(at.after) || words.len() > 1 || inside.len() > 2;
        return counted && (value || (sentence && (UNIT.is_match(at.after) || words.len() > 1)));
    }
    if !SLOT_WORDS.is_match(inside) {
        return false;
    }
    if !capital {
        return SMALL.is_match(inside) && value;
    }
    let single = words.len() == 1;
    let filler = matches!(
        inside.to_lowercase().as_str(),
        "x" | "a"
            | "an"
            | "the"
            | "of"
            | "and"
            | "or"
            | "for"
            | "to"
            | "here"
            | "next"
            | "previous"
            | "last"
            | "first"
            | "end"
            | "start"
            | "current"
            | "value"
            | "content"
            | "support"
            | "contact"
            | "contacts"
            | "insert"
            | "summary"
            | "description"
            | "details"
            | "internal"
            | "external"
            | "security"
            | "docs"
            | "info"
            | "information"
            | "infrastructure"
            | "backup"
            | "url"
            | "slack"
            | "website"
            | "project"
            | "app"
            | "application"
    );
    if single && filler {
        return value && !filler_link(inside);
    }
    value
        || (!single && (alone || heading || sentence))
        || (single && sentence && at.label.is_some() && at.ends)
        || (single && sentence && !heading && readers == Readers::Operators && upper(inside))
}

/// Words that are more often a link whose destination is missing.
fn filler_link(inside: &str) -> bool {
    matches!(
        inside.to_lowercase().as_str(),
        "next"
            | "previous"
            | "support"
            | "docs"
            | "a"
            | "an"
            | "the"
            | "of"
            | "and"
            | "or"
            | "for"
            | "to"
            | "x"
    )
}
