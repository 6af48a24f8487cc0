//! What the engine has to be told about a language, and that made ready for reading.

use super::Class;

/// A language that is made of words, quotes and comments.
pub(super) struct Syntax {
    /// What begins a comment to the end of the line.
    pub(super) line_comments: &'static [&'static str],
    /// Whether such a comment begins only after a blank: `a#b` is a word of a shell.
    pub(super) spaced_comments: bool,
    /// What begins and ends other comments.
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    /// The longest first.
    pub(super) quotes: &'static [Quote],
    /// Words that belong to the quote right behind them: `f"…"`.
    pub(super) prefixes: &'static [&'static str],
    /// What stands before the word that ends a here-document.
    pub(super) heredoc: &'static str,
    /// Beside letters, `_` and all that is not ASCII, what a word begins with.
    pub(super) starts: &'static str,
    /// Beside those and digits, what it goes on with.
    pub(super) inside: &'static str,
    /// The words of the language, in groups separated by blanks.
    pub(super) words: &'static [(Class, &'static str)],
    /// Whether capitals do not count in them.
    pub(super) ignore_case: bool,
    /// What makes a variable of the word behind it.
    pub(super) sigils: &'static str,
    /// Whether `@word` stands before what it tells about.
    pub(super) decorators: bool,
    /// Whether `#word` at the start of a line, and `#[…]`, speak to the compiler.
    pub(super) directives: bool,
    /// Whether a word before `(` is a function.
    pub(super) calls: bool,
    /// Whether a word with a capital is a type.
    pub(super) types: bool,
    /// Which words are keys.
    pub(super) keys: Keys,
    /// Whether it is made of commands: the first word is a program, and `-x` a flag.
    pub(super) commands: bool,
    /// Words after which a command begins.
    pub(super) openers: &'static str,
    /// Whether `/…/` is a pattern where no value stands before it.
    pub(super) patterns: bool,
    /// Signs that are shown as such.
    pub(super) operators: &'static str,
    /// The length and class of what is special at the start of a line (its indentation left out).
    pub(super) line: Option<LineStart>,
}

/// The language of which nothing is known.
pub(super) const BASE: Syntax = Syntax {
    line_comments: &[],
    spaced_comments: false,
    block_comments: &[],
    quotes: &[],
    prefixes: &[],
    heredoc: "",
    starts: "",
    inside: "",
    words: &[],
    ignore_case: false,
    sigils: "",
    decorators: false,
    directives: false,
    calls: true,
    types: false,
    keys: Keys::None,
    commands: false,
    openers: "",
    patterns: false,
    operators: "",
    line: None,
};

/// Looks at a line.
type LineStart = fn(&str) -> Option<(usize, Class)>;

/// Which words are keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// None.
    None,
    /// Those before `:`, in quotes or not.
    Colon,
    /// Those before `=`.
    Equals,
    /// Those before `=`, `!=`, `=~` between braces.
    Matchers,
}

/// Text between two marks.
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// What takes the meaning of the next character away; 0 for nothing.
    pub(super) escape: u8,
    /// Whether the end mark twice stands for itself.
    pub(super) doubled: bool,
    /// Whether it may go on in the next line.
    pub(super) lines: bool,
    /// Whether it holds one character at most, so that anything else is no quote.
    pub(super) character: bool,
    pub(super) holds: Holds,
}

/// What is replaced inside quotes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing.
    Nothing,
    /// `$x` and `${x}`.
    Variables,
    /// Those, and commands in `$(…)`.
    Commands,
    /// Code between this sign with `{` behind it, and `}`.
    Code(u8),
}

/// A quote of one line.
pub(super) const fn quote(mark: &'static str) -> Quote {
    Quote {
        open: mark,
        close: mark,
        escape: b'\\',
        doubled: false,
        lines: false,
        character: false,
        holds: Holds::Nothing,
    }
}

/// A quote of many lines.
pub(super) const fn block(open: &'static str, close: &'static str) -> Quote {
    Quote { open, close, lines: true, ..quote("") }
}

/// A quote that knows no escapes.
pub(super) const fn raw(mark: Quote) -> Quote {
    Quote { escape: 0, ..mark }
}

/// A syntax with tables for the engine.
pub(super) struct Lexer {
    pub(super) syntax: &'static Syntax,
    pub(super) kinds: [Kind; 256],
    /// By first byte, where its words begin in `words`.
    first: [u16; 257],
    words: Vec<(&'static str, Class)>,
    openers: Vec<&'static str>,
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Other,
    Blank,
    Line,
    Word,
    Digit,
    /// A comment, a quote, a variable …: all that has to be looked at more closely.
    Mark,
    Operator,
}

impl Lexer {
    pub(super) fn new(syntax: &'static Syntax) -> Lexer {
        let mut kinds = [Kind::Other; 256];
        for (byte, kind) in (0..=255_u8).zip(&mut kinds) {
            *kind = match byte {
                b'\n' => Kind::Line,
                b' ' | b'\t' | b'\r' => Kind::Blank,
                b'0'..=b'9' => Kind::Digit,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => Kind::Word,
                _ => Kind::Other,
            };
        }
        let mut set = |bytes: &str, kind: Kind| {
            for byte in bytes.bytes() {
                kinds[usize::from(byte)] = kind;
            }
        };
        set(syntax.operators, Kind::Operator);
        set(syntax.starts, Kind::Word);
        let comments =
            syntax.block_comments.iter().map(|it| it.0).chain(syntax.line_comments.iter().copied());
        for open in comments.chain(syntax.quotes.iter().map(|it| it.open)) {
            let first = open.get(..1).unwrap_or_default();
            // `r"` and the like are found by their first letter's word.
            if !first.starts_with(|c: char| c.is_ascii_alphabetic()) {
                set(first, Kind::Mark);
            }
        }
        set(syntax.sigils, Kind::Mark);
        set(if syntax.heredoc.is_empty() { "" } else { "<" }, Kind::Mark);
        set(if syntax.decorators { "@" } else { "" }, Kind::Mark);
        set(if syntax.directives { "#" } else { "" }, Kind::Mark);
        set(if syntax.patterns { "/" } else { "" }, Kind::Mark);

        let mut words: Vec<(&'static str, Class)> = syntax
            .words
            .iter()
            .flat_map(|&(class, it)| it.split_whitespace().map(move |it| (it, class)))
            .collect();
        words.sort_by_key(|it| it.0.as_bytes().first().copied());
        let mut first = [0; 257];
        for (byte, at) in first.iter_mut().enumerate() {
            *at = words.partition_point(|it| it.0.bytes().next().is_some_and(|it| usize::from(it) < byte))
                as u16;
        }
        Lexer { syntax, kinds, first, words, openers: syntax.openers.split_whitespace().collect() }
    }

    /// The class of a word of the language.
    pub(super) fn word(&self, word: &str) -> Option<Class> {
        let byte = word.bytes().next()?;
        let byte = usize::from(if self.syntax.ignore_case { byte.to_ascii_lowercase() } else { byte });
        let group = self.words.get(usize::from(self.first[byte])..usize::from(self.first[byte + 1]))?;
        let same =
            |it: &str| if self.syntax.ignore_case { it.eq_ignore_ascii_case(word) } else { it == word };
        group.iter().find(|it| it.0.len() == word.len() && same(it.0)).map(|it| it.1)
    }

    pub(super) fn is_opener(&self, word: &str) -> bool {
        self.openers.contains(&word)
    }
}
