//! Finds keys that stand twice in one mapping of an OpenAPI document.
//!
//! Some readers keep the first value, some the last, some refuse the document. Whichever it is, one of the two operations,
//! responses or properties is gone.
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
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}, "200": {description: no orders}}
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
//!       responses: {"200": {description: the orders}, "204": {description: no orders}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "api/duplicate-key",
    severity: Severity::Error,
    preview: false,
    file: include_str!("duplicate_key.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for file in project.specs.iter().flat_map(|it| &it.files).filter(|it| !it.broken) {
        let text: &str = &project.sources.get(file.source).text;
        for duplicate in file.tree.duplicate_keys(text) {
            let again = Span::new(file.source, duplicate.again);
            let words = project.sources.text(again);
            // Two merge keys are two lists of what is merged.
            if words != "<<" {
                cx.report(again, format!("`{words}` stands here twice"))
                    .help("merge the two, or rename one")
                    .related(Span::new(file.source, duplicate.first), "the first");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn both_places_are_known() {
        check_rule(
            &RULE,
            "//- a.json
{\"openapi\": \"3.0.0\", \"info\": {\"title\": \"a\", \"version\": \"1\", \"title\": \"b\"}, \"paths\": {}}
                                                             ^^^^^ `title` stands here twice
",
        );
    }
}
