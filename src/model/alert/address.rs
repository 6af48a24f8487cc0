//! The text of a runbook's address, and the templates in it.

/// What stands at the start of a template's expression and means the alert's own name.
const NAMES: [&str; 8] = [
    "$alert",
    "$alertname",
    ".alertname",
    "$labels.alertname",
    ".labels.alertname",
    ".commonlabels.alertname",
    ".grouplabels.alertname",
    ".alert.name",
];

/// An address with what is known of its templates filled in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Without query and fragment.
    pub path: String,
    /// The fragment, without `#`.
    pub fragment: Option<String>,
}

impl Address {
    /// Reads an address. `alert` is the name of the alert that it belongs to, where that is known.
    pub(super) fn of(written: &str, alert: Option<&str>) -> Address {
        let filled = fill(written.trim(), alert);
        let (rest, fragment) = match outside_templates(&filled, '#') {
            Some(at) => (&filled[..at], Some(filled[at + 1..].to_owned())),
            None => (filled.as_str(), None),
        };
        let path = outside_templates(rest, '?').map_or(rest, |at| &rest[..at]);
        Address { path: path.trim().to_owned(), fragment: fragment.filter(|it| !it.is_empty()) }
    }
}

/// Puts literals and the alert's name in the place of the templates that stand for them.
fn fill(written: &str, alert: Option<&str>) -> String {
    let mut filled = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(open) = rest.find("{{") {
        let Some(close) = close(rest, open) else { break };
        let inside = rest[open + 2..close - 2].trim_matches('-').trim();
        filled.push_str(&rest[..open]);
        match (literal(inside), alert) {
            // Helm writes what Prometheus is to read as a quoted template.
            (Some(literal), _) => filled.push_str(&fill_once(literal, alert)),
            (None, Some(name)) if is_name(inside) => filled.push_str(name),
            _ => filled.push_str(&rest[open..close]),
        }
        rest = &rest[close..];
    }
    filled.push_str(rest);
    filled
}

/// As [`fill`], for the text of a quoted template: those do not nest deeper.
fn fill_once(text: &str, alert: Option<&str>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{") {
        let Some(close) = close(rest, open) else { break };
        filled.push_str(&rest[..open]);
        match alert {
            Some(name) if is_name(rest[open + 2..close - 2].trim()) => filled.push_str(name),
            _ => filled.push_str(&rest[open..close]),
        }
        rest = &rest[close..];
    }
    filled.push_str(rest);
    filled
}

/// The byte after the `}}` that ends the template at `open`; braces in backticks or quotes do not count.
fn close(text: &str, open: usize) -> Option<usize> {
    let mut quote = None;
    let bytes = text.as_bytes();
    let mut at = open + 2;
    while let Some(&byte) = bytes.get(at) {
        match (quote, byte) {
            (None, b'`' | b'"') => quote = Some(byte),
            (Some(open), close) if open == close => quote = None,
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') => return Some(at + 2),
            _ => {}
        }
        at += 1;
    }
    // A quote that is not closed is none.
    text[open..].find("}}").map(|it| open + it + 2)
}

/// The text of `"…"` or `` `…` `` alone.
fn literal(inside: &str) -> Option<&str> {
    ['"', '`'].into_iter().find_map(|quote| {
        let text = inside.strip_prefix(quote)?.strip_suffix(quote)?;
        (!text.contains(quote)).then_some(text)
    })
}

/// Whether a template's expression is the name of the alert; functions behind `|` that only change capitals
/// count too.
fn is_name(inside: &str) -> bool {
    let mut parts = inside.trim_matches('-').split('|').map(str::trim);
    let first = parts.next().unwrap_or_default().to_lowercase();
    NAMES.contains(&first.as_str())
        && parts.all(|it| matches!(it, "lower" | "toLower" | "urlquery" | "quote"))
}

/// The first place of a character that stands in no template.
fn outside_templates(text: &str, wanted: char) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let found = rest.find(wanted)?;
        match template(rest).filter(|it| it.start < found) {
            Some(inner) => at += inner.end,
            None => return Some(at + found),
        }
    }
    None
}

/// The first template of a text: `{{ … }}` or `${…}`.
pub(super) fn template(text: &str) -> Option<std::ops::Range<usize>> {
    let shell = text.find("${").map(|at| at..text[at..].find('}').map_or(text.len(), |end| at + end + 1));
    let go = text.find("{{").map(|at| at..close(text, at).unwrap_or(text.len()));
    match (shell, go) {
        (Some(a), Some(b)) => Some(if a.start < b.start { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// What stands before the first template and behind the last one.
pub(super) fn around_templates(text: &str) -> Option<(&str, &str)> {
    let first = template(text)?;
    let mut end = first.end;
    while let Some(next) = text.get(end..).and_then(template) {
        end += next.end;
    }
    Some((&text[..first.start], text.get(end..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> (String, Option<String>) {
        let it = Address::of(written, Some("DiskFull"));
        (it.path, it.fragment)
    }

    #[test]
    fn queries_and_fragments_come_off() {
        assert_eq!(
            read("https://a.example/x/?tab=1#top"),
            ("https://a.example/x/".into(), Some("top".into()))
        );
        assert_eq!(read("docs/x.md#"), ("docs/x.md".into(), None));
        assert_eq!(read("docs/x?a={{ $labels.b }}&c#d"), ("docs/x".into(), Some("d".into())));
    }

    #[test]
    fn templates_that_mean_the_alert_are_filled_in() {
        for written in [
            "docs/{{ $alert }}.md",
            "docs/{{ $labels.alertname }}.md",
            "docs/{{ .Labels.alertname }}.md",
            "docs/{{$labels.alertname|urlquery}}.md",
            "{{`docs/{{ $labels.alertname }}.md`}}",
            "{{ \"docs/DiskFull.md\" }}",
        ] {
            assert_eq!(read(written).0, "docs/DiskFull.md", "{written}");
        }
    }

    #[test]
    fn other_templates_stay() {
        assert_eq!(
            read("{{`https://a.example/x/?i={{ $labels.i }}`}}").0,
            "https://a.example/x/",
            "a quoted template with a query"
        );
        let kept = "docs/{{ $labels.type }}/README.md";
        assert_eq!(read(kept).0, kept);
        assert_eq!(around_templates(kept), Some(("docs/", "/README.md")));
        assert_eq!(around_templates("${BASE}/x/{{ $b }}/y"), Some(("", "/y")));
        assert_eq!(around_templates("docs/x"), None);
        assert_eq!(read("{{ broken").0, "{{ broken");
    }
}
