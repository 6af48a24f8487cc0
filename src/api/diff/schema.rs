//! The pairs of schemas to compare, each once for each side. What is left to do stands in a list, so circles and deep
//! nesting do no harm.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Side;
use super::keyword::Comparison;
use super::reach::{Found, Owner};
use super::shape::shape;
use crate::model::spec::Node;
use crate::model::spec::read;
use crate::model::tree::TreeId;

/// More pairs come out of specs that are made for it only.
const MAX_PAIRS: usize = 400_000;

type Identity = (u32, TreeId);

/// The pairs of schemas.
#[derive(Default)]
pub(super) struct Schemas<'a> {
    pairs: Vec<Pair<'a>>,
    known: HashMap<(Identity, Identity, Side), u32>,
    waiting: Vec<u32>,
}

struct Pair<'a> {
    old: Node<'a>,
    new: Node<'a>,
    side: Side,
    subject: Subject,
    parents: Vec<u32>,
    operations: Vec<u32>,
}

/// What a schema is called in messages.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// The shared schema.
    pub(super) component: Option<String>,
    /// What it is when it is no shared schema: `the request body`.
    base: String,
    /// The way from there: `lines[].price`.
    path: String,
}

impl Subject {
    /// A schema that is not shared.
    pub(super) fn base(words: impl Into<String>) -> Subject {
        Subject { component: None, base: words.into(), path: String::new() }
    }

    /// A shared schema.
    pub(super) fn named(name: &str) -> Subject {
        Subject { component: Some(name.to_owned()), ..Subject::default() }
    }

    /// A part of it.
    pub(super) fn below(&self, step: &str) -> Subject {
        let gap = if self.path.is_empty() || step.starts_with('[') { "" } else { "." };
        Subject { path: format!("{}{gap}{step}", self.path), ..self.clone() }
    }

    /// In words.
    pub(super) fn text(&self) -> String {
        match (&self.component, self.path.is_empty()) {
            (Some(name), true) => format!("`{name}`"),
            (Some(name), false) if self.path.starts_with('[') => format!("`{name}{}`", self.path),
            (Some(name), false) => format!("`{name}.{}`", self.path),
            (None, true) => self.base.clone(),
            (None, false) => format!("`{}` of {}", self.path, self.base),
        }
    }
}

impl<'a> Schemas<'a> {
    /// Puts a pair on the list, and remembers who needs it.
    pub(super) fn enter(&mut self, old: Node<'a>, new: Node<'a>, side: Side, from: Owner, subject: Subject) {
        let (name, former) = (read::reference_name(new), read::reference_name(old));
        let subject = match name.filter(|it| former.as_ref() == Some(it)) {
            Some(name) => Subject::named(&name),
            None => subject,
        };
        let (old, new) = (bare(old), bare(new));
        let key = (old.identity(), new.identity(), side);
        let at = match self.known.get(&key) {
            Some(&at) => at,
            None if self.pairs.len() >= MAX_PAIRS => return,
            None => {
                let at = self.pairs.len() as u32;
                let (parents, operations) = (Vec::new(), Vec::new());
                self.pairs.push(Pair { old, new, side, subject, parents, operations });
                self.known.insert(key, at);
                self.waiting.push(at);
                at
            }
        };
        let pair = &mut self.pairs[at as usize];
        match from {
            Owner::Pair(it) => pair.parents.push(it),
            Owner::Operation(it) => pair.operations.push(it),
            Owner::Api => {}
        }
    }

    /// Compares all pairs, and those that they lead to.
    pub(super) fn run(&mut self, found: &mut Found) {
        let mut next = 0;
        // In the order in which they were met, so that names come from the nearest.
        while let Some(&at) = self.waiting.get(next) {
            next += 1;
            let pair = &self.pairs[at as usize];
            let (old, new) = (shape(pair.old), shape(pair.new));
            let comparison = Comparison {
                at,
                side: pair.side,
                subject: pair.subject.clone(),
                nodes: (pair.old, pair.new),
                old,
                new,
            };
            comparison.run(self, found);
        }
        self.waiting.clear();
    }

    /// The operations that a pair belongs to.
    pub(super) fn operations(&self, pair: u32) -> BTreeSet<u32> {
        let mut seen = HashSet::from([pair]);
        let mut open = vec![pair];
        let mut operations = BTreeSet::new();
        while let Some(at) = open.pop() {
            let pair = &self.pairs[at as usize];
            operations.extend(&pair.operations);
            open.extend(pair.parents.iter().copied().filter(|it| seen.insert(*it)));
        }
        operations
    }

    /// The shared schema that a pair is a part of.
    pub(super) fn component(&self, pair: u32) -> Option<String> {
        self.pairs[pair as usize].subject.component.clone()
    }
}

/// The schema that a reference without siblings leads to.
fn bare(schema: Node<'_>) -> Node<'_> {
    schema.chain().find(|it| !(it.view.len() == 1 && it.is_reference())).unwrap_or_else(|| read::real(schema))
}
