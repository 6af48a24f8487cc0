//! Finds values that stand twice in an `enum`.
//!
//! One of them is superfluous, or was meant to be another.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         priority: {type: string, enum: [low, high, low]}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         priority: {type: string, enum: [low, high]}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
//! ```

use std::collections::HashMap;

use super::schema;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/duplicate-enum",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("duplicate_enum.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let kinds = [Kind::Schema, Kind::Parameter, Kind::Header, Kind::Items, Kind::ServerVariable];
    for object in kinds.into_iter().flat_map(|kind| project.objects(kind)) {
        let mut seen = HashMap::new();
        for value in object.get("enum").into_iter().flat_map(|it| it.items()) {
            let Some(content) = schema::canonical(value) else { continue };
            match seen.get(&content) {
                None => {
                    seen.insert(content, value.place());
                }
                Some(&first) => {
                    let words = schema::short(project.sources.text(value.place())).into_owned();
                    cx.report(value.place(), format!("`{words}` stands twice in the `enum`"))
                        .related(first, "the first");
                }
            }
        }
    }
}
