//! A framework's path template → OpenAPI's: `/orders/:id` → `/orders/{id}`.

mod braces;
mod brackets;
mod colons;

use super::framework::Syntax;
use braces::{brace, mixed, pattern};
use brackets::{bracket, enclosed};
use colons::colon;

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
    let optional: Vec<usize> =
        segments.iter().enumerate().filter(|(_, it)| it.optional).map(|(at, _)| at).collect();
    if optional.len() > MAX_OPTIONAL {
        // Without names each length is one path: the first few of the optional segments, up to all.
        let lengths = (0..=optional.len()).map(|kept| {
            let left_out = optional.get(kept..).unwrap_or_default();
            join(
                segments
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| !left_out.contains(at))
                    .map(|(_, it)| it)
                    .collect(),
            )
        });
        return lengths.collect();
    }
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

/// Optional segments of which every choice is listed.
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
    // Micronaut's `/orders{/id}`.
    while let (Syntax::Brace, Some(at)) = (syntax, path.find("{/")) {
        let Some(end) = path[at..].find('}') else { break };
        path.insert(at + end, '?');
        path.replace_range(at..at + 2, "/{");
    }
    path
}

/// The segments of a path; a slash inside a parameter's pattern does not split.
fn split(path: &str, syntax: Syntax) -> Vec<String> {
    let (open, close) = match syntax {
        Syntax::Brace | Syntax::Pattern => ('{', '}'),
        Syntax::Colon => ('(', ')'),
        Syntax::Angle | Syntax::Named => ('<', '>'),
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
        Syntax::Named => enclosed(text, '<', '>', |inner| {
            let (name, kind) = inner.split_once(':').unwrap_or((inner, ""));
            (name.to_owned(), kind == "path")
        }),
        Syntax::Bracket => bracket(text),
        Syntax::Pattern => pattern(text),
        Syntax::Colon => colon(text),
        Syntax::Mixed => mixed(text),
    }
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
        check(Syntax::Named, "/a/<id:int>/<rest:path>", &["/a/{id}/{rest} *"]);
        check(Syntax::Named, "/a/<id>/<x:re:[a-z]+>", &["/a/{id}/{x}"]);
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
