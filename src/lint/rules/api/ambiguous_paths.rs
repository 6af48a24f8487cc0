//! Finds pairs of paths that one request can match, where neither is the more exact.
//!
//! `/orders/{id}/latest` and `/orders/open/{page}` both match `/orders/open/latest`; which one answers is up to the server.
//! A path that is more exact, such as `/orders/mine` beside `/orders/{id}`, is no problem.
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
//! ```

use std::collections::HashSet;

use super::template::Ambiguous;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;
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
        let mut entries: Vec<(Span, String, HashSet<_>)> = Vec::new();
        for (key, item) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.starts_with('/')) else { continue };
            let methods: HashSet<_> = item
                .chain()
                .flat_map(|it| it.members().collect::<Vec<_>>())
                .filter_map(|it| it.0.text())
                .collect();
            let of_others = known.conflicts(&path);
            known.insert(&path, entries.len());
            // Other methods are other operations.
            let shares =
                |others: &HashSet<_>| METHODS.iter().any(|it| methods.contains(*it) && others.contains(*it));
            let same: Vec<_> = of_others.iter().map(|&it| &entries[it]).filter(|it| shares(&it.2)).collect();
            if let Some((_, words, _)) = same.first() {
                let more =
                    if same.len() > 1 { format!(" and {} more", same.len() - 1) } else { String::new() };
                let finding =
                    cx.report(key.span(), format!("one request can match `{path}` and `{words}`{more}"));
                for (place, ..) in same.iter().take(3) {
                    finding.related(*place, "another");
                }
            }
            entries.push((key.span(), path.into_owned(), methods));
        }
    }
}

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
