//! Fenced YAML and JSON.

use super::{Sheet, structured};
use crate::model::document::Document;
use crate::model::page::CodeBlock;
use crate::parse::{json, yaml};

/// YAML and JSON in fences; anything else in a fence is a sample.
pub(super) fn read(block: &CodeBlock, document: &Document, sheet: &mut Sheet<'_>) {
    let mut lines = document.children(block.node);
    let Some(first) = lines.next() else { return };
    let start = document.node(first).range().start;
    let end = lines.last().unwrap_or(first);
    let range = start..document.node(end).range().end;
    let code = sheet.text.get(range.clone()).unwrap_or_default();
    let tree = match block.language.as_str() {
        "yaml" | "yml" => yaml::parse(sheet.text, range).0,
        "json" | "jsonc" | "json5" => json::parse(sheet.text, range).0,
        "" if block.fenced && is_mapping(code) => yaml::parse(sheet.text, range).0,
        _ => return,
    };
    let from = sheet.found.len();
    for root in tree.documents(sheet.text) {
        structured::read(root, sheet);
    }
    sheet.settle(from);
}

/// Whether a fence without a language holds keys and values and nothing else.
fn is_mapping(code: &str) -> bool {
    let mut lines =
        code.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#')).peekable();
    if lines.peek().is_some_and(|it| it.starts_with('{')) {
        return true;
    }
    lines.peek().is_some()
        && lines.all(|line| {
            let line = line.trim_start_matches("- ");
            let key = line.split(':').next().unwrap_or_default();
            line.len() > key.len()
                && key.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "_-".contains(it))
        })
}
