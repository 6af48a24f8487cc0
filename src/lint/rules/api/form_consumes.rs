//! Finds operations of OpenAPI 2.0 with form fields whose `consumes` names no form.
//!
//! A client sends JSON, as `consumes` tells it, and the fields of the form have no place in it.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! swagger: "2.0"
//! info: {title: Orders, version: "1"}
//! host: orders.acme.test
//! security: []
//! paths:
//!   /orders:
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       parameters: [{name: note, in: formData, type: string}]
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! swagger: "2.0"
//! info: {title: Orders, version: "1"}
//! host: orders.acme.test
//! security: []
//! paths:
//!   /orders:
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       consumes: [application/x-www-form-urlencoded]
//!       parameters: [{name: note, in: formData, type: string}]
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
//! ```

use std::collections::HashSet;

use super::operations::{calls, title, with_parameters};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Node, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/form-consumes",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("form_consumes.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition == Version::V2) {
        let of_document = spec.root(&project.sources).and_then(|it| it.get("consumes"));
        let mut seen = HashSet::new();
        with_parameters(&calls(spec, &project.sources), |call, parameters| {
            let mut fields = parameters.all.iter().filter(|it| it.location == "formData").peekable();
            if fields.peek().is_none() || !seen.insert(call.node.identity()) {
                return;
            }
            let has_file = fields.any(|it| it.node.string_at("type").is_some_and(|it| it == "file"));
            let consumes = call.node.get("consumes").or(of_document);
            let fits = |it: Node<'_>| {
                it.text().is_some_and(|it| {
                    it.starts_with("multipart/")
                        || (!has_file && it.starts_with("application/x-www-form-urlencoded"))
                })
            };
            if consumes.is_some_and(|it| it.items().any(fits)) {
                return;
            }
            let wanted = if has_file { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
            cx.report(call.method.span(), format!("`{}` has form fields and consumes no form", title(call)))
                .help(format!("write `consumes: [{wanted}]`"));
        });
    }
}
