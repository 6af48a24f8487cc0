//! The routes of the code compared with the operations of the specs.
//!
//! Paths are compared with parameter names erased. A pair is sought in this order: the same path, `ANY` for
//! any verb, a literal in a parameter's slot, a wildcard above; what is left on both sides is paired by path
//! (the verb differs) and by suffix (the prefix differs); the rest is undocumented or stale.

mod base;
mod compare;
mod exclusion;
mod key;
mod lookup;
mod traffic;
mod trie;

pub use base::{Base, BaseOrigin};
pub use compare::coverage;
pub use lookup::{Answer, Endpoints};
pub use traffic::{Answered, Traffic};

/// What the configuration says about the comparison.
#[derive(Debug, Clone, Default)]
pub struct CoverageOptions {
    /// The path under which the application is served, e.g. `/api`; the best match is taken without it.
    pub base_path: Option<String>,
    /// Patterns of routes that need no documentation (`GET /internal/**`), each with a reason.
    pub exclude: Vec<(String, String)>,
    /// The specs, by index, from which a build generates the server.
    pub contract_first: Vec<usize>,
}

/// The comparison.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// One row a route and one an operation without a route, ordered by path and method.
    pub rows: Vec<Row>,
    /// For each spec the base path that was used.
    pub bases: Vec<Base>,
    /// Prefixes that one side has and the other lacks, the largest group first.
    pub prefixes: Vec<Prefix>,
    /// The exclusions, by index, that excluded nothing.
    pub unused_exclusions: Vec<usize>,
    /// The counts.
    pub totals: Totals,
    /// What requests say that were seen.
    pub traffic: Traffic,
}

/// A route, an operation, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// That of the route, else that of the operation.
    pub method: String,
    /// That of the route, else that of the operation, as written.
    pub path: String,
    /// What the comparison says.
    pub status: Status,
    /// The index of the route.
    pub route: Option<usize>,
    /// The operation.
    pub operation: Option<OperationId>,
}

/// An operation of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationId {
    /// The index of the spec.
    pub spec: usize,
    /// The index in [`Spec::operations`](super::spec::Spec::operations).
    pub operation: usize,
}

/// What the comparison says about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Served and in a spec.
    Documented,
    /// Served and in no spec.
    Undocumented,
    /// In a spec and not served.
    Stale,
    /// The path is served, with another verb than the spec says.
    VerbDiffers,
    /// Served under a longer or shorter path than the spec says; the index into [`Coverage::prefixes`].
    PrefixDiffers(usize),
    /// Left undocumented on purpose.
    Excluded(Reason),
    /// Not known well enough to say: a wildcard, or a route whose receiver nobody knows.
    Unresolved,
    /// Served by a library: its own documentation is the place.
    Library,
    /// The server is generated from the spec, so there is no code to hold against it.
    ContractFirst,
}

/// Why a route needs no documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The index into [`CoverageOptions::exclude`].
    Exclusion(usize),
    /// The code keeps it out of the generated spec.
    Hidden,
    /// It answers HEAD, OPTIONS and the like, which every server does by itself.
    Implied,
}

/// A prefix that stands on one side only: one mount, one thing to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// `/api`
    pub prefix: String,
    /// True: the code serves it and the spec lacks it. False: the other way round.
    pub in_code: bool,
    /// The index of the spec.
    pub spec: usize,
    /// How many operations it concerns.
    pub operations: usize,
}

/// Counts of the comparison. A route is counted once for each method and path.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Routes that should be in a spec: all but the excluded and the unresolved.
    pub served: usize,
    /// Of these, the documented.
    pub documented: usize,
    /// Paths of `served`.
    pub served_paths: usize,
    /// Of these, the paths with a documented route.
    pub documented_paths: usize,
    /// Operations of all specs.
    pub operations: usize,
    /// Rows that are undocumented.
    pub undocumented: usize,
    /// Rows that are stale.
    pub stale: usize,
    /// Rows where the verb differs.
    pub verb_differs: usize,
    /// Rows where the prefix differs.
    pub prefix_differs: usize,
    /// Rows that are excluded.
    pub excluded: usize,
    /// Rows that are unresolved.
    pub unresolved: usize,
    /// Rows of routes that libraries serve.
    pub library: usize,
    /// Rows of operations from which the server is generated.
    pub contract_first: usize,
}

impl Status {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Documented => "documented",
            Status::Undocumented => "undocumented",
            Status::Stale => "stale",
            Status::VerbDiffers => "verb-differs",
            Status::PrefixDiffers(_) => "prefix-differs",
            Status::Excluded(_) => "excluded",
            Status::Unresolved => "unresolved",
            Status::Library => "library",
            Status::ContractFirst => "contract-first",
        }
    }
}
