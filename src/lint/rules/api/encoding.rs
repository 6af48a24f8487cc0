//! Finds encodings by name and by position in one media type of OpenAPI 3.2.
//!
//! `encoding` names the parts of a form, `prefixEncoding` and `itemEncoding` count them. A message has one kind of parts.
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody:
//!         content:
//!           multipart/mixed:
//!             schema: {type: array}
//!             encoding: {}
//!             itemEncoding: {contentType: text/plain}
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
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
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       requestBody:
//!         content:
//!           multipart/mixed:
//!             schema: {type: array}
//!             itemEncoding: {contentType: text/plain}
//!       responses: {"201": {description: the order was created}, "400": {description: the order is incomplete}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/encoding",
    severity: Severity::Error,
    preview: false,
    file: include_str!("encoding.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition >= Version::V32) {
        let kinds = [Kind::MediaType, Kind::Encoding];
        for object in kinds.into_iter().flat_map(|kind| spec.objects(&project.sources, kind)) {
            let Some((named, _)) = object.entry("encoding") else { continue };
            for field in ["prefixEncoding", "itemEncoding"] {
                if let Some((key, _)) = object.entry(field) {
                    cx.report(key.span(), format!("`encoding` and `{field}` exclude each other"))
                        .help("keep the one that fits the message")
                        .related(named.span(), "the other");
                }
            }
        }
    }
}
