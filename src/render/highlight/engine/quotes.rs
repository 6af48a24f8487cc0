//! Quotes and here-documents, and the code inside them.

use super::{Engine, Mode};
use crate::render::highlight::Class;
use crate::render::highlight::syntax::Holds;

impl<'a> Engine<'a> {
    pub(super) fn quote(&mut self) -> bool {
        let rest = self.rest();
        for (index, quote) in self.lexer.syntax.quotes.iter().enumerate() {
            if self.off & (1 << index) != 0 || !rest.starts_with(quote.open.as_bytes()) {
                continue;
            }
            if quote.lines {
                self.modes.push(Mode::Quote { index, start: self.at });
                self.push(Class::String, quote.open.len());
                return true;
            }
            if self.at < self.no_close[index] {
                continue;
            }
            if let Some(end) = self.quote_end(index) {
                let class = if self.is_key(end) { Class::Property } else { Class::String };
                self.command &= self.value;
                self.push(class, end - self.at);
                return true;
            }
            if quote.character {
                // The lifetime of Rust.
                let name =
                    rest[1..].iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
                if name > 0 {
                    self.push(Class::Variable, 1 + name);
                    return true;
                }
            }
        }
        false
    }

    /// The byte after a quote that ends in its line.
    fn quote_end(&mut self, index: usize) -> Option<usize> {
        let quote = &self.lexer.syntax.quotes[index];
        let mut at = self.at + quote.open.len();
        if quote.character && self.byte(at) != b'\\' {
            let width = self.text.get(at..)?.chars().next()?.len_utf8();
            return (self.byte(at + width) == b'\'').then_some(at + width + 1);
        }
        let most = if quote.character { at + 12 } else { self.bytes.len() };
        while at < self.bytes.len().min(most) {
            let byte = self.bytes[at];
            if byte == b'\n' {
                break;
            }
            if byte == quote.escape && quote.escape != 0 {
                at += 1;
                if self.byte(at) != b'\n' {
                    at += 1;
                }
            } else if self.bytes[at..].starts_with(quote.close.as_bytes()) {
                at += quote.close.len();
                if quote.doubled && self.bytes[at..].starts_with(quote.close.as_bytes()) {
                    at += quote.close.len();
                } else {
                    return Some(at);
                }
            } else {
                at += 1;
            }
        }
        if !quote.character {
            self.no_close[index] = at;
        }
        None
    }

    /// Goes on in a quote of many lines.
    pub(super) fn quoted(&mut self, index: usize, start: usize) {
        let quote = &self.lexer.syntax.quotes[index];
        let close = quote.close.as_bytes();
        let first = close.first().copied().unwrap_or(0);
        let sign = match quote.holds {
            Holds::Nothing => 0,
            Holds::Variables | Holds::Commands => b'$',
            Holds::Code(sign) => sign,
        };
        let mut at = self.at;
        while let Some(&byte) = self.bytes.get(at) {
            if byte == quote.escape && byte != 0 {
                at += 2;
            } else if byte == first && self.bytes[at..].starts_with(close) {
                at += close.len();
                if quote.doubled && self.bytes[at..].starts_with(close) {
                    at += close.len();
                    continue;
                }
                self.modes.pop();
                self.push(Class::String, at - self.at);
                if self.is_key(at) {
                    self.tokens.truncate(start);
                    self.tokens.push(Class::Property, at);
                }
                self.command &= self.value;
                self.before = first;
                return;
            } else if byte == sign && sign != 0 {
                let next = self.byte(at + 1);
                let code = match quote.holds {
                    Holds::Commands => next == b'(',
                    Holds::Code(_) => next == b'{',
                    _ => false,
                };
                let variable = matches!(quote.holds, Holds::Variables | Holds::Commands);
                if code || (variable && (next == b'{' || next == b'_' || next.is_ascii_alphanumeric())) {
                    self.push(Class::String, at - self.at);
                    let opened = (code && self.open_code(next)) || self.variable(sign);
                    if !opened {
                        self.push(Class::String, 1);
                    }
                    return;
                }
                at += 1;
            } else {
                at += 1;
            }
        }
        // It has no end: see `take_back`.
        self.at = self.bytes.len();
    }

    /// `$(` or `${`, behind which code stands.
    pub(super) fn open_code(&mut self, bracket: u8) -> bool {
        let close = if bracket == b'(' { b')' } else { b'}' };
        self.push(Class::Operator, 2);
        self.modes.push(Mode::Code { open: bracket, close, depth: 0, command: self.command });
        self.command = true;
        self.before = bracket;
        true
    }

    pub(super) fn heredoc(&mut self, byte: u8) -> bool {
        let opener = self.lexer.syntax.heredoc;
        let rest = self.rest();
        if byte != b'<' || opener.is_empty() || !rest.starts_with(opener.as_bytes()) {
            return false;
        }
        let mut at = opener.len();
        if rest.get(at) == Some(&b'<') {
            // `<<<` takes a word.
            self.push(Class::Operator, 3);
            return true;
        }
        at += usize::from(matches!(rest.get(at), Some(b'-' | b'~')));
        if self.lexer.syntax.commands || opener.len() > 2 {
            at += rest[at..].iter().take_while(|&&it| it == b' ').count();
        }
        at += usize::from(matches!(rest.get(at), Some(b'\'' | b'"' | b'\\')));
        let length = rest[at..].iter().take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
        let upper = rest.get(at).is_some_and(|it| it.is_ascii_uppercase() || *it == b'_');
        if length == 0 || !(upper || self.lexer.syntax.commands) || rest[at].is_ascii_digit() {
            return false;
        }
        if let Some(word) = self.text.get(self.at + at..self.at + at + length) {
            self.heredocs.push(word);
        }
        at += length;
        at += usize::from(matches!(rest.get(at), Some(b'\'' | b'"')));
        self.push(Class::Operator, at);
        true
    }

    pub(super) fn here_documents(&mut self) {
        for word in std::mem::take(&mut self.heredocs) {
            while self.at < self.bytes.len() {
                let end = self.line_end(self.at);
                let line = self.text.get(self.at..end).unwrap_or_default().trim();
                if line.trim_end_matches([';', ',', ')']) == word {
                    self.push(Class::Operator, end - self.at);
                    break;
                }
                self.push(Class::String, end + 1 - self.at);
            }
        }
    }
}
