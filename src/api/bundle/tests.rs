//! Bundles of small specs.

use super::{Language, Obstacle};
use crate::model::spec::{Spec, Target};
use crate::parse::openapi;
use crate::source::{Source, Sources};

fn loaded(files: &[(&str, &str)]) -> (Spec, Sources) {
    let sources = Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect());
    let spec = openapi::load(sources.id(files[0].0).unwrap(), &sources);
    (spec, sources)
}

fn bundle(spec: &Spec, sources: &Sources, language: Language) -> Result<String, Obstacle> {
    super::bundle(spec, sources, language).map(|it| it.text)
}

/// Bundles in a language; what comes out must load with the same operations and nothing missing.
#[track_caller]
fn made(files: &[(&str, &str)], language: Language) -> String {
    let (spec, sources) = loaded(files);
    let text = bundle(&spec, &sources, language).unwrap();
    let name = if language == Language::Json { "b.json" } else { "b.yaml" };
    let (again, _) = loaded(&[(name, &text)]);
    assert!(again.problems.is_empty(), "{:?}\n{text}", again.problems);
    let names =
        |it: &Spec| it.operations.iter().map(|it| (it.method.clone(), it.path.clone())).collect::<Vec<_>>();
    assert_eq!(names(&again), names(&spec), "{text}");
    assert!(again.references.iter().all(|it| it.target != Target::Missing), "{text}");
    text
}

const ROOT: &str = "# The shop.
openapi: 3.1.0
info:
  title: Shop # short
  version: '1'
paths:
  /orders:
    $ref: paths/orders.yaml
  /flow: {$ref: 'paths/orders.yaml'}
components:
  schemas:
    # The line of an order.
    Line:
      $ref: schemas/Line.yaml
    Id:
      type: integer
      maximum: 18446744073709552000
# the end
";

const FILES: &[(&str, &str)] = &[
    ("api.yaml", ROOT),
    (
        "paths/orders.yaml",
        "# All about orders.\nget:\n  summary: 'List: all'\n  description: |\n    First\n\n      indented\n  responses:\n    '200':\n      description: ok\n      content:\n        application/json:\n          schema:\n            type: array\n            items: {$ref: \"../schemas/Order.yaml\"} # each\n    '404':\n      $ref: ../common.json#/responses/Missing\n",
    ),
    (
        "schemas/Order.yaml",
        "type: object\nproperties:\n  id: {$ref: '../api.yaml#/components/schemas/Id'}\n  lines:\n    type: array\n    items:\n      $ref: Line.yaml\n  parent:\n    description: kept\n    $ref: '#'\n  kind:\n    $ref: '#/$defs/Id'\n$defs:\n  Id:\n    type: string\n",
    ),
    ("schemas/Line.yaml", "type: object # a line\nproperties:\n  order:\n    $ref: ./Order.yaml\n"),
    ("common.json", "{\"responses\": {\"Missing\": {\"description\": \"gone\\nfor good\"}}}"),
];

#[test]
fn yaml_is_pasted_with_its_comments() {
    let text = made(FILES, Language::Yaml);
    let order = "    Order:
      type: object
      properties:
        id: {$ref: '#/components/schemas/Id'}
        lines:
          type: array
          items:
            $ref: '#/components/schemas/Line'
        parent:
          description: kept
          $ref: '#/components/schemas/Order'
        kind:
          $ref: '#/components/schemas/Id2'
";
    for part in [
        "# The shop.\nopenapi: 3.1.0\ninfo:\n  title: Shop # short\n",
        "  /orders:\n    get:\n      summary: 'List: all'\n      description: |\n        First\n\n          indented\n",
        "                items: {$ref: '#/components/schemas/Order'} # each\n",
        "          $ref: '#/components/responses/Missing'\n",
        "    # The line of an order.\n    Line:\n      type: object # a line\n      properties:\n        order:\n          $ref: '#/components/schemas/Order'\n",
        "maximum: 18446744073709552000\n",
        order,
        "    Id2:\n      type: string\n",
        "  responses:\n    Missing:\n      description: |-\n        gone\n        for good\n# the end\n",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    assert_eq!(text, made(&[("api.yaml", &text)], Language::Yaml), "a bundle of a bundle is the same");
}

#[test]
fn lines_end_as_those_of_the_root() {
    let windows: Vec<(&str, String)> =
        FILES.iter().map(|(path, text)| (*path, text.replace('\n', "\r\n"))).collect();
    let mut files: Vec<(&str, &str)> = windows.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let all = made(&files, Language::Yaml);
    assert_eq!(all.replace("\r\n", "\n"), made(FILES, Language::Yaml));
    assert_eq!(all.matches('\n').count(), all.matches("\r\n").count());
    files[0] = FILES[0];
    assert_eq!(made(&files, Language::Yaml), made(FILES, Language::Yaml));
}

#[test]
fn json_holds_the_same() {
    let text = made(FILES, Language::Json);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schemas = &value["components"]["schemas"];
    assert_eq!(schemas["Order"]["properties"]["kind"]["$ref"], "#/components/schemas/Id2");
    assert_eq!(schemas["Order"]["properties"]["parent"]["description"], "kept");
    assert_eq!(schemas["Line"]["properties"]["order"]["$ref"], "#/components/schemas/Order");
    assert!(text.contains("\"maximum\": 18446744073709552000"));
    assert_eq!(value["paths"]["/orders"], value["paths"]["/flow"]);
    let yaml = made(&[("api.json", &text)], Language::Yaml);
    assert!(yaml.contains("maximum: 18446744073709552000\n"), "{yaml}");
}

#[test]
fn components_are_made_where_there_are_none() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: x\n          content:\n            a/json:\n              schema: {$ref: a/Thing.yaml}\n            b/json:\n              schema: {$ref: b/Thing.yaml}",
        ),
        ("a/Thing.yaml", "type: string"),
        ("b/Thing.yaml", "enum: &e [a, b]\nexample: *e\n"),
    ];
    let text = made(&files, Language::Yaml);
    let end = "              schema: {$ref: '#/components/schemas/Thing2'}\ncomponents:\n  schemas:\n    Thing:\n      type: string\n    Thing2:\n      enum:\n        - a\n        - b\n      example:\n        - a\n        - b\n";
    assert!(text.ends_with(end), "{text}");
}

#[test]
fn what_no_component_can_hold_is_put_in_its_place() {
    let files = [
        ("api.yaml", "swagger: '2.0'\ninfo:\n  $ref: info.yaml\npaths:\n  $ref: paths.yaml\n"),
        ("info.yaml", "title: T\nversion: '1'\ndescription:\n  $ref: about.md\n"),
        ("about.md", "# About\n\n\"Words\"\n"),
        (
            "paths.yaml",
            "/a:\n  get:\n    x-codeSamples:\n      - lang: sh\n        source:\n          $ref: about.md\n    parameters: [{in: body, name: b, schema: {$ref: 'schema.yaml#/A'}}]\n    responses: {'200': {description: x}}\n",
        ),
        (
            "schema.yaml",
            "A: {type: object, properties: {b: {$ref: '#/B'}}}\nB: {type: object, properties: {a: {$ref: '#/A'}}}\n",
        ),
    ];
    for language in [Language::Yaml, Language::Json] {
        let text = made(&files, language);
        assert!(text.contains(r##""# About\n\n\"Words\"\n""##) || text.contains("# About\n\n"), "{text}");
        assert!(text.contains("#/definitions/A") && text.contains("#/definitions/B"), "{text}");
        assert!(!text.contains("about.md"), "{text}");
    }
}

#[test]
fn mappings_of_discriminators_lead_to_components() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    Pet:\n      oneOf: [{$ref: cat.yaml}]\n      discriminator:\n        propertyName: kind\n        mapping:\n          cat: cat.yaml\n          dog: ./dog.yaml\n",
        ),
        ("cat.yaml", "type: object\nproperties: {friend: {$ref: dog.yaml}}\n"),
        ("dog.yaml", "type: object\n"),
    ];
    let text = made(&files, Language::Yaml);
    assert!(
        text.contains(
            "          cat: '#/components/schemas/cat'\n          dog: '#/components/schemas/dog'\n"
        ),
        "{text}"
    );
}

#[test]
fn circles_of_inlined_values_and_bombs_end() {
    let files = [
        ("api.yaml", "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    $ref: p.yaml\n"),
        (
            "p.yaml",
            "get:\n  callbacks:\n    a:\n      x:\n        $ref: p.yaml\n    b:\n      x:\n        $ref: p.yaml\n",
        ),
    ];
    for language in [Language::Yaml, Language::Json] {
        let (spec, sources) = loaded(&files);
        assert!(bundle(&spec, &sources, language).unwrap().contains("callbacks"));
    }
    let mut bomb = "openapi: 3.0.3\npaths: {}\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let above = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", [above.as_str(); 9].join(", ")));
    }
    let (spec, sources) = loaded(&[("api.yaml", &bomb)]);
    assert!(bundle(&spec, &sources, Language::Json).is_err());
    assert_eq!(bundle(&spec, &sources, Language::Yaml).unwrap(), bomb);
    let (spec, sources) = loaded(&[("api.yaml", "")]);
    assert!(bundle(&spec, &sources, Language::Yaml).is_err());
}

#[test]
fn numbers_and_words_survive_being_written_anew() {
    let text = "{openapi: 3.0.3, info: {title: 'no', version: '1.10'}, paths: {}, x-a: [.5, 1e3, 0x1F, 012, -0.0, ~, Yes, TRUE, 9223372036854775808123, \"a\\tb\", ' x', '', 'true']}";
    let (spec, sources) = loaded(&[("api.yaml", text)]);
    let (before, after) = (bundle(&spec, &sources, Language::Json).unwrap(), {
        let yaml = bundle(&spec, &sources, Language::Yaml).unwrap();
        let (spec, sources) = loaded(&[("api.yaml", &yaml)]);
        bundle(&spec, &sources, Language::Json).unwrap()
    });
    assert_eq!(before, after);
    let value: serde_json::Value = serde_json::from_str(&before).unwrap();
    let expected = r#"[0.5,1000.0,31,12,-0.0,null,"Yes",true,9.223372036854776e+21,"a\tb"," x","","true"]"#;
    assert_eq!(value["x-a"].to_string(), expected);
}
