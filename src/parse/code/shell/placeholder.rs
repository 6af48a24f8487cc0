//! What a reader replaces before running a command: `<name>`, `{{ name }}`, `[a | b]`, `(start|stop)`. To the shell these
//! are redirections, braces and subshells; as letters they are words.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = concat!(
        r"<<?[\p{Alphabetic}\d._…*+][^<>\n$`;]{0,80}>>?",
        r"|\$?\{\{[^\n]{0,120}?\}\}",
        r"|\{%[^\n]{0,120}?%\}",
        r"|[ ]\[[^\s\[\]\n][^\[\]\n]*\|[^\[\]\n]*\]",
        r"|[ ]\([\w.-]+(?:[ ]?\|[ ]?[\w.-]+)+\)",
        r"|[ ]\((?:[Ss]ee|or|same as|e\.g\.|optional)\b[^()\n]*\)(?m:$)",
    );
    compiled(pattern)
});

/// `{ ... }`: a body that is left out.
static LEFT_OUT: LazyLock<Regex> = LazyLock::new(|| compiled(r"\{\s*(?:\.\.\.|…)\s*\}"));

/// Turns the placeholders of a block into letters, each into as many bytes.
pub(super) fn cover(text: &str, bytes: &mut [u8]) {
    for found in PLACEHOLDER.find_iter(text) {
        let mut range = found.range();
        let words = found.as_str();
        // `<<EOF > file` begins a here-document; `a <b>> c` appends.
        if words.starts_with("<<") != words.ends_with(">>") {
            if words.starts_with("<<") {
                continue;
            }
            range.end -= 1;
        } else if words.starts_with("<<") && is_here_document(text, words) {
            continue;
        }
        if words.starts_with(' ') {
            let line = text[..range.start].rfind('\n').map_or(0, |it| it + 1);
            let before = text[line..range.start].trim();
            if before.is_empty() || before.ends_with(" in") || before.ends_with(';') {
                continue;
            }
            range.start += 1;
        }
        if let Some(part) = bytes.get_mut(range) {
            if part.iter().all(|&it| it == b' ') {
                continue;
            }
            part.fill(b'x');
        }
    }
    cover_bodies(text, bytes);
    cover_usage(text, bytes);
}

/// Ends the command in the place of a body that is left out, as a body must end.
fn cover_bodies(text: &str, bytes: &mut [u8]) {
    for found in LEFT_OUT.find_iter(text) {
        let dots = found.as_str().trim_end_matches('}').trim_end().len();
        if let Some(last) = bytes.get_mut(found.start() + dots - 1) {
            *last = b';';
        }
    }
}

/// Covers the form of an argument, `<harbour>[:<pier>][#<berth> | #<buoy>]`, to the end of its line.
fn cover_usage(text: &str, bytes: &mut [u8]) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r', '\\']);
        if let Some(found) = words.find(">[") {
            let start = words[..found].rfind([' ', '\t']).map_or(0, |it| it + 1);
            if let Some(part) = bytes.get_mut(at + start..at + words.len()) {
                part.fill(b'x');
            }
        }
        at += line.len();
    }
}

fn is_here_document(text: &str, words: &str) -> bool {
    let tag = words.trim_matches(['<', '>', '-', ' ', '\'', '"']);
    text.lines().any(|line| line.trim() == tag)
}
