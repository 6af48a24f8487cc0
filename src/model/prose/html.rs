//! Raw HTML as words: text between tags, and comments.

use std::ops::Range;

use super::{Block, HARD_BREAK, Mark, OBJECT, Piece};
use crate::model::document::NodeId;

/// Elements that stand inside a line of text; any other ends a piece.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// Elements whose content is no prose.
const OPAQUE: [&str; 6] = ["script", "style", "pre", "code", "svg", "template"];

/// Other elements that pages hold.
const BLOCKS: [&str; 45] = [
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "col",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "iframe",
    "input",
    "label",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "picture",
    "section",
    "select",
    "source",
    "summary",
    "table",
    "ul",
    "video",
    "path",
];

fn is_element(name: &str) -> bool {
    let table = ["tbody", "td", "tfoot", "th", "thead", "tr", "html", "link", "meta", "title", "textarea"];
    [INLINE.as_slice(), &OPAQUE, &BLOCKS, &table].iter().any(|it| it.contains(&name))
}

/// The lower-case name of a tag, without `<` and `/`.
fn tag_name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    name.chars().take_while(|it| it.is_alphanumeric() || *it == '-').flat_map(char::to_lowercase).collect()
}

/// Adds one tag inside a paragraph to its piece: an element gives nothing, a break or an object, anything else
/// is a word that only looks like a tag. Gives the inside of a comment.
pub(super) fn inline(piece: &mut Piece, text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let tag = text.get(range.clone())?;
    if tag.starts_with("<!--") {
        return Some(inside_comment(tag, range.start));
    }
    match tag_name(tag).as_str() {
        "br" => piece.push_for(HARD_BREAK, range),
        "img" | "input" => piece.push_for(OBJECT, range),
        // The element means nothing without its attributes.
        name if (is_element(name) && tag != "<link>") || tag.starts_with(['!', '?']) || tag.contains('=') => {
        }
        _ => {
            let start = piece.words.len();
            piece.push(tag, range.start);
            piece.marks.push((start..piece.words.len(), Mark::Angle));
        }
    }
    None
}

fn inside_comment(comment: &str, at: usize) -> Range<usize> {
    let end = comment.len() - if comment.ends_with("-->") { 3 } else { 0 };
    at + 4.min(comment.len())..at + end.max(4.min(comment.len()))
}

/// A comment as a piece.
pub(super) fn comment(text: &str, range: Range<usize>, node: Option<NodeId>) -> Piece {
    let mut piece = Piece::new(Block::Comment, node);
    piece.push(text.get(range.clone()).unwrap_or_default(), range.start);
    piece
}

/// The comments and the text of a block of raw HTML, in the order of the text. Read leniently: what is no
/// tag is text.
pub(super) fn block(text: &str, range: Range<usize>, node: NodeId) -> Vec<Piece> {
    let html = text.get(range.clone()).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut open = Piece::new(Block::Html, Some(node));
    let mut opaque: Option<String> = None;
    let mut at = 0;
    while let Some(rest) = html.get(at..).filter(|it| !it.is_empty()) {
        if rest.starts_with("<!--") {
            let length = rest.find("-->").map_or(rest.len(), |it| it + 3);
            let inside = inside_comment(&rest[..length], range.start + at);
            pieces.push(comment(text, inside, Some(node)));
            at += length;
        } else if let Some(length) = tag_length(rest) {
            let tag = &rest[..length];
            let name = tag_name(tag);
            match &opaque {
                Some(element) if tag.starts_with("</") && *element == name => opaque = None,
                None if OPAQUE.contains(&name.as_str()) && !tag.starts_with("</") && !tag.ends_with("/>") => {
                    open.push_for(OBJECT, range.start + at..range.start + at + length);
                    opaque = Some(name);
                }
                // Several words between the brackets are no tag: `<insert the picture here>`.
                None if INLINE.contains(&name.as_str()) || (!is_element(&name) && tag.contains(' ')) => {
                    inline(&mut open, text, range.start + at..range.start + at + length);
                }
                None => finish(&mut open, &mut pieces, node),
                Some(_) => {}
            }
            at += length;
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let length = rest[first..].find('<').map_or(rest.len(), |it| it + first);
            if opaque.is_none() {
                open.push(&rest[..length], range.start + at);
            }
            at += length;
        }
    }
    finish(&mut open, &mut pieces, node);
    pieces
}

/// The length of the tag at the start of a text.
fn tag_length(rest: &str) -> Option<usize> {
    let mut chars = rest.strip_prefix('<')?.chars();
    let first = chars.next()?;
    (first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?')).then_some(())?;
    rest.find('>').map(|it| it + 1)
}

/// Ends a run of text.
fn finish(open: &mut Piece, pieces: &mut Vec<Piece>, node: NodeId) {
    let done = std::mem::replace(open, Piece::new(Block::Html, Some(node)));
    if !done.words.trim().is_empty() {
        pieces.push(done);
    }
}
