//! Walks the blocks of a page with what stands above each: headings, labels, lists.

use super::foreign::Abbreviations;
use super::governor::{Governor, Section, governor};
use super::lines::Pending;
use super::markup::{self, Piece};
use super::mention::Label;
use super::statement::{self, Above};
use super::tokens::Token;
use super::{Sheet, fence, inline, subject, table};
use crate::model::document::{Kind, NodeId};
use crate::model::fact::Objective;
use crate::model::page::Page;

/// Deeper blocks are not read.
const MAX_DEPTH: usize = 48;

/// Collects the objectives of a page's blocks; gives the abbreviations that mean something else on it.
pub(super) fn read(page: &Page, sheet: &mut Sheet<'_>) -> Vec<Objective> {
    let mut walk = Walk { page, sheet, sections: Vec::new(), abbreviations: Abbreviations::default() };
    let roots: Vec<NodeId> = page.document.roots().collect();
    walk.blocks(&roots, &Governor::default(), 0);
    walk.abbreviations.foreign()
}

/// The way through a page.
pub(super) struct Walk<'a, 't> {
    /// The page.
    pub(super) page: &'a Page,
    /// What was found.
    pub(super) sheet: &'a mut Sheet<'t>,
    /// The headings above, outermost first.
    pub(super) sections: Vec<Section>,
    /// What the abbreviations mean on it.
    pub(super) abbreviations: Abbreviations,
}

impl Walk<'_, '_> {
    /// Reads siblings.
    pub(super) fn blocks(&mut self, ids: &[NodeId], outer: &Governor, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let mut governor = outer.clone();
        let mut pending: Option<Pending> = None;
        for (at, &id) in ids.iter().enumerate() {
            let kind = &self.page.document.node(id).kind;
            let content = !matches!(kind, Kind::Heading(_) | Kind::ThematicBreak | Kind::HtmlBlock);
            let waiting = pending.take().filter(|_| !content);
            self.state(waiting);
            match kind {
                Kind::Heading(index) => {
                    self.heading(*index as usize, id);
                    governor = outer.clone();
                    if self.is_choice(&self.section(&ids[at + 1..]))
                        && let Some(section) = self.sections.last_mut()
                    {
                        section.says.dismissed = true;
                    }
                }
                Kind::Paragraph => {
                    let from = self.sheet.found.len();
                    let tokens = self.tokens(id + 1..self.page.document.node(id).subtree_end);
                    let (below, open) = self.text(tokens, &governor, outer);
                    self.sheet.settle(from);
                    (governor, pending) = (below.unwrap_or(governor), open);
                }
                Kind::List(_) => {
                    let from = self.sheet.found.len();
                    self.list(id, &governor, depth);
                    self.sheet.settle(from);
                }
                Kind::Table(_) => {
                    let from = self.sheet.found.len();
                    let above = self.above(&governor);
                    let path = self.path(&governor);
                    let dismissed = self.is_dismissed(&governor);
                    table::read(id, &self.page.document, &above, dismissed, &path, self.sheet);
                    self.note_cells(id);
                    self.sheet.settle(from);
                }
                Kind::HtmlBlock => governor = self.markup(id, governor, outer),
                Kind::CodeBlock(index) if !self.is_dismissed(&governor) => {
                    fence::read(&self.page.code_blocks[*index as usize], &self.page.document, self.sheet);
                }
                Kind::DefinitionList => self.definitions(id, &governor, depth),
                Kind::BlockQuote(_) | Kind::Container | Kind::FootnoteDefinition(_) => {
                    let children: Vec<NodeId> = self.page.document.children(id).collect();
                    self.blocks(&children, &governor, depth + 1);
                }
                _ => {}
            }
        }
        self.state(pending);
    }

    /// Reads raw HTML; gives what its last line says about what follows.
    fn markup(&mut self, id: NodeId, mut governor: Governor, outer: &Governor) -> Governor {
        let range = self.page.document.node(id).range();
        for piece in markup::pieces(self.sheet.text, range) {
            let from = self.sheet.found.len();
            match piece {
                Piece::Line(tokens) => {
                    let (below, pending) = self.text(tokens, &governor, outer);
                    self.state(pending);
                    governor = below.unwrap_or(governor);
                }
                Piece::Table(rows) => {
                    rows.iter().flatten().for_each(|it| self.abbreviations.note(it));
                    let (above, path) = (self.above(&governor), self.path(&governor));
                    let dismissed = self.is_dismissed(&governor);
                    table::read_markup(rows, &above, dismissed, &path, self.sheet);
                }
            }
            self.sheet.settle(from);
        }
        governor
    }

    /// The paragraphs up to the next heading.
    fn section(&self, below: &[NodeId]) -> Vec<NodeId> {
        let kind = |id: NodeId| &self.page.document.node(id).kind;
        let section = below.iter().copied().take_while(|&id| !matches!(kind(id), Kind::Heading(_)));
        section.filter(|&id| *kind(id) == Kind::Paragraph).collect()
    }

    /// The tokens of inline nodes.
    pub(super) fn tokens(&self, nodes: std::ops::Range<NodeId>) -> Vec<Token> {
        inline::tokens(&self.page.document, nodes, self.sheet.text)
    }

    /// Says of labels that nothing followed that they have no value.
    pub(super) fn state(&mut self, pending: Option<Pending>) {
        let Some(pending) = pending else { return };
        for stated in pending.stated {
            self.sheet.add(&pending.tokens, stated, &pending.path);
        }
    }

    pub(super) fn heading(&mut self, index: usize, id: NodeId) {
        let level = self.page.headings[index].level;
        self.sections.retain(|it| it.level < level);
        let tokens = inline::tokens(&self.page.document, self.page.document.descendants(id), self.sheet.text);
        self.abbreviations.note(&tokens);
        let from = self.sheet.found.len();
        if !self.is_dismissed(&Governor::default()) {
            let role = self.above(&Governor::default()).role;
            let path = self.path(&Governor::default());
            for stated in statement::read(&tokens, &Above { role, ..Above::default() }).stated {
                self.sheet.add(&tokens, stated, &path);
            }
        }
        self.sheet.settle(from);
        let mut says = governor(&tokens, self.sheet.text);
        if level == 1 && self.sections.is_empty() && says.label.is_none() {
            says.subject = subject::title(&tokens, self.sheet.text).into_iter().collect();
        }
        if self.sheet.is_sure_since(from) {
            says.label = None;
        }
        self.sections.push(Section { level, says });
    }

    pub(super) fn is_dismissed(&self, governor: &Governor) -> bool {
        governor.dismissed || self.sections.iter().any(|it| it.says.dismissed)
    }

    /// What a governor and the headings say about a block without a name of its own.
    pub(super) fn above(&self, governor: &Governor) -> Above {
        let role = governor.role.or_else(|| self.sections.iter().rev().find_map(|it| it.says.role));
        let label = match (&governor.label, governor.ends) {
            (Some(label), _) => Some((label, label.pure)),
            (None, true) => None,
            (None, false) => self.section_label(),
        };
        match label {
            Some((label, scopes)) => {
                Above { kinds: label.kinds.clone(), scopes, role: label.role.or(role), unit: label.unit }
            }
            None => Above { role, ..Above::default() },
        }
    }

    /// What the nearest heading names; a farther one counts for roles only.
    pub(super) fn section_label(&self) -> Option<(&Label, bool)> {
        let mut above = self.sections.iter().rev();
        let nearest = above.next()?;
        if let Some(label) = &nearest.says.label {
            return Some((label, label.pure));
        }
        above.next().and_then(|it| it.says.label.as_ref()).filter(|it| it.pure).map(|it| (it, false))
    }

    pub(super) fn path(&self, governor: &Governor) -> Vec<String> {
        self.sections.iter().flat_map(|it| it.says.subject.iter()).chain(&governor.subject).cloned().collect()
    }

    pub(super) fn note_cells(&mut self, table: NodeId) {
        let document = &self.page.document;
        for cell in document.descendants(table).filter(|&it| document.node(it).kind == Kind::TableCell) {
            self.abbreviations.note(&inline::tokens(document, document.descendants(cell), self.sheet.text));
        }
    }
}
