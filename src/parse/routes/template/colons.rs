//! Parameters after a colon: `:id`, `:id?`, `:id(\\d+)`, `*rest`.

use super::Segment;

/// The name in `{name}`.
fn whole_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || it == '_')).then_some(name)
}

pub(super) fn colon(text: &str) -> Segment {
    // A whole rest that is not empty.
    if text == "+" {
        return Segment { text: "{path}".to_owned(), wildcard: true, optional: false };
    }
    let mut out = String::new();
    let mut optional = false;
    let mut wildcard = false;
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        // OpenAPI's own form, as in Hono's descriptions of routes.
        if char == '{'
            && let Some(name) = whole_name(text)
        {
            return Segment { text: format!("{{{name}}}"), wildcard: false, optional: false };
        }
        if char == '\\' {
            // The next one is a literal: `/orders\\:batch`.
            out.extend(chars.next());
            continue;
        }
        if char != ':' && char != '*' {
            // Braces make a part optional, as in `{*rest}`.
            if !matches!(char, '{' | '}') {
                out.push(char);
            }
            continue;
        }
        let mut name = String::new();
        while let Some(next) = chars.next_if(|it| it.is_alphanumeric() || *it == '_' || *it == '$') {
            name.push(next);
        }
        if char == '*' {
            wildcard = true;
        } else if name.is_empty() {
            // A colon before no name is a literal: `/orders:batch` has a name, `a:` has none.
            out.push(':');
            continue;
        }
        // The pattern of a parameter: `:id(\\d+)`, in Hono `:id{[0-9]+}`.
        if chars.next_if(|it| matches!(it, '(' | '{')).is_some() {
            let mut depth = 1;
            for next in chars.by_ref() {
                depth += i32::from(matches!(next, '(' | '{')) - i32::from(matches!(next, ')' | '}'));
                if depth == 0 {
                    break;
                }
            }
        }
        // A constraint: `:id<int>`.
        if chars.next_if_eq(&'<').is_some() {
            chars.by_ref().find(|&it| it == '>');
        }
        match chars.next_if(|it| matches!(it, '?' | '*' | '+')) {
            Some('?') => {
                // A format that may be left out: `:id.:format?`, `:id.?:format?`.
                let before = out.strip_suffix('?').unwrap_or(&out).strip_suffix('.');
                if let Some(end) = before.map(str::len).filter(|it| *it > 0) {
                    out.truncate(end);
                    continue;
                }
                optional = true;
            }
            Some(_) => wildcard = true,
            None => {}
        }
        out.push_str(&format!("{{{}}}", if name.is_empty() { "path" } else { &name }));
    }
    Segment { text: out, wildcard, optional }
}
