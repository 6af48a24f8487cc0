//! Code → tokens with a class each, at build time: pages need no script to be read in colour.
//!
//! One engine (`engine.rs`) reads all languages that are made of words, quotes and comments; what is peculiar to
//! one is data (`languages/`). What is written in lines or tags has a reader of its own. The tokens cover the
//! text without gaps, so that nothing of it can be lost, and every reader takes linear time and never fails:
//! what it does not understand is plain text.

mod console;
mod engine;
mod languages;
mod lines;
mod markup;
mod syntax;
#[cfg(test)]
mod tests;
mod yaml;

use languages::Reader;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Class {
    /// Nothing in particular.
    Plain,
    /// A comment.
    Comment,
    /// Text in quotes, and the values of YAML.
    String,
    /// A word of the language.
    Keyword,
    /// A number or another constant.
    Number,
    /// A function, or the program that a command runs.
    Function,
    /// A type, or the name of an element or section.
    Type,
    /// A key, an attribute or a flag.
    Property,
    /// A variable.
    Variable,
    /// A sign that joins commands or changes where they read and write.
    Operator,
    /// What a terminal shows before a command.
    Prompt,
    /// What a command prints.
    Output,
    /// A line that a diff adds.
    Inserted,
    /// A line that a diff takes away.
    Deleted,
}

impl Class {
    /// The class of the element around the token; none for plain text.
    pub(in crate::render) fn css(self) -> Option<&'static str> {
        Some(match self {
            Class::Plain => return None,
            Class::Comment => "tok-c",
            Class::String => "tok-s",
            Class::Keyword => "tok-k",
            Class::Number => "tok-n",
            Class::Function => "tok-f",
            Class::Type => "tok-t",
            Class::Property => "tok-p",
            Class::Variable => "tok-v",
            Class::Operator => "tok-o",
            Class::Prompt => "tok-prompt",
            Class::Output => "tok-out",
            Class::Inserted => "tok-ins",
            Class::Deleted => "tok-del",
        })
    }
}

/// Adjacent pieces of a text, each with its class.
#[derive(Debug, Default)]
pub(in crate::render) struct Tokens {
    /// Each class with the byte after its piece; a piece begins where the one before it ends.
    pieces: Vec<(Class, usize)>,
}

impl Tokens {
    /// The byte after the last piece.
    fn end(&self) -> usize {
        self.pieces.last().map_or(0, |it| it.1)
    }

    /// Adds a piece that ends before a byte; nothing where that is before the end of the last one.
    fn push(&mut self, class: Class, end: usize) {
        if end <= self.end() {
            return;
        }
        match self.pieces.last_mut() {
            Some(last) if last.0 == class => last.1 = end,
            _ => self.pieces.push((class, end)),
        }
    }

    /// Takes back all from a byte on.
    fn truncate(&mut self, at: usize) {
        while self.pieces.len() > 1 && self.pieces[self.pieces.len() - 2].1 >= at {
            self.pieces.pop();
        }
        match self.pieces.last_mut() {
            Some(last) if at > 0 => last.1 = last.1.min(at),
            _ => self.pieces.clear(),
        }
    }

    /// Each piece with its class, in order.
    pub(in crate::render) fn iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Class, &'a str)> {
        let mut start = 0;
        self.pieces.iter().map(move |&(class, end)| {
            let piece = text.get(start..end).unwrap_or_default();
            start = end;
            (class, piece)
        })
    }
}

/// The tokens of code in a language, by the name behind its fence; one plain piece for a language nobody knows.
pub(in crate::render) fn tokens(language: &str, code: &str) -> Tokens {
    let mut tokens = Tokens::default();
    if let Some(reader) = languages::find(language) {
        read(reader, code, 0, code.len(), &mut tokens);
    }
    tokens.push(Class::Plain, code.len());
    tokens
}

/// Reads a part of a text; the tokens end where it begins.
fn read(reader: &Reader, text: &str, start: usize, end: usize, tokens: &mut Tokens) {
    match reader {
        Reader::Words(lexer) => engine::run(lexer, text, start, end, tokens),
        Reader::Yaml => yaml::read(text, start, end, tokens),
        Reader::Markup => markup::read(text, start, end, tokens),
        Reader::Console(inner) => console::read(inner, text, start, end, tokens),
        Reader::Shell => console::read_shell(text, start, end, tokens),
        Reader::Diff => lines::diff(text, start, end, tokens),
        Reader::Http => lines::http(text, start, end, tokens),
    }
    tokens.push(Class::Plain, end);
}
