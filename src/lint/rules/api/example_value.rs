//! Finds examples that are given in two ways at once.
//!
//! `value` and `externalValue` exclude each other, and so do `example` and `examples`; since OpenAPI 3.2 `value` also excludes
//! `dataValue` and `serializedValue`. Tools show one and drop the other.
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody:
//!         content:
//!           application/json:
//!             schema: {type: object}
//!             examples:
//!               small: {value: {note: fragile}, externalValue: https://acme.test/small.json}
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody:
//!         content:
//!           application/json:
//!             schema: {type: object}
//!             examples:
//!               small: {value: {note: fragile}}
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/example-value",
    severity: Severity::Error,
    preview: false,
    file: include_str!("example_value.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for example in project.objects(Kind::Example) {
        exclusive(cx, example.node, "value", "externalValue");
        if example.node.version() >= Version::V32 {
            exclusive(cx, example.node, "value", "dataValue");
            exclusive(cx, example.node, "value", "serializedValue");
            exclusive(cx, example.node, "externalValue", "serializedValue");
        }
    }
    for kind in [Kind::Parameter, Kind::Header, Kind::MediaType] {
        project.objects(kind).for_each(|it| exclusive(cx, it.node, "example", "examples"));
    }
}

fn exclusive(cx: &mut Context<'_>, node: Node<'_>, one: &str, other: &str) {
    if let (Some((first, _)), Some((second, _))) = (node.entry(one), node.entry(other)) {
        cx.report(second.span(), format!("`{one}` and `{other}` exclude each other"))
            .help("keep one of them")
            .related(first.span(), "the other");
    }
}
