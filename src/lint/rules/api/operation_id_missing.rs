//! Finds operations without an `operationId`.
//!
//! The id names the function in generated clients, the anchor on the site and the operation in other documents. Without one,
//! tools make one up from the path, and it changes when the path does.
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
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
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
    id: "api/operation-id-missing",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("operation_id_missing.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashSet::new();
        for call in calls(spec, &project.sources) {
            if !call.node.has("operationId") && seen.insert(call.node.identity()) {
                cx.report(call.method.span(), format!("`{}` has no `operationId`", title(call)))
                    .help("give it a name that stays, such as `listOrders`");
            }
        }
    }
}
