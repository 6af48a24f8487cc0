//! Finds `attribute` and `wrapped` beside the `nodeType` of OpenAPI 3.2.
//!
//! `nodeType` replaces both; a document that says it in two ways can say two things.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         id: {type: string, xml: {nodeType: attribute, attribute: true}}
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
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         id: {type: string, xml: {nodeType: attribute}}
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
    id: "api/xml-node-type",
    severity: Severity::Error,
    preview: false,
    file: include_str!("xml_node_type.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let newer = project.objects(Kind::Xml).filter(|it| it.node.version() >= Version::V32);
    for xml in newer.filter(|it| it.has("nodeType")) {
        for field in ["attribute", "wrapped"] {
            if let Some((key, _)) = xml.entry(field) {
                cx.report(key.span(), format!("`nodeType` and `{field}` exclude each other"))
                    .help(format!("remove `{field}`"));
            }
        }
    }
}
