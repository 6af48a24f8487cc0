//! Constant regular expressions, compiled so that they cost a run little.
//!
//! What `\w` stands for in Unicode is a thousand ranges: each costs time to compile, again in every repetition such as
//! `{1,40}`, and much more where letters of both cases are meant. A hundred such patterns took longer to compile than
//! a project of fifty pages took to check. So the shorthands are written out as few ranges before the crate sees them.

use regex::Regex;

/// `\w`: letters and digits of ASCII and `_`, and the blocks beyond it that hold letters. Left out are Latin-1 signs,
/// general punctuation, arrows, CJK punctuation, full-width forms and emoji.
const WORD: &str =
    r"0-9A-Za-z_\u{c0}-\u{1fff}\u{2c00}-\u{2dff}\u{3040}-\u{d7ff}\u{f900}-\u{feff}\u{20000}-\u{3ffff}";

/// `\s`: what ASCII has, the space that does not break and that of CJK.
const SPACE: &str = r"[\t-\r\x20\u{a0}\u{3000}]";

/// Compiles a constant pattern in which `\w`, `\W`, `\s` and `\d` stand for fewer characters beyond ASCII than Unicode
/// says.
pub(crate) fn compiled(text: &str) -> Regex {
    Regex::new(&written_out(text)).expect("the pattern is constant")
}

/// The pattern with the boundaries of ASCII words: those of Unicode words cost the slow engine on every text beyond
/// ASCII. No word that begins or ends beyond ASCII may stand at one.
pub(crate) fn bounded(text: &str) -> String {
    text.replace(r"\b", r"(?-u:\b)")
}

fn written_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    // Where the outermost class begins, and whether it holds a word's characters.
    let (mut class, mut depth, mut has_word) = (0, 0usize, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(it @ ('w' | 'W')) => {
                    let not = if it == 'W' { "^" } else { "" };
                    has_word = depth > 0;
                    // Both cases are in the ranges, so folding them would only cost.
                    out.push_str(&match depth {
                        0 => format!("(?-i:[{not}{WORD}])"),
                        _ => format!("[{not}{WORD}]"),
                    });
                }
                Some('s') => out.push_str(SPACE),
                Some('d') => out.push_str("[0-9]"),
                escaped => {
                    out.push(c);
                    out.extend(escaped);
                }
            },
            '[' => {
                if depth == 0 {
                    (class, has_word) = (out.len(), false);
                }
                depth += 1;
                out.push(c);
            }
            ']' if depth > 0 => {
                depth -= 1;
                out.push(c);
                if depth == 0 && has_word {
                    out.insert_str(class, "(?-i:");
                    out.push(')');
                }
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_of_any_script() {
        let word = compiled(r"^\w+$");
        for text in ["plain_9", "Größe", "отказ", "数据库", "ひらがな", "é"] {
            assert!(word.is_match(text), "{text}");
        }
        for text in ["a-b", "“a”", "a…", "→", "🚒", "数，据", "¶", ""] {
            assert!(!word.is_match(text), "{text}");
        }
        assert!(compiled(r"(?i)^[\w.-]+\W\S+\s\d$").is_match("Ä.b!ö\u{a0}7"));
    }

    #[test]
    fn what_is_escaped_stays() {
        let path = compiled(r"^C:\\where\\[\]\w\[]+\\d$");
        assert!(path.is_match(r"C:\where\]ä[\d"));
        assert!(!path.is_match(r"C:\where\-\d"));
    }
}
