//! Pages → [`Fact`]: every recovery objective that a page states, and the downtime that it calls tolerable.
//!
//! Blocks are walked with what stands above them (headings, list labels, table headers); inline text becomes
//! tokens, and [`statement`] binds values to names. Words are data: [`words`], [`units`]. What is not
//! understood gives nothing: a wrong fact costs more than a missing one.

mod blocks;
mod cell;
mod characters;
mod fence;
mod foreign;
mod governor;
mod hearsay;
mod inline;
mod items;
mod lexicon;
mod lines;
mod lists;
mod markup;
mod mention;
mod pairs;
mod reader;
mod statement;
mod structured;
mod subject;
mod table;
mod tail;
#[cfg(test)]
mod tests;
mod tokens;
mod units;
mod value;
mod words;

use std::sync::LazyLock;

use regex::Regex;

use crate::model::fact::{Fact, Role, Status};
use crate::model::page::Page;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};
use statement::Stated;
use tokens::Token;
use value::Value;

/// A page without any of these names no objective.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    let long = "recovery[\\s_-]*(time|point)|wiederh|wiederanlauf|reprise|recuperaci|recupera[cç]|ripristino|recupero|admissible\
        |m(?:ax\\w*)[\\s_-]+(tolera|allowable|acceptable outage)|(?-i:(?:^|[^A-Za-z])M(?:TP?D|TO|AO)(?:[^A-Za-z]|$))|(?:^|[^a-z])mtp?d[\"_ ]*[:=]|pemulihan|gjenopp|genopret|dmia|pdma|恢[复復]|복구|hersteltijd|herstelpunt|zul[aä]ssig|odzyskiwania|[復复]原|復旧|ｒｔｏ|ｒｐｏ";
    // Not the one in "purpose", but the one in `targetRto`.
    compiled(&format!("(?i)(?:^|[^a-z])r[tp]o|(?-i:[a-z]R(?:to|po|TO|PO))|{long}"))
});

/// The recovery objectives of a page and its maximum tolerable downtimes, in the order of the text. `text` is the text
/// of the page's source.
pub fn facts(page: &Page, text: &str) -> Vec<Fact> {
    if !NAMES.is_match(text) {
        return Vec::new();
    }
    let mut sheet = Sheet { source: page.source, text, found: Vec::new() };
    if let Some(root) = page.front_matter.as_ref().and_then(|it| it.root(text)) {
        structured::read(root, &mut sheet);
        sheet.settle(0);
    }
    let foreign = blocks::read(page, &mut sheet);
    let mut facts: Vec<Fact> = sheet.found.into_iter().map(|(fact, _)| fact).collect();
    facts.retain(|it| !foreign.contains(&it.kind));
    facts.sort_by_key(|it| (it.span, it.kind));
    facts
}

/// Collects facts.
struct Sheet<'a> {
    source: SourceId,
    text: &'a str,
    /// Facts; whether each counts only beside one that is sure.
    found: Vec<(Fact, bool)>,
}

impl Sheet<'_> {
    /// Adds a statement made in these tokens.
    fn add(&mut self, tokens: &[Token], stated: Stated, path: &[String]) {
        let words = tokens.get(stated.place.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let span =
            Span::new(self.source, first.span.start as usize..last.span.end.max(first.span.end) as usize);
        let mut subject = path.to_vec();
        for scope in stated.scope {
            subject.extend(tokens.get(scope).and_then(|it| subject::name(it, self.text)));
        }
        let (seconds, status) = match stated.value {
            Value::Seconds(seconds) => (Some(seconds), Status::Set),
            Value::Words(status) => (None, status),
        };
        let raw = if stated.empty { "" } else { self.text.get(span.range()).unwrap_or_default() };
        let fact = Fact {
            kind: stated.kind,
            role: stated.role.unwrap_or(Role::Unspecified),
            seconds,
            raw: raw.to_owned(),
            subject,
            status,
            span,
        };
        self.found.push((fact, stated.weak));
    }

    /// Whether something sure was found after `from` facts.
    fn is_sure_since(&self, from: usize) -> bool {
        self.found[from..].iter().any(|(_, weak)| !weak)
    }

    /// Ends a block that began when there were `from` facts: drops what is not sure unless something is.
    fn settle(&mut self, from: usize) {
        let sure = self.found[from..].iter().any(|(fact, weak)| !weak && fact.seconds.is_some());
        let mut index = 0;
        self.found.retain_mut(|(_, weak)| {
            index += 1;
            let keep = index <= from || sure || !*weak;
            if index > from {
                *weak = false;
            }
            keep
        });
    }
}
