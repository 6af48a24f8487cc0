//! Finds what an OpenAPI document of its version may not hold: unknown fields, wrong types, missing fields.
//!
//! Generators, mock servers and documentation tools skip a field that they do not know without a word, so a
//! misspelt `requestbody` is an operation without a body. The rule knows the versions 2.0, 3.0, 3.1 and 3.2.
//! Keywords that JSON Schema does not define are legal in schemas from OpenAPI 3.1 on, and nothing is said of
//! the schemas of a document that names a dialect of its own.
//!
//! ## Flagged
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: 1.0}
//! servers: [{url: https://orders.acme.test}]
//! paths:
//!   /orders:
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       security: []
//!       requestbody: {content: {text/plain: {}}}
//!       responses:
//!         "201": {}
//!         "400": {description: the order is incomplete}
//! ```
//!
//! ## Accepted
//!
//! ```yaml docs/api/openapi.yaml
//! openapi: 3.0.3
//! info: {title: Orders, version: "1.0", x-team: logistics}
//! servers: [{url: https://orders.acme.test}]
//! paths:
//!   /orders:
//!     post:
//!       operationId: createOrder
//!       summary: Create an order
//!       security: []
//!       requestBody: {content: {text/plain: {}}}
//!       responses:
//!         "201": {description: the order was created}
//!         "400": {description: the order is incomplete}
//! ```

use std::collections::HashSet;

use super::{conditions, dialect, value};
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::spec::shape::{Field, Shape};
use crate::model::spec::{Kind, Node, Spec, Typed, Version};

pub(crate) static RULE: Rule = Rule {
    id: "api/structure",
    severity: Severity::Error,
    preview: false,
    file: include_str!("structure.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let project = cx.project;
    for spec in &project.specs {
        let foreign = dialect::foreign(spec, &project.sources);
        let mut seen = HashSet::new();
        for object in spec.all_objects(&project.sources) {
            if object.kind() == Kind::Schema && foreign.contains(object) {
                continue;
            }
            fields(cx, spec, object, &mut seen);
            missing(cx, object);
            for problem in conditions::problems(object) {
                let finding = cx.report(problem.span, problem.message);
                if let Some(help) = problem.help {
                    finding.help(help);
                }
            }
        }
    }
}

/// `seen` are the values that aliases brought; each is checked once.
fn fields(cx: &mut Context<'_>, spec: &Spec, object: Typed<'_>, seen: &mut HashSet<(u32, u32)>) {
    let shape = Shape::of(object.kind());
    for (key, held) in object.node.members() {
        let Some(name) = key.text() else { continue };
        // In a map of names `x-` is a name like any other.
        let is_extension = name.starts_with("x-");
        if is_extension && object.kind() != Kind::SecurityRequirement {
            continue;
        }
        // That `paths` holds no paths is `api/unreadable`'s to say.
        if object.kind() == Kind::Document && name == "paths" && !held.view.is_mapping() {
            continue;
        }
        match shape.value(&name, spec.edition) {
            Some(expected) => {
                if !held.view.is_alias() || seen.insert(held.identity()) {
                    value::check(cx, value::Label::Key(key), held, expected);
                }
            }
            None if name == "$ref" => value::check(cx, value::Label::Key(key), held, &value::REFERENCE),
            None => unknown(cx, object, key, &name),
        }
    }
}

fn unknown(cx: &mut Context<'_>, object: Typed<'_>, key: Node<'_>, name: &str) {
    let version = object.node.version();
    let shape = Shape::of(object.kind());
    let message = match object.kind() {
        // Legal, whatever it is.
        Kind::Schema if version >= Version::V31 => return,
        Kind::Paths => format!("the path `{name}` does not begin with `/`"),
        Kind::Responses => format!("`{name}` is no status code"),
        Kind::Document => format!("unknown field `{name}`"),
        _ => format!("unknown field `{name}` in {}", value::with_article(shape.name)),
    };
    let finding = cx.report(key.span(), message);
    if let Some(help) = help(object.kind(), name, version) {
        finding.help(help);
    }
}

/// What was meant.
fn help(kind: Kind, name: &str, version: Version) -> Option<String> {
    let shape = Shape::of(kind);
    match kind {
        Kind::Paths => return Some(format!("write `/{name}`, or `x-{name}` for an extension")),
        Kind::Responses if version == Version::V2 => {
            return Some("write three digits such as `200`, or `default`".to_owned());
        }
        Kind::Responses => return Some("write three digits such as `200`, `4XX`, or `default`".to_owned()),
        _ => {}
    }
    if let Some(other) = shape.fields.iter().find(|it| it.name == name) {
        let (first, last) = (other.versions.first()?, other.versions.last()?);
        return Some(match first > version {
            true => format!("`{name}` exists since OpenAPI {}", first.as_str()),
            false => format!("`{name}` exists up to OpenAPI {}", last.as_str()),
        });
    }
    let holds_schema = matches!(kind, Kind::Parameter | Kind::Header | Kind::MediaType);
    if holds_schema && version >= Version::V30 && Shape::of(Kind::Schema).field(name, version).is_some() {
        return Some(format!("`{name}` belongs in the `schema` of the {}", shape.name));
    }
    let known = shape.fields.iter().filter(|it| it.versions.contains(version));
    match value::similar(name, known.map(|it: &Field| it.name)) {
        Some(similar) => Some(format!("did you mean `{similar}`?")),
        None => Some("remove it, or begin its name with `x-` to make it an extension".to_owned()),
    }
}

fn missing(cx: &mut Context<'_>, object: Typed<'_>) {
    let version = object.node.version();
    let shape = Shape::of(object.kind());
    // The document's version is `api/unreadable`'s.
    let needed = shape.fields.iter().filter(|it| it.required.contains(version));
    for field in needed.filter(|it| !matches!(it.name, "openapi" | "swagger")) {
        if !object.has(field.name) && (object.kind() != Kind::PathItem) {
            let message = match object.name() {
                Some(name) if name != shape.name && object.kind() != Kind::Document => {
                    format!("the {} `{name}` lacks `{}`", shape.name, field.name)
                }
                _ => format!("{} lacks `{}`", value::with_article(shape.name), field.name),
            };
            cx.report(object.place(), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn unknown_fields_are_told_with_what_was_meant() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.3
info: {title: A, version: '1', summary: s, contact: {emial: a@b.c}}
                               ^^^^^^^ unknown field `summary` in the info
                                                     ^^^^^ unknown field `emial` in a contact
host: example.org
^^^^ unknown field `host`
paths:
  orders: {}
  ^^^^^^ the path `orders` does not begin with `/`
  x-orders: {}
  /a:
    get:
      request-body: {}
      ^^^^^^^^^^^^ unknown field `request-body` in an operation
      responses: {20: {description: x}, 4XX: {description: y}, x-a: 1}
                  ^^ `20` is no status code
      parameters:
      - {name: a, in: query, type: string, schema: {}}
                             ^^^^ unknown field `type` in a parameter
",
        );
    }

    #[test]
    fn values_have_types() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.1.0
info: {title: A, version: 1.0}
                          ^^^ `version` holds a number, not text
tags: [{name: a}, b, {description: c}]
                  ^ an item of `tags` is text, not a tag
                     ^^^^^^^^^^^^^^^^ a tag lacks `name`
servers: {url: /}
         ^^^^^^^^ `servers` holds an object, not a list
paths:
  /a:
    get: true
         ^^^^ `get` holds a boolean, not an operation
    post:
      tags: [1]
             ^ an item of `tags` is a number, not text
      deprecated: yes
                  ^^^ `deprecated` holds text, not `true` or `false`
      summary:
      ^^^^^^^ `summary` holds nothing, not text
      responses: {200: {description: d, content: {a/b: {schema: {type: strin, minLength: -1, maximum: x}}}}}
                                                                       ^^^^^ `type` is `strin`
                                                                                         ^^ `minLength` holds `-1`, not a whole number from 0 on
                                                                                                      ^ `maximum` holds text, not a number
components:
  schemas:
    A: {type: [string, 'null'], anyOf: [true, {custom: 1}], items: false}
    B: []
       ^^ `B` holds a list, not a schema
",
        );
    }

    #[test]
    fn older_versions_have_their_own_types() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.0.1
info: {title: A, version: '1'}
paths: {}
components:
  schemas:
    A: {type: [string], items: [], additionalProperties: true, exclusiveMinimum: 3, const: 1}
              ^^^^^^^^ `type` holds a list, not one word
                               ^^ `items` holds a list, not a schema
                                                                                 ^ `exclusiveMinimum` holds a number, not `true` or `false`
                                                                                    ^^^^^ unknown field `const` in a schema
    B: true
       ^^^^ `B` holds a boolean, not a schema
    C: {$ref: '#/components/schemas/A', whatever: 1}
//- b.yaml
swagger: '2.0'
info: {title: A, version: '1'}
paths:
  /a:
    get:
    ^^^ the operation `get` lacks `responses`
      parameters: [{in: body, name: a, schema: {oneOf: []}}]
                                                ^^^^^ unknown field `oneOf` in a schema
definitions: {A: {type: [string, 'null'], items: [{}]}}
",
        );
    }

    #[test]
    fn numbers_for_texts_can_be_quoted() {
        let files = vec![(
            "a.yaml".to_owned(),
            "openapi: 3.0.3\ninfo: {title: A, version: 1.0}\npaths: {}\n".to_owned(),
        )];
        let (project, config) = crate::lint::tests::project(files);
        let selection =
            crate::lint::Selection { select: vec![RULE.id.to_owned()], ..crate::lint::Selection::default() };
        let outcome = crate::lint::run(&project, &config, &selection);
        let fix = outcome.findings[0].fix.as_ref().unwrap();
        assert_eq!(fix.edits[0].text, "\"1.0\"");
    }

    #[test]
    fn a_dialect_of_its_own_is_left_alone() {
        check_rule(
            &RULE,
            "//- a.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
jsonSchemaDialect: https://acme.test/dialect
components: {schemas: {A: {type: 1}}}
//- b.yaml
openapi: 3.1.0
info: {title: A, version: '1'}
components: {schemas: {A: {$schema: 'https://acme.test/dialect', properties: {a: {type: 1}}}, B: {type: 1}}}
                                                                                                        ^ `type` holds a number, not one word or a list of words
",
        );
    }
}
