//! Finds pairs of paths that one request can match, where neither is the more exact.
//!
//! `/orders/{id}/latest` and `/orders/open/{page}` both match `/orders/open/latest`; which one answers is up to the server.
//! A path that is more exact, such as `/orders/mine` beside `/orders/{id}`, is no problem, and a parameter that is a
//! number never matches a word.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{orderId}/latest:
//!     get:
//!       operationId: readLatest
//!       summary: Read the latest state of an order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//!   /orders/open/{orderId}:
//!     get:
//!       operationId: readOpen
//!       summary: Read an open order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{orderId}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//!   /orders/mine:
//!     get:
//!       operationId: listMine
//!       summary: List my orders
//!       responses: {"200": {description: the orders}}
//!   /berths/{number}/latest:
//!     get:
//!       operationId: readLatest
//!       summary: Read who lay at a berth last
//!       parameters: [{name: number, in: path, required: true, schema: {type: integer}}]
//!       responses: {"200": {description: the ship}, "404": {description: no such berth}}
//!   /berths/open/{quay}:
//!     get:
//!       operationId: listOpen
//!       summary: List the open berths of a quay
//!       parameters: [{name: quay, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the berths}, "404": {description: no such quay}}
//! ```

use std::borrow::Cow;
use std::collections::HashSet;

use super::template::Ambiguous;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "api/ambiguous-paths",
    severity: Severity::Info,
    preview: false,
    file: include_str!("ambiguous_paths.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for paths in project.objects(Kind::Paths) {
        let mut known = Ambiguous::default();
        let mut entries: Vec<Entry> = Vec::new();
        for (key, item) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.starts_with('/')) else { continue };
            let methods: HashSet<_> = item
                .chain()
                .flat_map(|it| it.members().collect::<Vec<_>>())
                .filter_map(|it| it.0.text())
                .collect();
            let of_others = known.conflicts(&path);
            known.insert(&path, entries.len());
            let entry = Entry { place: key.span(), numbers: numbers(item), path: path.into_owned(), methods };
            let same: Vec<_> =
                of_others.iter().map(|&it| &entries[it]).filter(|it| it.meets(&entry)).collect();
            if let Some(first) = same.first() {
                let (path, words) = (&entry.path, &first.path);
                let more =
                    if same.len() > 1 { format!(" and {} more", same.len() - 1) } else { String::new() };
                let finding =
                    cx.report(entry.place, format!("one request can match `{path}` and `{words}`{more}"));
                for it in same.iter().take(3) {
                    finding.related(it.place, "another");
                }
            }
            entries.push(entry);
        }
    }
}

/// A path with what tells its requests from those of another.
struct Entry<'a> {
    place: Span,
    path: String,
    methods: HashSet<Cow<'a, str>>,
    /// The parts that vary and are numbers.
    numbers: HashSet<String>,
}

impl Entry<'_> {
    /// Whether one request can mean both. Other methods are other operations, and a word is no number.
    fn meets(&self, other: &Entry<'_>) -> bool {
        let shares = METHODS.iter().any(|it| self.methods.contains(*it) && other.methods.contains(*it));
        let differ = self.path.split('/').zip(other.path.split('/')).any(|(here, there)| {
            self.is_number(here) && is_word(there) || other.is_number(there) && is_word(here)
        });
        shares && !differ
    }

    fn is_number(&self, segment: &str) -> bool {
        let name = segment.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        name.is_some_and(|it| self.numbers.contains(it))
    }
}

/// Whether a part of a path never varies and is no number.
fn is_word(segment: &str) -> bool {
    !segment.contains('{') && segment.parse::<f64>().is_err()
}

/// The names of the path parameters of a path item that are numbers.
fn numbers(item: Node<'_>) -> HashSet<String> {
    let operations = item.chain().flat_map(|it| it.members().map(|it| it.1).collect::<Vec<_>>());
    let owners = item.chain().chain(operations);
    let parameters =
        owners.filter_map(|it| it.get("parameters")).flat_map(|it| it.items().collect::<Vec<_>>());
    let of_path = parameters.filter_map(Node::follow).filter(|it| it.read_text("in") == "path");
    of_path
        .filter(|it| {
            let schema = it.get("schema").and_then(Node::follow).unwrap_or(*it);
            matches!(&*schema.read_text("type"), "integer" | "number")
        })
        .map(|it| it.read_text("name").into_owned())
        .collect()
}

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
