//! What is said about one name of a segment: where its value stands, and which role and scope it has.

use std::ops::Range;

use super::items::{self, Place};
use super::lexicon::{self, Class};
use super::mention::Mention;
use super::pairs;
use super::statement::{Above, Stated};
use super::tail::Tail;
use super::tokens::Token;
use super::value::{self, Accept, Found, Value};
use crate::model::fact::{Objective, Role, Status};

/// How far, in tokens, a word such as "if" reaches.
pub(super) const REACH: usize = 3;
/// How many words may stand between a name and its value in a sentence.
pub(super) const GAP: usize = 8;
/// How far back a parenthesis may open.
const PARENTHESIS: usize = 100;
/// How far into a clause its value may stand.
const CLAUSE: usize = 40;

/// Reads what is said about one name of a segment.
pub(super) struct Reader<'a> {
    /// The segment.
    pub(super) tokens: &'a [Token],
    /// The name.
    pub(super) mention: &'a Mention,
    /// Where the next name begins.
    pub(super) limit: usize,
    /// The first token that no earlier name has taken.
    pub(super) free: usize,
    /// What stands above the segment.
    pub(super) above: &'a Above,
    /// Whether it is the first name of the segment.
    pub(super) first: bool,
}

impl Reader<'_> {
    /// The tokens before the name, back to a mark that parts it from something else.
    pub(super) fn prefix(&self) -> Range<usize> {
        let before = &self.tokens[self.free..self.mention.start];
        let mark = before
            .iter()
            .rposition(|it| it.is_any(&[',', ';', '|', '(', ')', '→', ':', '—', '/', '.', '[', '{']));
        self.free + mark.map_or(0, |it| it + 1)..self.mention.start
    }

    /// The last word about the role before the name; else the label of the whole segment.
    pub(super) fn role(&self) -> Option<Role> {
        let last = |range: Range<usize>| {
            let tokens = &self.tokens[..range.end];
            range.rev().find_map(|at| lexicon::role(tokens, at).map(|(role, _)| role))
        };
        // "current RTO"
        let reaching = |range: Range<usize>| {
            range.rev().find_map(|at| lexicon::role(self.tokens, at).map(|(role, _)| role))
        };
        let prefix = self.prefix();
        reaching(prefix.clone())
            .or_else(|| last(self.bracketed(prefix.start)))
            .or_else(|| last(self.leading(prefix.start)))
            .or(self.above.role)
    }

    /// The words before the parenthesis around the name: "Validated (RTO 2 h, RPO 1 h)".
    fn bracketed(&self, end: usize) -> Range<usize> {
        let before = &self.tokens[..end];
        let mut depth = 0;
        let reach = end.saturating_sub(PARENTHESIS);
        let open = before[reach..].iter().rposition(|it| {
            depth += i32::from(it.is(')')) - i32::from(it.is('('));
            depth < 0
        });
        let Some(words) = open.map(|it| &before[..reach + it]) else { return end..end };
        let count = words.iter().rev().take(REACH).take_while(|it| it.is_word()).count();
        words.len() - count..words.len()
    }

    /// The words before the parenthesis around the name, or the segment's own label: "Targets: RTO 4 h, RPO 1 h".
    pub(super) fn leading(&self, end: usize) -> Range<usize> {
        let before = &self.tokens[..end];
        let label = before.iter().take(GAP).position(|it| it.is_any(&[':', '(', '—'])).unwrap_or(0);
        let words = before[..label].iter().rposition(|it| it.is_any(&[',', ';', '.'])).map_or(0, |it| it + 1);
        if label - words > 6 { label.saturating_sub(1)..label } else { words..label }
    }

    /// Whether only a comma, "and" or an article stands between the last value and this name.
    pub(super) fn follows(&self) -> bool {
        self.free > 0
            && (self.free..self.mention.start).all(|at| {
                let token = &self.tokens[at];
                token.is(',')
                    || lexicon::is(self.tokens, at, Class::Join).is_some()
                    || matches!(
                        token.norm.as_str(),
                        "a" | "an" | "the" | "un" | "una" | "une" | "ein" | "eine"
                    )
            })
    }

    pub(super) fn unset(&self, place: Range<usize>, empty: bool) -> Vec<Stated> {
        self.mention
            .kinds
            .iter()
            .map(|&kind| Stated::unset(kind, self.role(), place.clone(), empty))
            .collect()
    }

    /// "24-hour RTO", "within 4 hours (RTO)", "4h business-hours RTO": at most one word between.
    pub(super) fn value_first(&self) -> Option<Vec<Stated>> {
        if self.tokens.get(self.mention.end).is_some_and(|it| it.is(':') || value::is_operator(it)) {
            return None;
        }
        let before = &self.tokens[..self.mention.start];
        let (mut at, mut found) = (self.free, None);
        while at < before.len() {
            match value::amount(before, at, None) {
                Some(amount) => {
                    found = Some(Found { value: amount.value, start: at, end: amount.end });
                    at = amount.end;
                }
                None => at += 1,
            }
        }
        let found = found.filter(|it| matches!(it.value, Value::Seconds(_)))?;
        let gap = found.end..before.len();
        let small = |at: usize| {
            lexicon::is(before, at, Class::Preposition).is_some()
                || matches!(
                    before[at].norm.as_str(),
                    "the" | "el" | "la" | "le" | "l" | "das" | "die" | "den" | "o" | "il"
                )
        };
        let words =
            gap.clone().filter(|&at| before[at].is_word() && !before[at - 1].is('-') && !small(at)).count();
        // "at most 10 minutes of orders (RPO)"
        let enclosed = before.last().is_some_and(|it| it.is('('))
            && self.tokens.get(self.mention.end).is_some_and(|it| it.is(')'));
        let plain = gap.clone().all(|at| {
            let compound = before.get(at + 1).is_some_and(|it| it.is('-') && it.glued);
            (before[at].is_word() && (compound || lexicon::is(before, at, Class::NotAGap).is_none()))
                || before[at].is_any(&['-', '(', '['])
        });
        let interval = (self.free.max(found.start.saturating_sub(2))..found.start).any(|at| {
            lexicon::is(before, at, Class::Frequency).is_some()
                || lexicon::is(before, at, Class::Condition).is_some()
        });
        if words > if enclosed { REACH + 1 } else { 1 } || !plain || interval {
            return None;
        }
        let start = self.bound_start(found.start);
        let role = gap
            .clone()
            .find_map(|at| lexicon::role(self.tokens, at).map(|(role, _)| role))
            .or_else(|| self.role())
            .or_else(|| lexicon::role(self.tokens, self.mention.end).map(|(role, _)| role));
        let stated = |&kind: &Objective| Stated {
            kind,
            role,
            value: found.value,
            place: start..found.end,
            empty: false,
            scope: (words == 1 && role.is_none()).then(|| gap.clone()).into_iter().collect(),
            weak: false,
        };
        Some(self.mention.kinds.iter().map(stated).collect())
    }

    /// The first of the bounds before a value: "within", "<".
    pub(super) fn bound_start(&self, value: usize) -> usize {
        let mut start = value;
        while start > self.free {
            let Some(before) = (self.free..start).rev().take(3).find(|&at| {
                value::is_operator(&self.tokens[at]) && at + 1 == start
                    || lexicon::is(self.tokens, at, Class::Bound) == Some(start)
            }) else {
                break;
            };
            start = before;
        }
        start
    }

    /// The label's words, then its values.
    pub(super) fn after_label(&self) -> Vec<Stated> {
        let Some(label) = self.label_tail() else { return Vec::new() };
        let accept = match (label.separated, label.linked) {
            (true, _) => Accept::Words,
            (false, true) => Accept::Denials,
            (false, false) => Accept::Numbers,
        };
        let tokens = &self.tokens[..self.limit];
        let unit = label.unit.or(self.above.unit);
        let role = label.role.or_else(|| self.role());
        let found = match self.mention.kinds.len() {
            1 => items::items(tokens, label.end, unit, accept, Place::After),
            _ => pairs::pair(tokens, label.end, unit, accept),
        };
        // What follows belongs to the next name: "RTO: 4h / 1h RPO".
        if found.is_empty() {
            return if label.separated { self.described(&label, role) } else { Vec::new() };
        }
        if !label.separated && self.is_advice(&found) {
            return Vec::new();
        }
        let found =
            if role.is_none() && self.is_history(&found) { self.present(&found, unit) } else { found };
        let assigned = pairs::assign(&self.mention.kinds, found);
        assigned
            .into_iter()
            .map(|(kind, item)| {
                let mut stated = Stated::new(kind, item, role);
                stated.scope.extend(label.scope.clone());
                stated.scope.extend(self.own_scope());
                stated
            })
            .collect()
    }

    /// The words before the name that say what it is for: "Production RTO".
    pub(super) fn own_scope(&self) -> Option<Range<usize>> {
        let prefix = self.prefix();
        let plain = |at: usize| {
            [Class::Filler, Class::Generic, Class::Bound, Class::Link, Class::Advice]
                .iter()
                .any(|&it| lexicon::is(self.tokens, at, it).is_some())
                || lexicon::role(self.tokens, at).is_some()
        };
        let named = self.first
            && prefix.len() <= REACH
            && prefix
                .clone()
                .any(|at| self.tokens[at].is_word() && self.tokens[at].capital && !plain(at) && at > 0);
        named.then_some(prefix)
    }

    /// Words after a colon that are no value: nothing is sure, but beside another objective's number they are
    /// the answer.
    pub(super) fn described(&self, label: &Tail, role: Option<Role>) -> Vec<Stated> {
        let end = (label.end..self.limit)
            .find(|&at| self.tokens[at].is_any(&['.', ';', '|']))
            .unwrap_or(self.limit);
        let words = &self.tokens[label.end..end];
        if let Some(start) = self.later_bound(label.end, end)
            && let Some(item) =
                items::items(&self.tokens[..end], start, label.unit, Accept::Numbers, Place::After)
                    .into_iter()
                    .next()
        {
            return self.mention.kinds.iter().map(|&kind| Stated::new(kind, item.clone(), role)).collect();
        }
        // What is called a target is no definition.
        let target = role == Some(Role::Target);
        let defines = lexicon::is(words, 0, Class::Filler).is_some() || lexicon::any(words, Class::Condition);
        if words.is_empty()
            || words.len() > if target { 2 * GAP } else { GAP }
            || (defines && !target)
            || words.iter().any(|it| it.is('?'))
            || !(words[0].is_word() || words[0].is_number())
            || self.limit < self.tokens.len()
        {
            return Vec::new();
        }
        let stated = |&kind: &Objective| Stated {
            kind,
            role,
            value: Value::Words(Status::Soft),
            place: label.end..end,
            empty: false,
            scope: Vec::new(),
            weak: true,
        };
        self.mention.kinds.iter().map(stated).collect()
    }

    /// "RTO: we aim to be back within 4 hours"
    pub(super) fn later_bound(&self, start: usize, end: usize) -> Option<usize> {
        let words = &self.tokens[..end];
        let mut bounds = (start..end.min(start + CLAUSE)).filter(|&at| {
            value::is_operator(&words[at])
                || lexicon::is(words, at, Class::Bound).is_some() && words[at].norm.len() > 4
        });
        let found = bounds.find(|&at| value::value(words, at, None, Accept::Numbers).is_some())?;
        let blocked = (start.max(found.saturating_sub(GAP))..found).any(|at| {
            lexicon::is(words, at, Class::Frequency).is_some()
                || lexicon::is(words, at, Class::Condition).is_some()
        });
        (!blocked).then_some(found)
    }
}
