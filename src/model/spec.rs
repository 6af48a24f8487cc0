//! OpenAPI documents: what the rules and the API pages ask.

use super::tree::Tree;
use crate::source::{SourceId, Span};

/// One OpenAPI document with the files it refers to.
#[derive(Debug)]
pub struct Spec {
    /// The root file.
    pub source: SourceId,
    /// What `openapi` or `swagger` says, e.g. `3.0.3`; empty when it says nothing.
    pub version: String,
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
    /// The names of the declared security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// The files that were read for it, the root first.
    pub files: Vec<SpecFile>,
    /// What could not be read; the rest is there all the same.
    pub problems: Vec<SpecProblem>,
}

/// One file of a spec as a tree.
#[derive(Debug)]
pub struct SpecFile {
    /// Where it was read from.
    pub source: SourceId,
    /// Its tree.
    pub tree: Tree,
}

/// Something in a spec that cannot be read.
#[derive(Debug, Clone)]
pub struct SpecProblem {
    /// Where.
    pub span: Span,
    /// What, in the style of a finding's message.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
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
    /// A sentence such as "bearer token in the `Authorization` header".
    pub summary: String,
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
    /// Its own and those of the path item; references followed.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// In the order of the document.
    pub responses: Vec<Response>,
    /// The names of the schemes of each alternative; the spec's own when the operation has none; empty: none.
    pub security: Vec<Vec<String>>,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// The method's key in the spec.
    pub span: Span,
    /// The path's key in the spec.
    pub path_span: Span,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query`, `header`, `cookie`, `body`, `formData`.
    pub location: String,
    /// Whether a call must have it.
    pub required: bool,
    /// A short word for its type, e.g. `string`, `integer (int64)`, `array of Order`.
    pub kind: String,
    /// Markdown.
    pub description: String,
    /// Its place.
    pub span: Span,
}

/// What a call carries.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether a call must have it.
    pub required: bool,
    /// Markdown.
    pub description: String,
    /// Media types with a short word for the schema.
    pub content: Vec<Media>,
}

/// One media type of a body or response.
#[derive(Debug, Clone)]
pub struct Media {
    /// `application/json`
    pub media_type: String,
    /// A short word for its schema, empty when there is none.
    pub kind: String,
    /// The properties of the schema at its top level, references followed.
    pub fields: Vec<Field>,
    /// An example written in the spec, as JSON text; empty when there is none.
    pub example: String,
}

/// A property of a schema.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// A short word for its type.
    pub kind: String,
    /// Whether it must be there.
    pub required: bool,
    /// Markdown.
    pub description: String,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// `200`, `4XX`, `default`.
    pub status: String,
    /// Markdown.
    pub description: String,
    /// Media types with a short word for the schema.
    pub content: Vec<Media>,
    /// Its place.
    pub span: Span,
}
