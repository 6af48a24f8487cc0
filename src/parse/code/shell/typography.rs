//! Characters that a word processor or a chat made: `“` for `"`, `–` for `-`, spaces that are no spaces.

use std::ops::Range;

/// A character in a command that a shell does not understand.
pub(super) struct Found {
    /// Its bytes in the block.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) name: &'static str,
    /// What a keyboard types instead.
    pub(super) replacement: &'static str,
    /// Whether nothing else can be meant: `–force` may have been `-force` or `--force`.
    pub(super) certain: bool,
}

/// Every such character of a block; `script` is the block as a script. What stands in quotes, comments and
/// here-documents is text.
pub(super) fn find(content: &str, script: &str) -> Vec<Found> {
    if content.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut here_document: Option<&str> = None;
    let mut quote = None;
    let mut start = 0;
    for line in script.split_inclusive('\n') {
        let range = start..start + line.len();
        start += line.len();
        if let Some(tag) = here_document {
            if line.trim() == tag {
                here_document = None;
            }
            continue;
        }
        if quote.is_none() {
            here_document = tag(line);
        }
        scan(content, script, range, &mut quote, &mut found);
    }
    found
}

/// The word that ends the here-document that a line begins.
fn tag(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("<<")?;
    if before.trim_start().starts_with('#') || after.starts_with('<') {
        return None;
    }
    let word = after.trim_start_matches(['-', ' ']).split([' ', ';', '|', '>', ')', '\n']).next()?;
    let word = word.trim_matches(['\'', '"', '\\']);
    word.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_').then_some(word)
}

fn scan(content: &str, script: &str, range: Range<usize>, quote: &mut Option<u8>, found: &mut Vec<Found>) {
    let bytes = script.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let byte = bytes[at];
        let starts_word =
            at == range.start || matches!(bytes[at - 1], b' ' | b'\t' | b';' | b'(' | b'|' | b'&');
        let character = content.get(at..).and_then(|it| it.chars().next()).unwrap_or(' ');
        match *quote {
            Some(open) => {
                if byte == b'\\' && open == b'"' {
                    at += 1;
                } else if byte == open {
                    *quote = None;
                }
            }
            None if byte == b'\\' => at += 1,
            None if byte == b'#' && starts_word => return,
            None if byte == b'\'' || byte == b'"' => *quote = Some(byte),
            // A byte that is no `x` is part of a prompt or of output.
            None if !character.is_ascii() && byte == b'x' => {
                let mut end = at + character.len_utf8();
                // `––force` is `--force`: two dashes, each of them turned.
                let doubled = starts_word && character == '–' && content[end..].starts_with('–');
                if doubled && content[end + '–'.len_utf8()..].starts_with(|it: char| it.is_ascii_alphabetic())
                {
                    end += '–'.len_utf8();
                    found.push(Found { range: at..end, name: "en dash", replacement: "--", certain: true });
                } else if let Some((name, replacement, certain)) =
                    replacement(content, character, end, starts_word)
                {
                    found.push(Found { range: at..end, name, replacement, certain });
                }
                at = end;
                continue;
            }
            None => {}
        }
        at += if byte == b'x' { character.len_utf8().max(1) } else { 1 };
    }
}

fn replacement(
    content: &str,
    character: char,
    end: usize,
    starts_word: bool,
) -> Option<(&'static str, &'static str, bool)> {
    let next = content.get(end..).unwrap_or_default();
    match character {
        '“' | '”' | '„' | '‟' => Some(("curly quote", "\"", true)),
        '‘' | '’' | '‚' | '‛' => Some(("curly quote", "'", true)),
        '–' | '—' | '−' | '‐' | '‑'
            if starts_word && next.starts_with(|it: char| it.is_ascii_alphanumeric()) =>
        {
            let long = next.chars().take_while(|it| it.is_ascii_alphanumeric() || *it == '-').count() > 1;
            match character {
                '—' => Some(("em dash", "--", true)),
                '–' if long => Some(("en dash", "--", false)),
                '–' => Some(("en dash", "-", true)),
                _ => Some(("typographic hyphen", "-", true)),
            }
        }
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(("no-break space", " ", true)),
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Some(("invisible character", "", true)),
        _ => None,
    }
}
