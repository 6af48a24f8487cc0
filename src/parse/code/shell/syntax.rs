//! The only file that knows the shell parser. Nothing that it is given makes it recurse or run without bound.

use brush_parser::ast::Program;
use brush_parser::{ParseError, ParserOptions, Token, TokenizerError};

/// Longer scripts are not parsed, in bytes.
const MAX_LENGTH: usize = 64 * 1024;
/// Deeper nesting is not parsed.
const MAX_DEPTH: usize = 24;
/// More substitutions are not parsed: the tokenizer recurses for each one inside another.
const MAX_SUBSTITUTIONS: usize = 120;

/// Why a script does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Error {
    /// This quote is not closed.
    OpenQuote(char, usize),
    /// The lines below a `<<WORD` do not end.
    OpenHereDocument,
    /// `$(`, `${`, a backquote or a backslash at the end.
    OpenExpansion,
    /// This token cannot stand where it does.
    Unexpected(usize),
    /// A word like `done` is missing.
    UnexpectedEnd,
    /// Too long, too deep: not looked at.
    TooLarge,
}

impl Error {
    /// Whether more lines could complete the script.
    pub(super) fn is_incomplete(&self) -> bool {
        !matches!(self, Error::Unexpected(_) | Error::TooLarge)
    }
}

/// Parses a script of ASCII characters, so that the parser's places in characters are places in bytes.
pub(super) fn parse(script: &str) -> Result<Program, Error> {
    debug_assert!(script.is_ascii());
    if script.len() > MAX_LENGTH || substitutions(script) > MAX_SUBSTITUTIONS {
        return Err(Error::TooLarge);
    }
    let options = ParserOptions::default();
    let tokens =
        brush_parser::uncached_tokenize_str(script, &options.tokenizer_options()).map_err(|it| match it {
            TokenizerError::UnterminatedSingleQuote(at) => Error::OpenQuote('\'', at.index),
            TokenizerError::UnterminatedAnsiCQuote(at) => Error::OpenQuote('\'', at.index),
            TokenizerError::UnterminatedDoubleQuote(at) => Error::OpenQuote('"', at.index),
            TokenizerError::UnterminatedBackquote(at) => Error::OpenQuote('`', at.index),
            TokenizerError::UnterminatedHereDocuments(..) => Error::OpenHereDocument,
            TokenizerError::MissingHereTag(_) | TokenizerError::MissingHereTagForDocumentBody => {
                Error::OpenHereDocument
            }
            _ => Error::OpenExpansion,
        })?;
    check(&tokens)?;
    brush_parser::parse_tokens(&tokens, &options).map_err(|it| match it {
        ParseError::ParsingNear(at) => Error::Unexpected(at.index),
        _ => Error::UnexpectedEnd,
    })
}

fn substitutions(script: &str) -> usize {
    let bytes = script.as_bytes();
    let dollars = bytes.windows(2).filter(|it| it[0] == b'$' && matches!(it[1], b'(' | b'{' | b'['));
    dollars.count() + bytes.iter().filter(|&&it| it == b'`').count() / 2
}

/// Turns away what would make the parser recurse deeply or panic.
fn check(tokens: &[Token]) -> Result<(), Error> {
    let mut depth = 0usize;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Operator(it, _) if it == "(" => depth += 1,
            // `x)` in `case` closes what it did not open; the word `case` itself counts.
            Token::Operator(it, _) if it == ")" => depth = depth.saturating_sub(1),
            Token::Word(it, _) => match it.as_str() {
                "{" | "if" | "for" | "while" | "until" | "case" | "[[" | "!" | "coproc" | "function" => {
                    depth += 1;
                }
                "}" | "fi" | "done" | "esac" | "]]" => depth = depth.saturating_sub(1),
                // The number of a file descriptor must fit.
                _ if it.len() > 9 && it.bytes().all(|byte| byte.is_ascii_digit()) => {
                    let next = tokens.get(index + 1).map_or("", |it| it.to_str());
                    if next.starts_with(['<', '>']) {
                        return Err(Error::TooLarge);
                    }
                }
                _ => {}
            },
            Token::Operator(it, _) if it == "\n" || it == ";" => {}
            Token::Operator(..) => {}
        }
        if depth > MAX_DEPTH {
            return Err(Error::TooLarge);
        }
    }
    Ok(())
}
