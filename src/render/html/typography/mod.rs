//! Words as a typesetter sets them: curly quotes, dashes and ellipses in the place of what keyboards have.
//!
//! Only prose is set so, when a page is written: the model keeps what somebody typed. Code in its many forms stays,
//! also where nobody marked it: `--flag`, `key="value"`, `./...`, addresses, characters that were escaped.

mod marks;

use std::collections::HashMap;

use memchr::memchr2;

use crate::model::document::{Document, Kind, NodeId};
use crate::model::page::{LinkKind, Page};
use marks::{Char, Mark, OBJECT, set_block};

/// What a block holds, in order.
#[derive(Clone, Copy)]
enum Piece {
    Text {
        node: NodeId,
        /// Whether it stays what it is.
        literal: bool,
    },
    /// A character in the place of what is no text.
    Between(char),
}

/// A block as it is read.
#[derive(Default)]
struct Block {
    pieces: Vec<Piece>,
    /// Whether a text of it may be set otherwise than it was typed. Few are.
    is_wanted: bool,
}

/// No entity has a longer name, in bytes.
const LONGEST_ENTITY: usize = 40;

/// Raw elements whose words are code.
const CODE: [&str; 6] = ["code", "kbd", "pre", "samp", "tt", "var"];

/// The texts of a page that are set otherwise than they were typed, by their nodes. `text` is the text of its source.
pub(super) fn typeset(page: &Page, text: &str) -> HashMap<NodeId, String> {
    let mut set = HashMap::new();
    if !may_change(text) {
        return set;
    }
    let document = &page.document;
    let mut block = Block::default();
    let (mut next, end) = (0, document.nodes.len() as NodeId);
    let mut address_end = 0;
    let mut raw_code = 0usize;
    while next < end {
        let node = document.node(next);
        match &node.kind {
            Kind::Text(own) => {
                let literal = next < address_end || raw_code > 0;
                let words = own.as_deref().or_else(|| text.get(node.range())).unwrap_or_default();
                block.is_wanted |= !literal && may_change(words);
                block.pieces.push(Piece::Text { node: next, literal });
            }
            Kind::Code(_) | Kind::Math(_) | Kind::FootnoteReference(_) => {
                block.pieces.push(Piece::Between(OBJECT));
            }
            Kind::SoftBreak | Kind::HardBreak => block.pieces.push(Piece::Between(' ')),
            Kind::Image(_) => {
                block.pieces.push(Piece::Between(OBJECT));
                next = node.subtree_end;
                continue;
            }
            Kind::Link(index) => {
                let kind = page.links.get(*index as usize).map(|it| it.kind);
                if matches!(kind, Some(LinkKind::Autolink | LinkKind::Email)) {
                    address_end = node.subtree_end;
                }
            }
            Kind::InlineHtml => raw_code = raw(text.get(node.range()).unwrap_or_default(), raw_code),
            Kind::CodeBlock(_) | Kind::HtmlBlock | Kind::ContainerTitle => {
                finish(&mut block, document, text, &mut set);
                next = node.subtree_end;
                continue;
            }
            kind if !kind.is_inline() => {
                finish(&mut block, document, text, &mut set);
                raw_code = 0;
            }
            _ => {}
        }
        next += 1;
    }
    finish(&mut block, document, text, &mut set);
    set
}

/// Whether a text holds anything that is set otherwise than it is typed.
fn may_change(text: &str) -> bool {
    memchr2(b'"', b'\'', text.as_bytes()).is_some() || text.contains("--") || text.contains("...")
}

/// How many raw elements of code are open behind a tag.
fn raw(tag: &str, open: usize) -> usize {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|it: char| !it.is_ascii_alphanumeric()).next().unwrap_or_default();
    match CODE.iter().any(|it| it.eq_ignore_ascii_case(name)) {
        true if tag.starts_with("</") => open.saturating_sub(1),
        true if !tag.ends_with("/>") => open + 1,
        _ => open,
    }
}

/// The characters of a text, each with whether it was written as an entity.
fn chars(source: &str, own: Option<&str>, mut each: impl FnMut(char, bool)) {
    let Some(own) = own else {
        source.chars().for_each(|it| each(it, false));
        return;
    };
    let (mut source, mut own) = (source, own);
    while let Some(c) = own.chars().next() {
        let after = &own[c.len_utf8()..];
        let entity = source.strip_prefix('&').and_then(|it| it.find(';')).map(|it| &source[..it + 2]);
        if let Some(entity) = entity.filter(|it| it.len() <= LONGEST_ENTITY && !own.starts_with(*it)) {
            source = &source[entity.len()..];
            own = after;
            each(c, true);
            // Few entities are two characters.
            let second = own.chars().next().filter(|it| !it.is_ascii() && !source.starts_with(*it));
            if let Some(second) = second {
                each(second, true);
                own = &own[second.len_utf8()..];
            }
        } else if let Some(rest) = source.strip_prefix(c) {
            source = rest;
            own = after;
            each(c, false);
        } else {
            // It cannot be told any more what was written.
            own.chars().for_each(|it| each(it, true));
            return;
        }
    }
}

/// Sets the texts of a block.
fn finish(block: &mut Block, document: &Document, text: &str, set: &mut HashMap<NodeId, String>) {
    if std::mem::take(&mut block.is_wanted) {
        let block = characters(&block.pieces, document, text);
        let marks = set_block(&block);
        let mut at = 0;
        while at < block.len() {
            let node = block[at].node;
            let end = at + block[at..].iter().take_while(|it| it.node == node).count();
            if let Some(id) = node.filter(|_| marks[at..end].iter().any(|it| *it != Mark::Same)) {
                let words = (at..end).filter_map(|it| match &marks[it] {
                    Mark::Same => Some(block[it].c),
                    Mark::As(c) => Some(*c),
                    Mark::Gone => None,
                });
                set.insert(id, words.collect());
            }
            at = end;
        }
    }
    block.pieces.clear();
}

fn characters(pieces: &[Piece], document: &Document, text: &str) -> Vec<Char> {
    let mut block = Vec::new();
    for piece in pieces {
        match *piece {
            Piece::Between(c) => block.push(Char { node: None, c, literal: true }),
            Piece::Text { node: id, literal } => {
                let node = document.node(id);
                let own = match &node.kind {
                    Kind::Text(own) => own.as_deref(),
                    _ => None,
                };
                let start = block.len();
                chars(text.get(node.range()).unwrap_or_default(), own, |c, written| {
                    block.push(Char { node: Some(id), c, literal: literal || written });
                });
                // A text begins behind the backslash of an escape.
                let before = text.get(..node.start as usize).unwrap_or_default();
                if let Some(first) = block.get_mut(start).filter(|_| before.ends_with('\\')) {
                    first.literal = true;
                }
            }
        }
    }
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::parse;
    use crate::source::SourceId;

    /// The plain words of a page as they are set.
    fn set(markdown: &str) -> String {
        let page = parse(SourceId(0), "a.md", markdown, true);
        let set = typeset(&page, markdown);
        let mut words = String::new();
        for id in 0..page.document.nodes.len() as NodeId {
            let node = page.document.node(id);
            match &node.kind {
                Kind::Text(own) => {
                    let source = markdown.get(node.range()).unwrap();
                    words.push_str(set.get(&id).map(String::as_str).or(own.as_deref()).unwrap_or(source));
                }
                Kind::Code(code) => words.push_str(code),
                Kind::SoftBreak => words.push(' '),
                _ => {}
            }
        }
        words.trim().to_owned()
    }

    #[test]
    fn prose_is_set_as_in_a_book() {
        for (typed, expected) in [
            ("\"Stop\", she said.", "“Stop”, she said."),
            ("It's the crew's 'night watch'.", "It’s the crew’s ‘night watch’."),
            ("He said \"don't call it 'done'\".", "He said “don’t call it ‘done’”."),
            ("From 9--17 -- or later --- wait...", "From 9–17 – or later — wait…"),
            ("The *\"slow\"* one", "The “slow” one"),
            ("\"`a`\" and (\"b\")", "“a” and (“b”)"),
            ("Rock 'n' roll", "Rock ‘n’ roll"),
            ("\"Two\nlines\"", "“Two lines”"),
            ("R&amp;D \"x\" \\\"y\\\" z's", "R&D “x” \"y\" z’s"),
        ] {
            assert_eq!(set(typed), expected, "{typed}");
        }
    }

    #[test]
    fn code_stays_code_marked_or_not() {
        for text in [
            "`\"a\" -- b...`",
            "Run it with --force or (--dry-run).",
            "Set key=\"value\" and x='y'.",
            "All of ./... here",
            "<code>\"a\"</code> and <kbd>'</kbd>",
            "A 19\" rack",
            "----",
        ] {
            let plain = text.replace('`', "").replace("<code>", "").replace("</code>", "");
            let plain = plain.replace("<kbd>", "").replace("</kbd>", "");
            assert_eq!(set(text), if text == "----" { "" } else { &plain }, "{text}");
        }
        assert_eq!(set("<https://a.example/--x'y>"), "https://a.example/--x'y");
        assert_eq!(set("    \"indented\" -- code\n"), "\"indented\" -- code");
    }
}
