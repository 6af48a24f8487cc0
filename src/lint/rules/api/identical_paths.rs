//! Finds paths that differ only in the names of their parts.
//!
//! `/orders/{id}` and `/orders/{orderId}` match the same requests, so the operations of one of them are never reached.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{id}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//!   /orders/{orderId}:
//!     delete:
//!       operationId: deleteOrder
//!       summary: Delete an order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
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
//!   /orders/{id}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//! ```

use std::collections::HashMap;

use super::template::normal;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/identical-paths",
    severity: Severity::Error,
    preview: false,
    file: include_str!("identical_paths.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for paths in project.objects(Kind::Paths) {
        let mut seen: HashMap<String, _> = HashMap::new();
        for (key, _) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.starts_with('/')) else { continue };
            match seen.get(&normal(&path)) {
                // Twice the very same key is `api/duplicate-key`'s.
                Some((first, words)) if *words != path => {
                    cx.report(key.span(), format!("`{path}` is the same path as `{words}`"))
                        .help("keep one of them, with the operations of both")
                        .related(*first, "the other");
                }
                Some(_) => {}
                None => {
                    seen.insert(normal(&path), (key.span(), path));
                }
            }
        }
    }
}
