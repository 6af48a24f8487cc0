//! Finds operations of which the document does not say whether they need credentials.
//!
//! `security: []` says that an operation is open to everyone; silence may mean that or nothing. Where a whole document is silent,
//! there is one finding.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! paths:
//!   /orders:
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

use std::collections::HashSet;

use super::operations::{calls, title};
use super::security::schemes;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/unsecured-operation",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unsecured_operation.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let Some(root) = spec.root(&project.sources).map(|it| it.node) else { continue };
        let mut calls = calls(spec, &project.sources);
        let mut seen = HashSet::new();
        calls.retain(|it| !it.node.has("security") && seen.insert(it.node.identity()));
        if root.has("security") || calls.is_empty() {
            continue;
        }
        let silent = schemes(spec, &project.sources).is_some_and(|it| it.is_empty());
        if silent && seen.len() == calls.len() {
            let place = root.entry("info").or_else(|| root.members().next());
            let Some((key, _)) = place else { continue };
            cx.report(key.span(), "the document says nothing about security")
                .help("describe how to authenticate, or write `security: []` if the API is open to everyone");
            continue;
        }
        for call in calls {
            cx.report(call.method.span(), format!("`{}` says nothing about security", title(call)))
                .help("name the scheme in `security`, or write `security: []` if it is open to everyone");
        }
    }
}
