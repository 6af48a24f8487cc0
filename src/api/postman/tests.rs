//! What becomes of small specs.

use serde_json::{Value, json};

use super::{collection, environments};
use crate::parse::openapi;
use crate::source::{Source, Sources};

fn made(text: &str) -> (Value, Vec<(String, Value)>) {
    let sources = Sources::new(vec![Source::new("api.yaml", text)]);
    let spec = openapi::load(sources.id("api.yaml").unwrap(), &sources);
    (collection(&spec, &sources), environments(&spec, &sources))
}

fn with(paths: &str) -> Value {
    made(&format!("openapi: 3.1.0\ninfo: {{title: T, version: 1}}\n{paths}")).0
}

#[test]
fn a_request_has_path_variables_query_and_headers() {
    let made = with("servers: [{url: 'https://{region}.example.com/v1/', variables: {region: {default: eu}}}]
paths:
  /orders/{id}/files/{name}.json:
    parameters:
      - {name: id, in: path, required: true, example: 7, description: The order}
      - {name: name, in: path, required: true, schema: {type: string, default: bill}}
    get:
      operationId: getFile
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 5}}
        - {name: tag, in: query, required: true, schema: {type: array, items: {type: string}}, example: [a&b, c]}
        - {name: filter, in: query, required: true, style: deepObject, example: {age: 3}}
        - {name: ids, in: query, required: true, explode: false, example: [1, 2]}
        - {name: X-Trace, in: header, schema: {format: uuid, type: string}}
        - {name: Accept, in: header, schema: {type: string}}
      responses: {}
");
    let item = &made["item"][0];
    assert_eq!(item["name"], "getFile");
    let url = &item["request"]["url"];
    assert_eq!(url["path"], json!(["orders", ":id", "files", "{{name}}.json"]));
    assert_eq!(
        url["raw"],
        "{{baseUrl}}/orders/:id/files/{{name}}.json?tag=a%26b&tag=c&filter[age]=3&ids=1,2"
    );
    assert_eq!(url["variable"][0]["value"], "7");
    assert_eq!(url["variable"][0]["description"]["content"], "The order");
    assert_eq!(url["query"][0], json!({ "key": "limit", "value": "5", "disabled": true }));
    assert_eq!(item["request"]["header"].as_array().unwrap().len(), 1);
    assert_eq!(item["request"]["header"][0]["disabled"], true);
    let variables: Vec<_> = made["variable"].as_array().unwrap().iter().map(|it| &it["key"]).collect();
    assert_eq!(variables, ["baseUrl", "region", "name"]);
    assert_eq!(made["variable"][0]["value"], "https://{{region}}.example.com/v1");
}

#[test]
fn bodies_come_from_examples_and_then_from_schemas() {
    let made = with("paths:
  /a:
    post:
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Node'}
      responses:
        '201':
          description: Made
          headers: {Location: {schema: {type: string, example: /a/1}}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Node'}
              examples:
                one: {value: {id: 1}}
                two: {$ref: '#/components/examples/Two'}
        default: {description: Wrong}
    put:
      requestBody: {content: {application/x-www-form-urlencoded: {encoding: {b: {style: deepObject}}, schema: {required: [a], properties: {a: {type: string, description: First}, b: {example: {c: {d: 1}, e: [x]}}}}}}}
      responses: {}
    patch:
      requestBody: {content: {multipart/form-data: {schema: {properties: {f: {type: string, format: binary}, n: {type: integer}}}}}}
      responses: {}
components:
  examples: {Two: {value: {id: 2}}}
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: integer, readOnly: true}, name: {type: string, examples: [Ada]}}}
    Node:
      allOf: [{$ref: '#/components/schemas/Base'}]
      properties:
        at: {type: string, format: date}
        kind: {enum: [x, y]}
        age: {type: [integer, 'null'], exclusiveMinimum: 3}
        size: {anyOf: [{type: 'null'}, {type: number, maximum: 0.5}]}
        children: {type: array, items: {$ref: '#/components/schemas/Node'}}
        parent: {$ref: '#/components/schemas/Node'}
");
    let raw = made["item"][0]["request"]["body"]["raw"].as_str().unwrap();
    let body: Value = serde_json::from_str(raw).unwrap();
    assert_eq!(body, json!({ "name": "Ada", "at": "2026-01-31", "kind": "x", "age": 4, "size": 0.5 }));
    let responses = made["item"][0]["response"].as_array().unwrap();
    let names: Vec<_> = responses.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["201 Made (one)", "201 Made (two)", "default Wrong"]);
    assert_eq!(responses[1]["body"], "{\n  \"id\": 2\n}");
    assert_eq!(responses[1]["header"][1], json!({ "key": "Location", "value": "/a/1" }));
    assert_eq!((&responses[0]["code"], &responses[2]["code"]), (&json!(201), &json!(500)));
    assert_eq!(responses[0]["originalRequest"]["method"], "POST");
    let form = &made["item"][1]["request"]["body"];
    assert_eq!((&form["mode"], &form["urlencoded"][0]["key"]), (&json!("urlencoded"), &json!("a")));
    let deep = json!({ "key": "b[c][d]", "value": "1", "type": "text", "disabled": true });
    assert_eq!((&form["urlencoded"][1], &form["urlencoded"][2]["key"]), (&deep, &json!("b[e][0]")));
    assert!(form["urlencoded"][0]["disabled"].is_null());
    let form = &made["item"][2]["request"]["body"]["formdata"];
    assert_eq!((&form[0]["type"], &form[1]["value"]), (&json!("file"), &json!("1")));
}

#[test]
fn folders_follow_groups_then_tags() {
    let made = with("x-tagGroups: [{name: Shop, tags: [orders, none]}]
tags: [{name: staff, description: Who works}, {name: orders, x-displayName: Orders}, {name: pay, parent: staff}]
paths:
  /a: {get: {tags: [orders], responses: {}}, put: {tags: [other, orders], responses: {}}}
  /b: {get: {tags: [pay], responses: {}}, post: {responses: {}}}
");
    fn names(item: &Value) -> Value {
        match item["item"].as_array() {
            Some(items) => {
                json!({ item["name"].as_str().unwrap(): items.iter().map(names).collect::<Vec<_>>() })
            }
            None => item["name"].clone(),
        }
    }
    let all: Vec<_> = made["item"].as_array().unwrap().iter().map(names).collect();
    let expected = json!([
        { "Shop": [{ "Orders": ["GET /a"] }] },
        { "staff": [{ "pay": ["GET /b"] }] },
        { "other": ["PUT /a"] },
        "POST /b"
    ]);
    assert_eq!(Value::from(all), expected);
}

#[test]
fn security_becomes_auth_with_variables() {
    let made = with("security: [{key: []}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    other: {type: apiKey, in: query, name: k}
    login: {type: http, scheme: basic}
    token: {type: http, scheme: bearer}
    device: {type: oauth2, flows: {deviceAuthorization: {tokenUrl: https://d/}}}
    flow: {type: oauth2, flows: {implicit: {authorizationUrl: https://a/}, clientCredentials: {tokenUrl: https://t/, scopes: {read: x}}}}
paths:
  /a:
    get: {responses: {}}
    put: {security: [], responses: {}}
    post: {security: [{login: []}], responses: {}}
    patch: {security: [{}, {flow: [read]}], responses: {}}
    delete: {security: [{token: [], other: []}], responses: {}}
    head: {security: [{device: []}], responses: {}}
");
    assert_eq!(made["auth"]["apikey"][1]["value"], "{{apiKey_key}}");
    let request = |at: usize| &made["item"][at]["request"];
    assert!(request(0)["auth"].is_null());
    assert_eq!(request(1)["auth"], json!({ "type": "noauth" }));
    assert_eq!(request(2)["auth"]["basic"][0]["value"], "{{basicUsername}}");
    let flow = &request(3)["auth"]["oauth2"];
    assert_eq!((&flow[0]["value"], &flow[1]["value"]), (&json!("client_credentials"), &json!("https://t/")));
    assert!(flow.as_array().unwrap().iter().any(|it| it["key"] == "scope" && it["value"] == "read"));
    assert_eq!(request(5)["auth"]["bearer"][0]["value"], "{{oauth2Token}}");
    assert_eq!(request(4)["auth"]["type"], "bearer");
    assert_eq!(request(4)["url"]["query"][0], json!({ "key": "k", "value": "{{apiKey_other}}" }));
}

#[test]
fn swagger_2_has_forms_bodies_and_servers() {
    let (made, environments) = made("swagger: '2.0'
info: {title: T, version: '1'}
host: api.example.com
basePath: /v2
schemes: [https, http]
consumes: [application/json]
paths:
  /a:
    post:
      parameters: [{in: body, name: body, schema: {properties: {id: {type: integer}}}}]
      responses: {'200': {description: OK, schema: {type: array, items: {type: boolean}}, examples: {application/json: [false]}}}
    put:
      parameters: [{in: formData, name: f, type: file}, {in: formData, name: n, type: integer, required: true}]
      responses: {}
");
    assert_eq!(made["variable"][0]["value"], "https://api.example.com/v2");
    assert_eq!(made["item"][0]["request"]["body"]["raw"], "{\n  \"id\": 1\n}");
    assert_eq!(made["item"][0]["response"][0]["body"], "[\n  false\n]");
    assert_eq!(made["item"][1]["request"]["body"]["formdata"][0]["type"], "file");
    let names: Vec<_> = environments.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "https-api-example-com-v2.postman_environment.json",
            "http-api-example-com-v2.postman_environment.json"
        ]
    );
    assert_eq!(environments[1].1["values"][0]["value"], "http://api.example.com/v2");
}

#[test]
fn the_same_spec_gives_the_same_bytes_and_ids_do_not_hang_on_the_place() {
    let one = "paths: {/a: {get: {responses: {'200': {description: x}}}}, /b: {get: {responses: {}}}}";
    let other = "paths: {/b: {get: {responses: {}}}, /a: {get: {responses: {'200': {description: x}}}}}";
    assert_eq!(with(one).to_string(), with(one).to_string());
    assert_eq!(with(one)["item"][0], with(other)["item"][1]);
    let id = with(one)["item"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!((id.len(), id.as_bytes()[14]), (36, b'5'));
}

#[test]
fn odd_specs_do_no_harm() {
    for text in [
        "",
        "openapi: 3.0.0",
        "openapi: 3.1.0\npaths: {/a: {get: 1, put: {parameters: 3, requestBody: [], responses: x, security: {}}}}",
        "openapi: 3.1.0\npaths: {/a: {$ref: '#/paths/~1a'}}",
        "openapi: 3.1.0\ntags: [{name: a, parent: b}, {name: b, parent: a}]\npaths: {/{: {get: {tags: [a]}}, '/{}}': {get: {}}}",
        "openapi: 3.1.0\nservers: [1, {url: [a]}]\npaths: {/a: {get: {responses: {é: {content: {a: {schema: true}}}}}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {content: {a/json: {schema: &s {allOf: [*s], oneOf: [*s], items: *s}}}}}}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {parameters: [{name: a, in: query, schema: {type: integer, multipleOf: 0, minimum: 1e400, maxLength: -1}}]}}}",
    ] {
        let _ = made(text);
    }
}
