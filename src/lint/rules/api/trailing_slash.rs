//! Finds paths that end with a slash.
//!
//! To a server `/orders/` and `/orders` are two resources, to most readers one. Where the service really has the slash, keep
//! it and say so in a suppression.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/:
//!     get:
//!       operationId: listOrders
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

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/trailing-slash",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("trailing_slash.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for paths in project.objects(Kind::Paths) {
        for (key, _) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.len() > 1 && it.starts_with('/') && it.ends_with('/'))
            else {
                continue;
            };
            cx.report(key.span(), format!("the path `{path}` ends with a slash"))
                .help(format!("write `{}`", path.trim_end_matches('/')));
        }
    }
}
