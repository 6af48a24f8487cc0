//! Finds tags of OpenAPI 3.2 whose parent is not declared, or that are their own ancestors.
//!
//! Navigation is built from the parents: a tag whose parent is missing hangs nowhere, and a circle has no beginning.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! tags: [{name: orders, parent: shop}]
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
//! openapi: 3.2.0
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! tags: [{name: shop}, {name: orders, parent: shop}]
//! paths:
//!   /orders:
//!     get:
//!       operationId: listOrders
//!       summary: List the orders
//!       responses: {"200": {description: the orders}}
//! ```

use std::collections::{HashMap, HashSet};

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::{Kind, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/tag-parent",
    severity: Severity::Error,
    preview: false,
    file: include_str!("tag_parent.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in project.specs.iter().filter(|it| it.edition >= Version::V32) {
        let tags: Vec<_> = spec.objects(&project.sources, Kind::Tag).collect();
        let parents: HashMap<_, _> =
            tags.iter().filter_map(|it| Some((it.string_at("name")?, it.string_at("parent")))).collect();
        let mut in_circle = HashSet::new();
        for tag in tags {
            let (Some(name), Some(parent)) = (tag.string_at("name"), tag.get("parent")) else {
                continue;
            };
            let Some(words) = parent.string() else { continue };
            if !parents.contains_key(&words) {
                cx.report(parent.span(), format!("the tag `{words}` is not declared"))
                    .help("add it to `tags`");
                continue;
            }
            if in_circle.contains(&name) {
                continue;
            }
            // No line of ancestors is longer than there are tags.
            let line = std::iter::successors(Some(words), |it| parents.get(it).cloned().flatten());
            let line: Vec<_> = line.take(parents.len()).take_while(|it| *it != name).collect();
            if line.len() < parents.len()
                && line.last().is_none_or(|it| parents.get(it).is_some_and(|it| it.as_ref() == Some(&name)))
            {
                cx.report(parent.span(), format!("the tag `{name}` is its own ancestor"));
                in_circle.extend(line);
                in_circle.insert(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn circles_are_told_once() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.2.0
info: {title: A, version: '1'}
paths: {}
tags:
- {name: a, parent: b}
                    ^ the tag `a` is its own ancestor
- {name: b, parent: c}
- {name: c, parent: a}
- {name: d, parent: a}
- {name: e, parent: e}
                    ^ the tag `e` is its own ancestor
- {name: f, parent: x}
                    ^ the tag `x` is not declared
",
        );
    }
}
