//! Prose with its context: the words of a page as readers see them, piece by piece, each with the place it has
//! on the page. For rules that judge wording.
//!
//! A piece's words carry no markup, so `**Owner**: [TBD]` reads `Owner: [TBD]`; [`Piece::source`] leads back to
//! the exact bytes.

mod align;
mod html;
mod walk;

use std::ops::Range;
use std::rc::Rc;

use super::document::NodeId;
use super::page::{Heading, Page};

pub use walk::pieces;

/// What stands in the words for an image: there is something, and it is no word.
pub const OBJECT: char = '\u{fffc}';

/// A forced line end. Other line ends of the source stay `\n`: they mean no more than a space.
pub const HARD_BREAK: char = '\u{2028}';

/// Words that belong together: a paragraph, a heading, a cell, a comment, a code block.
#[derive(Debug)]
pub struct Piece {
    /// What holds the words.
    pub block: Block,
    /// The words without markup.
    pub words: String,
    /// Parts of the words that are set apart, as ranges of [`Piece::words`], by their start, outer before inner.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// The block's node, the item's for the words of a tight item; none in the front matter and in link
    /// definitions.
    pub node: Option<NodeId>,
    /// The innermost list item around the piece.
    pub item: Option<NodeId>,
    /// The innermost list around the piece.
    pub list: Option<NodeId>,
    /// Whether the piece is the text of an open or done task (`- [ ]`).
    pub task: bool,
    /// Whether it stands in a block quote that is no alert.
    pub quoted: bool,
    /// Indices into `Page::headings`.
    above: Rc<[u32]>,
    segments: Vec<Segment>,
}

/// What holds a piece.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, a definition or a footnote.
    Paragraph,
    /// The words of a list item.
    Item,
    /// A table cell.
    Cell(Cell),
    /// Text between tags of raw HTML.
    Html,
    /// A comment that readers do not see.
    Comment,
    /// A code block; the index into `Page::code_blocks`.
    Code(usize),
    /// A scalar of the front matter, with the key it belongs to.
    FrontMatter(String),
}

/// The place of a cell in its table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The table's node.
    pub table: NodeId,
    /// The words of the header row.
    pub headers: Rc<[String]>,
    /// From 0.
    pub column: usize,
    /// The words of the row's first cell.
    pub row: Rc<str>,
    /// Whether it is a cell of the header row.
    pub in_header: bool,
}

/// How a part of a piece is set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Inline code.
    Code,
    /// The text of a link; the index into `Page::links`.
    Link(u32),
    /// `*text*`.
    Emphasis,
    /// `**text**`.
    Strong,
    /// `~~text~~`.
    Strikethrough,
    /// A tag that is no HTML element: `<TBD>`.
    Angle,
}

/// Words that stand in the source as they stand in the piece.
#[derive(Debug, Clone, Copy)]
struct Segment {
    /// The first byte in the words.
    at: usize,
    /// The first byte in the source.
    source: usize,
    /// Bytes in the source.
    length: usize,
    /// Whether the words differ from those bytes, so that only all of them together stand for something.
    whole: bool,
}

impl Cell {
    /// The words above the cell.
    pub fn header(&self) -> &str {
        self.headers.get(self.column).map_or("", String::as_str)
    }
}

impl Piece {
    fn new(block: Block, node: Option<NodeId>) -> Piece {
        Piece {
            block,
            words: String::new(),
            marks: Vec::new(),
            node,
            item: None,
            list: None,
            task: false,
            quoted: false,
            above: Rc::new([]),
            segments: Vec::new(),
        }
    }

    /// The bytes of the source that a range of the words stands for.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let segment = |at: usize| {
            let index = self.segments.partition_point(|it| it.at <= at);
            index.checked_sub(1).and_then(|it| self.segments.get(it))
        };
        let inside = |it: &Segment, at: usize| it.source + (at - it.at).min(it.length);
        let start =
            segment(range.start).map_or(0, |it| if it.whole { it.source } else { inside(it, range.start) });
        let end = match range.end.checked_sub(1).filter(|_| range.end > range.start) {
            Some(last) => segment(last)
                .map_or(start, |it| if it.whole { it.source + it.length } else { inside(it, range.end) }),
            None => start,
        };
        start..end.max(start)
    }

    /// The parts set apart that begin inside a range.
    pub fn marks_in(&self, range: &Range<usize>) -> &[(Range<usize>, Mark)] {
        let first = self.marks.partition_point(|(it, _)| it.start < range.start);
        let end = self.marks.partition_point(|(it, _)| it.start < range.end);
        self.marks.get(first..end).unwrap_or_default()
    }

    /// Whether some part set apart like this touches the range.
    pub fn is_marked(&self, range: &Range<usize>, wanted: impl Fn(Mark) -> bool) -> bool {
        self.marks.iter().any(|(it, mark)| it.start < range.end && range.start < it.end && wanted(*mark))
    }

    /// Whether the range lies in inline code.
    pub fn is_code(&self, range: &Range<usize>) -> bool {
        self.is_marked(range, |it| it == Mark::Code)
    }

    /// The link whose text touches the range, as index into `Page::links`.
    pub fn link(&self, range: &Range<usize>) -> Option<u32> {
        self.marks.iter().find_map(|(it, mark)| match mark {
            Mark::Link(index) if it.start < range.end && range.start < it.end => Some(*index),
            _ => None,
        })
    }

    /// The headings above the piece, outermost first; a heading is not above itself.
    pub fn headings<'a>(&self, page: &'a Page) -> impl DoubleEndedIterator<Item = &'a Heading> {
        self.above.iter().filter_map(|it| page.headings.get(*it as usize))
    }

    /// Adds words that stand in the source as they are.
    fn push(&mut self, words: &str, source: usize) {
        self.segments.push(Segment { at: self.words.len(), source, length: words.len(), whole: false });
        self.words.push_str(words);
    }

    /// Adds a character that stands for some bytes of the source.
    fn push_for(&mut self, character: char, source: Range<usize>) {
        let (at, length) = (self.words.len(), source.len());
        self.segments.push(Segment { at, source: source.start, length, whole: true });
        self.words.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn read(text: &str) -> (Page, Vec<Piece>) {
        let page = crate::parse::markdown::parse(SourceId(0), "a.md", text, true);
        let pieces = pieces(&page, text);
        (page, pieces)
    }

    #[test]
    fn words_have_no_markup_and_lead_back_to_the_source() {
        let text = "Call **Jo &amp; Al**, `x` and [y\\_z](u.md) ![i](p.png).\n";
        let (_, pieces) = read(text);
        let piece = &pieces[0];
        assert_eq!(piece.words, "Call Jo & Al, x and y_z \u{fffc}.");
        for (words, source) in
            [("Jo & Al", "Jo &amp; Al"), ("Al", "Al"), ("x", "x"), ("y_z", "y\\_z"), (" and", " and")]
        {
            let at = piece.words.find(words).expect(words);
            assert_eq!(&text[piece.source(at..at + words.len())], source);
        }
        let at = piece.words.find('x').expect("the code");
        assert!(piece.is_code(&(at..at + 1)) && !piece.is_code(&(0..3)));
    }

    #[test]
    fn pieces_know_their_place() {
        let text = "---\nowner: {team: core}\n---\n# A\n\n## B\n\n- [ ] task\n- plain\n\n  more\n\n| K | V |\n|---|---|\n| r | c<br>d |\n\n> said\n\n```sh\nls\n```\n\n<!-- no -->\n<p>raw <b>x</b></p>\n\n[//]: # (hidden)\n";
        let (page, pieces) = read(text);
        let found: Vec<_> = pieces.iter().map(|it| (it.words.as_str(), it.task, it.quoted)).collect();
        assert_eq!(
            found,
            [
                ("core", false, false),
                ("A", false, false),
                ("B", false, false),
                ("task", true, false),
                ("plain", false, false),
                ("more", false, false),
                ("K", false, false),
                ("V", false, false),
                ("r", false, false),
                ("c\u{2028}d", false, false),
                ("said", false, true),
                ("ls\n", false, false),
                (" no ", false, false),
                ("raw x", false, false),
                ("hidden", false, false),
            ]
        );
        assert_eq!(pieces[0].block, Block::FrontMatter("team".to_owned()));
        assert_eq!(pieces[3].headings(&page).map(|it| it.text.as_str()).collect::<Vec<_>>(), ["A", "B"]);
        let Block::Cell(cell) = &pieces[9].block else { panic!("{:?}", pieces[9].block) };
        assert_eq!((cell.header(), &*cell.row, cell.in_header), ("V", "r", false));
    }

    #[test]
    fn tags_that_are_no_html_are_words() {
        let (_, pieces) = read("Owner: <TBD>, <b>bold</b> &lt;x&gt;\n");
        assert_eq!(pieces[0].words, "Owner: <TBD>, bold <x>");
    }

    #[test]
    fn any_prefix_leads_back_to_character_boundaries() {
        let text = "---\na: [é, 'ü']\n---\n# é &amp; \\* <é> <b>é</b>\n\n| é | `ü` |\n|---|---|\n| <!-- é --> | ![é](é) |\n\n<div>é<br>ü <!-- ö --></div>\n\n- [ ] é\n  ```\n  ü\n  ```\n";
        for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
            let text = &text[..end];
            let (_, pieces) = read(text);
            for piece in &pieces {
                for (at, character) in piece.words.char_indices() {
                    let source = piece.source(at..at + character.len_utf8());
                    assert!(text.get(source.clone()).is_some(), "{end}: {source:?} {piece:?}");
                }
            }
        }
    }
}
