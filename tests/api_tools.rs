//! `docwright api`: what the commands print, write and end with.

use std::path::Path;
use std::process::Command;

use docwright::api::diff::ALL;
use serde_json::Value;

use crate::commands::{made, run};
use crate::golden::{command, compare};

const SPEC: &str = "openapi: 3.1.0
info: {title: Ferry API, version: '1'}
servers: [{url: https://api.ferries.example, description: Production}]
tags: [{name: sailings}]
security: [{}]
paths:
  /sailings/{id}:
    get:
      tags: [sailings]
      operationId: showSailing
      summary: Show a sailing
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200': {description: A sailing, content: {application/json: {schema: {$ref: schemas/sailing.yaml}}}}
        '404': {description: No such sailing}
";

const SAILING: &str = "type: object\nproperties:\n  id: {type: integer}\n  port: {type: string}\n";

fn project() -> tempfile::TempDir {
    made(&[
        ("api/openapi.yaml", SPEC),
        ("api/schemas/sailing.yaml", SAILING),
        ("docs/a.md", "# A\n\n[x](b.md)\n"),
    ])
}

fn read(dir: &Path, path: &str) -> String {
    std::fs::read_to_string(dir.join(path)).expect("the file")
}

#[test]
fn lint_looks_at_specs_alone() {
    let dir = project();
    let (code, out, err) = run(dir.path(), &["api", "lint", "--format", "concise"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let broken = SPEC.replace("schemas/sailing.yaml", "schemas/sale.yaml");
    std::fs::write(dir.path().join("api/openapi.yaml"), broken).expect("a file");
    let file = dir.path().join("api/openapi.yaml");
    let (code, out, _) =
        run(dir.path(), &["api", "lint", file.to_str().expect("a path"), "--format", "json"]);
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"]["findings"]["error"], 1);
    assert_eq!(report["findings"][0]["rule"], "api/unresolved-ref");
    assert_eq!(report["findings"][0]["path"], "api/openapi.yaml");
    assert_eq!(run(dir.path(), &["api", "lint", "--ignore", "api/unresolved-ref"]).0, 0);
    assert_eq!(run(dir.path(), &["api", "lint", "--select", "api/unread"]).0, 2);
    let folder = dir.path().join("docs");
    assert_eq!(run(dir.path(), &["api", "lint", folder.to_str().expect("a path")]).0, 2, "nothing to lint");
}

#[test]
fn a_file_outside_a_project_is_its_own() {
    let outside = made(&[
        ("x/openapi.yaml", &SPEC.replace("schemas/", "../schemas/")),
        ("schemas/sailing.yaml", SAILING),
    ]);
    let here = tempfile::tempdir().expect("a temporary folder");
    let file = outside.path().join("x/openapi.yaml");
    let done = command(&["api", "lint", "--format", "concise", file.to_str().expect("a path")])
        .current_dir(here.path())
        .output()
        .expect("docwright runs");
    let out = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(1), "{out}");
    assert!(out.starts_with("openapi.yaml:") && out.contains("missing file"), "{out}");
}

#[test]
fn a_collection_is_written_and_checked() {
    let dir = project();
    let at = |path: &str| dir.path().join(path).to_str().expect("a path").to_owned();
    let (file, folder) = (at("out/collection.json"), at("out/environments"));
    let args = ["api", "postman", "-o", &file, "--environments", &folder];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    let text = read(dir.path(), "out/collection.json");
    let collection: Value = serde_json::from_str(&text).expect("JSON");
    assert_collection(&collection);
    assert_eq!(collection["item"][0]["item"][0]["request"]["url"]["raw"], "{{baseUrl}}/sailings/:id");
    let environment: Value =
        serde_json::from_str(&read(dir.path(), "out/environments/production.postman_environment.json"))
            .expect("JSON");
    assert_eq!(environment["values"][0]["value"], "https://api.ferries.example");
    let check = [&args[..], &["--check"]].concat();
    assert_eq!(run(dir.path(), &check).0, 0);
    let spec = SPEC.replace("/sailings/{id}", "/crossings/{id}").replace("ferries.example", "boats.example");
    std::fs::write(dir.path().join("api/openapi.yaml"), spec).expect("a file");
    let (code, out, _) = run(dir.path(), &check);
    assert_eq!(code, 1);
    for words in
        ["`GET /crossings/:id` is missing", "`GET /sailings/:id` is no longer", "`values` is out of date"]
    {
        assert!(out.contains(words), "{out}");
    }
    assert_eq!(read(dir.path(), "out/collection.json"), text, "`--check` writes nothing");
    assert_eq!(run(dir.path(), &args).0, 0);
    assert_eq!(run(dir.path(), &check).0, 0);
    assert_eq!(run(dir.path(), &["api", "postman", "--check"]).0, 2);
}

/// What the schema of collections 2.1 asks of the parts that are used here.
fn assert_collection(collection: &Value) {
    let text = |value: &Value| assert!(value.is_string(), "{value}");
    text(&collection["info"]["name"]);
    assert!(collection["info"]["schema"].as_str().is_some_and(|it| it.contains("/v2.1.0/")));
    let mut open: Vec<&Value> = collection["item"].as_array().expect("items").iter().collect();
    while let Some(item) = open.pop() {
        text(&item["name"]);
        if let Some(items) = item["item"].as_array() {
            open.extend(items);
            continue;
        }
        let request = &item["request"];
        text(&request["method"]);
        assert!(request["header"].as_array().expect("headers").iter().all(|it| it["key"].is_string()));
        let url = &request["url"];
        text(&url["raw"]);
        assert!(url["host"].as_array().is_some_and(|it| it.iter().all(Value::is_string)));
        assert!(url["path"].as_array().is_some_and(|it| it.iter().all(Value::is_string)));
        let modes = ["raw", "urlencoded", "formdata", "file"];
        assert!(request["body"].is_null() || modes.iter().any(|it| request["body"]["mode"] == *it));
        for response in item["response"].as_array().expect("responses") {
            text(&response["name"]);
            text(&response["body"]);
            assert!(response["code"].is_u64() && response["originalRequest"].is_object());
        }
    }
}

#[test]
fn every_command_reads_what_the_fixture_holds() {
    let fixture = crate::golden::project();
    for command in ["lint", "stats", "postman", "bundle"] {
        let (code, out, err) = run(&fixture, &["api", command]);
        assert!(code < 2 || err.contains("name one of"), "{command}: {code} {out} {err}");
    }
}

#[test]
fn revisions_are_compared_with_files() {
    let dir = project();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(dir.path())
            .output()
            .expect("git runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "x"]);
    let changed = SAILING.replace("  port: {type: string}\n", "").replace("integer", "string");
    std::fs::write(dir.path().join("api/schemas/sailing.yaml"), changed).expect("a file");
    let new = dir.path().join("api/openapi.yaml");
    let new = new.to_str().expect("a path");
    let args = ["api", "diff", "HEAD:api/openapi.yaml", new, "--as-of", "2026-06-30"];
    let (code, out, err) = run(dir.path(), &args);
    assert_eq!(code, 0, "{err}");
    let expected = "GET /sailings/{id}
  breaking  property `sailing.port` was removed                           optional-property-removed  api/schemas/sailing.yaml:4:3 (before)
  breaking  the type of `sailing.id` changed from `integer` to `string`  type-changed               api/schemas/sailing.yaml:3:14

2 breaking, 0 warning, 0 non-breaking, 0 documentation.
";
    let squeezed = |it: &str| {
        let lines = it.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines
    };
    assert_eq!(squeezed(&out), squeezed(expected), "{out}");
    let (code, out, _) =
        run(dir.path(), &[&args[..], &["--fail-on", "breaking", "--format", "json"]].concat());
    assert_eq!(code, 1);
    let report: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((&report["version"], &report["summary"]["breaking"]), (&1.into(), &2.into()));
    let change = report["changes"].as_array().expect("changes").iter().find(|it| it["id"] == "type-changed");
    let change = change.expect("the change");
    assert_eq!(
        (&change["operation"], &change["direction"]),
        (&"GET /sailings/{id}".into(), &"response".into())
    );
    assert_eq!((&change["old"]["line"], &change["new"]["column"]), (&3.into(), &14.into()));
    let (_, out, _) = run(dir.path(), &[&args[..], &["--format", "github"]].concat());
    assert!(
        out.contains("::error file=api/schemas/sailing.yaml,line=3,col=14,title=type-changed::GET"),
        "{out}"
    );
    let (_, out, _) = run(dir.path(), &[&args[..], &["--format", "markdown"]].concat());
    assert!(
        out.starts_with("## Breaking changes\n\n| Where | What |\n|---|---|\n| `GET /sailings/{id}` | "),
        "{out}"
    );
    let (code, _, err) = run(dir.path(), &["api", "diff", "HEAD:api/none.yaml", new]);
    assert!(code == 2 && err.contains("`api/none.yaml` in the revision `HEAD`"), "{err}");
    let (code, _, err) = run(dir.path(), &["api", "diff", "nowhere:api/openapi.yaml", new]);
    assert!(code == 2 && err.contains("no revision `nowhere`"), "{err}");
    assert_eq!(run(dir.path(), &["api", "diff", new, new]).1, "Nothing changed.\n");
}

#[test]
fn a_bundle_is_one_file_that_says_the_same() {
    let dir = project();
    let bundle = dir.path().join("out/openapi.json");
    let bundle = bundle.to_str().expect("a path");
    assert_eq!(run(dir.path(), &["api", "bundle", "-o", bundle]).0, 0);
    let spec = dir.path().join("api/openapi.yaml");
    let spec = spec.to_str().expect("a path");
    assert_eq!(run(dir.path(), &["api", "diff", spec, bundle]).1, "Nothing changed.\n");
    let (code, out, _) = run(dir.path(), &["api", "bundle", spec]);
    assert_eq!(code, 0);
    assert!(
        out.starts_with(&SPEC.replace("schemas/sailing.yaml", "'#/components/schemas/sailing'")),
        "{out}"
    );
    assert!(out.contains("components:\n  schemas:\n    sailing:\n      type: object\n"), "{out}");
    assert_eq!(run(dir.path(), &["api", "bundle", spec, "-o", "x.txt"]).0, 2);
    let (code, _, err) = run(dir.path(), &["api", "stats"]);
    assert!(code == 2 && err.contains("there are 2 OpenAPI documents"), "{err}");
    let (_, out, _) = run(dir.path(), &["api", "stats", spec, "--format", "json"]);
    let stats: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(stats["stats"]["operations"], 1);
    assert_eq!(stats["stats"]["operations_with_error_response"]["of"], 1);
}

#[test]
fn the_page_of_changes_names_every_check() {
    let mut page = String::from(
        "# Changes of an API\n\nWhat `docwright api diff` looks for. The same change may break what clients send and \
         be harmless in what they get, or the other way round.\n\n",
    );
    let mut area = "";
    for check in ALL {
        if check.area.as_str() != area {
            area = check.area.as_str();
            let title = format!("{}{}", area[..1].to_uppercase(), &area[1..]);
            page.push_str(&format!(
                "{}## {title}\n\n| Change | In requests | In responses | Says |\n|---|---|---|---|\n",
                if page.ends_with("|\n") { "\n" } else { "" }
            ));
        }
        let says = check.message.replace("`{s}`", "{s}").replace("`{a}`", "{a}").replace("`{b}`", "{b}");
        let says = says.replace("{s}", "*subject*").replace("{a}", "*before*").replace("{b}", "*after*");
        let (request, response) = (check.request.as_str(), check.response.as_str());
        page.push_str(&format!("| `{}` | {request} | {response} | {says} |\n", check.id));
    }
    compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-src/reference/api-changes.md"), &page);
}

#[test]
fn the_site_tells_what_changed_between_revisions() {
    let dir = project();
    let git = |arguments: &[&str]| crate::gate::git(dir.path(), arguments);
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "x"]);
    git(&["tag", "v1"]);
    std::fs::write(dir.path().join("docs/a.md"), "# A\n").expect("a file");
    git(&["commit", "--quiet", "--all", "--message", "x"]);
    git(&["tag", "v1.0.1"]);
    std::fs::write(dir.path().join("api/schemas/sailing.yaml"), SAILING.replace("integer", "string"))
        .expect("a file");
    git(&["commit", "--quiet", "--all", "--message", "x"]);
    git(&["tag", "v2"]);
    let page = |changelog: &str| {
        let text = format!("[api]\nchangelog = {changelog}\n");
        std::fs::write(dir.path().join("book.toml"), text).expect("a file");
        let (code, _, err) = run(dir.path(), &["build"]);
        assert_eq!(code, 0, "{err}");
        (read(dir.path(), "book/api/ferry-api/changelog.html"), err)
    };
    let (html, err) = page("[\"v1\", \"v1.5\", \"v2\"]");
    assert!(html.contains("the type of <code>sailing.id</code> changed from"), "{html}");
    assert!(html.contains("since v1") && html.contains("no revision <code>v1.5</code>"), "{html}");
    assert_eq!(err.matches("there is no revision `v1.5`").count(), 1, "{err}");
    let (html, err) = page("\"tags\"");
    assert!(
        html.contains("since v1<") && !html.contains("v1.0.1") && !err.contains("warning: `api"),
        "{html}"
    );
}

#[test]
fn the_configuration_shows_what_other_linters_set() {
    let dir = project();
    let ruleset = "rules:\n  operation-summary: off\n  info-contact: error\n  of-our-own: error\n";
    std::fs::write(dir.path().join(".spectral.yaml"), ruleset).expect("a file");
    std::fs::write(dir.path().join("book.toml"), "[lint.rules]\n\"api/missing-contact\" = \"info\"\n")
        .expect("a file");
    let (code, out, _) = run(dir.path(), &["config"]);
    assert_eq!(code, 0);
    let line = out.lines().find(|it| it.starts_with("lint.rules.api/missing-summary ")).expect("the rule");
    assert!(line.ends_with("\"off\"  (.spectral.yaml:2, `operation-summary`)"), "{line}");
    assert!(!out.contains("info-contact") && !out.contains("of-our-own"), "{out}");
}
