//! Finds operations that do not say what they do.
//!
//! In a list of a hundred operations the summary is all that a reader sees. An operation with a description but no summary is
//! only mentioned.
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

use super::operations::{calls, title, webhooks};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-summary",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_summary.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashSet::new();
        for call in calls(spec, &project.sources).into_iter().chain(webhooks(spec, &project.sources)) {
            let is_there =
                |key| call.node.get(key).is_some_and(|it| it.is_reference() || has_words(it.string()));
            let shared = call.item.chain().any(|it| has_words(it.string_at("summary")));
            if is_there("summary") || shared || !seen.insert(call.node.identity()) {
                continue;
            }
            let described = is_there("description");
            let finding = cx.report(call.method.span(), format!("`{}` has no `summary`", title(call)));
            finding.help("say in a few words what it does");
            if described {
                finding.severity = Severity::Info;
            }
        }
    }
}

fn has_words(text: Option<std::borrow::Cow<'_, str>>) -> bool {
    text.is_some_and(|it| !it.trim().is_empty())
}
