//! What changes are found, and how bad they are.

use std::collections::BTreeSet;

use super::{ALL, Change, Level, Side, Version, changes};
use crate::parse::openapi;
use crate::source::{Source, Sources};

fn compared(old: &str, new: &str) -> Vec<Change> {
    let load = |text: &str| {
        let sources = Sources::new(vec![Source::new("api.yaml", text)]);
        let spec = openapi::load(sources.id("api.yaml").unwrap(), &sources);
        (spec, sources)
    };
    let (old, new) = (load(old), load(new));
    let version = |(spec, sources)| Version { spec, sources };
    let day = "2026-06-01".parse().unwrap();
    changes(version((&old.0, &old.1)), version((&new.0, &new.1)), Some(day))
}

/// `level check` of each change between two documents.
fn between(old: &str, new: &str) -> Vec<String> {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
    let changes = compared(&format!("{head}{old}"), &format!("{head}{new}"));
    changes.iter().map(|it| format!("{} {}", it.level.as_str(), it.check)).collect()
}

/// The same for an operation.
fn operation(old: &str, new: &str) -> Vec<String> {
    let document = |it| format!("paths: {{/a: {{get: {{{it}}}}}}}");
    between(&document(old), &document(new))
}

/// The same for a schema, in what clients send and in what they get.
fn schema(old: &str, new: &str) -> [String; 2] {
    let request = |it| format!("requestBody: {{content: {{a/json: {{schema: {it}}}}}}}");
    let response =
        |it| format!("responses: {{'200': {{description: x, content: {{a/json: {{schema: {it}}}}}}}}}");
    [operation(&request(old), &request(new)).join(", "), operation(&response(old), &response(new)).join(", ")]
}

/// Schemas before and after, and what is said of them on each side; `B`, `W`, `N` and `D` are the levels.
const SCHEMAS: &[(&str, &str, &str, &str)] = &[
    ("{type: string}", "{type: integer}", "B type-changed", "B type-changed"),
    ("{type: integer}", "{type: number}", "N type-widened", "B type-widened"),
    ("{type: [string, integer]}", "{type: string}", "B type-narrowed", "N type-narrowed"),
    ("{}", "{type: string}", "B type-narrowed", "N type-narrowed"),
    ("{type: string, format: date}", "{type: string, format: uuid}", "B format-changed", "B format-changed"),
    (
        "{type: integer, format: int32}",
        "{type: integer, format: int64}",
        "N format-widened",
        "W format-widened",
    ),
    (
        "{type: integer, format: int64}",
        "{type: integer, format: int32}",
        "B format-narrowed",
        "N format-narrowed",
    ),
    ("{type: string}", "{type: string, format: uuid}", "W format-added", "N format-added"),
    ("{type: string, format: uuid}", "{type: string}", "N format-removed", "W format-removed"),
    ("{type: string}", "{type: [string, 'null']}", "N null-allowed", "B null-allowed"),
    ("{type: string, nullable: true}", "{type: string}", "B null-forbidden", "N null-forbidden"),
    ("{type: string, nullable: true}", "{anyOf: [{type: string}, {type: 'null'}]}", "", ""),
    ("{type: string}", "{type: string, enum: [a]}", "B enum-added", "N enum-added"),
    ("{type: string, enum: [a]}", "{type: string}", "N enum-removed", "W enum-removed"),
    ("{enum: [a]}", "{enum: [a, b]}", "N enum-values-added", "W enum-values-added"),
    ("{enum: [a, b]}", "{const: a}", "B enum-values-removed", "N enum-values-removed"),
    ("{type: number, minimum: 1}", "{type: number, minimum: 2}", "B range-narrowed", "N range-narrowed"),
    (
        "{type: number, maximum: 1}",
        "{type: number, exclusiveMaximum: 1}",
        "B range-narrowed",
        "N range-narrowed",
    ),
    ("{type: number, maximum: 1}", "{type: number}", "N range-widened", "W range-widened"),
    ("{type: string}", "{type: string, maxLength: 9}", "B length-narrowed", "N length-narrowed"),
    ("{type: string, minLength: 3}", "{type: string, minLength: 2}", "N length-widened", "W length-widened"),
    ("{type: string}", "{type: string, minLength: 0}", "", ""),
    ("{type: array, maxItems: 5}", "{type: array, maxItems: 4}", "B count-narrowed", "N count-narrowed"),
    ("{type: object, minProperties: 5}", "{type: object}", "N count-widened", "W count-widened"),
    ("{type: array}", "{type: array, uniqueItems: true}", "B unique-items-added", "N unique-items-added"),
    ("{type: array, uniqueItems: true}", "{type: array}", "N unique-items-removed", "W unique-items-removed"),
    ("{type: integer}", "{type: integer, multipleOf: 5}", "B multiple-of-changed", "W multiple-of-changed"),
    ("{type: string}", "{type: string, pattern: a}", "B pattern-added", "N pattern-added"),
    ("{type: string, pattern: a}", "{type: string}", "N pattern-removed", "N pattern-removed"),
    ("{type: string, pattern: a}", "{type: string, pattern: b}", "W pattern-changed", "N pattern-changed"),
    ("{type: string, default: a}", "{type: string, default: b}", "W default-changed", "N default-changed"),
    ("{type: object}", "{properties: {a: {}}}", "N optional-property-added", "N optional-property-added"),
    (
        "{type: object}",
        "{properties: {a: {}}, required: [a]}",
        "B required-property-added",
        "N required-property-added",
    ),
    (
        "{type: object}",
        "{properties: {a: {default: 1}}, required: [a]}",
        "N required-property-with-default-added",
        "N required-property-with-default-added",
    ),
    ("{type: object}", "{properties: {a: {readOnly: true}}, required: [a]}", "", "N required-property-added"),
    ("{properties: {a: {}}}", "{type: object}", "W optional-property-removed", "B optional-property-removed"),
    (
        "{properties: {a: {}}, required: [a]}",
        "{type: object}",
        "W required-property-removed",
        "B required-property-removed",
    ),
    (
        "{properties: {a: {}}, additionalProperties: false}",
        "{type: object, additionalProperties: false}",
        "B property-forbidden",
        "B optional-property-removed",
    ),
    (
        "{properties: {a: {deprecated: true}}}",
        "{type: object}",
        "N deprecated-property-removed",
        "N deprecated-property-removed",
    ),
    (
        "{properties: {a: {}}}",
        "{properties: {a: {}}, required: [a]}",
        "B property-became-required",
        "N property-became-required",
    ),
    (
        "{properties: {a: {}}, required: [a]}",
        "{properties: {a: {}}}",
        "N property-became-optional",
        "B property-became-optional",
    ),
    (
        "{properties: {a: {}}}",
        "{properties: {a: {readOnly: true}}}",
        "W property-became-read-only",
        "N property-became-read-only",
    ),
    (
        "{properties: {a: {readOnly: true}}}",
        "{properties: {a: {}}}",
        "N property-no-longer-read-only",
        "N property-no-longer-read-only",
    ),
    (
        "{properties: {a: {}}}",
        "{properties: {a: {writeOnly: true}}}",
        "N property-became-write-only",
        "B property-became-write-only",
    ),
    (
        "{properties: {a: {writeOnly: true}}}",
        "{properties: {a: {}}}",
        "N property-no-longer-write-only",
        "N property-no-longer-write-only",
    ),
    (
        "{properties: {a: {}}}",
        "{properties: {a: {deprecated: true}}}",
        "N property-deprecated",
        "N property-deprecated",
    ),
    (
        "{type: object}",
        "{type: object, additionalProperties: false}",
        "B additional-properties-forbidden",
        "N additional-properties-forbidden",
    ),
    (
        "{type: object, additionalProperties: false}",
        "{type: object, additionalProperties: true}",
        "N additional-properties-allowed",
        "N additional-properties-allowed",
    ),
    (
        "{additionalProperties: {type: string}}",
        "{additionalProperties: {type: integer}}",
        "B type-changed",
        "B type-changed",
    ),
    ("{items: {type: string}}", "{items: {type: integer}}", "B type-changed", "B type-changed"),
    (
        "{prefixItems: [{type: string}]}",
        "{prefixItems: [{type: integer}]}",
        "B type-changed",
        "B type-changed",
    ),
    (
        "{oneOf: [{title: A, type: string}, {title: B, type: integer}]}",
        "{oneOf: [{title: A, type: string}, {title: B, type: integer}, {title: C}]}",
        "N alternative-added",
        "W alternative-added",
    ),
    (
        "{anyOf: [{type: string}, {type: integer}, {type: boolean}]}",
        "{anyOf: [{type: boolean}, {type: string}]}",
        "B alternative-removed",
        "N alternative-removed",
    ),
    (
        "{type: string}",
        "{oneOf: [{type: string}, {type: integer}]}",
        "N alternative-added",
        "W alternative-added",
    ),
    (
        "{oneOf: [{title: A, type: string}, {title: B, type: integer}]}",
        "{oneOf: [{title: B, type: boolean}, {title: A, type: string}]}",
        "B type-changed",
        "B type-changed",
    ),
    (
        "{type: string}",
        "{oneOf: [{type: boolean}, {type: integer}]}",
        "W constraint-changed",
        "W constraint-changed",
    ),
    ("{not: {type: string}}", "{not: {type: integer}}", "W constraint-changed", "W constraint-changed"),
    (
        "{discriminator: {propertyName: a}}",
        "{discriminator: {propertyName: b}}",
        "B discriminator-changed",
        "B discriminator-changed",
    ),
    (
        "{discriminator: {propertyName: a, mapping: {x: '#/components/schemas/X'}}}",
        "{discriminator: {propertyName: a, mapping: {x: Y}}}",
        "W discriminator-mapping-changed",
        "W discriminator-mapping-changed",
    ),
    ("{xml: {name: a}}", "{xml: {name: b}}", "W xml-changed", "W xml-changed"),
    ("{title: a}", "{title: b}", "D title-changed", "D title-changed"),
    ("{description: a}", "{description: b}", "D description-changed", "D description-changed"),
    ("{example: a}", "{example: b}", "D examples-changed", "D examples-changed"),
    ("{properties: {a: {type: string}}}", "{allOf: [{properties: {a: {type: string}}}]}", "", ""),
];

#[test]
fn schemas_are_judged_by_side() {
    for (old, new, request, response) in SCHEMAS {
        let long = |it: &str| {
            let level = match it.split(' ').next() {
                Some("B") => "breaking",
                Some("W") => "warning",
                Some("N") => "non-breaking",
                Some("D") => "documentation",
                _ => return String::new(),
            };
            format!("{level} {}", &it[2..])
        };
        assert_eq!(schema(old, new), [long(request), long(response)], "{old} → {new}");
    }
}

/// Operations before and after, and what is said of them.
const OPERATIONS: &[(&str, &str, &[&str])] = &[
    (
        "",
        "deprecated: true, x-sunset: '2027-01-01'",
        &["non-breaking endpoint-deprecated", "non-breaking sunset-added"],
    ),
    ("deprecated: true", "", &["non-breaking endpoint-reactivated"]),
    ("x-sunset: '2027-01-01'", "x-sunset: '2026-12-01'", &["breaking sunset-earlier"]),
    ("x-sunset: '2027-01-01'", "x-sunset: '2027-12-01'", &["non-breaking sunset-later"]),
    ("x-sunset: '2027-01-01'", "", &["non-breaking sunset-removed"]),
    ("operationId: a", "operationId: b", &["warning operation-id-changed"]),
    ("", "operationId: b", &["non-breaking operation-id-added"]),
    ("operationId: a", "", &["warning operation-id-removed"]),
    ("tags: [a, b]", "tags: [b, a]", &[]),
    ("tags: [a]", "tags: [b]", &["documentation tags-changed"]),
    ("summary: a", "summary: b", &["documentation summary-changed"]),
    ("description: a", "description: b", &["documentation operation-description-changed"]),
    ("", "parameters: [{name: a, in: query}]", &["non-breaking optional-parameter-added"]),
    ("", "parameters: [{name: a, in: query, required: true}]", &["breaking required-parameter-added"]),
    ("parameters: [{name: a, in: query}]", "", &["warning parameter-removed"]),
    (
        "parameters: [{name: a, in: query, deprecated: true}]",
        "",
        &["non-breaking deprecated-parameter-removed"],
    ),
    (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: header}]",
        &["breaking parameter-moved"],
    ),
    ("parameters: [{name: A, in: header}]", "parameters: [{name: a, in: header}]", &[]),
    (
        "parameters: [{name: a, in: query}]",
        "parameters: [{name: a, in: query, required: true}]",
        &["breaking parameter-became-required"],
    ),
    (
        "parameters: [{name: a, in: query, required: true}]",
        "parameters: [{name: a, in: query, deprecated: true, description: x}]",
        &[
            "non-breaking parameter-became-optional",
            "non-breaking parameter-deprecated",
            "documentation parameter-description-changed",
        ],
    ),
    (
        "parameters: [{name: a, in: query, schema: {type: array}}]",
        "parameters: [{name: a, in: query, explode: false, schema: {type: array}}]",
        &["breaking parameter-style-changed"],
    ),
    (
        "parameters: [{name: a, in: query, schema: {type: string}}]",
        "parameters: [{name: a, in: query, schema: {type: string, enum: [x]}}]",
        &["breaking enum-added"],
    ),
    ("", "requestBody: {content: {}}", &["non-breaking optional-request-body-added"]),
    ("", "requestBody: {required: true, content: {}}", &["breaking required-request-body-added"]),
    ("requestBody: {content: {}}", "", &["breaking request-body-removed"]),
    (
        "requestBody: {content: {}}",
        "requestBody: {required: true, description: x, content: {}}",
        &["breaking request-body-became-required", "documentation request-body-description-changed"],
    ),
    (
        "requestBody: {required: true, content: {}}",
        "requestBody: {content: {}}",
        &["non-breaking request-body-became-optional"],
    ),
    (
        "requestBody: {content: {a/json: {}}}",
        "requestBody: {content: {a/xml: {}}}",
        &["breaking media-type-removed", "non-breaking media-type-added"],
    ),
    (
        "requestBody: {content: {a/json: {encoding: {a: {}}}}}",
        "requestBody: {content: {a/json: {schema: {}, example: 1}}}",
        &["breaking schema-added", "warning encoding-changed", "documentation examples-changed"],
    ),
    (
        "responses: {'200': {content: {a/json: {schema: {}}}}}",
        "responses: {'200': {content: {a/json: {}}}}",
        &["warning schema-removed"],
    ),
    (
        "responses: {'200': {description: a}, '404': {}}",
        "responses: {'201': {description: a}}",
        &[
            "breaking success-response-removed",
            "non-breaking error-response-removed",
            "non-breaking response-added",
        ],
    ),
    (
        "responses: {'200': {description: a}}",
        "responses: {'200': {description: b}}",
        &["documentation response-description-changed"],
    ),
    (
        "responses: {'200': {headers: {A: {required: true}, B: {}, C: {required: true}, D: {schema: {type: string}}, E: {}}}}",
        "responses: {'200': {headers: {C: {}, d: {schema: {type: integer}}, E: {required: true}, F: {}}}}",
        &[
            "breaking required-response-header-removed",
            "breaking response-header-became-optional",
            "breaking type-changed",
            "warning optional-response-header-removed",
            "non-breaking response-header-became-required",
            "non-breaking response-header-added",
        ],
    ),
    ("", "security: [{a: []}]", &["breaking security-added"]),
    ("security: [{a: []}]", "security: [{a: []}, {}]", &["non-breaking security-removed"]),
    (
        "security: [{a: []}]",
        "security: [{b: []}]",
        &["breaking security-alternative-removed", "non-breaking security-alternative-added"],
    ),
    (
        "security: [{a: [x, y]}]",
        "security: [{a: [y, z]}]",
        &["breaking security-scope-required", "non-breaking security-scope-not-required"],
    ),
];

#[test]
fn operations_are_compared() {
    for (old, new, expected) in OPERATIONS {
        let mut found = operation(old, new);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{old} → {new}");
    }
}

/// Documents before and after, and what is said of them.
const DOCUMENTS: &[(&str, &str, &[&str])] = &[
    ("paths: {}", "paths: {/a: {get: {}}}", &["non-breaking endpoint-added"]),
    ("paths: {/a: {get: {}}}", "paths: {}", &["breaking endpoint-removed"]),
    ("paths: {/a: {get: {deprecated: true}}}", "paths: {}", &["non-breaking deprecated-endpoint-removed"]),
    (
        "paths: {/a: {get: {deprecated: true, x-sunset: '2026-05-31'}}}",
        "paths: {}",
        &["non-breaking deprecated-endpoint-removed"],
    ),
    (
        "paths: {/a: {get: {deprecated: true, x-sunset: '2026-06-02'}}}",
        "paths: {}",
        &["breaking endpoint-removed-before-sunset"],
    ),
    (
        "paths: {'/a/{id}/': {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}}",
        "paths: {'/a/{key}': {get: {parameters: [{name: key, in: path, required: true, schema: {type: string}}]}}}",
        &["non-breaking path-parameter-renamed"],
    ),
    (
        "servers: [{url: a}, {url: b}]\ntags: [{name: t}]",
        "servers: [{url: a}]\ntags: [{name: t, description: x}]",
        &["warning server-removed", "documentation tag-description-changed"],
    ),
    ("servers: [{url: a}]", "servers: [{url: a}, {url: b}]", &["non-breaking server-added"]),
    ("servers: [{url: a}]", "servers: [{url: b}]", &["warning server-url-changed"]),
    (
        "components: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: basic}}}",
        "components: {securitySchemes: {b: {type: http, scheme: bearer}, c: {type: http, scheme: basic}}}",
        &[
            "breaking security-scheme-changed",
            "warning security-scheme-removed",
            "non-breaking security-scheme-added",
        ],
    ),
    (
        "components: {securitySchemes: {a: {type: oauth2, flows: {implicit: {}, password: {tokenUrl: x, scopes: {r: x}}}}}}",
        "components: {securitySchemes: {a: {type: oauth2, flows: {password: {tokenUrl: y, scopes: {w: x}}, clientCredentials: {}}}}}",
        &[
            "breaking oauth-flow-removed",
            "warning oauth-url-changed",
            "warning oauth-scope-removed",
            "non-breaking oauth-scope-added",
            "non-breaking oauth-flow-added",
        ],
    ),
];

#[test]
fn documents_are_compared() {
    for (old, new, expected) in DOCUMENTS {
        let mut found = between(old, new);
        found.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{old} → {new}");
    }
    let old = "openapi: 3.0.0\ninfo: {title: a, version: '1', description: x}\npaths: {}";
    let found = compared(
        old,
        &old.replace("3.0.0", "3.1.0")
            .replace("title: a, version: '1'", "title: b, version: '2'")
            .replace(": x", ": y"),
    );
    let ids: Vec<_> = found.iter().map(|it| it.check).collect();
    assert_eq!(
        ids,
        ["openapi-version-changed", "api-title-changed", "api-version-changed", "api-description-changed"]
    );
}

#[test]
fn every_check_has_an_example_and_a_name_of_its_own() {
    let mut seen: BTreeSet<&str> = BTreeSet::from([
        "openapi-version-changed",
        "api-title-changed",
        "api-version-changed",
        "api-description-changed",
    ]);
    let tables = OPERATIONS.iter().chain(DOCUMENTS).flat_map(|it| it.2);
    seen.extend(tables.filter_map(|it| it.split(' ').nth(1)));
    seen.extend(SCHEMAS.iter().flat_map(|it| [it.2, it.3]).filter_map(|it| it.split(' ').nth(1)));
    let all: BTreeSet<&str> = ALL.iter().map(|it| it.id).collect();
    assert_eq!(all.len(), ALL.len());
    assert_eq!(all.difference(&seen).collect::<Vec<_>>(), Vec::<&&str>::new());
}

const SHARED: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get: {responses: {'200': {description: x, content: {a/json: {schema: {$ref: '#/components/schemas/Order'}}}}}}
    put: {requestBody: {content: {a/json: {schema: {$ref: '#/components/schemas/Order'}}}}, responses: {}}
  /b:
    get: {responses: {'200': {description: x, content: {a/json: {schema: {type: array, items: {$ref: '#/components/schemas/Line'}}}}}}}
components:
  schemas:
    Order: {type: object, properties: {lines: {type: array, items: {$ref: '#/components/schemas/Line'}}}}
    Line: {type: object, properties: {order: {$ref: '#/components/schemas/Order'}, price: {type: integer}}}
";

#[test]
fn a_change_in_a_shared_schema_is_said_once_with_all_it_reaches() {
    let found = compared(SHARED, &SHARED.replace("price: {type: integer}", "price: {type: number}"));
    assert_eq!(found.len(), 1, "{found:?}");
    let change = &found[0];
    assert_eq!(change.message, "the type of `Line.price` was widened from `integer` to `number`");
    assert_eq!((change.level, change.side), (Level::Breaking, Some(Side::Response)));
    assert_eq!(change.operations, ["GET /a", "PUT /a", "GET /b"]);
    assert_eq!(change.component.as_deref(), Some("Line"));
    let at = SHARED.find("integer").unwrap() as u32;
    assert_eq!((change.old.unwrap().start, change.new.unwrap().start), (at, at));
}

#[test]
fn properties_of_parts_have_the_name_of_the_part() {
    let document = |price| {
        format!(
            "{SHARED}    Base: {{properties: {{id: {{type: {price}}}}}}}
    Cat: {{allOf: [{{$ref: '#/components/schemas/Base'}}]}}
    Dog: {{allOf: [{{$ref: '#/components/schemas/Base'}}], properties: {{name: {{}}}}}}
"
        )
        .replace("responses: {}}", "responses: {'200': {content: {a/json: {schema: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}}}}}}")
    };
    let found = compared(&document("string"), &document("integer"));
    let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["the type of `Base.id` changed from `string` to `integer`"]);
}

#[test]
fn webhooks_and_callbacks_are_judged_the_other_way_round() {
    let hook = |schema| {
        format!(
            "webhooks: {{made: {{post: {{requestBody: {{content: {{a/json: {{schema: {schema}}}}}}}}}}}}}"
        )
    };
    let found = between(&hook("{properties: {a: {}}}"), &hook("{type: object}"));
    assert_eq!(found, ["breaking optional-property-removed"]);
    let back = |schema| {
        format!(
            "callbacks: {{done: {{'{{$request.body#/url}}': {{post: {{requestBody: {{content: {{a/json: {{schema: {schema}}}}}}}}}}}}}}}"
        )
    };
    assert_eq!(
        operation(&back("{type: string}"), &back("{type: [string, 'null']}")),
        ["breaking null-allowed"]
    );
    assert_eq!(operation(&back("{}"), ""), ["breaking endpoint-removed"]);
}

#[test]
fn nothing_changed_where_only_the_form_did() {
    let old = "openapi: 3.0.3\npaths: {/a: {get: {responses: {200: {description: x, content: {a/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\ncomponents: {schemas: {A: {type: string, nullable: true}}}";
    let new = "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: x\n          content:\n            a/json:\n              schema: {nullable: true, type: string}\n";
    assert_eq!(compared(old, new), []);
}

#[test]
fn odd_specs_do_no_harm() {
    let odd = [
        "",
        "openapi: 3.0.0",
        "openapi: 3.1.0\npaths: {/a: {get: {parameters: [1, {name: a}], requestBody: 1, responses: [], security: [1], servers: x}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {content: {a: {schema: &s {allOf: [*s], oneOf: [*s, *s], items: *s, properties: {a: *s}}}}}}}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {content: {a: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {content: {a: {schema: {type: {}, enum: 1, required: a, properties: [], minimum: x, discriminator: 1}}}}}}}}",
        "swagger: '2.0'\nhost: 1\npaths: {'/{': {get: {parameters: [{in: body, name: x, schema: false}, {in: formData, name: y}]}}}",
    ];
    for old in odd {
        for new in odd {
            let _ = compared(old, new);
        }
    }
}
