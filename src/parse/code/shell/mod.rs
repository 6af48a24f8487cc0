//! Shell blocks as readers run them.
//!
//! A block is first turned into a script of the same length in bytes ([`transcript`], [`placeholder`]): prompts
//! and output become blanks, placeholders become letters. So a place in the script is a place in the block.
//! The script is parsed ([`syntax`]), its tree is walked ([`walk`]), and the words are read from the block.

mod folder;
mod launch;
mod parts;
mod placeholder;
mod syntax;
#[cfg(test)]
mod tests;
mod transcript;
mod typography;
mod walk;
mod word;

use super::content::Content;
use super::json::Problem;
use crate::finding::Edit;
use crate::model::code::{CodeProblemKind, Command};
use crate::model::page::CodeBlock;
use crate::source::Span;

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

/// A block that was read as shell.
pub(super) struct Shell {
    dialect: Dialect,
    script: Script,
    /// Every simple command.
    pub(super) commands: Vec<Command>,
    error: Option<syntax::Error>,
}

/// A block as a script: as many bytes as the block, ASCII only.
struct Script {
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

impl Shell {
    /// Reads a block; none where it is not shell.
    pub(super) fn read(content: &Content, dialect: Dialect, block: u32) -> Option<Shell> {
        let script = Script::new(&content.text, dialect)?;
        let mut walk = walk::Walk::new(content, &script.text, block, dialect != Dialect::Untagged);
        let error = walk.whole();
        let commands = walk.commands;
        Some(Shell { dialect, script, commands, error })
    }

    /// Whether the block shows a session with prompts.
    pub(super) fn has_prompts(&self) -> bool {
        self.script.prompts
    }

    /// Why a reader could not run the block. What is no script beyond doubt has no mistakes.
    pub(super) fn problem(&self, content: &Content) -> Option<Problem> {
        let script = match self.dialect {
            Dialect::Script => true,
            Dialect::Session => self.script.prompts,
            Dialect::Untagged => false,
        };
        let error = self.error.as_ref().filter(|_| script)?;
        let line = error.place().map(|it| line_at(&content.text, it));
        // A test of Bats is more than shell.
        let is_bats = content.text.lines().any(|it| it.starts_with("@test "));
        if is_bats || line.is_some_and(transcript::is_output) {
            return None;
        }
        error.describe(&self.script.text, &content.text)
    }

    /// The characters that a word processor made.
    pub(super) fn typography(&self, content: &Content) -> Option<(Span, CodeProblemKind)> {
        if self.dialect == Dialect::Session && !self.script.prompts {
            return None;
        }
        let found = typography::find(&content.text, &self.script.text);
        let first = found.first()?;
        let edits = found
            .iter()
            .map(|it| Edit { span: content.span(it.range.clone()), text: it.replacement.to_owned() });
        let kind = CodeProblemKind::Typography {
            name: first.name,
            certain: found.iter().all(|it| it.certain),
            edits: edits.collect(),
        };
        Some((content.span(first.range.clone()), kind))
    }
}

/// The line around a byte.
fn line_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
    text.get(start..).and_then(|it| it.lines().next()).unwrap_or_default()
}

impl Script {
    /// The script that a block shows; none where an untagged block shows none.
    fn new(text: &str, dialect: Dialect) -> Option<Script> {
        let mut bytes = text.as_bytes().to_vec();
        let prompts = transcript::keep_commands(text, &mut bytes, dialect)?;
        placeholder::cover(text, &mut bytes);
        for byte in &mut bytes {
            match *byte {
                b'\r' => *byte = b' ',
                0 | 0x80.. => *byte = b'x',
                _ => {}
            }
        }
        Some(Script { text: String::from_utf8(bytes).unwrap_or_default(), prompts })
    }
}
