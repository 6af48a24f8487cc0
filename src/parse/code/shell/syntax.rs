//! The only file that knows how to call the shell parser. Nothing that it is given makes it recurse or run
//! without bound.

use std::ops::Range;

use brush_parser::ast::Program;
use brush_parser::{ParseError, ParserOptions, SourcePosition, Token, TokenizerError};

use crate::parse::code::json::Problem;

/// Longer scripts are not parsed, in bytes.
const MAX_LENGTH: usize = 64 * 1024;
/// Deeper nesting is not parsed.
const MAX_DEPTH: usize = 24;
/// More brackets inside brackets are not parsed: where one stays open the parser tries every one twice, so time
/// doubles with each.
const MAX_BRACKETS: usize = 10;
/// More `case` inside `case` is not parsed: the parser tries every one twice, so time doubles with each.
const MAX_CASES: usize = 6;
/// More substitutions are not parsed: the tokenizer recurses for each one inside another.
const MAX_SUBSTITUTIONS: usize = 120;

/// Longer words are cut in messages, in characters.
const MAX_SHOWN: usize = 40;

/// Why a script does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Error {
    /// The quote at this place is not closed.
    OpenQuote(usize),
    /// The lines below a `<<WORD` do not end.
    OpenHereDocument,
    /// A `$(` or `${` is not closed, or a backslash ends the script.
    OpenExpansion,
    /// This token cannot stand where it does.
    Unexpected(Range<usize>),
    /// The word or bracket at this place has no counterpart.
    Unclosed(Range<usize>),
    /// The script stops in the middle of something.
    UnexpectedEnd,
    /// Too long, too deep: not looked at.
    TooLarge,
}

impl Error {
    /// Whether more lines could complete the script.
    pub(super) fn is_incomplete(&self) -> bool {
        !matches!(self, Error::Unexpected(_) | Error::TooLarge)
    }

    /// The byte that the parser stumbled at, where it is one.
    pub(super) fn place(&self) -> Option<usize> {
        match self {
            Error::OpenQuote(at) => Some(*at),
            Error::Unexpected(range) => Some(range.start),
            _ => None,
        }
    }

    /// The place, in words; none where a shell would go on.
    pub(super) fn describe(&self, script: &str, content: &str) -> Option<Problem> {
        let words = |range: &Range<usize>| shorten(content.get(range.clone()).unwrap_or_default());
        let last_line = || {
            let end = script.trim_end().len();
            let start = script[..end].rfind('\n').map_or(0, |it| it + 1);
            let indent = script[start..end].len() - script[start..end].trim_start().len();
            start + indent..end
        };
        let problem = match self {
            // A shell takes the end of the script for the end of the document.
            Error::OpenHereDocument | Error::TooLarge => return None,
            Error::OpenQuote(at) => {
                let range = *at..at + 1;
                let message = match words(&range).as_str() {
                    "`" => "unclosed backquote".to_owned(),
                    it => format!("unclosed `{it}`"),
                };
                (range, message, Some("close it, or put a backslash before it"))
            }
            Error::OpenExpansion => match open_expansion(script) {
                Some(range) => {
                    let message = format!("unclosed `{}`", words(&range));
                    (range, message, None)
                }
                None => (last_line(), "unexpected end of the block".to_owned(), None),
            },
            Error::Unexpected(range) if words(range).trim().is_empty() => {
                let start = script[..range.start].trim_end().rfind('\n').map_or(0, |it| it + 1);
                let line = start + (script[start..].len() - script[start..].trim_start().len())..range.start;
                (line, "unexpected end of line".to_owned(), None)
            }
            Error::Unexpected(range) => {
                let help = "to show output or another language, use a block of its own";
                (range.clone(), format!("unexpected `{}`", words(range)), Some(help))
            }
            Error::Unclosed(range) => {
                let opener = words(range);
                let message = format!("`{opener}` without `{}`", counterpart(&opener));
                (range.clone(), message, None)
            }
            Error::UnexpectedEnd => (last_line(), "unexpected end of the block".to_owned(), None),
        };
        Some(problem)
    }
}

/// Parses a script of ASCII characters, so that the parser's places in characters are places in bytes.
pub(super) fn parse(script: &str) -> Result<Program, Error> {
    debug_assert!(script.is_ascii());
    if script.len() > MAX_LENGTH || substitutions(script) > MAX_SUBSTITUTIONS {
        return Err(Error::TooLarge);
    }
    let options = ParserOptions::default();
    let tokens = brush_parser::uncached_tokenize_str(script, &options.tokenizer_options()).map_err(|it| {
        use TokenizerError::*;
        match it {
            UnterminatedSingleQuote(at) | UnterminatedAnsiCQuote(at) | UnterminatedDoubleQuote(at) => {
                Error::OpenQuote(quote(script, &at))
            }
            UnterminatedBackquote(at) => Error::OpenQuote(quote(script, &at)),
            UnterminatedHereDocuments(..) | MissingHereTag(_) | MissingHereTagForDocumentBody => {
                Error::OpenHereDocument
            }
            _ => Error::OpenExpansion,
        }
    })?;
    let open = nesting(&tokens)?;
    brush_parser::parse_tokens(&tokens, &options).map_err(|it| match it {
        ParseError::ParsingNear(at) => {
            let index = tokens.iter().position(|it| it.location().start.index == at.index);
            Error::Unexpected(index.map_or(at.index..at.index + 1, |it| range(blame(&tokens, it))))
        }
        _ => open.last().map_or(Error::UnexpectedEnd, |it| Error::Unclosed(range(it))),
    })
}

/// The token that a reader would call wrong. In `NAME (s)` the parser takes the bracket for that of a list and
/// stumbles behind it.
fn blame(tokens: &[Token], index: usize) -> &Token {
    let line = tokens[..index].iter().rposition(|it| it.to_str() == "\n").map_or(0, |it| it + 1);
    let bracket = tokens[line..index].windows(2).find(|pair| {
        matches!(&pair[0], Token::Word(it, _) if !it.ends_with('=') && !RESERVED.contains(&it.as_str()))
            && matches!(&pair[1], Token::Operator(it, _) if it == "(")
    });
    let before = index.checked_sub(1).map(|it| &tokens[it]).filter(|_| tokens[index].to_str() == "\n");
    // A line may not end here: what stands before its end is wrong.
    let closing = before.filter(|it| match it {
        Token::Operator(it, _) => it != "\n" && it != ";",
        Token::Word(it, _) => matches!(it.as_str(), "}" | "fi" | "done" | "esac" | "then" | "do" | "else"),
    });
    bracket.map(|pair| &pair[1]).or(closing).unwrap_or(&tokens[index])
}

/// Words that may stand before a bracket.
const RESERVED: &[&str] =
    &["!", "{", "case", "do", "elif", "else", "if", "in", "then", "time", "until", "while"];

/// The first words of a token: it may hold lines.
fn shorten(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// The parser says where it stood when it met the quote: at it or just behind.
fn quote(script: &str, at: &SourcePosition) -> usize {
    let before = script.get(..(at.index + 1).min(script.len())).unwrap_or_default();
    before.rfind(['\'', '"', '`']).unwrap_or(0)
}

fn range(token: &Token) -> Range<usize> {
    token.location().start.index..token.location().end.index
}

fn substitutions(script: &str) -> usize {
    let bytes = script.as_bytes();
    let dollars = bytes.windows(2).filter(|it| it[0] == b'$' && matches!(it[1], b'(' | b'{' | b'['));
    dollars.count() + bytes.iter().filter(|&&it| it == b'`').count() / 2
}

/// The words and brackets that wait for their counterparts at the end of the tokens. Turns away what would make
/// the parser recurse deeply, take its time or panic.
fn nesting(tokens: &[Token]) -> Result<Vec<&Token>, Error> {
    let mut open: Vec<&Token> = Vec::new();
    // What recurses and has no counterpart: `[[ ! ! x ]]`, `coproc coproc x`.
    let mut prefixes = 0usize;
    let mut starts_command = true;
    for (index, token) in tokens.iter().enumerate() {
        let words = token.to_str();
        let is_word = matches!(token, Token::Word(..));
        match words {
            "(" if !is_word => open.push(token),
            "[[" if is_word => open.push(token),
            "{" | "if" | "for" | "while" | "until" | "case" if is_word && starts_command => open.push(token),
            ")" | "}" | "fi" | "done" | "esac" | "]]"
                if (!is_word || starts_command || words == "]]")
                    && open.last().is_some_and(|it| counterpart(it.to_str()) == words) =>
            {
                open.pop();
            }
            // The number of a file descriptor must fit.
            _ if words.len() > 9
                && words.bytes().all(|byte| byte.is_ascii_digit())
                && tokens.get(index + 1).is_some_and(|it| it.to_str().starts_with(['<', '>'])) =>
            {
                return Err(Error::TooLarge);
            }
            _ => {}
        }
        prefixes = if matches!(words, "!" | "coproc") { prefixes + 1 } else { prefixes / 2 };
        let count = |opener: &str| open.iter().filter(|it| it.to_str() == opener).count();
        if open.len() + prefixes > MAX_DEPTH || count("(") > MAX_BRACKETS || count("case") > MAX_CASES {
            return Err(Error::TooLarge);
        }
        // The name behind `function` and `coproc` stands before a body.
        let named = index > 0 && matches!(tokens[index - 1].to_str(), "function" | "coproc");
        starts_command = !is_word || named || starts_command && KEYWORDS.contains(&words);
    }
    Ok(open)
}

/// Words behind which a command begins.
const KEYWORDS: &[&str] = &[
    "!", "coproc", "do", "done", "elif", "else", "esac", "fi", "function", "if", "then", "time", "until",
    "while", "{", "}", "-p",
];

fn counterpart(opener: &str) -> &'static str {
    match opener {
        "if" => "fi",
        "case" => "esac",
        "{" => "}",
        "(" => ")",
        "[[" => "]]",
        _ => "done",
    }
}

/// The last `$(`, `${` or `$[` that nothing closes.
fn open_expansion(script: &str) -> Option<Range<usize>> {
    let mut open = Vec::new();
    for (at, byte) in script.bytes().enumerate() {
        match byte {
            b'(' | b'{' | b'[' if at > 0 && script.as_bytes()[at - 1] == b'$' => open.push(at),
            b')' | b'}' | b']' => {
                let matching = open.last().is_some_and(|&it: &usize| {
                    matches!((script.as_bytes()[it], byte), (b'(', b')') | (b'{', b'}') | (b'[', b']'))
                });
                if matching {
                    open.pop();
                }
            }
            _ => {}
        }
    }
    open.last().map(|&it| it - 1..it + 1)
}
