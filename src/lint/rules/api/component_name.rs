//! Finds names of components that OpenAPI does not allow.
//!
//! A component's name may have letters, digits, `.`, `-` and `_`. A name such as `Page[Order]` breaks the references to it in
//! one tool and the names of generated classes in the next.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   responses:
//!     All orders: {description: the orders}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {$ref: "#/components/responses/All%20orders"}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   responses:
//!     AllOrders: {description: the orders}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {$ref: "#/components/responses/AllOrders"}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/component-name",
    severity: Severity::Error,
    preview: false,
    file: include_str!("component_name.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for components in project.objects(Kind::Components) {
        for (section, entries) in components.node.members() {
            if section.text().is_none_or(|it| it.starts_with("x-")) {
                continue;
            }
            for (key, _) in entries.members() {
                let Some(name) = key.text().filter(|it| !is_valid(it) && it != "$ref") else { continue };
                cx.report(key.span(), format!("`{name}` is no name of a component"))
                    .help("letters, digits, `.`, `-` and `_` are allowed");
            }
        }
    }
}

fn is_valid(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || b".-_".contains(&it))
}
