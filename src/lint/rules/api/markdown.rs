//! What is dangerous in Markdown.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

/// A text of the same length in which code is blank.
pub(super) fn outside_code(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        let marker = ["```", "~~~"].into_iter().find(|it| start.starts_with(it));
        match (fence, marker) {
            (None, Some(_)) => fence = marker,
            (Some(open), Some(close)) if open == close => fence = None,
            (None, None) => {
                plain.push_str(&outside_spans(line));
                continue;
            }
            _ => {}
        }
        plain.extend(std::iter::repeat_n(' ', line.len()));
    }
    plain
}

/// A line of the same length in which code spans are blank.
fn outside_spans(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(open) = line.get(at..).and_then(|it| it.find('`')).map(|it| at + it) {
        let ticks = line[open..].bytes().take_while(|&it| it == b'`').count();
        let body = open + ticks;
        let close = line.get(body..).and_then(|it| it.find(&"`".repeat(ticks))).map(|it| body + it + ticks);
        plain.push_str(line.get(at..open).unwrap_or_default());
        let end = close.unwrap_or(body);
        plain.extend(std::iter::repeat_n(' ', end - open));
        at = end;
    }
    plain.push_str(line.get(at..).unwrap_or_default());
    plain
}

/// Where a text has scripts, frames and handlers of events.
pub(super) fn unsafe_parts(text: &str) -> Vec<Range<usize>> {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        let tags = r"<(?:script|iframe|object|embed)\b";
        let handlers = r#"<[a-z][^<>]*?\s(on[a-z]{3,}\s*=)"#;
        let links = r#"(?:\]\(|href\s*=\s*["']?|src\s*=\s*["']?)\s*(javascript:)"#;
        compiled(&format!("(?i){tags}|{handlers}|{links}"))
    });
    let found = PARTS.captures_iter(text);
    found
        .filter_map(|it| it.get(1).or_else(|| it.get(2)).or_else(|| it.get(0)))
        .map(|it| it.range())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        unsafe_parts(&outside_code(text)).into_iter().map(|it| &text[it]).collect()
    }

    #[test]
    fn scripts_are_found_outside_code() {
        assert_eq!(found("a <SCRIPT>x</script> <b onclick = 'x'>"), ["<SCRIPT", "onclick ="]);
        assert_eq!(found("[a](javascript:x) <a href=\"javascript:y\">"), ["javascript:", "javascript:"]);
        assert_eq!(
            found("`<script>` ``a ` <iframe>``\n```html\n<script>\n```\n<scripture> only = 1"),
            [""; 0]
        );
        assert_eq!(found("ü `x <script>"), ["<script"]);
    }
}
