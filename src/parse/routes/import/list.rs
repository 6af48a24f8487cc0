//! Reads a plain route list: what a team exports from its framework, or writes by hand.
//!
//! Either one `METHOD /path` a line, with `#` comments, or JSON: an array of `{method, path}` objects
//! (`methods` for several) or of `"METHOD /path"` strings.

use serde_json::Value;

use crate::model::route::{Confidence, Route};
use crate::source::{SourceId, Span};

/// The verbs of HTTP that a route can have.
const VERBS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY"];

/// Every route of a list; what is no route is left out.
pub(super) fn read(source: SourceId, text: &str) -> Vec<Route> {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with(['[', '{']) { json(source, text) } else { lines(source, text) }
}

fn lines(source: SourceId, text: &str) -> Vec<Route> {
    let mut routes = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_start_matches('\u{feff}');
        let code = words.split_once(" #").map_or(words, |(code, _)| code).trim();
        if !code.starts_with('#') {
            let start = at + line.find(code).unwrap_or(0);
            entry(code, Span::new(source, start..start + code.len()), &mut routes);
        }
        at += line.len();
    }
    routes
}

fn json(source: SourceId, text: &str) -> Vec<Route> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap_or_default();
    let items = value.as_array().or_else(|| value.get("routes").and_then(Value::as_array));
    let mut routes = Vec::new();
    let mut from = 0;
    for item in items.into_iter().flatten() {
        // serde gives no places: the next occurrence of the entry's text is the entry, as both go in order.
        let words = item.as_str().or_else(|| item.get("path").and_then(Value::as_str)).unwrap_or_default();
        let found = text.get(from..).and_then(|rest| rest.find(words)).map(|at| from + at);
        let span = match found {
            Some(start) => {
                from = start + words.len();
                Span::new(source, start..from)
            }
            None => Span::new(source, 0..0),
        };
        if item.is_string() {
            entry(words, span, &mut routes);
        } else {
            let methods = item.get("methods").or_else(|| item.get("method"));
            let many = methods.and_then(Value::as_array).into_iter().flatten();
            for method in many.chain(methods).filter_map(Value::as_str) {
                push(method, words, span, &mut routes);
            }
        }
    }
    routes
}

fn entry(words: &str, span: Span, routes: &mut Vec<Route>) {
    let mut parts = words.split_whitespace();
    if let (Some(method), Some(path)) = (parts.next(), parts.next()) {
        push(method, path, span, routes);
    }
}

fn push(methods: &str, path: &str, span: Span, routes: &mut Vec<Route>) {
    if !path.starts_with('/') {
        return;
    }
    let (path, wildcard) = template(path);
    for method in methods.split([',', '|']).map(|it| it.trim().to_ascii_uppercase()) {
        let method = if matches!(method.as_str(), "*" | "ALL") { "ANY".to_owned() } else { method };
        if method == "ANY" || VERBS.contains(&method.as_str()) {
            routes.push(Route {
                method,
                path: path.clone(),
                confidence: Confidence::Resolved,
                framework: "list".to_owned(),
                span,
                wildcard,
                library: false,
                query: Vec::new(),
                hidden: false,
            });
        }
    }
}

/// A list may come from any framework, so all usual forms of a parameter are read.
fn template(path: &str) -> (String, bool) {
    let mut wildcard = false;
    let segments = path.split('/').map(|segment| {
        let inner = |open, close| segment.strip_prefix(open).and_then(|it: &str| it.strip_suffix(close));
        wildcard = segment == "*" || segment == "**";
        if wildcard {
            return "{path}".to_owned();
        }
        if let Some(name) = segment.strip_prefix(':') {
            return format!("{{{}}}", name.trim_end_matches('?'));
        }
        if let Some(name) = inner('<', '>') {
            return format!("{{{}}}", name.rsplit(':').next().unwrap_or(name));
        }
        if let Some(name) = inner('{', '}') {
            let (name, kind) = name.split_once(':').unwrap_or((name, ""));
            wildcard = kind == "path";
            return format!("{{{name}}}");
        }
        segment.to_owned()
    });
    let path = segments.collect::<Vec<_>>().join("/");
    (path, wildcard)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let routes = read(SourceId(0), text);
        let found: Vec<String> = routes.iter().map(|it| format!("{} {}", it.method, it.path)).collect();
        assert_eq!(found, expected);
        for route in routes {
            assert!(text.get(route.span.range()).is_some_and(|words| words.contains('/')));
        }
    }

    #[test]
    fn lines_with_comments() {
        check(
            "# all routes\n\nGET /orders/:id\n  post,put  /orders # write\n* /files/*\nnot a route\n",
            &["GET /orders/{id}", "POST /orders", "PUT /orders", "ANY /files/{path}"],
        );
    }

    #[test]
    fn json_objects_and_strings() {
        check(
            r#"[{"method": "get", "path": "/a/{id:int}"}, {"methods": ["PUT", "PATCH"], "path": "/a"}, "DELETE /a/<int:id>", 3]"#,
            &["GET /a/{id}", "PUT /a", "PATCH /a", "DELETE /a/{id}"],
        );
        check("[", &[]);
    }
}
