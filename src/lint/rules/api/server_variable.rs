//! Finds variables in the URLs of servers that are not described, and defaults that their own list does not allow.
//!
//! Nobody can build the URL: a part of it has no value.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! security: []
//! servers:
//!   - url: https://{region}.acme.test
//!     variables: {regoin: {default: eu}}
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
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! security: []
//! servers:
//!   - url: https://{region}.acme.test
//!     variables: {region: {default: eu}}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//! ```

use super::template::variables;
use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Typed, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/server-variable",
    severity: Severity::Error,
    preview: false,
    file: include_str!("server_variable.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for server in project.objects(Kind::Server) {
        let (Some(url), described) = (server.get("url"), server.get("variables")) else { continue };
        let Some(text) = url.string() else { continue };
        for variable in variables(&text) {
            if described.is_some_and(|it| it.has(variable.name) || it.is_reference()) {
                continue;
            }
            let exact = (url.span().end - url.span().start) as usize == text.len();
            let place = if exact { url.span().slice(variable.range.clone()) } else { url.span() };
            let names: Vec<_> =
                described.into_iter().flat_map(|it| it.members()).filter_map(|(key, _)| key.text()).collect();
            cx.report(place, format!("the variable `{}` is not described", variable.name)).help(
                match similar(variable.name, names.iter().map(|it| &**it)) {
                    Some(similar) => format!("did you mean `{similar}`?"),
                    None => format!("add `{}` with a default to `variables`", variable.name),
                },
            );
        }
    }
    project.objects(Kind::ServerVariable).for_each(|it| default(cx, it));
}

fn default(cx: &mut Context<'_>, variable: Typed<'_>) {
    let Some((key, list)) = variable.entry("enum").filter(|(_, it)| it.view.is_sequence()) else {
        return;
    };
    // Before 3.1 the specification only advises it.
    let severity = if variable.node.version() >= Version::V31 { Severity::Error } else { Severity::Warning };
    if list.view.is_empty() {
        cx.report(key.span(), "an empty `enum` allows no value")
            .help("list the values, or remove it")
            .severity = severity;
        return;
    }
    let Some(default) = variable.get("default") else { return };
    if let Some(text) = default.string()
        && !list.items().any(|it| it.text().as_ref() == Some(&text))
    {
        let finding = cx.report(default.span(), format!("the default `{text}` is not in the `enum`"));
        finding.help("add it to the `enum`, or choose one of its values");
        finding.severity = severity;
    }
}
