//! Comments, variables, decorators, directives, patterns.

use super::{Engine, Mode};
use crate::render::highlight::Class;

impl<'a> Engine<'a> {
    pub(super) fn comment(&mut self) -> bool {
        let syntax = self.lexer.syntax;
        let rest = self.rest();
        for (open, close) in syntax.block_comments {
            if rest.starts_with(open.as_bytes()) {
                let end =
                    self.find(self.at + open.len(), close).map_or(self.bytes.len(), |it| it + close.len());
                self.push(Class::Comment, end - self.at);
                return true;
            }
        }
        let spaced =
            self.at == 0 || self.byte(self.at - 1).is_ascii_whitespace() || self.byte(self.at - 1) == b';';
        if (spaced || !syntax.spaced_comments)
            && syntax.line_comments.iter().any(|it| rest.starts_with(it.as_bytes()))
        {
            self.push(Class::Comment, self.line_end(self.at) - self.at);
            return true;
        }
        false
    }

    pub(super) fn variable(&mut self, sigil: u8) -> bool {
        let syntax = self.lexer.syntax;
        if !syntax.sigils.as_bytes().contains(&sigil) && sigil != b'$' {
            return false;
        }
        if !syntax.sigils.as_bytes().contains(&sigil)
            && !matches!(self.modes.last(), Some(Mode::Quote { .. }))
        {
            return false;
        }
        let next = self.byte(self.at + 1);
        // `a::b` and `a%b` are no variables.
        if sigil != b'$'
            && (self.before == sigil || self.byte(self.at.wrapping_sub(1)).is_ascii_alphanumeric())
        {
            return false;
        }
        if sigil == b'$' && next == b'(' {
            if syntax.commands {
                return self.open_code(next);
            }
            return false;
        }
        let braces = syntax.quotes.len();
        let length = match next {
            b'{' if self.at >= self.no_close[braces] => match self.brace_end() {
                Ok(end) => end - self.at,
                Err(end) => {
                    self.no_close[braces] = end;
                    return false;
                }
            },
            b'{' => return false,
            b'?' | b'@' | b'#' | b'*' | b'!' | b'$' | b'-' if sigil == b'$' && syntax.commands => 2,
            _ => {
                let colons = |at: usize| {
                    self.byte(at) == b':' && self.byte(at + 1).is_ascii_alphabetic() && syntax.ignore_case
                };
                let mut end = self.at + 1;
                while self.byte(end).is_ascii_alphanumeric()
                    || matches!(self.byte(end), b'_' | 0x80..)
                    || colons(end)
                {
                    end += 1;
                }
                end - self.at
            }
        };
        if length < 2 {
            return false;
        }
        if !matches!(self.modes.last(), Some(Mode::Quote { .. })) {
            self.command &= self.value;
        }
        self.push(Class::Variable, length);
        true
    }

    /// The byte after `${…}`, or up to where it does not end.
    fn brace_end(&self) -> Result<usize, usize> {
        let mut depth = 0;
        let mut at = self.at + 1;
        loop {
            match self.byte(at) {
                b'{' => depth += 1,
                b'}' if depth == 1 => return Ok(at + 1),
                b'}' => depth -= 1,
                b'\n' => return Err(at),
                0 if at >= self.bytes.len() => return Err(at),
                _ => {}
            }
            at += 1;
        }
    }

    /// Decorators, directives, patterns.
    pub(super) fn special(&mut self, byte: u8) -> bool {
        let syntax = self.lexer.syntax;
        let rest = self.rest();
        if byte == b'@' && syntax.decorators {
            let name = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'-' | b':');
            let length = 1 + rest[1..].iter().take_while(|it| name(it)).count();
            self.push(if length > 1 { Class::Function } else { Class::Plain }, length);
            return true;
        }
        if byte == b'#' && syntax.directives {
            let bracket = rest.starts_with(b"#[") || rest.starts_with(b"#![");
            if bracket || matches!(self.before, 0 | b'\n') {
                let line = self.line_end(self.at);
                let line = self.bytes.get(self.at..line).unwrap_or_default();
                let length = match bracket {
                    true => line.iter().position(|&it| it == b']').map_or(line.len(), |it| it + 1),
                    false => 1 + line[1..].iter().take_while(|it| it.is_ascii_alphabetic()).count(),
                };
                self.push(if bracket { Class::Property } else { Class::Keyword }, length);
                return true;
            }
        }
        if byte == b'/' && syntax.patterns {
            let value = self.before.is_ascii_alphanumeric()
                || matches!(self.before, b')' | b']' | b'}' | b'_' | b'"' | b'\'');
            let index = syntax.quotes.len() + 1;
            if !value && self.at >= self.no_close[index] {
                let line = self.line_end(self.at);
                let mut at = self.at + 1;
                while at < line && self.bytes[at] != b'/' {
                    at += if self.bytes[at] == b'\\' { 2 } else { 1 };
                }
                if at < line && at > self.at + 1 {
                    let flags = self.bytes[at + 1..].iter().take_while(|it| it.is_ascii_lowercase()).count();
                    self.push(Class::String, at + 1 + flags - self.at);
                    return true;
                }
                self.no_close[index] = line;
            }
        }
        false
    }
}
