//! JSON → [`Tree`], with the mistakes people make in it: comments, trailing and missing commas, raw control
//! characters and bare words are problems, and reading goes on.

use std::ops::Range;

use super::tree::{Builder, Collection, MAX_DEPTH};
use crate::model::tree::{Style, Tree, TreeProblem};

/// More problems than these say nothing new.
const MAX_PROBLEMS: usize = 20;

/// Reads the JSON in a range of the text; spans count from the start of `text`. What stands before an error
/// is in the tree.
pub fn parse(text: &str, range: Range<usize>) -> (Tree, Vec<TreeProblem>) {
    let part = text.get(..range.end).unwrap_or_default();
    let start = if text.is_char_boundary(range.start) { range.start.min(part.len()) } else { part.len() };
    let mut reader = Reader { text: part, at: start, builder: Builder::default(), problems: Vec::new() };
    if part[start..].starts_with('\u{feff}') {
        reader.at += '\u{feff}'.len_utf8();
    }
    if reader.value().is_some() {
        reader.skip_space();
        if let Some(rest) = reader.peek() {
            let end = reader.at + rest.len_utf8();
            reader.problem(reader.at..end, format!("`{rest}` after the end of the value"), None);
        }
    }
    (reader.builder.finish(text), reader.problems)
}

struct Reader<'a> {
    /// The text up to the end of the range.
    text: &'a str,
    at: usize,
    builder: Builder,
    problems: Vec<TreeProblem>,
}

impl Reader<'_> {
    /// Reads one value; none when nothing after it can be understood. Recursion is bounded by the builder.
    fn value(&mut self) -> Option<()> {
        self.skip_space();
        match self.peek() {
            None => self.fail(self.at..self.at, "unexpected end: a value is missing"),
            Some('{') => self.collection(Collection::Mapping, '}'),
            Some('[') => self.collection(Collection::Sequence, ']'),
            Some('"') => self.string(),
            Some(it) if is_word(it) => self.word(),
            Some(it) => {
                self.fail(self.at..self.at + it.len_utf8(), &format!("unexpected `{it}`: a value is missing"))
            }
        }
    }

    fn collection(&mut self, collection: Collection, close: char) -> Option<()> {
        let start = self.at;
        self.at += 1;
        if self.builder.open(collection, start..self.at).is_none() {
            return self.fail(start..self.at, &format!("more than {MAX_DEPTH} levels of nesting"));
        }
        loop {
            self.skip_space();
            match self.peek() {
                Some(it) if it == close => break,
                None => {
                    let open = &self.text[start..=start];
                    return self.fail(start..start + 1, &format!("unclosed `{open}`"));
                }
                Some(it @ (',' | ':' | '}' | ']')) => {
                    return self.fail(self.at..self.at + 1, &format!("unexpected `{it}`"));
                }
                Some(_) => {}
            }
            if collection == Collection::Mapping {
                self.key()?;
            }
            self.value()?;
            self.separator(close);
        }
        self.at += 1;
        self.builder.close(Some(self.at));
        Some(())
    }

    /// A key with its colon.
    fn key(&mut self) -> Option<()> {
        let start = self.at;
        match self.peek() {
            Some('"') => self.string()?,
            Some(it) if is_word(it) => {
                let word = self.take_word();
                self.problem(
                    word.clone(),
                    format!("key `{}` is not in quotes", &self.text[word.clone()]),
                    Some("put keys in double quotes"),
                );
                self.builder.scalar(Style::Plain, None, word);
            }
            _ => return self.fail(start..start + 1, "a key is missing"),
        }
        let key = start..self.at;
        self.skip_space();
        if self.peek() == Some(':') {
            self.at += 1;
            return Some(());
        }
        self.fail(key.clone(), &format!("no `:` after {}", quoted(&self.text[key])))
    }

    /// What stands between two members.
    fn separator(&mut self, close: char) {
        let end = self.at;
        self.skip_space();
        match self.peek() {
            Some(',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(close) {
                    self.problem(
                        comma..comma + 1,
                        format!("`,` before `{close}`"),
                        Some("remove the comma after the last member"),
                    );
                }
            }
            Some(it) if it == '"' || it == '{' || it == '[' || is_word(it) => {
                let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
                self.problem(
                    end - last..end,
                    "missing `,`".to_owned(),
                    Some("separate members with a comma"),
                );
            }
            _ => {}
        }
    }

    fn string(&mut self) -> Option<()> {
        let start = self.at;
        let mut own: Option<String> = None;
        let mut copied = start + 1;
        self.at += 1;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let Some(next) = memchr::memchr2(b'"', b'\\', rest) else {
                let line = self.text[start..].lines().next().unwrap_or_default().len();
                self.at = self.text.len();
                return self.fail(start..start + line, "unclosed quote");
            };
            self.control_characters(self.at..self.at + next);
            self.at += next;
            if rest[next] == b'"' {
                break;
            }
            let value = own.get_or_insert_default();
            value.push_str(&self.text[copied..self.at]);
            let escaped = escape(&self.text[self.at..]);
            if escaped.is_none() {
                let end = self.at + 1 + self.text[self.at + 1..].chars().next().map_or(0, char::len_utf8);
                let words = self.text[self.at..end].to_owned();
                self.problem(
                    self.at..end,
                    format!("unknown escape `{words}`"),
                    Some("write `\\\\` for a backslash"),
                );
            }
            let (character, length) = escaped.unwrap_or(('\\', 1));
            own.get_or_insert_default().push(character);
            self.at += length;
            copied = self.at;
        }
        if let Some(value) = &mut own {
            value.push_str(&self.text[copied..self.at]);
        }
        self.at += 1;
        self.builder.scalar(Style::Quoted, own.map(String::into_boxed_str), start..self.at);
        Some(())
    }

    fn control_characters(&mut self, range: Range<usize>) {
        let raw = self.text.as_bytes()[range.clone()].iter().position(|&byte| byte < 0x20);
        if let Some(at) = raw.map(|it| range.start + it) {
            let (name, help) = match self.text.as_bytes()[at] {
                b'\n' | b'\r' => ("line break in a string".to_owned(), "close the quote, or write `\\n`"),
                b'\t' => ("raw tab in a string".to_owned(), "write `\\t`"),
                byte => (format!("raw control character U+{byte:04X} in a string"), "escape or remove it"),
            };
            self.problem(at..at + 1, name, Some(help));
        }
    }

    /// A number, `true`, `false`, `null`, or something that only looks like a value.
    fn word(&mut self) -> Option<()> {
        let range = self.take_word();
        let word = &self.text[range.clone()];
        if !matches!(word, "true" | "false" | "null") && !is_number(word) {
            let help = "put text in double quotes";
            self.problem(range.clone(), format!("`{word}` is no JSON value"), Some(help));
        }
        self.builder.scalar(Style::Plain, None, range);
        Some(())
    }

    fn take_word(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = &self.text[start..];
        self.at += rest.find(|it| !is_word(it)).unwrap_or(rest.len());
        start..self.at
    }

    fn skip_space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t']).len();
            let rest = &self.text[self.at..];
            let comment = if rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |it| it + 2)
            } else {
                return;
            };
            let line = rest[..comment].lines().next().unwrap_or_default().len();
            self.problem(self.at..self.at + line, "comment in JSON".to_owned(), Some("JSON has no comments"));
            self.at += comment;
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn problem(&mut self, range: Range<usize>, message: String, help: Option<&'static str>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(TreeProblem { span: range.start as u32..range.end as u32, message, help });
        }
    }

    fn fail(&mut self, range: Range<usize>, message: &str) -> Option<()> {
        self.problem(range, message.to_owned(), None);
        None
    }
}

/// What may be part of a value without quotes.
fn is_word(it: char) -> bool {
    !matches!(it, ',' | ':' | '{' | '}' | '[' | ']' | '"' | '/' | ' ' | '\n' | '\r' | '\t')
}

fn quoted(words: &str) -> String {
    format!("`{}`", words.trim_matches('"'))
}

/// The grammar of numbers in RFC 8259.
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && digits(fraction) && digits(exponent)
}

/// The character that an escape stands for and the length of the escape; half a surrogate pair gives U+FFFD.
fn escape(text: &str) -> Option<(char, usize)> {
    let simple = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let high = code_unit(text)?;
            let low = text.get(6..).and_then(code_unit).filter(|it| (0xDC00..0xE000).contains(it));
            return Some(match (high, low) {
                (0xD800..0xDC00, Some(low)) => {
                    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                }
                _ => (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            });
        }
        _ => return None,
    };
    Some((simple, 2))
}

fn code_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests;
