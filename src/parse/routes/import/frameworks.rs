//! What frameworks list of themselves.

use serde_json::Value;

use super::Found;
use crate::parse::routes::framework::Syntax;
use crate::parse::routes::template::templates;

/// All verbs that a framework writes for "any".
const MANY: usize = 5;

/// `GET|HEAD` as the verbs that it means: HEAD beside GET goes without saying, and so many mean any.
fn verbs(methods: &str) -> Vec<String> {
    let mut verbs: Vec<String> =
        methods.split(['|', ',', ' ']).map(|it| it.trim().to_ascii_uppercase()).collect();
    verbs.retain(|it| !matches!(it.as_str(), "" | "HEAD" | "OPTIONS"));
    if verbs.len() >= MANY { vec!["ANY".to_owned()] } else { verbs }
}

fn add(found: &mut Found<'_>, methods: &str, path: &str, syntax: Syntax, words: &str) {
    for it in templates(path, syntax, false) {
        for method in verbs(methods) {
            found.add(&method, it.path.clone(), it.wildcard, words);
        }
    }
}

/// `[{"method": "GET|HEAD", "uri": "api/orders/{order}"}]`
pub(super) fn artisan(value: &Value, found: &mut Found<'_>) {
    for route in value.as_array().into_iter().flatten() {
        let (Some(methods), Some(uri)) = (route["method"].as_str(), route["uri"].as_str()) else { continue };
        // `{order?}` may be left out.
        if let Some((before, _)) = uri.split_once("/{").filter(|_| uri.ends_with("?}")) {
            add(found, methods, before, Syntax::Brace, uri);
        }
        add(found, methods, &uri.replace("?}", "}"), Syntax::Brace, uri);
    }
}

/// `orders GET /orders(.:format) orders#index`, and `Verb | GET`, `URI | /orders(.:format)`.
pub(super) fn rails(text: &str, found: &mut Found<'_>) {
    let mut verb = "";
    for line in text.lines() {
        if let Some((key, value)) = line.split_once('|').filter(|_| !line.contains('#')) {
            match key.trim() {
                "Verb" => verb = value.trim(),
                "URI" => rails_route(found, verb, value.trim()),
                _ => {}
            }
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(at) = words.iter().position(|it| it.starts_with('/')) else { continue };
        // What is mounted has no verb: it is an application of its own.
        let Some(methods) = at.checked_sub(1).and_then(|it| words.get(it)) else { continue };
        if methods.split('|').all(|it| it.len() > 2 && it.chars().all(|c| c.is_ascii_uppercase())) {
            rails_route(found, methods, words[at]);
        }
    }
}

fn rails_route(found: &mut Found<'_>, methods: &str, uri: &str) {
    // Storage, mailer previews and the like are Rails' own.
    if methods.is_empty() || uri.starts_with("/rails/") || uri.starts_with("/assets") {
        return;
    }
    let path = uri.replace("(.:format)", "");
    match path.split_once('(').and_then(|(a, rest)| Some((a, rest.split_once(')')?))) {
        Some((before, (inside, after))) => {
            add(found, methods, &format!("{before}{after}"), Syntax::Colon, uri);
            add(found, methods, &format!("{before}{inside}{after}"), Syntax::Colon, uri);
        }
        None => add(found, methods, &path, Syntax::Colon, uri),
    }
}

/// `orders.read  GET, PUT  /orders/<int:id>`
pub(super) fn flask(text: &str, found: &mut Found<'_>) {
    for line in text.lines() {
        let line = line.trim();
        let Some(at) = line.find(" /") else { continue };
        let (before, rule) = (line[..at].trim(), line[at..].trim());
        let Some((endpoint, methods)) = before.split_once(char::is_whitespace) else { continue };
        if endpoint != "static" && !endpoint.ends_with(".static") {
            add(found, methods, rule, Syntax::Angle, rule);
        }
    }
}

/// `/orders/<int:pk>/  shop.views.OrderView  order`; Django's own list knows no verbs.
pub(super) fn django(text: &str, found: &mut Found<'_>) {
    let own = |module: &str| {
        module.starts_with("django.contrib.admin") || module.starts_with("django.views.static")
    };
    if text.trim_start().starts_with('[') {
        let value: Value = serde_json::from_str(text.trim()).unwrap_or_default();
        for route in value.as_array().into_iter().flatten() {
            if let Some(url) =
                route["url"].as_str().filter(|_| !own(route["module"].as_str().unwrap_or_default()))
            {
                add(found, "ANY", url, Syntax::Angle, url);
            }
        }
        return;
    }
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(url), Some(module)) = (words.next().filter(|it| it.starts_with('/')), words.next()) else {
            continue;
        };
        if !own(module) {
            add(found, "ANY", url, Syntax::Angle, url);
        }
    }
}

/// `requestMappingConditions` wherever they stand below `contexts`.
pub(super) fn spring(value: &Value, found: &mut Found<'_>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| spring(it, found)),
        Value::Object(fields) => {
            if let Some(conditions) = fields.get("requestMappingConditions") {
                return spring_conditions(conditions, found);
            }
            fields.values().for_each(|it| spring(it, found));
        }
        _ => {}
    }
}

fn spring_conditions(conditions: &Value, found: &mut Found<'_>) {
    let texts = |key: &str| -> Vec<&str> {
        conditions[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let methods = match texts("methods").join("|") {
        none if none.is_empty() => "ANY".to_owned(),
        methods => methods,
    };
    for path in texts("patterns") {
        // What Spring Boot itself serves.
        let own = path == "/error" || path == "/actuator" || path.starts_with("/actuator/");
        if path.starts_with('/') && !own {
            add(found, &methods, path, Syntax::Brace, path);
        }
    }
}

/// The API routes among the pages; which verbs they answer, the manifests do not say.
pub(super) fn next(value: &Value, found: &mut Found<'_>) {
    let base = value["basePath"].as_str().unwrap_or_default();
    for list in ["staticRoutes", "dynamicRoutes"] {
        for route in value[list].as_array().into_iter().flatten() {
            if let Some(page) = route["page"].as_str().filter(|it| it.starts_with("/api/")) {
                add(found, "ANY", &format!("{base}{page}"), Syntax::Bracket, page);
            }
        }
    }
    for (file, path) in value.as_object().into_iter().flatten() {
        if let Some(path) = path.as_str().filter(|_| file.ends_with("/route")) {
            add(found, "ANY", path, Syntax::Bracket, path);
        }
    }
}

/// The operations, below the path of the only server.
pub(super) fn openapi(value: &Value, found: &mut Found<'_>) {
    const VERBS: [&str; 6] = ["get", "put", "post", "delete", "patch", "query"];
    let server = match value["servers"].as_array().map(Vec::as_slice) {
        Some([server]) => server["url"].as_str().unwrap_or_default(),
        _ => value["basePath"].as_str().unwrap_or_default(),
    };
    let base = match server.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => server,
    };
    let base = base.trim_end_matches('/');
    for (path, item) in value["paths"].as_object().into_iter().flatten() {
        for method in VERBS.iter().filter(|it| item.get(**it).is_some()) {
            add(found, method, &format!("{base}{path}"), Syntax::Brace, path);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::routes::import::{Format, read};
    use crate::source::{Source, SourceId, Sources};

    fn check(format: Format, text: &str, expected: &[&str]) {
        let sources = Sources::new(vec![Source::new("routes.json", text)]);
        let routes = read(&sources, SourceId(0), format).routes;
        let found: Vec<String> = routes.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
        assert_eq!(found, expected, "{format:?}");
        for route in routes {
            assert!(!sources.text(route.span).is_empty(), "{route:?}");
        }
    }

    #[test]
    fn laravel() {
        check(
            Format::Artisan,
            r#"[{"domain": null, "method": "GET|HEAD", "uri": "api/kilns/{kiln}", "name": null},
                {"method": "PUT|PATCH", "uri": "api/kilns/{kiln}"},
                {"method": "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS", "uri": "hooks/{kind?}"}]"#,
            &[
                "GET /api/kilns/{kiln}",
                "PUT /api/kilns/{kiln}",
                "PATCH /api/kilns/{kiln}",
                "ANY /hooks",
                "ANY /hooks/{kind}",
            ],
        );
    }

    #[test]
    fn rails() {
        check(
            Format::Rails,
            "      Prefix Verb   URI Pattern               Controller#Action\n\
             \x20      kilns GET    /kilns(.:format)          kilns#index\n\
             \x20            PATCH  /kilns/:id(.:format)      kilns#update\n\
             \x20            GET|POST /find(/:page)(.:format) kilns#find\n\
             \x20sidekiq_web        /sidekiq                  Sidekiq::Web\n\
             \x20rails_blob GET     /rails/active_storage/x   active_storage#show\n",
            &[
                "GET /kilns",
                "PATCH /kilns/{id}",
                "GET /find",
                "POST /find",
                "GET /find/{page}",
                "POST /find/{page}",
            ],
        );
        check(
            Format::Rails,
            "--[ Route 1 ]---\nPrefix            | kilns\nVerb              | GET\nURI               | /kilns(.:format)\n",
            &["GET /kilns"],
        );
    }

    #[test]
    fn flask_and_django() {
        check(
            Format::Flask,
            "Endpoint     Methods    Rule\n-----------  ---------  -----------------------\n\
             kilns.read   GET, PUT   /kilns/<int:id>\nstatic       GET        /static/<path:filename>\n",
            &["GET /kilns/{id}", "PUT /kilns/{id}"],
        );
        check(
            Format::Django,
            "/admin/\tdjango.contrib.admin.sites.index\tadmin:index\n/kilns/<int:pk>/\tkilns.views.KilnView\tkiln\n",
            &["ANY /kilns/{pk}"],
        );
        check(
            Format::Django,
            r#"[{"url": "/kilns/", "module": "kilns.views.List", "name": "x"}]"#,
            &["ANY /kilns"],
        );
    }

    #[test]
    fn spring() {
        check(
            Format::Spring,
            r#"{"contexts": {"application": {"mappings": {"dispatcherServlets": {"dispatcherServlet": [
                {"details": {"requestMappingConditions": {"methods": ["GET"], "patterns": ["/kilns/{id}"]}}},
                {"details": {"requestMappingConditions": {"methods": [], "patterns": ["/error"]}}},
                {"predicate": "/webjars/**"},
                {"details": {"requestMappingConditions": {"methods": [], "patterns": ["/hooks"]}}}]}}}}}"#,
            &["GET /kilns/{id}", "ANY /hooks"],
        );
    }

    #[test]
    fn next_and_openapi() {
        check(
            Format::Next,
            r#"{"basePath": "/shop", "staticRoutes": [{"page": "/about"}, {"page": "/api/health"}],
                "dynamicRoutes": [{"page": "/api/kilns/[id]"}]}"#,
            &["ANY /shop/api/health", "ANY /shop/api/kilns/{id}"],
        );
        check(
            Format::Next,
            r#"{"/api/kilns/[id]/route": "/api/kilns/[id]", "/page": "/"}"#,
            &["ANY /api/kilns/{id}"],
        );
        check(
            Format::OpenApi,
            r#"{"servers": [{"url": "https://kilns.example/api"}], "paths": {"/kilns": {"get": {}, "summary": "x", "post": {}}}}"#,
            &["GET /api/kilns", "POST /api/kilns"],
        );
        check(Format::OpenApi, "[", &[]);
    }
}
