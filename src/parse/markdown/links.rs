//! Where the destination of a link stands in the source, and URLs that are written without brackets.

use std::ops::Range;

/// The destination of `[text](dest "title")`. `from` is the end of the text, `end` that of the link.
pub(super) fn inline_destination(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(from..end)?;
    let open = rest.find("](")? + 2;
    destination(text, from + open, end.checked_sub(1)?)
}

/// The destination of `[label]: dest "title"`.
pub(super) fn definition_destination(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).and_then(|it| it.find("]:"));
    inside.and_then(|at| destination(text, range.start + at + 2, range.end)).unwrap_or(range)
}

/// What stands between the angle brackets; the whole for a bare URL.
pub(super) fn inside_angles(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    Some(if words.starts_with('<') && words.ends_with('>') { range.start + 1..range.end - 1 } else { range })
}

fn destination(text: &str, from: usize, end: usize) -> Option<Range<usize>> {
    let rest = text.get(from..end)?;
    let start = from + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..end)?;
    if let Some(angled) = rest.strip_prefix('<') {
        return Some(start + 1..start + 1 + angled.find('>')?);
    }
    Some(start..start + rest.find(char::is_whitespace).unwrap_or(rest.len()))
}

/// URLs in running text, by the rules of GitHub's autolink extension: closing punctuation and an unmatched
/// closing parenthesis do not belong to it.
pub(super) fn bare_urls(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let Some(words) = text.get(range.clone()) else { return Vec::new() };
    let mut urls = Vec::new();
    let mut at = 0;
    while let Some(found) = words[at..].find("http") {
        let start = at + found;
        at = start + 4;
        let rest = &words[start..];
        let Some(scheme) = ["https://", "http://"].iter().find(|it| rest.starts_with(**it)) else { continue };
        if words[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
        let url = trim_punctuation(&rest[..length]);
        let host = &url[scheme.len().min(url.len())..];
        if host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            urls.push(range.start + start..range.start + start + url.len());
            at = start + url.len();
        }
    }
    urls
}

fn trim_punctuation(mut url: &str) -> &str {
    loop {
        let shorter = url.trim_end_matches(['?', '!', '.', ',', ':', ';', '*', '_', '~', '\'', '"', '`']);
        let shorter = match shorter.strip_suffix(')') {
            Some(open) if shorter.matches(')').count() > shorter.matches('(').count() => open,
            _ => shorter,
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}
