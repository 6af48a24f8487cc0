//! What real specs do, on small invented ones.

use super::{load, looks_like_openapi};
use crate::model::spec::message::{Media, Parameter, Response};
use crate::model::spec::schema::Schema;
use crate::model::spec::words::{Around, Bound, Limit, Piece, Unit};
use crate::model::spec::{Call, Operation, Spec, Target};
use crate::source::{Source, Sources, Span};

/// Reads files that begin with `//- path`; the first one is the root.
#[track_caller]
fn read(fixture: &str) -> (Sources, Spec) {
    let files = fixture.split("//- ").skip(1).map(|it| {
        let (path, text) = it.split_once('\n').expect("a path, then the text");
        Source::new(path, text)
    });
    let files: Vec<_> = files.collect();
    let root = files[0].path.clone();
    let sources = Sources::new(files);
    let spec = load(sources.id(&root).unwrap(), &sources);
    (sources, spec)
}

#[track_caller]
fn read_one(text: &str) -> (Sources, Spec) {
    read(&format!("//- api.yaml\n{text}"))
}

/// Each problem as `words: message / help`.
fn problems(sources: &Sources, spec: &Spec) -> Vec<String> {
    let line = |it: &crate::model::spec::SpecProblem| {
        let help = it.help.as_deref().unwrap_or("-");
        format!("{}: {} / {help}", sources.text(it.span), it.message)
    };
    spec.problems.iter().map(line).collect()
}

fn calls(operations: &[Operation]) -> Vec<String> {
    operations.iter().map(|it| format!("{} {}", it.method, it.path)).collect()
}

/// Each property of a media type, or of what its list holds, as `name: kind`, with `!` when it is required.
fn fields(media: &Media<'_>) -> Vec<String> {
    let schema = Schema::of(media.schema.expect("a schema"));
    let schema = schema.items().unwrap_or(schema);
    let all = schema.properties().into_iter();
    all.map(|it| format!("{}{}: {}", it.name, if it.required { "!" } else { "" }, words(&it.schema)))
        .collect()
}

/// The type of a schema in English.
fn words(schema: &Schema<'_>) -> String {
    let word = |it| match it {
        Piece::Text(text) | Piece::Name(text, _) => text,
        Piece::Word(it) => format!("{it:?}").to_lowercase(),
        Piece::More(count) => format!("and {count} more"),
        Piece::Begin(Around::ArrayOf) => "array of ".to_owned(),
        Piece::Begin(Around::MapOf) => "map of ".to_owned(),
        Piece::Begin(Around::OneOf) => "one of ".to_owned(),
        Piece::Begin(Around::AnyOf) => "any of ".to_owned(),
        Piece::End(_) => String::new(),
    };
    schema.pieces().into_iter().map(word).collect()
}

fn schema_of<'a>(parameter: &Parameter<'a>) -> Schema<'a> {
    Schema::of(parameter.schema().expect("a schema"))
}

/// What the schema of a parameter or a form's field says in a few words.
fn kind(parameter: &Parameter<'_>) -> String {
    words(&schema_of(parameter))
}

fn kind_of(media: &Media<'_>) -> String {
    words(&Schema::of(media.schema.expect("a schema")))
}

fn descriptions(call: &Call<'_>) -> Vec<String> {
    call.responses().iter().map(|it| it.description().into_owned()).collect()
}

fn statuses(call: &Call<'_>) -> Vec<String> {
    call.responses().iter().map(|it: &Response<'_>| it.status.to_string()).collect()
}

#[test]
fn an_operation_has_all_its_parts_at_the_right_words() {
    let (sources, spec) = read_one(include_str!("tests/orders.yaml"));
    assert_eq!(problems(&sources, &spec), [""; 0]);
    assert_eq!((&*spec.title, &*spec.version, &*spec.api_version), ("Orders", "3.1.0", "2024.1"));
    assert_eq!(spec.servers[0].url, "https://eu.orders.example/v1");
    assert_eq!(spec.tags[0].name, "orders");
    let kinds: Vec<_> = spec.security_schemes.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["apiKey", "http", "oauth2"]);
    assert_eq!(
        calls(&spec.operations),
        ["GET /orders", "POST /orders", "GET /orders/{id}", "DELETE /orders/{id}"]
    );
    assert_eq!(calls(&spec.webhooks), ["POST shipped"]);

    let words = |span: Span| sources.text(span).to_owned();
    let list = &spec.operations[0];
    assert_eq!((&*list.id, &*list.summary, list.deprecated), ("listOrders", "List orders", true));
    assert_eq!((words(list.span), words(list.path_span)), ("get".to_owned(), "/orders".to_owned()));
    assert_eq!(list.security, [vec!["key".to_owned()]]);
    let parameters = spec.call(&sources, list).parameters();
    let lines: Vec<String> = parameters
        .iter()
        .map(|it| {
            let needed = if it.is_required() { "!" } else { "" };
            format!("{} {}{needed}: {}; {:?}", it.location(), it.name(), kind(it), schema_of(it).limits())
        })
        .collect();
    let expected = [
        "header trace: string (uuid); []",
        "query limit!: integer or null; [Bound(AtLeast, \"1\", Value), Bound(AtMost, \"100\", Value)]",
        "query state: string; []",
    ];
    assert_eq!(lines, expected);
    assert_eq!(schema_of(&parameters[2]).values(), ["open", "404"]);
    assert_eq!(schema_of(&parameters[2]).default().as_deref(), Some("open"));

    let create = &spec.operations[1];
    let call = spec.call(&sources, create);
    let body = call.body().unwrap();
    assert!(body.is_required);
    assert_eq!(kind_of(&body.content[0]), "Order");
    let expected = ["any: any", "id!: string", "lines: array of Line", "next: Order or null"];
    let mut found = fields(&body.content[0]);
    found.sort();
    assert_eq!(found, expected);
    let example = body.content[0].examples()[0].value.view.to_json(10).unwrap();
    assert_eq!(example, serde_json::json!({"id": "o-1"}));
    assert_eq!(create.security, [vec!["bearer".to_owned(), "oauth".to_owned()], vec![]]);
    assert_eq!(statuses(&call), ["201", "4XX", "default"]);
    assert_eq!(descriptions(&call), ["Created", "Wrong", "Anything else"]);
    assert_eq!(words(call.responses()[0].key.span()), "201");
    assert_eq!(create.servers[0].url, "https://write.orders.example");
}

#[test]
fn the_second_version_is_read_in_the_words_of_the_third() {
    let (sources, spec) = read_one(include_str!("tests/stock-2.0.yaml"));
    assert_eq!(problems(&sources, &spec), [""; 0]);
    let urls: Vec<_> = spec.servers.iter().map(|it| it.url.as_str()).collect();
    assert_eq!(urls, ["https://stock.example/v2", "http://stock.example/v2"]);
    let put = spec.call(&sources, &spec.operations[0]);
    assert_eq!(put.parameters().iter().map(kind).collect::<Vec<_>>(), ["integer (int64)"]);
    let body = put.body().unwrap();
    let types: Vec<_> = body.content.iter().map(|it| format!("{} {}", it.media_type, kind_of(it))).collect();
    assert_eq!(types, ["application/json Item", "application/xml Item"]);
    assert_eq!(fields(&body.content[0]), ["name!: string or null", "parts: array of Part"]);
    let answer = &put.responses()[0].content[0];
    assert!(answer.examples()[0].value.view.is_sequence());
    assert_eq!(kind_of(answer), "array of Item");
    let body = spec.call(&sources, &spec.operations[1]).body().unwrap();
    assert!(body.is_form() && body.is_required);
    assert_eq!(body.content[0].media_type, "multipart/form-data");
    let form: Vec<String> =
        body.content[0].form.iter().map(|it| format!("{} {}", it.name(), kind(it))).collect();
    assert_eq!(form, ["photo file", "note string"]);
    let kinds: Vec<_> = spec.security_schemes.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds, ["basic", "oauth2"]);
}

#[test]
fn references_lead_across_files() {
    let (sources, spec) = read(
        "//- docs/api/openapi.yaml
openapi: 3.1.0
paths:
  /orders:
    $ref: paths/orders.yaml
    summary: beside the reference
  /orders/{id}:
    $ref: './paths/orders.yaml#/x-more/~1orders~1%7Bid%7D'
  /far:
    $ref: https://example.com/far.yaml
components:
  schemas:
    Order:
      $ref: ../models/order%20model.json#/$defs/Order
//- docs/api/paths/orders.yaml
get:
  description: {$ref: ../list.md}
  parameters:
  - $ref: ../openapi.yaml#/paths/~1orders~1{id}/parameters/0
  responses:
    200:
      description: OK
      content:
        application/json:
          schema: {$ref: '../openapi.yaml#/components/schemas/Order'}
x-more:
  /orders/{id}:
    delete: {responses: {204: {description: gone}}}
//- docs/models/order model.json
{\"$defs\": {\"Order\": {\"type\": \"object\", \"properties\": {\"id\": {\"$ref\": \"#id\"}}},
  \"Id\": {\"$anchor\": \"id\", \"type\": \"string\", \"format\": \"uuid\"}}}
//- docs/api/list.md
Lists *all* orders.
",
    );
    assert_eq!(calls(&spec.operations), ["GET /orders", "DELETE /orders/{id}"]);
    let list = &spec.operations[0];
    assert_eq!(sources.path(list.span.source), "docs/api/paths/orders.yaml");
    assert_eq!(sources.path(list.path_span.source), "docs/api/openapi.yaml");
    assert_eq!(list.description, "Lists *all* orders.\n");
    let media = &spec.call(&sources, list).responses()[0].content[0];
    assert_eq!((&*kind_of(media), fields(media)), ("object", vec!["id: string (uuid)".to_owned()]));
    let paths: Vec<_> = spec.files.iter().map(|it| sources.path(it.source)).collect();
    assert_eq!(
        paths,
        ["docs/api/openapi.yaml", "docs/api/paths/orders.yaml", "docs/models/order model.json"]
    );
    let remote: Vec<_> = spec.references.iter().filter(|it| it.target == Target::Remote).collect();
    assert_eq!(remote.len(), 1);
    assert_eq!(sources.text(remote[0].span), "https://example.com/far.yaml");
    assert_eq!(
        problems(&sources, &spec),
        ["../openapi.yaml#/paths/~1orders~1{id}/parameters/0: `$ref` to a missing place \
          `../openapi.yaml#/paths/~1orders~1{id}/parameters/0` / -"]
    );
}

#[test]
fn what_a_reference_misses_is_told_once() {
    let (sources, spec) = read_one(
        "openapi: 3.0.3
paths:
  /a:
    get:
      responses:
        200: {description: x, content: {a/b: {schema: {$ref: '#/components/schemas/Ordr'}}}}
        400: {$ref: ./errors/bad.yaml#/Bad}
        401: {$ref: 'errors/bad.yaml'}
        404: {$ref: '../../none.yaml'}
        500: {$ref: '#/components/schemas/Ordr'}
        501: {$ref: '#Order'}
components:
  schemas:
    Order: {type: object, example: {$ref: 'a word', default: {$ref: '#/nowhere'}}}
  examples:
    one: {value: {$ref: '#/nowhere'}}
",
    );
    assert_eq!(
        problems(&sources, &spec),
        [
            "#/components/schemas/Ordr: `$ref` to a missing place `#/components/schemas/Ordr` / did you mean `Order`?",
            "./errors/bad.yaml#/Bad: `$ref` to a missing file `./errors/bad.yaml` / there is no `errors/bad.yaml` in the project",
            "../../none.yaml: `$ref` to a missing file `../../none.yaml` / the path leaves the project",
            "#Order: `$ref` to a missing place `#Order` / write `#/Order`, or define the `$anchor`",
        ]
    );
    assert_eq!(
        statuses(&spec.call(&sources, &spec.operations[0])),
        ["200", "400", "401", "404", "500", "501"]
    );
}

#[test]
fn circles_end() {
    let (sources, spec) = read_one(
        "openapi: 3.1.0
paths:
  /a: {$ref: '#/paths/~1b'}
  /b: {$ref: '#/paths/~1a'}
  /c:
    get: {$ref: '#/paths/~1c/get'}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}
      callbacks: {done: {$ref: '#/components/callbacks/done'}}
components:
  callbacks:
    done: {'{$request.body#/url}': {post: {responses: {}}}}
  schemas:
    Self: {$ref: '#/components/schemas/Self'}
    Node:
      allOf:
      - $ref: '#/components/schemas/Node'
      - $ref: '#/components/schemas/Other'
      - properties: {self: {$ref: '#/components/schemas/Self'}, list: {type: array, items: {$ref: '#/components/schemas/Node'}}}
    Other:
      oneOf: [{$ref: '#/components/schemas/Node'}, {$ref: '#/components/schemas/Other'}]
      properties: {other: {anyOf: [{$ref: '#/components/schemas/Other'}, {type: 'null'}]}}
",
    );
    assert_eq!(problems(&sources, &spec), [""; 0]);
    assert_eq!(calls(&spec.operations), ["GET /c", "POST /c"]);
    let media = &spec.call(&sources, &spec.operations[1]).body().unwrap().content[0];
    let mut found = fields(media);
    found.sort();
    assert_eq!(found, ["list: array of Node", "other: Other or null", "self: Self"]);
}

#[test]
fn what_is_said_many_times_over_is_cut() {
    let many = |line: &str| (0..3000).map(|it| line.replace("{}", &it.to_string())).collect::<String>();
    let text = format!(
        "openapi: 3.2.0
x-text: &text {}
paths:
{}
  /all:
    parameters:
{}
    additionalOperations:
{}
",
        "word ".repeat(1000),
        many("  /p{}: {$ref: '#/paths/~1all'}\n"),
        many("    - {name: p{}, in: query, description: *text}\n"),
        many("      M{}: {description: *text, responses: {200: {description: *text}}}\n"),
    );
    let (sources, spec) = read_one(&text);
    assert_eq!(
        problems(&sources, &spec),
        [
            "openapi: references and aliases make this spec larger than 256 MiB / what comes last in it is left out"
        ]
    );
    assert!(!spec.operations.is_empty() && spec.operations.len() < 100_000);
}

#[test]
fn parameters_that_all_operations_share_are_bounded() {
    let many = |line: &str| (0..1500).map(|it| line.replace("{}", &it.to_string())).collect::<String>();
    let text = format!(
        "openapi: 3.0.0\nx-all: &all\n{}paths:\n{}",
        many("  - {name: p{}, in: query}\n"),
        many("  /p{}: {get: {parameters: *all}}\n"),
    );
    let (_, spec) = read_one(&text);
    assert_eq!(spec.problems.len(), 1);
    assert!((100..1000).contains(&spec.operations.len()), "{}", spec.operations.len());
}

#[test]
fn deep_nesting_is_no_crash() {
    let deep = |open: &str, close: &str| format!("{}{{}}{}", open.repeat(240), close.repeat(240));
    for schema in [deep("{items: ", "}"), deep("{allOf: [", "]}"), deep("{anyOf: [", "]}")] {
        let (_, spec) = read_one(&format!(
            "openapi: 3.1.0\npaths: {{/a: {{get: {{requestBody: {{content: {{a/b: {{schema: {schema}}}}}}}}}}}}}\n"
        ));
        assert_eq!(calls(&spec.operations), ["GET /a"]);
    }
}

#[test]
fn types_are_said_in_a_few_words() {
    let kinds = [
        ("{type: string}", "string"),
        ("{type: integer, format: int64}", "integer (int64)"),
        ("{type: [string, 'null']}", "string or null"),
        ("{type: [string, integer]}", "string or integer"),
        ("{type: string, nullable: true}", "string or null"),
        ("{type: array, items: {$ref: '#/components/schemas/Order'}}", "array of Order"),
        ("{type: array, items: []}", "array"),
        ("{items: {type: array, items: {type: number}}}", "array of array of number"),
        ("{$ref: '#/components/schemas/Order'}", "Order"),
        ("{$ref: '#/components/schemas/Id'}", "string"),
        ("{allOf: [{$ref: '#/components/schemas/Order'}], nullable: true}", "Order or null"),
        ("{allOf: [{$ref: '#/components/schemas/Order'}, {properties: {a: {}}}]}", "object"),
        ("{oneOf: [{$ref: '#/components/schemas/Order'}, {type: string}]}", "one of Order, string"),
        ("{anyOf: [{$ref: '#/components/schemas/Order'}, {type: 'null'}]}", "Order or null"),
        (
            "{oneOf: [{type: a}, {type: b}, {type: c}, {type: d}, {type: e}, {type: f}]}",
            "one of a, b, c, d and 2 more",
        ),
        ("{type: object, additionalProperties: {type: integer}}", "map of integer"),
        ("{additionalProperties: true}", "object"),
        ("{properties: {a: {}}}", "object"),
        ("{enum: [a]}", "enum"),
        ("{type: 'null'}", "null"),
        ("true", "any"),
        ("false", "never"),
        ("{}", "any"),
    ];
    for (schema, expected) in kinds {
        let (sources, spec) = read_one(&format!(
            "openapi: 3.1.0
paths: {{/a: {{get: {{parameters: [{{name: p, in: query, schema: {schema}}}]}}}}}}
components: {{schemas: {{Order: {{type: object}}, Id: {{type: string}}}}}}
"
        ));
        let parameters = spec.call(&sources, &spec.operations[0]).parameters();
        assert_eq!(kind(&parameters[0]), expected, "{schema}");
    }
}

#[test]
fn limits_are_read_in_either_form() {
    let (sources, spec) = read_one(
        "openapi: 3.0.0
paths:
  /a:
    get:
      parameters:
      - {name: a, in: query, schema: {minimum: 0, exclusiveMinimum: true, exclusiveMaximum: 9, multipleOf: 3}}
      - {name: b, in: query, deprecated: true, schema: {maxLength: 9, pattern: '^a', readOnly: true, const: {x: 1}}}
",
    );
    let parameters = spec.call(&sources, &spec.operations[0]).parameters();
    let [a, b] = &parameters[..] else { panic!("two parameters") };
    let bound = |bound, number: &str, unit| Limit::Bound(bound, number.to_owned(), unit);
    assert_eq!(
        schema_of(a).limits(),
        [
            bound(Bound::MoreThan, "0", Unit::Value),
            bound(Bound::LessThan, "9", Unit::Value),
            Limit::MultipleOf("3".to_owned()),
        ]
    );
    assert_eq!(
        schema_of(b).limits(),
        [Limit::ReadOnly, bound(Bound::AtMost, "9", Unit::Characters), Limit::Pattern("^a".to_owned()),]
    );
    assert_eq!(schema_of(b).values(), ["{\"x\":1}"]);
}

#[test]
fn newer_methods_and_extensions_are_told_apart() {
    let (sources, spec) = read_one(
        "openapi: 3.2.0
paths:
  x-note: {get: {}}
  /a:
    x-get: {get: {}}
    query: {responses: {200: {description: found}}}
    additionalOperations:
      PURGE: {}
    trace: {}
",
    );
    assert_eq!(problems(&sources, &spec), [""; 0]);
    assert_eq!(calls(&spec.operations), ["QUERY /a", "PURGE /a", "TRACE /a"]);
    let (_, older) = read_one("openapi: 3.1.1\npaths: {/a: {query: {}, get: {}}}\n");
    assert_eq!(calls(&older.operations), ["GET /a"]);
}

#[test]
fn merge_keys_bring_operations_and_responses() {
    let (sources, spec) = read_one(
        "openapi: 3.0.0
x-errors: &errors {404: {description: gone}, 500: {description: broken}}
x-item: &item {delete: {responses: *errors}}
paths:
  /a:
    <<: *item
    get: {responses: {<<: *errors, 200: {description: fine}, 404: {description: none}}}
",
    );
    assert_eq!(problems(&sources, &spec), [""; 0]);
    assert_eq!(calls(&spec.operations), ["GET /a", "DELETE /a"]);
    assert_eq!(descriptions(&spec.call(&sources, &spec.operations[0])), ["fine", "none", "broken"]);
}

#[test]
fn a_broken_spec_is_one_problem_and_what_can_be_read_is_read() {
    let cases = [
        ("", ": the OpenAPI document is empty / begin the document with `openapi: 3.1.0`"),
        (
            "just text\n",
            "just text: no OpenAPI document: the file holds no keys with values / begin the document with `openapi: 3.1.0`",
        ),
        ("info: {}\npaths: {}\n", "info: no `openapi` version / begin the document with `openapi: 3.1.0`"),
        (
            "openapi: 4.0.0\npaths: {}\n",
            "4.0.0: unknown OpenAPI version `openapi: 4.0.0` / docwright reads OpenAPI 2.0 (`swagger: \"2.0\"`), 3.0, 3.1 and 3.2",
        ),
        (
            "swagger: 2.0\ninfo: {}\n",
            "swagger: no `paths` / add `paths` with the operations of the API, or `paths: {}`",
        ),
        (
            "openapi: 3.0\ninfo: {}\n",
            "openapi: no `paths` / add `paths` with the operations of the API, or `paths: {}`",
        ),
        (
            "openapi: 3.1.0\ninfo: {}\n",
            "openapi: no `paths`, `webhooks` or `components` / add `paths` with the operations of the API",
        ),
        (
            "openapi: 3.1.0\npaths:\n",
            "paths: `paths` holds no paths / each key below `paths` is a path such as `/orders`, and `paths: {}` is none",
        ),
        (
            "openapi: 3.0.0\ninfo: a: b\n",
            ": b: broken YAML: unexpected `:` / put a text that holds `: ` in quotes, or check the indentation",
        ),
        ("{\"openapi\": \"3.0.0\", \"paths\": {", "{: broken JSON: unclosed `{` / -"),
    ];
    for (text, expected) in cases {
        let (sources, spec) = read_one(text);
        assert_eq!(problems(&sources, &spec), [expected], "{text}");
    }
    let (sources, spec) = read(
        "//- a.yaml
openapi: 3.0.0
paths:
  /a: {get: {responses: {200: {$ref: b.yaml#/x}, 400: {$ref: b.yaml#/y}}}}
  /b:
    get:
      summary: \"unclosed
//- b.yaml
x: {description: read}
z: [
",
    );
    assert_eq!(calls(&spec.operations)[0], "GET /a");
    assert_eq!(descriptions(&spec.call(&sources, &spec.operations[0]))[0], "read");
    let messages: Vec<_> = spec.problems.iter().map(|it| sources.path(it.span.source)).collect();
    assert_eq!(messages, ["a.yaml", "b.yaml"]);
}

#[test]
fn documents_without_paths_are_fine_since_3_1() {
    let (sources, spec) =
        read_one("openapi: 3.1.0\nwebhooks: {shipped: {post: {}}}\ncomponents: {schemas: {A: true}}\n");
    assert_eq!((problems(&sources, &spec), spec.operations.len()), (vec![], 0));
    assert_eq!((calls(&spec.webhooks), &*spec.title), (vec!["POST shipped".to_owned()], "api.yaml"));
}

#[test]
fn any_prefix_of_a_spec_is_read() {
    for text in [
        include_str!("tests/orders.yaml"),
        include_str!("tests/stock-2.0.yaml"),
        include_str!("tests/small.json"),
    ] {
        for end in (0..text.len()).filter(|&it| text.is_char_boundary(it)) {
            let (sources, spec) = read_one(&text[..end]);
            let spans =
                spec.problems.iter().map(|it| it.span).chain(spec.operations.iter().map(|it| it.span));
            for span in spans.chain(spec.references.iter().map(|it| it.span)) {
                assert!(sources.get(span.source).text.get(span.range()).is_some());
            }
        }
    }
}

/// Prints what is in the specs of the folder that `DOCWRIGHT_SPECS` names, to compare with other tools.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads specs from the folder that the environment names")]
fn counts_of_other_specs() {
    let Some(folder) = std::env::var_os("DOCWRIGHT_SPECS").map(std::path::PathBuf::from) else { return };
    let mut texts = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(at) = folders.pop() {
        for path in std::fs::read_dir(at).unwrap().map(|it| it.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                texts.push(Source::new(path.strip_prefix(&folder).unwrap().to_string_lossy(), text));
            }
        }
    }
    let sources = Sources::new(texts);
    for (id, source) in sources.iter().filter(|(_, it)| looks_like_openapi(&it.path, &it.text)) {
        let spec = load(id, &sources);
        let count = |all: &[Operation]| {
            let calls: Vec<_> = all.iter().map(|it| spec.call(&sources, it)).collect();
            let parameters: usize = calls.iter().map(|it| it.parameters().len()).sum();
            let responses: usize = calls.iter().map(|it| it.responses().len()).sum();
            (all.len(), parameters, responses)
        };
        eprintln!(
            "{} {} {:?} webhooks {:?} files {} references {}",
            source.path,
            spec.version,
            count(&spec.operations),
            count(&spec.webhooks),
            spec.files.len(),
            spec.references.len()
        );
        problems(&sources, &spec).iter().for_each(|it| eprintln!("    {it}"));
    }
}
