//! Finds path parameters that the path does not have, and parts of paths that no parameter describes.
//!
//! A client cannot build the URL: it has a value without a place, or a place without a value.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1"}
//! servers: [{url: https://orders.acme.test}]
//! security: []
//! paths:
//!   /orders/{id}:
//!     get:
//!       operationId: readOrder
//!       summary: Read an order
//!       parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
//!       responses: {"200": {description: the order}, "404": {description: no such order}}
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

use std::collections::HashSet;

use super::operations::{calls, title, with_parameters};
use super::template::variables;
use super::value::similar;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};

pub(crate) static RULE: Rule = Rule {
    id: "api/path-parameter",
    severity: Severity::Error,
    preview: false,
    file: include_str!("path_parameter.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let calls = calls(spec, &project.sources);
        let mut said = HashSet::new();
        with_parameters(&calls, |call, parameters| {
            let path = call.path.text().unwrap_or_default();
            let variables = variables(&path);
            let declared: Vec<_> = parameters.all.iter().filter(|it| it.location == "path").collect();
            for variable in &variables {
                let is_declared = declared.iter().any(|it| it.name == variable.name);
                if is_declared || !parameters.complete || variable.name.is_empty() {
                    continue;
                }
                let message = format!("`{}` has no path parameter `{}`", title(call), variable.name);
                if said.insert((call.method.span(), variable.name.to_owned())) {
                    let unused = declared.iter().map(|it| &*it.name);
                    let help = match similar(variable.name, unused) {
                        Some(similar) => format!("did you mean `{similar}`?"),
                        None => format!(
                            "add `{{name: {}, in: path, required: true, …}}` to `parameters`",
                            variable.name
                        ),
                    };
                    let place = call.path.span();
                    let exact = place.end - place.start == path.len() as u32;
                    let place = if exact { place.slice(variable.range.clone()) } else { place };
                    cx.report(place, message).help(help);
                }
            }
            for parameter in declared {
                if variables.iter().any(|it| it.name == parameter.name) {
                    continue;
                }
                let place = parameter.place.get("$ref").or_else(|| parameter.node.get("name"));
                let place = place.map_or_else(|| parameter.place.place(), |it| it.span());
                if said.insert((place, String::new())) {
                    let message = format!("the path `{path}` has no `{{{}}}`", parameter.name);
                    cx.report(place, message).help("name it in the path, or remove the parameter");
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn both_sides_are_told() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1'}
paths:
  /a/{b}/{c}:
         ^^^ `GET /a/{b}/{c}` has no path parameter `c`
    parameters: [{name: b, in: path, required: true, schema: {}}]
    get: {responses: {200: {description: a}}}
    put:
      parameters: [{name: c, in: path, required: true, schema: {}}, {name: d, in: path, required: true, schema: {}}]
                                                                           ^ the path `/a/{b}/{c}` has no `{d}`
      responses: {200: {description: a}}
    post:
      parameters: [{$ref: '#/nowhere'}]
      responses: {200: {description: a}}
  /{x}: {}
",
        );
    }
}
