//! Finds discriminators that cannot tell the alternatives apart.
//!
//! The property must be defined and required in every alternative, else a value without it is nobody's; and every name in the
//! `mapping` must lead to a schema.
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
//!       oneOf: [{$ref: "#/components/schemas/Single"}, {$ref: "#/components/schemas/Series"}]
//!       discriminator: {propertyName: kind}
//!     Single:
//!       type: object
//!       required: [kind]
//!       properties: {kind: {type: string}}
//!     Series:
//!       type: object
//!       properties: {kind: {type: string}}
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
//!       oneOf: [{$ref: "#/components/schemas/Single"}, {$ref: "#/components/schemas/Series"}]
//!       discriminator: {propertyName: kind}
//!     Single:
//!       type: object
//!       required: [kind]
//!       properties: {kind: {type: string}}
//!     Series:
//!       type: object
//!       required: [kind]
//!       properties: {kind: {type: string}}
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

use super::discriminated::{Property, mapped, property};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node, Typed, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/discriminator",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("discriminator.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition == Version::V2) {
        for schema in spec.objects(&project.sources, Kind::Schema) {
            if let Some(name) = schema.get("discriminator") {
                alternative(cx, name, schema.node, name, false);
            }
        }
    }
    for discriminator in project.objects(Kind::Discriminator) {
        property_of(cx, discriminator);
        for (_, target) in discriminator.get("mapping").into_iter().flat_map(Node::members) {
            if mapped(target) == Some(false) {
                let words = target.text().unwrap_or_default();
                cx.report(target.span(), format!("the mapping leads to no schema: `{words}`"))
                    .help("write the name of a schema, or a reference to it");
            }
        }
    }
}

fn property_of(cx: &mut Context<'_>, discriminator: Typed<'_>) {
    let (Some(name), Some(schema)) = (discriminator.get("propertyName"), discriminator.parent()) else {
        return;
    };
    // With a default the property may be absent.
    let optional = discriminator.has("defaultMapping");
    let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    match alternatives {
        None => alternative(cx, name, schema.node, name, optional),
        Some(list) => {
            let here = property(schema.node, &name.text().unwrap_or_default());
            for place in list.items() {
                if here != Property::Required && !is_null(place) {
                    alternative(cx, name, place, place.get("$ref").unwrap_or(name), optional);
                }
            }
        }
    }
}

fn is_null(schema: Node<'_>) -> bool {
    schema.string_at("type").is_some_and(|it| it == "null")
}

/// Says what one alternative lacks.
fn alternative(cx: &mut Context<'_>, name: Node<'_>, schema: Node<'_>, place: Node<'_>, optional: bool) {
    let Some(words) = name.string() else { return };
    let message = match property(schema, &words) {
        Property::Required | Property::Unknown => return,
        Property::Optional if optional => return,
        Property::Optional => format!("the discriminator `{words}` is not required"),
        Property::Missing => format!("the discriminator `{words}` is no property"),
    };
    let message = match place.text().filter(|_| place.identity() != name.identity()) {
        Some(target) => format!("{message} of `{}`", target.rsplit('/').next().unwrap_or_default()),
        None => message,
    };
    cx.report(place.span(), message).help("define it in `properties` and list it in `required`");
}
