//! Finds operations that take input and do not say how they refuse it.
//!
//! Whoever calls them has to find out by trying what a wrong value gets. It is silent for operations without parameters, body
//! and credentials, which have nothing to refuse. Any status from 400 to 499 counts, and so does `default`.
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody: {content: {application/json: {schema: {type: object}}}}
//!       responses: {"201": {description: the order was created}}
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody: {content: {application/json: {schema: {type: object}}}}
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
//!   /health:
//!     get:
//!       operationId: readHealth
//!       summary: Say that the service is up
//!       responses: {"200": {description: it is}}
//! ```

use std::collections::HashSet;

use super::operations::{Call, calls, title};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-error-response",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_error_response.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let of_document = spec.root(&project.sources).and_then(|it| it.get("security"));
        let mut seen = HashSet::new();
        for call in calls(spec, &project.sources) {
            let Some(responses) = call.node.entry("responses") else { continue };
            let Some(answers) = responses.1.follow().filter(|it| it.view.is_mapping() && !it.view.is_empty())
            else {
                continue;
            };
            let refuses = answers
                .members()
                .any(|(key, _)| key.text().is_some_and(|it| it == "default" || it.starts_with('4')));
            if refuses || !seen.insert(call.node.identity()) {
                continue;
            }
            let security = call.node.get("security").or(of_document);
            let is_secured =
                security.is_some_and(|it| !it.view.is_empty() && it.items().all(|it| !it.view.is_empty()));
            if is_secured || call.node.has("requestBody") || takes_parameters(call) {
                cx.report(
                    responses.0.span(),
                    format!("`{}` has no response for a wrong request", title(call)),
                )
                .help("describe what a client gets that sends something wrong, such as `400`, or `default`");
            }
        }
    }
}

fn takes_parameters(call: Call<'_>) -> bool {
    let owners = std::iter::once(call.node).chain(call.item.chain());
    owners.filter_map(|it| it.get("parameters")).any(|it| !it.view.is_empty())
}
