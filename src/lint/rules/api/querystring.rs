//! Finds query parameters beside a parameter that is the whole query.
//!
//! A parameter `in: querystring` (OpenAPI 3.2) describes all that stands behind the `?`, so there can be one only, and no `query`
//! parameters with it.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       parameters:
//!         - {name: filter, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
//!         - {name: page, in: query, schema: {type: integer}}
//!       responses: {"200": {description: the orders}, "400": {description: the filter is wrong}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       parameters:
//!         - {name: filter, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
//!       responses: {"200": {description: the orders}, "400": {description: the filter is wrong}}
//! ```

use super::operations::own_parameters;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/querystring",
    severity: Severity::Error,
    preview: false,
    file: include_str!("querystring.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition >= Version::V32) {
        let kinds = [Kind::PathItem, Kind::Operation];
        for owner in kinds.into_iter().flat_map(|kind| spec.objects(&project.sources, kind)) {
            let own = own_parameters(owner.node).all;
            // What the path lists holds for its operations.
            let shared = owner
                .parent()
                .filter(|_| owner.kind() == Kind::Operation)
                .map(|it| own_parameters(it.node).all);
            let shared = shared.unwrap_or_default();
            let mut whole = own.iter().chain(&shared).filter(|it| it.location == "querystring");
            let Some(first) = whole.next() else { continue };
            let place = |it: &super::operations::Declared<'_>| {
                it.place
                    .get("$ref")
                    .or_else(|| it.node.get("in"))
                    .map_or_else(|| it.place.place(), |it| it.span())
            };
            let beside = own.iter().filter(|it| it.location == "query").chain(whole.next());
            for other in beside {
                cx.report(
                    place(other),
                    format!("the parameter `{}` beside a `querystring` parameter", other.name),
                )
                .help("describe it in the schema of the `querystring` parameter")
                .related(place(first), "the whole query");
            }
        }
    }
}
