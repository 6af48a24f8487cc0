//! What stands under a condition of the build: `#[cfg(feature = "docs")]`.

use crate::parse::routes::lower::tree::Syntax;

/// Whether something is part of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// Only of its tests.
    Never,
    /// Only where somebody asks for other features than the usual ones.
    Unusual,
    Usual,
}

/// The children of a node without their attributes and without what only tests have, each with its attributes.
pub(super) fn held<'t>(node: Syntax<'t>) -> Vec<(Syntax<'t>, Vec<Syntax<'t>>, Held)> {
    let mut attributes: Vec<Syntax<'t>> = Vec::new();
    let mut found = Vec::new();
    for child in node.children() {
        if child.kind() == "attribute_item" {
            attributes.push(child);
            continue;
        }
        let own = std::mem::take(&mut attributes);
        let held = own.iter().map(|it| said(*it)).min().unwrap_or(Held::Usual);
        if held != Held::Never {
            found.push((child, own, held));
        }
    }
    found
}

/// Whether something holds whose attributes are among its own children: the arm of a `match`.
pub(super) fn of_own(node: Syntax<'_>) -> Held {
    let own = node.children().into_iter().filter(|it| it.kind() == "attribute_item");
    own.map(said).min().unwrap_or(Held::Usual)
}

/// What an attribute says: `#[test]`, `#[tokio::test]`, `#[cfg(…)]`.
fn said(attribute: Syntax<'_>) -> Held {
    let words = attribute.words().trim_start_matches("#[").trim_end_matches(']').trim();
    if let Some(condition) = words.strip_prefix("cfg").and_then(|it| it.trim_start().strip_prefix('(')) {
        return when(condition, attribute);
    }
    let is_test = words.split('(').next().is_some_and(|it| it == "test" || it.ends_with("::test"));
    if is_test { Held::Never } else { Held::Usual }
}

/// Whether a condition holds, whose words these are.
pub(super) fn when(condition: &str, node: Syntax<'_>) -> Held {
    let is_on = |feature: &str| node.features().is_none_or(|it| it.contains(feature));
    predicate(&mut condition.trim_start(), &is_on, 0).0
}

/// A condition nests less deep.
const MAX_DEPTH: usize = 16;

/// Reads a condition; whether it holds, and whether it does not.
fn predicate(rest: &mut &str, is_on: &dyn Fn(&str) -> bool, depth: usize) -> (Held, Held) {
    let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after.trim_start();
    if let Some(value) = rest.strip_prefix('=') {
        let value = value.trim_start().trim_start_matches('"');
        let (value, after) = value.split_once('"').unwrap_or((value, ""));
        *rest = after.trim_start();
        return match (name, is_on(value)) {
            ("feature", true) => (Held::Usual, Held::Unusual),
            ("feature", false) => (Held::Unusual, Held::Usual),
            _ => (Held::Usual, Held::Usual),
        };
    }
    let mut all = Vec::new();
    if let Some(inside) = rest.strip_prefix('(').filter(|_| depth < MAX_DEPTH) {
        *rest = inside.trim_start();
        while rest.starts_with(|it: char| it.is_alphanumeric() || it == '_') {
            all.push(predicate(rest, is_on, depth + 1));
            *rest = rest.trim_start_matches(',').trim_start();
        }
        *rest = rest.strip_prefix(')').unwrap_or(rest).trim_start();
    }
    let held = || all.iter().map(|it| it.0);
    let not = || all.iter().map(|it| it.1);
    match name {
        "test" => (Held::Never, Held::Usual),
        "all" => (held().min().unwrap_or(Held::Usual), not().max().unwrap_or(Held::Never)),
        "any" => (held().max().unwrap_or(Held::Never), not().min().unwrap_or(Held::Usual)),
        "not" => all.first().map_or((Held::Usual, Held::Usual), |it| (it.1, it.0)),
        // The system, the compiler, words of the project's own: nobody knows.
        _ => (Held::Usual, Held::Usual),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        let check = |condition: &str, expected: Held| {
            let found = predicate(&mut { condition }, &|it| it == "on", 0).0;
            assert_eq!(found, expected, "{condition}");
        };
        check("test)", Held::Never);
        check("all(test, feature = \"on\"))", Held::Never);
        check("any(test, feature = \"off\"))", Held::Unusual);
        check("not(test))", Held::Usual);
        check("feature = \"on\")", Held::Usual);
        check("feature=\"off\")", Held::Unusual);
        check("not(feature = \"on\"))", Held::Unusual);
        check("not(all(feature = \"on\", feature = \"off\")))", Held::Usual);
        check("all(feature = \"on\", not(windows)))", Held::Usual);
        check("any(feature = \"on\", feature = \"off\"))", Held::Usual);
        check("target_os = \"linux\")", Held::Usual);
        check("all(unix, feature = \"off\"", Held::Unusual);
        check("not(", Held::Usual);
    }
}
