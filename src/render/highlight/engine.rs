//! Reads languages that are made of words, quotes and comments.
//!
//! Quotes that hold code which holds quotes stand on a stack. A quote that never ends is none: the engine goes
//! back to it, once for each kind of quote, so the time stays linear.

use super::syntax::{Holds, Keys, Kind, Lexer};
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

    fn comment(&mut self) -> bool {
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

    fn quote(&mut self) -> bool {
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
    fn quoted(&mut self, index: usize, start: usize) {
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
                    if !(code && self.open_code(next)) && !self.variable(sign) {
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
    fn open_code(&mut self, bracket: u8) -> bool {
        let close = if bracket == b'(' { b')' } else { b'}' };
        self.push(Class::Operator, 2);
        self.modes.push(Mode::Code { open: bracket, close, depth: 0, command: self.command });
        self.command = true;
        self.before = bracket;
        true
    }

    fn variable(&mut self, sigil: u8) -> bool {
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
    fn special(&mut self, byte: u8) -> bool {
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

    fn heredoc(&mut self, byte: u8) -> bool {
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

    fn here_documents(&mut self) {
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

    /// Whether what ends here is a key.
    fn is_key(&self, end: usize) -> bool {
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

    fn word(&mut self) {
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

    fn number(&mut self) {
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
