//! Finds operations without a tag in documents that tag most of the others.
//!
//! Documentation and clients group operations by their tags. What has none ends up under "default", or nowhere.
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
//!       tags: [orders]
//!       responses: {"200": {description: the orders}}
//!   /orders/count:
//!     get:
//!       operationId: countOrders
//!       summary: Count the orders
//!       tags: [orders]
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

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-tags",
    severity: Severity::Info,
    preview: false,
    file: include_str!("missing_tags.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashSet::new();
        let mut calls = calls(spec, &project.sources);
        calls.retain(|it| seen.insert(it.node.identity()));
        let (with, without): (Vec<_>, Vec<_>) = calls.into_iter().partition(|it| {
            it.node.get("tags").is_some_and(|tags| tags.is_reference() || !tags.view.is_empty())
        });
        if with.len() <= without.len() {
            continue;
        }
        for call in without {
            cx.report(call.method.span(), format!("`{}` has no tag", title(call)));
        }
    }
}
