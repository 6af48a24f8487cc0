//! Chains of a flowchart, `a -->|x| b -->|y| c`, as one link a line: the renderer loses the words of a chain.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

/// An arrow with the words on it.
static LINK: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"^(?:[<xo]?(?:--+[->xo]|==+[=>xo]|-\.+->?)(?:\s*\|[^|]*\|)?|~~~+)"));

/// The line as one link a line, where it is a chain with words on its links; else none.
pub(super) fn split(line: &str) -> Option<String> {
    if line.matches('|').count() < 2 {
        return None;
    }
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut rest = line.trim().trim_end_matches(';').trim_end();
    // Nodes as they are written, with their names alone, and the link behind each.
    let mut parts: Vec<(String, String, &str)> = Vec::new();
    loop {
        let (length, names) = nodes(rest)?;
        let (written, behind) = rest.split_at(length);
        let behind = behind.trim_start();
        let link = LINK.find(behind).map_or("", |it| it.as_str());
        parts.push((written.trim().to_owned(), names, link));
        if link.is_empty() {
            if !behind.is_empty() {
                return None;
            }
            break;
        }
        rest = behind[link.len()..].trim_start();
    }
    if parts.len() < 3 || !parts.iter().any(|it| it.2.contains('|')) {
        return None;
    }
    let mut lines = String::new();
    for (at, pair) in parts.windows(2).enumerate() {
        let [(written, names, link), (next, ..)] = pair else { continue };
        let from = if at == 0 { written } else { names };
        lines.push_str(&format!("{indent}{from} {link} {next}\n"));
    }
    Some(lines)
}

/// How long the nodes at the start of a text are, `a[Words] & b`, and their names alone.
fn nodes(text: &str) -> Option<(usize, String)> {
    let mut at = 0;
    let mut names: Vec<&str> = Vec::new();
    loop {
        let rest = text.get(at..)?;
        let name = rest.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(rest.len());
        if name == 0 {
            return None;
        }
        names.push(&rest[..name]);
        at += name + shape(&rest[name..])?;
        let behind = text[at..].trim_start();
        match behind.strip_prefix('&') {
            Some(next) => at = text.len() - next.trim_start().len(),
            None => return Some((at, names.join(" & "))),
        }
    }
}

/// How long the brackets of a node are; none where they do not close.
fn shape(text: &str) -> Option<usize> {
    if !text.starts_with(['[', '(', '{', '>']) || text.starts_with(">>") {
        return Some(0);
    }
    let mut depth = 0usize;
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' | '(' | '{' => depth += 1,
            '>' if at == 0 => depth += 1,
            ']' | ')' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn a_chain_is_one_link_a_line() {
        assert_eq!(
            split("  a[Queue \"x | y\"] -->|yes| b{Up?} -->|no| c([End]) --> d").as_deref(),
            Some("  a[Queue \"x | y\"] -->|yes| b{Up?}\n  b -->|no| c([End])\n  c --> d\n")
        );
        assert_eq!(split("a & b ==>|x| c -.->|y| d;").as_deref(), Some("a & b ==>|x| c\nc -.->|y| d\n"));
    }

    #[test]
    fn other_lines_stay() {
        for line in [
            "a -->|x| b",
            "a --> b --> c",
            "a[open -->|x| b -->|y| c",
            "subgraph one",
            "a -->|x| b c -->|y| d",
            "a -->|x| b; b -->|y| c",
            "é -->|x| ",
            "||",
            "",
        ] {
            assert_eq!(split(line), None, "{line}");
        }
    }
}
