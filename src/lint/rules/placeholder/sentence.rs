//! Whether a sentence about something that is not written is said of the document, or of data and software.

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::{clause, is_short};
use super::position::Position;
use super::words::{GOVERNS, PART_OF_DOCUMENT, Pattern, STILL, pattern};
use crate::model::prose::{Block, Mark, Piece};

/// What sets some things apart from others: "the pages that are …".
static RELATIVE: Pattern =
    LazyLock::new(|| pattern(r"(?i)\b(?:that|which|who|whose|what|where|if|when|no)\b"));

/// What stands between two commas after the subject.
static ASIDE: Pattern = LazyLock::new(|| pattern(r",[^,]+,\s*$"));

/// "Please note that …".
static AWARE: Pattern =
    LazyLock::new(|| pattern(r"(?i)^.*\b(?:note|mind|aware|remember)(?:, please,?)? that\s"));

/// How something is to be written.
static MANNER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:/\w+(?:[.;]|$)|\s(?:explicitly|separately|properly|fully|formally|here|in (?:more )?detail)(?:[.;]|$|\s(?:after|before|once|as soon)\b))",
    )
});

/// "There are more details …".
static THERE_ARE: Pattern = LazyLock::new(|| pattern(r"(?i)\bthere (?:is|are|may be|might be)\b"));

/// "This runbook …".
static OF_THIS_PAGE: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*this (?:\w+ )?(?:page|document|section|chapter|guide|runbook|playbook|procedure|policy|plan)\b",
    )
});

/// "The mapping is not yet defined": a decision that is open. Of a name in code it says how a program runs.
pub(super) fn is_unset(piece: &Piece, range: &Range<usize>, at: &Position<'_>) -> bool {
    let words = piece.words[range.clone()].to_lowercase();
    let open = ["defined", "decided", "agreed", "determined", "chosen"].iter().any(|it| words.ends_with(it));
    let names_code = piece.marks.iter().any(|(it, mark)| *mark == Mark::Code && it.end <= range.start);
    let alone = at.ends || at.after.starts_with(" here") || at.after.starts_with(" and should");
    open && alone
        && words.starts_with("not yet")
        && !names_code
        && !piece.quoted
        && matches!(piece.block, Block::Paragraph | Block::Item)
        && STILL.is_match(at.before.trim_end())
        && is_short(at.before, 7)
        && !RELATIVE.is_match(at.before)
        && !GOVERNS.is_match(clause(at.before))
}

/// "Not documented yet" is said of the text, "not written yet" also of data: then something follows.
pub(super) fn is_about_text(piece: &Piece, range: &Range<usize>, at: &Position<'_>) -> bool {
    let words = piece.words[range.clone()].to_lowercase();
    // "This section will be filled in by the harbour master", and no "This page will be updated each year".
    if words.contains(" will ") {
        let joined = [", ", ", and "].iter().any(|it| at.before.ends_with(it));
        let noted = at.label.is_some_and(|it| is_short(it, 2));
        return (at.opens || joined || noted)
            && !GOVERNS.is_match(at.before)
            && !at.after.starts_with(" if ")
            && !at.after.starts_with(" for you");
    }
    if words.starts_with("documentation") {
        // "Please note that the documentation is incomplete and partly wrong."
        let subject = AWARE.replace(at.before, "");
        let subject = subject.rsplit(", ").next().unwrap_or_default();
        return (at.ends || at.after.starts_with(" and "))
            && is_short(subject, 4)
            && !RELATIVE.is_match(subject)
            && !GOVERNS.is_match(subject);
    }
    if words.starts_with("do") {
        return at.ends && is_short(at.before, 7) && PART_OF_DOCUMENT.is_match(at.before);
    }
    if words.starts_with("yet") {
        // "The functions that are yet to be documented" only sets some apart.
        if at.alone {
            return true;
        }
        let open = STILL.is_match(at.before.trim_end()) || THERE_ARE.is_match(at.before);
        return open
            && !RELATIVE.is_match(at.before)
            && (!words.ends_with("written") || PART_OF_DOCUMENT.is_match(at.before));
    }
    if words.starts_with("still") {
        // "The wiring, including what goes to the pump, still needs to be documented."
        let subject = ASIDE.replace(at.before, "");
        return (at.ends || at.after.starts_with(',') || MANNER.is_match(at.after))
            && is_short(&subject, 14)
            && (!RELATIVE.is_match(&subject) || THERE_ARE.is_match(&subject))
            && !GOVERNS.is_match(clause(&subject));
    }
    if words.ends_with("missing") {
        let verb = words.contains(" is ") || words.contains(" are ");
        let sentence = piece.block == Block::Paragraph || (verb && piece.block == Block::Item);
        return sentence && !piece.quoted && at.opens && (at.ends || at.after.starts_with(','));
    }
    if words.ends_with("progress") && ["this is", "is ", "are "].iter().any(|it| words.starts_with(it)) {
        let subject = at.before.trim_start();
        let before = at.before.trim();
        let of_this = words.starts_with("this") && (at.opens || before.eq_ignore_ascii_case("note"));
        if of_this && at.after.starts_with(',') {
            return true;
        }
        let named = !at.opens && is_short(subject, 5) && !RELATIVE.is_match(subject);
        return at.ends && (of_this || named) && matches!(piece.block, Block::Paragraph | Block::Item);
    }
    if words.starts_with("ha") && words.contains(" no ") {
        let ends = at.ends || at.after.starts_with([',', ';']) || at.after.starts_with(" —");
        return ends
            && is_short(at.before, 10)
            && !RELATIVE.is_match(at.before)
            && !GOVERNS.is_match(clause(at.before));
    }
    if words.ends_with(" yet") && words.contains("no ") {
        return at.opens && at.ends && piece.block == Block::Paragraph;
    }
    if words == "has not been documented" {
        return at.ends
            && piece.block == Block::Paragraph
            && is_short(at.before, 3)
            && !RELATIVE.is_match(at.before);
    }
    if words.ends_with("been documented yet") {
        return at.ends && !GOVERNS.is_match(clause(at.before));
    }
    if words.starts_with("it ") || words.starts_with("this needs") || words.starts_with("this has") {
        return at.opens && at.ends;
    }
    let bracketed = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
    if bracketed && words.starts_with("not") {
        return true;
    }
    if words.contains("been created") {
        return at.ends && OF_THIS_PAGE.is_match(at.before);
    }
    if words.starts_with("this is") {
        return at.opens && !at.after.starts_with(" that") && !at.after.starts_with(" which");
    }
    if words.starts_with("ha") {
        let subject = at.before.trim_start().to_lowercase();
        return at.ends
            && is_short(at.before, 7)
            && (subject.starts_with("the ") || subject.starts_with("our "));
    }
    if ["not", "isn", "aren"].iter().any(|it| words.starts_with(it)) {
        let subject = at.before.trim_end();
        if matches!(piece.block, Block::Heading(_)) {
            return at.ends && at.label.is_some();
        }
        let whole = ASIDE.replace(subject.trim_end_matches([' ']), "");
        let documented = words.contains("documented")
            && (at.ends || at.introduces || at.after.starts_with(','))
            && is_short(&whole, 9)
            && (!RELATIVE.is_match(&whole) || THERE_ARE.is_match(&whole))
            && !GOVERNS.is_match(clause(&whole));
        return (at.opens && at.introduces)
            || documented
            || at.ends
                && (at.alone
                    || PART_OF_DOCUMENT.is_match(subject)
                    || subject.contains("planned")
                    || words.contains("documented") && is_short(subject, 8));
    }
    // "The default value is an empty list."
    if words.ends_with("empty") && !at.ends {
        return false;
    }
    let speaks_of_another = [" is empty", "are empty", " an empty"].iter().any(|it| words.contains(it));
    (at.opens || at.label.is_some() || at.before.trim_end_matches(' ').ends_with('\n'))
        && (!speaks_of_another || words.starts_with("this"))
        && !at.after.trim_start().starts_with("if")
}
