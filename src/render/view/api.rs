//! What the API reference shows.

use serde::Serialize;

use super::{Badge, Crumb, Origin, Shell};

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

/// Something in a spec that could not be read.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ProblemView {
    /// HTML.
    pub message: String,
    pub origin: Origin,
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
    pub docs: Option<ExternalDocs>,
    /// The file itself.
    pub file: String,
    pub file_href: Option<String>,
    /// Links to what readers take with them.
    pub download: Option<String>,
    pub collection: Option<String>,
    pub servers: Vec<ServerView>,
    pub picker: Option<ServerPicker>,
    pub schemes: Vec<SchemeView>,
    /// Links to the other pages.
    pub authentication: Option<String>,
    pub webhooks: Option<String>,
    pub schemas: Option<String>,
    pub schema_count: usize,
    pub changelog: Option<String>,
    pub try_it: Option<String>,
    pub tags: Vec<TagView>,
    pub problems: Vec<ProblemView>,
}

/// More about something, on another site.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ExternalDocs {
    pub url: String,
    pub words: String,
}

/// A server of a spec.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ServerView {
    pub url: String,
    /// The URL with the defaults of its variables, where it has some.
    pub expanded: Option<String>,
    /// HTML.
    pub description: String,
    pub variables: Vec<VariableView>,
}

/// The servers among which readers choose that of the samples.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render) struct ServerPicker {
    /// What the choice is remembered by.
    pub key: String,
    /// The addresses, that of the samples first.
    pub bases: Vec<String>,
}

/// What changed in a spec.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChangelogPage {
    pub shell: Shell,
    /// The newest first.
    pub revisions: Vec<RevisionView>,
}

/// What changed at a revision.
#[derive(Debug, Serialize)]
pub(in crate::render) struct RevisionView {
    pub anchor: String,
    pub name: String,
    /// The revision before.
    pub since: Option<String>,
    /// HTML: why it could not be compared.
    pub problem: Option<String>,
    pub groups: Vec<ChangeGroup>,
}

/// Changes that are equally bad.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChangeGroup {
    pub title: String,
    pub tone: &'static str,
    pub is_open: bool,
    pub changes: Vec<ChangeView>,
}

/// A change.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ChangeView {
    /// HTML.
    pub message: String,
    /// What is checked.
    pub check: &'static str,
    /// The shared schema that it is in.
    pub component: Option<String>,
    /// The operations that it reaches; without a link where one is no longer there.
    pub operations: Vec<OperationLink>,
    /// How many further ones, in words; or empty.
    pub more: String,
}

/// A part of a server's URL that a caller chooses.
#[derive(Debug, Serialize)]
pub(in crate::render) struct VariableView {
    pub name: String,
    pub default: String,
    pub values: Vec<String>,
    /// HTML.
    pub description: String,
}

/// How a caller proves who it is.
#[derive(Debug, Serialize)]
pub(in crate::render) struct AuthenticationPage {
    pub shell: Shell,
    pub schemes: Vec<SchemeView>,
}

/// A way to authenticate.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SchemeView {
    pub anchor: String,
    pub name: String,
    pub kind: String,
    /// HTML.
    pub summary: String,
    /// HTML.
    pub description: String,
    pub flows: Vec<FlowView>,
}

/// A flow of OAuth.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FlowView {
    pub name: String,
    pub authorization: Option<String>,
    pub token: Option<String>,
    pub refresh: Option<String>,
    /// Name, and HTML about it.
    pub scopes: Vec<(String, String)>,
}

/// A tag with links to its operations.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TagView {
    pub title: String,
    pub group: Option<String>,
    pub href: String,
    /// HTML.
    pub description: String,
    /// `12 operations`
    pub count: String,
    /// None of a large spec.
    pub operations: Vec<OperationLink>,
}

/// The operations of a tag.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TagPage {
    pub shell: Shell,
    pub picker: Option<ServerPicker>,
    pub title: String,
    /// HTML.
    pub description: String,
    /// In full, unless they have pages of their own.
    pub operations: Vec<OperationView>,
    /// Those with pages of their own.
    pub listed: Vec<OperationLink>,
    /// Operations with this tag that stand with another.
    pub elsewhere: Vec<OperationLink>,
}

/// An operation on its own page.
#[derive(Debug, Serialize)]
pub(in crate::render) struct OperationPage {
    pub shell: Shell,
    pub picker: Option<ServerPicker>,
    pub operation: OperationView,
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
    pub docs: Option<ExternalDocs>,
    pub deprecated: bool,
    /// Its own servers, where they are not those of the spec.
    pub servers: Vec<String>,
    /// The alternatives; each is a list of schemes, empty for anybody.
    pub security: Vec<Vec<SchemeUse>>,
    pub inputs: Vec<InputGroup>,
    pub body: Option<BodyView>,
    pub responses: Vec<ResponseView>,
    /// The address in the samples, where readers can choose another.
    pub base: Option<String>,
    pub samples: Vec<SampleView>,
    /// `curl, Python`
    pub labels: String,
    pub callbacks: Vec<CallbackView>,
    /// Pages of the book that speak of it.
    pub used_by: Vec<Crumb>,
    pub origin: Origin,
}

/// A scheme that an operation asks for.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SchemeUse {
    pub name: String,
    pub href: Option<String>,
    pub scopes: Vec<String>,
}

/// The parameters of one place.
#[derive(Debug, Serialize)]
pub(in crate::render) struct InputGroup {
    pub title: String,
    /// HTML.
    pub html: String,
}

/// What a call carries.
#[derive(Debug, Serialize)]
pub(in crate::render) struct BodyView {
    pub required: bool,
    /// HTML.
    pub description: String,
    pub content: Vec<MediaView>,
}

/// Media types of a body or response that are alike.
#[derive(Debug, Default, Serialize)]
pub(in crate::render) struct MediaView {
    pub media_types: Vec<String>,
    /// HTML.
    pub kind: String,
    pub is_stream: bool,
    /// HTML, or empty.
    pub schema: String,
    /// HTML, or empty.
    pub examples: String,
}

/// An answer.
#[derive(Debug, Serialize)]
pub(in crate::render) struct ResponseView {
    pub status: Badge,
    /// HTML.
    pub description: String,
    /// HTML, or empty.
    pub headers: String,
    pub content: Vec<MediaView>,
    /// Whether the reader sees it without asking.
    pub open: bool,
}

/// How a call looks in a language.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SampleView {
    pub label: String,
    /// HTML.
    pub html: String,
}

/// A call that the API makes while an operation runs.
#[derive(Debug, Serialize)]
pub(in crate::render) struct CallbackView {
    pub name: String,
    pub method: String,
    pub tone: &'static str,
    /// The address, taken from the request.
    pub expression: String,
    pub summary: String,
}

/// The list of schemas.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SchemaListPage {
    pub shell: Shell,
    /// Each with a line about it.
    pub schemas: Vec<(Crumb, String)>,
}

/// A schema.
#[derive(Debug, Serialize)]
pub(in crate::render) struct SchemaPage {
    pub shell: Shell,
    pub name: String,
    /// HTML.
    pub kind: String,
    /// HTML.
    pub description: String,
    pub deprecated: bool,
    /// HTML.
    pub body: String,
    /// HTML, or empty.
    pub example: String,
    pub used_by: Vec<OperationLink>,
    /// How many operations use it besides.
    pub more_uses: usize,
    pub origin: Origin,
}
