//! Finds keywords of schemas that differ by a letter from one that JSON Schema knows.
//!
//! From OpenAPI 3.1 on unknown keywords are legal, so a misspelt `maxLenght` is ignored without a word.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         note: {type: string, maxLenght: 80}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.1.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   schemas:
//!     Order:
//!       type: object
//!       properties:
//!         note: {type: string, maxLength: 80, indexed: true}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses:
//!         "200":
//!           description: the orders
//!           content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
//! ```

use super::dialect;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::shape::Shape;
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/misspelt-keyword",
    severity: Severity::Info,
    preview: true,
    file: include_str!("misspelt_keyword.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    let shape = Shape::of(Kind::Schema);
    for spec in project.specs.iter().filter(|it| it.edition >= Version::V31) {
        let foreign = dialect::foreign(spec, &project.sources);
        for schema in spec.objects(&project.sources, Kind::Schema).filter(|it| !foreign.contains(*it)) {
            for (key, _) in schema.node.members() {
                let Some(name) = key.text().filter(|it| !it.starts_with("x-") && it.len() <= 30) else {
                    continue;
                };
                if shape.field(&name, spec.edition).is_some() || name == "nullable" {
                    continue;
                }
                let known = shape.fields.iter().filter(|it| it.versions.contains(spec.edition));
                let near = |it: &str| name.len() > 3 && strsim::osa_distance(it, &name) == 1;
                let same = |it: &str| it.eq_ignore_ascii_case(&name);
                if let Some(meant) = known.map(|it| it.name).find(|it| near(it) || same(it)) {
                    cx.report(key.span(), format!("unknown keyword `{name}`"))
                        .help(format!("did you mean `{meant}`?"));
                }
            }
        }
    }
}
