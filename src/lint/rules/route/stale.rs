//! Finds operations of an OpenAPI document that the application does not serve.
//!
//! Whoever follows the document gets a 404. The rule speaks only about documents of which docwright found at
//! least one operation in the code: a document of which nothing is served describes another application.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [routes]
//! lists = ["routes.txt"]
//! ```
//!
//! ```text routes.txt
//! GET /orders/{id}
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//!   /invoices/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readInvoices
//!       summary: Read the invoices
//!       responses: {"200": {description: the invoice}, "404": {description: not found}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//! ```

use super::related_specs;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::coverage::Status;
use crate::model::route::Reach;

pub(crate) static RULE: Rule = Rule {
    id: "route/stale",
    severity: Severity::Error,
    preview: false,
    file: include_str!("stale.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    // What seems to be served by nobody may be in the part that was not followed.
    if project.routes.frameworks.iter().any(|it| it.reach == Reach::Partly) {
        return;
    }
    let related = related_specs(project);
    for row in project.coverage.rows.iter().filter(|it| it.status == Status::Stale) {
        if row.operation.is_none_or(|it| related.get(it.spec) != Some(&true)) {
            continue;
        }
        let Some(operation) = row.operation.and_then(|it| project.operation(it)) else { continue };
        let message = format!("`{} {}` is documented and not served", operation.method, operation.path);
        cx.report(operation.span, message)
            .help("remove the operation, or correct its path; if the code serves it all the same, list it in a route list");
    }
}
