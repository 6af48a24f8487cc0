//! Names with values that state nothing: conditions, advice, denials, history.

use super::items::{self, Item, Place, after_parenthesis};
use super::lexicon::{self, Class};
use super::reader::{REACH, Reader};
use super::statement::Stated;
use super::value::{self, Accept};

/// How far back, in tokens, someone is named whose words are told.
const SENTENCE: usize = 60;

impl Reader<'_> {
    /// Conditions ("if the RTO is below 1 hour"), examples, and results of an option ("hourly copies → RPO: 1 h").
    pub(super) fn is_condition(&self) -> bool {
        let start = self.mention.start;
        let prefix = self.prefix();
        let near = prefix.start.max(start.saturating_sub(REACH + 1));
        let says = |class| (near..start).any(|at| lexicon::is(&self.tokens[..start], at, class).is_some());
        // In the parenthesis "(e.g. RTO 4 hours)" the example stands behind the bracket.
        if says(Class::Condition) || says(Class::Example) || says(Class::Hypothetical) {
            return true;
        }
        let former = (near..start).rev().take(2).any(|at| {
            let end = lexicon::is(&self.tokens[..start], at, Class::Former);
            end.is_some_and(|end| end == start || lexicon::role(self.tokens, end).is_some())
        });
        if former
            || self.is_reported()
            || lexicon::is(self.tokens, self.mention.end, Class::Hypothetical).is_some()
        {
            return true;
        }
        let arrow = prefix.start > self.free && self.tokens[prefix.start - 1].is('→');
        let option = &self.tokens[self.free..prefix.start];
        arrow
            && (lexicon::any(option, Class::Frequency)
                || lexicon::is(option, 0, Class::Advice).is_some()
                || (0..option.len()).any(|at| value::amount(option, at, None).is_some()))
    }

    /// A sample ("For example, ..."), a need ("for an RTO of 4 hours use ..."), words that someone else said.
    fn is_reported(&self) -> bool {
        let (tokens, start) = (self.tokens, self.mention.start);
        let before = &tokens[..start];
        // "If it takes 4 hours and your RTO is 30 minutes, ..."
        let supposed = lexicon::is(tokens, 0, Class::Condition).is_some()
            && before.last().is_some_and(|it| it.norm == "your")
            && !before.iter().any(|it| it.is(','));
        let label = before.iter().take(REACH + 1).position(|it| it.is(':')).unwrap_or_default();
        let sample = lexicon::is(tokens, 0, Class::Example).is_some()
            || lexicon::any(&tokens[..label], Class::Dismissed);
        let need = matches!(before, [rest @ .., first, second]
            if rest.last().is_none_or(|it| !it.is_word())
            && matches!(first.norm.as_str(), "for" | "para" | "pour") && matches!(second.norm.as_str(), "a" | "an" | "un" | "una"));
        let told = (start.saturating_sub(SENTENCE).max(1)..start)
            .any(|at| lexicon::is(before, at, Class::Reported).is_some());
        let quoted = tokens[start].quoted
            && tokens.get(self.mention.end).is_some_and(|it| it.quoted)
            && tokens.iter().any(|it| it.is_word() && !it.quoted);
        sample || supposed || need || told || quoted
    }

    /// "We do not have a defined RTO", "no RTO has been agreed".
    pub(super) fn denied(&self) -> Option<Vec<Stated>> {
        let start = self.mention.start;
        let denial = (self.free..start)
            .filter_map(|at| lexicon::is(&self.tokens[..start], at, Class::Undefined))
            .max()?;
        let is_formal = |at: usize| lexicon::is(self.tokens, at, Class::Formal).is_some();
        let article = |at: usize| {
            matches!(self.tokens[at].norm.as_str(), "a" | "an" | "any" | "the" | "current" | "currently")
        };
        if !(denial..start).all(|at| is_formal(at) || article(at)) {
            return None;
        }
        let end = self.limit.min(self.mention.end + REACH + 1);
        let formal = (denial..start).chain(self.mention.end..end).any(is_formal);
        let sure = formal || matches!(self.tokens[denial - 1].norm.as_str(), "have" | "neither" | "nor");
        sure.then(|| self.unset(start..self.mention.end, false))
    }

    /// "RTO < 15 minutes: use a hot standby" tells when to do something.
    pub(super) fn is_advice(&self, found: &[Item]) -> bool {
        let Some(last) = found.last() else { return false };
        let mut at = last.found.end;
        while let Some(token) = self.tokens.get(at) {
            if token.is('(') {
                let Some(close) = after_parenthesis(self.tokens, at) else { return false };
                at = close;
                continue;
            }
            if token.is_word() {
                return [Class::Advice, Class::Hypothetical]
                    .iter()
                    .any(|&it| lexicon::is(self.tokens, at, it).is_some());
            }
            at += 1;
        }
        false
    }

    /// "The RTO was 4 hours"
    pub(super) fn is_history(&self, found: &[Item]) -> bool {
        let Some(first) = found.first().filter(|it| it.is_number()) else { return false };
        let near = first.found.start.saturating_sub(3).max(self.mention.end)..first.found.start;
        near.into_iter().any(|at| lexicon::is(self.tokens, at, Class::Past).is_some())
    }

    /// "..., it is now 2 hours"
    pub(super) fn present(&self, found: &[Item], unit: Option<f64>) -> Vec<Item> {
        let tokens = &self.tokens[..self.limit];
        let start = found.last().map_or(self.mention.end, |it| it.found.end);
        let Some(now) = (start..tokens.len()).find_map(|at| lexicon::is(tokens, at, Class::Now)) else {
            return Vec::new();
        };
        let value = (now..tokens.len()).find(|&at| value::amount(tokens, at, unit).is_some());
        value.map_or_else(Vec::new, |at| items::items(tokens, at, unit, Accept::Numbers, Place::After))
    }
}
