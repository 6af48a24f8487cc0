//! The objects of a spec by kind: what the typed walk found.

use crate::model::tree::{KeySet, TreeId};

/// What an object of an OpenAPI document is. The names are those of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the specification")]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    ExternalDocs,
    Tag,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Responses,
    Response,
    Callback,
    Link,
    MediaType,
    Encoding,
    Example,
    Header,
    /// The items of a parameter or header of 2.0, which are no schema.
    Items,
    Schema,
    Discriminator,
    Xml,
    SecurityRequirement,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Scopes,
}

impl Kind {
    /// Every kind, in its own order.
    pub const ALL: [Kind; 31] = [
        Kind::Document,
        Kind::Info,
        Kind::Contact,
        Kind::License,
        Kind::ExternalDocs,
        Kind::Tag,
        Kind::Server,
        Kind::ServerVariable,
        Kind::Components,
        Kind::Paths,
        Kind::PathItem,
        Kind::Operation,
        Kind::Parameter,
        Kind::RequestBody,
        Kind::Responses,
        Kind::Response,
        Kind::Callback,
        Kind::Link,
        Kind::MediaType,
        Kind::Encoding,
        Kind::Example,
        Kind::Header,
        Kind::Items,
        Kind::Schema,
        Kind::Discriminator,
        Kind::Xml,
        Kind::SecurityRequirement,
        Kind::SecurityScheme,
        Kind::OAuthFlows,
        Kind::OAuthFlow,
        Kind::Scopes,
    ];
}

/// An object of a known kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// The index of its file in [`Spec::files`](super::Spec::files).
    pub file: u32,
    /// Its mapping.
    pub node: TreeId,
    /// The key in front of it, in the same file; [`NONE`] for items of lists and for what only a reference
    /// leads to.
    pub key: TreeId,
    /// The index of the object around it in [`Objects::all`], or of the one whose reference leads here;
    /// [`NONE`] for the document.
    pub parent: u32,
    /// What it is.
    pub kind: Kind,
    /// The keys that it may have: rules ask every object about keys that few have, and this answers without a
    /// look at the tree.
    pub keys: KeySet,
}

/// A `$ref` in an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The index of its file.
    pub file: u32,
    /// The mapping that holds the `$ref`.
    pub node: TreeId,
    /// The index of the object around it in [`Objects::all`].
    pub parent: u32,
    /// The object that belongs there; none where text or a list or map of objects does.
    pub kind: Option<Kind>,
    /// Whether the specification allows a reference there.
    pub allowed: bool,
    /// What its target is called where it is known to be something else than `kind`.
    pub instead: Option<&'static str>,
}

/// No node, no object.
pub const NONE: u32 = u32::MAX;

/// The objects of a spec.
#[derive(Debug, Clone, Default)]
pub struct Objects {
    /// Ordered by kind, then by file and place; each once.
    pub all: Vec<Object>,
    /// Every reference in them, ordered by file and place.
    pub uses: Vec<Use>,
}

impl Objects {
    /// The range of the objects of a kind in [`Objects::all`].
    pub fn range(&self, kind: Kind) -> std::ops::Range<usize> {
        let start = self.all.partition_point(|it| it.kind < kind);
        start..start + self.all[start..].partition_point(|it| it.kind == kind)
    }

    /// The object of a kind at a place.
    pub fn find(&self, kind: Kind, file: u32, node: TreeId) -> Option<usize> {
        let range = self.range(kind);
        let found = self.all[range.clone()].binary_search_by_key(&(file, node), |it| (it.file, it.node));
        found.ok().map(|it| range.start + it)
    }
}

impl Object {
    /// The key in front of it.
    pub fn key(&self) -> Option<TreeId> {
        (self.key != NONE).then_some(self.key)
    }
}
