//! From a name to the place where its value begins.

use std::ops::Range;

use super::items::{self, Item, Place, after_parenthesis};
use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::pairs;
use super::reader::{GAP, Reader};
use super::tokens::Token;
use super::value::{self, Accept};
use crate::model::fact::Role;

/// The words between a name and its value.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// Where the value begins.
    pub(super) end: usize,
    /// Whether a colon, an equals sign or a dash stands before the value.
    pub(super) separated: bool,
    /// Whether "of", "is" or the like stands right before it.
    pub(super) linked: bool,
    /// Whether the value stands in parentheses.
    pub(super) inside: bool,
    /// Words that are neither role nor filler.
    pub(super) words: usize,
    pub(super) role: Option<Role>,
    pub(super) unit: Option<f64>,
    pub(super) scope: Option<Range<usize>>,
}

impl Reader<'_> {
    /// Reads from the name to where its value must begin; none when the words make another thing of it.
    pub(super) fn label_tail(&self) -> Option<Tail> {
        let tokens = &self.tokens[..self.limit];
        let mut tail = Tail { end: self.mention.end, ..Tail::default() };
        let mut gap = 0;
        while let Some(token) = tokens.get(tail.end) {
            let at = tail.end;
            let accept = if tail.separated {
                Accept::Words
            } else if tail.linked || (tail.words == 0 && token.is_word()) {
                Accept::Denials
            } else {
                Accept::Numbers
            };
            let ready = tail.separated || tail.linked || tail.words == 0;
            if tail.separated
                || (ready && self.mention.kinds.len() > 1 && pairs::shared_unit(tokens, at).is_some())
                || (ready && value::value(tokens, at, tail.unit.or(self.above.unit), accept).is_some())
            {
                tail.linked |= accept == Accept::Denials;
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
    pub(super) fn dash_parts(&self, at: usize) -> bool {
        value::value(&self.tokens[..self.limit], at + 1, None, Accept::Words).is_some()
    }

    /// A gloss, a unit, a scope, or the value itself.
    pub(super) fn parenthesis(&self, tokens: &[Token], open: usize, tail: &mut Tail) -> Option<usize> {
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
        } else if lexicon::is(inner, open + 1, Class::Former).is_some()
            || lexicon::is(inner, open + 1, Class::Dismissed).is_some_and(|end| end == inner.len())
        {
            return None;
        } else if (open + 1..inner.len()).any(|at| {
            inner[at].is_word() && inner[at].capital && lexicon::is(inner, at, Class::Filler).is_none()
        }) {
            tail.scope = Some(open + 1..inner.len());
        }
        close
    }

    /// A label that ends the segment: its value, if it has one, stands below.
    pub(super) fn open(&self) -> Option<(Range<usize>, Label)> {
        let label = self.label_tail()?;
        let only = label.separated && label.end == self.tokens.len() && label.words == 0;
        let start = self.prefix().start;
        let named = mention::label(&self.tokens[start..])?;
        (only && self.tokens[..start].iter().all(|it| !it.is_word())).then_some((start..label.end, named))
    }
}
