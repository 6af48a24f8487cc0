//! A framework's path template → OpenAPI's: `/orders/:id` → `/orders/{id}`.

use super::framework::Syntax;

/// An OpenAPI path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template {
    /// `/orders/{id}`, always with a leading slash.
    pub(super) path: String,
    /// Its last part stands for any number of segments.
    pub(super) wildcard: bool,
}

/// One segment in OpenAPI's form.
struct Segment {
    text: String,
    wildcard: bool,
    optional: bool,
}

/// Every template that a path stands for: with and without each optional segment.
pub(super) fn templates(path: &str, syntax: Syntax, keep_trailing_slash: bool) -> Vec<Template> {
    // Rocket's query: what a route asks for is no part of its path.
    let query = path.find('?').filter(|at| syntax == Syntax::Mixed && !path[..*at].contains('{'));
    let path = &optional_groups(query.map_or(path, |at| &path[..at]), syntax);
    let mut segments: Vec<Segment> = split(path, syntax).iter().map(|it| segment(it, syntax)).collect();
    segments.retain(|it| !it.text.is_empty());
    let slash = keep_trailing_slash && path.ends_with('/') && !segments.is_empty();
    let join = |segments: Vec<&Segment>| {
        let mut joined: String = segments.iter().map(|it| format!("/{}", it.text)).collect();
        if slash || joined.is_empty() {
            joined.push('/');
        }
        Template { path: joined, wildcard: segments.last().is_some_and(|it| it.wildcard) }
    };
    let optional: Vec<usize> = segments
        .iter()
        .enumerate()
        .filter(|(_, it)| it.optional)
        .map(|(at, _)| at)
        .take(MAX_OPTIONAL)
        .collect();
    // Left out from the back first: the whole path comes last.
    let choices = 0..1usize << optional.len();
    let found = choices.map(|choice| {
        let left_out =
            |at: usize| optional.iter().position(|it| *it == at).is_some_and(|nth| choice >> nth & 1 == 0);
        join(segments.iter().enumerate().filter(|(at, _)| !left_out(*at)).map(|(_, it)| it).collect())
    });
    let mut found: Vec<Template> = found.collect();
    found.dedup();
    found
}

/// More optional segments than any path has.
const MAX_OPTIONAL: usize = 4;

/// path-to-regexp's `/users{/:id}` as the older `/users/:id?`.
fn optional_groups(path: &str, syntax: Syntax) -> String {
    let mut path = path.to_owned();
    while let (Syntax::Colon, Some(at)) = (syntax, path.find("{/")) {
        match path[at..].find('}') {
            Some(end) => path.replace_range(at + end..=at + end, "?"),
            None => path.push('?'),
        }
        path.remove(at);
    }
    path
}

/// The segments of a path; a slash inside a parameter's pattern does not split.
fn split(path: &str, syntax: Syntax) -> Vec<String> {
    let (open, close) = match syntax {
        Syntax::Brace | Syntax::Pattern => ('{', '}'),
        Syntax::Colon => ('(', ')'),
        Syntax::Angle => ('<', '>'),
        Syntax::Bracket => ('[', ']'),
        Syntax::Mixed => ('{', '}'),
    };
    let mut segments = vec![String::new()];
    let mut depth = 0usize;
    for char in path.chars() {
        if char == '/' && depth == 0 {
            segments.push(String::new());
            continue;
        }
        if char == open {
            depth += 1;
        } else if char == close {
            depth = depth.saturating_sub(1);
        }
        segments.last_mut().expect("there is always a segment").push(char);
    }
    segments.retain(|it| !it.is_empty());
    segments
}

fn segment(text: &str, syntax: Syntax) -> Segment {
    match syntax {
        Syntax::Brace => brace(text),
        Syntax::Angle => enclosed(text, '<', '>', |inner| {
            let (kind, name) = inner.rsplit_once(':').unwrap_or(("", inner));
            (name.to_owned(), kind == "path")
        }),
        Syntax::Bracket => bracket(text),
        Syntax::Pattern => pattern(text),
        Syntax::Colon => colon(text),
        Syntax::Mixed => mixed(text),
    }
}

/// `{id}`, `{id:\\d+}`, `{*rest}`, `{tail:.*}`, `<id>`, `<rest..>`, `:id`, `*rest`
fn mixed(text: &str) -> Segment {
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

/// Replaces what stands between the brackets by `{name}`; `read` gives the name and whether it is a wildcard.
fn enclosed(text: &str, open: char, close: char, read: impl Fn(&str) -> (String, bool)) -> Segment {
    let mut out = String::new();
    let mut wildcard = false;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inner, left)) = after.split_once(close) else { break };
        let (name, wild) = read(inner.trim());
        wildcard |= wild;
        out.push_str(before);
        out.push_str(&format!("{{{}}}", if name.is_empty() { "param" } else { &name }));
        rest = left;
    }
    out.push_str(rest);
    Segment { text: out, wildcard, optional: false }
}

/// `{id}`, `{id:int}`, `{id: [a-z]{2}}`, `{id?}`, `{page=1}`, `{*rest}`, `{rest:path}`; `**` and `*` alone.
fn brace(text: &str) -> Segment {
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
fn pattern(text: &str) -> Segment {
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

/// `[id]`, `[id=integer]`, `[...rest]`, `[[lang]]`, `from-[a]-to-[b]`
fn bracket(text: &str) -> Segment {
    let mut out = String::new();
    let (mut wildcard, mut optional) = (false, false);
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, inner) = rest.split_at(at);
        let double = inner.starts_with("[[");
        let (open, close) = if double { (2, "]]") } else { (1, "]") };
        let Some(end) = inner.find(close) else { break };
        out.push_str(before);
        let name = inner.get(open..end).unwrap_or_default();
        let (name, many) = name.strip_prefix("...").map_or((name, false), |it| (it, true));
        let name = name.split('=').next().unwrap_or_default();
        wildcard |= many;
        rest = &inner[end + close.len()..];
        optional |= double && at == 0 && rest.is_empty();
        out.push_str(&format!("{{{}}}", if name.is_empty() { "path" } else { name }));
    }
    out.push_str(rest);
    Segment { text: out, wildcard, optional }
}

/// The name in `{name}`.
fn whole_name(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || it == '_')).then_some(name)
}

fn colon(text: &str) -> Segment {
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
            Some('?') => optional = true,
            Some(_) => wildcard = true,
            None => {}
        }
        out.push_str(&format!("{{{}}}", if name.is_empty() { "path" } else { &name }));
    }
    Segment { text: out, wildcard, optional }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(syntax: Syntax, path: &str, expected: &[&str]) {
        let found = templates(path, syntax, false);
        let found: Vec<String> =
            found.iter().map(|it| format!("{}{}", it.path, if it.wildcard { " *" } else { "" })).collect();
        assert_eq!(found, expected, "{path}");
    }

    #[test]
    fn braces() {
        check(Syntax::Brace, "/orders/{order_id:int}/lines", &["/orders/{order_id}/lines"]);
        check(Syntax::Brace, "/files/{path:path}", &["/files/{path} *"]);
        check(Syntax::Brace, "/files/{id: [0-9]{3}}/{**rest}", &["/files/{id}/{rest} *"]);
        check(Syntax::Brace, "/files/{id:int?}", &["/files", "/files/{id}"]);
        check(Syntax::Brace, "/files/{page=1}", &["/files", "/files/{page}"]);
        check(Syntax::Brace, "/files/**", &["/files/{path} *"]);
        check(Syntax::Brace, "", &["/"]);
        check(Syntax::Brace, "//a///b/", &["/a/b"]);
        assert_eq!(templates("/a/", Syntax::Brace, true)[0].path, "/a/");
        assert_eq!(templates("/", Syntax::Brace, true)[0].path, "/");
    }

    #[test]
    fn colons() {
        check(
            Syntax::Colon,
            "/orders/:id(\\d+)/lines/:line?",
            &["/orders/{id}/lines", "/orders/{id}/lines/{line}"],
        );
        check(Syntax::Colon, "/a/:from-:to", &["/a/{from}-{to}"]);
        check(Syntax::Colon, "/orders\\:batch", &["/orders:batch"]);
        check(Syntax::Colon, "/orders/:id<int>/x", &["/orders/{id}/x"]);
        check(Syntax::Colon, "/files/*rest", &["/files/{rest} *"]);
        check(Syntax::Colon, "/files/*", &["/files/{path} *"]);
        check(Syntax::Colon, "/files/+", &["/files/{path} *"]);
        check(Syntax::Colon, "/app/{*rest}", &["/app/{rest} *"]);
        check(Syntax::Colon, "/users{/:id}", &["/users", "/users/{id}"]);
        check(Syntax::Colon, "/users/:id{[0-9]{2}}/x", &["/users/{id}/x"]);
    }

    #[test]
    fn patterns() {
        check(Syntax::Pattern, "/orders/{id:[0-9]{2}/?}/lines", &["/orders/{id}/lines"]);
        check(Syntax::Pattern, "/files/{rest...}", &["/files/{rest} *"]);
        check(Syntax::Pattern, "/files/*", &["/files/{path} *"]);
        check(Syntax::Pattern, "/orders/{$}", &["/orders"]);
        check(Syntax::Pattern, "/{$}", &["/"]);
        check(Syntax::Pattern, "/a/{from}-{to}", &["/a/{from}-{to}"]);
    }

    #[test]
    fn brackets_and_angles() {
        check(Syntax::Bracket, "/shop/[id]/[...slug]", &["/shop/{id}/{slug} *"]);
        check(Syntax::Bracket, "/docs/[[...slug]]", &["/docs", "/docs/{slug} *"]);
        check(Syntax::Bracket, "/[[lang]]/a", &["/a", "/{lang}/a"]);
        check(Syntax::Bracket, "/[id=whole]/x-[a]-[b].json", &["/{id}/x-{a}-{b}.json"]);
        check(Syntax::Bracket, "/[...]", &["/{path} *"]);
        check(Syntax::Angle, "/a/<int:id>/<path:rest>", &["/a/{id}/{rest} *"]);
        check(Syntax::Angle, "/a/<regex(\"[a-z]/\"):x>", &["/a/{x}"]);
    }

    #[test]
    fn forms_of_rust() {
        check(Syntax::Mixed, "/a/{id}/:line/*rest", &["/a/{id}/{line}/{rest} *"]);
        check(Syntax::Mixed, "/a/{id:[0-9]{2}}/{tail:.*}", &["/a/{id}/{tail} *"]);
        check(Syntax::Mixed, "/a/<id>/<rest..>?<page>&<size>", &["/a/{id}/{rest} *"]);
        check(Syntax::Mixed, "/a/{*rest}", &["/a/{rest} *"]);
        check(Syntax::Mixed, "/a/{id|[0-9]+}", &["/a/{id}"]);
    }

    #[test]
    fn broken_templates_do_not_panic() {
        for path in ["{", "}", "/{a", "/:(", "/:a(", "[", "[[...", "/<", "/a:", "é/{ü:path}"] {
            for syntax in
                [Syntax::Brace, Syntax::Colon, Syntax::Angle, Syntax::Bracket, Syntax::Mixed, Syntax::Pattern]
            {
                assert!(templates(path, syntax, true).iter().all(|it| it.path.starts_with('/')));
            }
        }
    }
}
