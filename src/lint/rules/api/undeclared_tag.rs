//! Finds tags of operations that the list of tags does not have.
//!
//! A misspelt tag makes a group of its own in the documentation, without a description and at the end. The rule is silent in
//! documents that declare no tags at all.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! tags: [{name: orders}]
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       tags: [order]
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
//! tags: [{name: orders}]
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       tags: [orders]
//!       responses: {"200": {description: the orders}}
//! ```

use std::collections::HashSet;

use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/undeclared-tag",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("undeclared_tag.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let tags = spec.objects(&project.sources, Kind::Tag);
        let declared: HashSet<_> = tags.filter_map(|it| it.get("name")?.text()).collect();
        if declared.is_empty() {
            continue;
        }
        for operation in spec.objects(&project.sources, Kind::Operation) {
            for tag in operation.get("tags").into_iter().flat_map(|it| it.items()) {
                let Some(name) = tag.text().filter(|it| !declared.contains(it)) else { continue };
                let mut known: Vec<&str> = declared.iter().map(|it| &**it).collect();
                known.sort_unstable();
                cx.report(tag.span(), format!("the tag `{name}` is not declared")).help(
                    match similar(&name, known.into_iter()) {
                        Some(similar) => format!("did you mean `{similar}`?"),
                        None => "add it to `tags` with a description".to_owned(),
                    },
                );
            }
        }
    }
}
