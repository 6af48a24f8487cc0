//! Parameters in brackets of one kind: `<id>`, `[id]`, `[...rest]`.

use super::Segment;

/// Replaces what stands between the brackets by `{name}`; `read` gives the name and whether it is a wildcard.
pub(super) fn enclosed(
    text: &str,
    open: char,
    close: char,
    read: impl Fn(&str) -> (String, bool),
) -> Segment {
    let mut out = String::new();
    let mut wildcard = false;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inner, left)) = after.split_once(close) else { break };
        let (name, wild) = read(inner.trim());
        wildcard |= wild;
        out.push_str(before);
        out.push_str(&format!("{{{}}}", if name.is_empty() { "param" } else { &name }));
        rest = left;
    }
    out.push_str(rest);
    Segment { text: out, wildcard, optional: false }
}

/// `[id]`, `[id=integer]`, `[...rest]`, `[[lang]]`, `from-[a]-to-[b]`
pub(super) fn bracket(text: &str) -> Segment {
    let mut out = String::new();
    let (mut wildcard, mut optional) = (false, false);
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, inner) = rest.split_at(at);
        let double = inner.starts_with("[[");
        let (open, close) = if double { (2, "]]") } else { (1, "]") };
        let Some(end) = inner.find(close) else { break };
        out.push_str(before);
        let name = inner.get(open..end).unwrap_or_default();
        let (name, many) = name.strip_prefix("...").map_or((name, false), |it| (it, true));
        let name = name.split('=').next().unwrap_or_default();
        wildcard |= many;
        rest = &inner[end + close.len()..];
        optional |= double && at == 0 && rest.is_empty();
        out.push_str(&format!("{{{}}}", if name.is_empty() { "path" } else { name }));
    }
    out.push_str(rest);
    Segment { text: out, wildcard, optional }
}
