//! Finds URLs of servers that end with a slash.
//!
//! Paths begin with one, so requests go to `https://orders.acme.test//orders`.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test/}]
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

use crate::finding::Severity;
use crate::finding::{Edit, Fix, Safety};
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node, Version};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "api/server-trailing-slash",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("server_trailing_slash.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let servers = project.objects(Kind::Server).filter_map(|it| it.get("url"));
    let old = project.specs.iter().filter(|it| it.edition == Version::V2);
    let roots: Vec<_> = old.filter_map(|it| it.root(&project.sources)).collect();
    let parts = roots.iter().flat_map(|it| [it.get("host"), it.get("basePath")]);
    for url in servers.chain(parts.flatten()) {
        if !url.string().is_some_and(|it| it.len() > 1 && it.ends_with('/')) {
            continue;
        }
        let place = url.span();
        let finding = cx.report(place, format!("`{}` ends with a slash", project.sources.text(place)));
        finding.help("remove it: paths begin with one");
        finding.fix = fix(url);
    }
}

fn fix(url: Node<'_>) -> Option<Fix> {
    let place = url.span();
    let slash = Span { start: place.end.checked_sub(1)?, ..place };
    (url.sources.text(slash) == "/")
        .then(|| Fix { safety: Safety::Safe, edits: vec![Edit { span: slash, text: String::new() }] })
}
