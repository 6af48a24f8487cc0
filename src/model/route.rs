//! What the application serves, and how that compares with the specs.

use crate::source::{SourceId, Span};

/// What was learnt about the application's routes.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    /// Every route, ordered by path, method and origin.
    pub routes: Vec<Route>,
    /// The frameworks that were recognised.
    pub frameworks: Vec<Framework>,
    /// How many source files were parsed.
    pub files_parsed: usize,
    /// Builds that generate the server's interfaces from a spec: the code declares no routes of its own there.
    pub contract_first: Vec<ContractFirst>,
    /// What stands in front of the application.
    pub gateways: Vec<Gateway>,
    /// Requests that logs and the like have seen answered, ordered by path and method.
    pub requests: Vec<Request>,
}

/// A build that generates the interfaces of a server from a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractFirst {
    /// The build file.
    pub evidence: String,
    /// The spec as the build file writes it.
    pub spec: Option<String>,
}

/// A change of a path's beginning on its way to the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// What callers write: `/api`.
    pub outside: String,
    /// What the application sees in its place, often nothing.
    pub inside: String,
    /// The place that says so.
    pub span: Span,
}

/// A request that was seen, with how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Upper case.
    pub method: String,
    /// As it was sent, without query: `/orders/17`.
    pub path: String,
    /// How many times.
    pub count: usize,
    /// The file that says so.
    pub source: SourceId,
}

/// A framework that the repository uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// `Next.js`, `FastAPI`
    pub name: String,
    /// How many routes were found.
    pub routes: usize,
    /// The file that shows that it is used: a manifest, or the first source file.
    pub evidence: String,
    /// How far its routes were read.
    pub reach: Reach,
}

/// How far the routes of a framework were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the end of the program.
    Whole,
    /// Up to the bound on work: routes may be missing.
    Partly,
    /// Nothing reads them. Of such frameworks only some are known, and they are looked for only where no route was found.
    Unread,
}

/// Method and path template that the code serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Upper case, or `ANY`.
    pub method: String,
    /// An OpenAPI template: `/orders/{id}`.
    pub path: String,
    /// How sure the extractor is.
    pub confidence: Confidence,
    /// The framework, or the format of the file that lists it (`list`, `artisan`).
    pub framework: String,
    /// The declaration.
    pub span: Span,
    /// The path's last part is a wildcard (`[...slug]`, `{path:path}`): compared by prefix, never gated.
    pub wildcard: bool,
    /// The code keeps it out of the generated spec on purpose (`include_in_schema=False`).
    pub hidden: bool,
    /// A library brings it along; no line of the application declares it.
    pub library: bool,
    /// The query parameters that the code names, in the order in which it does; only where somebody asked for them.
    pub query: Vec<QueryParameter>,
}

/// A query parameter that the code names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryParameter {
    /// As it stands in the URL.
    pub name: String,
    /// The code says that a request without it is turned away.
    pub required: bool,
    /// What a value is.
    pub of: ParameterType,
    /// It may be given several times.
    pub array: bool,
}

/// What the value of a parameter is, as far as the code says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParameterType {
    /// Any text, also what nothing is said about.
    #[default]
    Text,
    /// `7`
    Integer,
    /// `0.5`
    Number,
    /// `true`
    Boolean,
    /// `2026-11-21`
    Date,
    /// `2026-11-21T06:30:00Z`
    DateTime,
    /// `7d444840-9dc0-11d1-b245-5ffdce74fad2`
    Uuid,
}

impl ParameterType {
    /// The type and the format in JSON Schema.
    pub fn schema(self) -> (&'static str, Option<&'static str>) {
        match self {
            ParameterType::Text => ("string", None),
            ParameterType::Integer => ("integer", None),
            ParameterType::Number => ("number", None),
            ParameterType::Boolean => ("boolean", None),
            ParameterType::Date => ("string", Some("date")),
            ParameterType::DateTime => ("string", Some("date-time")),
            ParameterType::Uuid => ("string", Some("uuid")),
        }
    }
}

/// How sure it is that the application serves a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A verb call on a receiver that nobody knows.
    Loose,
    /// A leading part is unknown, or the router came as a typed parameter.
    Assumed,
    /// Reached from an application's root with constant path parts.
    Resolved,
}

impl Confidence {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Loose => "loose",
            Confidence::Assumed => "assumed",
            Confidence::Resolved => "resolved",
        }
    }
}
