//! Finds OpenAPI documents whose paths lack a prefix that the code serves, or have one too many.
//!
//! One lost prefix would be two findings for every route; it is one, at the first operation, and says how many it
//! concerns. Set `routes.base-path`, or a `servers` entry that ends in the prefix.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [routes]
//! lists = ["routes.txt"]
//! ```
//!
//! ```text routes.txt
//! GET /status
//! GET /api/v1/orders/{id}
//! DELETE /api/v1/orders/{id}
//! GET /api/v1/invoices/{id}
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /status:
//!     get:
//!       operationId: readStatus
//!       summary: Read the status
//!       responses: {"200": {description: up}}
//!   /orders/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//!     delete:
//!       operationId: deleteOrders
//!       summary: Delete the orders
//!       responses: {"204": {description: gone}, "404": {description: not found}}
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
//! ```toml book.toml
//! [routes]
//! lists = ["routes.txt"]
//! ```
//!
//! ```text routes.txt
//! GET /api/v1/orders/{id}
//! ```
//!
//! ```yaml openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! security: []
//! servers: [{url: "https://orders.acme.test/api/v1"}]
//! paths:
//!   /orders/{id}:
//!     parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!     get:
//!       operationId: readOrders
//!       summary: Read the orders
//!       responses: {"200": {description: the order}, "404": {description: not found}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::coverage::Status;

pub(crate) static RULE: Rule = Rule {
    id: "route/prefix-differs",
    severity: Severity::Error,
    preview: false,
    file: include_str!("prefix_differs.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for (index, prefix) in project.coverage.prefixes.iter().enumerate() {
        let rows =
            project.coverage.rows.iter().filter(|it| it.status == Status::PrefixDiffers(index)).filter_map(
                |it| Some((project.operation(it.operation?)?, project.routes.routes.get(it.route?)?)),
            );
        let Some((operation, route)) = rows.min_by_key(|(operation, _)| operation.path_span) else {
            continue;
        };
        let concerned = match prefix.operations {
            1 => "this operation".to_owned(),
            n => format!("{n} operations"),
        };
        let (message, help) = if prefix.in_code {
            (
                format!("{concerned} lack the prefix `{}` that the code serves", prefix.prefix),
                format!("add it to the paths, or to `servers`: `https://…{}`", prefix.prefix),
            )
        } else {
            (
                format!("{concerned} have the prefix `{}` that the code does not serve", prefix.prefix),
                format!("if a gateway adds it, set `routes.base-path = \"{}\"`", prefix.prefix),
            )
        };
        let (place, declared) = (operation.path_span, route.span);
        cx.report(place, message)
            .help(help)
            .related(declared, format!("`{} {}` is declared here", route.method, route.path));
    }
}
