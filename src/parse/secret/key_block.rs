//! Private keys in PEM form.

use std::ops::Range;

use super::{Found, sample};

const BEGIN: &str = "-----BEGIN ";

/// Fewest characters of Base64 that make a body: the smallest key in use, Ed25519 in PKCS #8, has 64.
const SMALLEST: usize = 60;

/// The private keys of a text. The body may be indented, quoted line by line or written with `\n`.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (start, _) in text.match_indices(BEGIN) {
        let rest = &text[start + BEGIN.len()..];
        let Some((label, body)) = rest.split_once("-----").filter(|(label, _)| label.len() < 40) else {
            continue;
        };
        let private = label.ends_with("PRIVATE KEY") || label.ends_with("PRIVATE KEY BLOCK");
        if !private || label.starts_with("ENCRYPTED") {
            continue;
        }
        let head = start..start + BEGIN.len() + label.len() + "-----".len();
        // What is not closed ends with the text around it; a key has a few kilobytes at most.
        let end = body.find("-----").unwrap_or_else(|| body.find("\n\n").unwrap_or(body.len()));
        if end > 20_000 {
            continue;
        }
        let runs = base64_runs(&body[..end], head.end);
        let characters: String = runs.iter().map(|it| &text[it.clone()]).collect();
        let elided = body[..end].contains("...") || body[..end].contains('…');
        if characters.len() >= SMALLEST && !elided && sample::entropy(&characters) > 4.2 {
            found.push(Found { shown: head, covered: runs, kind: "a private key" });
        }
    }
}

/// The pieces of Base64 in a key's body, as places of the text; `at` is where the body begins. Headers such as
/// `Proc-Type: 4,ENCRYPTED` and words are too short to count.
fn base64_runs(body: &str, at: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    let bytes = body.as_bytes();
    for index in 0..=bytes.len() {
        let escape = index > 0 && bytes[index - 1] == b'\\';
        let inside = bytes
            .get(index)
            .is_some_and(|it| !escape && (it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/' | b'=')));
        match (inside, start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                if index - from >= 16 {
                    runs.push(at + from..at + index);
                }
                start = None;
            }
            _ => {}
        }
    }
    runs
}
