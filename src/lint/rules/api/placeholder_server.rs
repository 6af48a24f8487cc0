//! Finds servers that are nobody's: `example.com` and names such as `your-domain`.
//!
//! Samples and imported collections call a host that does not answer, or somebody else's.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://api.example.com/v1}]
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
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/placeholder-server",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("placeholder_server.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let servers = project.objects(Kind::Server).filter_map(|it| it.get("url"));
    let old = project.specs.iter().filter(|it| it.edition == Version::V2);
    let hosts = old.filter_map(|it| it.root(&project.sources)?.node.get("host"));
    let urls: Vec<_> = servers.chain(hosts).collect();
    for url in urls {
        if url.string().is_some_and(|it| is_placeholder(host(&it))) {
            cx.report(
                url.span(),
                format!("the server `{}` is a placeholder", project.sources.text(url.span())),
            )
            .help("write where the API really is");
        }
    }
}

/// The host of a URL, without user and port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

fn is_placeholder(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let reserved = ["example.com", "example.net", "example.org"];
    let words =
        ["your-domain", "yourdomain", "your-api", "yourapi", "your-company", "yourcompany", "changeme"];
    reserved.iter().any(|it| host == *it || host.ends_with(&format!(".{it}")))
        || words.iter().any(|it| host.contains(it))
}
