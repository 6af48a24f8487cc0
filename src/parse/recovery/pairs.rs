//! Values of a pair of objectives: "RTO/RPO: 4 h / 1 h".

use super::items::{Item, lead, separator, tail};
use super::lexicon::{self, Class};
use super::tokens::Token;
use super::value::Accept;
use crate::model::fact::Objective;

/// For a pair, neighbours need no scope to count.
pub(super) fn pair(tokens: &[Token], start: usize, unit: Option<f64>, accept: Accept) -> Vec<Item> {
    let mut found = Vec::new();
    let mut at = start;
    let unit = unit.or_else(|| shared_unit(tokens, start));
    let mut before = None;
    while let Some(mut item) = lead(tokens, at, unit, accept).filter(|it| it.lead == 0) {
        item.before = before;
        let end = tail(tokens, &mut item, unit, &mut Vec::new());
        found.push(item);
        match separator(tokens, end, unit) {
            Some((mark, next)) => (before, at) = (Some(mark), next),
            None => break,
        }
    }
    found
}

/// Gives each objective of a pair its value: "4 h / 1 h" in order, one value for both.
pub(super) fn assign(kinds: &[Objective], items: Vec<Item>) -> Vec<(Objective, Item)> {
    match (kinds, &items[..]) {
        (&[kind], _) => items.into_iter().map(|it| (kind, it)).collect(),
        (_, [only]) => kinds.iter().map(|&kind| (kind, only.clone())).collect(),
        (_, several) if several.len() == kinds.len() => kinds.iter().copied().zip(items).collect(),
        // "4h/1h (production), 24h/24h (staging)"
        (_, several) if several.chunks(kinds.len()).all(|it| is_chunk(it, kinds.len())) => {
            kinds.iter().copied().cycle().zip(items).collect()
        }
        _ => Vec::new(),
    }
}

fn is_chunk(items: &[Item], count: usize) -> bool {
    items.len() == count && items[1..].iter().all(|it| it.before == Some('/'))
}

/// The unit of "4 and 1 hours".
pub(super) fn shared_unit(tokens: &[Token], start: usize) -> Option<f64> {
    let at = (start..tokens.len()).take(3).find(|&at| tokens[at].is_number())?;
    let end = lexicon::is(tokens, at + 1, Class::Join)?;
    tokens.get(end).filter(|it| it.is_number())?;
    lexicon::unit(tokens, end + 1).and_then(|(unit, _)| unit)
}
