//! Finds operations whose path is served with another method than the OpenAPI document says.
//!
//! The finding stands at the operation and names the route.
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
//! POST /session/check
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
//!   /session/check:
//!     get:
//!       operationId: readSessionCheck
//!       summary: Read the check
//!       responses: {"200": {description: still valid}}
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [routes]
//! lists = ["routes.txt"]
//! ```
//!
//! ```text routes.txt
//! POST /session/check
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /session/check:
//!     post:
//!       operationId: createSessionCheck
//!       summary: Create the check
//!       responses: {"200": {description: still valid}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::coverage::Status;

pub(crate) static RULE: Rule = Rule {
    id: "route/verb-differs",
    severity: Severity::Error,
    preview: false,
    file: include_str!("verb_differs.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for row in project.coverage.rows.iter().filter(|it| it.status == Status::VerbDiffers) {
        let route = row.route.and_then(|it| project.routes.routes.get(it));
        let (Some(route), Some(operation)) = (route, row.operation.and_then(|it| project.operation(it)))
        else {
            continue;
        };
        let message = format!(
            "`{}` is documented as {} and served as {}",
            operation.path, operation.method, route.method
        );
        cx.report(operation.span, message)
            .help(format!("document it as `{}`, or change the code", route.method.to_lowercase()))
            .related(route.span, format!("`{} {}` is declared here", route.method, route.path));
    }
}
