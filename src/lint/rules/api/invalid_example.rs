//! Finds examples that their schema refuses.
//!
//! An example is what readers copy first. One that the schema refuses teaches a wrong call, or shows that the schema is wrong.
//!
//! Examples of media types, parameters, headers and schemas are compared with their schemas, references followed. Properties that
//! are only read may be missing in requests, those that are only written in responses. Formats are not looked at, and nothing is said
//! where a schema cannot be followed to its end: a reference to another site, a pattern that Rust's regular expressions do not know,
//! `unevaluatedProperties`, or more than 50 000 steps for one value.
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
//!       required: [id]
//!       properties:
//!         id: {type: integer}
//!         note: {type: string}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content:
//!             application/json:
//!               schema: {$ref: "#/components/schemas/Order"}
//!               example: {id: "17", note: fragile}
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
//!       required: [id]
//!       properties:
//!         id: {type: integer}
//!         note: {type: string}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content:
//!             application/json:
//!               schema: {$ref: "#/components/schemas/Order"}
//!               example: {id: 17, note: fragile}
//! ```

use super::examples::examples;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/invalid-example",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("invalid_example.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        examples(spec, &project.sources, |flaw| {
            let finding =
                cx.report(flaw.place, format!("the example does not fit its schema: {}", flaw.message));
            finding.help("change the example or the schema");
            if let Some(rule) = flaw.rule {
                finding.related(rule, "the schema says so here");
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn each_kind_of_example_is_compared_with_its_schema() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
paths:
  /a:
    get:
      parameters:
      - {name: a, in: query, schema: {type: integer, minimum: 3}, example: 2}
                                                                           ^ the example does not fit its schema: `2` is less than the `minimum` 3
      - {name: b, in: query, schema: {type: array, items: {type: integer}}, example: '1,2'}
      responses:
        200:
          description: a
          headers: {A: {schema: {type: boolean}, examples: {one: {value: 'no'}}}}
                                                                          ^^ the example does not fit its schema: the text `no` is no boolean
          content:
            application/json: {schema: {$ref: '#/components/schemas/A'}, examples: {a: {$ref: '#/components/examples/A'}}}
            application/xml: {schema: {$ref: '#/components/schemas/A'}, example: <a/>}
            text/plain: {schema: {type: integer}, example: 'one'}
                                                            ^^^ the example does not fit its schema: the text `one` is no integer
components:
  examples:
    A: {value: {id: 1, secret: a, list: [{id: 2}]}}
                               ^ the example does not fit its schema: the text `a` is no null
                                         ^^^^^^^ the example does not fit its schema: `list` is missing
  schemas:
    A:
      type: object
      required: [id, written, list]
      properties:
        id: {type: integer}
        written: {type: string, writeOnly: true}
        secret: {type: 'null', examples: [1, null]}
                                          ^ the example does not fit its schema: `1` is no null
        list: {type: array, items: {$ref: '#/components/schemas/A'}}
",
        );
    }
}
