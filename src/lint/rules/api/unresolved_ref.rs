//! Finds references that lead nowhere.
//!
//! Whoever reads the document gets an empty schema or no document at all: many tools stop at the first `$ref` that they cannot
//! follow. A reference to another site is never followed; it is only mentioned.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   responses:
//!     Orders: {description: the orders}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {$ref: "#/components/responses/Orders"}, "400": {$ref: "#/components/responses/Refused"}}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! components:
//!   responses:
//!     Orders: {description: the orders}
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {$ref: "#/components/responses/Orders"}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{ProblemKind, Target};

pub(crate) static RULE: Rule = Rule {
    id: "api/unresolved-ref",
    severity: Severity::Error,
    preview: false,
    file: include_str!("unresolved_ref.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        for problem in spec.problems.iter().filter(|it| it.kind == ProblemKind::Reference) {
            let finding = cx.report(problem.span, problem.message.clone());
            if let Some(help) = &problem.help {
                finding.help(help.clone());
            }
        }
        let remote = spec.references.iter().filter(|it| it.target == Target::Remote);
        for reference in remote {
            let message = format!("`{}` is not followed", project.sources.text(reference.span));
            let finding = cx.report(reference.span, message);
            finding.severity = Severity::Info;
            finding.help("docwright asks no other site; keep a copy in the project to have it checked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn references_to_other_sites_are_mentioned() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
components:
  schemas:
    A: {$ref: 'https://acme.test/a.yaml#/A'}
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `https://acme.test/a.yaml#/A` is not followed
    B: {$ref: b.yaml}
              ^^^^^^ `$ref` to a missing file `b.yaml`
    C: {$ref: '#/components/schemas/A'}
    D: {$ref: '#/components/schemas/E'}
               ^^^^^^^^^^^^^^^^^^^^^^ `$ref` to a missing place `#/components/schemas/E`
",
        );
    }
}
