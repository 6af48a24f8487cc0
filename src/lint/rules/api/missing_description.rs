//! Finds operations and tags without a description in documents that describe most of the others.
//!
//! It is silent where descriptions are no habit of the document: a good summary may be enough.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       description: The newest first.
//!       responses: {"200": {description: the orders}}
//!   /orders/count:
//!     get:
//!       operationId: countOrders
//!       summary: Count the orders
//!       description: Counts what `GET /orders` lists.
//!       responses: {"200": {description: the number}}
//!   /invoices:
//!     get:
//!       operationId: listInvoices
//!       summary: List the invoices
//!       responses: {"200": {description: the invoices}}
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
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//! ```

use std::collections::HashSet;

use super::operations::{calls, title};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node};

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-description",
    severity: Severity::Info,
    preview: false,
    file: include_str!("missing_description.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashSet::new();
        let mut calls = calls(spec, &project.sources);
        calls.retain(|it| seen.insert(it.node.identity()));
        if is_habit(calls.iter().map(|it| it.node)) {
            for call in calls.into_iter().filter(|it| !it.node.has("description")) {
                cx.report(call.method.span(), format!("`{}` has no `description`", title(call)));
            }
        }
        let tags: Vec<_> = spec.objects(&project.sources, Kind::Tag).collect();
        if is_habit(tags.iter().map(|it| it.node)) {
            for tag in tags.into_iter().filter(|it| !it.has("description")) {
                let name = tag.string_at("name").unwrap_or_default();
                cx.report(tag.place(), format!("the tag `{name}` has no `description`"));
            }
        }
    }
}

/// Whether most of them have a description.
fn is_habit<'a>(all: impl Iterator<Item = Node<'a>>) -> bool {
    let (with, without): (Vec<_>, Vec<_>) = all.partition(|it| it.has("description"));
    with.len() > without.len()
}
