//! Words in square brackets: prompts of a template, or one of the many other things that look alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::position::{MOST, Position};
use super::readers::Readers;
use super::slot::{in_model_section, is_value};
use super::words::{CONTACT, PROMPTS, Pattern, SLOT_WORDS, pattern};
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

static BRACKETS: Pattern = LazyLock::new(|| pattern(r"\[([^\[\]]{1,90})\]"));

/// What only a template says, whoever reads it.
pub(super) static PLAIN_PROMPT: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:your(?:[\s_-]|domain|company|org|team|name|e-?mail)|insert\s|fill in\b|e\.g\.|link to\s|(?:screenshot|diagram|image|picture|photo|chart|logo)(?:\s(?:of|here)|:\s|\s?placeholder|$)|(?:company|organi[sz]ation|organi[sz]ation's|client|customer|team|service|system|project|product)\s(?:name|logo)$|placeholder\b)",
    )
});

/// A number or a date to come: `[XX]`, `[X hours]`, `[YYYY-MM-DD]`.
static UNKNOWN_NUMBER: Pattern = LazyLock::new(|| {
    pattern(
        r"^[$€£#]?(?:X{2,}|X|N|#+|\?+|\d*X+%?)(?:\s(?:hours?|minutes?|days?|weeks?|months?|percent|%|users?|GB|TB|MB))?%?$|^(?:YYYY|DD|MM|HH|Month)[-/:., YMDHYSmonthday]*$",
    )
});

/// What stands after `[X]` where it is a number to come.
pub(super) static UNIT: Pattern = LazyLock::new(|| {
    pattern(
        r"^\s?(?:%|hours?|minutes?|mins?|days?|weeks?|months?|quarters?|years?|seconds?|secs?|ms|users?|GB|TB|MB|requests?|times)\b",
    )
});

/// Sentences about buttons, keys and other brackets on a screen, and about forms.
static SCREEN: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:click|press|select|choose|tap|hit|button|menu|key|type|enter|shows?|displays?|prints?|output|logs?|format|formats|syntax|pattern|template|placeholders?|replace|substitut\w+|convention|usage|prefix|titled?|subject|looks? like|such as|notation|brackets?)\b|e\.g\.|for example",
    )
});

/// What the rule about markers reports.
static MARKED: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:TODO|FIXME|TBD|TBA|TBC|XXX|WIP|to be \w+ed|coming soon)\b"));

/// Single words whose brackets are more often a link without a destination.
static OFTEN_A_LINK: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^(?:next|previous|support|docs|a|an|the|of|and|or|for|to|x|here|insert)$")
});

/// `[Organization] must…`: a policy that was copied.
static NAMES_AN_ORGANISATION: Pattern =
    LazyLock::new(|| pattern(r"(?i)^(?:company|organi[sz]ation|agency|institution)$"));

/// A verb that is all of a value.
static ALONE_PROMPT: Pattern = LazyLock::new(|| pattern(r"(?i)^(?:insert|fill in|enter|to fill|complete)$"));

/// Words that a value in a sentence follows: "call [local emergency number]".
static GOVERNED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:to|by|from|in|at|dial|of|with|on|for|is|call|contact|e-?mail|notify|the|an?|our|your)\s\W*$",
    )
});

/// Sentences that send the reader to somebody.
static TURNS_TO: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:call|dial|ring|contact|page|escalate|notify|e-?mail|reach)\b"));

/// Several words of which the last says what a form asks for.
static ENDS_IN_SLOT: Pattern = LazyLock::new(|| {
    pattern(r"(?i)\s(?:names?|title|e-?mails?|number|dates?|url|link|address|contacts?|phone|extension)$")
});

/// Remarks about a value, not the place of one.
static OPTIONAL: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:optional|required|mandatory|none|n/?a|redacted|removed|hidden|deprecated|new|sic|\d[\d.]*)$|(?:auto|automatic(?:ally)?)[\s-]|(?:generated|calculated|computed|derived|encrypted|populated)(?:$|\s(?:by|from|at|on)\s))",
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
    let found = BRACKETS.captures_iter(words).take(MOST).filter_map(|it| Some((it.get(0)?, it.get(1)?)));
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
    // "Why not [insert your favourite here]?"
    if at.after.starts_with('?') && at.label.is_none() && !at.alone {
        return false;
    }
    if at.quoted || piece.task && !at.ends || MARKED.is_match(inside) || in_model_section(piece, page) {
        return false;
    }
    let words: Vec<&str> = inside.split_whitespace().collect();
    let several = words.len() > 1;
    let is_upper = !inside.contains(char::is_lowercase);
    let value = is_value(piece, &range);
    let heading = matches!(piece.block, Block::Heading(_));
    // Where a value or a whole sentence belongs, brackets are no button and no key.
    let placed = value || at.alone || (at.opens && at.ends);
    let screen = SCREEN.is_match(at.before) || (piece.quoted && !value) || is_on_a_way(at.before, at.after);
    let sentence = !screen && readers != Readers::Strangers;

    if PLAIN_PROMPT.is_match(inside) {
        let yours = inside.to_lowercase().starts_with("your");
        return placed || heading || sentence || (yours && !screen);
    }
    if PROMPTS.is_match(inside) && several {
        // `[Add User]` is a button, `[Add the user]` a prompt.
        let spoken = is_upper || words[1..].iter().any(|it| it.starts_with(char::is_lowercase));
        return spoken && !screen && (placed || sentence);
    }
    if UNKNOWN_NUMBER.is_match(inside) {
        let counted = several || (inside != "N" && UNIT.is_match(at.after));
        return (counted && (value || sentence)) || (value && inside.len() > 2);
    }
    let among_contacts = || {
        piece.headings(page).last().is_some_and(|it| CONTACT.is_match(&it.text))
            || at.label.is_some_and(|it| CONTACT.is_match(it) && it.len() <= 60)
    };
    if OPTIONAL.is_match(inside) {
        return false;
    }
    if value && inside.contains(char::is_alphabetic) && words.len() <= 6 && among_contacts() {
        return true;
    }
    if value && several && readers != Readers::Strangers && follows_bold_label(piece, &range, inside) {
        return true;
    }
    let spoken = sentence && !heading && !piece.quoted && GOVERNED.is_match(at.before);
    if is_upper && several && spoken && inside.contains(char::is_alphabetic) {
        return true;
    }
    if value && ALONE_PROMPT.is_match(inside) {
        return true;
    }
    // `[Founder or deputy name]`
    let capital = inside.starts_with(char::is_uppercase);
    if value && several && capital && readers != Readers::Strangers && ENDS_IN_SLOT.is_match(inside) {
        return true;
    }
    if !SLOT_WORDS.is_match(inside) {
        return false;
    }
    if !inside.starts_with(char::is_uppercase) {
        // A sentence with more than one is a form.
        let form = several || piece.words.matches('[').count() > 1;
        let spoken = form && sentence && GOVERNED.is_match(at.before);
        let called = sentence && governed_contact(at.before) && !piece.quoted;
        return called
            || (value && (SMALL.is_match(inside) || (several && readers != Readers::Strangers)))
            || spoken;
    }
    if several {
        return placed || heading || sentence;
    }
    if OFTEN_A_LINK.is_match(inside) {
        return false;
    }
    let governed = GOVERNED.is_match(at.before);
    if is_upper && governed && sentence && !heading && !piece.quoted {
        return true;
    }
    let named =
        NAMES_AN_ORGANISATION.is_match(inside) || (is_upper && readers == Readers::Operators && !heading);
    value || (named && sentence)
}

/// `Settings → [Your berth] → Alarms`: the way through a menu.
fn is_on_a_way(before: &str, after: &str) -> bool {
    let arrows = ["→", "->", ">", "›", "»"];
    let (before, after) = (before.trim_end(), after.trim_start());
    arrows.iter().any(|it| before.ends_with(it)) && arrows.iter().any(|it| after.starts_with(it))
}

/// "Call the help desk at [extension]".
fn governed_contact(before: &str) -> bool {
    GOVERNED.is_match(before) && TURNS_TO.is_match(before)
}

/// `**Prepared by**: [Name, trade]`: whatever a form asks for after a bold label, in words.
fn follows_bold_label(piece: &Piece, range: &Range<usize>, inside: &str) -> bool {
    let before = piece.words[..range.start].trim_end();
    let end = before.trim_end_matches([':', ' ']).len();
    let bold = piece
        .marks
        .iter()
        .any(|(it, mark)| *mark == Mark::Strong && (it.end == end || it.end == before.len()));
    bold && inside.starts_with(char::is_uppercase) && inside.contains(char::is_lowercase)
}
