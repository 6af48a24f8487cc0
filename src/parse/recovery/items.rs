//! What follows a label: one value or several, each with its role and scope.

use std::ops::Range;

use super::lexicon::{self, Class};
use super::tokens::Token;
use super::value::{self, Accept, Found, Value};
use crate::model::fact::Role;

/// Longer parentheses are not read, so that a text full of them takes linear time.
const PARENTHESIS: usize = 100;
/// More words before a value are a sentence, not a label.
const LEAD: usize = 6;

/// A value with what is said about it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// The value.
    pub(super) found: Found,
    /// What the words around it say.
    pub(super) role: Option<Role>,
    /// The role that stands before it.
    announced: Option<Role>,
    /// The words that say what it is for, on either side.
    pub(super) scope: Option<Range<usize>>,
    /// The mark before it that parts it from its neighbour.
    pub(super) before: Option<char>,
    /// The words before it that are no role.
    pub(super) lead: usize,
    /// Whether a colon or the like stands between those words and the value.
    separated: bool,
    /// Whether the words after it say what it is for.
    scoped: bool,
    /// Whether one or two words after it do, without a preposition: "4 hours critical".
    qualified: bool,
    /// Whether any words follow it.
    explained: bool,
}

/// How the values stand to their label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Place {
    /// Directly after it.
    After,
    /// On a line or in a cell below it, with labels of their own.
    Below,
    /// Below it, where only roles are labels.
    RoleBelow,
}

/// The values that begin at a place and belong to one label, up to the first that does not.
pub(super) fn items(
    tokens: &[Token],
    start: usize,
    unit: Option<f64>,
    accept: Accept,
    place: Place,
) -> Vec<Item> {
    let mut accepted: Vec<Item> = Vec::new();
    let mut at = start;
    let mut before = None;
    let mut announced = None;
    while let Some(mut item) = lead(tokens, at, unit, accept) {
        item.before = before;
        let mut measured = Vec::new();
        let end = tail(tokens, &mut item, unit, &mut measured);
        if !belongs(&item, accepted.first(), place) {
            break;
        }
        // "Target: 15 minutes for the gateway, 4 hours for everything"
        announced = item.announced.or(announced);
        item.role = item.role.or(announced);
        // "4 h → 1 h" is what it was and what it is.
        if item.before == Some('→') && item.lead == 0 && item.role.is_none() {
            accepted.pop();
        }
        accepted.push(item);
        accepted.append(&mut measured);
        let Some((mark, next)) = separator(tokens, end, unit) else { break };
        (before, at) = (Some(mark), next);
    }
    accepted
}

/// Whether a value belongs to the label that the first one belongs to.
fn belongs(item: &Item, first: Option<&Item>, place: Place) -> bool {
    let labelled = item.lead > 0 && item.separated && item.lead <= LEAD;
    match first {
        None => match place {
            Place::After | Place::Below => item.lead == 0 || labelled,
            Place::RoleBelow => item.lead == 0 && item.role.is_some(),
        },
        Some(first) if item.lead == 0 => {
            item.role.is_some()
                || matches!(item.before, Some('/' | '→'))
                || (item.before == Some(';') && item.explained && first.explained && item.is_number())
                || (item.scoped && first.scoped)
                || (item.qualified && first.qualified)
        }
        Some(first) => labelled && first.lead > 0 && first.separated,
    }
}

/// The words before a value and the value.
pub(super) fn lead(tokens: &[Token], start: usize, unit: Option<f64>, accept: Accept) -> Option<Item> {
    let (mut at, mut lead, mut separated, mut role) = (start, 0, false, None);
    let mut words = start..start;
    loop {
        let token = tokens.get(at)?;
        let accept = if lead == 0 || separated { accept } else { Accept::Numbers };
        if let Some(found) = value::value(tokens, at, unit, accept) {
            let scope = (lead > 0).then_some(words);
            return Some(Item {
                found,
                role,
                announced: role,
                scope,
                before: None,
                lead,
                separated,
                scoped: false,
                qualified: false,
                explained: false,
            });
        }
        if let Some((said, end)) = lexicon::role(tokens, at) {
            role = Some(said);
            at = end;
        } else if token.is_any(&[':', '=']) || (token.is_any(&['-', '—', '→']) && !token.glued) {
            separated = true;
            at += 1;
        } else if token.is('(') {
            at = after_parenthesis(tokens, at)?;
        } else if let Some(end) = lexicon::is(tokens, at, Class::Link) {
            at = end;
        } else if token.is_word() || token.is_number() {
            // "Configuration: 0" is what may not be lost.
            let asset = lexicon::is(tokens, at, Class::Asset).is_some();
            let blocked = !asset
                && [Class::NotALabel, Class::Frequency]
                    .iter()
                    .any(|&it| lexicon::is(tokens, at, it).is_some());
            if blocked || separated {
                return None;
            }
            if lead == 0 {
                words = at..at;
            }
            lead += 1;
            words.end = at + 1;
            at += 1;
        } else if token.is_any(&[',', ';', '|', '/', '.', ')', '?', '!']) {
            return None;
        } else {
            at += 1;
        }
    }
}

/// Reads what follows a value: its scope, its role, values in parentheses. Gives the place where it ends.
pub(super) fn tail(tokens: &[Token], item: &mut Item, unit: Option<f64>, measured: &mut Vec<Item>) -> usize {
    let mut at = item.found.end;
    let mut words = at..at;
    while let Some(token) = tokens.get(at) {
        if token.is('(') {
            let Some(close) = after_parenthesis(tokens, at) else { break };
            let inner = tokens.get(..close - 1).unwrap_or_default();
            parenthesis(inner, at + 1, item, unit, measured);
            at = close;
        } else if at == words.start
            && let Some((said, end)) = lexicon::role(tokens, at)
            && tokens.get(end).is_none_or(|it| !it.is_word())
        {
            item.role = item.role.or(Some(said));
            at = end;
        } else if separator(tokens, at, unit).is_some() || token.is_any(&['.', ')', '?', '!']) {
            break;
        } else {
            if token.is_word() && words.is_empty() {
                item.scoped |= lexicon::is(tokens, at, Class::Preposition).is_some();
                words = at..at;
            }
            if token.is_word() {
                words.end = at + 1;
            }
            at += 1;
        }
    }
    item.explained = !words.is_empty();
    item.scoped |=
        words.clone().any(|at| matches!(tokens[at].norm.as_str(), "for" | "pour" | "para" | "fur"));
    item.qualified = !words.is_empty() && words.len() <= 2 && words.clone().all(|at| is_name(tokens, at));
    if item.scope.is_none() && !words.is_empty() {
        // "at most" behind a value is its bound, as before it.
        let start = lexicon::is(tokens, words.start, Class::Bound)
            .or_else(|| lexicon::is(tokens, words.start, Class::Preposition))
            .unwrap_or(words.start);
        item.scope = (start < words.end).then_some(start..words.end);
    }
    at
}

/// Whether a word names something.
fn is_name(tokens: &[Token], at: usize) -> bool {
    let other = [Class::Bound, Class::Filler, Class::Frequency, Class::Past, Class::Restored, Class::Link];
    tokens[at].is_word() && other.iter().all(|&it| lexicon::is(tokens, at, it).is_none())
}

/// "(actual: 3 hours)" is a value of its own, "(target)" a role, anything else a scope.
fn parenthesis(inner: &[Token], start: usize, item: &mut Item, unit: Option<f64>, measured: &mut Vec<Item>) {
    let said = lexicon::role(inner, start);
    if let Some((role, end)) = said
        && end == inner.len()
    {
        item.role = item.role.or(Some(role));
        return;
    }
    // "(internal goal)"
    if inner.len() <= start + 3
        && inner[start..].iter().all(Token::is_word)
        && let Some((role, _)) = (start..inner.len()).find_map(|at| lexicon::role(inner, at))
    {
        item.role = item.role.or(Some(role));
        return;
    }
    // "actual recovery time: 6.5 hours"
    let named = inner[start..].iter().take_while(|it| it.is_word()).count();
    if let Some((role, end)) = said
        && let Some(mut own) = lead(inner, end, unit, Accept::Numbers)
        && own.found.start <= start + named + 2
    {
        own.role = Some(role);
        own.scope = None;
        measured.push(own);
        return;
    }
    item.scoped = true;
    let states_more = (start..inner.len()).any(|at| value::amount(inner, at, None).is_some());
    if item.scope.is_none() && !states_more {
        item.scope = Some(start..inner.len());
    }
}

/// A mark that parts values, with the place after it; "and" parts them only before a value.
pub(super) fn separator(tokens: &[Token], at: usize, unit: Option<f64>) -> Option<(char, usize)> {
    let token = tokens.get(at)?;
    if token.is_any(&[',', ';', '|', '/', '→']) {
        let norm = token.norm.chars().next()?;
        return Some((norm, at + 1));
    }
    let end =
        lexicon::is(tokens, at, Class::Join).filter(|_| !matches!(token.norm.as_str(), "or" | "nor"))?;
    value::value(tokens, end, unit, Accept::Numbers).map(|_| (',', end))
}

/// The place after the parenthesis that opens here; none when it never closes.
pub(super) fn after_parenthesis(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open).take(PARENTHESIS) {
        if token.is('(') {
            depth += 1;
        } else if token.is(')') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

impl Item {
    /// Whether it is a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.found.value, Value::Seconds(_))
    }
}
