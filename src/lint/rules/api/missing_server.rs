//! Finds documents that do not say where the API is.
//!
//! Without `servers`, or `host` in OpenAPI 2.0, a client calls the host that the document came from; code samples and imported
//! collections have no URL.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
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
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//! ```

use super::operations::calls;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Version;

pub(crate) static RULE: Rule = Rule {
    id: "api/missing-server",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("missing_server.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let Some(root) = spec.root(&project.sources).map(|it| it.node) else { continue };
        let field = if spec.edition == Version::V2 { "host" } else { "servers" };
        let said = root
            .get(field)
            .is_some_and(|it| !it.view.is_empty() || !(it.view.is_sequence() || it.view.is_null()));
        let calls = calls(spec, &project.sources);
        // A document of parts alone is called nowhere, and each path or operation may name its own.
        let own = |it: super::operations::Call<'_>| {
            it.node.has("servers") || it.item.chain().any(|it| it.has("servers"))
        };
        if said || calls.iter().all(|&it| own(it)) {
            continue;
        }
        let place = root.entry(field).or_else(|| root.entry("info")).or_else(|| root.members().next());
        let Some((key, _)) = place else { continue };
        cx.report(key.span(), format!("no `{field}`: the document does not say where the API is")).help(
            match spec.edition {
                Version::V2 => "add `host`, `basePath` and `schemes`",
                _ => "add `servers: [{url: https://…}]`",
            },
        );
    }
}
