//! Finds routes that the application serves and no OpenAPI document describes.
//!
//! Only routes that are certain count: reached from an application's root, with constant path parts. Parameter
//! names and a trailing slash make no difference. Without a spec, or with one
//! that is about other routes altogether, the rule is silent. Routes that need no documentation are listed in
//! `routes.exclude`, each with a reason.
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
//! DELETE /orders/{id}
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{orderId}:
//!     parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [routes]
//! lists = ["routes.txt"]
//! exclude = [{ route = "DELETE /internal/**", reason = "called by the mesh only" }]
//! ```
//!
//! ```text routes.txt
//! GET /orders/{id}
//! DELETE /internal/cache
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{orderId}:
//!     parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//! ```

use super::related_specs;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::coverage::Status;
use crate::model::route::Confidence;

pub(crate) static RULE: Rule = Rule {
    id: "route/undocumented",
    severity: Severity::Error,
    preview: false,
    file: include_str!("undocumented.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    // A spec that is only begun describes nothing yet; one of other routes is another application's.
    let begun = project.specs.iter().any(|it| !it.operations.is_empty());
    if project.specs.is_empty() || (begun && !related_specs(project).contains(&true)) {
        return;
    }
    for row in project.coverage.rows.iter().filter(|it| it.status == Status::Undocumented) {
        let Some(route) = row.route.and_then(|it| project.routes.routes.get(it)) else { continue };
        if route.confidence != Confidence::Resolved || route.wildcard {
            continue;
        }
        cx.report(route.span, format!("`{} {}` is served and not documented", route.method, route.path))
            .help("describe it in the OpenAPI document, or list it in `routes.exclude` with a reason");
    }
}
