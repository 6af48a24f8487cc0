//! Other words for what the grammar does not understand, as long as those that stand there.
//!
//! It wants a brace that closes a class on a line of its own, knows no empty list `[ ]`, and takes
//! `@Path("/x") class Orders { … }` for an expression that calls an operator `class` if it can.

use crate::parse::routes::lower::tree::Syntax;
use tree_sitter::{Node, Tree};

/// Annotations before annotations.
const MAX_DEPTH: usize = 10;

/// Where a text is: in code, or in a literal or comment with this end.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Code,
    Literal(&'static str),
    Comment(&'static str),
}

/// The text in other words, each byte that counts in its place; `classes` are the places of classes that the
/// grammar takes for expressions. None when there is nothing to change.
pub(super) fn reworded(text: &str, classes: &[usize]) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut within = Within::Code;
    let (mut at, mut changed, mut depth) = (0, false, 0usize);
    // The last byte of code that is no blank.
    let mut last = b' ';
    while let Some(rest) = text.as_bytes().get(at..).filter(|it| !it.is_empty()) {
        let starts = |words: &str| rest.starts_with(words.as_bytes());
        let mut step = 1;
        match within {
            Within::Code => {
                let opened = [
                    ("\"\"\"", Within::Literal("\"\"\"")),
                    ("\"", Within::Literal("\"")),
                    ("'", Within::Literal("'")),
                    ("//", Within::Comment("\n")),
                    ("/*", Within::Comment("*/")),
                ];
                if let Some((words, inside)) = opened.into_iter().find(|(words, _)| starts(words)) {
                    (within, step) = (inside, words.len());
                } else if starts(" }") {
                    bytes[at] = b'\n';
                    changed = true;
                } else if let Some(length) = empty_list(rest) {
                    bytes[at..at + length].fill(b' ');
                    bytes[at..at + 2].fill(b'"');
                    (changed, step) = (true, length);
                } else if depth == 0 && last == b')' && rest[0].is_ascii_whitespace() {
                    let after = class_after(text.get(at..).unwrap_or_default());
                    if after.is_some_and(|it| classes.contains(&(at + it))) {
                        bytes[at] = b';';
                        changed = true;
                    }
                    last = b' ';
                }
                match rest[0] {
                    b'{' => depth += 1,
                    b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if !rest[0].is_ascii_whitespace() && within == Within::Code {
                    last = rest[0];
                }
            }
            Within::Literal(end) if starts("\\") && end.len() == 1 => step = 2,
            Within::Literal(end) | Within::Comment(end) if starts(end) => {
                (within, step) = (Within::Code, end.len());
            }
            // A literal of one line that does not end there is none.
            Within::Literal(end) if end.len() == 1 && starts("\n") => within = Within::Code,
            Within::Literal(_) | Within::Comment(_) => {}
        }
        at += step;
    }
    if changed { String::from_utf8(bytes).ok() } else { None }
}

/// How long the empty list is that a text begins with, blanks in it counted.
fn empty_list(text: &[u8]) -> Option<usize> {
    let blanks = text.strip_prefix(b"[")?.iter().take_while(|it| it.is_ascii_whitespace()).count();
    (text.get(blanks + 1) == Some(&b']')).then_some(blanks + 2)
}

/// Where a class begins that follows, maybe after comments and annotations without arguments.
fn class_after(text: &str) -> Option<usize> {
    let mut rest = text.trim_start();
    loop {
        let after = match rest.get(..2) {
            Some("//") => rest.split_once('\n').map(|(_, it)| it),
            Some("/*") => rest.split_once("*/").map(|(_, it)| it),
            _ => rest
                .strip_prefix('@')
                .map(|it| it.trim_start_matches(|it: char| it.is_alphanumeric() || matches!(it, '_' | '.'))),
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None if rest.starts_with("class ") => return Some(text.len() - rest.len()),
            None => return None,
        }
    }
}

/// What of a file the grammar does not understand.
pub(super) struct Faults {
    /// How much is lost by it: most by an error, less by a class that it takes for an expression.
    pub(super) weight: usize,
    /// Where these classes begin.
    pub(super) classes: Vec<usize>,
}

/// Looks for what the grammar did not understand.
pub(super) fn faults(tree: &Tree, text: &str) -> Faults {
    let root = Syntax::root(tree, text);
    let annotated = root.children().into_iter().filter(|it| it.kind() == "annotated_expression");
    let classes: Vec<usize> = annotated.filter_map(|it| mistaken(it, 0)).collect();
    let errors = if root.node.has_error() { errors(root.node) } else { 0 };
    Faults { weight: 2 * errors + classes.len(), classes }
}

/// Where the operator `class` stands in an annotated expression.
fn mistaken(node: Syntax<'_>, depth: usize) -> Option<usize> {
    let children = node.children();
    match (node.kind(), children.first()) {
        ("infix_expression", Some(first)) if first.words() == "class" => Some(first.range().start as usize),
        _ if depth > MAX_DEPTH => None,
        _ => mistaken(*children.last()?, depth + 1).or_else(|| mistaken(*children.first()?, depth + 1)),
    }
}

fn errors(root: Node<'_>) -> usize {
    let (mut found, mut open) = (0, vec![root]);
    while let Some(node) = open.pop() {
        found += usize::from(node.is_error() || node.is_missing());
        let mut cursor = node.walk();
        open.extend(node.children(&mut cursor).filter(Node::has_error));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_grammar_needs_takes_the_place_of_blanks() {
        let text = "class A { val x = \"{ }\" /* } */ } // }\nval c = '}' }";
        let wanted = "class A { val x = \"{ }\" /* } */\n} // }\nval c = '}'\n}";
        assert_eq!(reworded(text, &[]).as_deref(), Some(wanted));
        assert_eq!(reworded("class A {\n}", &[]), None);
        assert_eq!(reworded("\"\\", &[]), None);
        assert_eq!(reworded("val x = \"\"\"{ }", &[]), None);
        assert_eq!(reworded("@A(b = [  ], c = [1])", &[]).as_deref(), Some("@A(b = \"\"  , c = [1])"));
        let text = "@A([])\n@B.C class D {\n@E(1) class F\n}\n@G(1) // x\nclass H\n@I()\nclass J";
        let wanted = "@A(\"\");@B.C class D {\n@E(1) class F\n}\n@G(1);// x\nclass H\n@I()\nclass J";
        let classes: Vec<usize> = ["class D", "class F", "class H"].map(|it| text.find(it).unwrap()).into();
        assert_eq!(reworded(text, &classes).as_deref(), Some(wanted));
    }
}
