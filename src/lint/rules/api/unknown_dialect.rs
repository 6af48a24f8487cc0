//! Finds schemas in a dialect of JSON Schema that docwright does not know.
//!
//! A tool that does not know the dialect may read the schemas wrongly or not at all. Docwright leaves them alone: neither their
//! structure nor the examples for them are checked. So it does with schemas of the older drafts of JSON Schema, which
//! every tool knows by name.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! jsonSchemaDialect: https://spec.openapis.org/aos/3.1/dialect/base
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
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content:
//!             application/json:
//!               schema: {$schema: "http://json-schema.org/draft-07/schema#", type: object}
//! ```

use super::dialect::is_known;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/unknown-dialect",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("unknown_dialect.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let of_documents = project.objects(Kind::Document).filter_map(|it| it.get("jsonSchemaDialect"));
    let of_schemas = project.objects(Kind::Schema).filter_map(|it| it.get("$schema"));
    for dialect in of_documents.chain(of_schemas) {
        if let Some(words) = dialect.string().filter(|it| !is_known(it) && !is_older_draft(it)) {
            cx.report(dialect.span(), format!("unknown dialect `{words}`")).help(
                "check the URI; docwright knows those of OpenAPI and of JSON Schema 2019-09 and 2020-12",
            );
        }
    }
}

/// Whether this is one of the drafts of JSON Schema before 2019.
fn is_older_draft(dialect: &str) -> bool {
    let rest = dialect.strip_prefix("https://").or_else(|| dialect.strip_prefix("http://"));
    rest.is_some_and(|it| it.starts_with("json-schema.org/draft-0"))
}
