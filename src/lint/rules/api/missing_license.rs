//! Finds documents that do not say under which licence the API may be used.
//!
//! This rule is off unless it is asked for: most APIs are used by the team that runs them.
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
//!       responses: {"200": {description: the orders}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1", license: {name: Proprietary}}
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
    id: "api/missing-license",
    severity: Severity::Info,
    preview: true,
    file: include_str!("missing_license.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for info in project.objects(Kind::Info).filter(|it| !it.has("license")) {
        cx.report(info.place(), "no `license`").help("add `license` with its `name`");
    }
}
