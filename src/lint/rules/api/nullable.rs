//! Finds `nullable` where it says nothing.
//!
//! In OpenAPI 3.0 it adds `null` to the `type` beside it, so without a `type` it has no effect. From 3.1 on it is no keyword any
//! more: readers ignore it, and `null` is refused.
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
//!         note: {type: string, nullable: true}
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
//!         note: {type: [string, 'null']}
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
use crate::finding::{Edit, Fix, Safety};
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Node, Version};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "api/nullable",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("nullable.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition >= Version::V30) {
        let foreign = dialect::foreign(spec, &project.sources);
        for schema in spec.objects(&project.sources, Kind::Schema) {
            let Some((key, value)) = schema.entry("nullable") else { continue };
            if spec.edition >= Version::V31 {
                if foreign.contains(schema) {
                    continue;
                }
                let finding = cx.report(key.span(), "`nullable` is no keyword since OpenAPI 3.1");
                finding
                    .help("write `type: [string, \"null\"]`, or `{type: \"null\"}` among the alternatives");
                finding.fix = fix(schema.node, key, value);
            } else if value.view.as_bool() == Some(true) && !schema.has("type") {
                cx.report(key.span(), "`nullable` has no effect without `type`")
                    .help("write the `type` beside it");
            }
        }
    }
}

/// Moves it into the type, where it stands on a line of its own.
fn fix(schema: Node<'_>, key: Node<'_>, value: Node<'_>) -> Option<Fix> {
    let kind = schema.get("type")?;
    let text: &str = &schema.sources.get(key.source()).text;
    let entry = key.span().start as usize..value.span().end as usize;
    let start = text.get(..entry.start)?.rfind('\n').map_or(0, |it| it + 1);
    let end = entry.end + text.get(entry.end..)?.find('\n').map(|it| it + 1)?;
    let alone =
        text.get(start..entry.start)?.trim().is_empty() && text.get(entry.end..end)?.trim().is_empty();
    let simple = value.view.as_bool().is_some() && !schema.has("enum") && !schema.has("const");
    let name = kind.string().filter(|_| alone && simple && kind.source() == key.source())?;
    let mut edits = vec![Edit { span: Span::new(key.source(), start..end), text: String::new() }];
    if value.view.as_bool() == Some(true) {
        edits.push(Edit {
            span: Span::new(kind.source(), kind.view.span()),
            text: format!("[{name}, \"null\"]"),
        });
    }
    Some(Fix { safety: Safety::Unsafe, edits })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn older_documents_need_a_type() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    A: {nullable: true, allOf: [{$ref: '#/components/schemas/B'}]}
        ^^^^^^^^ `nullable` has no effect without `type`
    B: {nullable: true, type: string}
    C: {nullable: false}
",
        );
    }
}
