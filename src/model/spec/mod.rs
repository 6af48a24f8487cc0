//! OpenAPI documents: what the rules and the API pages ask.

mod call;
pub mod message;
mod node;
mod object;
pub mod read;
pub mod sample;
pub mod schema;
pub mod shape;
pub mod stats;
mod version;
pub mod words;

pub use self::call::{Call, METHODS, Role};
pub use self::node::{Node, Typed, Used};
pub use self::object::{Kind, NONE, Object, Objects, Use};
pub use self::version::{Version, Versions};
use super::page::Page;
use super::tree::{Tree, TreeId};
use crate::source::{SourceId, Span};

/// One OpenAPI document with the files it refers to.
#[derive(Debug, Clone)]
pub struct Spec {
    /// The root file.
    pub source: SourceId,
    /// What `openapi` or `swagger` says, e.g. `3.0.3`; empty when it says nothing.
    pub version: String,
    /// The version whose rules apply: the nearest kin where the document's own is unknown.
    pub edition: Version,
    /// `info.title`, else the file's name.
    pub title: String,
    /// `info.version`.
    pub api_version: String,
    /// `info.description`, Markdown.
    pub description: String,
    /// The declared servers. In 2.0 made of `schemes`, `host` and `basePath`.
    pub servers: Vec<Server>,
    /// The declared tags, in order.
    pub tags: Vec<Tag>,
    /// Every operation, in the order of the document.
    pub operations: Vec<Operation>,
    /// The calls that the API makes itself; `path` is the webhook's name.
    pub webhooks: Vec<Operation>,
    /// The names of the declared security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// The files that were read for it, the root first.
    pub files: Vec<SpecFile>,
    /// Every `$ref` of these files, ordered by file and place.
    pub references: Vec<Reference>,
    /// Every object by kind. Nothing of files whose text is broken.
    pub objects: Objects,
    /// For each file with links in its descriptions, a page with these links and nothing else.
    pub links: Vec<Page>,
    /// What could not be read; the rest is there all the same.
    pub problems: Vec<SpecProblem>,
}

/// One file of a spec as a tree.
#[derive(Debug, Clone)]
pub struct SpecFile {
    /// Where it was read from.
    pub source: SourceId,
    /// Its tree.
    pub tree: Tree,
    /// Whether the text is broken, so that something may be missing.
    pub broken: bool,
}

/// A `$ref`: an edge between values, never expanded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The index of its file in [`Spec::files`].
    pub file: u32,
    /// The mapping that holds it.
    pub node: TreeId,
    /// The target as written, without quotes.
    pub span: Span,
    /// Where it leads.
    pub target: Target,
}

/// Where a `$ref` leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To a value in a file of the spec.
    Value {
        /// The index in [`Spec::files`].
        file: u32,
        /// The value.
        node: TreeId,
    },
    /// To a whole file that is neither YAML nor JSON.
    Text(SourceId),
    /// To another host; never fetched.
    Remote,
    /// Nowhere.
    Missing,
}

/// Something in a spec that cannot be read.
#[derive(Debug, Clone)]
pub struct SpecProblem {
    /// What kind of thing.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// What, in the style of a finding's message.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What it is that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A text, or what a document needs to say anything.
    Document,
    /// A `$ref` that leads nowhere.
    Reference,
}

/// A server of a spec.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL with its variables replaced by their defaults.
    pub url: String,
    /// Its description.
    pub description: String,
    /// The URL as written.
    pub span: Span,
}

/// A declared tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Markdown.
    pub description: String,
}

/// A way to authenticate.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The key in the spec.
    pub name: String,
    /// `http`, `apiKey`, `oauth2`, `openIdConnect`, `mutualTLS`, `basic`.
    pub kind: String,
    /// Markdown.
    pub description: String,
}

/// Method and path template, with what the spec says about them.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Upper case.
    pub method: String,
    /// The template as written, `/orders/{id}`.
    pub path: String,
    /// `operationId`, or empty.
    pub id: String,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub description: String,
    /// The names of its tags.
    pub tags: Vec<String>,
    /// The names of the schemes of each alternative; the spec's own when the operation has none; empty: none.
    pub security: Vec<Vec<String>>,
    /// Its own servers or those of its path; empty: the spec's.
    pub servers: Vec<Server>,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Who calls.
    pub role: Role,
    /// Its mapping: the index of the file in [`Spec::files`], and the value.
    pub at: (u32, TreeId),
    /// The path item around it.
    pub item_at: (u32, TreeId),
    /// The method's key.
    pub key_at: (u32, TreeId),
    /// The method's key in the spec.
    pub span: Span,
    /// The path's key in the spec.
    pub path_span: Span,
}

/// The first word of a path that is neither a parameter nor a prefix such as `api` or `v1`.
pub fn resource(path: &str) -> Option<&str> {
    let is_version =
        |it: &str| it.strip_prefix('v').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    path.split('/')
        .find(|it| !it.is_empty() && !it.contains('{') && *it != "api" && *it != "rest" && !is_version(it))
}
