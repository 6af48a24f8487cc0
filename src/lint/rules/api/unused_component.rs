//! Finds components that nothing refers to.
//!
//! They are read, kept up to date and explained to newcomers, and no request or response has them. The rule is silent in documents
//! without operations, which are there for others to refer to.
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
//!     Order: {type: object}
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
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order: {type: object}
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

use super::usage::unused;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/unused-component",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unused_component.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for component in unused(project) {
        cx.report(component.key.span(), format!("{} `{}` is not used", component.what, component.name))
            .help("remove it, or refer to it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn what_is_used_in_other_ways_is_used() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
security: [{token: []}]
paths:
  /a:
    get: {responses: {200: {$ref: '#/components/responses/A'}}}
x-webhooks: {a: {$ref: '#/components/schemas/Extension'}}
components:
  responses:
    A: {description: a, content: {a/b: {schema: {$ref: '#/components/schemas/Base'}}}}
  securitySchemes:
    token: {type: http, scheme: bearer}
    other: {type: http, scheme: basic}
    ^^^^^ the security scheme `other` is not used
  schemas:
    Base:
      type: object
      required: [kind]
      properties: {kind: {type: string}, part: {$ref: '#/components/schemas/Deep/properties/part'}}
      discriminator: {propertyName: kind, mapping: {m: Mapped, n: '#/components/schemas/Named'}}
    Mapped: {type: object}
    Named: {type: object}
    Child: {allOf: [{$ref: '#/components/schemas/Base'}]}
    Deep: {properties: {part: {type: string}}}
    Self: {properties: {self: {$ref: '#/components/schemas/Self'}}}
    ^^^^ the schema `Self` is not used
    Extension: {type: object}
//- lib.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths: {}
components: {schemas: {A: {}}}
",
        );
    }
}
