//! Finds values of an `enum` that the type of their schema forbids.
//!
//! No request can ever have such a value: the schema refuses what its list allows.
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
//!         priority: {type: string, enum: [low, high, 3]}
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
//!         priority: {type: string, nullable: true, enum: [low, high, '3', null]}
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
use super::schema::{self, Types};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/enum-type",
    severity: Severity::Error,
    preview: false,
    file: include_str!("enum_type.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let kinds: &[Kind] = &[Kind::Schema, Kind::Parameter, Kind::Header, Kind::Items];
    for spec in &project.specs {
        let foreign = dialect::foreign(spec, &project.sources);
        for object in kinds.iter().flat_map(|&kind| spec.objects(&project.sources, kind)) {
            let Some(list) = object.get("enum") else { continue };
            let Some(types) = Types::of(object.node).filter(|_| !foreign.contains(object)) else { continue };
            for value in list.items().filter(|it| !types.allow(*it)) {
                let words = project.sources.text(value.place());
                let message = format!("`{}` is no {}", schema::short(words), types.words());
                cx.report(value.place(), message).help("change the value or the type; text stands in quotes");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn values_have_the_type_of_their_schema() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
components:
  schemas:
    A: {type: integer, enum: [1, 2.0, 2.5, '3', null]}
                                      ^^^ `2.5` is no integer
                                            ^ `3` is no integer
                                                ^^^^ `null` is no integer
    B: {type: [string, 'null'], enum: [a, null, [b], true]}
                                                ^^^ `[b]` is no string or null
                                                     ^^^^ `true` is no string or null
    C: {enum: [1, a]}
    D: {type: number, enum: [1, 1e3]}
",
        );
    }
}
