//! Finds references where the specification allows none, and references to the wrong kind of object.
//!
//! Some bundlers replace every `$ref` that they see. Other tools take the mapping for the operation, the server or the list
//! that should stand there, and find it empty.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! x-responses: {"200": {description: the orders}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {$ref: "#/x-responses"}
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
//!   responses:
//!     Orders: {description: the orders}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {$ref: "#/components/responses/Orders"}}
//! ```

use super::value::with_article;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::shape::Shape;

pub(crate) static RULE: Rule = Rule {
    id: "api/ref-not-allowed",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("ref_not_allowed.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for used in project.specs.iter().flat_map(|it| it.uses(&project.sources)) {
        let Some((key, target)) = used.node.entry("$ref") else { continue };
        let wanted = used.used.kind.map(|it| with_article(Shape::of(it).name));
        if let (Some(instead), Some(wanted)) = (used.used.instead, &wanted) {
            let message = format!("`$ref` leads to {}, not to {wanted}", with_article(instead));
            cx.report(target.span(), message);
        } else if !used.used.allowed {
            let wanted = wanted.unwrap_or_else(|| "the value".to_owned());
            cx.report(key.span(), "`$ref` where no reference may stand".to_owned())
                .help(format!("write {wanted} out; only bundlers understand a reference here"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn objects_lists_and_texts_have_their_places() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {$ref: '#/x-info'}
       ^^^^ `$ref` where no reference may stand
x-info: {title: A, version: '1', description: {$ref: a.md}}
                                               ^^^^ `$ref` where no reference may stand
paths:
  /a:
    get:
      parameters: {$ref: '#/x-parameters'}
                   ^^^^ `$ref` where no reference may stand
      responses:
        200: {description: a, content: {a/b: {schema: {$ref: '#/components/parameters/A'}}}}
                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ `$ref` leads to a parameter, not to a schema
        400: {$ref: '#/components/responses/A'}
x-parameters: [{$ref: '#/components/parameters/A'}]
components:
  parameters: {A: {name: a, in: query, schema: {}}}
  responses: {A: {description: a}}
//- a.md
text
",
        );
    }
}
