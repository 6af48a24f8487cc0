//! Finds paths that hold a query.
//!
//! A path ends before the `?`; what stands behind it belongs in query parameters, where tools see it.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders?status=open:
//!     get:
//!       operationId: listOpenOrders
//!       summary: List the open orders
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
//!       parameters: [{name: status, in: query, schema: {type: string}}]
//!       responses: {"200": {description: the orders}, "400": {description: no such status}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/path-query",
    severity: Severity::Error,
    preview: false,
    file: include_str!("path_query.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for paths in project.objects(Kind::Paths) {
        for (key, _) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.starts_with('/') && it.contains('?')) else {
                continue;
            };
            cx.report(key.span(), format!("the path `{path}` holds a query"))
                .help("describe what stands behind `?` as query parameters");
        }
    }
}
