//! What templates see: plain structs, and nothing of the model. Strings are text that the templates escape;
//! fields that hold finished HTML say so.

use serde::Serialize;

/// What stands around every page.
#[derive(Debug, Serialize)]
pub(super) struct Shell {
    /// A BCP 47 tag.
    pub language: String,
    /// The site's title.
    pub site: String,
    /// The page's title.
    pub title: String,
    /// A sentence about the page, or empty.
    pub description: String,
    /// URL of the start page.
    pub home: String,
    /// Whether this is the start page.
    pub is_home: bool,
    /// URL of the full index.
    pub index: String,
    /// The full URL of the page, when the site's is known.
    pub canonical: Option<String>,
    /// The policy that browsers keep.
    pub policy: &'static str,
    /// Styles and scripts.
    pub assets: Assets,
    /// The operations pages.
    pub operations: Vec<OperationsLink>,
    /// The navigation as far as this page shows it.
    pub nav: Vec<NavRow>,
    /// The entries above the page.
    pub crumbs: Vec<Crumb>,
    /// The page before.
    pub previous: Option<Step>,
    /// The page after.
    pub next: Option<Step>,
    /// The sections of the page.
    pub sections: Vec<Section>,
    /// Where the page can be changed.
    pub edit: Option<String>,
    /// The page's source beside it.
    pub markdown: Option<String>,
}

/// URLs of styles and scripts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Assets {
    pub css: String,
    pub theme: String,
    pub script: String,
    pub icon: String,
    pub more_css: Vec<String>,
}

/// A link to an operations page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OperationsLink {
    pub title: &'static str,
    /// One sentence with counts.
    pub about: String,
    pub href: String,
    pub current: bool,
}

/// A row of the navigation. Rows are flat, so that templates need no recursion: `open` begins a list below the
/// row, `closes` ends so many lists after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct NavRow {
    pub title: String,
    /// None for a draft.
    pub href: Option<String>,
    /// A heading between entries.
    pub part: bool,
    pub current: bool,
    /// It has entries below, shown or not.
    pub folder: bool,
    /// Its entries follow.
    pub open: bool,
    /// It stands for so many entries that are not shown; its link leads to the full index.
    pub more: usize,
    pub closes: usize,
}

/// An entry above the page.
#[derive(Debug, Serialize)]
pub(super) struct Crumb {
    pub title: String,
    pub href: Option<String>,
}

/// The page before or after.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Step {
    pub title: String,
    pub href: String,
}

/// A section in the table of contents.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub title: String,
    pub href: String,
    /// 2 or 3.
    pub level: u8,
}

/// A page of the book.
#[derive(Debug, Serialize)]
pub(super) struct BookPage {
    pub shell: Shell,
    /// HTML.
    pub body: String,
    /// Whether the body has a heading of level 1.
    pub has_title: bool,
    /// The alerts whose runbook it is.
    pub alerts: Vec<AlertLink>,
    /// What the linter says about the page, if anything.
    pub findings: Option<PageFindings>,
}

/// What the linter says about a page.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct PageFindings {
    /// `2 errors, 1 hint`
    pub summary: String,
    /// Its part of the findings page.
    pub href: String,
}

/// A page without data of its own: the start page, the full index, 404.
#[derive(Debug, Serialize)]
pub(super) struct PlainPage {
    pub shell: Shell,
    /// Entries for the page's main part.
    pub rows: Vec<NavRow>,
    /// Pages that the navigation does not name.
    pub others: Vec<Crumb>,
}

/// A place in a document or file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Origin {
    /// Project path.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// The nearest anchor of the page above, or the line on the forge.
    pub href: Option<String>,
}

/// The recovery matrix and the list of all objectives.
#[derive(Debug, Serialize)]
pub(super) struct RecoveryPage {
    pub shell: Shell,
    pub rows: Vec<RecoveryRow>,
    pub facts: Vec<FactRow>,
    /// How many documents state them.
    pub documents: usize,
    /// How many rows need attention.
    pub attention: usize,
}

/// What is stated about one subject.
#[derive(Debug, Serialize)]
pub(super) struct RecoveryRow {
    /// What the subject belongs to: the headings above it.
    pub context: String,
    pub subject: String,
    pub rto_target: Vec<ObjectiveCell>,
    pub rto_actual: Vec<ObjectiveCell>,
    pub rpo_target: Vec<ObjectiveCell>,
    pub rpo_actual: Vec<ObjectiveCell>,
    pub status: Badge,
}

/// One value in the matrix.
#[derive(Debug, Serialize)]
pub(super) struct ObjectiveCell {
    pub value: String,
    /// `set`, `soft`, `unset`.
    pub status: &'static str,
    pub origin: Origin,
}

/// One stated objective.
#[derive(Debug, Serialize)]
pub(super) struct FactRow {
    pub kind: &'static str,
    pub role: &'static str,
    pub subject: String,
    /// As written.
    pub raw: String,
    /// The number in units, or empty.
    pub value: String,
    pub status: &'static str,
    pub origin: Origin,
}

/// A word with a colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Badge {
    /// `ok`, `warn`, `bad`, `info`, `mark`, `plain`.
    pub tone: &'static str,
    pub text: String,
}

/// A share, with what it is a share of.
#[derive(Debug, Serialize)]
pub(super) struct Fraction {
    pub label: &'static str,
    pub count: usize,
    pub total: usize,
    /// 0 to 100, with one digit, rounded down so that only all is 100.
    pub percent: String,
}

/// The comparison of routes and specs.
#[derive(Debug, Serialize)]
pub(super) struct RoutesPage {
    pub shell: Shell,
    pub fractions: Vec<Fraction>,
    /// Sentences about base paths and prefixes, as HTML.
    pub notes: Vec<String>,
    pub frameworks: Vec<String>,
    pub files_parsed: usize,
    pub groups: Vec<RouteGroup>,
}

/// The routes of one status.
#[derive(Debug, Serialize)]
pub(super) struct RouteGroup {
    pub title: &'static str,
    pub about: &'static str,
    pub anchor: &'static str,
    pub badge: Badge,
    pub rows: Vec<RouteRow>,
    /// Whether the reader sees it without asking.
    pub open: bool,
}

/// A route or operation.
#[derive(Debug, Serialize)]
pub(super) struct RouteRow {
    pub method: String,
    pub tone: &'static str,
    pub path: String,
    pub framework: String,
    pub confidence: &'static str,
    /// Where the code declares it.
    pub code: Option<Origin>,
    /// Where the spec declares it; its link leads to the reference.
    pub spec: Option<Origin>,
    /// Why it is excluded, or empty.
    pub reason: String,
}

/// The alert index.
#[derive(Debug, Serialize)]
pub(super) struct AlertsPage {
    pub shell: Shell,
    pub alerts: usize,
    /// How many files declare them.
    pub files: usize,
    /// How many have a runbook that is there.
    pub found: usize,
    /// Addresses that were taken for folders; the folder is empty for the repository.
    pub assumed: Vec<(String, String)>,
    pub groups: Vec<AlertGroup>,
}

/// The alerts that are alike.
#[derive(Debug, Serialize)]
pub(super) struct AlertGroup {
    pub title: &'static str,
    pub about: &'static str,
    pub anchor: &'static str,
    pub badge: Badge,
    pub rows: Vec<AlertRow>,
    /// Whether the reader sees it without asking.
    pub open: bool,
}

/// An alert.
#[derive(Debug, Serialize)]
pub(super) struct AlertRow {
    pub anchor: String,
    pub name: String,
    pub summary: String,
    pub severity: Option<Badge>,
    /// How long its condition must hold, or empty.
    pub holds_for: String,
    pub runbook: RunbookCell,
    /// Where the rule is.
    pub origin: Origin,
}

/// The runbook of an alert.
#[derive(Debug, Serialize)]
pub(super) struct RunbookCell {
    /// The page's title, else the address; empty where there is none.
    pub title: String,
    pub href: Option<String>,
    /// Whether the link leaves the site.
    pub external: bool,
    /// What is wrong with it.
    pub problem: Option<Badge>,
}

/// An alert, on the page of its runbook.
#[derive(Debug, Serialize)]
pub(super) struct AlertLink {
    pub name: String,
    /// Its row in the alert index.
    pub href: String,
    pub severity: Option<Badge>,
    /// How long its condition must hold, or empty.
    pub holds_for: String,
    pub origin: Origin,
}

/// What the linter found.
#[derive(Debug, Serialize)]
pub(super) struct FindingsPage {
    pub shell: Shell,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Counts of all pages; empty on all but the first.
    pub rules: Vec<RuleCount>,
    pub groups: Vec<FindingGroup>,
    /// Links to the parts where there are several, and which one this is.
    pub parts: Vec<String>,
    pub part: usize,
}

/// How often a rule speaks.
#[derive(Debug, Serialize)]
pub(super) struct RuleCount {
    pub rule: &'static str,
    pub severity: Badge,
    pub count: usize,
}

/// The findings of one file.
#[derive(Debug, Serialize)]
pub(super) struct FindingGroup {
    pub path: String,
    pub anchor: String,
    /// The page, or the file on the forge.
    pub href: Option<String>,
    pub findings: Vec<FindingRow>,
}

/// One finding.
#[derive(Debug, Serialize)]
pub(super) struct FindingRow {
    pub severity: Badge,
    pub rule: &'static str,
    /// HTML.
    pub message: String,
    /// HTML, or empty.
    pub help: String,
    pub origin: Origin,
}

/// All specs of the project.
#[derive(Debug, Serialize)]
pub(super) struct SpecsPage {
    pub shell: Shell,
    pub specs: Vec<SpecLink>,
}

/// A link to a spec.
#[derive(Debug, Serialize)]
pub(super) struct SpecLink {
    pub title: String,
    pub version: String,
    pub href: String,
    pub path: String,
    pub operations: usize,
}

/// The first page of a spec.
#[derive(Debug, Serialize)]
pub(super) struct SpecPage {
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
pub(super) struct ServerView {
    pub url: String,
    /// HTML.
    pub description: String,
}

/// A way to authenticate.
#[derive(Debug, Serialize)]
pub(super) struct SchemeView {
    pub name: String,
    pub kind: String,
    /// HTML.
    pub summary: String,
    /// HTML.
    pub description: String,
}

/// Something in a spec that could not be read.
#[derive(Debug, Serialize)]
pub(super) struct ProblemView {
    /// HTML.
    pub message: String,
    pub origin: Origin,
}

/// A tag with links to its operations.
#[derive(Debug, Serialize)]
pub(super) struct TagView {
    pub title: String,
    pub href: String,
    /// HTML.
    pub description: String,
    pub operations: Vec<OperationLink>,
}

/// A link to an operation.
#[derive(Debug, Serialize)]
pub(super) struct OperationLink {
    pub method: String,
    pub tone: &'static str,
    pub path: String,
    pub summary: String,
    pub deprecated: bool,
    pub href: String,
}

/// The operations of a tag.
#[derive(Debug, Serialize)]
pub(super) struct TagPage {
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
pub(super) struct OperationView {
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
pub(super) struct ParameterView {
    pub name: String,
    pub location: String,
    pub kind: String,
    pub required: bool,
    /// HTML.
    pub description: String,
}

/// What a call carries.
#[derive(Debug, Serialize)]
pub(super) struct BodyView {
    pub required: bool,
    /// HTML.
    pub description: String,
    pub content: Vec<MediaView>,
}

/// A media type of a body or response.
#[derive(Debug, Serialize)]
pub(super) struct MediaView {
    pub media_type: String,
    pub kind: String,
    pub fields: Vec<FieldView>,
    /// HTML, or empty.
    pub example: String,
}

/// A property.
#[derive(Debug, Serialize)]
pub(super) struct FieldView {
    pub name: String,
    pub kind: String,
    pub required: bool,
    /// HTML.
    pub description: String,
}

/// An answer.
#[derive(Debug, Serialize)]
pub(super) struct ResponseView {
    pub status: Badge,
    /// HTML.
    pub description: String,
    pub content: Vec<MediaView>,
}
