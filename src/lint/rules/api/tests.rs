//! What holds for all rules about OpenAPI documents: no document brings them down, and none takes long.

use serde_json::{Value, json};

use crate::lint::tests::project;
use crate::lint::{Selection, run};

/// Runs every rule of the group; the number of its findings.
#[track_caller]
fn lint(text: &str) -> usize {
    let (project, config) = project(vec![("api.yaml".to_owned(), text.to_owned())]);
    let selection = Selection { select: vec!["api".to_owned()], ..Selection::default() };
    let findings = run(&project, &config, &selection).findings;
    for finding in &findings {
        let spans = finding.related.iter().map(|it| it.0).chain([finding.span]);
        for span in spans.chain(finding.fix.iter().flat_map(|it| it.edits.iter().map(|it| it.span))) {
            assert!(project.sources.get(span.source).text.get(span.range()).is_some(), "{finding:?}");
        }
        assert!(!finding.message.contains('\n'), "{finding:?}");
    }
    findings.len()
}

/// Every value below a value, as JSON Pointers.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, it)| pointers(it, &format!("{at}/{index}"), all));
        }
        _ => {}
    }
}

fn whole(version: &str) -> Value {
    let schema = json!({
        "type": "object", "required": ["id", "kind"], "discriminator": {"propertyName": "kind", "mapping": {"a": "A"}},
        "properties": {"id": {"type": "integer", "minimum": 1, "default": 2, "example": 3, "nullable": true},
            "kind": {"type": "string", "enum": ["a", "b"], "pattern": "^a"}, "list": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}},
        "oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "additionalProperties": false}],
        "xml": {"name": "a", "attribute": true}, "externalDocs": {"url": "a.md"}
    });
    let media = json!({"schema": schema, "example": {"id": 1, "kind": "a"}, "encoding": {"id": {"headers": {"A": {"schema": {}}}}}});
    let operation = json!({
        "tags": ["a"], "summary": "a", "operationId": "a", "security": [{"s": ["x"]}], "servers": [{"url": "https://{v}/", "variables": {"v": {"default": "a", "enum": ["a"]}}}],
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "examples": {"e": {"value": 1}}},
            {"name": "q", "in": "query", "content": {"application/json": media}}, {"$ref": "#/components/parameters/P"}],
        "requestBody": {"content": {"application/json": media}},
        "responses": {"200": {"description": "[a](b.md)", "headers": {"X": {"schema": {"type": "integer"}, "example": "a"}}, "content": {"application/json": media},
            "links": {"l": {"operationId": "a", "parameters": {"p": 1}}}}, "404": {"$ref": "#/components/responses/R"}},
        "callbacks": {"c": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "a"}}}}}}
    });
    json!({
        "openapi": version, "info": {"title": "a", "version": "1", "contact": {"name": "a"}, "license": {"name": "a"}},
        "tags": [{"name": "a", "parent": "b"}], "servers": [{"url": "/"}], "security": [{"s": []}],
        "paths": {"/a/{id}": {"get": operation, "parameters": [{"name": "x", "in": "query", "schema": {}}]}, "/{b}/c": {"$ref": "#/paths/~1a~1{id}"}},
        "components": {"schemas": {"A": schema}, "parameters": {"P": {"name": "p", "in": "header", "schema": {}}},
            "responses": {"R": {"description": "r"}}, "securitySchemes": {"s": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "a", "scopes": {"x": "y"}}}}}}
    })
}

#[test]
fn any_value_may_stand_anywhere() {
    let other = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!("é"),
        json!([]),
        json!({}),
        json!([[{"$ref": "#"}]]),
        json!({"$ref": "#/paths"}),
    ];
    for (turn, version) in ["3.0.3", "3.2.0"].into_iter().enumerate() {
        let document = whole(version);
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        for (at, pointer) in all.iter().enumerate() {
            // Each place gets one of the values, and all places together each of them many times.
            let mut changed = document.clone();
            if let Some(place) = changed.pointer_mut(pointer) {
                *place = other[(at + version.len() * turn) % other.len()].clone();
            }
            lint(&changed.to_string());
        }
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\n";

#[test]
fn hostile_documents_are_read_in_bounded_time() {
    let deep =
        |open: &str, close: &str, times: usize| format!("{}{{}}{}", open.repeat(times), close.repeat(times));
    let many = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<String>();
    let bomb = (1..24).fold("  A0: &a0 {type: object}\n".to_owned(), |all, it| {
        let above = it - 1;
        all + &format!("  A{it}: &a{it} {{allOf: [*a{above}, *a{above}], properties: {{x: *a{above}}}, example: {{x: {{x: 1}}}}}}\n")
    });
    let documents = [
        ("deep", format!("{HEAD}components: {{schemas: {{A: {}}}}}\n", deep("{items: ", "}", 240))),
        ("deeper", format!("{HEAD}components: {{schemas: {{A: {}}}}}\n", deep("{allOf: [", "]}", 120))),
        ("bomb", format!("{HEAD}components:\n schemas:\n{bomb}")),
        (
            "chain of aliases",
            format!(
                "{HEAD}x:\n  s0: &s0 {{}}\n{}components: {{schemas: {{A: *s4999}}}}\n",
                many(4999, |it| format!("  s{}: &s{} {{items: *s{it}}}\n", it + 1, it + 1))
            ),
        ),
        (
            "circles",
            format!(
                "{HEAD}paths:\n  /a: &a {{get: &g {{callbacks: {{c: {{x: *a}}}}, parameters: [*a], responses: {{200: *g}}}}, parameters: [*g]}}\n  /b: {{$ref: '#/paths/~1c'}}\n  /c: {{$ref: '#/paths/~1b'}}\ncomponents: {{schemas: {{A: &s {{allOf: [*s, {{$ref: '#/components/schemas/A'}}], discriminator: {{propertyName: a}}, example: *s}}}}}}\n"
            ),
        ),
        (
            "one list for many",
            format!(
                "{HEAD}x: &p [{}]\npaths:\n{}",
                many(250, |it| format!("{{name: p{it}, in: query, schema: {{}}}}, ")),
                many(250, |it| format!(
                    "  /p{it}: {{get: {{parameters: *p, responses: {{200: {{description: a}}}}}}}}\n"
                ))
            ),
        ),
        (
            "one item for many",
            format!(
                "{HEAD}paths:\n{}  /all:\n    parameters: [{}]\n    get: {{responses: {{}}}}\n",
                many(250, |it| format!("  /p{it}: {{$ref: '#/paths/~1all'}}\n")),
                many(250, |it| format!("{{name: p{it}, in: path, schema: {{}}}}, "))
            ),
        ),
        (
            "merges",
            format!(
                "{HEAD}x: &m {{{}}}\ncomponents:\n  schemas:\n{}",
                many(250, |it| format!("k{it}: 1, ")),
                many(250, |it| format!("    A{it}: {{<<: *m, type: object}}\n"))
            ),
        ),
        (
            "paths",
            format!(
                "{HEAD}paths:\n{}",
                many(3000, |it| format!("  /{{a}}/b{}/{{c}}/d{}: {{get: {{}}}}\n", it % 50, it / 50))
            ),
        ),
        (
            "long keys",
            format!(
                "{HEAD}paths:\n  ? /{}\n  : {{get: {{operationId: {}}}}}\n",
                "{a}/".repeat(400),
                "é ".repeat(40_000)
            ),
        ),
        (
            "pointers",
            format!(
                "{HEAD}x: '{}'\npaths: {{/a: {{get: {{}}}}}}\ncomponents: {{schemas: {{A: {{}}}}}}\n",
                "#/".repeat(40_000)
            ),
        ),
        (
            "markdown",
            format!("{HEAD}tags: [{{name: a, description: '{}'}}]\npaths: {{}}\n", "`<a [](".repeat(4_000)),
        ),
        (
            "enumeration",
            format!(
                "{HEAD}components: {{schemas: {{A: {{type: integer, enum: [{}]}}}}}}\n",
                many(8_000, |it| format!("{}, ", it % 100))
            ),
        ),
        (
            "keys",
            format!(
                "{HEAD}paths: {{[a]: {{}}, {{b: c}}: {{}}, ~: {{}}, 1: {{get: 1}}, '': {{}}, /: {{'': {{}}}}}}\n"
            ),
        ),
    ];
    for (_name, text) in documents {
        lint(&text);
    }
}

#[test]
fn any_prefix_of_a_document_is_read() {
    let text = serde_json::to_string_pretty(&whole("3.1.0")).unwrap();
    for end in (0..text.len()).step_by(97).filter(|&it| text.is_char_boundary(it)) {
        lint(&text[..end]);
    }
}
