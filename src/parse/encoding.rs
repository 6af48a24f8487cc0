//! Notices text that was UTF-8, read as Windows-1252 or Mac Roman, and saved: `Ã¼` for `ü`.
//!
//! Each run of characters beyond ASCII is turned back into the bytes of the wrong encoding; if those are valid
//! UTF-8 of a plausible kind and shorter, the run is damaged. The same test as in ftfy, held to the two
//! encodings that occur and to runs that real text does not hold.

use std::ops::Range;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// One damaged run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it was.
    pub repaired: String,
    /// As what it was read.
    pub encoding: &'static str,
}

/// The damaged runs of a text. A single short run could be chance: a file has at least two, or one of three
/// characters.
pub fn damage(text: &str) -> Vec<Run> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_ascii()).map(|it| at + it) {
        let end = text[start..].find(|c: char| c.is_ascii()).map_or(text.len(), |it| start + it);
        runs.extend(repair(text, start..end));
        at = end;
    }
    let sure = runs.iter().any(|it| text[it.range.clone()].chars().count() >= 3);
    if sure || runs.len() >= 2 { runs } else { Vec::new() }
}

fn repair(text: &str, range: Range<usize>) -> Option<Run> {
    let run = &text[range.clone()];
    if run.chars().count() < 2 {
        return None;
    }
    let named: [(&'static Encoding, &'static str); 2] =
        [(WINDOWS_1252, "Windows-1252"), (MACINTOSH, "Mac Roman")];
    named.into_iter().find_map(|(encoding, name)| {
        let (bytes, _, unmappable) = encoding.encode(run);
        if unmappable {
            return None;
        }
        let repaired = std::str::from_utf8(&bytes).ok()?;
        let shorter = repaired.chars().count() < run.chars().count();
        (shorter && repaired.chars().all(plausible)).then(|| Run {
            range: range.clone(),
            repaired: repaired.to_owned(),
            encoding: name,
        })
    })
}

/// Characters that people write: no controls, no private use, none that is unassigned.
fn plausible(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\u{a0}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{200d}' | '\u{20a0}'..='\u{20bf}' | '\u{2100}'..='\u{2bff}' | '\u{3000}'..='\u{303f}'
            | '\u{fe0e}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn damage_of_both_kinds_is_repaired() {
        for encoding in [WINDOWS_1252, MACINTOSH] {
            let text = broken("Done ✅ – für alle → └── x “q”", encoding);
            let runs = damage(&text);
            let repaired: Vec<_> = runs.iter().map(|it| it.repaired.as_str()).collect();
            assert_eq!(repaired, ["✅", "–", "ü", "→", "└──", "“", "”"], "{text}");
        }
    }

    #[test]
    fn sound_text_is_left_alone() {
        for text in [
            "Größe, naïve café, 100 €, „Zitat“ – Ende…",
            "日本語のテキスト、中文",
            "Привет, мир",
            "✅ 🚀 ├── └──",
            "Ελληνικά ά έ",
            "one Ã¼ alone",
        ] {
            assert_eq!(damage(text), [], "{text}");
        }
    }
}
