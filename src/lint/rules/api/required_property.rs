//! Finds required properties that the schema does not have.
//!
//! Mostly a typo or the rest of a renaming: the property that was meant is optional now. The rule is silent where parts of a
//! composition may bring the property.
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
//!       required: [id, adress]
//!       properties:
//!         id: {type: string}
//!         address: {type: string}
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
//!       required: [id, address]
//!       properties:
//!         id: {type: string}
//!         address: {type: string}
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

use std::collections::HashSet;

use super::schema;
use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node};

pub(crate) static RULE: Rule = Rule {
    id: "api/required-property",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("required_property.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let parts = schema::parts_of_compositions(spec, &project.sources);
        for object in spec.objects(&project.sources, Kind::Schema) {
            let (Some(required), Some(properties)) = (object.get("required"), object.get("properties"))
            else {
                continue;
            };
            let brings = BRINGING.iter().any(|it| object.has(it));
            if brings || properties.is_reference() || parts.contains(&object.node.identity()) {
                continue;
            }
            let known: HashSet<_> = properties.members().filter_map(|(key, _)| key.text()).collect();
            let missing = |it: &Node<'_>| it.string().is_some_and(|it| !known.contains(&it));
            for name in required.items().filter(missing) {
                let words = name.string().unwrap_or_default();
                let mut candidates: Vec<&str> = known.iter().map(|it| &**it).collect();
                candidates.sort_unstable();
                let help = match similar(&words, candidates.into_iter()) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => "add it to `properties`, or take it out of `required`".to_owned(),
                };
                cx.report(name.span(), format!("`{words}` is required and no property")).help(help);
            }
        }
    }
}

/// Keywords that may bring properties.
const BRINGING: [&str; 11] = [
    "$ref",
    "$dynamicRef",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "patternProperties",
    "dependentSchemas",
];
