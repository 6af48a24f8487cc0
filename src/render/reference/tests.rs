//! The reference of an invented spec that uses what specs use.

use crate::api::diff::{Change, Level};
use crate::render::tests::{build, html};
use crate::render::{Revision, Settings};

const SPEC: &str = r##"openapi: 3.1.0
info: {title: Berths, version: "2", description: "Hello <script>alert(1)</script> [x](javascript:alert(1))"}
servers:
  - url: https://{region}.berths.example/v1
    variables:
      region: {default: north, enum: [north, south], description: Which harbour}
tags: [{name: Berths}, {name: Crew}]
x-tagGroups:
  - {name: People, tags: [Crew]}
security: [{key: []}]
paths:
  /berths/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}, example: 7}
    get:
      tags: [Berths]
      operationId: readBerth
      summary: Read a berth
      responses:
        "200":
          description: It is there
          headers: {X-Tide: {schema: {type: number}, description: Metres}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Berth"}}}
        "404": {description: Nothing there, content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
    put:
      tags: [Berths]
      operationId: "evil \"><img src=x>"
      security: [{sign: [berths:write, "<b>"]}]
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/Vessel"}}
          application/xml: {schema: {$ref: "#/components/schemas/Vessel"}}
      responses: {"204": {description: Done}}
      callbacks:
        changed:
          "{$request.body#/hook}":
            post: {summary: Tell, responses: {"200": {description: ok}}}
  /crew:
    get: {tags: [Crew], operationId: listCrew, deprecated: true, responses: {"200": {description: All}}}
    delete: {tags: [Crew], operationId: sinkCrew, x-internal: true, responses: {"204": {description: Gone}}}
webhooks:
  arrived:
    post: {summary: A vessel arrived, responses: {"200": {description: Thanks}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    sign:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: "https://id.example/token", scopes: {"berths:write": Change berths}}}
  schemas:
    Berth:
      allOf:
        - $ref: "#/components/schemas/Named"
        - type: object
          required: [length]
          properties:
            length: {type: number, description: In *metres*, exclusiveMinimum: 0, default: 12}
            neighbours: {type: array, items: {$ref: "#/components/schemas/Berth"}}
            vessel: {$ref: "#/components/schemas/Vessel"}
    Named: {type: object, properties: {name: {type: [string, "null"], enum: [quay, "<i>pier</i>", null]}}}
    Vessel:
      oneOf: [{$ref: "#/components/schemas/Ferry"}, {$ref: "#/components/schemas/Tug"}]
      discriminator: {propertyName: kind, mapping: {ferry: "#/components/schemas/Ferry", tug: Tug}}
    Ferry: {type: object, properties: {kind: {const: ferry}, decks: {type: integer}}}
    Tug: {type: object, properties: {kind: {const: tug}, "pull\"><script>": {type: string}}}
    Problem: {type: object, properties: {title: {type: string}}}
"##;

fn site() -> crate::render::tests::Built {
    let page = "# Call\n\nAsk `GET /berths/7` first.\n";
    build(&[("docs/index.md", page), ("api/openapi.yaml", SPEC)], &Settings::default())
}

#[test]
fn an_operation_tells_what_it_takes_and_gives() {
    let site = site();
    // Without the marks of highlighting.
    let marks = regex::Regex::new("<span class=\"tok-[a-z]+\">([^<]*)</span>").expect("a pattern");
    let page = marks.replace_all(html(&site, "api/berths/berths.html"), "$1");
    for words in [
        "<h2 id=\"readBerth\">Read a berth",
        "at least 1",
        "more than 0",
        "In <em>metres</em>",
        "<span>Default</span> <code>12</code>",
        "<a href=\"schemas/Berth.html\">Berth</a>",
        "array of <a href=\"schemas/Berth.html\">Berth</a>",
        "string or null",
        "told apart by <code>kind</code>",
        "<code>ferry</code>",
        "<code>application/json</code> <code>application/xml</code>",
        "<code>X-Tide</code>",
        "<a href=\"authentication.html#scheme-sign\">sign</a> (<code>berths:write</code>",
        "curl &#39;https://north.berths.example/v1/berths/7&#39; \\\n  -H &quot;X-Key: $API_KEY&quot;",
        "{$request.body#/hook}",
        "Used by</span> <a href=\"../../index.html#call\">Call</a>",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
    assert!(html(&site, "index.html").contains("<a href=\"api/berths/berths.html#readBerth\"><code>"));
}

#[test]
fn a_circle_ends_at_a_link() {
    let site = site();
    let page = html(&site, "api/berths/schemas/Berth.html");
    assert_eq!(page.matches("<code>neighbours</code>").count(), 1, "{page}");
    assert!(page.contains("Read a berth"), "it says who uses it");
    assert!(html(&site, "api/berths/schemas/index.html").contains("<a href=\"Berth.html\">"));
}

#[test]
fn nothing_of_a_spec_becomes_markup_that_it_wrote() {
    for (path, content) in &site().files {
        let crate::render::Content::Bytes(bytes) = content else { continue };
        let text = String::from_utf8_lossy(bytes);
        if path.ends_with(".html") {
            for evil in ["<script>alert", "<img src=x", "javascript:alert", "<i>pier", "\"><script>"] {
                assert!(!text.contains(evil), "{evil} in {path}");
            }
        }
    }
}

#[test]
fn what_is_internal_is_not_shown_and_groups_keep_their_order() {
    let site = site();
    assert!(!html(&site, "api/berths/crew.html").contains("sinkCrew"));
    let index = html(&site, "api/berths/index.html");
    let at = |words: &str| index.find(words).unwrap_or_else(|| panic!("no {words} in {index}"));
    assert!(at("<p class=\"group\">People</p>") < at(">Berths</a></h2>"), "{index}");
    assert!(index.contains("href=\"webhooks.html\"") && index.contains("https://{region}.berths.example/v1"));
    assert!(html(&site, "api/berths/webhooks.html").contains("A vessel arrived"));
    let authentication = html(&site, "api/berths/authentication.html");
    assert!(authentication.contains("https://id.example/token") && authentication.contains("Change berths"));
    assert!(
        site.files.contains_key("api/berths/openapi.yaml")
            && site.files.contains_key("api/berths/postman.json")
    );
}

#[test]
fn readers_choose_the_server_of_the_samples() {
    let site = site();
    for page in ["api/berths/index.html", "api/berths/berths.html"] {
        let page = html(&site, page);
        assert!(
            page.contains(
                "<select data-server=\"berths\"><option>https://north.berths.example/v1</option>\
                 <option>https://south.berths.example/v1</option></select>"
            ),
            "{page}"
        );
    }
    let index = html(&site, "api/berths/index.html");
    assert!(
        index.contains("<span>By default</span> <code>https://north.berths.example/v1</code>"),
        "{index}"
    );
    assert!(
        html(&site, "api/berths/berths.html").contains("data-base=\"https://north.berths.example/v1\""),
        "samples say what they are written for"
    );
    // What quotes could end would be a command in what people copy.
    let evil = SPEC.replace("enum: [north, south]", "enum: [north, \"x'$(rm)\"]");
    let site = build(&[("api/openapi.yaml", &evil)], &Settings::default());
    assert!(!html(&site, "api/berths/index.html").contains("<select"));
}

#[test]
fn ways_to_authenticate_are_said_in_a_sentence() {
    let spec = "openapi: 3.1.0\ninfo: {title: Berths, version: '1'}\npaths: {}\ncomponents:\n  securitySchemes:\n    \
                a: {type: apiKey, in: header, name: X-Key}\n    b: {type: http, scheme: Bearer, bearerFormat: JWT}\n    \
                c: {type: http, scheme: basic}\n    \
                d: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://id.example', scopes: {}}}}\n";
    let site = build(&[("api/openapi.yaml", spec)], &Settings::default());
    let page = html(&site, "api/berths/authentication.html");
    for words in [
        "<p>key in the <code>X-Key</code> header ",
        "<p>bearer token (JWT) in the <code>Authorization</code> header ",
        "<p>user name and password ",
        "<p>OAuth 2.0: client credentials ",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
    let settings = Settings { language: "fr".to_owned(), ..Settings::default() };
    let site = build(&[("api/openapi.yaml", spec)], &settings);
    assert!(html(&site, "api/berths/authentication.html").contains("<p>nom d’utilisateur et mot de passe "));
}

#[test]
fn a_spec_of_many_files_is_one_to_take_along() {
    let spec =
        SPEC.replace("schema: {$ref: \"#/components/schemas/Problem\"}", "schema: {$ref: problem.yaml}");
    let files = [("api/openapi.yaml", spec.as_str()), ("api/problem.yaml", "type: object\n")];
    let site = build(&files, &Settings::default());
    assert!(html(&site, "api/berths/index.html").contains("href=\"openapi.yaml\" download"));
    let taken = html(&site, "api/berths/openapi.yaml");
    assert!(taken.contains("#/components/schemas/problem") && !taken.contains("problem.yaml"), "{taken}");
}

#[test]
fn a_tag_may_be_called_like_a_device() {
    let spec = SPEC.replace("Crew", "CON");
    let site = build(&[("api/openapi.yaml", &spec)], &Settings::default());
    assert!(html(&site, "api/berths/index.html").contains("<a href=\"con-.html\">CON</a>"));
    assert!(html(&site, "api/berths/con-.html").contains("listCON"));
}

#[test]
fn changes_lead_to_the_operations_that_are_still_there() {
    let change = |operation: &str, level| Change {
        check: "type-changed",
        level,
        side: None,
        message: "the type of `a<b` changed".to_owned(),
        operations: vec![operation.to_owned()],
        component: Some("Berth".to_owned()),
        is_gone: false,
        old: None,
        new: None,
    };
    let changes = vec![change("GET /berths/{id}", Level::Breaking), change("GET /gone", Level::NonBreaking)];
    let revision = |name: &str, since: Option<&str>, problem: Option<&str>| Revision {
        name: name.to_owned(),
        since: since.map(str::to_owned),
        changes: if since.is_some() { changes.clone() } else { Vec::new() },
        problem: problem.map(str::to_owned),
    };
    let revisions = vec![
        revision("v2", Some("v1"), None),
        revision("v0.9", None, Some("there is no revision `v0.9`")),
        revision("v1", None, None),
    ];
    let changelogs = [("api/openapi.yaml".to_owned(), revisions)].into();
    let site = build(&[("api/openapi.yaml", SPEC)], &Settings { changelogs, ..Settings::default() });
    assert!(html(&site, "api/berths/index.html").contains("<a href=\"changelog.html\">Changes</a>"));
    let page = html(&site, "api/berths/changelog.html");
    for words in [
        "<h2 id=\"v2\">v2",
        "<span>since v1</span>",
        "<span class=\"badge bad\">Breaking</span>",
        "the type of <code>a&lt;b</code> changed",
        "href=\"berths.html#readBerth\">GET <code>/berths/{id}</code></a>",
        "GET <code>/gone</code>",
        "there is no revision <code>v0.9</code>",
        "The oldest that is compared.",
    ] {
        assert!(page.contains(words), "no {words} in {page}");
    }
}

#[cfg(feature = "try-it")]
#[test]
fn readers_call_the_api_where_it_is_asked_for() {
    let files = [("api/openapi.yaml", SPEC)];
    assert!(!build(&files, &Settings::default()).files.contains_key("api/berths/try.html"));
    let site = build(&files, &Settings { try_it: true, ..Settings::default() });
    assert!(html(&site, "api/berths/index.html").contains("<a href=\"try.html\">Try it</a>"));
    let page = html(&site, "api/berths/try.html");
    for asset in ["../../assets/swagger-ui/swagger-ui-bundle.js", "try-spec.js"] {
        assert!(page.contains(&format!("src=\"{asset}\"")), "no {asset} in {page}");
    }
    assert!(!page.contains("\"http"), "nothing is loaded from elsewhere: {page}");
    let script = html(&site, "api/berths/try-spec.js");
    let json = script.strip_prefix("window.docwrightSpec = ").and_then(|it| it.strip_suffix(";\n"));
    let spec: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
    assert_eq!(spec["info"]["title"], "Berths");
    assert!(html(&site, "assets/swagger-ui/swagger-ui-bundle.js").contains("SwaggerUIBundle"));
    assert!(html(&site, "assets/swagger-ui/LICENSE").contains("Apache License"));
}
