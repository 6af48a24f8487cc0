//! Looks words up: which class of words stands at a place in the tokens.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tokens::{self, Token};
use super::{units, words};
use crate::model::fact::{Objective, Role};

/// What words do in a statement about recovery objectives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Class {
    /// The name of an objective.
    Kind(Objective),
    /// Another thing with the same abbreviation.
    Foreign(Objective),
    /// Says what a value claims to be.
    Says(Role),
    /// A unit of time in seconds; none where a calendar decides.
    Unit(Option<f64>),
    /// A number word.
    Number(f64),
    /// Stands between the ends of a range.
    RangeWord,
    /// Stands before a range.
    BetweenWord,
    /// Stands between the parts of a compound duration.
    AndWord,
    /// "at most", "about": dropped before a value.
    Bound,
    /// Leads from a label to its value in a sentence.
    Link,
    /// Joins two names: "RTO and RPO".
    Join,
    /// Begins the scope of a value: "4 hours for orders".
    Preposition,
    /// Makes what follows a condition.
    Condition,
    /// Makes what follows an example.
    Example,
    /// Tells the reader what to do.
    Advice,
    /// Makes a duration an interval or an age.
    Frequency,
    /// After or before a name: the whole is not the label of a value.
    NotALabel,
    /// Between a value and a name: the value is not the name's.
    NotAGap,
    /// A value in words.
    Soft,
    /// Instead of a value.
    Nothing,
    /// "N/A".
    Inapplicable,
    /// Zero in words.
    NoLoss,
    /// Denies that an objective exists.
    Undefined,
    /// What an objective may not be yet.
    Formal,
    /// In a label, beside the name, without a meaning of its own.
    Filler,
    /// In a heading, says nothing about the scope.
    Generic,
    /// What a service is after recovery.
    Restored,
    /// Headings of sections that state nothing.
    Dismissed,
    /// Columns of tables that compare strategies or industries.
    StrategyColumn,
    /// What something costs.
    Cost,
    /// Names of strategies.
    Strategy,
    /// Columns of ways to do it.
    Approach,
    /// What may be lost or restored, although the same word makes another thing of a label.
    Asset,
    /// In a title: the page tells what was done.
    Report,
    /// Beside a value: it is one of several choices, and this is when to take it.
    Suitability,
    /// Someone's words are told, not the document's.
    Reported,
    /// It is not so, or only may be.
    Hypothetical,
    /// Makes a value history where no role stands beside it.
    Past,
    /// Makes a label one of earlier days.
    Former,
    /// Ends the history.
    Now,
    /// Marks the row of a comparison that is meant.
    Ours,
    /// Columns that hold values.
    ValueColumn,
    /// Columns that say what a row is about, wherever they stand.
    ScopeColumn,
    /// Columns that hold no objective, whatever they look like.
    NotesColumn,
}

/// Words in their normal form, with a class.
type Phrase = (Box<[Box<str>]>, Class);

/// Phrases by their first word, longest first.
static PHRASES: LazyLock<HashMap<Box<str>, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<Box<str>, Vec<Phrase>> = HashMap::new();
    for (class, row) in words::WORDS.iter().chain(units::UNITS).chain(units::NUMBERS) {
        for entry in row.split(',') {
            let words: Box<[Box<str>]> =
                tokens::words(entry).into_iter().map(String::into_boxed_str).collect();
            if let Some(first) = words.first() {
                phrases.entry(first.clone()).or_default().push((words, *class));
            }
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    phrases
});

/// The longest phrase at a place for which `pick` gives something, with the index after it.
pub(super) fn find<T>(tokens: &[Token], at: usize, pick: impl Fn(Class) -> Option<T>) -> Option<(T, usize)> {
    let first = tokens.get(at)?;
    PHRASES.get(first.norm.as_str())?.iter().find_map(|(words, class)| {
        let found = pick(*class)?;
        let mut end = at + 1;
        for word in &words[1..] {
            // "real-time" is "real time".
            if tokens.get(end).is_some_and(|it| it.norm == "-") && **word != *"-" {
                end += 1;
            }
            if tokens.get(end)?.norm != **word {
                return None;
            }
            end += 1;
        }
        Some((found, end))
    })
}

/// The index after the longest phrase of a class at a place.
pub(super) fn is(tokens: &[Token], at: usize, class: Class) -> Option<usize> {
    find(tokens, at, |it| (it == class).then_some(())).map(|(_, end)| end)
}

/// Whether a phrase of a class stands anywhere.
pub(super) fn any(tokens: &[Token], class: Class) -> bool {
    (0..tokens.len()).any(|at| is(tokens, at, class).is_some())
}

/// The name of an objective at a place.
pub(super) fn kind(tokens: &[Token], at: usize) -> Option<(Objective, usize)> {
    find(tokens, at, |it| if let Class::Kind(kind) = it { Some(kind) } else { None })
}

/// A word about the role at a place. Real time is how soon data are copied, and no time that was measured.
pub(super) fn role(tokens: &[Token], at: usize) -> Option<(Role, usize)> {
    let is = |at: Option<usize>, words: &[&str]| {
        at.and_then(|it| tokens.get(it)).is_some_and(|it| words.contains(&it.norm.as_str()))
    };
    let real_time = is(Some(at), &["reel", "real", "reale"])
        && is(at.checked_sub(1), &["temps", "tiempo", "tempo"])
        && !is(Some(at + 1), &["de", "di", "du"]);
    if real_time {
        return None;
    }
    find(tokens, at, |it| if let Class::Says(role) = it { Some(role) } else { None })
}

/// A unit of time at a place.
pub(super) fn unit(tokens: &[Token], at: usize) -> Option<(Option<f64>, usize)> {
    find(tokens, at, |it| if let Class::Unit(seconds) = it { Some(seconds) } else { None })
}

/// A number word at a place.
pub(super) fn number(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    find(tokens, at, |it| if let Class::Number(value) = it { Some(value) } else { None })
}
