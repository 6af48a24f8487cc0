//! Requests that a browser or a client has written down.

use serde_json::Value;

use super::Seen;

/// The path of an address: what stands behind the host, or behind a variable such as `{{base}}`.
fn path_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest =
        if rest.starts_with("{{") { rest.split_once("}}").map_or(rest, |(_, rest)| rest) } else { rest };
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or(path).to_owned()
}

/// HTTP Archive 1.2: `log.entries[].request`.
pub(super) fn har(value: &Value) -> Vec<Seen> {
    let entries = value["log"]["entries"].as_array().into_iter().flatten();
    let seen = entries.filter_map(|entry| {
        Some(Seen {
            method: entry["request"]["method"].as_str()?.to_ascii_uppercase(),
            path: path_of(entry["request"]["url"].as_str()?),
            status: entry["response"]["status"].as_u64().and_then(|it| u16::try_from(it).ok()).unwrap_or(0),
        })
    });
    seen.collect()
}

/// Collection v2.x: requests in folders in folders; `:id` and `{{id}}` are parameters.
pub(super) fn postman(value: &Value) -> Vec<Seen> {
    const DEEPEST: usize = 32;
    let mut seen = Vec::new();
    let mut folders = vec![(value, 0)];
    while let Some((folder, depth)) = folders.pop() {
        for item in folder["item"].as_array().into_iter().flatten() {
            if item.get("item").is_some() && depth < DEEPEST {
                folders.push((item, depth + 1));
            }
            let request = &item["request"];
            let url = &request["url"];
            let Some(url) = url.as_str().or_else(|| url["raw"].as_str()) else { continue };
            let path = path_of(url);
            let segments = path.split('/').map(|it| match it.strip_prefix(':') {
                Some(name) => format!("{{{name}}}"),
                None => it.replace("{{", "{").replace("}}", "}"),
            });
            let method = request["method"].as_str().unwrap_or("GET").to_ascii_uppercase();
            seen.push(Seen { method, path: segments.collect::<Vec<_>>().join("/"), status: 0 });
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses() {
        for (url, path) in [
            ("https://kilns.example/a/b?c=d", "/a/b"),
            ("{{base}}/a", "/a"),
            ("https://{{host}}/a", "/a"),
            ("https://kilns.example", "/"),
            ("/a#b", "/a"),
        ] {
            assert_eq!(path_of(url), path, "{url}");
        }
    }

    #[test]
    fn archives_and_collections() {
        let archive = json!({"log": {"entries": [
            {"request": {"method": "get", "url": "https://kilns.example/kilns/7"}, "response": {"status": 200}},
            {"request": {"method": "GET"}}]}});
        let seen = har(&archive);
        assert_eq!((seen.len(), seen[0].method.as_str(), seen[0].path.as_str()), (1, "GET", "/kilns/7"));
        let collection = json!({"item": [{"name": "Kilns", "item": [
            {"request": {"method": "POST", "url": {"raw": "{{base}}/kilns/:id/fire/{{program}}"}}}]},
            {"request": {"url": "https://kilns.example/health"}}]});
        let mut seen: Vec<String> =
            postman(&collection).iter().map(|it| format!("{} {}", it.method, it.path)).collect();
        seen.sort();
        assert_eq!(seen, ["GET /health", "POST /kilns/{id}/fire/{program}"]);
    }
}
