//! Where a character of a page stands: in prose or in code, and in which block.

use std::ops::Range;

use crate::model::document::Kind;
use crate::model::page::Page;

/// What a character is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Words, HTML or front matter.
    Prose,
    /// Code between backticks.
    InlineCode,
    /// A code block.
    CodeBlock,
}

/// The code of a page, and where its blocks begin.
#[derive(Debug)]
pub(super) struct Places {
    code: Vec<(Range<usize>, Place)>,
    blocks: Vec<usize>,
}

impl Places {
    pub(super) fn new(page: &Page) -> Places {
        let mut places = Places { code: Vec::new(), blocks: Vec::new() };
        for node in &page.document.nodes {
            match node.kind {
                Kind::Code(_) => places.code.push((node.range(), Place::InlineCode)),
                Kind::CodeBlock(_) => {
                    places.code.push((node.range(), Place::CodeBlock));
                    places.blocks.push(node.start as usize);
                }
                Kind::Paragraph
                | Kind::Heading(_)
                | Kind::Item
                | Kind::ContainerTitle
                | Kind::TableCell
                | Kind::HtmlBlock
                | Kind::DefinitionTerm
                | Kind::DefinitionDetails => places.blocks.push(node.start as usize),
                _ => {}
            }
        }
        places
    }

    /// What a byte is part of, and the bytes of that code.
    pub(super) fn of(&self, at: usize) -> (Place, Range<usize>) {
        let index = self.code.partition_point(|(range, _)| range.end <= at);
        match self.code.get(index).filter(|(range, _)| range.start <= at) {
            Some((range, place)) => (*place, range.clone()),
            None => (Place::Prose, 0..0),
        }
    }

    /// The number of the block that holds a byte; bytes of one paragraph have the same.
    pub(super) fn block(&self, at: usize) -> usize {
        self.blocks.partition_point(|&start| start <= at)
    }
}

/// Whether inline code holds nothing but these characters, quotes and escapes: the page speaks of them.
pub(super) fn is_mention(code: &str, is_subject: impl Fn(char) -> bool) -> bool {
    code.chars().all(|c| is_subject(c) || c.is_whitespace() || "`'\"‘’“”()[]".contains(c))
}

/// `, and 3 more on this page`, or nothing.
pub(super) fn and_more(others: usize) -> String {
    if others == 0 { String::new() } else { format!(", and {others} more on this page") }
}
