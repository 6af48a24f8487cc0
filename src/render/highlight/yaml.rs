//! YAML, line by line: keys, scalars in and without quotes, block scalars, flow collections.

use super::{Class, Tokens, engine, languages};

/// Reads a part of a text.
pub(super) fn read(text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let mut reader = Reader { tokens, at: start, block: None, quote: None, flow: 0, off: [false; 2] };
    for line in text.get(start..end).unwrap_or_default().split_inclusive('\n') {
        let next = reader.at + line.len();
        reader.line(text, line, end);
        reader.push(Class::Plain, next.saturating_sub(reader.at));
    }
}

struct Reader<'a> {
    tokens: &'a mut Tokens,
    at: usize,
    /// In a block scalar: the indentation of the line that opens it.
    block: Option<usize>,
    /// In a quoted scalar of many lines: its quote.
    quote: Option<u8>,
    /// How many brackets of flow collections are open.
    flow: usize,
    /// Single and double quotes that never end.
    off: [bool; 2],
}

impl Reader<'_> {
    fn push(&mut self, class: Class, length: usize) {
        self.at += length;
        self.tokens.push(class, self.at);
    }

    fn line(&mut self, text: &str, line: &str, end: usize) {
        if let Some(quote) = self.quote {
            let Some(close) = closing(line.as_bytes(), 0, quote) else {
                return self.push(Class::String, line.len());
            };
            self.quote = None;
            self.push(Class::String, close);
            return self.value(text, &line[close..], 0, end);
        }
        let indent = line.bytes().take_while(|&it| it == b' ').count();
        let words = line[indent..].trim_end();
        if let Some(outer) = self.block {
            if words.is_empty() || indent > outer {
                return self.push(Class::String, line.len());
            }
            self.block = None;
        }
        self.push(Class::Plain, indent);
        let mut rest = words;
        if indent == 0 && (rest.starts_with("---") || rest.starts_with("...")) {
            self.push(Class::Operator, 3);
            rest = &rest[3..];
        }
        // The indentation that a block scalar goes beyond: that of its key or dash.
        let (mut outer, mut column) = (indent, indent);
        while let Some(item) =
            rest.strip_prefix("- ").or_else(|| rest.strip_prefix("? ")).filter(|_| self.flow == 0)
        {
            self.push(Class::Operator, 1);
            let blanks = rest.len() - 1 - item.trim_start().len();
            self.push(Class::Plain, blanks);
            (outer, column) = (column, column + 1 + blanks);
            rest = item.trim_start();
        }
        if self.flow == 0
            && let Some(key) = key(rest)
        {
            self.push(Class::Property, key);
            self.push(Class::Operator, 1);
            rest = &rest[key + 1..];
            outer = column;
        }
        self.value(text, rest, outer, end);
    }

    /// What stands behind a key or a dash. A block scalar there is indented by more than `outer`.
    fn value(&mut self, text: &str, rest: &str, outer: usize, end: usize) {
        let mut rest = rest.trim_end();
        loop {
            let blanks = rest.len() - rest.trim_start().len();
            self.push(Class::Plain, blanks);
            rest = &rest[blanks..];
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let class = match rest.as_bytes().first() {
                Some(b'#') => return self.push(Class::Comment, rest.len()),
                Some(b'&' | b'*') if self.flow == 0 && word > 1 => Class::Variable,
                Some(b'!') if self.flow == 0 => Class::Type,
                _ => break,
            };
            self.push(class, word);
            rest = &rest[word..];
        }
        match rest.as_bytes() {
            [] => {}
            [b'|' | b'>', more @ ..]
                if self.flow == 0
                    && more.iter().take_while(|it| **it != b'#').all(|it| b"+-0123456789 ".contains(it)) =>
            {
                let head = rest.find([' ', '#']).unwrap_or(rest.len());
                self.push(Class::Operator, head);
                self.push(Class::Comment, rest.len() - head);
                self.block = Some(outer);
            }
            [quote @ (b'"' | b'\''), ..] if self.flow == 0 => self.quoted(text, rest, *quote, end),
            [b'[' | b'{', ..] => self.collection(text, rest),
            _ if self.flow > 0 => self.collection(text, rest),
            _ => self.plain(rest),
        }
    }

    fn quoted(&mut self, text: &str, rest: &str, quote: u8, end: usize) {
        if let Some(close) = closing(rest.as_bytes(), 1, quote) {
            self.push(Class::String, close);
            return self.push_comment(&rest[close..]);
        }
        let off = &mut self.off[usize::from(quote == b'"')];
        let below = text.get(self.at + rest.len()..end).unwrap_or_default();
        *off = *off || !below.as_bytes().contains(&quote);
        if *off {
            return self.plain(rest);
        }
        self.quote = Some(quote);
        self.push(Class::String, rest.len());
    }

    /// A line of a flow collection.
    fn collection(&mut self, text: &str, rest: &str) {
        let end = self.at + rest.len();
        // Templates (`{{ .Values.port }}`) look like collections, and end where they begin.
        if rest.starts_with("{{") && self.flow == 0 {
            return self.push(Class::Variable, rest.len());
        }
        for byte in rest.bytes() {
            match byte {
                b'[' | b'{' => self.flow += 1,
                b']' | b'}' => self.flow = self.flow.saturating_sub(1),
                _ => {}
            }
        }
        if let Some(lexer) = languages::lexer("yaml-flow") {
            engine::run(lexer, text, self.at, end, self.tokens);
            self.at = end;
        }
    }

    fn plain(&mut self, rest: &str) {
        let length = rest.find(" #").unwrap_or(rest.len());
        let words = rest[..length].trim_end();
        self.push(scalar(words), words.len());
        self.push_comment(&rest[words.len()..]);
    }

    fn push_comment(&mut self, rest: &str) {
        let blanks = rest.len() - rest.trim_start().len();
        self.push(Class::Plain, blanks);
        let class = if rest[blanks..].starts_with('#') { Class::Comment } else { Class::Plain };
        self.push(class, rest.len() - blanks);
    }
}

/// The length of the key at the start of a line; none where there is none.
fn key(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let ends =
        |at: usize| bytes.get(at) == Some(&b':') && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'));
    match bytes.first()? {
        quote @ (b'"' | b'\'') => closing(bytes, 1, *quote).filter(|&it| ends(it)),
        b'#' | b'{' | b'[' | b'|' | b'>' | b'%' | b'@' | b'`' => None,
        _ => {
            let comment = rest.find(" #").unwrap_or(rest.len());
            rest.match_indices(':').map(|it| it.0).take_while(|&it| it < comment).find(|&it| ends(it))
        }
    }
}

/// The byte after the quote that ends a scalar.
fn closing(bytes: &[u8], from: usize, quote: u8) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let escaped = bytes[at] == b'\\' && quote == b'"';
        let doubled = bytes[at] == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote);
        if escaped || doubled {
            at += 2;
        } else if bytes[at] == quote {
            return Some(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

fn scalar(words: &str) -> Class {
    if matches!(words, "true" | "false" | "null" | "~" | "True" | "False" | "yes" | "no" | "on" | "off") {
        return Class::Number;
    }
    let digits = words.strip_prefix(['-', '+']).unwrap_or(words);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|it| it.is_ascii_hexdigit() || matches!(it, b'.' | b'_' | b'x' | b'o' | b'+' | b'-'))
        && digits.bytes().filter(|&it| it == b'.').count() < 2;
    if number { Class::Number } else { Class::String }
}
