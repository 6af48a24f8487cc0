//! The text of a code block with the way back to the page: a list or a quote around a block indents every
//! line of it, so the text of the block is no slice of the page.

use std::ops::Range;

use crate::model::document::Kind;
use crate::model::page::{CodeBlock, Page};
use crate::source::{SourceId, Span};

/// The text of a code block.
#[derive(Debug)]
pub(super) struct Content {
    /// The lines, without the indentation of the containers around the block.
    pub(super) text: String,
    source: SourceId,
    pieces: Vec<Piece>,
}

/// A run of bytes that stand in the page as they do in the block.
#[derive(Debug)]
struct Piece {
    /// The first byte in the block.
    start: usize,
    /// The bytes in the page.
    page: Range<usize>,
}

impl Content {
    /// The text of a block; `source` is the text of the page.
    pub(super) fn new(page: &Page, block: &CodeBlock, source: &str) -> Content {
        let mut content = Content { text: String::new(), source: page.source, pieces: Vec::new() };
        for id in page.document.descendants(block.node) {
            let node = page.document.node(id);
            let Kind::Text(own) = &node.kind else { continue };
            content.pieces.push(Piece { start: content.text.len(), page: node.range() });
            match own {
                Some(words) => content.text.push_str(words),
                None => content.text.push_str(source.get(node.range()).unwrap_or_default()),
            }
        }
        content
    }

    /// Where a part of the block stands in the page.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        // The end belongs to the byte before it: the next piece may begin after an indentation.
        let end = if range.end > range.start { self.place(range.end - 1) + 1 } else { start };
        Span::new(self.source, start..end)
    }

    /// The page.
    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    fn place(&self, at: usize) -> usize {
        let next = self.pieces.partition_point(|it| it.start <= at);
        let Some(piece) = self.pieces.get(next.saturating_sub(1)) else { return 0 };
        (piece.page.start + (at - piece.start.min(at))).min(piece.page.end)
    }
}
