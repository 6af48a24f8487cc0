//! Finds specifications that document less of themselves than the team asks for.
//!
//! "Every operation has a description" is a goal that a growing API reaches step by step. Each option is a percentage
//! that must be reached; without options the rule says nothing. What is counted is what `docwright api stats` counts.
//!
//! | option | counts |
//! |---|---|
//! | `summary` | operations with a summary |
//! | `description` | operations with a description |
//! | `errors` | operations with an error response: `4XX`, `5XX` or `default` |
//! | `security` | operations that nobody may call without proof of who calls |
//! | `examples` | media types with an example |
//! | `parameters` | parameters with a description |
//! | `properties` | properties of schemas with a description |
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [lint.rules]
//! "api/coverage" = { description = 50 }
//! ```
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
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [lint.rules]
//! "api/coverage" = { description = 50, summary = 100 }
//! ```
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
//!       description: Cancelled orders come last.
//!       responses: {"200": {description: the orders}}
//! ```

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::stats::facts;

pub(crate) static RULE: Rule = Rule {
    id: "api/coverage",
    severity: Severity::Warning,
    preview: false,
    file: include_str!("coverage.rs"),
    check: Check::Project(check),
};

/// An option, the fact that it is about, what is counted, and what each must have.
const OPTIONS: [(&str, &str, &str, &str); 7] = [
    ("summary", "operations_with_summary", "operation", "a summary"),
    ("description", "operations_with_description", "operation", "a description"),
    ("errors", "operations_with_error_response", "operation", "an error response"),
    ("security", "operations_with_security", "operation", "security"),
    ("examples", "media_types_with_example", "media type", "an example"),
    ("parameters", "parameters_with_description", "parameter", "a description"),
    ("properties", "properties_with_description", "property", "a description"),
];

fn check(cx: &mut Context<'_>) {
    let asked: Vec<_> =
        OPTIONS.iter().filter_map(|it| Some((it, cx.config.rule_number(RULE.id, it.0)?))).collect();
    if asked.is_empty() {
        return;
    }
    let project = cx.project;
    for spec in &project.specs {
        let Some(root) = spec.root(&project.sources) else { continue };
        let place = root.entry("paths").map_or(root.place(), |(key, _)| key.span());
        let facts = facts(spec, &project.sources);
        for ((_, name, what, must), percent) in &asked {
            let Some(fact) = facts.iter().find(|it| it.name == *name) else { continue };
            let of = fact.of.unwrap_or_default();
            if (fact.count as f64) * 100.0 < percent * of as f64 {
                let all = match (of, *what) {
                    (1, what) => what.to_owned(),
                    (_, "property") => "properties".to_owned(),
                    (_, what) => format!("{what}s"),
                };
                let verb = if fact.count == 1 { "has" } else { "have" };
                let message = format!("{} of {of} {all} {verb} {must}, {percent} % asked", fact.count);
                cx.report(place, message).help("`docwright api stats` counts them");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn each_goal_is_one_finding() {
        check_rule(
            &RULE,
            "//- book.toml
[lint.rules]
\"api/coverage\" = { summary = 100, errors = 33.3, security = 50, properties = 0 }
//- docs/openapi.yaml
openapi: 3.1.0
info: {title: Orders, version: '1'}
paths:
^^^^^ 1 of 3 operations has a summary, 100 % asked
^^^^^ 0 of 3 operations have security, 50 % asked
  /orders:
    get: {summary: List, responses: {'200': {description: a}, 4XX: {description: b}}}
    put: {responses: {'200': {description: a}}}
    post: {responses: {'200': {description: a}}}
components: {schemas: {A: {properties: {b: {}}}}}
",
        );
    }
}
