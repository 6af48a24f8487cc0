//! The tree of a script → [`Command`]s, with the folder that each runs in.

use std::ops::Range;

use brush_parser::ast::{
    self, CommandPrefixOrSuffixItem as Item, CompoundCommand, CompoundList, ExtendedTestExpr,
};

use super::parts::Parts;
use super::{folder, launch, syntax, word};
use crate::model::code::{Command, Directory, Word};
use crate::parse::code::content::Content;
use crate::source::Span;

/// Scripts inside scripts, inside scripts.
const MAX_DEPTH: usize = 5;
/// Attempts to find the commands of a script that does not parse as a whole.
const MAX_ATTEMPTS: usize = 400;
/// Lines that one command may have in such a script.
const MAX_LINES: usize = 30;

/// Collects the commands of one block.
pub(super) struct Walk<'a> {
    /// What was found.
    pub(super) commands: Vec<Command>,
    /// The block.
    pub(super) content: &'a Content,
    /// The block as a script.
    pub(super) script: &'a str,
    block: u32,
    tagged: bool,
    directory: Directory,
    elsewhere: bool,
    /// The folder in which the reader went to another machine.
    left: Option<Directory>,
    nested: bool,
    depth: usize,
    attempts: usize,
}

impl<'a> Walk<'a> {
    /// A walk over a script of the block; the script has as many bytes as the block.
    pub(super) fn new(content: &'a Content, script: &'a str, block: u32, tagged: bool) -> Walk<'a> {
        Walk {
            commands: Vec::new(),
            content,
            script,
            block,
            tagged,
            directory: Directory::Start,
            elsewhere: false,
            left: None,
            nested: false,
            depth: 0,
            attempts: 0,
        }
    }

    /// Takes the commands of the whole script; gives what is wrong with it.
    pub(super) fn whole(&mut self) -> Option<syntax::Error> {
        let range = 0..self.script.len();
        match syntax::parse(self.script) {
            Ok(program) => {
                self.program(&program, 0);
                None
            }
            Err(error) => {
                self.lines(range);
                Some(error)
            }
        }
    }

    /// Takes the commands of a part of the script, also when it does not parse as a whole.
    pub(super) fn script(&mut self, range: Range<usize>) {
        let Some(text) = self.script.get(range.clone()) else { return };
        if self.depth >= MAX_DEPTH || text.trim().is_empty() {
            return;
        }
        self.depth += 1;
        match syntax::parse(text) {
            Ok(program) => self.program(&program, range.start),
            Err(_) => self.lines(range),
        }
        self.depth -= 1;
    }

    /// Takes the commands of each run of lines that parses.
    fn lines(&mut self, range: Range<usize>) {
        let starts: Vec<usize> = std::iter::once(range.start)
            .chain(self.script[range.clone()].match_indices('\n').map(|(at, _)| range.start + at + 1))
            .chain(std::iter::once(range.end))
            .collect();
        let mut first = 0;
        while first + 1 < starts.len() && self.attempts < MAX_ATTEMPTS {
            let mut taken = 1;
            for count in 1..=MAX_LINES.min(starts.len() - 1 - first) {
                let text = &self.script[starts[first]..starts[first + count]];
                if text.trim().is_empty() {
                    break;
                }
                self.attempts += 1;
                if text.trim_end_matches('\n').ends_with('\\') {
                    continue;
                }
                match syntax::parse(text) {
                    Ok(program) => {
                        self.program(&program, starts[first]);
                        taken = count;
                        break;
                    }
                    Err(error) if !error.is_incomplete() || self.attempts >= MAX_ATTEMPTS => break,
                    Err(_) => {}
                }
            }
            first += taken;
        }
    }

    fn program(&mut self, program: &ast::Program, base: usize) {
        for list in &program.complete_commands {
            self.list(list, base);
        }
    }

    fn list(&mut self, list: &CompoundList, base: usize) {
        for ast::CompoundListItem(item, _) in &list.0 {
            for (_, pipeline) in item.iter() {
                // Each part of a pipeline is a shell of its own.
                let before = (pipeline.seq.len() > 1).then(|| self.directory.clone());
                for command in &pipeline.seq {
                    self.command(command, base);
                }
                self.directory = before.unwrap_or_else(|| self.directory.clone());
            }
        }
    }

    pub(super) fn scoped(&mut self, list: &CompoundList, base: usize) {
        let before = self.directory.clone();
        self.list(list, base);
        self.directory = before;
    }

    fn command(&mut self, command: &ast::Command, base: usize) {
        match command {
            ast::Command::Simple(it) => self.simple(it, base),
            ast::Command::Compound(it, redirects) => {
                self.compound(it, base);
                self.redirects(redirects.as_ref(), base);
            }
            ast::Command::Function(it) => {
                let before = self.directory.clone();
                self.compound(&it.body.0, base);
                self.directory = before;
                self.redirects(it.body.1.as_ref(), base);
            }
            ast::Command::ExtendedTest(it, redirects) => {
                let mut parts = Parts::default();
                self.test(&it.expr, base, &mut parts);
                self.scripts(parts.scripts);
                self.redirects(redirects.as_ref(), base);
            }
        }
    }

    fn compound(&mut self, command: &CompoundCommand, base: usize) {
        match command {
            CompoundCommand::BraceGroup(it) => self.list(&it.list, base),
            CompoundCommand::Subshell(it) => self.scoped(&it.list, base),
            CompoundCommand::ForClause(it) => {
                let mut parts = Parts::default();
                for value in it.values.iter().flatten() {
                    self.word(value, base, &mut parts);
                }
                self.scripts(parts.scripts);
                self.list(&it.body.list, base);
            }
            CompoundCommand::ArithmeticForClause(it) => self.list(&it.body.list, base),
            CompoundCommand::CaseClause(it) => {
                let before = self.directory.clone();
                for list in it.cases.iter().filter_map(|it| it.cmd.as_ref()) {
                    self.list(list, base);
                    self.directory = before.clone();
                }
            }
            CompoundCommand::IfClause(it) => {
                self.list(&it.condition, base);
                self.list(&it.then, base);
                for clause in it.elses.iter().flatten() {
                    clause.condition.iter().for_each(|it| self.list(it, base));
                    self.list(&clause.body, base);
                }
            }
            CompoundCommand::WhileClause(it) | CompoundCommand::UntilClause(it) => {
                self.list(&it.0, base);
                self.list(&it.1.list, base);
            }
            CompoundCommand::Coprocess(it) => self.command(&it.body, base),
            CompoundCommand::Arithmetic(_) => {}
        }
    }

    fn test(&mut self, test: &ExtendedTestExpr, base: usize, parts: &mut Parts) {
        match test {
            ExtendedTestExpr::And(a, b) | ExtendedTestExpr::Or(a, b) => {
                self.test(a, base, parts);
                self.test(b, base, parts);
            }
            ExtendedTestExpr::Not(it) | ExtendedTestExpr::Parenthesized(it) => self.test(it, base, parts),
            ExtendedTestExpr::UnaryTest(_, it) => self.word(it, base, parts),
            ExtendedTestExpr::BinaryTest(_, a, b) => {
                self.word(a, base, parts);
                self.word(b, base, parts);
            }
        }
    }

    /// The redirections behind a loop or a group are a command without words.
    fn redirects(&mut self, redirects: Option<&ast::RedirectList>, base: usize) {
        let mut parts = Parts::default();
        for redirect in redirects.iter().flat_map(|it| &it.0) {
            self.redirect(redirect, base, &mut parts);
        }
        if !parts.redirects.is_empty() {
            self.push(parts);
        }
    }

    fn simple(&mut self, command: &ast::SimpleCommand, base: usize) {
        let mut parts = Parts::default();
        let alone = command.word_or_name.is_none();
        for item in command.prefix.iter().flat_map(|it| &it.0) {
            self.item(item, base, alone, &mut parts);
        }
        if let Some(name) = &command.word_or_name {
            self.word(name, base, &mut parts);
        }
        let name = parts.words.first().map_or("", |(it, _)| it.text.as_str());
        let declares = matches!(name, "export" | "declare" | "local" | "readonly" | "typeset");
        for item in command.suffix.iter().flat_map(|it| &it.0) {
            if let Item::AssignmentWord(assignment, word) = item
                && declares
            {
                self.assignment(assignment, word, base, true, &mut parts);
            }
            self.item(item, base, false, &mut parts);
        }
        self.push(parts);
    }

    /// Writes a command down, then what it starts.
    fn push(&mut self, parts: Parts) {
        let Some(start) = parts.spans.iter().map(|it| it.start).min() else { return };
        let end = parts.spans.iter().map(|it| it.end).max().unwrap_or(start);
        let ranges: Vec<Range<usize>> = parts.words.iter().map(|(_, range)| range.clone()).collect();
        let words: Vec<Word> = parts.words.into_iter().map(|(word, _)| word).collect();
        let command = Command {
            block: self.block,
            span: Span { start, end, source: self.content.source() },
            words,
            assignments: parts.assignments,
            redirects: parts.redirects,
            directory: self.directory.clone(),
            elsewhere: self.elsewhere,
            nested: self.nested,
            tagged: self.tagged,
        };
        let index = self.commands.len();
        self.commands.push(command);
        self.scripts(parts.scripts);
        self.launch(index, &ranges);
        self.enter(index);
        let command = &self.commands[index];
        if !command.elsewhere
            && let Some(target) = launch::change_directory(command)
        {
            self.directory = folder::below(&self.directory, target);
        }
    }

    /// Follows the reader to another machine and back.
    fn enter(&mut self, index: usize) {
        let command = &self.commands[index];
        if command.nested {
            return;
        }
        if self.left.is_none() && launch::enters(&command.words) {
            self.left = Some(std::mem::replace(&mut self.directory, Directory::Unknown));
            self.elsewhere = true;
        } else if matches!(command.name(), "exit" | "logout")
            && let Some(directory) = self.left.take()
        {
            self.directory = directory;
            self.elsewhere = false;
        }
    }

    fn scripts(&mut self, scripts: Vec<Range<usize>>) {
        let before = (self.directory.clone(), std::mem::replace(&mut self.nested, false));
        for script in scripts {
            self.script(script);
            self.directory = before.0.clone();
        }
        self.nested = before.1;
    }

    /// Follows `sudo x`, `bash -c 'x'`, `ssh host x`.
    fn launch(&mut self, index: usize, ranges: &[Range<usize>]) {
        let Some(launch) = launch::launch(&self.commands[index].words) else { return };
        let before =
            (self.directory.clone(), std::mem::replace(&mut self.nested, true), self.elsewhere, self.depth);
        if launch.elsewhere {
            self.elsewhere = true;
            self.directory = Directory::Unknown;
        }
        if launch.unknown_directory {
            self.directory = Directory::Unknown;
        }
        match launch.what {
            launch::What::Script(at) => {
                if let Some(inner) = ranges.get(at).and_then(|it| word::inside(self.script, it.clone())) {
                    self.script(inner);
                }
            }
            launch::What::Command(at) => self.started(index, at, ranges),
        }
        (self.directory, self.nested, self.elsewhere, self.depth) = before;
    }

    /// The command that begins at a word of another one.
    fn started(&mut self, index: usize, at: usize, ranges: &[Range<usize>]) {
        let outer = &self.commands[index];
        let words: Vec<Word> = outer.words.get(at..).unwrap_or_default().to_vec();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let command = Command {
            span: Span { start: first.span.start, end: last.span.end.max(first.span.end), ..first.span },
            assignments: Vec::new(),
            redirects: Vec::new(),
            directory: self.directory.clone(),
            elsewhere: self.elsewhere,
            nested: true,
            words,
            ..*outer
        };
        let index = self.commands.len();
        self.commands.push(command);
        self.launch(index, ranges.get(at..).unwrap_or_default());
    }
}
