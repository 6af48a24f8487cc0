//! The words before a phrase in its sentence: whether they name a thing, govern what follows, or say "still".

use super::words::{DETERMINER, ENDS_IN_PART, STILL};

/// `The date is yet` says that something is open; `a number yet` only sets a noun apart.
pub(super) fn says_still(before: &str) -> bool {
    let subject = trim_verb(before);
    let verb = before.get(subject.len()..).unwrap_or_default().trim();
    STILL.is_match(before.trim_end()) && !matches!(verb, "yet" | "still" | "currently")
}

pub(super) fn is_short(before: &str, most: usize) -> bool {
    before.split_whitespace().count() <= most
}

/// The words before `is`, `are`, `still`.
pub(super) fn trim_verb(before: &str) -> &str {
    let mut rest = before.trim_end();
    while let Some(verb) = STILL.find(rest) {
        let shorter = rest[..verb.start()].trim_end();
        if shorter.len() == rest.len() {
            break;
        }
        rest = shorter;
    }
    rest
}

/// The last part of a sentence that stands for itself, which is where an infinitive is governed.
pub(super) fn clause(before: &str) -> &str {
    let before = after_label(before);
    let cut = [", but ", "; ", ", and "].iter().filter_map(|it| before.rfind(it).map(|at| at + it.len()));
    before.get(cut.max().unwrap_or(0)..).unwrap_or(before)
}

/// What follows a label or a dash in the sentence.
pub(super) fn after_label(before: &str) -> &str {
    let cut = [": ", " - ", " – ", " — ", "：", "→ "]
        .iter()
        .filter_map(|it| before.rfind(it).map(|at| at + it.len()))
        .max();
    before.get(cut.unwrap_or(0)..).unwrap_or(before)
}

pub(super) fn has_label(before: &str) -> bool {
    let rest = after_label(before);
    let label = &before[..before.len() - rest.len()];
    rest.len() < before.len() && label.chars().any(char::is_uppercase) && !rest.trim_end().ends_with('s')
}

pub(super) fn names_a_part(before: &str) -> bool {
    ENDS_IN_PART.is_match(trim_verb(before))
}

/// Few words without a determiner, as in a note: "application monitoring". With one they are a noun that the
/// infinitive belongs to: "the files to be added", "a number of bytes to be written".
pub(super) fn is_noun_phrase(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    !words.is_empty()
        && words.len() <= 6
        && !words
            .iter()
            .any(|it| DETERMINER.is_match(it) || it.eq_ignore_ascii_case("of") || it.contains('`'))
}
