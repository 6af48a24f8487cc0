//! Finds ids of operations with characters that do not belong in a URL.
//!
//! An `operationId` becomes an anchor, a link and a function. A space or a brace in it has to be encoded in the first two and
//! is impossible in the third.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders:
//!     get:
//!       operationId: list orders
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
//!       operationId: orders/list
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/operation-id-characters",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("operation_id_characters.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for operation in project.objects(Kind::Operation) {
        let Some(id) = operation.get("operationId") else { continue };
        let Some(words) = id.string() else { continue };
        if let Some(wrong) = words.chars().find(|&it| !is_url_character(it)) {
            cx.report(id.span(), format!("`{wrong}` in the `operationId` `{words}`"))
                .help("use letters, digits, `-`, `_` and `.`");
        }
    }
}

/// What a URL may hold without encoding (RFC 3986, section 2).
fn is_url_character(it: char) -> bool {
    it.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=".contains(it)
}
