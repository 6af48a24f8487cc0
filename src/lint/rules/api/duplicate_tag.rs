//! Finds tags that are declared twice.
//!
//! The names of the tags of a document must differ; tools keep one of the two descriptions.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! tags: [{name: orders}, {name: orders, description: All about orders}]
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       tags: [orders]
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
//! tags: [{name: orders, description: All about orders}]
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       tags: [orders]
//!       responses: {"200": {description: the orders}}
//! ```

use std::collections::HashMap;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/duplicate-tag",
    severity: Severity::Error,
    preview: false,
    file: include_str!("duplicate_tag.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let mut seen = HashMap::new();
        for tag in spec.objects(&project.sources, Kind::Tag) {
            let Some((name, place)) = tag.get("name").and_then(|it| Some((it.text()?, it.span()))) else {
                continue;
            };
            match seen.get(&name) {
                None => {
                    seen.insert(name, place);
                }
                Some(&first) => {
                    cx.report(place, format!("the tag `{name}` is declared twice"))
                        .related(first, "the first");
                }
            }
        }
    }
}
