//! Finds documents that do not say who answers for the API.
//!
//! Whoever is paged because the API fails looks for a name, an address or a page to turn to.
//!
//! This rule is off unless it is asked for, since many teams name the owner elsewhere.
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
//! info: {title: Orders, version: "1", contact: {name: Logistics, email: logistics@acme.test}}
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
    id: "api/missing-contact",
    severity: Severity::Warning,
    preview: true,
    file: include_str!("missing_contact.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for info in project.objects(Kind::Info) {
        let contact = info.get("contact");
        let reachable =
            contact.is_some_and(|it| it.has("email") || it.has("url") || it.has("name") || it.is_reference());
        if !reachable {
            let place = info.entry("contact").map_or(info.place(), |(key, _)| key.span());
            cx.report(place, "nobody to turn to").help("add `contact` with a `name` and an `email` or `url`");
        }
    }
}
