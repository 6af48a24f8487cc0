//! Finds operations that do not say what they answer when all goes well.
//!
//! A reader of the documentation learns how the call fails and not what it gives. Any status from 100 to 399 counts, and so
//! does `default`.
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
//!       responses: {"400": {description: the filter is wrong}}
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

use super::operations::is_outgoing;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-success-response",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_success_response.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for operation in project.objects(Kind::Operation).filter(|it| !is_outgoing(*it)) {
        let responses = match operation.entry("responses") {
            // Before OpenAPI 3.1 `api/structure` misses them.
            None if operation.node.version() < Version::V31 => continue,
            None => None,
            Some((key, value)) => Some((key, value.follow())),
        };
        let place = match &responses {
            None => operation.place(),
            // A reference that leads nowhere, or no responses at all: others say so.
            Some((_, value)) if value.is_none_or(|it| !it.view.is_mapping() || it.view.is_empty()) => {
                continue;
            }
            Some((key, _)) => key.span(),
        };
        let succeeds = responses.and_then(|it| it.1).is_some_and(has_success);
        if !succeeds {
            cx.report(place, "no response for success")
                .help("describe what a successful call gets, such as `200`");
        }
    }
}

fn has_success(responses: Node<'_>) -> bool {
    responses
        .members()
        .any(|(key, _)| key.text().is_some_and(|it| it == "default" || it.starts_with(['1', '2', '3'])))
}
