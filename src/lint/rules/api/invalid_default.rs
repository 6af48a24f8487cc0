//! Finds defaults that their schema refuses.
//!
//! A server that fills in the default works with a value that it would refuse from a client; a generated client does not compile.
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
//!       parameters:
//!         - {name: limit, in: query, schema: {type: integer, maximum: 100, default: 500}}
//!       responses: {"200": {description: the orders}, "400": {description: the limit is wrong}}
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
//!       parameters:
//!         - {name: limit, in: query, schema: {type: integer, maximum: 100, default: 50}}
//!       responses: {"200": {description: the orders}, "400": {description: the limit is wrong}}
//! ```

use super::examples::defaults;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/invalid-default",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("invalid_default.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        defaults(spec, &project.sources, |flaw| {
            let finding =
                cx.report(flaw.place, format!("the default does not fit its schema: {}", flaw.message));
            finding.help("change the default or the schema");
            if let Some(rule) = flaw.rule {
                finding.related(rule, "the schema says so here");
            }
        });
    }
}
