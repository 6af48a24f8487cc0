//! Values of objectives: durations, and the words that stand in their place.

use super::inline::is_decoration;
use super::lexicon::{self, Class};
use super::tokens::{Lexeme, Token};
use crate::model::fact::Status;

/// Longer placeholders are not read.
const PLACEHOLDER: usize = 40;

/// What an objective is said to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    /// The upper bound.
    Seconds(f64),
    /// Stated, and no number.
    Words(Status),
}

/// A value with its tokens, bounds such as "at most" included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    /// The value.
    pub(super) value: Value,
    /// Its first token.
    pub(super) start: usize,
    /// The token after it.
    pub(super) end: usize,
}

/// How much may count as a value.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Accept {
    /// Durations and zero.
    Numbers,
    /// Also "not defined".
    Denials,
    /// Also words: after a colon, in a cell.
    Words,
}

/// The value that begins at a place. `unit`, in seconds, is for numbers that have none of their own.
pub(super) fn value(tokens: &[Token], start: usize, unit: Option<f64>, accept: Accept) -> Option<Found> {
    let mut at = start;
    let found = |value, end| Some(Found { value, start, end });
    loop {
        let token = tokens.get(at)?;
        if let Some(amount) = amount(tokens, at, unit) {
            return found(amount.value, amount.end);
        }
        if let Some(end) = lexicon::is(tokens, at, Class::NoLoss) {
            return found(Value::Seconds(0.0), end);
        }
        if accept >= Accept::Denials
            && let Some(end) = nothing(tokens, at)
        {
            return found(Value::Words(Status::Unset), end);
        }
        if token.lexeme == Lexeme::Number(0.0) {
            return zero(tokens, at, accept).and_then(|value| found(value, at + 1));
        }
        let named = accept == Accept::Words || lexicon::is(tokens, at, Class::Inapplicable).is_some();
        if accept >= Accept::Denials
            && named
            && let Some((status, end)) = words(tokens, at)
        {
            return found(Value::Words(status), end);
        }
        // "< 1 MB", "= 3 messages": a bound that is no time.
        if at > start
            && is_operator(&tokens[at - 1])
            && token.is_number()
            && let Some(counted) = tokens.get(at + 1).filter(|it| it.is_word())
        {
            return (counted.norm.len() > 1).then_some(Found {
                value: Value::Words(Status::Soft),
                start,
                end: at + 2,
            });
        }
        let counted = lexicon::is(tokens, at, Class::Soft).filter(|&end| amount(tokens, end, unit).is_some());
        at = match lexicon::is(tokens, at, Class::Bound).or(counted) {
            Some(end) => end,
            None if is_operator(token) || is_decoration(token) => at + 1,
            None => return None,
        };
    }
}

/// Zero needs no unit; a count of something is no time.
fn zero(tokens: &[Token], at: usize, accept: Accept) -> Option<Value> {
    match tokens.get(at + 1) {
        Some(next) if next.is_word() && lexicon::is(tokens, at + 1, Class::Preposition).is_none() => {
            (accept >= Accept::Denials && next.norm.len() > 2).then_some(Value::Words(Status::Soft))
        }
        Some(next) if next.is_any(&['%', '×', '$', ':']) || next.is_number() => None,
        _ => Some(Value::Seconds(0.0)),
    }
}

fn words(tokens: &[Token], at: usize) -> Option<(Status, usize)> {
    if let Some(end) = lexicon::is(tokens, at, Class::Inapplicable) {
        let reason = tokens.get(end).is_some_and(|it| it.is_word() || it.is_any(&['(', '-', '—', ':', ',']));
        return Some((if reason { Status::Set } else { Status::Unset }, end));
    }
    if lexicon::is(tokens, at, Class::Example).is_some() {
        return Some((Status::Unset, tokens.len()));
    }
    // "Immediate", "last clean backup", "hours": at most one word before.
    (at..at + 2).take_while(|&it| tokens.get(it).is_some_and(Token::is_word)).find_map(|at| {
        // "the last 15 minutes" is a number.
        let soft = lexicon::is(tokens, at, Class::Soft).filter(|&end| amount(tokens, end, None).is_none());
        let unit = || {
            lexicon::unit(tokens, at)
                .map(|(_, end)| end)
                .filter(|_| tokens[at].norm.len() > 3 && tokens[at].norm != "time")
        };
        soft.or_else(unit).map(|end| (Status::Soft, end))
    })
}

/// A placeholder, or words that say that there is no value.
fn nothing(tokens: &[Token], at: usize) -> Option<usize> {
    if let Some(end) = lexicon::is(tokens, at, Class::Nothing) {
        return Some(end);
    }
    let token = tokens.get(at)?;
    let closing = match token.lexeme {
        Lexeme::Mark('_' | '?' | '…') => return Some(at + 1),
        Lexeme::Mark('-' | '—') if tokens.len() == at + 1 => return Some(at + 1),
        Lexeme::Mark('[') => ']',
        Lexeme::Mark('{') => '}',
        Lexeme::Mark('$') if tokens.get(at + 1).is_some_and(|it| it.is('{')) => '}',
        Lexeme::Mark('<') if tokens.get(at + 1).is_some_and(|it| it.glued && it.is_word()) => '>',
        // "X min"
        Lexeme::Word if matches!(token.norm.as_str(), "x" | "n" | "y") => {
            return lexicon::unit(tokens, at + 1).map(|(_, end)| end);
        }
        _ => return None,
    };
    let end = at + tokens[at..].iter().take(PLACEHOLDER).position(|it| it.is(closing))? + 1;
    Some(end + tokens[end..].iter().take_while(|it| it.is(closing)).count())
}

/// A duration with the token after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// Seconds; words where a calendar decides.
    pub(super) value: Value,
    /// The token after it.
    pub(super) end: usize,
}

/// The duration that begins at a place, without bounds before it; of a range the upper end.
pub(super) fn amount(tokens: &[Token], at: usize, unit: Option<f64>) -> Option<Amount> {
    if let Lexeme::Duration(seconds) = tokens.get(at)?.lexeme {
        return Some(Amount { value: Value::Seconds(seconds), end: at + 1 });
    }
    if let Some(start) = lexicon::is(tokens, at, Class::BetweenWord)
        && let Some(first) = single(tokens, start, unit)
        && let Some(second) = range_end(tokens, first.end, unit, true)
    {
        return Some(second.amount());
    }
    let first = single(tokens, at, unit)?;
    let upper = range_end(tokens, first.end, unit, false).filter(|it| it.seconds() >= first.seconds());
    match upper {
        Some(upper) => Some(upper.amount()),
        None if first.unit.is_some() => Some(compound(tokens, first).amount()),
        None => None,
    }
}

/// A number and its unit, if it has one.
#[derive(Debug, Clone, Copy)]
struct Single {
    number: f64,
    /// Outer none: no unit; inner none: a calendar unit.
    unit: Option<Option<f64>>,
    end: usize,
}

impl Single {
    fn seconds(self) -> f64 {
        self.number * self.unit.flatten().unwrap_or(1.0)
    }

    fn amount(self) -> Amount {
        // Products such as 0.3 ms shall not carry the noise of binary fractions.
        let seconds = |unit: f64| Value::Seconds((self.number * unit * 1e6).round() / 1e6);
        let value = self.unit.flatten().map_or(Value::Words(Status::Soft), seconds);
        Amount { value, end: self.end }
    }
}

fn single(tokens: &[Token], at: usize, default: Option<f64>) -> Option<Single> {
    let token = tokens.get(at)?;
    let (number, mut end, digits) = match token.lexeme {
        Lexeme::Number(number) => (number, at + 1, true),
        _ => lexicon::number(tokens, at).map(|(number, end)| (number, end, false))?,
    };
    // "four (4) hours"
    if let [open, digits, close, ..] = tokens.get(end..)?
        && open.is('(')
        && close.is(')')
        && digits.lexeme == Lexeme::Number(number)
    {
        end += 3;
    }
    end += usize::from(tokens.get(end).is_some_and(|it| it.is('+')));
    // "4-hour"
    let hyphen = usize::from(tokens.get(end).is_some_and(|it| it.is('-') && it.glued));
    if let Some((unit, end)) = lexicon::unit(tokens, end + hyphen) {
        let end = end + usize::from(tokens.get(end).is_some_and(|it| it.is('+') && it.glued));
        return Some(Single { number, unit: Some(unit), end });
    }
    // In "4 and 1 hours" the first number counts nothing of its own.
    let joined =
        lexicon::is(tokens, end, Class::Join).and_then(|it| tokens.get(it)).is_some_and(Token::is_number);
    let counts =
        !joined && tokens.get(end).is_some_and(|it| it.is_word() || it.is_any(&['%', '×', '$', ':']));
    let unit = default.filter(|_| digits && !counts).map(Some);
    Some(Single { number, unit, end })
}

/// The upper end of a range: "15-30 minutes", "30 minutes to 1 hour".
fn range_end(tokens: &[Token], at: usize, unit: Option<f64>, between: bool) -> Option<Single> {
    let mark = tokens.get(at)?.is_any(&['-', '~', '…']) || (tokens[at].is('—') && tokens[at].glued);
    let mut start = match lexicon::is(tokens, at, Class::RangeWord) {
        Some(end) => end,
        None if mark => at + 1,
        None if between => lexicon::is(tokens, at, Class::AndWord)?,
        None => return None,
    };
    while tokens.get(start).is_some_and(is_operator) {
        start += 1;
    }
    single(tokens, start, unit).filter(|it| it.unit.is_some())
}

/// Adds smaller units: "2m 40s", "1 hour and 30 minutes", "1h30".
fn compound(tokens: &[Token], first: Single) -> Single {
    let mut sum = first;
    let mut smallest = first.unit.flatten();
    while let Some(unit) = smallest {
        let start = lexicon::is(tokens, sum.end, Class::AndWord).unwrap_or(sum.end);
        let Some(next) = single(tokens, start, None) else { break };
        let glued = start == sum.end && tokens.get(start).is_some_and(|it| it.glued && it.is_number());
        let next_unit = match next.unit {
            Some(Some(smaller)) if smaller < unit => smaller,
            None if glued && unit == 3600.0 => 60.0,
            _ => break,
        };
        sum =
            Single { number: sum.seconds() + next.number * next_unit, unit: Some(Some(1.0)), end: next.end };
        smallest = Some(next_unit);
    }
    sum
}

/// `<`, `≤`, `~` and their kin: a bound in one character.
pub(super) fn is_operator(token: &Token) -> bool {
    token.is_any(&['<', '>', '=', '≤', '≥', '≈', '≃', '~', '±', '⩽', '∼'])
}
