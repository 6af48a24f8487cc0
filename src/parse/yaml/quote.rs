//! Quoted text whose further lines are not indented deeper than its key. The specification wants that (YAML 1.2.2,
//! 7.3), the parsers that teams have, libyaml, go-yaml and js-yaml, do not: such files work.

/// Lines that a quoted text may take: what is longer forgot its closing quote.
const MOST_LINES: usize = 200;

/// The text with blanks in the place of the line breaks that end a line of a quoted text before one that is not
/// indented enough; none where there are none. It has as many bytes, so that places stay what they are.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let mut any = false;
    let mut start = 0;
    while start < text.len() {
        let end = line_end(text, start);
        let opened = opening(&text[start..end]).map(|(key, quote)| (key, start + quote));
        let Some((key, close, at)) = opened.and_then(|(key, at)| Some((key, closing(text, at)?, at))) else {
            start = end + 1;
            continue;
        };
        let breaks = text[at..close].match_indices('\n').map(|(it, _)| at + it);
        for at in breaks.filter(|it| is_shallow(&text[it + 1..], key)) {
            bytes[at] = b' ';
            if bytes[at - 1] == b'\r' {
                bytes[at - 1] = b' ';
            }
            any = true;
        }
        start = line_end(text, close) + 1;
    }
    any.then(|| String::from_utf8(bytes).ok()).flatten()
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |it| at + it)
}

/// The column of the key, and the byte of the quote that opens its value: `key: "…`.
fn opening(line: &str) -> Option<(usize, usize)> {
    let mut key = line.len() - line.trim_start_matches(' ').len();
    while let Some(rest) = line[key..].strip_prefix("- ") {
        key = line.len() - rest.trim_start_matches(' ').len();
    }
    let (name, value) = line[key..].split_once(": ")?;
    let value = value.trim_start_matches(' ');
    (!name.starts_with('#') && value.starts_with(['"', '\''])).then(|| (key, line.len() - value.len()))
}

/// The byte of the quote that closes what is opened at a byte.
fn closing(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let quote = bytes[at];
    let mut lines = 0;
    let mut next = at + 1;
    while lines <= MOST_LINES {
        match *bytes.get(next)? {
            b'\\' if quote == b'"' => next += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(next + 1) == Some(&quote) => next += 1,
            byte if byte == quote => return Some(next),
            b'\n' if bytes[next + 1..].starts_with(b"---") => return None,
            b'\n' => lines += 1,
            _ => {}
        }
        next += 1;
    }
    None
}

/// Whether the first line of a text is not indented deeper than a column.
fn is_shallow(text: &str, key: usize) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(' ').len();
    indent <= key && !line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_keeps_its_length() {
        let text = "a: \"b\r\nc \\\" d\n\n- e: 'f''\ng'\n  h: \"ü\nö\" # i: \"\nj: '\n---\nk: \"l\\";
        for (end, _) in text.char_indices() {
            for start in (0..=end).filter(|it| text.is_char_boundary(*it)) {
                let part = &text[start..end];
                let joined = joined(part);
                assert!(joined.is_none_or(|it| it.len() == part.len() && it != part), "{part:?}");
            }
        }
        assert_eq!(joined("a: \"b\r\nc\"\n").as_deref(), Some("a: \"b  c\"\n"));
        assert_eq!(joined("a: \"b\n  c\"\nd: 'e'\n"), None);
    }
}
