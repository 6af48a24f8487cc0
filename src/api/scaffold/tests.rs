//! What is written, and that what was there stays.

use openapiv3::OpenAPI;

use super::*;
use crate::parse::tree;

fn missing(method: &str, path: &str, origin: &str) -> Missing {
    Missing { method: method.to_owned(), path: path.to_owned(), origin: origin.to_owned(), query: Vec::new() }
}

fn routes() -> Vec<Missing> {
    vec![
        missing("GET", "/kilns/{id}", "src/routes/kilns.ts:12"),
        missing("PUT", "/kilns/{id}", "src/routes/kilns.ts:20"),
        missing("ANY", "/hooks", "src/index.ts:4"),
    ]
}

/// The document as `openapiv3` reads it.
fn read(path: &str, text: &str) -> OpenAPI {
    let (tree, problems) = tree::parse(path, text);
    assert!(problems.is_empty(), "{problems:?} in {text}");
    let value = tree.root(text).and_then(|it| it.to_json(10_000)).expect("a value");
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn operations(document: &OpenAPI) -> Vec<String> {
    document.operations().map(|(path, method, it)| format!("{method} {path} {}", it.tags.join(","))).collect()
}

#[test]
fn a_new_document_is_one() {
    for (language, name) in [(Language::Yaml, "new.yaml"), (Language::Json, "new.json")] {
        let text = document("Kilns", "/api", &routes(), language);
        let document = read(name, &text);
        assert_eq!(document.servers[0].url, "/api");
        assert_eq!(
            operations(&document),
            ["get /kilns/{id} kilns", "put /kilns/{id} kilns", "get /hooks hooks", "post /hooks hooks"]
        );
        assert!(text.contains("x-docwright-origin") && text.contains("src/routes/kilns.ts:12"), "{text}");
    }
}

#[test]
fn what_is_there_stays() {
    let yaml = "openapi: 3.0.3 # kept\ninfo: {title: Kilns, version: '1'}\npaths:\n    # read\n    /kilns/{id}:\n        get:\n            operationId: getKilnsById   # ours\n            responses:\n                '200': {description: fine} # last\n\ncomponents: {}\n";
    let merged = merge("a.yaml", yaml, &routes()).expect("it can be added to");
    assert_eq!((merged.added, merged.left.len()), (3, 0));
    assert_eq!(
        operations(&read("a.yaml", &merged.text)),
        ["get /kilns/{id} ", "put /kilns/{id} kilns", "get /hooks hooks", "post /hooks hooks"]
    );
    let mut rest = merged.text.lines();
    assert!(yaml.lines().all(|line| rest.any(|it| it == line)), "{}", merged.text);
    assert_eq!(merge("a.yaml", &merged.text, &routes()).expect("again").text, merged.text);
    let windows = merge("a.yaml", &yaml.replace('\n', "\r\n"), &routes()).expect("it can be added to");
    assert_eq!(windows.text, merged.text.replace('\n', "\r\n"));

    let json = "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\"title\": \"Kilns\", \"version\": \"1\"},\n  \"paths\": {\n    \"/kilns/{id}\": {\"get\": {\"responses\": {\"200\": {\"description\": \"fine\"}}}}\n  }\n}\n";
    let merged = merge("a.json", json, &routes()).expect("it can be added to");
    assert_eq!(operations(&read("a.json", &merged.text)).len(), 4, "{}", merged.text);
    let empty = merge(
        "b.json",
        "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"a\", \"version\": \"1\"}, \"paths\": {}}",
        &routes(),
    );
    assert_eq!(operations(&read("b.json", &empty.expect("it can be added to").text)).len(), 4);
}

#[test]
fn what_cannot_be_added_to_is_said() {
    let elsewhere =
        "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths:\n  /kilns/{id}:\n    $ref: kilns.yaml\n";
    let merged = merge("a.yaml", elsewhere, &routes()).expect("the other path is new");
    assert_eq!((merged.added, merged.left), (2, vec!["/kilns/{id}".to_owned()]));
    assert!(merge("a.yaml", "a: [", &routes()).is_err() && merge("a.yaml", "a: 1", &routes()).is_err());
}
