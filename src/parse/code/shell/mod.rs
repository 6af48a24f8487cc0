//! Shell blocks as readers run them.
//!
//! A block is first turned into a script of the same length in bytes ([`transcript`], [`placeholder`]): prompts
//! and output become blanks, placeholders become letters. So a place in the script is a place in the block.
//! The script is parsed ([`syntax`]), its tree is walked ([`walk`]), and the words are read from the block.

mod launch;
mod placeholder;
mod syntax;
#[cfg(test)]
mod tests;
mod transcript;
mod walk;
mod word;

use crate::model::code::Command;
use crate::model::page::CodeBlock;

use super::content::Content;

/// How a block is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Tagged as a script: `sh`, `bash`, `zsh`.
    Script,
    /// Tagged as a session: `console`, `shell-session`.
    Session,
    /// Without a tag.
    Untagged,
}

/// A block as a script: as many bytes as the block, ASCII only.
#[derive(Debug)]
pub(super) struct Script {
    /// The script.
    text: String,
    /// Whether the block shows prompts, so that lines without one are output.
    prompts: bool,
}

impl Dialect {
    /// How a block is to be read as shell, if at all.
    pub(super) fn of(block: &CodeBlock) -> Option<Dialect> {
        match block.language.as_str() {
            "sh" | "bash" | "shell" | "zsh" | "ksh" | "shellscript" => Some(Dialect::Script),
            "console" | "shell-session" | "shellsession" | "bash-session" | "sh-session" | "terminal" => {
                Some(Dialect::Session)
            }
            "" if block.fenced => Some(Dialect::Untagged),
            _ => None,
        }
    }
}

impl Script {
    /// The script that a block shows; none where an untagged block shows none.
    pub(super) fn new(content: &Content, dialect: Dialect) -> Option<Script> {
        let mut bytes = content.text.as_bytes().to_vec();
        let prompts = transcript::keep_commands(&content.text, &mut bytes, dialect)?;
        placeholder::cover(&content.text, &mut bytes);
        for byte in &mut bytes {
            match *byte {
                b'\r' => *byte = b' ',
                0 | 0x80.. => *byte = b'x',
                _ => {}
            }
        }
        let text = String::from_utf8(bytes).unwrap_or_default();
        Some(Script { text, prompts })
    }
}

/// Every simple command of a block.
pub(super) fn commands(content: &Content, dialect: Dialect, block: u32) -> Vec<Command> {
    let Some(script) = Script::new(content, dialect) else { return Vec::new() };
    let mut walk = walk::Walk::new(content, &script.text, block, dialect != Dialect::Untagged);
    walk.script(0..script.text.len());
    walk.commands
}
