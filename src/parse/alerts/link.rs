//! The runbook in what an alert says: a key that is made for it, else an address that is labelled as one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::finish::trimmed;
use super::{Field, Rule};

use crate::pattern::compiled;

/// Keys for the runbook: lower case, letters only.
const KEYS: [&str; 15] = [
    "runbookurl",
    "runbook",
    "runbooklink",
    "runbookuri",
    "runbookpath",
    "linkrunbook",
    "runbooks",
    "playbook",
    "playbookurl",
    "playbooklink",
    "sop",
    "sopurl",
    "soplink",
    "procedureurl",
    "opsrecipe",
];

/// Keys for documentation of any kind: only an address counts.
const DOCUMENTATION: [&str; 8] =
    ["documentation", "documentationurl", "docs", "docsurl", "doc", "docurl", "wiki", "wikiurl"];

/// What people write where there is no runbook.
const NOTHING: [&str; 9] = ["", "-", "—", "none", "n/a", "na", "null", "tbd", "todo"];

/// An address behind the word: `Runbook: https://…`, `[playbook](https://…)`, `Runbook: docs/x.md#y`.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    // In the source of JSON a line break is `\n`, whose letter would make one word with the next.
    let word = r"(?i)(?:\b|\\[nrt])(?:run|play)[ _-]?books?\b";
    let between = r"[^\n\r.!?]{0,24}?[\s:(<\[=`]";
    let address = r#"(https?://[^\s"'<>|()\[\]`\\]+|(?:\.{0,2}/)?(?:[\w.-]+/)*[\w.-]+\.md(?:#[\w-]+)?)"#;
    compiled(&format!("{word}{between}{address}"))
});

/// An address before the word, as chat programs write links: `<https://…|Runbook>`.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)<(https?://[^|>\s]+)\|[^>\n]{0,24}(?:run|play)[ _-]?book"));

/// An address anywhere.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| compiled(r#"https?://[^\s"'<>|()\[\]`\\]+"#));

/// The runbook's address and its bytes.
pub(super) fn of(rule: &Rule, text: &str) -> Option<(String, Range<usize>)> {
    let fields = || rule.annotations.iter().chain(&rule.labels);
    let own = fields().filter(|it| is_one_of(&KEYS, &it.key)).find_map(|it| value(it, text));
    own.or_else(|| rule.annotations.iter().find_map(|it| labelled(it, text))).or_else(|| {
        let other = fields().filter(|it| is_one_of(&DOCUMENTATION, &it.key)).find_map(|it| value(it, text));
        other.filter(|(address, _)| address.starts_with("http") || address.contains(".md"))
    })
}

/// Whether a key is one of a list.
fn is_one_of(keys: &[&str], key: &str) -> bool {
    let letters: String = key.chars().filter(char::is_ascii_alphabetic).collect();
    keys.contains(&letters.to_ascii_lowercase().as_str())
}

/// The whole value, or the address in it where it is a sentence.
fn value(field: &Field, text: &str) -> Option<(String, Range<usize>)> {
    let value = field.value.trim();
    // Helm is told so to leave alone what Prometheus is to fill in.
    let value = value.strip_prefix("{{`").and_then(|it| it.strip_suffix("`}}")).map_or(value, str::trim);
    if NOTHING.contains(&value.to_lowercase().as_str()) {
        return None;
    }
    let sentence = !value.contains("{{") && value.contains(char::is_whitespace) || value.contains("](");
    if let Some(address) = ADDRESS.find(value).filter(|_| sentence) {
        let address = tidy(address.as_str());
        return Some((address.to_owned(), place(field, address, text)));
    }
    Some((value.to_owned(), place(field, value, text)))
}

/// An address that is labelled as a runbook in running text.
fn labelled(field: &Field, text: &str) -> Option<(String, Range<usize>)> {
    // Searched in the source, where the bytes are; what escapes hide is no address.
    let words = text.get(field.span.clone())?;
    let found = BEHIND.captures(words).or_else(|| BEFORE.captures(words))?.get(1)?;
    let address = tidy(found.as_str());
    let start = field.span.start + found.start();
    Some((address.to_owned(), start..start + address.len()))
}

/// An address without the punctuation of the sentence that it stands in.
fn tidy(address: &str) -> &str {
    address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_'])
}

/// Where words stand in a field, or the whole field where escapes hide them.
fn place(field: &Field, words: &str, text: &str) -> Range<usize> {
    let written = text.get(field.span.clone()).unwrap_or_default();
    match written.find(words) {
        Some(at) => field.span.start + at..field.span.start + at + words.len(),
        None => trimmed(text, field.span.clone()),
    }
}
