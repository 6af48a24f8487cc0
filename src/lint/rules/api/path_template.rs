//! Finds paths whose braces do not make sense.
//!
//! `{}` is a part without a name, a brace without its partner is none at all, and a name that stands twice in one path cannot
//! have two values.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       responses: {"200": {description: the order}}
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
//!   /orders/{orderId}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
//! ```

use super::template::{Flaw, flaw};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::Kind;

pub(crate) static RULE: Rule = Rule {
    id: "api/path-template",
    severity: Severity::Error,
    preview: false,
    file: include_str!("path_template.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for paths in project.objects(Kind::Paths) {
        for (key, _) in paths.node.members() {
            let Some(path) = key.text().filter(|it| it.starts_with('/')) else { continue };
            let (message, help) = match flaw(&path) {
                None => continue,
                Some(Flaw::Unbalanced) => (
                    format!("a brace of `{path}` has no partner"),
                    "write a part that varies as `{name}`".to_owned(),
                ),
                Some(Flaw::Empty) => {
                    (format!("`{{}}` in `{path}` has no name"), "write e.g. `{id}`".to_owned())
                }
                Some(Flaw::Twice(name)) => (
                    format!("`{{{name}}}` stands twice in `{path}`"),
                    "give each part a name of its own".to_owned(),
                ),
            };
            cx.report(key.span(), message).help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn braces_have_partners_and_names() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  '/a/{b': {}
   ^^^^^ a brace of `/a/{b` has no partner
  /a/b}: {}
  ^^^^^ a brace of `/a/b}` has no partner
  /{a}/{a}: {}
  ^^^^^^^^ `{a}` stands twice in `/{a}/{a}`
  /{a}/x{b}y.{c}: {}
",
        );
    }
}
