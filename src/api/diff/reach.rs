//! Collects what was found and says once what is in several places.

use std::collections::{BTreeSet, HashMap};

use super::schema::Schemas;
use super::{Change, Check, Side};
use crate::model::spec::Node;
use crate::source::Span;

/// What a change belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Api,
    Operation(u32),
    Pair(u32),
}

/// All that was found.
#[derive(Default)]
pub(super) struct Found {
    all: Vec<One>,
    /// The names of the operations.
    operations: Vec<String>,
}

struct One {
    check: &'static Check,
    side: Option<Side>,
    message: String,
    owner: Owner,
    component: Option<String>,
    places: Places,
    /// The places of what is around it, where it has none of its own.
    around: Places,
}

/// Two places of one thing.
#[derive(Clone, Copy, Default)]
pub(super) struct Places {
    pub(super) old: Option<Span>,
    pub(super) new: Option<Span>,
}

impl Places {
    /// The places of values; of a mapping its first words.
    pub(super) fn of(old: Option<Node<'_>>, new: Option<Node<'_>>) -> Places {
        Places { old: old.map(Node::place), new: new.map(Node::place) }
    }
}

/// Where something is said, and about what.
#[derive(Clone, Copy)]
pub(super) struct About<'w> {
    pub(super) owner: Owner,
    pub(super) side: Option<Side>,
    /// The shared schema, where it is another than that of the pair.
    pub(super) component: Option<&'w str>,
}

impl Found {
    /// Adds an operation.
    pub(super) fn operation(&mut self, name: String) -> u32 {
        self.operations.push(name);
        self.operations.len() as u32 - 1
    }

    /// Adds a change.
    pub(super) fn say(&mut self, about: About<'_>, check: &'static Check, words: [&str; 3], places: Places) {
        self.say_in(about, check, words, places, Places::default());
    }

    /// Adds a change of something that one version may lack, inside of something that both have.
    pub(super) fn say_in(
        &mut self,
        about: About<'_>,
        check: &'static Check,
        words: [&str; 3],
        places: Places,
        around: Places,
    ) {
        let message = check.text(words[0], words[1], words[2]);
        let About { owner, side, component } = about;
        let component = component.map(str::to_owned);
        self.all.push(One { check, side, message, owner, component, places, around });
    }

    /// The changes, each once, in the order of the operations.
    pub(super) fn finish(self, schemas: &Schemas<'_>) -> Vec<Change> {
        let mut reached: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        let mut merged: Vec<(One, BTreeSet<u32>, BTreeSet<Side>)> = Vec::new();
        type Key = (&'static str, Option<Span>, Option<Span>, String);
        let mut known: HashMap<Key, usize> = HashMap::new();
        for one in self.all {
            let operations = match one.owner {
                Owner::Api => BTreeSet::new(),
                Owner::Operation(it) => BTreeSet::from([it]),
                Owner::Pair(it) => reached.entry(it).or_insert_with(|| schemas.operations(it)).clone(),
            };
            let key = (one.check.id, one.places.old, one.places.new, one.message.clone());
            match known.get(&key) {
                Some(&at) => {
                    let (before, all, sides) = &mut merged[at];
                    all.extend(operations);
                    sides.extend(one.side);
                    if one.check.level(one.side) < before.check.level(before.side) {
                        *before = one;
                    }
                }
                None => {
                    known.insert(key, merged.len());
                    let sides = one.side.into_iter().collect();
                    merged.push((one, operations, sides));
                }
            }
        }
        let mut changes: Vec<Change> = merged
            .into_iter()
            .map(|(one, operations, sides)| {
                let differs = one.check.request != one.check.response;
                Change {
                    check: one.check.id,
                    level: one.check.level(one.side),
                    side: one.side.filter(|_| sides.len() < 2 || differs),
                    component: match one.owner {
                        Owner::Pair(it) => one.component.or_else(|| schemas.component(it)),
                        _ => None,
                    },
                    operations: operations.iter().map(|&it| self.operations[it as usize].clone()).collect(),
                    message: one.message,
                    is_gone: one.places.new.is_none() && one.places.old.is_some(),
                    old: one.places.old.or(one.around.old),
                    new: one.places.new.or(one.around.new),
                }
            })
            .collect();
        changes.sort_by(|a, b| order(a).cmp(&order(b)));
        changes
    }
}

/// The API first, then what several operations share, then the operations by path.
fn order(it: &Change) -> impl Ord {
    let group = match it.operations.as_slice() {
        [] => (0, String::new()),
        [one] => (2, by_path(one)),
        // What has a name comes before what has none.
        several => (1, it.component.clone().unwrap_or_else(|| format!("~{}", several.join("\n")))),
    };
    let place = it.new.or(it.old).map(|it| (it.source, it.start));
    (group, it.level, place, it.check, it.message.clone())
}

/// A name of an operation that sorts by its path.
fn by_path(name: &str) -> String {
    let (method, path) = name.split_once(' ').unwrap_or((name, ""));
    format!("{path} {method}")
}
