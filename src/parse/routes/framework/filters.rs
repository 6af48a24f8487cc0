//! The tables of frameworks whose routes are filters that are put together.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Functions that make filters, methods that put them together, and what serves one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::parse::routes) struct Filters {
    /// The library. Any other function of it makes a filter that neither path nor verb depends on.
    pub(in crate::parse::routes) library: String,
    /// Takes one constant part of a path, or as a macro several and types.
    pub(in crate::parse::routes) path: Vec<String>,
    /// Takes a part of any text.
    pub(in crate::parse::routes) parameter: Vec<String>,
    /// Takes all that is left.
    pub(in crate::parse::routes) rest: Vec<String>,
    /// Lets nothing follow.
    pub(in crate::parse::routes) end: Vec<String>,
    /// Functions that let one verb pass.
    pub(in crate::parse::routes) verbs: BTreeMap<String, String>,
    /// Serve files, which are no operations.
    pub(in crate::parse::routes) statics: Vec<String>,
    /// Read the query into the type that they are given.
    pub(in crate::parse::routes) query: Vec<String>,
    /// Methods that let pass what both let pass.
    pub(in crate::parse::routes) both: Vec<String>,
    /// Methods that let pass what one of both lets pass.
    pub(in crate::parse::routes) either: Vec<String>,
    /// Methods that are given the function that answers. Any other method changes nothing.
    pub(in crate::parse::routes) answer: Vec<String>,
    /// Functions that start a server.
    pub(in crate::parse::routes) serve: Vec<String>,
}
