//! Finds operations that share their `operationId`.
//!
//! Generated clients make a function of each id, so one of the two operations has none, or does the other's work.
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
//!       responses: {"200": {description: the orders}}
//!   /invoices:
//!     get:
//!       operationId: listOrders
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
//!   /invoices:
//!     get:
//!       operationId: listInvoices
//!       summary: List the invoices
//!       responses: {"200": {description: the invoices}}
//! ```

use std::collections::HashMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/operation-id-duplicate",
    severity: Severity::Error,
    preview: false,
    file: include_str!("operation_id_duplicate.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashMap::new();
        for operation in spec.objects(&project.sources, Kind::Operation) {
            let Some((id, place)) =
                operation.get("operationId").and_then(|it| Some((it.string()?, it.span())))
            else {
                continue;
            };
            match seen.get(&id) {
                None => {
                    seen.insert(id, place);
                }
                Some(&first) => {
                    cx.report(place, format!("`{id}` is the id of two operations"))
                        .help("each operation has its own `operationId`")
                        .related(first, "the other");
                }
            }
        }
    }
}
