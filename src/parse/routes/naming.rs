//! How the path of a route file below its root becomes the path of a route.

use super::framework::{FileRule, Naming};
use super::resolve::parent;

/// What the name of a route file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The paths below the root, in brackets' syntax; several where a part is optional.
    pub(super) below: Vec<String>,
    /// The verb in its name.
    pub(super) verb: Option<String>,
}

/// Verbs that a file's name can end with.
const VERBS: [&str; 9] = ["get", "head", "post", "put", "patch", "delete", "options", "connect", "trace"];

/// More optional parts than any path has.
const MAX_OPTIONAL: u32 = 4;

/// What the rule makes of a file without suffix, if it reads the file. Where folders nest, a slash means what a dot
/// does.
pub(super) fn named(rule: &FileRule, stem: &str, nested: bool) -> Option<Named> {
    if stem.split('/').any(|segment| rule.skip.iter().any(|it| fits(it, segment))) {
        return None;
    }
    let plain = |below: String| Some(Named { below: vec![below], verb: None });
    match rule.naming {
        Naming::Folders => plain(folders(rule, stem)?),
        Naming::VerbSuffix => {
            let (stem, verb) = verb_suffix(stem)?;
            Some(Named { below: vec![folders(rule, stem)?], verb })
        }
        Naming::Function => plain(function(stem)?),
        Naming::Dots => Some(Named { below: dots(rule, stem, nested)?, verb: None }),
    }
}

fn folders(rule: &FileRule, stem: &str) -> Option<String> {
    let (folder, name) = (parent(stem), stem.rsplit('/').next()?);
    let is_named = rule.names.is_empty() || rule.names.iter().any(|it| it == name);
    let stands_for_folder = !rule.names.is_empty() || rule.index.iter().any(|it| it == name);
    is_named.then(|| if stands_for_folder { folder.to_owned() } else { stem.to_owned() })
}

/// `orders.get`, `orders.get.prod`; what is for development alone is no route.
fn verb_suffix(stem: &str) -> Option<(&str, Option<String>)> {
    let stem = match stem.rsplit_once('.') {
        Some((_, "dev" | "prerender")) => return None,
        Some((rest, "prod")) => rest,
        _ => stem,
    };
    Some(match stem.rsplit_once('.') {
        Some((rest, verb)) if VERBS.contains(&verb) => (rest, Some(verb.to_ascii_uppercase())),
        _ => (stem, None),
    })
}

/// `orders`, `orders/index`, `orders/orders`; what lies deeper belongs to a function.
fn function(stem: &str) -> Option<String> {
    match stem.split_once('/') {
        None => Some(stem.to_owned()),
        Some((folder, name)) => (name == "index" || name == folder).then(|| folder.to_owned()),
    }
}

/// `orders.$id`, `orders.$id/route`, `_layout.orders`, `orders_.new`, `($lang).orders`, `feed[.]xml`; where folders
/// nest `orders/$id`, too.
fn dots(rule: &FileRule, stem: &str, nested: bool) -> Option<Vec<String>> {
    let deep = stem.contains('/');
    let stem = if nested { stem.to_owned() } else { route_of_folder(stem)? };
    let mut parts = parts(&stem);
    let index = |it: &String| rule.index.contains(it) || (nested && deep && it == "route");
    if parts.last().is_some_and(index) {
        parts.pop();
    }
    // What lies beside the routes and is none.
    if nested && parts.iter().any(|it| it.starts_with('+')) {
        return None;
    }
    let shown = parts.iter().filter(|it| !it.starts_with('_'));
    Some(alternatives(&shown.map(|it| segment(it)).collect::<Vec<_>>()))
}

/// The name in dots of a file that may lie in a folder: of such a one only the route module counts.
fn route_of_folder(stem: &str) -> Option<String> {
    // Folders with a plus are dots by another name.
    let stem = stem.replace("+/", ".");
    let Some((folder, name)) = stem.split_once('/') else { return Some(stem) };
    match name {
        "route" | "index" | "layout" | "page" => Some(folder.to_owned()),
        _ if name.contains('/') => None,
        _ if name.starts_with('_') => Some(folder.to_owned()),
        _ => name.strip_suffix(".route").map(|it| format!("{folder}.{it}")),
    }
}

/// A part in brackets' syntax, and whether it may be left out: `$id`, `($lang)`, `$`, `$id[.json]`.
fn segment(part: &str) -> (String, bool) {
    let part = part.strip_suffix('_').unwrap_or(part);
    let optional = part.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let text = optional.unwrap_or(part);
    let plain = |it: &str| it.replace(['[', ']'], "");
    let segment = match text.strip_prefix('$') {
        Some("") => "[...splat]".to_owned(),
        Some(rest) => {
            let is_word = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-');
            let end = rest.find(|it| !is_word(it)).unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            format!("[{name}]{}", plain(rest))
        }
        None => plain(text),
    };
    (segment, optional.is_some())
}

/// The parts between dots and slashes, except for dots in brackets.
fn parts(stem: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for char in stem.chars() {
        match char {
            '[' => escaped = true,
            ']' => escaped = false,
            '.' | '/' if !escaped => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(char);
        }
    }
    parts
}

/// The paths with and without each optional segment.
pub(super) fn alternatives(segments: &[(String, bool)]) -> Vec<String> {
    let optional = segments.iter().filter(|it| it.1).count() as u32;
    let mut found = Vec::new();
    for choice in 0..1usize << optional.min(MAX_OPTIONAL) {
        let mut nth = 0;
        let mut path = String::new();
        for (segment, optional) in segments {
            let kept = !optional || choice >> nth & 1 == 1;
            nth += u32::from(*optional && nth < MAX_OPTIONAL);
            if kept {
                path.push('/');
                path.push_str(segment);
            }
        }
        found.push(path);
    }
    found
}

/// A segment with characters in place of their numbers, as SvelteKit has them: `[x+2e]well-known`, `[u+00e9]t[u+00e9]`.
pub(super) fn unescaped(segment: &str) -> String {
    let mut out = String::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let inner = after.split_once(']').and_then(|(inner, after)| {
            let numbers = inner.strip_prefix("x+").or_else(|| inner.strip_prefix("u+"))?;
            let chars: Option<String> =
                numbers.split('-').map(|it| char::from_u32(u32::from_str_radix(it, 16).ok()?)).collect();
            Some((chars?, after))
        });
        match inner {
            Some((chars, after)) => {
                out.push_str(&chars);
                rest = after;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// Matches a segment against a pattern with at most one star.
pub(super) fn fits(pattern: &str, segment: &str) -> bool {
    let Some((start, end)) = pattern.split_once('*') else { return pattern == segment };
    segment.len() >= start.len() + end.len() && segment.starts_with(start) && segment.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::routes::framework::ALL;

    fn check(framework: &str, stem: &str, expected: &[&str]) {
        check_nested(framework, stem, false, expected);
    }

    fn check_nested(framework: &str, stem: &str, nested: bool, expected: &[&str]) {
        let framework = ALL.iter().find(|it| it.name == framework).unwrap();
        let found = named(&framework.files[0], stem, nested);
        let verb = found.as_ref().and_then(|it| it.verb.clone()).map(|it| it + " ").unwrap_or_default();
        let found: Vec<String> =
            found.into_iter().flat_map(|it| it.below).map(|it| format!("{verb}{it}")).collect();
        assert_eq!(found, expected, "{stem}");
    }

    #[test]
    fn dots_and_escapes() {
        check("Remix", "api.boats.$id", &["/api/boats/[id]"]);
        check("Remix", "_app.boats_.$id.edit", &["/boats/[id]/edit"]);
        check("Remix", "api.$", &["/api/[...splat]"]);
        check("Remix", "feed[.]xml", &["/feed.xml"]);
        check("Remix", "[feed.xml]", &["/feed.xml"]);
        check("Remix", "($lang).api", &["/api", "/[lang]/api"]);
        check("Remix", "api.boats/route", &["/api/boats"]);
        check("Remix", "api+/boats.$id", &["/api/boats/[id]"]);
        check("Remix", "api.boats/query", &[]);
        check("Remix", "_index", &[""]);
        check("Remix", "api.boats.$id[.json]", &["/api/boats/[id].json"]);
        check("Remix", "img.$size[@]2x", &["/img/[size]@2x"]);
        check("Remix", "[_].[$]", &["/_/$"]);
        check("Remix", "api+/boats/page", &["/api/boats"]);
        check("Remix", "api+/boats/_store", &["/api/boats"]);
        check("Remix", "api+/boats/sails.route", &["/api/boats/sails"]);
    }

    #[test]
    fn folders_that_nest() {
        let check = |stem: &str, expected: &[&str]| check_nested("Remix", stem, true, expected);
        check("api/boats/$id", &["/api/boats/[id]"]);
        check("__app/boats/$id.sails", &["/boats/[id]/sails"]);
        check("_auth/auth.$provider/index", &["/auth/[provider]"]);
        check("api/files/$/index", &["/api/files/[...splat]"]);
        check("boats/+shared/store", &[]);
        check("boats/route", &["/boats"]);
        check("route", &["/route"]);
    }

    #[test]
    fn numbers_of_characters() {
        assert_eq!(unescaped("[x+2e]well-known"), ".well-known");
        assert_eq!(unescaped("[id]-[u+00e9-74]-[x]"), "[id]-ét-[x]");
        assert_eq!(unescaped("[x+zz][x+2e"), "[x+zz][x+2e");
    }

    #[test]
    fn functions_and_verbs() {
        check("Netlify", "orders", &["orders"]);
        check("Netlify", "orders/index", &["orders"]);
        check("Netlify", "orders/orders", &["orders"]);
        check("Netlify", "orders/lines", &[]);
        check("Netlify", "identity-signup", &[]);
        check("Netlify", "deploy-notes", &["deploy-notes"]);
        check("Nuxt", "boats/[id].put", &["PUT boats/[id]"]);
        check("Nuxt", "boats/index.get", &["GET boats"]);
        check("Nuxt", "probe.get.dev", &[]);
        check("Nuxt", "probe", &["probe"]);
    }
}
