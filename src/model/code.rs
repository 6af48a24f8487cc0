//! What stands in the code blocks of a page: the commands a reader would run, and what is wrong with a block.

use crate::finding::Edit;
use crate::source::Span;

/// A simple command in a shell block: `DEBUG=1 ./run.sh --all > out.log`.
///
/// Every simple command counts, in the order of the text: those in pipelines, lists, loops, functions,
/// subshells and command substitutions too. A command that starts another one (`sudo x`, `env A=b x`,
/// `bash -c 'x'`, `ssh host 'x'`) is followed by one `Command` more for `x`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// The index into `Page::code_blocks`.
    pub block: u32,
    /// From its first word, assignment or redirection to its last.
    pub span: Span,
    /// The name of the command, then its arguments; empty where there are only assignments or redirections.
    pub words: Vec<Word>,
    /// `NAME=value` before the command, and the arguments of `export`, `declare` and `env`.
    pub assignments: Vec<Assignment>,
    /// In the order of the text.
    pub redirects: Vec<Redirect>,
    /// The folder that it runs in.
    pub directory: Directory,
    /// Whether it runs on another machine or in a container: started by `ssh`, `docker exec` or `kubectl exec`,
    /// or typed after them.
    pub elsewhere: bool,
    /// Whether the command is started by the one before it: `x` in `sudo x`.
    pub nested: bool,
    /// Whether the block is tagged as shell; otherwise it only looks like commands.
    pub tagged: bool,
}

/// A word of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without quotes and escapes; variables and placeholders stand as written: `$HOME/bin`, `<name>`.
    pub text: String,
    /// As written, quotes included.
    pub span: Span,
    /// Whether any part is in quotes.
    pub quoted: bool,
    /// Whether the shell replaces a part: `$x`, `${x}`, `$(x)`, a backquote.
    pub has_variable: bool,
    /// Whether the reader replaces a part: `<name>`, `{{name}}`, `...`, `…`.
    pub has_placeholder: bool,
    /// Whether a part is a pattern for file names or braces: `*.yml`, `{a,b}`; not in quotes.
    pub has_glob: bool,
}

/// `NAME=value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// The value; empty for an array. Its span is that of the whole assignment.
    pub value: Word,
    /// Whether later commands, or the programs they start, can see it: it stands alone, or in `export`.
    pub lasting: bool,
}

/// A redirection to or from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// What happens to the file.
    pub kind: RedirectKind,
    /// The file.
    pub target: Word,
}

/// What a redirection does to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectKind {
    /// `< file`
    Read,
    /// `> file`, `&> file`, `<> file`
    Write,
    /// `>> file`, `&>> file`
    Append,
}

/// The folder that a command runs in, as far as its block tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Directory {
    /// Where the reader stood before the block: no `cd` stands above it in the block.
    Start,
    /// After `cd a` and `cd b`: the folder `a/b` below the start, without `.` and `..`.
    Below(String),
    /// After `cd` to a place that cannot be told: absolute, `~`, a variable, a placeholder, above the start.
    Unknown,
}

/// A language that code is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// The tag behind a fence: `promql`.
    pub tag: &'static str,
    /// What people call it, as it stands in a sentence: `PromQL`.
    pub name: &'static str,
}

/// Something that is wrong with a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeProblem {
    /// The index into `Page::code_blocks`.
    pub block: u32,
    /// The very place.
    pub span: Span,
    /// What is wrong.
    pub kind: CodeProblemKind,
}

/// What is wrong with a code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeProblemKind {
    /// It does not parse as the language of its tag.
    Syntax {
        /// In the style of a finding's message.
        message: String,
        /// What to do.
        help: Option<&'static str>,
    },
    /// It is a diagram that cannot be drawn.
    Diagram {
        /// In the style of a finding's message.
        message: String,
        /// What to do.
        help: Option<String>,
    },
    /// It is a diagram that the site shows as its text.
    NotDrawn {
        /// Why, in the style of a finding's message.
        reason: String,
    },
    /// No fence closes it.
    Unclosed {
        /// The first line that does not look like code, where the fence was probably forgotten.
        forgotten: Option<Span>,
    },
    /// A fence opens inside it: it was not closed before, or its own fence is too short to hold others.
    NestedFence {
        /// The fence that opens the block.
        opening: Span,
    },
    /// Characters that a word processor made and a shell does not understand.
    Typography {
        /// What the first of them is: `curly quote`.
        name: &'static str,
        /// Whether there is but one thing that they can stand for.
        certain: bool,
        /// What a keyboard types instead, for all of them.
        edits: Vec<Edit>,
    },
}

impl Command {
    /// The name of the command: its first word.
    pub fn name(&self) -> &str {
        self.words.first().map_or("", |it| &it.text)
    }

    /// The words after the name.
    pub fn arguments(&self) -> &[Word] {
        self.words.get(1..).unwrap_or_default()
    }
}

impl Word {
    /// Whether its text is what the program gets: nothing is replaced by the shell or the reader.
    pub fn is_literal(&self) -> bool {
        !self.has_variable && !self.has_placeholder && !self.has_glob
    }
}
