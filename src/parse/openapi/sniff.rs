//! Tells OpenAPI documents from other YAML and JSON without parsing them.

use memchr::memmem;

const VERSION_KEYS: [&str; 2] = ["openapi", "swagger"];

/// Whether a file is the root of an OpenAPI document: its first document has `openapi` or `swagger` with a
/// version at the top level. Costs one search for these words, and a scan of the brackets in JSON.
pub fn looks_like_openapi(path: &str, text: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    if !matches!(extension.as_deref(), Some("json" | "yaml" | "yml")) {
        return false;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !VERSION_KEYS.iter().any(|key| memmem::find(text.as_bytes(), key.as_bytes()).is_some()) {
        return false;
    }
    match text.trim_start().starts_with('{') {
        true => in_brackets(text),
        false => at_line_start(text),
    }
}

/// YAML in block style: the key begins a line of the first document.
fn at_line_start(text: &str) -> bool {
    let mut content_seen = false;
    for line in text.lines() {
        let is_marker = line == "---" || line.starts_with("--- ") || line == "...";
        if is_marker && content_seen {
            return false;
        }
        if VERSION_KEYS.iter().any(|key| key_with_version(line, key)) {
            return true;
        }
        content_seen |= !(is_marker || line.is_empty() || line.starts_with(['#', ' ', '%']));
    }
    false
}

fn key_with_version(line: &str, key: &str) -> bool {
    let quotes = ['"', '\''];
    let Some(rest) = line.strip_prefix(quotes).unwrap_or(line).strip_prefix(key) else { return false };
    let rest = rest.strip_prefix(quotes).unwrap_or(rest).trim_start();
    rest.strip_prefix(':').is_some_and(|value| value.starts_with([' ', '\t']) && is_version(value))
}

/// JSON, or YAML in flow style: the key stands directly in the outermost brackets.
fn in_brackets(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at;
                at = string_end(bytes, at);
                let key = text.get(start..at).unwrap_or_default();
                at += 1;
                if depth == 1 && VERSION_KEYS.contains(&key) {
                    let value = text.get(at..).unwrap_or_default().trim_start().strip_prefix(':');
                    if value.is_some_and(is_version) {
                        return true;
                    }
                }
            }
            _ => {}
        }
    }
    false
}

/// Where the quote is that ends a string.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(next) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        if bytes[at + next] == b'"' {
            return at + next;
        }
        at += next + 2;
    }
    bytes.len()
}

fn is_version(value: &str) -> bool {
    let value = value.trim_start();
    let mut rest = value.strip_prefix(['"', '\'']).unwrap_or(value).chars();
    rest.next().is_some_and(|it| it.is_ascii_digit()) && matches!(rest.next(), Some('.' | '"' | '\''))
}

#[cfg(test)]
mod tests {
    use super::looks_like_openapi;

    #[test]
    fn roots_are_recognised() {
        for text in [
            "openapi: 3.1.0\ninfo: {}\n",
            "\u{feff}# comment\n---\nopenapi: '3.0.3'\n",
            "swagger: \"2.0\"\r\n",
            "info:\n  title: x\n'openapi' : 3.0.0\n",
            "{\"components\": {\"a\": [1, {\"x\": \"}\\\"\"}]}, \"openapi\" : \"3.1.0\"}",
            "{\n  \"swagger\": \"2.0\"}",
        ] {
            assert!(looks_like_openapi("api/spec.yaml", text), "{text}");
        }
    }

    #[test]
    fn what_only_mentions_the_word_is_not() {
        for text in [
            "steps:\n  - run: |\n      openapi: 3.0.0\n",
            "openapi:\n  generator: python\n",
            "openapi: true\n",
            "kind: ConfigMap\n---\nopenapi: 3.0.0\n",
            "{\"scripts\": {\"openapi\": \"3.0.0\"}}",
            "{\"dependencies\": [\"openapi\", \"3.0\"], \"x\": \"openapi: 3.0\"}",
            "openapi_version: 3.0.0\n",
            "paths:\n  /a: {}\n",
            "",
            "openapi",
            "{\"openapi\":",
            "{\"openapi",
            "{\"a\\",
        ] {
            assert!(!looks_like_openapi("spec.yaml", text), "{text}");
        }
        assert!(!looks_like_openapi("guide.md", "openapi: 3.0.0\n"));
    }
}
