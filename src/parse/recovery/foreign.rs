//! Pages on which RTO or RPO is the abbreviation of something else.

use super::lexicon::{self, Class};
use super::tokens::Token;
use crate::model::fact::Objective;

/// What the tokens of a block say about each abbreviation.
#[derive(Debug, Default)]
pub(super) struct Abbreviations {
    foreign: Vec<Objective>,
    own: Vec<Objective>,
}

impl Abbreviations {
    /// Notes expansions: "Regional Transport Office (RTO)", "RPO (reverse post-order)".
    pub(super) fn note(&mut self, tokens: &[Token]) {
        for (at, token) in tokens.iter().enumerate() {
            if let Some((kind, _)) =
                lexicon::find(tokens, at, |it| if let Class::Foreign(kind) = it { Some(kind) } else { None })
            {
                self.foreign.push(kind);
            }
            let Some((kind, end)) = lexicon::kind(tokens, at) else { continue };
            if end > at + 1 {
                self.own.push(kind);
                continue;
            }
            let letters: Vec<char> = token.norm.chars().take(3).collect();
            let before = at.checked_sub(1).filter(|&it| tokens[it].is('('));
            let spelled = before.is_some_and(|open| initials(&tokens[..open], true, &letters))
                || tokens.get(end).is_some_and(|it| it.is('('))
                    && initials(&tokens[end + 1..], false, &letters);
            if spelled {
                self.foreign.push(kind);
            }
        }
    }

    /// The abbreviations that mean something else here.
    pub(super) fn foreign(self) -> Vec<Objective> {
        self.foreign.into_iter().filter(|it| !self.own.contains(it)).collect()
    }
}

/// Whether the three nearest words begin with these letters and are no name of an objective.
fn initials(tokens: &[Token], backwards: bool, letters: &[char]) -> bool {
    let words = tokens.iter().enumerate().filter(|(_, it)| it.is_word());
    let mut near: Vec<(usize, &Token)> =
        if backwards { words.rev().take(3).collect() } else { words.take(3).collect() };
    if backwards {
        near.reverse();
    }
    near.len() == 3
        && near
            .iter()
            .zip(letters)
            .all(|((_, word), &letter)| word.norm.len() > 1 && word.norm.starts_with(letter))
        && near.first().is_some_and(|&(at, _)| lexicon::kind(tokens, at).is_none())
}
