//! Sentences that only authors write to themselves: "to be added", "coming soon", "lorem ipsum".

use std::ops::Range;
use std::sync::LazyLock;

use super::clause::{clause, is_noun_phrase, is_short, says_still};
use super::dummy::SHELLS;
use super::future::is_promised;
use super::hole::DATA;
use super::languages::{SAYS_IT_OF_THIS, STILL_OPEN};
use super::phrases::{Class, PHRASES};
use super::position::{MOST, Position};
use super::sentence::{is_about_text, is_unset};
use super::subject::{explains_a_word, is_missing, is_promise, is_undecided, says_progress};
use super::words::{ENDS_IN_PART, GOVERNS, PART_OF_DOCUMENT, PROGRESS, Pattern, WHEN, pattern};
use crate::finding::Severity;
use crate::model::page::Page;
use crate::model::prose::{Block, Mark, Piece};

/// What makes filler text the subject.
static FILLER_TALK: Pattern = LazyLock::new(|| {
    pattern(r"(?i)^\W*\s*(?:text|generator|paragraphs?|words?|content|placeholder|is|are|as|for|style)\b")
});

/// The phrases of a piece that stand for something that is missing, each with its level.
pub(super) fn find(piece: &Piece, page: &Page) -> Vec<(Range<usize>, Severity)> {
    let mut found: Vec<(Range<usize>, Severity)> = Vec::new();
    for (class, phrase) in PHRASES.iter() {
        for hit in phrase.find_iter(&piece.words).take(MOST) {
            let range = hit.range();
            if found.iter().any(|(it, _)| it.start < range.end && range.start < it.end) {
                continue;
            }
            if let Some(severity) = judge(piece, page, &range, *class) {
                found.push((range, severity));
            }
        }
    }
    found.sort_by_key(|(it, _)| it.start);
    found
}

fn judge(piece: &Piece, page: &Page, range: &Range<usize>, class: Class) -> Option<Severity> {
    let code = matches!(piece.block, Block::Code(_));
    let at = Position::of(piece, range, code);
    // `(to be added)`, `(pictures to be added)`, and no function `(of the item to be added to the list)`.
    let bracketed = at.brackets.as_ref().is_some_and(|it| {
        let whole = it.tail.is_empty() || WHEN.is_match(it.tail);
        let whole = whole || (class == Class::Open && WITH.is_match(it.tail));
        let noun = || is_noun_phrase(it.head) && !GOVERNS.is_match(it.head);
        !it.tail.starts_with(" to ") && (it.head.is_empty() || (whole && noun()))
    });
    match &piece.block {
        // In a tree of files or a settings file, as a remark.
        Block::Code(index) => {
            let language = page.code_blocks.get(*index).map_or("", |it| it.language.as_str());
            let remark = at.brackets.as_ref().is_some_and(|it| it.before.contains(['#', '←', '├', '└', '/']));
            let known = matches!(class, Class::Open | Class::Missing | Class::Promise | Class::Other);
            let filled = DATA.contains(&language)
                && at.ends
                && at.label.is_some_and(|it| {
                    it.split_whitespace().count() <= 4 && it.starts_with(char::is_uppercase)
                })
                && !piece.words[range.clone()].contains(char::is_lowercase)
                && matches!(class, Class::Open | Class::Missing | Class::Unset);
            if filled {
                return Some(Severity::Warning);
            }
            let remark =
                remark && (DATA.contains(&language) || SHELLS.contains(&language)) && language != "markdown";
            let whole = is_lone_remark(&piece.words, range);
            return (known && (whole || (bracketed && remark))).then_some(Severity::Warning);
        }
        Block::Comment => {
            let open = matches!(class, Class::Open | Class::Missing | Class::Promise);
            return (open && at.ends && is_short(at.before, 5) && !GOVERNS.is_match(at.before))
                .then_some(Severity::Info);
        }
        Block::FrontMatter(_) => {
            return ((at.alone || (at.opens && class == Class::Filler))
                && class != Class::State
                && class != Class::Instruction)
                .then_some(Severity::Error);
        }
        _ => {}
    }
    if is_title_of_box(&piece.words, range) && matches!(class, Class::State | Class::Promise) {
        return Some(Severity::Error);
    }
    // "Coming soon" (not "What comes next") is a wording.
    if at.after.trim_start().starts_with("(not \"") {
        return None;
    }
    let hidden = piece.is_marked(range, |it| matches!(it, Mark::Code | Mark::Strikethrough));
    if hidden || at.quoted || piece.task {
        return None;
    }
    is_hole(piece, range, class, &at, bracketed).then_some(Severity::Error)
}

/// The start of a box up to its title: `!!! warning "`, `:::note[`.
static BOX: Pattern = LazyLock::new(|| pattern(r#"^(?:!!!|\?\?\?\+?|:{3,})\s?[a-z]+\s*["\[{]?$"#));

/// Whether words are the title of a box: `!!! warning "Under construction"`.
fn is_title_of_box(words: &str, range: &Range<usize>) -> bool {
    let before = words[..range.start].rsplit('\n').next().unwrap_or_default();
    let rest = words[range.end..].split('\n').next().unwrap_or_default();
    BOX.is_match(before) && rest.trim_matches(['"', ']', '}', ' ', '!', '.']).is_empty()
}

/// `# To be documented`, if there is nothing else in a code block.
fn is_lone_remark(words: &str, range: &Range<usize>) -> bool {
    let bare = |it: &str| !it.contains(char::is_alphanumeric) && !it.contains(['$', '"']);
    bare(&words[..range.start]) && bare(&words[range.end..])
}

fn is_hole(piece: &Piece, range: &Range<usize>, class: Class, at: &Position<'_>, bracketed: bool) -> bool {
    let heading = matches!(piece.block, Block::Heading(_));
    let cell = matches!(piece.block, Block::Cell(_));
    let ends = at.ends || WHEN.is_match(at.after);
    let value = at.label.is_some_and(|it| !it.is_empty()) && ends;
    let governed = GOVERNS.is_match(clause(at.before));
    if matches!(&piece.block, Block::Cell(cell) if explains_a_word(cell)) {
        return false;
    }
    match class {
        Class::Filler => !FILLER_TALK.is_match(at.after) && at.opens,
        Class::Sentence => is_about_text(piece, range, at),
        Class::Note => at.opens && at.introduces,
        Class::Unset => {
            let state = at.label.is_some_and(|it| PROGRESS.is_match(it)) || says_progress(piece);
            !state && (value || (at.alone && !heading) || is_unset(piece, range, at))
        }
        Class::Verb => {
            let whole = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
            let state = at.label.is_some_and(|it| PROGRESS.is_match(it)) || says_progress(piece);
            !state && !governed && (whole || value || (cell && at.alone))
        }
        Class::Pending => {
            let state = match &piece.block {
                Block::Cell(cell) => PROGRESS.is_match(cell.header()) || PROGRESS.is_match(&cell.row),
                _ => at.label.is_some_and(|it| PROGRESS.is_match(it)),
            };
            !state && (value || (cell && at.alone))
        }
        // Square brackets are slots.
        Class::Instruction => {
            let whole = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
            let before = at.brackets.as_ref().map_or("", |it| it.before).trim_end_matches(['*', '_', ' ']);
            let note = at.brackets.as_ref().is_some_and(|it| {
                it.head.is_empty()
                    && is_short(it.tail, 8)
                    && (before.is_empty() || before.ends_with(':') || heading || AFTER.is_match(it.tail))
            });
            let in_round = (whole || note) && piece.words[..range.start].ends_with('(');
            let names_itself = piece.words[range.clone()].eq_ignore_ascii_case("placeholder");
            // `(a grey box, placeholder for now)`
            let for_now = at.brackets.as_ref().is_some_and(|it| it.tail.is_empty())
                && piece.words[range.clone()].to_lowercase().ends_with("for now");
            (in_round && !(cell && names_itself))
                || for_now
                || (at.ends
                    && piece.words[range.clone()].to_lowercase().starts_with("please")
                    && at.label.is_some())
                || (at.alone && !piece.words[..range.start].ends_with('[') && (cell || !names_itself))
        }
        Class::State => {
            let whole = at.brackets.as_ref().is_some_and(|it| it.head.is_empty() && it.tail.is_empty());
            let value = at.ends && at.label.is_some_and(|it| !PROGRESS.is_match(it));
            let word = piece.words[range.clone()].eq_ignore_ascii_case("stub");
            if word {
                return at.alone && piece.block == Block::Paragraph;
            }
            let of_a_part = at.ends && is_short(at.before, 2) && ENDS_IN_PART.is_match(at.before.trim_end());
            let of_this = (at.ends || at.after.starts_with(','))
                && UNDER_WORK.is_match(at.before)
                && !GOVERNS.is_match(at.before);
            // "Prototype, work in progress."
            let fragment = at.ends
                && piece.block == Block::Paragraph
                && at.before.trim_end().ends_with(',')
                && is_short(at.before, 3);
            !says_progress(piece)
                && (fragment
                    || of_a_part
                    || of_this
                    || at.alone
                    || value
                    || (heading && (whole || (at.opens && at.after.trim() == ":"))))
        }
        Class::Promise if matches!(&piece.block, Block::Cell(cell) if PROGRESS.is_match(cell.header())) => {
            false
        }
        Class::Promise => {
            let named = at.ends
                && at.before.ends_with(" is ")
                && piece.is_marked(range, |it| matches!(it, Mark::Strong | Mark::Emphasis));
            // A line of its own in a wrapped paragraph, with its own subject.
            let line = at.before.rsplit_once('\n').is_some_and(|(_, it)| it.trim().is_empty());
            let own = line && at.ends && piece.words[range.clone()].contains(char::is_whitespace);
            let own = own && !piece.words[range.clone()].to_lowercase().starts_with("coming");
            at.alone
                || bracketed
                || value
                || own
                || (at.opens && at.introduces)
                || (named && is_short(at.before, 5))
                || (at.ends && (heading || is_promise(at.before)))
        }
        Class::Future => is_promised(&piece.words[range.clone()], at, governed),
        Class::Other => {
            let words = &piece.words[range.clone()];
            // "Die Schritte sind wie folgt", "daraus folgt".
            if matches!(words.to_lowercase().as_str(), "folgt" | "folgen") {
                return at.alone || bracketed || (value && !at.before.trim_end().ends_with("wie"));
            }
            let said = (at.ends || (at.after.starts_with(',') && words.contains(" zu ")))
                && is_short(at.before, 6)
                && (STILL_OPEN.is_match(words) || SAYS_IT_OF_THIS.is_match(at.before));
            // Written in capitals it is a marker.
            let marker =
                at.opens && words.contains(char::is_uppercase) && !words.contains(char::is_lowercase);
            let remark = at.label.is_some_and(|it| !it.is_empty())
                && is_short(at.after.split('\n').next().unwrap_or_default(), 4);
            let title = heading && at.opens && words.to_lowercase().starts_with("noch ");
            at.alone || bracketed || value || remark || title || (at.opens && at.introduces) || said || marker
        }
        // `TBD (to be decided)` says what the word means; the word itself is judged.
        Class::Open if ends_in_marker(at) => false,
        // A place in a format that is kept free.
        // "The winner was yet to be announced."
        Class::Open if ["was yet ", "were yet "].iter().any(|it| at.before.ends_with(it)) => false,
        Class::Open if at.before.trim_end_matches([' ', '-', '–', ',', ':']).ends_with("reserved") => false,
        Class::Open => {
            let agreed = WITH.is_match(at.after) && (at.label.is_some() || says_still(at.before));
            at.alone
                || bracketed
                || (at.opens && ends)
                || (!governed && (value || agreed || is_undecided(at, ends)))
        }
        Class::Missing => {
            at.alone
                || bracketed
                || (at.opens && ends && !heading)
                || (!governed && (value || (ends && is_missing(at.before))))
                || (at.ends && says_still(at.before) && PART_OF_DOCUMENT.is_match(clause(at.before)))
        }
    }
}

/// "(fill in after the first run)".
static AFTER: Pattern = LazyLock::new(|| pattern(r"(?i)^\s(?:after|once|later|when)\b"));

/// "To be confirmed with the provider".
static WITH: Pattern = LazyLock::new(|| pattern(r"(?i)^\s+with\s"));

/// "These tutorials are …", "the emulator is currently …".
static UNDER_WORK: Pattern = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:this|these|our|the) (?:[\w-]+ ){0,2}?(?:{part}|website|site|repo|repository|project) (?:is|are) (?:still |currently )?$|\b(?:is|are) (?:still|currently) $",
    )
});

fn ends_in_marker(at: &Position<'_>) -> bool {
    at.brackets
        .as_ref()
        .is_some_and(|it| ["TBD", "TBC", "TBA"].iter().any(|marker| it.before.ends_with(marker)))
}
