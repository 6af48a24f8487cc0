//! Reading a spec with places: a value together with its file, and the objects of a kind.

use std::borrow::Cow;

use super::object::{Kind, NONE, Object, Use};
use super::{Spec, Target, Version};
use crate::model::Project;
use crate::model::tree::{TreeId, ValueKind, View};
use crate::source::{SourceId, Sources, Span};

/// A chain of references longer than this is a circle.
const MAX_HOPS: usize = 32;

/// A value in one of the files of a spec.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    /// The spec.
    pub spec: &'a Spec,
    /// The texts.
    pub sources: &'a Sources,
    /// The index of its file in [`Spec::files`].
    pub file: u32,
    /// The value.
    pub view: View<'a>,
}

/// An object of a known kind.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// Its mapping.
    pub node: Node<'a>,
    /// Its kind and neighbours.
    pub object: &'a Object,
}

/// A reference in an object.
#[derive(Clone, Copy)]
pub struct Used<'a> {
    /// The mapping that holds the `$ref`.
    pub node: Node<'a>,
    /// What belongs there.
    pub used: &'a Use,
}

impl Project {
    /// The objects of a kind in all specs, in the order of the text.
    pub fn objects(&self, kind: Kind) -> impl Iterator<Item = Typed<'_>> {
        self.specs.iter().flat_map(move |spec| spec.objects(&self.sources, kind))
    }
}

impl Spec {
    /// A value of one of the files.
    pub fn node<'a>(&'a self, sources: &'a Sources, file: u32, id: TreeId) -> Node<'a> {
        let it = &self.files[file as usize];
        Node { spec: self, sources, file, view: it.tree.view(id, &sources.get(it.source).text) }
    }

    /// The root of the document.
    pub fn root<'a>(&'a self, sources: &'a Sources) -> Option<Typed<'a>> {
        self.objects(sources, Kind::Document).next()
    }

    /// The objects of a kind, in the order of the text.
    pub fn objects<'a>(&'a self, sources: &'a Sources, kind: Kind) -> impl Iterator<Item = Typed<'a>> {
        self.objects.all[self.objects.range(kind)].iter().map(move |it| self.typed(sources, it))
    }

    /// Every object, ordered by kind.
    pub fn all_objects<'a>(&'a self, sources: &'a Sources) -> impl Iterator<Item = Typed<'a>> {
        self.objects.all.iter().map(move |it| self.typed(sources, it))
    }

    /// Every reference in the objects.
    pub fn uses<'a>(&'a self, sources: &'a Sources) -> impl Iterator<Item = Used<'a>> {
        self.objects.uses.iter().map(move |it| Used { node: self.node(sources, it.file, it.node), used: it })
    }

    fn typed<'a>(&'a self, sources: &'a Sources, object: &'a Object) -> Typed<'a> {
        Typed { node: self.node(sources, object.file, object.node), object }
    }
}

impl<'a> Node<'a> {
    fn with(self, view: View<'a>) -> Node<'a> {
        Node { view, ..self }
    }

    /// Its file.
    pub fn source(self) -> SourceId {
        self.spec.files[self.file as usize].source
    }

    /// Its words without quotes.
    pub fn span(self) -> Span {
        Span::new(self.source(), self.view.content_span())
    }

    /// A short place for a value: itself on one line, else the first key of a mapping, the first item of a list.
    pub fn place(self) -> Span {
        if !self.sources.text(self.span()).contains('\n') {
            return self.span();
        }
        let first = match self.view.kind() {
            ValueKind::Mapping => self.view.entries().next().map(|(key, _)| key),
            ValueKind::Sequence => self.view.items().next(),
            _ => None,
        };
        match first {
            Some(first) if self.view.is_sequence() && (first.is_mapping() || first.is_sequence()) => {
                first.entries().next().map_or(self.with(first).span(), |(key, _)| self.with(key).span())
            }
            Some(first) => self.with(first).span(),
            None => self.span(),
        }
    }

    /// What tells it from every other value.
    pub fn identity(self) -> (u32, TreeId) {
        (self.file, self.view.id())
    }

    /// The text of a scalar.
    pub fn text(self) -> Option<Cow<'a, str>> {
        self.view.as_str()
    }

    /// The text of a string; none for numbers and the like.
    pub fn string(self) -> Option<Cow<'a, str>> {
        (self.view.kind() == ValueKind::String).then(|| self.view.as_str()).flatten()
    }

    /// The value of a key; references are not followed.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.view.get(key).map(|it| self.with(it))
    }

    /// A key with its value.
    pub fn entry(self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        self.view.entry(key).map(|(key, value)| (self.with(key), self.with(value)))
    }

    /// Whether a key is there.
    pub fn has(self, key: &str) -> bool {
        self.view.get(key).is_some()
    }

    /// The string at a key.
    pub fn string_at(self, key: &str) -> Option<Cow<'a, str>> {
        self.get(key)?.string()
    }

    /// Whether a key is `true`.
    pub fn flag(self, key: &str) -> bool {
        self.get(key).is_some_and(|it| it.view.as_bool() == Some(true))
    }

    /// The keys and values, with what merge keys bring. Duplicates come as they are written.
    pub fn members(self) -> impl Iterator<Item = (Node<'a>, Node<'a>)> {
        // Hardly any mapping merges others, and the others need no memory of what was seen.
        let (own, merged) = match self.view.has_merge_key() {
            true => (None, Some(self.view.members())),
            false => (Some(self.view.entries()), None),
        };
        let all = own.into_iter().flatten().chain(merged.into_iter().flatten());
        all.map(move |(key, value)| (self.with(key), self.with(value)))
    }

    /// The items of a list.
    pub fn items(self) -> impl Iterator<Item = Node<'a>> {
        self.view.items().map(move |it| self.with(it))
    }

    /// The value that its `$ref` leads to.
    pub fn step(self) -> Option<Node<'a>> {
        self.get("$ref")?;
        let references = &self.spec.references;
        let found = references.binary_search_by_key(&self.identity(), |it| (it.file, it.node)).ok()?;
        match references[found].target {
            Target::Value { file, node } => Some(self.spec.node(self.sources, file, node)),
            Target::Text(_) | Target::Remote | Target::Missing => None,
        }
    }

    /// Whether it is a reference.
    pub fn is_reference(self) -> bool {
        self.get("$ref").is_some_and(|it| it.text().is_some())
    }

    /// The value, then what its `$ref` leads to, and so on; a circle ends somewhere.
    pub fn chain(self) -> impl Iterator<Item = Node<'a>> {
        std::iter::successors(Some(self), |it| it.step()).take(MAX_HOPS)
    }

    /// The value that the references lead to; none when they lead nowhere, or in a circle.
    pub fn follow(self) -> Option<Node<'a>> {
        self.chain().find(|it| !it.is_reference())
    }

    /// The version of its document.
    pub fn version(self) -> Version {
        self.spec.edition
    }
}

impl<'a> Typed<'a> {
    /// The value of a key; references are not followed.
    pub fn get(self, key: &str) -> Option<Node<'a>> {
        self.entry(key).map(|it| it.1)
    }

    /// A key with its value.
    pub fn entry(self, key: &str) -> Option<(Node<'a>, Node<'a>)> {
        if !self.object.keys.may_contain(key) {
            return None;
        }
        self.node.entry(key)
    }

    /// Whether a key is there.
    pub fn has(self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// The string at a key.
    pub fn string_at(self, key: &str) -> Option<Cow<'a, str>> {
        self.get(key)?.string()
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        self.object.kind
    }

    /// Where to say that it lacks something: the key in front of it, else its first key.
    pub fn place(self) -> Span {
        match self.key() {
            Some(key) => key.span(),
            None => self.node.place(),
        }
    }

    /// The key in front of it.
    pub fn key(self) -> Option<Node<'a>> {
        self.object.key().map(|key| self.node.spec.node(self.node.sources, self.object.file, key))
    }

    /// The text of the key in front of it.
    pub fn name(self) -> Option<Cow<'a, str>> {
        self.key()?.text()
    }

    /// The object around it, or the one whose reference leads here.
    pub fn parent(self) -> Option<Typed<'a>> {
        self.node.spec.object(self.node.sources, self.object.parent)
    }

    /// The objects around it, the nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Typed<'a>> {
        // Each was found before what it leads to, so this ends.
        std::iter::successors(self.parent(), |it| it.parent())
    }

    /// The operation that it belongs to; none for what several share.
    pub fn operation(self) -> Option<Typed<'a>> {
        self.ancestors().find(|it| it.kind() == Kind::Operation)
    }
}

impl<'a> Used<'a> {
    /// The object that holds the reference.
    pub fn parent(self) -> Option<Typed<'a>> {
        self.node.spec.object(self.node.sources, self.used.parent)
    }
}

impl Spec {
    /// The object at an index; none for [`NONE`].
    pub fn object<'a>(&'a self, sources: &'a Sources, index: u32) -> Option<Typed<'a>> {
        if index == NONE {
            return None;
        }
        self.objects.all.get(index as usize).map(|it| self.typed(sources, it))
    }
}
