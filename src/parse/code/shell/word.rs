//! One word of a command: its text without quotes, and the substitutions in it.

use std::ops::Range;

use crate::model::code::Word;
use crate::parse::code::content::Content;

/// Reads the word in a range of the script. Gives the ranges of the scripts inside `$(…)` and backquotes too.
pub(super) fn read(content: &Content, script: &str, range: Range<usize>) -> (Word, Vec<Range<usize>>) {
    let mut reader = Reader {
        content: &content.text,
        script: script.as_bytes(),
        at: range.start,
        end: range.end.min(script.len()),
        word: Word {
            text: String::new(),
            span: content.span(range.clone()),
            quoted: false,
            has_variable: false,
            has_placeholder: has_placeholder(&content.text, script, range),
            has_glob: false,
        },
        scripts: Vec::new(),
    };
    while reader.at < reader.end {
        reader.piece();
    }
    (reader.word, reader.scripts)
}

/// The inside of a word that is in quotes as a whole and holds no escapes: a script of its own.
pub(super) fn inside(script: &str, range: Range<usize>) -> Option<Range<usize>> {
    let raw = script.get(range.clone())?;
    let quote = raw.chars().next().filter(|it| matches!(it, '\'' | '"'))?;
    let inner = raw.get(1..raw.len().checked_sub(1)?)?;
    let plain = raw.len() >= 2 && raw.ends_with(quote) && !inner.contains(quote);
    (plain && (quote == '\'' || !inner.contains('\\'))).then(|| range.start + 1..range.end - 1)
}

fn has_placeholder(content: &str, script: &str, range: Range<usize>) -> bool {
    let (Some(written), Some(read)) = (content.get(range.clone()), script.get(range)) else { return false };
    let covered =
        written.bytes().zip(read.bytes()).any(|(a, b)| a != b && a.is_ascii() && a != 0 && a != b'\r');
    covered || written.contains("...") || written.contains('…')
}

struct Reader<'a> {
    content: &'a str,
    script: &'a [u8],
    at: usize,
    end: usize,
    word: Word,
    scripts: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.end { self.script[at] } else { 0 }
    }

    /// Takes one character as written.
    fn take(&mut self) {
        let blanked = self.peek(0) == b' ';
        let length = match self.content.get(self.at..).and_then(|it| it.chars().next()) {
            // The prompt of a further line inside quotes.
            Some('>') if blanked => 1,
            Some(it) => {
                self.word.text.push(it);
                it.len_utf8()
            }
            None => 1,
        };
        self.at += length;
    }

    fn take_to(&mut self, end: usize) {
        while self.at < end.min(self.end) {
            self.take();
        }
    }

    fn piece(&mut self) {
        match self.peek(0) {
            b'\\' => self.escape(),
            b'\'' => {
                self.word.quoted = true;
                self.at += 1;
                self.take_to(self.find(b'\'', false));
                self.at += 1;
            }
            b'"' => {
                self.word.quoted = true;
                self.at += 1;
                while self.at < self.end && self.peek(0) != b'"' {
                    match self.peek(0) {
                        b'\\' if matches!(self.peek(1), b'"' | b'\\' | b'$' | b'`' | b'\n') => self.escape(),
                        b'$' | b'`' => self.expansion(),
                        _ => self.take(),
                    }
                }
                self.at += 1;
            }
            b'$' if self.peek(1) == b'\'' => {
                self.word.quoted = true;
                self.at += 2;
                self.take_to(self.find(b'\'', true));
                self.at += 1;
            }
            b'$' | b'`' => self.expansion(),
            b'*' | b'?' => {
                self.word.has_glob = true;
                self.take();
            }
            b'[' if self.rest().contains(&b']') => {
                self.word.has_glob = true;
                self.take();
            }
            b'{' if is_brace_expansion(self.rest()) => {
                self.word.has_glob = true;
                self.take();
            }
            _ => self.take(),
        }
    }

    /// The next bytes: patterns are short, and a word of brackets must not be read once for each of them.
    fn rest(&self) -> &[u8] {
        self.script.get(self.at..self.end.min(self.at + 100)).unwrap_or_default()
    }

    fn escape(&mut self) {
        self.at += 1;
        if self.peek(0) == b'\n' {
            self.at += 1;
        } else if self.at < self.end {
            self.take();
        }
    }

    /// `$x`, `${x}`, `$(x)`, `$((x))` or a backquote, taken as written.
    fn expansion(&mut self) {
        let start = self.at;
        let end = match (self.peek(0), self.peek(1)) {
            (b'`', _) => {
                self.at += 1;
                let close = self.find(b'`', true);
                self.at = start;
                self.scripts.push(start + 1..close);
                close + 1
            }
            (_, b'(') => {
                let close = closing(&self.script[..self.end], start + 1);
                if self.peek(2) != b'(' {
                    self.scripts.push(start + 2..close);
                }
                close + 1
            }
            (_, b'{') => {
                self.at += 2;
                let close = self.find(b'}', true);
                self.at = start;
                close + 1
            }
            (_, it) if it.is_ascii_alphanumeric() || b"_@*#?$!-".contains(&it) => start + 2,
            _ => {
                self.take();
                return;
            }
        };
        self.word.has_variable = true;
        self.take_to(end);
    }

    /// The place of the next such byte, or the end of the word.
    fn find(&self, byte: u8, escapes: bool) -> usize {
        let mut at = self.at;
        while at < self.end && self.script[at] != byte {
            at += if escapes && self.script[at] == b'\\' { 2 } else { 1 };
        }
        at.min(self.end)
    }
}

/// `{a,b}` or `{1..9}` at the start.
fn is_brace_expansion(rest: &[u8]) -> bool {
    let inside = rest.split(|&it| it == b'}').next().unwrap_or_default();
    inside.len() < rest.len() && (inside.contains(&b',') || inside.windows(2).any(|it| it == b".."))
}

/// The place of the `)` that closes the `(` at `open`, or the end.
fn closing(script: &[u8], open: usize) -> usize {
    let mut depth = 0usize;
    let mut quote = 0u8;
    let mut at = open;
    while let Some(&byte) = script.get(at) {
        match byte {
            b'\\' if quote != b'\'' => at += 1,
            b'\'' | b'"' if quote == 0 => quote = byte,
            _ if quote != 0 && byte == quote => quote = 0,
            b'(' if quote == 0 => depth += 1,
            b')' if quote == 0 => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
        at += 1;
    }
    script.len()
}
