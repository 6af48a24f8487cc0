//! The words, assignments and redirections of one command.

use std::ops::Range;

use brush_parser::SourceSpan;
use brush_parser::ast::{
    self, Assignment as AstAssignment, AssignmentName, AssignmentValue, CommandPrefixOrSuffixItem as Item,
    IoFileRedirectKind, IoFileRedirectTarget, IoRedirect,
};

use super::walk::Walk;
use super::word;
use crate::model::code::{Assignment, Redirect, RedirectKind, Word};
use crate::source::Span;

/// A command that is being read.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) words: Vec<(Word, Range<usize>)>,
    pub(super) assignments: Vec<Assignment>,
    pub(super) redirects: Vec<Redirect>,
    pub(super) scripts: Vec<Range<usize>>,
    pub(super) spans: Vec<Span>,
}

impl Walk<'_> {
    pub(super) fn item(&mut self, item: &Item, base: usize, alone: bool, parts: &mut Parts) {
        match item {
            Item::IoRedirect(it) => self.redirect(it, base, parts),
            Item::Word(it) => self.word(it, base, parts),
            // Before the name an assignment, behind it an argument.
            Item::AssignmentWord(assignment, word) if parts.words.is_empty() => {
                self.assignment(assignment, word, base, alone, parts);
            }
            Item::AssignmentWord(_, word) => self.word(word, base, parts),
            Item::ProcessSubstitution(_, it) => self.scoped(&it.list, base),
        }
    }

    pub(super) fn assignment(
        &mut self,
        assignment: &AstAssignment,
        whole: &ast::Word,
        base: usize,
        lasting: bool,
        parts: &mut Parts,
    ) {
        let Some(range) = self.range(whole.loc.as_ref(), base) else { return };
        let name = match &assignment.name {
            AssignmentName::VariableName(name) | AssignmentName::ArrayElementName(name, _) => name.clone(),
        };
        let (mut value, scripts) = match &assignment.value {
            AssignmentValue::Scalar(_) => {
                let raw = &self.script[range.clone()];
                let equals = raw.find('=').map_or(range.start, |it| range.start + it + 1);
                word::read(self.content, self.script, equals..range.end)
            }
            AssignmentValue::Array(_) => word::read(self.content, self.script, range.end..range.end),
        };
        value.span = self.content.span(range);
        parts.spans.push(value.span);
        parts.scripts.extend(scripts);
        parts.assignments.push(Assignment { name, value, lasting });
    }

    pub(super) fn redirect(&mut self, redirect: &IoRedirect, base: usize, parts: &mut Parts) {
        let (kind, target) = match redirect {
            IoRedirect::File(_, kind, IoFileRedirectTarget::Filename(target)) => {
                let kind = match kind {
                    IoFileRedirectKind::Read | IoFileRedirectKind::DuplicateInput => RedirectKind::Read,
                    IoFileRedirectKind::Append => RedirectKind::Append,
                    _ => RedirectKind::Write,
                };
                (kind, target)
            }
            IoRedirect::File(_, _, IoFileRedirectTarget::ProcessSubstitution(_, it)) => {
                return self.scoped(&it.list, base);
            }
            IoRedirect::OutputAndError(target, true) => (RedirectKind::Append, target),
            IoRedirect::OutputAndError(target, false) => (RedirectKind::Write, target),
            IoRedirect::HereString(_, it) => {
                let Some(range) = self.range(it.loc.as_ref(), base) else { return };
                parts.scripts.extend(word::read(self.content, self.script, range).1);
                return;
            }
            IoRedirect::File(..) | IoRedirect::HereDocument(..) => return,
        };
        let Some(range) = self.range(target.loc.as_ref(), base) else { return };
        let (target, scripts) = word::read(self.content, self.script, range);
        parts.spans.push(target.span);
        parts.scripts.extend(scripts);
        parts.redirects.push(Redirect { kind, target });
    }

    pub(super) fn word(&mut self, word: &ast::Word, base: usize, parts: &mut Parts) {
        let Some(range) = self.range(word.loc.as_ref(), base) else { return };
        let (read, scripts) = word::read(self.content, self.script, range.clone());
        parts.scripts.extend(scripts);
        parts.spans.push(read.span);
        parts.words.push((read, range));
    }

    fn range(&self, location: Option<&SourceSpan>, base: usize) -> Option<Range<usize>> {
        let location = location?;
        let range = base + location.start.index..base + location.end.index;
        let raw = self.script.get(range.clone())?;
        // The parser lets a word begin where the line before it was continued.
        let mut word = raw.trim_start_matches([' ', '\t', '\n']);
        while let Some(rest) = word.strip_prefix("\\\n") {
            word = rest.trim_start_matches([' ', '\t']);
        }
        Some(range.end - word.len()..range.end)
    }
}
