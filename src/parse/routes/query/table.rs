//! The `[query]` table of a framework: how a handler is told of query parameters, or asks for them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::route::ParameterType;
use crate::parse::routes::framework::Place;

/// How query parameters are named.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Query {
    /// What a handler reads them from.
    pub(super) read: Vec<Read>,
    /// What stands at a parameter of the handler, before it or as its default value, and makes it one.
    pub(super) marks: BTreeMap<String, Mark>,
    /// A parameter of the handler of which nothing is said is one where its type is that of a plain value. With
    /// annotations of classes: where the class has this one, or the verb is GET.
    pub(in crate::parse::routes) bare: Option<String>,
    /// What makes a parameter of the handler something else.
    pub(super) others: Vec<String>,
    /// How the parameter of a handler is called that is the request itself.
    pub(super) request: Vec<String>,
    /// What names a function whose parameters count as the handler's own.
    pub(super) follows: Vec<String>,
    /// Without one of these no parameter is required, where the list is not empty.
    pub(super) required_by: Vec<String>,
    /// Types of a handler's parameter whose argument is a structure with a field for each.
    pub(super) records: Vec<String>,
    /// The attribute that says how the fields of such a structure are called.
    pub(super) record_attribute: Option<String>,
    /// The path template lists them behind a question mark.
    pub(super) in_path: bool,
    /// The keys of a route's `schema` that describe them by a JSON schema.
    pub(in crate::parse::routes) schema: Vec<String>,
}

/// What query parameters are read from.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Read {
    /// Dotted names; `*` stands for a parameter of the handler, brackets for a call with its first argument.
    pub(super) of: Vec<String>,
    /// Its fields are parameters: `req.query.page`.
    pub(super) fields: bool,
    /// Its items are: `params[:page]`.
    pub(super) items: bool,
    /// A request without such an item is turned away.
    pub(super) required: bool,
    /// Its methods that are told a name, with the type of what they return.
    pub(super) methods: BTreeMap<String, ParameterType>,
    /// Methods that are told a name and return every value.
    pub(super) lists: Vec<String>,
    /// Only where the verb is GET, as others find more than the query there.
    pub(super) get_only: bool,
}

/// What makes a parameter of a handler a query parameter.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::parse::routes) struct Mark {
    /// Where the name stands; else the parameter's own name counts.
    pub(super) name: Vec<Place>,
    /// Without a name it stands for all of them at once.
    pub(super) named: bool,
    /// The argument that says whether it is required.
    pub(super) required: Option<String>,
    /// The arguments that give a default.
    pub(super) default: Vec<Place>,
    /// It is never required.
    pub(super) optional: bool,
}
