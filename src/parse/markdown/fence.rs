//! Fenced and indented code blocks.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::model::document::NodeId;
use crate::model::page::CodeBlock;
use crate::source::{SourceId, Span};

/// The block at these bytes: its fences, its info string, its language.
pub(super) fn code_block(
    source: SourceId,
    text: &str,
    node: NodeId,
    kind: &CodeBlockKind<'_>,
    range: Range<usize>,
) -> CodeBlock {
    let span = |range: Range<usize>| Span::new(source, range);
    let block = text.get(range.clone()).unwrap_or_default();
    let (fenced, info) = match kind {
        CodeBlockKind::Fenced(info) => (true, info.trim().to_owned()),
        CodeBlockKind::Indented => (false, String::new()),
    };
    let first_line = block.lines().next().unwrap_or_default();
    let fence: &str = first_line.trim_start();
    let mark = fence.chars().next().unwrap_or('`');
    let length = fence.chars().take_while(|&c| c == mark).count();
    let info_start = range.start + (first_line.len() - fence.len()) + length;
    let info_at = first_line
        .get(first_line.len() - fence.len() + length..)
        .map_or(0, |rest| rest.len() - rest.trim_start().len());
    let info_len = fence.get(length..).map_or(0, |rest| rest.trim().len());
    let closing = block.trim_end().lines().skip(1).last().map(|line| {
        let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
        line.len() >= length && line.chars().all(|c| c == mark)
    });
    let language: String = info
        .trim_start_matches(['{', '.'])
        .chars()
        .take_while(|c| !c.is_whitespace() && !matches!(c, ',' | '{' | '}' | ':'))
        .flat_map(char::to_lowercase)
        .collect();
    CodeBlock {
        node,
        fenced,
        closed: !fenced || closing == Some(true),
        info,
        language,
        info_span: if fenced {
            span(info_start + info_at..info_start + info_at + info_len)
        } else {
            span(range.start..range.start)
        },
        span: span(range),
        looks_like: None,
        drawing: None,
    }
}
