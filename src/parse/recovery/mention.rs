//! Names of objectives in running text, and labels made of them.

use super::items::after_parenthesis;
use super::lexicon::{self, Class};
use super::tokens::{Lexeme, Token};
use crate::model::fact::{Objective, Role};

/// Longer brackets hold no placeholder.
const PLACEHOLDER: usize = 12;

/// A name, or a pair of names: "RTO/RPO". An expansion beside it belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    /// What is named, in order.
    pub(super) kinds: Vec<Objective>,
    /// Its first token.
    pub(super) start: usize,
    /// The token after it.
    pub(super) end: usize,
}

/// Every name in the tokens.
pub(super) fn mentions(tokens: &[Token]) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(end) = placeholder(tokens, at) {
            at = end;
            continue;
        }
        let Some((kind, end)) = lexicon::kind(tokens, at) else {
            at += 1;
            continue;
        };
        // Part of another name: "rto-over-mtd".
        let hyphen =
            at.checked_sub(1).filter(|&it| tokens[it].is('-') && tokens[it].glued && tokens[at].glued);
        if kind == Objective::Mtd && hyphen.is_some() {
            at = end;
            continue;
        }
        let start = at;
        at = expansion(tokens, kind, end);
        match mentions.last_mut() {
            Some(last) if !last.kinds.contains(&kind) && joined(tokens, last.end, start) => {
                last.kinds.push(kind);
                last.end = at;
            }
            _ => mentions.push(Mention { kinds: vec![kind], start, end: at }),
        }
    }
    mentions
}

/// The place after "[RTO_TARGET]" in the place of a value.
fn placeholder(tokens: &[Token], at: usize) -> Option<usize> {
    let labelled = at.checked_sub(1).is_some_and(|it| tokens[it].is_any(&[':', '=']));
    let closing = match tokens[at].lexeme {
        Lexeme::Mark('[') => ']',
        Lexeme::Mark('{') => '}',
        Lexeme::Mark('<') if tokens.get(at + 1).is_some_and(|it| it.is_word() && it.glued) => '>',
        _ => return None,
    };
    let end = tokens[at..].iter().take(PLACEHOLDER).position(|it| it.is(closing))?;
    labelled.then_some(at + end + 1)
}

/// The place after "(Recovery Time Objective)" or "- RTO" beside a name of the same kind.
fn expansion(tokens: &[Token], kind: Objective, end: usize) -> usize {
    // Many take the maximum tolerable downtime for what RTO means.
    let means = |it: Objective| it == kind || (kind, it) == (Objective::Rto, Objective::Mtd);
    let same = |at: usize| lexicon::kind(tokens, at).filter(|&(it, _)| means(it)).map(|(_, end)| end);
    let Some(mark) = tokens.get(end) else { return end };
    if mark.is('(')
        && let Some(inner) = same(end + 1)
        && let Some(close) = after_parenthesis(tokens, end)
    {
        // "(Recovery Time Objective: 4 hours)" holds the value.
        let gloss =
            tokens[inner..close - 1].iter().all(|it| it.is_word() || it.is_any(&['-', '—', ',', '/']));
        return if gloss { close } else { end };
    }
    if mark.is_any(&['-', '—']) {
        return same(end + 1).unwrap_or(end);
    }
    end
}

fn joined(tokens: &[Token], end: usize, start: usize) -> bool {
    start == end || lexicon::is(tokens, end, Class::Join) == Some(start)
}

/// Tokens that name an objective and hold no value: a header cell, a row label, a heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    /// What is named, in order.
    pub(super) kinds: Vec<Objective>,
    /// What the words beside the name say.
    pub(super) role: Option<Role>,
    /// The unit of numbers without one, in seconds.
    pub(super) unit: Option<f64>,
    /// Whether nothing else is named.
    pub(super) pure: bool,
    /// Words beside the name, with their place.
    pub(super) others: Vec<usize>,
}

/// The tokens as a label; none when they name no objective, or say that they label something else about it.
pub(super) fn label(tokens: &[Token]) -> Option<Label> {
    let mentions = mentions(tokens);
    let mut label = Label { kinds: Vec::new(), role: None, unit: None, pure: true, others: Vec::new() };
    for mention in &mentions {
        for kind in &mention.kinds {
            if !label.kinds.contains(kind) {
                label.kinds.push(*kind);
            }
        }
    }
    if mentions.is_empty() {
        return None;
    }
    let mut at = 0;
    while at < tokens.len() {
        if let Some(inside) = mentions.iter().find(|it| it.start <= at && at < it.end) {
            // "current RTO" is a role that reaches into the name.
            at = inside.end;
            continue;
        }
        // "measured in the drill" is a role.
        let other = lexicon::is(tokens, at, Class::NotALabel).is_some() && label.role != Some(Role::Actual);
        if other || lexicon::is(tokens, at, Class::Former).is_some_and(|end| end < tokens.len()) {
            return None;
        }
        // German for "is" and "shall" behind a name: "RTO (Ist)".
        if let Some(role) = german_role(&tokens[at])
            && tokens.get(at + 1).is_none_or(|it| it.is(')'))
        {
            label.role = Some(role);
            at += 1;
            continue;
        }
        if let Some((role, end)) = lexicon::role(tokens, at) {
            label.role = Some(role);
            at = end.min(mentions.iter().map(|it| it.start).find(|&it| it > at).unwrap_or(end));
            continue;
        }
        if let Some((unit, end)) = unit_of_label(tokens, at) {
            label.unit = Some(unit);
            at = end;
            continue;
        }
        if tokens[at].is('(')
            && let Some(close) = after_parenthesis(tokens, at)
            && !mentions.iter().any(|it| it.start > at && it.start < close)
        {
            let inner = tokens.get(..close - 1).unwrap_or_default();
            if let Some((role, end)) = lexicon::role(inner, at + 1)
                && end == inner.len()
            {
                label.role = Some(role);
            }
            if let Some(role) = inner.get(at + 1).filter(|_| inner.len() == at + 2).and_then(german_role) {
                label.role = Some(role);
                at = close;
                continue;
            }
            if let Some((unit, _)) = unit_of_label(tokens, at + 1) {
                label.unit = Some(unit);
                at = close;
                continue;
            }
            label
                .others
                .extend((at + 1..close - 1).filter(|&it| lexicon::is(tokens, it, Class::Filler).is_none()));
            at = close;
            continue;
        }
        if tokens[at].is_word() {
            let filler = [Class::Filler, Class::Join, Class::Bound, Class::Link]
                .iter()
                .find_map(|&it| lexicon::is(tokens, at, it));
            if filler.is_none() {
                label.pure = false;
                label.others.push(at);
            }
            at = filler.unwrap_or(at + 1);
            continue;
        }
        at += 1;
    }
    // "RPO per store" names every store below it.
    let shared = mentions.last().and_then(|it| tokens.get(it.end));
    label.pure |=
        shared.is_some_and(|it| matches!(it.norm.as_str(), "per" | "by" | "par" | "por" | "pro" | "je"));
    Some(label)
}

fn german_role(token: &Token) -> Option<Role> {
    match token.norm.as_str() {
        "ist" => Some(Role::Actual),
        "soll" => Some(Role::Target),
        _ => None,
    }
}

/// "(min)", "in hours", `rto_minutes`, `rtoInSecs`: the unit and the place after it.
pub(super) fn unit_of_label(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let (unit, end) = lexicon::unit(tokens, at)?;
    let seconds = unit?;
    let before = at.checked_sub(1).map(|it| &tokens[it])?;
    let closed = before.is_any(&['(', '[']) && tokens.get(end).is_some_and(|it| it.is_any(&[')', ']']));
    let named = matches!(before.norm.as_str(), "in" | "en" | "em" | "dalam")
        || (before.is_word() && (tokens[at].glued || end == tokens.len()));
    // "recovery time" holds a Danish hour.
    ((closed || named) && tokens[at].norm != "time").then_some((seconds, end))
}
