//! Promises in the future tense: "the steps will be added later".

use std::sync::LazyLock;

use super::clause::is_short;
use super::position::Position;
use super::words::{PART_OF_DOCUMENT, Pattern, WHEN, pattern};

/// "More checks", "this feature".
static MORE: Pattern =
    LazyLock::new(|| pattern(r"(?i)^\W*(?:more|further|additional|this|these)\s(?:[\w-]+\s){1,2}$"));

/// What documents promise.
static PROMISED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:more |further |the )?(?:details|documentation|docs|instructions|screenshots?|diagrams?|information|links?)\s*$",
    )
});

/// "Full content, including the list of alarms, …".
static OWED: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:more|further|full|detailed|complete|additional) (?:[\w-]+ )?(?:details|documentation|docs|instructions|screenshots?|diagrams?|information|content|examples|tutorials|guides?)\b",
    )
});

/// "In phase 2", "in version 3".
static LATER: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\s(?:in|with) (?:phases?|versions?|v\d|q[1-4]\b|20\d\d|(?:the|a|an) (?:next|future|coming|upcoming|later|final|subsequent)|upcoming|future|subsequent|later)\b",
    )
});

/// Whether a sentence in the future tense promises something of the document; `governed`: it is an ordinary
/// infinitive.
pub(super) fn is_promised(words: &str, at: &Position<'_>, governed: bool) -> bool {
    if OWED.is_match(at.before) && (at.ends || LATER.is_match(at.after)) && !governed {
        return true;
    }
    let of_a_part = PART_OF_DOCUMENT.is_match(at.before) || at.before.trim().is_empty();
    // Without a word that says when, only what documents promise: "details will be provided".
    let words = words.to_lowercase();
    let dated = !words.ends_with("ed") && !words.ends_with("written");
    let promised = PROMISED.is_match(at.before);
    // "More checks will be added soon" promises, whatever follows.
    if words.contains(" here ") {
        return at.ends && of_a_part && is_short(at.before, 5) && !governed;
    }
    let soon = ["soon", "shortly", "later"].iter().any(|it| words.ends_with(it));
    if soon && !governed && (at.opens || MORE.is_match(at.before)) {
        return true;
    }
    (at.ends || WHEN.is_match(at.after))
        && of_a_part
        && (dated || promised)
        && is_short(at.before, 12)
        && !governed
}
