//! What fits and what does not, compared with another implementation.

use super::super::examples::examples;
use crate::lint::tests::project;

const SCHEMAS: &[&str] = &[
    "true",
    "false",
    "{}",
    r#"{"type": "string"}"#,
    r#"{"type": "integer"}"#,
    r#"{"type": "number"}"#,
    r#"{"type": "boolean"}"#,
    r#"{"type": "null"}"#,
    r#"{"type": "array"}"#,
    r#"{"type": "object"}"#,
    r#"{"type": ["string", "null", "integer"]}"#,
    r#"{"minimum": 1, "maximum": 3}"#,
    r#"{"exclusiveMinimum": 1, "exclusiveMaximum": 3}"#,
    r#"{"multipleOf": 0.1}"#,
    r#"{"multipleOf": 2}"#,
    r#"{"minLength": 2, "maxLength": 3}"#,
    r#"{"pattern": "^a+$"}"#,
    r#"{"pattern": "b"}"#,
    r#"{"enum": ["a", 1, null, [1], {"a": 1}]}"#,
    r#"{"const": {"a": 1}}"#,
    r#"{"const": 1}"#,
    r#"{"minItems": 1, "maxItems": 2}"#,
    r#"{"uniqueItems": true}"#,
    r#"{"items": {"type": "integer"}}"#,
    r#"{"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": false}"#,
    r#"{"contains": {"type": "integer"}}"#,
    r#"{"contains": {"const": 1}, "minContains": 2, "maxContains": 2}"#,
    r#"{"required": ["a"]}"#,
    r#"{"properties": {"a": {"type": "integer"}}}"#,
    r#"{"properties": {"a": {"type": "integer"}}, "additionalProperties": false}"#,
    r#"{"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": {"type": "string"}}"#,
    r#"{"minProperties": 1, "maxProperties": 1}"#,
    r#"{"propertyNames": {"maxLength": 1}}"#,
    r#"{"dependentRequired": {"a": ["b"]}}"#,
    r#"{"dependentSchemas": {"a": {"required": ["b"]}}}"#,
    r#"{"allOf": [{"minimum": 2}, {"type": "integer"}]}"#,
    r#"{"anyOf": [{"type": "string"}, {"minimum": 2}]}"#,
    r#"{"oneOf": [{"type": "integer"}, {"minimum": 2}]}"#,
    r#"{"not": {"type": "string"}}"#,
    r#"{"if": {"type": "integer"}, "then": {"minimum": 2}, "else": {"type": "string"}}"#,
    r#"{"if": {"type": "integer"}, "then": {"minimum": 2}}"#,
    r##"{"$ref": "#/components/schemas/List"}"##,
    r##"{"$ref": "#/components/schemas/List", "required": ["b"]}"##,
    r#"{"oneOf": [{"type": "null"}, {"properties": {"a": {"type": "integer"}}, "required": ["a"]}]}"#,
];

const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "1",
    "1.0",
    "2",
    "2.5",
    "3",
    "-1e3",
    "0.3",
    "\"\"",
    "\"a\"",
    "\"aa\"",
    "\"aab\"",
    "\"äöü\"",
    "\"1\"",
    "[]",
    "[1]",
    "[1, 1]",
    "[1, 1.0, \"1\"]",
    "[1, \"a\"]",
    "[1, \"a\", null]",
    "[[1]]",
    "{}",
    "{\"a\": 1}",
    "{\"a\": \"1\"}",
    "{\"a\": 1, \"b\": \"x\"}",
    "{\"b\": 1}",
    "{\"ab\": 1}",
    "{\"a\": {\"a\": 1}}",
    "{\"a\": {\"a\": {}}}",
];

const LIST: &str = r##"{"type": "object", "properties": {"a": {"anyOf": [{"$ref": "#/components/schemas/List"}, {"type": "integer"}]}}}"##;

#[test]
fn verdicts_are_those_of_another_implementation() {
    for schema in SCHEMAS {
        let whole = format!(
            r##"{{"components": {{"schemas": {{"List": {LIST}, "It": {schema}}}}}, "$ref": "#/components/schemas/It"}}"##
        );
        let other: serde_json::Value = serde_json::from_str(&whole).unwrap();
        let other = jsonschema::draft202012::new(&other).unwrap();
        for value in VALUES {
            let text = format!(
                r##"{{"openapi": "3.1.0", "info": {{"title": "a", "version": "1"}}, "components": {{"schemas": {{"List": {LIST}, "It": {schema}}},
                "requestBodies": {{"a": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/It"}}, "example": {value}}}}}}}}}}}}}"##
            );
            let (project, _) = project(vec![("a.json".to_owned(), text)]);
            let mut fits = true;
            examples(&project.specs[0], &project.sources, |_| fits = false);
            let value_of_other = serde_json::from_str(value).unwrap();
            assert_eq!(fits, other.is_valid(&value_of_other), "{schema} {value}");
        }
    }
}

fn flaws(schema: &str, value: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A:\n      {schema}\n    Self: {{allOf: [{{$ref: '#/components/schemas/Self'}}]}}\n    Example: {{allOf: [{{$ref: '#/components/schemas/A'}}], example: {value}}}\n"
    );
    let (project, _) = project(vec![("a.yaml".to_owned(), text)]);
    let mut all = Vec::new();
    examples(&project.specs[0], &project.sources, |flaw| {
        all.push(format!("{}: {}", project.sources.text(flaw.place), flaw.message));
    });
    all
}

#[test]
fn the_words_of_3_0_count_in_3_0() {
    assert_eq!(flaws("{type: string, nullable: true}", "null"), [""; 0]);
    assert_eq!(flaws("{type: string, nullable: false}", "null"), ["null: `null` is no string"]);
    assert_eq!(
        flaws("{type: number, minimum: 1, exclusiveMinimum: true}", "1"),
        ["1: `1` is the `minimum` itself"]
    );
    assert_eq!(
        flaws("{oneOf: [{type: string}, {minLength: 1}], discriminator: {propertyName: a}}", "a"),
        [""; 0]
    );
    assert_eq!(flaws("{$ref: '#/components/schemas/Self', type: string}", "1"), [""; 0]);
    assert_eq!(flaws("{$ref: 'https://acme.test/a.yaml'}", "1"), [""; 0]);
    assert_eq!(flaws("{pattern: '(?=a)b'}", "c"), [""; 0]);
    assert_eq!(
        flaws(
            "{type: object, additionalProperties: false, properties: {a: {type: integer}}}",
            "{a: 1.5, b: 1}"
        ),
        ["1.5: `1.5` is no integer", "b: `b` is no property of the schema"]
    );
    assert_eq!(
        flaws("{anyOf: [{type: object, required: [a]}, {type: string}]}", "{b: 1}"),
        ["{b: 1}: `a` is missing"]
    );
}

#[test]
fn what_is_too_intricate_ends() {
    let mut schemas = String::new();
    for level in 0..60 {
        let next = level + 1;
        schemas.push_str(&format!("    A{level}: {{anyOf: [{{$ref: '#/components/schemas/A{next}'}}, {{$ref: '#/components/schemas/A{next}'}}, {{properties: {{x: {{$ref: '#/components/schemas/A{level}'}}}}, required: [x]}}]}}\n"));
    }
    let value = "{x: ".repeat(60) + "1" + &"}".repeat(60);
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: a, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}    A60: {{type: string}}\n    B: {{allOf: [{{$ref: '#/components/schemas/A0'}}], example: {value}}}\n"
    );
    let (project, _) = project(vec![("a.yaml".to_owned(), text)]);
    examples(&project.specs[0], &project.sources, |flaw| panic!("{flaw:?}"));
}
