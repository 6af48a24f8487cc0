//! Parameters in braces: `{id}`, `{id:[0-9]+}`, `{rest...}`, and the forms of Rust's frameworks.

use super::Segment;

/// `{id}`, `{id:int}`, `{id: [a-z]{2}}`, `{id?}`, `{page=1}`, `{*rest}`, `{rest:path}`; `**` and `*` alone.
pub(super) fn brace(text: &str) -> Segment {
    match text {
        "**" => return Segment { text: "{path}".to_owned(), wildcard: true, optional: false },
        "*" => return Segment { text: "{param}".to_owned(), wildcard: false, optional: false },
        _ => {}
    }
    let mut found = Segment { text: String::new(), wildcard: false, optional: false };
    let mut depth = 0usize;
    let mut inner = String::new();
    for char in text.chars() {
        match char {
            '{' => {
                depth += 1;
                if depth > 1 {
                    inner.push(char);
                }
            }
            '}' if depth == 1 => {
                depth = 0;
                // Micronaut's `{?page,size}` is a query.
                if !inner.starts_with(['?', '&']) {
                    parameter(inner.trim(), &mut found);
                }
                inner.clear();
            }
            '}' if depth > 1 => {
                depth -= 1;
                inner.push(char);
            }
            _ if depth > 0 => inner.push(char),
            _ => found.text.push(char),
        }
    }
    if depth > 0 {
        found.text.push('{');
        found.text.push_str(&inner);
    }
    found
}

/// Adds what stands between braces.
fn parameter(inner: &str, found: &mut Segment) {
    // Symfony's `{id<\d+>}`, `{page<\d+>?1}`, `{!format}`.
    let angle = inner.find('<').filter(|at| !inner[..*at].contains(':'));
    let plain = angle.and_then(|at| Some(format!("{}{}", &inner[..at], &inner[inner.rfind('>')? + 1..])));
    let inner = plain.as_deref().unwrap_or(inner).trim_start_matches('!');
    let (name, pattern) = inner.split_once(':').unwrap_or((inner, ""));
    let pattern = pattern.trim();
    let (name, optional) = name.split_once('?').map_or((name, false), |(name, _)| (name, true));
    found.optional |= optional;
    let (name, default) = name.split_once('=').map_or((name, None), |(name, it)| (name, Some(it)));
    let constraint = pattern.strip_suffix('?').filter(|it| it.starts_with(char::is_alphabetic));
    found.optional |= default.is_some() || constraint.is_some();
    found.wildcard |= name.starts_with(['*', '+'])
        || name.ends_with("...")
        || pattern == "path"
        || pattern.trim_start_matches('(').starts_with(".*")
        || pattern.trim_start_matches('(').starts_with(".+");
    let name = name.trim().trim_start_matches(['*', '+']).trim_end_matches(['?', '*', '.']);
    found.text.push_str(&format!("{{{}}}", if name.is_empty() { "param" } else { name }));
}

/// `{id}`, `{id:[0-9]{2}}`, `{rest...}`; `{$}` is only the end of a path, `*` is anything.
pub(super) fn pattern(text: &str) -> Segment {
    let mut out = String::new();
    let mut wildcard = false;
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match char {
            '{' => {
                let mut inner = String::new();
                let mut depth = 1;
                for next in chars.by_ref() {
                    depth += i32::from(next == '{') - i32::from(next == '}');
                    if depth == 0 {
                        break;
                    }
                    inner.push(next);
                }
                let name = inner.split(':').next().unwrap_or_default();
                wildcard |= name.ends_with("...") || inner.ends_with(":.*") || inner.ends_with(":.+");
                let name = name.trim_end_matches('.');
                if name != "$" {
                    out.push_str(&format!("{{{}}}", if name.is_empty() { "param" } else { name }));
                }
            }
            '*' => {
                wildcard = true;
                out.push_str("{path}");
            }
            _ => out.push(char),
        }
    }
    Segment { text: out, wildcard, optional: false }
}

/// `{id}`, `{id:\\d+}`, `{*rest}`, `{tail:.*}`, `<id>`, `<rest..>`, `:id`, `*rest`
pub(super) fn mixed(text: &str) -> Segment {
    if let Some(name) = text.strip_prefix([':', '*']) {
        let name = if name.is_empty() { "path" } else { name };
        return Segment { text: format!("{{{name}}}"), wildcard: text.starts_with('*'), optional: false };
    }
    let mut out = String::new();
    let mut wildcard = false;
    let mut rest = text;
    while let Some(at) = rest.find(['{', '<']) {
        let (before, inner) = rest.split_at(at);
        let close = if inner.starts_with('<') { inner.find('>') } else { closing_brace(inner) };
        let Some(end) = close else { break };
        let inside = inner.get(1..end).unwrap_or_default();
        let (name, pattern) = inside.split_once([':', '|']).unwrap_or((inside, ""));
        wildcard |= name.starts_with('*') || name.ends_with("..") || matches!(pattern, ".*" | ".+");
        let name = name.trim_start_matches('*').trim_end_matches('.');
        out.push_str(before);
        out.push_str(&format!("{{{}}}", if name.is_empty() || name == "_" { "path" } else { name }));
        rest = &inner[end + 1..];
    }
    out.push_str(rest);
    Segment { text: out, wildcard, optional: false }
}

/// Where the brace that a text begins with is closed.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    text.char_indices().find_map(|(at, char)| {
        depth += i32::from(char == '{') - i32::from(char == '}');
        (depth == 0).then_some(at)
    })
}
