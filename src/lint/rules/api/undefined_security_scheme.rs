//! Finds security requirements that name no security scheme.
//!
//! Nobody knows how to authenticate: the name leads nowhere, and tools leave the requirement out.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: [{bearer: []}]
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
//! security: [{bearer: []}]
//! components:
//!   securitySchemes:
//!     bearer: {type: http, scheme: bearer}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}, "401": {description: no token}}
//! ```

use super::security::schemes;
use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/undefined-security-scheme",
    severity: Severity::Error,
    preview: false,
    file: include_str!("undefined_security_scheme.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let Some(schemes) = schemes(spec, &project.sources) else { continue };
        for requirement in spec.objects(&project.sources, Kind::SecurityRequirement) {
            for (key, _) in requirement.node.members() {
                let Some(name) = key.text() else { continue };
                // Since 3.2 a requirement may also be the URI of a scheme.
                let is_uri = spec.edition >= Version::V32 && name.contains(['/', '#', '.']);
                if schemes.contains_key(&name) || is_uri {
                    continue;
                }
                cx.report(key.span(), format!("there is no security scheme `{name}`")).help(
                    match similar(&name, schemes.keys().map(|it| &**it)) {
                        Some(similar) => format!("did you mean `{similar}`?"),
                        None if spec.edition == Version::V2 => {
                            "describe it in `securityDefinitions`".to_owned()
                        }
                        None => "describe it in `components.securitySchemes`".to_owned(),
                    },
                );
            }
        }
    }
}
