//! JSON as documents show it: with comments, trailing commas, omissions and placeholders. What remains is wrong.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::parse::json;
use crate::pattern::compiled;

/// Values that may stand one after another.
const MAX_VALUES: usize = 200;

/// What is wrong: the place in the block, message and help.
pub(super) type Problem = (Range<usize>, String, Option<&'static str>);

/// A string, or what documents write instead of a value or of further members.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = concat!(
        r#""(?:[^"\\\n]|\\.)*""#,
        r"|//[^\n]*",
        r"|\$?\{\{[^\n]{0,120}?\}\}|\$\{[\w.:-]+\}",
        r"|<[^<>\n]+>",
        r"|(?:\.\.\.|…)[^\n,}\]]*",
    );
    compiled(pattern)
});

/// What begins a command whose answer stands below it.
const REQUESTS: [&str; 4] = ["$ ", "curl ", "wget ", "http "];

/// What is wrong with the JSON, if anything.
pub(super) fn problem(text: &str) -> Option<Problem> {
    if REQUESTS.iter().any(|it| text.trim_start().starts_with(it)) {
        return None;
    }
    let (plain, omissions) = cover(text);
    let trimmed = plain.trim();
    if trimmed.is_empty() {
        return None;
    }
    // A part of an object: `"key": value`.
    if trimmed.starts_with('"') && is_member(trimmed) {
        let wrapped = format!("{{{plain}}}");
        let (at, message, help) = values(&wrapped, omissions)?;
        let end = text.len();
        return Some((at.start.saturating_sub(1).min(end)..at.end.saturating_sub(1).min(end), message, help));
    }
    // Cut off at the end: `…` stands for the rest, brackets and all; so does a comma with nothing behind it.
    let cut = ["...", "…", ","].iter().any(|it| text.trim_end().ends_with(it));
    values(&plain, omissions).filter(|(_, message, _)| !(cut && message.starts_with("unclosed")))
}

fn values(text: &str, omissions: bool) -> Option<Problem> {
    let mut start = 0;
    for _ in 0..MAX_VALUES {
        let (_, problems) = json::parse(text, start..text.len());
        let mut next = None;
        for it in problems {
            let range = it.span.start as usize..it.span.end as usize;
            let another = it.message.ends_with("after the end of the value");
            if another && text[range.start..].starts_with(['{', '[', '"']) {
                next = Some(range.start);
                break;
            }
            let accepted = it.message == "comment in JSON"
                || it.message.starts_with("`,` before")
                || another && text[range.clone()].starts_with(',')
                || omissions && (it.message == "missing `,`" || it.message.starts_with("unexpected `,`"));
            if !accepted {
                return Some((range, it.message, it.help));
            }
        }
        start = next?;
    }
    None
}

fn is_member(text: &str) -> bool {
    let close = TOKEN.find(text).filter(|it| it.start() == 0).map_or(0, |it| it.end());
    close > 0 && text[close..].trim_start().starts_with(':')
}

/// Puts values in the place of placeholders and blanks in that of omissions, byte for byte.
fn cover(text: &str) -> (String, bool) {
    let mut bytes = text.as_bytes().to_vec();
    let mut omissions = false;
    for found in TOKEN.find_iter(text) {
        let words = found.as_str();
        if words.starts_with('"') || words.starts_with('/') {
            continue;
        }
        let before = text[..found.start()].trim_end();
        let omission = words.starts_with("...") || words.starts_with('…');
        omissions |= omission;
        let part = &mut bytes[found.range()];
        part.fill(b' ');
        let value_is_missing = if omission { before.ends_with(':') } else { !before.ends_with('"') };
        if value_is_missing {
            part[0] = b'0';
        }
    }
    (String::from_utf8(bytes).unwrap_or_default(), omissions)
}
