//! One segment of text → values bound to the objectives that it names.
//!
//! A value belongs to a name when it follows the name's label ("RTO target: 4 hours", "RTO of 4 hours"), or
//! stands right before it ("4-hour RTO"). A segment without a name may continue what a heading, label or
//! column above it names ("Target: 4 hours").

use std::ops::Range;

use super::items::{self, Item, Place, after_parenthesis};
use super::lexicon::{self, Class};
use super::mention::{self, Label, Mention};
use super::tokens::Token;
use super::value::{self, Accept, Found, Value};
use crate::model::fact::{Objective, Role, Status};

/// How far, in tokens, a word such as "if" reaches.
const REACH: usize = 3;
/// How many words may stand between a name and its value in a sentence.
const GAP: usize = 8;

/// What stands above a segment and is continued by it.
#[derive(Debug, Clone, Default)]
pub(super) struct Above {
    /// The objectives that a segment without a name speaks of.
    pub(super) kinds: Vec<Objective>,
    /// Whether lines with labels of their own ("Tier 1: 4 hours") speak of them too, not only roles.
    pub(super) scopes: bool,
    /// The role that holds where no nearer word says another.
    pub(super) role: Option<Role>,
    /// The unit of bare numbers, in seconds.
    pub(super) unit: Option<f64>,
}

/// A value of an objective, in tokens of the segment.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// Which objective.
    pub(super) kind: Objective,
    /// What the nearest word says.
    pub(super) role: Option<Role>,
    /// The value.
    pub(super) value: Value,
    /// The tokens of the value; of the label where there is none.
    pub(super) place: Range<usize>,
    /// Whether there are words for the value.
    pub(super) empty: bool,
    /// Words that say what it is for.
    pub(super) scope: Vec<Range<usize>>,
    /// Counts only beside a statement that is sure.
    pub(super) weak: bool,
}

/// What a segment says.
#[derive(Debug, Default)]
pub(super) struct Statement {
    /// In the order of the text.
    pub(super) stated: Vec<Stated>,
    /// A label at the end whose value may follow below: its place and what it names.
    pub(super) open: Option<(Range<usize>, Label)>,
}

/// Reads a segment.
pub(super) fn read(tokens: &[Token], above: &Above) -> Statement {
    let mentions = mention::mentions(tokens);
    if mentions.is_empty() {
        return Statement { stated: continued(tokens, above), open: None };
    }
    let mut statement = Statement::default();
    let mut free = 0;
    for (index, mention) in mentions.iter().enumerate() {
        let limit = mentions.get(index + 1).map_or(tokens.len(), |it| it.start);
        let reader = Reader { tokens, mention, limit, free, above, first: index == 0 };
        if reader.is_condition() {
            free = mention.end;
            continue;
        }
        let found = reader.denied().or_else(|| reader.value_first()).unwrap_or_else(|| reader.after_label());
        free = found.last().map_or(mention.end, |it| it.place.end.max(mention.end));
        if found.is_empty() && limit == tokens.len() {
            statement.open = reader.open();
        }
        statement.stated.extend(found);
    }
    statement
}

/// Reads a segment that names no objective.
fn continued(tokens: &[Token], above: &Above) -> Vec<Stated> {
    if above.kinds.is_empty() {
        return Vec::new();
    }
    let place = if above.scopes { Place::Below } else { Place::RoleBelow };
    let mut found = match above.kinds.len() {
        1 => items::items(tokens, 0, above.unit, Accept::Words, place),
        _ if above.scopes => items::pair(tokens, 0, above.unit, Accept::Words),
        _ => Vec::new(),
    };
    if found.is_empty() && above.scopes {
        found.extend(restored_within(tokens));
    }
    if let ([], Some((role, end)), [kind]) = (&found[..], lexicon::role(tokens, 0), &above.kinds[..])
        && tokens.get(end).is_some_and(|it| it.is(':'))
        && end + 1 == tokens.len()
    {
        return vec![Stated::unset(*kind, Some(role), 0..end, true)];
    }
    let assigned = items::assign(&above.kinds, found);
    assigned.into_iter().map(|(kind, item)| Stated::new(kind, item, above.role)).collect()
}

/// "Service must be restored within 4 hours."
fn restored_within(tokens: &[Token]) -> Option<Item> {
    if !lexicon::any(tokens, Class::Restored)
        || lexicon::any(tokens, Class::Frequency)
        || lexicon::any(tokens, Class::Condition)
    {
        return None;
    }
    let start = (0..tokens.len()).find(|&at| {
        lexicon::is(tokens, at, Class::Bound).is_some_and(|_| tokens[at].norm.len() > 3)
            && value::value(tokens, at, None, Accept::Numbers).is_some()
    })?;
    items::items(tokens, start, None, Accept::Numbers, Place::After).into_iter().next()
}

impl Stated {
    fn new(kind: Objective, item: Item, role: Option<Role>) -> Stated {
        Stated {
            kind,
            role: item.role.or(role),
            value: item.found.value,
            place: item.found.start..item.found.end,
            empty: false,
            scope: item.scope.into_iter().collect(),
            weak: false,
        }
    }

    /// A label without a value.
    pub(super) fn unset(kind: Objective, role: Option<Role>, place: Range<usize>, empty: bool) -> Stated {
        let value = Value::Words(Status::Unset);
        Stated { kind, role, value, place, empty, scope: Vec::new(), weak: false }
    }
}

/// Reads what is said about one name of a segment.
struct Reader<'a> {
    tokens: &'a [Token],
    mention: &'a Mention,
    /// Where the next name begins.
    limit: usize,
    /// The first token that no earlier name has taken.
    free: usize,
    above: &'a Above,
    /// Whether it is the first name of the segment.
    first: bool,
}

impl Reader<'_> {
    /// The tokens before the name, back to a mark that parts it from something else.
    fn prefix(&self) -> Range<usize> {
        let before = &self.tokens[self.free..self.mention.start];
        let mark = before
            .iter()
            .rposition(|it| it.is_any(&[',', ';', '|', '(', ')', '→', ':', '—', '/', '.', '[', '{']));
        self.free + mark.map_or(0, |it| it + 1)..self.mention.start
    }

    /// Conditions ("if the RTO is below 1 hour"), examples, and results of an option ("hourly copies → RPO: 1 h").
    fn is_condition(&self) -> bool {
        let start = self.mention.start;
        let prefix = self.prefix();
        let near = prefix.start.max(start.saturating_sub(REACH + 1));
        let says = |class| (near..start).any(|at| lexicon::is(&self.tokens[..start], at, class).is_some());
        // In the parenthesis "(e.g. RTO 4 hours)" the example stands behind the bracket.
        if says(Class::Condition) || says(Class::Example) {
            return true;
        }
        let arrow = prefix.start > self.free && self.tokens[prefix.start - 1].is('→');
        let option = &self.tokens[self.free..prefix.start];
        arrow
            && (lexicon::any(option, Class::Frequency)
                || lexicon::is(option, 0, Class::Advice).is_some()
                || (0..option.len()).any(|at| value::amount(option, at, None).is_some()))
    }

    /// The last word about the role before the name; else the label of the whole segment.
    fn role(&self) -> Option<Role> {
        let last = |range: Range<usize>| {
            let tokens = &self.tokens[..range.end];
            range.rev().find_map(|at| lexicon::role(tokens, at).map(|(role, _)| role))
        };
        // "current RTO"
        let reaching = |range: Range<usize>| {
            range.rev().find_map(|at| lexicon::role(self.tokens, at).map(|(role, _)| role))
        };
        let prefix = self.prefix();
        reaching(prefix.clone()).or_else(|| last(self.leading(prefix.start))).or(self.above.role)
    }

    /// The words before the parenthesis around the name, or the segment's own label: "Targets: RTO 4 h, RPO 1 h".
    fn leading(&self, end: usize) -> Range<usize> {
        let before = &self.tokens[..end];
        let label = before.iter().take(GAP).position(|it| it.is_any(&[':', '(', '—'])).unwrap_or(0);
        let words = before[..label].iter().rposition(|it| it.is_any(&[',', ';', '.'])).map_or(0, |it| it + 1);
        if label - words > 6 { label.saturating_sub(1)..label } else { words..label }
    }

    /// "We do not have a defined RTO", "no RTO has been agreed".
    fn denied(&self) -> Option<Vec<Stated>> {
        let start = self.mention.start;
        let denial = (self.free..start)
            .rev()
            .find_map(|at| lexicon::is(&self.tokens[..start], at, Class::Undefined))?;
        let is_formal = |at: usize| lexicon::is(self.tokens, at, Class::Formal).is_some();
        let article = |at: usize| {
            matches!(self.tokens[at].norm.as_str(), "a" | "an" | "any" | "the" | "current" | "currently")
        };
        if !(denial..start).all(|at| is_formal(at) || article(at)) {
            return None;
        }
        let end = self.limit.min(self.mention.end + REACH + 1);
        let formal = (denial..start).chain(self.mention.end..end).any(is_formal);
        let sure = formal || self.tokens[denial - 1].norm == "have";
        sure.then(|| self.unset(start..self.mention.end, false))
    }

    fn unset(&self, place: Range<usize>, empty: bool) -> Vec<Stated> {
        self.mention
            .kinds
            .iter()
            .map(|&kind| Stated::unset(kind, self.role(), place.clone(), empty))
            .collect()
    }

    /// "24-hour RTO", "within 4 hours (RTO)", "4h business-hours RTO": at most one word between.
    fn value_first(&self) -> Option<Vec<Stated>> {
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
        let words = gap.clone().filter(|&at| before[at].is_word() && !before[at - 1].is('-')).count();
        let plain = gap.clone().all(|at| {
            let compound = before.get(at + 1).is_some_and(|it| it.is('-') && it.glued);
            (before[at].is_word() && (compound || lexicon::is(before, at, Class::NotAGap).is_none()))
                || before[at].is_any(&['-', '(', '['])
        });
        let interval = (self.free.max(found.start.saturating_sub(2))..found.start).any(|at| {
            lexicon::is(before, at, Class::Frequency).is_some()
                || lexicon::is(before, at, Class::Condition).is_some()
        });
        if words > 1 || !plain || interval {
            return None;
        }
        let start = self.bound_start(found.start);
        let role = gap
            .clone()
            .find_map(|at| lexicon::role(self.tokens, at).map(|(role, _)| role))
            .or_else(|| self.role());
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
    fn bound_start(&self, value: usize) -> usize {
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
    fn after_label(&self) -> Vec<Stated> {
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
            _ => items::pair(tokens, label.end, unit, accept),
        };
        // What follows belongs to the next name: "RTO: 4h / 1h RPO".
        if found.is_empty() {
            return if label.separated { self.described(&label, role) } else { Vec::new() };
        }
        if !label.separated && self.is_advice(&found) {
            return Vec::new();
        }
        let assigned = items::assign(&self.mention.kinds, found);
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
    fn own_scope(&self) -> Option<Range<usize>> {
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

    /// "RTO < 15 minutes: use a hot standby" tells when to do something.
    fn is_advice(&self, found: &[Item]) -> bool {
        let Some(last) = found.last() else { return false };
        let mut at = last.found.end;
        while let Some(token) = self.tokens.get(at) {
            if token.is('(') {
                let Some(close) = after_parenthesis(self.tokens, at) else { return false };
                at = close;
                continue;
            }
            if token.is_word() {
                return lexicon::is(self.tokens, at, Class::Advice).is_some();
            }
            at += 1;
        }
        false
    }

    /// Words after a colon that are no value: nothing is sure, but beside another objective's number they are
    /// the answer.
    fn described(&self, label: &Tail, role: Option<Role>) -> Vec<Stated> {
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
        let defines = lexicon::is(words, 0, Class::Filler).is_some() || lexicon::any(words, Class::Condition);
        if words.is_empty()
            || words.len() > GAP
            || defines
            || words.iter().any(|it| it.is('?'))
            || !words[0].is_word()
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
    fn later_bound(&self, start: usize, end: usize) -> Option<usize> {
        let words = &self.tokens[..end];
        let range = start..end.min(start + GAP + 2);
        let blocked = range.clone().any(|at| {
            lexicon::is(words, at, Class::Frequency).is_some()
                || lexicon::is(words, at, Class::Condition).is_some()
        });
        let mut bounds =
            range.filter(|&at| lexicon::is(words, at, Class::Bound).is_some() && words[at].norm.len() > 4);
        let found = bounds.find(|&at| value::value(words, at, None, Accept::Numbers).is_some());
        found.filter(|_| !blocked)
    }

    /// A label that ends the segment: its value, if it has one, stands below.
    fn open(&self) -> Option<(Range<usize>, Label)> {
        let label = self.label_tail()?;
        let only = label.separated && label.end == self.tokens.len() && label.words == 0;
        let start = self.prefix().start;
        let named = mention::label(&self.tokens[start..])?;
        (only && self.tokens[..start].iter().all(|it| !it.is_word())).then_some((start..label.end, named))
    }

    /// Reads from the name to where its value must begin; none when the words make another thing of it.
    fn label_tail(&self) -> Option<Tail> {
        let tokens = &self.tokens[..self.limit];
        let mut tail = Tail { end: self.mention.end, ..Tail::default() };
        let mut gap = 0;
        while let Some(token) = tokens.get(tail.end) {
            let at = tail.end;
            let accept = if tail.separated {
                Accept::Words
            } else if tail.linked {
                Accept::Denials
            } else {
                Accept::Numbers
            };
            let ready = tail.separated || tail.linked || tail.words == 0;
            if tail.separated
                || (ready && value::value(tokens, at, tail.unit.or(self.above.unit), accept).is_some())
            {
                return Some(tail);
            }
            if token.is('(') {
                tail.end = self.parenthesis(tokens, at, &mut tail)?;
                if tail.inside {
                    return Some(tail);
                }
                continue;
            }
            if lexicon::is(tokens, at, Class::NotALabel).is_some() {
                return None;
            }
            if let Some((unit, end)) = mention::unit_of_label(tokens, at).filter(|_| token.glued) {
                (tail.unit, tail.end) = (Some(unit), end);
            } else if let Some((role, end)) = lexicon::role(tokens, at) {
                (tail.role, tail.end) = (Some(role), end);
            } else if token.is_any(&[':', '='])
                || (token.is_any(&['-', '—', '→']) && !token.glued && self.dash_parts(at))
            {
                (tail.separated, tail.end) = (true, at + 1);
            } else if let Some(end) = lexicon::is(tokens, at, Class::Link) {
                (tail.linked, tail.end) = (true, end);
                gap += 1;
            } else if let Some(end) = lexicon::is(tokens, at, Class::Bound) {
                tail.end = end;
                gap += 1;
            } else if token.is_word() || token.is_number() {
                let filler = lexicon::is(tokens, at, Class::Filler);
                if filler.is_none() {
                    tail.words += 1;
                    let scope = tail.scope.get_or_insert(at..at);
                    scope.end = at + 1;
                }
                (tail.linked, tail.end) = (false, filler.unwrap_or(at + 1));
                gap += 1;
            } else if token.is_any(&[',', ';', '|', '/', '.', ')', '?', '!', '[', '{', '%']) {
                return None;
            } else {
                tail.end = at + 1;
            }
            if gap > GAP {
                return None;
            }
        }
        tail.separated.then_some(tail)
    }

    /// A dash is a colon only where a value follows.
    fn dash_parts(&self, at: usize) -> bool {
        value::value(&self.tokens[..self.limit], at + 1, None, Accept::Words).is_some()
    }

    /// A gloss, a unit, a scope, or the value itself.
    fn parenthesis(&self, tokens: &[Token], open: usize, tail: &mut Tail) -> Option<usize> {
        let close = after_parenthesis(tokens, open);
        let inner = tokens.get(..close.map_or(tokens.len(), |it| it - 1))?;
        if let Some((unit, _)) = mention::unit_of_label(tokens, open + 1) {
            tail.unit = Some(unit);
        } else if items::items(inner, open + 1, None, Accept::Numbers, Place::After)
            .first()
            .is_some_and(Item::is_number)
        {
            tail.inside = true;
            return Some(open + 1);
        } else if let Some((role, end)) = lexicon::role(inner, open + 1)
            && end == inner.len()
        {
            tail.role = Some(role);
        } else if (open + 1..inner.len()).any(|at| {
            inner[at].is_word() && inner[at].capital && lexicon::is(inner, at, Class::Filler).is_none()
        }) {
            tail.scope = Some(open + 1..inner.len());
        }
        close
    }
}

/// The words between a name and its value.
#[derive(Debug, Default)]
struct Tail {
    /// Where the value begins.
    end: usize,
    /// Whether a colon, an equals sign or a dash stands before the value.
    separated: bool,
    /// Whether "of", "is" or the like stands right before it.
    linked: bool,
    /// Whether the value stands in parentheses.
    inside: bool,
    /// Words that are neither role nor filler.
    words: usize,
    role: Option<Role>,
    unit: Option<f64>,
    scope: Option<Range<usize>>,
}
