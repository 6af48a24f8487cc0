//! Finds limits of schemas that contradict or repeat each other.
//!
//! `minimum: 10` with `maximum: 1` refuses every value; `minimum` beside a number in `exclusiveMinimum` leaves the reader to find
//! out which of the two counts.
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
//!         quantity: {type: integer, minimum: 10, maximum: 1}
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
//!         quantity: {type: integer, minimum: 1, maximum: 10}
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
    id: "api/mixed-range",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("mixed_range.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for schema in project.objects(Kind::Schema).map(|it| it.node) {
        for (low, high) in PAIRS {
            let (Some(least), Some((key, most))) = (schema.get(low), schema.entry(high)) else { continue };
            let (Some(least), Some(most)) = (least.view.as_f64(), most.view.as_f64()) else { continue };
            if least > most {
                cx.report(key.span(), format!("`{high}` {most} is less than `{low}` {least}"));
            }
        }
        for (inclusive, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
            let Some((key, limit)) = schema.entry(exclusive) else { continue };
            match limit.view.as_bool() {
                None if schema.has(inclusive) && schema.version() >= Version::V31 => {
                    cx.report(key.span(), format!("`{inclusive}` and `{exclusive}` beside each other"))
                        .help("keep the one that is meant");
                }
                Some(true) if !schema.has(inclusive) && schema.version() <= Version::V30 => {
                    cx.report(key.span(), format!("`{exclusive}` has no effect without `{inclusive}`"))
                        .help(format!("write the limit as `{inclusive}`"));
                }
                _ => {}
            }
        }
    }
}

const PAIRS: [(&str, &str); 5] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
];
