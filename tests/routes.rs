//! `docwright routes` on an application of forty route files with a spec of a dozen operations, as teams have them:
//! what is in the table, what is found, what others have seen, and the skeleton of what is missing.

use serde_json::Value;

use crate::commands::{made, run};

/// Resources with the verbs that their files export.
const PARTS: [(&str, &str); 20] = [
    ("berths", "GET POST"),
    ("boats", "GET POST"),
    ("charters", "GET POST"),
    ("crews", "GET"),
    ("dockings", "GET POST"),
    ("fares", "GET PUT"),
    ("fuel", "GET"),
    ("gates", "GET"),
    ("health", "GET"),
    ("invoices", "GET POST"),
    ("lanterns", "GET"),
    ("moorings", "GET POST"),
    ("notices", "GET DELETE"),
    ("payments", "POST"),
    ("pilots", "GET"),
    ("rosters", "GET PATCH"),
    ("sessions", "POST DELETE"),
    ("tides", "GET"),
    ("vessels", "GET POST"),
    ("weather", "GET"),
];

/// Twenty collections and as many single things, each a file of its own.
fn application() -> Vec<(String, String)> {
    let handler =
        |verb: &str| format!("export async function {verb}() {{\n  return Response.json({{}});\n}}\n");
    let mut files = vec![("package.json".to_owned(), r#"{"dependencies": {"next": "15.0.0"}}"#.to_owned())];
    for (name, verbs) in PARTS {
        let text: String = verbs.split(' ').map(handler).collect();
        files.push((format!("src/app/api/{name}/route.ts"), text));
        files.push((format!("src/app/api/{name}/[id]/route.ts"), handler("GET")));
    }
    files
}

/// Twelve operations: eight as the code has them, two with the wrong verb, two without the prefix.
const SPEC: &str = r#"openapi: 3.0.3
info: {title: Harbour, version: "1"}
security: []
paths:
  /api/berths: {get: {summary: a, operationId: a, responses: {"200": {description: fine}}}}
  /api/berths/{berth}:
    parameters: [{name: berth, in: path, required: true, schema: {type: string}}]
    get: {summary: b, operationId: b, responses: {"200": {description: fine}}}
  /api/boats:
    get: {summary: c, operationId: c, responses: {"200": {description: fine}}}
    post: {summary: d, operationId: d, responses: {"201": {description: fine}}}
  /api/tides: {get: {summary: e, operationId: e, responses: {"200": {description: fine}}}}
  /api/weather: {get: {summary: f, operationId: f, responses: {"200": {description: fine}}}}
  /api/vessels: {get: {summary: g, operationId: g, responses: {"200": {description: fine}}}}
  /api/pilots: {get: {summary: h, operationId: h, responses: {"200": {description: fine}}}}
  /api/sessions: {get: {summary: i, operationId: i, responses: {"200": {description: fine}}}}
  /api/fares: {patch: {summary: j, operationId: j, responses: {"200": {description: fine}}}}
  /lanterns: {get: {summary: k, operationId: k, responses: {"200": {description: fine}}}}
  /fuel: {get: {summary: l, operationId: l, responses: {"200": {description: fine}}}}
"#;

fn project(more: &[(&str, &str)]) -> tempfile::TempDir {
    let files = application();
    let mut files: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("docs/openapi.yaml", SPEC));
    files.extend(more);
    made(&files)
}

#[test]
fn the_table_and_the_findings_tell_the_story() {
    let dir = project(&[]);
    let (code, out, _) = run(dir.path(), &["routes", "--format", "json"]);
    assert_eq!(code, 1);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    let count = |status: &str| {
        let routes = value["routes"].as_array().expect("routes");
        routes.iter().filter(|it| it["status"] == status).count()
    };
    let served: usize = PARTS.iter().map(|(_, verbs)| verbs.split(' ').count() + 1).sum();
    assert_eq!(served, 51);
    let statuses = ["documented", "verb-differs", "prefix-differs", "stale", "undocumented"].map(count);
    assert_eq!(statuses, [8, 2, 2, 0, 39]);
    let totals = &value["totals"];
    assert_eq!(
        (&totals["served"], &totals["documented"], &totals["operations"]),
        (&51.into(), &8.into(), &12.into())
    );
    assert_eq!((&totals["served_paths"], &totals["documented_paths"]), (&40.into(), &7.into()));

    let (_, out, _) = run(dir.path(), &["check", "--select", "route", "--format", "concise"]);
    let of = |rule: &str| out.lines().filter(|it| it.contains(rule)).collect::<Vec<_>>();
    assert_eq!(of("route/undocumented").len(), 39, "{out}");
    let verbs = of("route/verb-differs");
    assert_eq!(verbs.len(), 2, "{out}");
    for words in
        ["`/api/fares` is documented as PATCH and served as PUT", "`/api/sessions` is documented as GET and"]
    {
        assert!(verbs.iter().any(|it| it.contains(words)), "{verbs:?}");
    }
    let prefix = of("route/prefix-differs");
    assert_eq!(prefix.len(), 1, "one mount, one finding: {out}");
    assert!(prefix[0].contains("`/api`"), "{prefix:?}");
}

#[test]
fn what_others_saw_counts_too() {
    let log = r#"10.0.0.7 - - [21/Nov/2026:03:00:00 +0000] "GET /api/berths/17 HTTP/1.1" 200 12
10.0.0.7 - - [21/Nov/2026:03:00:01 +0000] "GET /api/crews HTTP/1.1" 200 12
10.0.0.7 - - [21/Nov/2026:03:00:02 +0000] "GET /api/crews/3 HTTP/1.1" 404 12
10.0.0.7 - - [21/Nov/2026:03:00:03 +0000] "GET /old/3 HTTP/1.1" 200 12
"#;
    let list =
        r#"[{"method": "GET|HEAD", "uri": "legacy/{id}"}, {"method": "GET|HEAD", "uri": "api/tides"}]"#;
    let dir = project(&[("build/access.log", log), ("build/legacy.json", list)]);
    let file = |name: &str| dir.path().join("build").join(name).display().to_string();
    let log = format!("access-log={}", file("access.log"));
    let list = format!("artisan={}", file("legacy.json"));
    let (_, out, _) = run(dir.path(), &["routes", "--format", "json", "--import", &log, "--import", &list]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["totals"]["served"], 52, "what the code says too is no second route");
    let seen = value["requests"]["undocumented"].as_array().expect("requests");
    let seen: Vec<String> =
        seen.iter().map(|it| format!("{} {} {}", it["path"], it["served"], it["requests"])).collect();
    assert_eq!(seen, ["\"/api/crews\" true 1", "\"/old/3\" false 1"]);
    assert_eq!(value["requests"]["documented"], 1);
    assert_eq!(run(dir.path(), &["routes", "--import", "hair=x"]).0, 2);
    assert_eq!(run(dir.path(), &["routes", "--import", "har=nowhere.har"]).0, 2);
}

#[test]
fn a_skeleton_makes_the_coverage_whole_and_keeps_what_is_there() {
    let dir = project(&[]);
    let spec = dir.path().join("docs/openapi.yaml");
    let (_, _, err) = run(dir.path(), &["routes", "--scaffold", spec.to_str().expect("a path")]);
    assert!(err.contains("Wrote 39 skeleton operations"), "{err}");
    let text = std::fs::read_to_string(&spec).expect("the spec");
    // Items in one line are added to in that line.
    assert!(text.starts_with(&SPEC[..90]) && text.contains("x-docwright-origin"), "{text}");
    let (_, out, _) = run(dir.path(), &["routes", "--format", "json"]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["totals"]["undocumented"], 0, "{text}");
    let (_, _, err) =
        run(dir.path(), &["routes", "--scaffold", dir.path().join("a.txt").to_str().expect("a path")]);
    assert!(err.contains("neither YAML nor JSON"), "{err}");
}

#[test]
fn a_skeleton_has_the_query_parameters_that_the_code_names() {
    let python = "from datetime import date\nfrom fastapi import FastAPI, Query, Header\napp = FastAPI()\n\
                  @app.get('/tides/{port}')\n\
                  def tides(port: str, day: date, hours: int = 12, kind: list[str] = Query([]), trace: str = Header('')): ...\n";
    let script = "const express = require('express');\nconst app = express();\n\
                  app.get('/boats', (req, res) => { const { crew } = req.query; fetch('/x').then((it) => it.query.no);\n\
                  res.json(req.body.no, Number(req.query.length)); });\n\
                  app.post('/boats', (req, res) => res.json(req.body.name));\napp.listen(1);\n";
    let spec = "openapi: 3.0.3\ninfo: {title: Harbour, version: '1'} # ours\npaths:\n  /boats:\n    get:\n      summary: Boats\n      \
                responses: {'200': {description: fine}}\n";
    let manifest = r#"{"dependencies": {"express": "4"}}"#;
    let dir = made(&[
        ("tides/main.py", python),
        ("tides/requirements.txt", "fastapi\n"),
        ("boats/server.js", script),
        ("boats/package.json", manifest),
        ("docs/index.md", "# Harbour\n"),
    ]);
    let file = dir.path().join("docs/openapi.json");
    let (_, _, err) = run(dir.path(), &["routes", "--scaffold", file.to_str().expect("a path")]);
    assert!(err.contains("Wrote 3 skeleton operations"), "{err}");
    let text = std::fs::read_to_string(&file).expect("the spec");
    let document: openapiv3::OpenAPI = serde_json::from_str(&text).expect("a document");
    let parameters: Vec<String> = document
        .operations()
        .map(|(path, method, operation)| {
            let all = operation.parameters.iter().filter_map(|it| it.as_item());
            let words = all.map(|it| {
                let data = it.parameter_data_ref();
                let schema = serde_json::to_value(&data.format).expect("JSON");
                format!("{}{} {}", data.name, if data.required { "!" } else { "" }, schema["schema"])
            });
            format!("{method} {path}: {}", words.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert_eq!(
        parameters,
        [
            r#"get /boats: crew {"type":"string"}, length {"type":"number"}"#,
            "post /boats: ",
            r#"get /tides/{port}: port! {"type":"string"}, day! {"type":"string","format":"date"}, hours {"type":"integer"}, kind {"type":"array","items":{"type":"string"}}"#,
        ]
    );
    // What is reported of it is what a skeleton without parameters is reported for.
    let (_, out, _) = run(dir.path(), &["check", "--format", "concise"]);
    assert!(!out.contains("parameter"), "{out}");

    // Beside what is there.
    std::fs::remove_file(&file).expect("the spec");
    let file = dir.path().join("docs/openapi.yaml");
    std::fs::write(&file, spec).expect("the spec");
    run(dir.path(), &["routes", "--scaffold", file.to_str().expect("a path")]);
    let text = std::fs::read_to_string(&file).expect("the spec");
    let mut rest = text.lines();
    assert!(spec.lines().all(|line| rest.any(|it| it == line)), "{text}");
    assert!(text.contains("name: hours") && !text.contains("name: crew"), "{text}");

    let (_, out, _) = run(dir.path(), &["routes", "--format", "json"]);
    let value: Value = serde_json::from_str(&out).expect("JSON");
    let boats = value["routes"].as_array().expect("routes").iter().find(|it| it["path"] == "/boats");
    assert_eq!(
        boats.expect("a route")["query"][1],
        serde_json::json!({ "name": "length", "required": false, "type": "number" })
    );
}

#[test]
fn what_is_generated_or_brought_along_is_told_apart() {
    let pom = "<project><build><plugins><plugin>\n  <artifactId>openapi-generator-maven-plugin</artifactId>\n\
               <configuration><inputSpec>${project.basedir}/docs/openapi.yaml</inputSpec>\n\
               <generatorName>spring</generatorName></configuration></plugin></plugins></build></project>\n";
    let dir = made(&[("pom.xml", pom), ("docs/openapi.yaml", SPEC), ("docs/index.md", "# Harbour\n")]);
    let (code, out, _) = run(dir.path(), &["routes", "--format", "tsv"]);
    assert_eq!(code, 0, "{out}");
    assert_eq!(out.lines().filter(|it| it.contains("\tcontract-first\t")).count(), 12, "{out}");
    let (_, out, _) = run(dir.path(), &["check", "--select", "route", "--format", "concise"]);
    assert_eq!(out, "");

    let users = "from fastapi import FastAPI\nfrom fastapi_users import FastAPIUsers\n\
                 users = FastAPIUsers(manager, [backend])\napp = FastAPI()\n\
                 app.include_router(users.get_register_router(A, B), prefix='/auth')\n\
                 @app.get('/api/tides')\ndef tides(): ...\n";
    let dir = made(&[("main.py", users), ("requirements.txt", "fastapi\n"), ("docs/openapi.yaml", SPEC)]);
    let (_, out, _) = run(dir.path(), &["routes", "--format", "tsv"]);
    assert!(out.contains("POST\t/auth/register\tlibrary\tresolved\tmain.py:5"), "{out}");
    assert!(out.contains("GET\t/api/tides\tdocumented\t"), "{out}");
}
