//! Finds parameters that an operation or a path lists twice.
//!
//! A parameter is known by its name and its place; which of the two counts is anybody's guess. An operation may replace a
//! parameter of its path.
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
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       parameters: [{name: status, in: query, schema: {type: string}}, {name: status, in: query, schema: {type: string}}]
//!       responses: {"200": {description: the orders}, "400": {description: no such status}}
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
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       parameters: [{name: status, in: query, schema: {type: string}}, {name: status, in: header, schema: {type: string}}]
//!       responses: {"200": {description: the orders}, "400": {description: no such status}}
//! ```

use std::collections::HashMap;

use super::operations::own_parameters;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/duplicate-parameter",
    severity: Severity::Error,
    preview: false,
    file: include_str!("duplicate_parameter.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let owners = project.objects(Kind::PathItem).chain(project.objects(Kind::Operation));
    for owner in owners.filter(|it| it.has("parameters")) {
        let mut seen = HashMap::new();
        for parameter in own_parameters(owner.node).all {
            let identity = (parameter.name, parameter.location);
            let place = match parameter.place.get("$ref").or_else(|| parameter.node.get("name")) {
                Some(words) => words.span(),
                None => parameter.place.place(),
            };
            match seen.get(&identity) {
                Some(&first) => {
                    let (name, location) = identity;
                    cx.report(place, format!("the {location} parameter `{name}` is listed twice"))
                        .related(first, "the first");
                }
                None => {
                    seen.insert(identity, place);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn references_count_by_what_they_lead_to() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a:
    parameters: [{name: a, in: query, schema: {}}]
    get:
      parameters: [{name: a, in: query, schema: {}}, {$ref: '#/components/parameters/A'}, {$ref: '#/x'}]
                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^ the query parameter `a` is listed twice
      responses: {200: {description: a}}
components: {parameters: {A: {name: a, in: query, schema: {}}}}
",
        );
    }
}
