//! What the API reference shows.

use serde::Serialize;

use super::{Badge, Origin, Shell};

/// All specs of the project.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SpecsPage {
    pub shell: Shell,
    pub specs: Vec<SpecLink>,
}

/// A link to a spec.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SpecLink {
    pub title: String,
    pub version: String,
    pub href: String,
    pub path: String,
    pub operations: usize,
}

/// The first page of a spec.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SpecPage {
    pub shell: Shell,
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `OpenAPI 3.1.0`
    pub format: String,
    /// HTML.
    pub description: String,
    /// The file itself.
    pub file: String,
    pub file_href: Option<String>,
    pub servers: Vec<ServerView>,
    pub schemes: Vec<SchemeView>,
    pub tags: Vec<TagView>,
    pub problems: Vec<ProblemView>,
}

/// A server of a spec.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ServerView {
    pub url: String,
    /// HTML.
    pub description: String,
}

/// A way to authenticate.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SchemeView {
    pub name: String,
    pub kind: String,
    /// HTML.
    pub summary: String,
    /// HTML.
    pub description: String,
}

/// Something in a spec that could not be read.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ProblemView {
    /// HTML.
    pub message: String,
    pub origin: Origin,
}

/// A tag with links to its operations.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TagView {
    pub title: String,
    pub href: String,
    /// HTML.
    pub description: String,
    pub operations: Vec<OperationLink>,
}

/// A link to an operation.
#[derive(Debug, Serialize)]
pub(in crate::render) struct OperationLink {
    pub method: String,
    pub tone: &'static str,
    pub path: String,
    pub summary: String,
    pub deprecated: bool,
    pub href: String,
}

/// The operations of a tag.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TagPage {
    pub shell: Shell,
    pub title: String,
    /// HTML.
    pub description: String,
    pub operations: Vec<OperationView>,
    /// Operations with this tag that stand on the page of another.
    pub elsewhere: Vec<OperationLink>,
}

/// An operation in full.
#[derive(Debug, Serialize)]
pub(in crate::render) struct OperationView {
    pub anchor: String,
    pub href: String,
    pub method: String,
    pub tone: &'static str,
    pub path: String,
    /// Its summary, else its id, else method and path.
    pub title: String,
    pub id: String,
    /// HTML.
    pub description: String,
    pub deprecated: bool,
    pub parameters: Vec<ParameterView>,
    pub body: Option<BodyView>,
    pub responses: Vec<ResponseView>,
    /// The alternatives; each is a list of schemes.
    pub security: Vec<String>,
    pub origin: Origin,
}

/// A parameter.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ParameterView {
    pub name: String,
    pub location: String,
    pub kind: String,
    pub required: bool,
    /// HTML.
    pub description: String,
}

/// What a call carries.
#[derive(Debug, Serialize)]
pub(in crate::render) struct BodyView {
    pub required: bool,
    /// HTML.
    pub description: String,
    pub content: Vec<MediaView>,
}

/// A media type of a body or response.
#[derive(Debug, Serialize)]
pub(in crate::render) struct MediaView {
    pub media_type: String,
    pub kind: String,
    pub fields: Vec<FieldView>,
    /// HTML, or empty.
    pub example: String,
}

/// A property.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FieldView {
    pub name: String,
    pub kind: String,
    pub required: bool,
    /// HTML.
    pub description: String,
}

/// An answer.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ResponseView {
    pub status: Badge,
    /// HTML.
    pub description: String,
    pub content: Vec<MediaView>,
}
