//! Words and numbers: what they are by their letters and their neighbours.

use super::Engine;
use crate::render::highlight::Class;
use crate::render::highlight::syntax::{Keys, Kind};

impl<'a> Engine<'a> {
    /// Whether what ends here is a key.
    pub(super) fn is_key(&self, end: usize) -> bool {
        let blanks = || self.bytes[end..].iter().take_while(|&&it| it == b' ').count();
        match self.lexer.syntax.keys {
            Keys::None => false,
            Keys::Colon => {
                // A key in quotes may have blanks behind it, as JSON is sometimes written.
                let quoted = matches!(self.byte(end.wrapping_sub(1)), b'"' | b'\'');
                let at = if quoted { end + blanks() } else { end };
                self.byte(at) == b':' && self.byte(at + 1) != b':'
            }
            Keys::Equals => {
                let at = end + blanks();
                self.byte(at) == b'=' && !matches!(self.byte(at + 1), b'=' | b'>' | b'~')
            }
            Keys::Matchers => {
                let at = end + blanks();
                self.braces > 0
                    && (self.byte(at) == b'='
                        || (self.byte(at) == b'!' && matches!(self.byte(at + 1), b'=' | b'~')))
            }
        }
    }

    fn is_inside(&self, byte: u8) -> bool {
        matches!(self.lexer.kinds[usize::from(byte)], Kind::Word | Kind::Digit)
            || (byte != 0 && self.lexer.syntax.inside.as_bytes().contains(&byte))
    }

    pub(super) fn word(&mut self) {
        let syntax = self.lexer.syntax;
        let mut end = self.at + 1;
        while end < self.bytes.len() && self.is_inside(self.bytes[end]) {
            end += 1;
        }
        let word = self.text.get(self.at..end).unwrap_or_default();
        let next = self.byte(end);
        // Quotes that begin with a letter, and letters before quotes.
        if matches!(next, b'"' | b'\'' | b'#') && word.len() <= 3 {
            let lettered = syntax.quotes.iter().any(|it| {
                it.open.starts_with(|c: char| c.is_ascii_alphabetic())
                    && self.rest().starts_with(it.open.as_bytes())
            });
            if lettered && self.quote() {
                return;
            }
            if next != b'#' && syntax.prefixes.contains(&word) {
                self.push(Class::String, word.len());
                return;
            }
        }
        let class = if syntax.commands { self.command_word(word, next) } else { self.plain_word(word, end) };
        self.push(class, word.len());
    }

    fn plain_word(&self, word: &str, end: usize) -> Class {
        let syntax = self.lexer.syntax;
        let member = self.before == b'.' && !syntax.ignore_case;
        if !member && let Some(class) = self.lexer.word(word) {
            // Most languages let keys be called like words of theirs.
            return if syntax.keys == Keys::Colon && class != Class::Keyword && self.is_key(end) {
                Class::Property
            } else {
                class
            };
        }
        if self.is_key(end) {
            Class::Property
        } else if syntax.calls && self.byte(end) == b'(' {
            Class::Function
        } else if syntax.types && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            Class::Type
        } else {
            Class::Plain
        }
    }

    fn command_word(&mut self, word: &str, next: u8) -> Class {
        if !self.command {
            return if word.starts_with('-') && word.len() > 1 { Class::Property } else { Class::Plain };
        }
        if next == b'=' || (next == b'+' && self.byte(self.at + word.len() + 1) == b'=') {
            (self.command, self.value) = (false, true);
            return Class::Variable;
        }
        self.command = self.lexer.is_opener(word);
        match self.lexer.word(word) {
            Some(class) => class,
            None if word.starts_with('-') => {
                // The flags of a program that starts another one: `sudo -u postgres psql`.
                self.command = false;
                Class::Property
            }
            None => Class::Function,
        }
    }

    pub(super) fn number(&mut self) {
        let syntax = self.lexer.syntax;
        let mut end = self.at + 1;
        loop {
            let byte = self.byte(end);
            let exponent = matches!(byte, b'+' | b'-')
                && matches!(self.byte(end - 1), b'e' | b'E')
                && !syntax.commands
                && self.byte(end + 1).is_ascii_digit();
            // `0..9` is a range.
            let dot = byte == b'.' && self.byte(end + 1) != b'.';
            let inside = byte.is_ascii_alphanumeric() || byte == b'_' || dot || exponent;
            if !(inside || syntax.commands && end < self.bytes.len() && self.is_inside(byte)) {
                break;
            }
            end += 1;
        }
        let word = self.bytes.get(self.at..end).unwrap_or_default();
        let plain = syntax.commands && !word.iter().all(u8::is_ascii_digit);
        // `2>&1` says nothing about what follows.
        if self.byte(end) != b'>' {
            self.command = false;
        }
        self.push(if plain { Class::Plain } else { Class::Number }, end - self.at);
    }
}
