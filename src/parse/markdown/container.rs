//! The containers of MkDocs: `=== "Tab"`, `!!! note "Title"`, `??? tip`, whose body is indented by four.
//!
//! Markdown takes the body for an indented code block. The parser is therefore given a text of the same length in
//! which the line above it begins an item of a list with an invisible title (`1)  <?>`), so that the body is read
//! as what it is and every byte keeps its place. The renderer sees in the real text what the item is.

/// What an item of a list really is. The words are those of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container<'a> {
    /// A tab with its title.
    Tab(&'a str),
    /// A box.
    Box {
        /// `note`, `warning` …: the first word, which is in lower case.
        kind: &'a str,
        /// The title, empty for a box without one; none where the kind says it.
        title: Option<&'a str>,
        /// For one that can be folded, whether it is open at first.
        folded: Option<bool>,
    },
}

/// What takes the place of the title: the start of an item whose body begins at column 4, and a processing
/// instruction, which ends in its line whatever follows.
const ITEM: &str = "1)  <?>";

/// The container that a text begins with.
pub fn container(text: &str) -> Option<Container<'_>> {
    let line = text.trim_start().lines().next()?.trim_end();
    let (mark, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    let folded = match mark {
        "===" => return quoted(rest).filter(|it| !it.is_empty()).map(Container::Tab),
        "!!!" => None,
        "???" => Some(false),
        "???+" => Some(true),
        _ => return None,
    };
    let (words, title) = match rest.find('"') {
        Some(at) => (&rest[..at], Some(quoted(&rest[at..])?)),
        None => (rest, None),
    };
    let kind = words.split_whitespace().next()?;
    let plain = |it: &str| it.bytes().all(|it| it.is_ascii_lowercase() || matches!(it, b'-' | b'_'));
    (kind.len() > 2 && words.split_whitespace().all(plain)).then_some(Container::Box { kind, title, folded })
}

/// What stands between the quotes that a line begins and ends with.
fn quoted(words: &str) -> Option<&str> {
    words.strip_prefix('"')?.strip_suffix('"')
}

/// The text with list items in the place of containers; none where it has no container.
pub(super) fn as_items(text: &str) -> Option<String> {
    if !["=== \"", "!!! ", "??? ", "???+ "].iter().any(|it| text.contains(it)) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<(u8, usize)> = None;
    // The title that waits for its body: its place in `out`, and its indentation.
    let mut waiting: Option<(std::ops::Range<usize>, usize)> = None;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let indent = line.bytes().take_while(|&it| it == b' ').count();
        let words = line.trim();
        if let Some((title, outer)) = waiting.take_if(|_| !words.is_empty())
            && indent >= outer + 4
        {
            found.push(title);
        }
        let inside = words.trim_start_matches(|c: char| {
            matches!(c, '>' | '-' | '*' | '+' | ' ' | '.' | ')') || c.is_ascii_digit()
        });
        let mark = inside.bytes().next().filter(|it| matches!(it, b'`' | b'~'));
        let length = mark.map_or(0, |mark| inside.bytes().take_while(|&it| it == mark).count());
        match (fence, mark) {
            (Some((open, least)), Some(mark))
                if mark == open && length >= least && length == inside.len() =>
            {
                fence = None
            }
            (None, Some(mark)) if length >= 3 && !inside[length..].contains('`') => {
                fence = Some((mark, length))
            }
            (None, _) if container(words).is_some() => {
                let start = out.len() + indent;
                waiting = Some((start..start + words.len(), indent));
            }
            _ => {}
        }
        out.push_str(line);
    }
    if found.is_empty() {
        return None;
    }
    // From the end, so that nothing moves; the lengths are equal anyway.
    let mut bytes = out.into_bytes();
    for title in found {
        bytes[title.clone()].fill(b' ');
        bytes[title.start..title.start + ITEM.len()].copy_from_slice(ITEM.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_text() {
        let tip = |title, folded| Some(Container::Box { kind: "tip", title, folded });
        assert_eq!(container("=== \"A b\"\n\n    x"), Some(Container::Tab("A b")));
        assert_eq!(container("!!! tip"), tip(None, None));
        assert_eq!(container("!!! tip inline end \"T\""), tip(Some("T"), None));
        assert_eq!(container("??? tip \"\""), tip(Some(""), Some(false)));
        assert_eq!(container("???+ tip"), tip(None, Some(true)));
        for text in ["===", "=== Title", "!!! Watch out", "!!!", "??? why not?", "1) a", "=== \"a"] {
            assert_eq!(container(text), None, "{text}");
        }
    }

    #[test]
    fn only_titles_with_a_body_change_and_nothing_moves() {
        let text = "=== \"Täb\"\n\n    x\n\n!!! tip\nx\n\n```\n!!! tip\n    y\n```\n- a\n\n    ??? note\n        z\n";
        let items = as_items(text).unwrap();
        assert_eq!(items.len(), text.len());
        assert_eq!(
            items,
            "1)  <?>   \n\n    x\n\n!!! tip\nx\n\n```\n!!! tip\n    y\n```\n- a\n\n    1)  <?> \n        z\n"
        );
        assert_eq!(as_items("!!! tip\n\nx"), None);
        assert_eq!(as_items("    a"), None);
    }
}
