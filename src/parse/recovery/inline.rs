//! The inline content of a block → segments: label lines and sentences, each a run of tokens.

use std::ops::Range;

use super::tokens::{self, Char, Lexeme, Token};
use crate::model::document::{Document, Kind, NodeId};

/// Tags that are layout; any other tag is a placeholder such as `<value>`.
const HTML_TAGS: &[&str] = &[
    "a", "abbr", "b", "big", "br", "center", "cite", "code", "del", "details", "div", "em", "font", "i",
    "img", "ins", "kbd", "li", "mark", "nobr", "ol", "p", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "td", "th", "time", "tr", "tt", "u", "ul", "var", "wbr",
];

/// How far into a line its label may reach, in tokens.
const LABEL_REACH: usize = 14;

/// The tokens of these nodes. What was struck out is not said.
pub(super) fn tokens(document: &Document, nodes: Range<NodeId>, source: &str) -> Vec<Token> {
    let mut chars: Vec<Char> = Vec::new();
    let mut bold_until = 0;
    let mut next = nodes.start;
    while next < nodes.end {
        let node = document.node(next);
        let words = source.get(node.range()).unwrap_or_default();
        let start = node.start as usize;
        let bold = next < bold_until;
        match &node.kind {
            Kind::Strong => bold_until = bold_until.max(node.subtree_end),
            Kind::Strikethrough | Kind::Image(_) => {
                next = node.subtree_end;
                continue;
            }
            Kind::Text(None) => chars.extend(tokens::chars(words, start, bold)),
            Kind::Text(Some(own)) => align(own, words, start, bold, &mut chars),
            Kind::Code(own) => match words.find(own.as_ref()) {
                Some(at) => chars.extend(tokens::chars(own, start + at, bold)),
                None => align(own, words, start, bold, &mut chars),
            },
            Kind::SoftBreak => chars.push(Char { c: '\n', start: node.start, end: node.end, bold }),
            Kind::HardBreak => chars.push(Char { c: '\r', start: node.start, end: node.end, bold }),
            Kind::InlineHtml => html(words, start, bold, &mut chars),
            _ => {}
        }
        next += 1;
    }
    tokens::tokenize(&chars)
}

/// Adds words that differ from the source: each character stands where the source has it, entities and
/// escapes where they are written.
fn align(own: &str, words: &str, start: usize, bold: bool, chars: &mut Vec<Char>) {
    let mut rest = words;
    for c in own.chars() {
        if rest.starts_with('\\') && rest[1..].starts_with(c) {
            rest = &rest[1..];
        }
        let at = start + words.len() - rest.len();
        let length = match rest.chars().next() {
            Some(same) if same == c => c.len_utf8(),
            Some('&') => rest.find(';').map_or(rest.len(), |end| end + 1),
            Some(other) => other.len_utf8(),
            None => 0,
        };
        rest = rest.get(length..).unwrap_or_default();
        chars.extend(
            tokens::chars(c.encode_utf8(&mut [0; 4]), at, bold)
                .map(|it| Char { end: (at + length) as u32, ..it }),
        );
    }
}

fn html(tag: &str, start: usize, bold: bool, chars: &mut Vec<Char>) {
    let name: String = tag
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(|it| it.is_ascii_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    if name == "br" {
        chars.push(Char { c: '\r', start: start as u32, end: (start + tag.len()) as u32, bold });
    } else if !tag.starts_with("<!") && !HTML_TAGS.contains(&name.as_str()) {
        chars.extend(tokens::chars(tag, start, bold));
    }
}

/// Cuts at the ends of sentences, and at line ends where the next line begins with a label of its own.
pub(super) fn segments(tokens: Vec<Token>) -> Vec<Vec<Token>> {
    let mut segments = vec![Vec::new()];
    let mut cuts = cuts(&tokens).into_iter().peekable();
    for (at, token) in tokens.into_iter().enumerate() {
        if cuts.next_if_eq(&at).is_some() {
            segments.push(Vec::new());
        }
        if !matches!(token.lexeme, Lexeme::Break(_))
            && let Some(segment) = segments.last_mut()
        {
            segment.push(token);
        }
    }
    segments.iter_mut().for_each(strip_bullets);
    segments.retain(|it| !it.is_empty());
    segments
}

/// The indices of the tokens that begin a segment.
fn cuts(tokens: &[Token]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.lexeme {
            Lexeme::Break(forced) if forced || begins_with_label(&tokens[at + 1..]) => {
                depth = 0;
                cuts.push(at + 1);
            }
            Lexeme::Mark('(') => depth += 1,
            Lexeme::Mark(')') => depth = depth.saturating_sub(1),
            Lexeme::Mark('.' | '!' | '?') if depth == 0 && ends_sentence(tokens, at) => cuts.push(at + 1),
            _ => {}
        }
    }
    cuts
}

fn ends_sentence(tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens[at + 1..].iter().find(|it| !matches!(it.lexeme, Lexeme::Break(_))) else {
        return false;
    };
    let ideograph = next.norm.chars().next().is_some_and(|it| it >= '\u{2e80}');
    ideograph || (!next.glued && (next.capital || next.is_number() || next.is_any(&['—', '→'])))
}

/// Whether a line begins with a bullet, a table's bar, bold words or a few words and a colon.
fn begins_with_label(line: &[Token]) -> bool {
    let Some(first) = line.first() else { return false };
    if first.bold || first.is('|') || first.is('/') || is_bullet(first) {
        return true;
    }
    for (at, token) in line.iter().enumerate().take(LABEL_REACH) {
        match token.lexeme {
            Lexeme::Mark(':') => return !line.get(at + 1).is_some_and(|it| it.glued && it.is('/')),
            Lexeme::Mark('=') => return true,
            Lexeme::Mark('.' | ';' | ',' | '!' | '?') | Lexeme::Break(_) => return false,
            _ => {}
        }
    }
    false
}

fn strip_bullets(segment: &mut Vec<Token>) {
    let bullets = segment.iter().take_while(|it| is_bullet(it)).count();
    if bullets < segment.len() {
        segment.drain(..bullets);
    }
}

fn is_bullet(token: &Token) -> bool {
    token.is_any(&[
        '│', '├', '└', '┌', '┃', '┣', '┗', '•', '‣', '▪', '●', '○', '◦', '·', '-', '—', '+', '□', '☐', '☑',
    ]) || is_decoration(token)
}

/// Emoji and other pictures.
pub(super) fn is_decoration(token: &Token) -> bool {
    matches!(token.lexeme, Lexeme::Mark(c) if matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..)
        && !matches!(c, '→' | '≤' | '≥' | '≈' | '≃' | '−' | '│' | '├' | '└'))
}
