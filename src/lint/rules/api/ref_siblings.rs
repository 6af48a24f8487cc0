//! Finds words beside a `$ref` that nothing reads.
//!
//! Up to OpenAPI 3.0 a reference is replaced by what it leads to, with all that stands beside it. From 3.1 on that holds for
//! references that are no schemas, except for their `summary` and `description`.
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
//!         price: {$ref: "#/components/schemas/Price", nullable: true}
//!     Price: {type: number}
//!     Orders: {type: array, items: {$ref: "#/components/schemas/Order"}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Orders"}}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         price: {$ref: "#/components/schemas/Price", description: without taxes}
//!     Price: {type: number}
//!     Orders: {type: array, items: {$ref: "#/components/schemas/Order"}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Orders"}}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/ref-siblings",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("ref_siblings.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for (spec, used) in
        project.specs.iter().flat_map(|spec| spec.uses(&project.sources).map(move |it| (spec, it)))
    {
        let newer = spec.edition >= Version::V31;
        let kind = used.used.kind;
        // There `$ref` is one field among others.
        if kind == Some(Kind::PathItem) || (newer && kind == Some(Kind::Schema)) {
            continue;
        }
        let ignored: Vec<_> = used
            .node
            .members()
            .map(|(key, _)| key)
            .filter(|key| {
                key.text().is_some_and(|it| {
                    it != "$ref"
                        && !it.starts_with("x-")
                        && !(newer && matches!(&*it, "summary" | "description"))
                })
            })
            .collect();
        let Some(first) = ignored.first() else { continue };
        let names = ignored.iter().filter_map(|it| it.text()).map(|it| format!("`{it}`")).collect::<Vec<_>>();
        let verb = if names.len() == 1 { "is" } else { "are" };
        cx.report(first.span(), format!("{} beside `$ref` {verb} ignored", names.join(", "))).help(
            match kind {
                Some(Kind::Schema) => {
                    "wrap the reference: `allOf: [{$ref: …}]`, with the rest beside `allOf`"
                }
                _ => "say it where the reference leads",
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn what_counts_depends_on_the_version() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths: {/a: {$ref: '#/paths/~1b', summary: s}, /b: {}}
components:
  schemas:
    A: {$ref: '#/components/schemas/B', x-a: 1}
    B: {allOf: [{$ref: '#/components/schemas/A', title: a, description: b}]}
                                                 ^^^^^ `title`, `description` beside `$ref` are ignored
//- b.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
components:
  schemas: {A: {$ref: '#/components/schemas/B', title: a}, B: {}}
  responses:
    A: {$ref: '#/components/responses/B', description: fine, headers: {}}
                                                             ^^^^^^^ `headers` beside `$ref` is ignored
    B: {description: b}
",
        );
    }
}
