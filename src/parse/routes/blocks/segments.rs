//! Optional parts of a path, and the name of a resource's parameter.

use crate::parse::routes::text::Text;

/// Paths that one with optional parts stands for.
const MAX_FORMS: usize = 16;

/// `(/:locale)/orders(.:format)` is `/orders` and `/:locale/orders`.
pub(super) fn optional(path: &Text) -> Vec<Text> {
    match path.as_known() {
        Some(known) if known.contains('(') => expand(&known).iter().map(|it| path.with(it)).collect(),
        Some(_) => vec![path.clone()],
        None => vec![path.map(|it| it.replace("(.:format)", "").replace(['(', ')'], ""))],
    }
}

fn expand(path: &str) -> Vec<String> {
    let mut found = vec![path.to_owned()];
    // The innermost group first, so that what is in it is optional within what is around it.
    while let Some(at) = found.iter().position(|it| innermost(it).is_some()) {
        let path = found.remove(at);
        let Some((start, end)) = innermost(&path) else { break };
        let (before, group, after) = (&path[..start], &path[start + 1..end], &path[end + 1..]);
        if !group.starts_with('.') && found.len() < MAX_FORMS {
            found.insert(at, format!("{before}{group}{after}"));
        }
        found.insert(at, format!("{before}{after}"));
    }
    found.sort();
    found.dedup();
    found
}

/// The bytes of the first closed group without a group in it.
fn innermost(path: &str) -> Option<(usize, usize)> {
    let end = path.find(')')?;
    let start = path[..end].rfind('(')?;
    Some((start, end))
}

/// `/a[/{b}]` is `/a` and `/a/{b}`; the brackets of an expression in braces are none.
pub(super) fn bracketed(path: &Text) -> Vec<Text> {
    let Some(known) = path.as_known().filter(|it| it.contains('[')) else { return vec![path.clone()] };
    let (mut depth, mut ends, mut text) = (0usize, Vec::new(), String::new());
    for char in known.chars() {
        match char {
            '[' if depth == 0 => ends.push(text.len()),
            ']' if depth == 0 => {}
            _ => {
                match char {
                    '{' => depth += 1,
                    '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                text.push(char);
            }
        }
    }
    ends.push(text.len());
    ends.iter().map(|&end| path.with(&text[..end])).collect()
}

/// `/a/{b?}/{c?}` is `/a`, `/a/{b}` and `/a/{b}/{c}`.
pub(super) fn optional_parameters(path: &Text) -> Vec<Text> {
    let Some(known) = path.as_known().filter(|it| it.contains("?}")) else {
        return vec![path.map(|it| it.replace("?}", "}"))];
    };
    let mut found = Vec::new();
    let segments: Vec<&str> = known.split('/').collect();
    let mut end = segments.len();
    loop {
        let text = segments[..end].join("/").replace("?}", "}");
        found.push(path.with(&text));
        if end == 0 || !segments[end - 1].ends_with("?}") || !segments[end - 1].starts_with('{') {
            break;
        }
        end -= 1;
    }
    found
}

/// `order` of `orders`; which name it has is of no account.
pub(super) fn singular(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name: String = name.chars().filter(|it| it.is_alphanumeric() || *it == '_').collect();
    match name.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => name.strip_suffix('s').unwrap_or(&name).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_parts() {
        assert_eq!(expand("/a(.:format)"), ["/a"]);
        assert_eq!(expand("/a)("), ["/a)("]);
        assert_eq!(expand("(/:locale)/a"), ["/:locale/a", "/a"]);
        assert_eq!(expand("/a(/:b(/:c))"), ["/a", "/a/:b", "/a/:b/:c"]);
        assert!(expand(&"(/x)".repeat(40)).len() <= 3 * MAX_FORMS);
    }

    #[test]
    fn names_of_parameters() {
        assert_eq!(singular("admin/categories"), "category");
        assert_eq!(singular("orders"), "order");
    }
}
