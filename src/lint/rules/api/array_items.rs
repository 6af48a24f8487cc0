//! Finds arrays that do not say what they hold.
//!
//! Up to OpenAPI 3.0 a schema of the type `array` must have `items`; code generators stop without. `items: {}` allows anything.
//! From 3.1 on `items` may be left out.
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
//!         lines: {type: array}
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
//!         lines: {type: array, items: {type: string}}
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

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/array-items",
    severity: Severity::Error,
    preview: false,
    file: include_str!("array_items.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let kinds: &[Kind] = &[Kind::Schema, Kind::Parameter, Kind::Header, Kind::Items];
    for spec in project.specs.iter().filter(|it| it.edition <= Version::V30) {
        for object in kinds.iter().flat_map(|&kind| spec.objects(&project.sources, kind)) {
            let Some(kind) = object.get("type") else { continue };
            // A part of a composition may bring them.
            let composed = ["allOf", "anyOf", "oneOf"].iter().any(|it| object.has(it));
            let is_array = kind.string().is_some_and(|it| it == "array");
            if is_array && !object.has("items") && !composed {
                cx.report(kind.span(), "an array without `items`")
                    .help("say what it holds; `items: {}` is anything");
            }
        }
    }
}
