//! Access logs: the common and combined formats of Apache and nginx, and JSON, one object a line.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::Seen;
use crate::pattern::compiled;

static LINE: LazyLock<Regex> = LazyLock::new(|| compiled(r#""([A-Z]{3,7}) (\S+) HTTP/[\d.]+"\s+(\d{3})"#));

const METHOD: [&str; 5] = ["method", "request_method", "http_method", "requestmethod", "verb"];
const PATH: [&str; 9] =
    ["path", "uri", "url", "request_uri", "requesturl", "request_path", "http_path", "target", "request_url"];
const STATUS: [&str; 6] = ["status", "status_code", "statuscode", "response_code", "code", "http_status"];

/// The requests of a log; a line that is none is left out.
pub(super) fn read(text: &str) -> Vec<Seen> {
    text.lines()
        .filter_map(|line| if line.trim_start().starts_with('{') { json(line) } else { plain(line) })
        .collect()
}

fn plain(line: &str) -> Option<Seen> {
    let found = LINE.captures(line)?;
    Some(Seen { method: found[1].to_owned(), path: found[2].to_owned(), status: found[3].parse().ok()? })
}

fn json(line: &str) -> Option<Seen> {
    let value: Value = serde_json::from_str(line.trim()).ok()?;
    // `request: "GET /x HTTP/1.1"`, as nginx formats write it.
    if let Some(request) = field(&value, &["request", "request_line"]).and_then(Value::as_str) {
        let mut words = request.split_whitespace();
        if let (Some(method), Some(path)) = (words.next(), words.next()) {
            return Some(Seen { method: method.to_owned(), path: path.to_owned(), status: status(&value) });
        }
    }
    let method = field(&value, &METHOD)?.as_str()?.to_ascii_uppercase();
    let path = field(&value, &PATH)?.as_str()?;
    let path = path.split_once("://").map_or(path, |(_, it)| it.find('/').map_or("/", |at| &it[at..]));
    Some(Seen { method, path: path.to_owned(), status: status(&value) })
}

fn status(value: &Value) -> u16 {
    let status = field(value, &STATUS);
    let number = status.and_then(|it| it.as_u64().or_else(|| it.as_str()?.parse().ok()));
    number.and_then(|it| u16::try_from(it).ok()).unwrap_or(0)
}

/// A field by one of its names, of the object or of one inside it (`req.method`, `httpRequest.status`).
fn field<'v>(value: &'v Value, names: &[&str]) -> Option<&'v Value> {
    let fields = value.as_object()?;
    let own = |value: &'v Value| {
        let fields = value.as_object()?;
        let named =
            |name: &&str| fields.iter().find(|(key, it)| key.eq_ignore_ascii_case(name) && !it.is_object());
        names.iter().find_map(named).map(|(_, it)| it)
    };
    own(value).or_else(|| fields.values().find_map(own))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let log = "10.0.0.7 - - [21/Nov/2026:03:00:00 +0000] \"GET /kilns/7?x=1 HTTP/1.1\" 200 512 \"-\" \"curl\"\n\
                   {\"time\": \"03:00\", \"method\": \"post\", \"path\": \"/kilns\", \"status_code\": 201}\n\
                   {\"req\": {\"method\": \"PUT\", \"url\": \"https://kilns.example/kilns/7\"}, \"res\": {\"statusCode\": 204}}\n\
                   {\"request\": \"DELETE /kilns/7 HTTP/2.0\", \"status\": \"404\"}\n\
                   nonsense\n{broken\n";
        let seen: Vec<String> =
            read(log).iter().map(|it| format!("{} {} {}", it.method, it.path, it.status)).collect();
        assert_eq!(
            seen,
            ["GET /kilns/7?x=1 200", "POST /kilns 201", "PUT /kilns/7 204", "DELETE /kilns/7 404"]
        );
    }
}
