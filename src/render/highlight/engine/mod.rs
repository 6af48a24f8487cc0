//! Reads languages that are made of words, quotes and comments.
//!
//! Quotes that hold code which holds quotes stand on a stack. A quote that never ends is none: the engine goes
//! back to it, once for each kind of quote, so the time stays linear.

mod marks;
mod quotes;
mod words;

use super::syntax::{Kind, Lexer};
use super::{Class, Tokens};

/// Reads a part of a text.
pub(super) fn run(lexer: &Lexer, text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    let bytes = &text.as_bytes()[..end];
    let mut engine = Engine {
        lexer,
        text,
        bytes,
        at: start,
        tokens,
        modes: Vec::new(),
        heredocs: Vec::new(),
        off: 0,
        no_close: vec![0; lexer.syntax.quotes.len() + 2],
        command: true,
        value: false,
        line_start: true,
        braces: 0,
        before: 0,
    };
    engine.run();
}

/// What the engine stands in, beside code at the top.
enum Mode {
    /// Code inside a quote, or between `$(` and `)`; with how many brackets of that kind are open, and whether a
    /// command was expected around it.
    Code { open: u8, close: u8, depth: u32, command: bool },
    /// A quote, by its index, and where it began.
    Quote { index: usize, start: usize },
}

struct Engine<'a> {
    lexer: &'a Lexer,
    text: &'a str,
    /// Up to the end of what is read.
    bytes: &'a [u8],
    at: usize,
    tokens: &'a mut Tokens,
    modes: Vec<Mode>,
    /// The words that end the here-documents which begin with the next line.
    heredocs: Vec<&'a str>,
    /// A bit for each kind of quote that never ends.
    off: u64,
    /// For each kind of quote, for braces and for patterns: up to where it is known not to end.
    no_close: Vec<usize>,
    /// Whether the next word is the name of a program.
    command: bool,
    /// Whether it stands in the value of `NAME=value`, after which a command follows.
    value: bool,
    line_start: bool,
    /// How many `{` are open.
    braces: u32,
    /// The last byte that is no blank.
    before: u8,
}

impl<'a> Engine<'a> {
    fn run(&mut self) {
        loop {
            match self.modes.last() {
                Some(&Mode::Quote { index, start }) => self.quoted(index, start),
                _ => {
                    if self.at < self.bytes.len() {
                        self.code();
                    }
                }
            }
            if self.at >= self.bytes.len() && !self.take_back() {
                return;
            }
        }
    }

    /// Goes back to the first quote that has no end; whether there is one.
    fn take_back(&mut self) -> bool {
        let Some(at) = self.modes.iter().position(|it| matches!(it, Mode::Quote { .. })) else {
            return false;
        };
        let Mode::Quote { index, start } = self.modes[at] else { return false };
        self.modes.truncate(at);
        self.off |= 1 << index;
        self.tokens.truncate(start);
        self.at = start;
        self.heredocs.clear();
        self.push(Class::Plain, self.lexer.syntax.quotes[index].open.len());
        true
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.iter().position(|&it| it == b'\n').map_or(self.bytes.len(), |it| from + it)
    }

    fn find(&self, from: usize, words: &str) -> Option<usize> {
        self.text.get(from..self.bytes.len())?.find(words).map(|it| from + it)
    }

    /// The next so many bytes are of a class.
    fn push(&mut self, class: Class, length: usize) {
        self.at = (self.at + length).min(self.bytes.len());
        self.tokens.push(class, self.at);
    }

    /// The next piece of code.
    fn code(&mut self) {
        let byte = self.bytes[self.at];
        let kind = self.lexer.kinds[usize::from(byte)];
        if self.line_start && kind != Kind::Blank && kind != Kind::Line {
            self.line_start = false;
            if let Some(line) = self.lexer.syntax.line
                && let Some(words) = self.text.get(self.at..self.line_end(self.at))
                && let Some((length, class)) = line(words)
                && length > 0
            {
                self.before = self.byte(self.at + length - 1);
                self.command = true;
                self.push(class, length);
                return;
            }
        }
        match kind {
            Kind::Blank => {
                let length =
                    self.rest().iter().take_while(|&&it| it == b' ' || it == b'\t' || it == b'\r').count();
                self.command |= self.value;
                self.value = false;
                self.push(Class::Plain, length);
                return;
            }
            Kind::Line => {
                if self.before != b'\\' {
                    (self.command, self.value) = (true, false);
                }
                self.before = b'\n';
                self.line_start = true;
                self.push(Class::Plain, 1);
                self.here_documents();
                return;
            }
            Kind::Word => self.word(),
            Kind::Digit => self.number(),
            Kind::Mark if self.mark(byte) => {}
            Kind::Mark | Kind::Other | Kind::Operator => self.sign(byte, kind),
        }
        self.before = self.byte(self.at.wrapping_sub(1));
    }

    fn sign(&mut self, byte: u8, kind: Kind) {
        match byte {
            b'{' => self.braces += 1,
            b'}' => self.braces = self.braces.saturating_sub(1),
            _ => {}
        }
        let operator = kind == Kind::Operator || self.lexer.syntax.operators.as_bytes().contains(&byte);
        let class = if operator { Class::Operator } else { Class::Plain };
        if let Some(Mode::Code { open, close, depth, command }) = self.modes.last_mut() {
            if byte == *open {
                *depth += 1;
            } else if byte == *close && *depth == 0 {
                self.command = *command;
                self.modes.pop();
                self.push(Class::Operator, 1);
                return;
            } else if byte == *close {
                *depth -= 1;
            }
        }
        if self.lexer.syntax.commands {
            let redirect = byte == b'&' && (self.before == b'>' || self.byte(self.at + 1) == b'>');
            match byte {
                b'|' | b'&' | b';' | b'(' | b'{' | b'`' | b'!' if !redirect => self.command = true,
                b'=' => {}
                _ => self.command = false,
            }
        }
        self.push(class, 1);
    }

    /// What begins with a sign that has a meaning; whether it is more than a sign here.
    fn mark(&mut self, byte: u8) -> bool {
        self.comment() || self.heredoc(byte) || self.quote() || self.variable(byte) || self.special(byte)
    }
}
