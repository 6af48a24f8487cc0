//! Code blocks → [`crate::model::code`]: commands.

mod content;
mod shell;

use crate::model::page::Page;
use content::Content;

/// Reads the code blocks of a page; `text` is the text of its source.
pub fn read(page: &mut Page, text: &str) {
    let mut commands = Vec::new();
    for (index, block) in page.code_blocks.iter().enumerate() {
        let Some(dialect) = shell::Dialect::of(block) else { continue };
        let content = Content::new(page, block, text);
        commands.extend(shell::commands(&content, dialect, index as u32));
    }
    page.commands = commands;
}
