//! Fences that were forgotten: blocks that swallow the rest of a page, and fences inside blocks.

use std::ops::Range;

use super::content::Content;
use crate::model::code::{CodeProblem, CodeProblemKind};
use crate::model::page::CodeBlock;
use crate::source::Span;

/// What is wrong with the fences of a block.
pub(super) fn problem(index: u32, block: &CodeBlock, content: &Content, page: &str) -> Option<CodeProblem> {
    if !block.fenced {
        return None;
    }
    let opening = opening(block, page)?;
    let fence = page.get(opening.range())?;
    if let Some(line) = inner_fence(&content.text, fence) {
        let span = content.span(line);
        return Some(CodeProblem { block: index, span, kind: CodeProblemKind::NestedFence { opening } });
    }
    if block.closed {
        return None;
    }
    let forgotten = prose(&content.text).map(|line| content.span(line));
    Some(CodeProblem { block: index, span: opening, kind: CodeProblemKind::Unclosed { forgotten } })
}

/// The marks that open the block.
fn opening(block: &CodeBlock, page: &str) -> Option<Span> {
    let text = page.get(block.span.range())?;
    let mark = text.chars().next().filter(|it| matches!(it, '`' | '~'))?;
    let length = text.chars().take_while(|&it| it == mark).count();
    Some(block.span.slice(0..length))
}

/// A line that would open a block of its own: the same marks, as many or more, and a tag.
fn inner_fence(text: &str, fence: &str) -> Option<Range<usize>> {
    let mark = fence.chars().next()?;
    lines(text).find_map(|line| {
        let words = &text[line.clone()];
        let indent = words.len() - words.trim_start_matches(' ').len();
        let rest = words[indent..].trim_end();
        let tag = rest.trim_start_matches(mark);
        let length = rest.len() - tag.len();
        let opens = indent < 4
            && length >= fence.len()
            && tag.starts_with(|it: char| it.is_ascii_alphabetic())
            && !tag.contains(['`', ' ']);
        opens.then(|| line.start + indent..line.start + indent + rest.len())
    })
}

/// The first line that is written in Markdown beyond doubt.
fn prose(text: &str) -> Option<Range<usize>> {
    lines(text).find(|line| {
        let words = &text[line.clone()];
        let heading = words.trim_start_matches('#');
        let level = words.len() - heading.len();
        (2..=6).contains(&level)
            && heading.starts_with(' ')
            && heading.trim().starts_with(char::is_alphanumeric)
    })
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        range
    })
}
