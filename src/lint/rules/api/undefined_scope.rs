//! Finds scopes that the security scheme does not have.
//!
//! A client asks for the scope that the operation names, and the authorization server refuses to know it.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: [{oauth: ["order:read"]}]
//! components:
//!   securitySchemes:
//!     oauth:
//!       type: oauth2
//!       flows:
//!         clientCredentials: {tokenUrl: "https://id.acme.test/token", scopes: {"orders:read": Read orders}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}, "401": {description: no token}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: [{oauth: ["orders:read"]}]
//! components:
//!   securitySchemes:
//!     oauth:
//!       type: oauth2
//!       flows:
//!         clientCredentials: {tokenUrl: "https://id.acme.test/token", scopes: {"orders:read": Read orders}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}, "401": {description: no token}}
//! ```

use super::security::{schemes, scopes};
use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/undefined-scope",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("undefined_scope.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let Some(schemes) = schemes(spec, &project.sources) else { continue };
        for requirement in spec.objects(&project.sources, Kind::SecurityRequirement) {
            for (key, list) in requirement.node.members() {
                let scheme = key.text().and_then(|it| schemes.get(&it));
                let Some(known) = scheme.and_then(|it| scopes(*it)) else { continue };
                for scope in list.items() {
                    let Some(name) = scope.string().filter(|it| !known.contains(it)) else { continue };
                    cx.report(
                        scope.span(),
                        format!("`{}` has no scope `{name}`", key.text().unwrap_or_default()),
                    )
                    .help(match similar(&name, known.iter().map(|it| &**it)) {
                        Some(similar) => format!("did you mean `{similar}`?"),
                        None => "add it to the `scopes` of a flow".to_owned(),
                    });
                }
            }
        }
    }
}
