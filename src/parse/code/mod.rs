//! Code blocks → [`crate::model::code`]: the commands in them, and what is wrong with them.
//!
//! Every block is read once. A block is charged with one thing: a forgotten fence explains broken syntax, and so
//! does a wrong tag.

mod content;
mod data;
#[cfg(feature = "diagrams")]
mod diagram;
mod fence;
mod json;
mod language;
mod mermaid;
mod shell;

use crate::model::code::{CodeProblem, CodeProblemKind, Command, Language};
use crate::model::page::{CodeBlock, Page};
use content::Content;
use shell::{Dialect, Shell};

/// Larger blocks are not read, in bytes: they are data, not documentation.
const MAX_LENGTH: usize = 256 * 1024;

/// What was read from one block.
#[derive(Default)]
struct Reading {
    commands: Vec<Command>,
    problems: Vec<CodeProblem>,
    looks_like: Option<Language>,
    drawing: Option<Box<str>>,
}

/// Reads the code blocks of a page; `text` is the text of its source.
pub fn read(page: &mut Page, text: &str) {
    let readings: Vec<Reading> =
        (0u32..).zip(&page.code_blocks).map(|(index, it)| block(page, index, it, text)).collect();
    for (block, reading) in page.code_blocks.iter_mut().zip(readings) {
        block.looks_like = reading.looks_like;
        block.drawing = reading.drawing;
        page.commands.extend(reading.commands);
        page.code_problems.extend(reading.problems);
    }
}

fn block(page: &Page, index: u32, block: &CodeBlock, text: &str) -> Reading {
    let mut reading = Reading::default();
    if block.span.range().len() > MAX_LENGTH {
        return reading;
    }
    let content = Content::new(page, block, text);
    let fence = fence::problem(index, block, &content, text);
    let mut syntax = None;
    if let Some(dialect) = Dialect::of(block) {
        let shell = Shell::read(&content, dialect, index);
        let prompts = shell.as_ref().is_some_and(Shell::has_prompts);
        if !prompts && dialect != Dialect::Session {
            reading.looks_like = language::detect(&content.text);
        }
        let is_other = reading.looks_like.is_some();
        if dialect == Dialect::Untagged && !is_other && shell.is_some() {
            let tag = if prompts { "console" } else { "sh" };
            reading.looks_like = Some(Language { tag, name: "shell" });
        }
        if let Some(shell) = shell.filter(|_| !is_other) {
            syntax = shell.problem(&content);
            let typography = shell.typography(&content).filter(|_| fence.is_none());
            reading.problems.extend(typography.map(|(span, kind)| CodeProblem { block: index, span, kind }));
            reading.commands = shell.commands;
        }
    } else {
        match block.language.as_str() {
            "json" | "jsonc" => syntax = json::problem(&content.text),
            "yaml" | "yml" => syntax = data::yaml_problem(&content.text),
            "toml" => syntax = data::toml_problem(&content.text),
            _ => {}
        }
    }
    if syntax.is_some() && block.language.starts_with("json") {
        reading.looks_like = language::detect(&content.text).filter(|it| it.tag == "http");
        syntax = syntax.filter(|_| reading.looks_like.is_none());
    }
    // A diagram from another file is drawn once it is put in.
    let is_included = content.text.trim_start().starts_with("{{#");
    if block.language == "mermaid" && fence.is_none() && !is_included {
        match mermaid::problem(&content.text) {
            Some((range, message, help)) => {
                let kind = CodeProblemKind::Diagram { message, help };
                reading.problems.push(CodeProblem { block: index, span: content.span(range), kind });
            }
            None => draw(&mut reading, &content, index),
        }
    }
    match (fence, syntax) {
        (Some(problem), _) => reading.problems.push(problem),
        (None, Some((range, message, help))) => {
            let kind = CodeProblemKind::Syntax { message, help };
            reading.problems.push(CodeProblem { block: index, span: content.span(range), kind });
        }
        (None, None) => {}
    }
    reading
}

/// Draws a diagram in which nothing is surely wrong, or says why it stays text.
#[cfg(feature = "diagrams")]
fn draw(reading: &mut Reading, content: &Content, index: u32) {
    match diagram::draw(&content.text, &format!("dw-d{index}-")) {
        Ok(svg) => reading.drawing = Some(svg.into()),
        Err(reason) => {
            let start = content.text.len() - content.text.trim_start().len();
            let first = content.text[start..].lines().next().map_or(0, |it| it.trim_end().len());
            let span = content.span(start..start + first);
            reading.problems.push(CodeProblem {
                block: index,
                span,
                kind: CodeProblemKind::NotDrawn { reason },
            });
        }
    }
}

/// Without a renderer diagrams stay text.
#[cfg(not(feature = "diagrams"))]
fn draw(_: &mut Reading, _: &Content, _: u32) {}
