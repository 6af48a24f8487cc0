//! Finds constraints of schemas that do not fit their type.
//!
//! `minLength` on a number or `properties` on a list never refuse anything. Either the type or the constraint is wrong.
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
//!         quantity: {type: integer, minLength: 1}
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
//!         quantity: {type: integer, minimum: 1}
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

use super::dialect;
use super::schema::Types;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/keyword-type",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("keyword_type.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let foreign = dialect::foreign(spec, &project.sources);
        for schema in spec.objects(&project.sources, Kind::Schema) {
            if !schema.has("type") || schema.node.view.len() < 2 {
                continue;
            }
            let Some(types) = Types::of(schema.node).filter(|_| !foreign.contains(schema)) else { continue };
            for (key, _) in schema.node.members() {
                let Some(name) = key.text() else { continue };
                let Some(fitting) = fitting(&name).filter(|it| !it.iter().any(|it| types.contain(it))) else {
                    continue;
                };
                cx.report(key.span(), format!("`{name}` has no effect on {}", types.words()))
                    .help(format!("it is for `{}`; change the type or the constraint", fitting[0]));
            }
        }
    }
}

/// The types for which a constraint means something.
fn fitting(keyword: &str) -> Option<&'static [&'static str]> {
    Some(match keyword {
        "minLength" | "maxLength" | "pattern" => &["string"],
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            &["number", "integer"]
        }
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains" => &["array"],
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "minProperties"
        | "maxProperties"
        | "propertyNames" => &["object"],
        _ => return None,
    })
}
