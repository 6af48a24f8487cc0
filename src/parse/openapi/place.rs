//! A value somewhere in the files of a spec, and reading it as if its references were written out.

use std::cell::Cell;
use std::collections::HashSet;

use crate::model::spec::{Reference, SpecFile, Target};
use crate::model::tree::{TreeId, View};
use crate::source::{SourceId, Sources, Span};

/// A chain of references longer than this is a circle.
const MAX_HOPS: usize = 32;

/// How many bytes may be copied out of the files of a spec. References and aliases let a small file say
/// something large many times over; real specs stay below a few times their size.
pub(super) const BUDGET: usize = 256 << 20;

/// What a small thing costs beside its text.
const OVERHEAD: usize = 64;

/// The files of a spec with the edges between them.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    pub(super) sources: &'a Sources,
    pub(super) files: &'a [SpecFile],
    /// Ordered by file and node.
    pub(super) references: &'a [Reference],
    /// What is left of [`BUDGET`].
    pub(super) budget: &'a Cell<usize>,
}

/// A value of one of the files.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) file: u32,
    pub(super) source: SourceId,
    pub(super) view: View<'a>,
}

impl<'a> Place<'a> {
    fn with(self, view: View<'a>) -> Place<'a> {
        Place { view, ..self }
    }

    /// Its words without quotes.
    pub(super) fn span(self) -> Span {
        Span::new(self.source, self.view.content_span())
    }

    /// The text of a scalar.
    pub(super) fn text(self) -> Option<String> {
        self.view.as_str().map(|it| it.into_owned())
    }

    /// The items of a list.
    pub(super) fn items(self) -> impl Iterator<Item = Place<'a>> {
        self.view.items().map(move |it| self.with(it))
    }

    /// The value of a key that stands here, references not followed.
    pub(super) fn own(self, key: &str) -> Option<Place<'a>> {
        self.view.get(key).map(|it| self.with(it))
    }

    /// What tells it from every other value.
    pub(super) fn identity(self) -> (u32, TreeId) {
        (self.file, self.view.id())
    }
}

impl<'a> Files<'a> {
    /// The value at the root of the spec.
    pub(super) fn root(self) -> Option<Place<'a>> {
        let file = self.files.first()?;
        let view = file.tree.root(&self.sources.get(file.source).text)?;
        Some(Place { file: 0, source: file.source, view })
    }

    /// Takes something from the budget.
    pub(super) fn charge(self, bytes: usize) {
        self.budget.set(self.budget.get().saturating_sub(bytes));
    }

    /// Whether nothing is left of the budget; what is read from here on is empty.
    pub(super) fn is_exhausted(self) -> bool {
        self.budget.get() == 0
    }

    fn target(self, place: Place<'a>) -> Option<Target> {
        place.own("$ref")?;
        let found = self.references.binary_search_by_key(&place.identity(), |it| (it.file, it.node)).ok()?;
        Some(self.references[found].target)
    }

    /// Where the `$ref` of a value leads, one step.
    pub(super) fn step(self, place: Place<'a>) -> Option<Place<'a>> {
        let Target::Value { file, node } = self.target(place)? else { return None };
        let target = &self.files[file as usize];
        let view = target.tree.view(node, &self.sources.get(target.source).text);
        Some(Place { file, source: target.source, view })
    }

    /// The value, then what its `$ref` leads to, and so on; a circle ends somewhere.
    pub(super) fn chain(self, place: Place<'a>) -> impl Iterator<Item = Place<'a>> {
        std::iter::successors(Some(place), move |&it| self.step(it)).take(MAX_HOPS)
    }

    /// The value that the references lead to; itself where there are none.
    pub(super) fn follow(self, place: Place<'a>) -> Place<'a> {
        self.chain(place).last().unwrap_or(place)
    }

    /// The value of a key: beside a `$ref`, else where that leads.
    pub(super) fn get(self, place: Place<'a>, key: &str) -> Option<Place<'a>> {
        self.chain(place).find_map(|it| it.own(key))
    }

    /// The keys and values: those beside a `$ref`, then those where it leads.
    pub(super) fn members(self, place: Place<'a>) -> Vec<(Place<'a>, Place<'a>)> {
        if self.is_exhausted() {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let all =
            self.chain(place).flat_map(|it| it.view.members().map(move |(k, v)| (it.with(k), it.with(v))));
        let members: Vec<_> = all
            .filter(|(key, _)| key.view.as_str().is_some_and(|it| it != "$ref" && seen.insert(it)))
            .collect();
        self.charge(members.len() * OVERHEAD);
        members
    }

    /// The text of a key, empty when there is none. A text file that it refers to is its text.
    pub(super) fn text(self, place: Place<'a>, key: &str) -> String {
        let Some(value) = self.get(place, key).filter(|_| !self.is_exhausted()) else { return String::new() };
        let text = match self.target(value) {
            Some(Target::Text(source)) => self.sources.get(source).text.to_string(),
            _ => self.follow(value).text().unwrap_or_default(),
        };
        self.charge(OVERHEAD + text.len());
        text
    }

    /// Whether a key is `true`.
    pub(super) fn flag(self, place: Place<'a>, key: &str) -> bool {
        self.get(place, key).is_some_and(|it| it.view.as_bool() == Some(true))
    }

    /// The texts of a list.
    pub(super) fn texts(self, place: Place<'a>, key: &str) -> Vec<String> {
        let Some(list) = self.get(place, key).filter(|_| !self.is_exhausted()) else { return Vec::new() };
        let texts: Vec<_> = list.items().filter_map(Place::text).collect();
        self.charge(texts.iter().map(|it| OVERHEAD + it.len()).sum());
        texts
    }
}
