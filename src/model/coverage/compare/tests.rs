//! Tests of `compare.rs`.

use super::*;
use crate::model::coverage::BaseOrigin;
use crate::model::spec::{Objects, Role, Server, Version};
use crate::source::{SourceId, Span};

const SPAN: Span = Span { source: SourceId(0), start: 0, end: 0 };

fn route(line: &str) -> Route {
    let words: Vec<&str> = line.split_whitespace().collect();
    Route {
        method: words[0].to_owned(),
        path: words[1].to_owned(),
        confidence: match words.get(2) {
            Some(&"assumed") => Confidence::Assumed,
            Some(&"loose") => Confidence::Loose,
            _ => Confidence::Resolved,
        },
        framework: String::new(),
        span: SPAN,
        wildcard: words.contains(&"wildcard"),
        library: false,
        query: Vec::new(),
        hidden: words.contains(&"hidden"),
    }
}

fn spec(server: &str, operations: &[&str]) -> Spec {
    let operation = |line: &&str| {
        let (method, path) = line.split_once(' ').unwrap();
        Operation {
            method: method.to_owned(),
            path: path.to_owned(),
            id: String::new(),
            summary: String::new(),
            description: String::new(),
            tags: Vec::new(),
            security: Vec::new(),
            servers: Vec::new(),
            deprecated: false,
            span: SPAN,
            at: (0, 0),
            role: Role::Served,
            item_at: (0, 0),
            key_at: (0, 0),
            path_span: SPAN,
        }
    };
    Spec {
        source: SourceId(0),
        version: "3.0.3".to_owned(),
        edition: Version::V30,
        title: String::new(),
        api_version: String::new(),
        description: String::new(),
        servers: vec![Server { url: server.to_owned(), description: String::new(), span: SPAN }],
        tags: Vec::new(),
        operations: operations.iter().map(operation).collect(),
        security_schemes: Vec::new(),
        webhooks: Vec::new(),
        files: Vec::new(),
        references: Vec::new(),
        objects: Objects::default(),
        links: Vec::new(),
        problems: Vec::new(),
    }
}

#[track_caller]
fn check(routes: &[&str], server: &str, operations: &[&str], expected: &[&str]) -> Coverage {
    check_with(routes, server, operations, &CoverageOptions::default(), expected)
}

#[track_caller]
fn check_with(
    routes: &[&str],
    server: &str,
    operations: &[&str],
    options: &CoverageOptions,
    expected: &[&str],
) -> Coverage {
    let routes: Vec<Route> = routes.iter().map(|it| route(it)).collect();
    let routes = Routes { routes, ..Routes::default() };
    let result = coverage(&routes, &[spec(server, operations)], options);
    let found: Vec<String> = result
        .rows
        .iter()
        .map(|it| {
            let operation =
                it.operation.map_or(String::new(), |id| format!(" = {}", operations[id.operation]));
            format!("{} {} {}{operation}", it.status.as_str(), it.method, it.path)
        })
        .collect();
    assert_eq!(found, expected);
    result
}

#[test]
fn names_of_parameters_and_trailing_slashes_do_not_count() {
    let result = check(
        &["GET /api/orders/", "GET /api/orders/{id}", "DELETE /api/orders/{id}", "GET /api/Health"],
        "https://shop.example/api",
        &["GET /orders", "GET /orders/{orderId}", "GET /health"],
        &[
            "undocumented GET /api/Health",
            "documented GET /api/orders/ = GET /orders",
            "undocumented DELETE /api/orders/{id}",
            "documented GET /api/orders/{id} = GET /orders/{orderId}",
            "stale GET /health = GET /health",
        ],
    );
    assert_eq!((result.bases[0].inside.as_str(), result.bases[0].origin), ("/api", BaseOrigin::Server));
    let totals = result.totals;
    assert_eq!(
        (totals.documented, totals.served, totals.documented_paths, totals.served_paths),
        (2, 4, 2, 3)
    );
}

#[test]
fn a_server_path_that_matches_nothing_is_not_used() {
    let result = check(&["GET /api/a"], "/api", &["GET /api/a"], &["documented GET /api/a = GET /api/a"]);
    assert_eq!(result.bases[0].origin, BaseOrigin::None);
}

#[test]
fn a_configured_base_path_may_stand_in_front_of_the_code() {
    let options = CoverageOptions { base_path: Some("/gateway/".into()), ..CoverageOptions::default() };
    let result = check_with(
        &["GET /orders"],
        "",
        &["GET /gateway/orders"],
        &options,
        &["documented GET /orders = GET /gateway/orders"],
    );
    assert_eq!(result.bases[0].outside, "/gateway");
}

#[test]
fn verbs() {
    check(
        &[
            "POST /auth/validate",
            "ANY /jobs",
            "GET /roles",
            "OPTIONS /roles",
            "PUT /roles/{id}",
            "DELETE /roles/{id}",
        ],
        "",
        &[
            "GET /auth/validate",
            "GET /jobs",
            "POST /jobs",
            "HEAD /roles",
            "PUT /roles/{role}",
            "PATCH /roles/{role}",
        ],
        &[
            "verb-differs POST /auth/validate = GET /auth/validate",
            "documented ANY /jobs = GET /jobs",
            "documented ANY /jobs = POST /jobs",
            "undocumented GET /roles",
            "documented HEAD /roles = HEAD /roles",
            "excluded OPTIONS /roles",
            "undocumented DELETE /roles/{id}",
            "documented PUT /roles/{id} = PUT /roles/{role}",
            "stale PATCH /roles/{role} = PATCH /roles/{role}",
        ],
    );
}

#[test]
fn a_literal_may_stand_in_the_slot_of_a_parameter() {
    check(
        &["GET /users/{id}", "GET /reports/daily", "GET /reports/weekly"],
        "",
        &["GET /users/me", "GET /reports/{kind}"],
        &[
            "documented GET /reports/daily = GET /reports/{kind}",
            "documented GET /reports/weekly = GET /reports/{kind}",
            "documented GET /users/{id} = GET /users/me",
        ],
    );
}

#[test]
fn one_lost_prefix_is_one_group() {
    let result = check(
        &["GET /api/chat", "POST /api/chat/{id}", "GET /health", "GET /admin/users"],
        "",
        &["GET /chat", "POST /chat/{chat}", "GET /health"],
        &[
            "undocumented GET /admin/users",
            "prefix-differs GET /api/chat = GET /chat",
            "prefix-differs POST /api/chat/{id} = POST /chat/{chat}",
            "documented GET /health = GET /health",
        ],
    );
    let prefix = &result.prefixes[0];
    assert_eq!((prefix.prefix.as_str(), prefix.in_code, prefix.operations), ("/api", true, 2));
    check(
        &["GET /orders/{id}", "GET /orders"],
        "",
        &["GET /api/v1/orders/{id}", "GET /api/v1/orders"],
        &[
            "prefix-differs GET /orders = GET /api/v1/orders",
            "prefix-differs GET /orders/{id} = GET /api/v1/orders/{id}",
        ],
    );
}

#[test]
fn one_short_path_with_the_same_end_is_chance() {
    check(
        &["GET /a", "GET /internal/health"],
        "",
        &["GET /a", "GET /health"],
        &[
            "documented GET /a = GET /a",
            "stale GET /health = GET /health",
            "undocumented GET /internal/health",
        ],
    );
}

#[test]
fn what_is_not_known_well_is_not_called_undocumented() {
    check(
        &["GET /files/{path} wildcard", "GET /x loose", "GET /orders assumed", "GET /docs/{path} wildcard"],
        "",
        &["GET /files/a/{b}", "GET /api/orders"],
        &[
            "unresolved GET /docs/{path}",
            "documented GET /files/{path} = GET /files/a/{b}",
            "documented GET /orders = GET /api/orders",
            "unresolved GET /x",
        ],
    );
}

#[test]
fn the_page_of_a_single_page_application_answers_no_operation() {
    check(
        &["GET /{path} wildcard"],
        "",
        &["GET /orders"],
        &["stale GET /orders = GET /orders", "unresolved GET /{path}"],
    );
}

#[test]
fn exclusions_and_hidden_routes() {
    let exclude = [("GET /internal/**", "mesh only"), ("/never/**", "old"), ("GET /a", "no need")];
    let exclude = exclude.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
    let options = CoverageOptions { exclude, ..CoverageOptions::default() };
    let result = check_with(
        &["GET /internal/ping", "POST /internal/ping", "GET /metrics x hidden", "GET /a"],
        "",
        &["GET /a"],
        &options,
        &[
            "documented GET /a = GET /a",
            "excluded GET /internal/ping",
            "undocumented POST /internal/ping",
            "excluded GET /metrics",
        ],
    );
    assert_eq!(result.unused_exclusions, [1, 2]);
    assert_eq!((result.totals.served, result.totals.excluded), (2, 2));
}

#[test]
fn thousands_of_routes_are_compared_at_once() {
    let routes: Vec<String> =
        (0..4000).map(|i| format!("GET /api/v1/group{}/item{i}/{{id}}", i % 50)).collect();
    let routes: Vec<Route> = routes.iter().map(|it| route(it)).collect();
    let operations: Vec<String> = (0..4000).map(|i| format!("GET /group{}/item{i}/{{x}}", i % 50)).collect();
    let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
    let routes = Routes { routes, ..Routes::default() };
    let result = coverage(&routes, &[spec("", &operations)], &CoverageOptions::default());
    assert_eq!(result.totals.prefix_differs, 4000);
    assert_eq!(result.prefixes.len(), 1);
}
