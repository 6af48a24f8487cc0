//! Walks the blocks of a page with what stands above each: headings, labels, lists.

use super::foreign::Abbreviations;
use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::statement::{self, Above, Stated};
use super::tokens::Token;
use super::{Sheet, inline, structured, subject, table};
use crate::model::document::{Kind, NodeId};
use crate::model::fact::{Objective, Role};
use crate::model::page::{CodeBlock, Page};
use crate::parse::{json, yaml};

/// Deeper blocks are not read.
const MAX_DEPTH: usize = 48;
/// How long the label of an item is, in tokens.
const CHOICE: usize = 5;

/// Collects the objectives of a page's blocks; gives the abbreviations that mean something else on it.
pub(super) fn read(page: &Page, sheet: &mut Sheet<'_>) -> Vec<Objective> {
    let mut walk = Walk { page, sheet, sections: Vec::new(), abbreviations: Abbreviations::default() };
    let roots: Vec<NodeId> = page.document.roots().collect();
    walk.blocks(&roots, &Governor::default(), 0);
    walk.abbreviations.foreign()
}

struct Walk<'a, 't> {
    page: &'a Page,
    sheet: &'a mut Sheet<'t>,
    /// The headings above, outermost first.
    sections: Vec<Section>,
    abbreviations: Abbreviations,
}

/// A heading above.
struct Section {
    level: u8,
    says: Governor,
}

/// What a heading or label says about the blocks below it.
#[derive(Debug, Default, Clone)]
struct Governor {
    /// The objectives that it names without a value.
    label: Option<Label>,
    role: Option<Role>,
    /// Its name, outermost first.
    subject: Vec<String>,
    /// Whether what stands below is no statement about the system.
    dismissed: bool,
    /// Whether it is a label of something else, which ends what a heading names.
    ends: bool,
}

/// A label whose value has not come yet.
struct Pending {
    tokens: Vec<Token>,
    stated: Vec<Stated>,
    path: Vec<String>,
    label: Label,
}

impl Walk<'_, '_> {
    /// Reads siblings.
    fn blocks(&mut self, ids: &[NodeId], outer: &Governor, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let mut governor = outer.clone();
        let mut pending: Option<Pending> = None;
        for &id in ids {
            let kind = &self.page.document.node(id).kind;
            let content = !matches!(kind, Kind::Heading(_) | Kind::ThematicBreak | Kind::HtmlBlock);
            let waiting = pending.take().filter(|_| !content);
            self.state(waiting);
            match kind {
                Kind::Heading(index) => {
                    self.heading(*index as usize, id);
                    governor = outer.clone();
                }
                Kind::Paragraph => {
                    let from = self.sheet.found.len();
                    let (below, open) =
                        self.text(id + 1..self.page.document.node(id).subtree_end, &governor, outer);
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
                Kind::CodeBlock(index) => self.code(&self.page.code_blocks[*index as usize], &governor),
                Kind::DefinitionList => self.definitions(id, &governor, depth),
                Kind::BlockQuote(_) | Kind::FootnoteDefinition(_) => {
                    let children: Vec<NodeId> = self.page.document.children(id).collect();
                    self.blocks(&children, &governor, depth + 1);
                }
                _ => {}
            }
        }
        self.state(pending);
    }

    /// Says of labels that nothing followed that they have no value.
    fn state(&mut self, pending: Option<Pending>) {
        let Some(pending) = pending else { return };
        for stated in pending.stated {
            self.sheet.add(&pending.tokens, stated, &pending.path);
        }
    }

    fn heading(&mut self, index: usize, id: NodeId) {
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
        if self.sheet.is_sure_since(from) {
            says.label = None;
        }
        self.sections.push(Section { level, says });
    }

    fn is_dismissed(&self, governor: &Governor) -> bool {
        governor.dismissed || self.sections.iter().any(|it| it.says.dismissed)
    }

    /// What a governor and the headings say about a block without a name of its own.
    fn above(&self, governor: &Governor) -> Above {
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
    fn section_label(&self) -> Option<(&Label, bool)> {
        let mut above = self.sections.iter().rev();
        let nearest = above.next()?;
        if let Some(label) = &nearest.says.label {
            return Some((label, label.pure));
        }
        above.next().and_then(|it| it.says.label.as_ref()).filter(|it| it.pure).map(|it| (it, false))
    }

    fn path(&self, governor: &Governor) -> Vec<String> {
        self.sections.iter().flat_map(|it| it.says.subject.iter()).chain(&governor.subject).cloned().collect()
    }

    /// Reads inline text; gives what it says about the blocks below, and a label whose value may come there.
    fn text(
        &mut self,
        nodes: std::ops::Range<NodeId>,
        current: &Governor,
        outer: &Governor,
    ) -> (Option<Governor>, Option<Pending>) {
        let tokens = inline::tokens(&self.page.document, nodes, self.sheet.text);
        self.abbreviations.note(&tokens);
        let bold = !tokens.is_empty() && tokens.iter().all(|it| it.bold || it.is(':'));
        let segments = inline::segments(tokens);
        let dismissed = self.is_dismissed(current);
        let base = self.above(current);
        let from = self.sheet.found.len();
        let mut path = self.path(current);
        let depth = path.len();
        let mut pending: Option<Pending> = None;
        for segment in &segments {
            if dismissed || is_comment(segment) {
                continue;
            }
            if segment[0].is('|') {
                self.loose_row(segment, &base, &path);
                continue;
            }
            let mut above = base.clone();
            if let Some(open) = &pending {
                above = Above {
                    kinds: open.label.kinds.clone(),
                    scopes: true,
                    role: open.label.role.or(base.role),
                    unit: open.label.unit,
                };
            }
            let statement = statement::read(segment, &above);
            let named = !mention::mentions(segment).is_empty();
            if named {
                // The label before has had no value on its lines.
                let waiting = pending.take().filter(|it| {
                    // "RTO/RPO:" is a title over "RTO: 4 hours".
                    let stated = statement.stated.iter().any(|stated| it.label.kinds.contains(&stated.kind));
                    !stated && (statement.open.is_some() || !statement.stated.is_empty())
                });
                self.state(waiting);
            } else if !statement.stated.is_empty() {
                pending = None;
            }
            for stated in statement.stated {
                self.sheet.add(segment, stated, &path);
            }
            if let Some((place, label)) = statement.open {
                let stated = label
                    .kinds
                    .iter()
                    .map(|&kind| Stated::unset(kind, label.role.or(above.role), place.clone(), true))
                    .collect();
                pending = Some(Pending { tokens: segment.clone(), stated, path: path.clone(), label });
            } else if !named && segments.len() > 1 && segment.last().is_some_and(|it| it.is(':')) {
                path.truncate(depth);
                path.extend(subject::name(segment, self.sheet.text));
            }
        }
        let stated = self.sheet.is_sure_since(from);
        let below = self.below(&segments, bold, stated, outer);
        (below, pending)
    }

    /// What inline text says about the blocks that follow it, when it is a label.
    fn below(&self, segments: &[Vec<Token>], bold: bool, stated: bool, outer: &Governor) -> Option<Governor> {
        let last = segments.last()?;
        let naming = segments.iter().find(|it| !mention::mentions(it).is_empty());
        let ends = last.last().is_some_and(|it| it.is_any(&[':', '?']));
        let tokens = if stated { last } else { naming.unwrap_or(last) };
        let head =
            tokens.iter().position(|it| it.is(':')).filter(|_| naming.is_some()).unwrap_or(tokens.len());
        let mut says = governor(&tokens[..head], self.sheet.text);
        let labels = bold || ends || says.label.as_ref().is_some_and(|it| it.pure);
        if !labels || segments.len() > 3 {
            return None;
        }
        if stated {
            says.label = None;
        }
        says.ends = says.label.is_none();
        says.dismissed |= outer.dismissed;
        says.role = says.role.or(outer.role);
        says.subject.splice(0..0, outer.subject.iter().cloned());
        Some(says)
    }

    fn list(&mut self, list: NodeId, governor: &Governor, depth: usize) {
        let document = &self.page.document;
        let items: Vec<NodeId> = document.children(list).collect();
        let chosen = Governor { dismissed: true, ..governor.clone() };
        let governor = if self.is_choice(&items) { &chosen } else { governor };
        for item in items {
            let children: Vec<NodeId> = document.children(item).collect();
            let inline_end =
                children.iter().position(|&it| is_block(&document.node(it).kind)).unwrap_or(children.len());
            let (inline_ids, blocks) = children.split_at(inline_end);
            let (text, blocks) = match (inline_ids, blocks) {
                ([], [first, rest @ ..]) if document.node(*first).kind == Kind::Paragraph => {
                    (*first + 1..document.node(*first).subtree_end, rest)
                }
                ([first, .., last] | [first @ last], _) => (*first..document.node(*last).subtree_end, blocks),
                ([], _) => (item..item, blocks),
            };
            let from = self.sheet.found.len();
            let (_, pending) = self.text(text.clone(), governor, governor);
            if blocks.is_empty() {
                self.state(pending);
                continue;
            }
            let inner = self.item(text, governor, self.sheet.is_sure_since(from));
            self.blocks(blocks, &inner, depth + 1);
        }
    }

    /// Whether an item says when to choose what the list describes.
    fn is_choice(&self, items: &[NodeId]) -> bool {
        items.iter().any(|&item| {
            let document = &self.page.document;
            let tokens = inline::tokens(document, document.descendants(item), self.sheet.text);
            let label = tokens.iter().take(CHOICE).position(|it| it.is(':')).unwrap_or_default();
            lexicon::any(&tokens[..label], Class::Suitability)
        })
    }

    /// What the text of an item says about the blocks in it.
    fn item(&self, text: std::ops::Range<NodeId>, outer: &Governor, stated: bool) -> Governor {
        let segments = inline::segments(inline::tokens(&self.page.document, text, self.sheet.text));
        let naming = segments.iter().find(|it| !mention::mentions(it).is_empty());
        let Some(tokens) = naming.or(segments.first()) else { return outer.clone() };
        let head = tokens.iter().position(|it| it.is(':')).unwrap_or(tokens.len());
        let mut says = governor(&tokens[..head], self.sheet.text);
        says.dismissed |= outer.dismissed;
        says.role = says.role.or(outer.role);
        says.subject.splice(0..0, outer.subject.iter().cloned());
        if stated {
            says.label = None;
        } else if says.label.is_none() {
            says.label = outer.label.clone();
        }
        says.ends = says.label.is_none();
        says
    }

    fn definitions(&mut self, list: NodeId, outer: &Governor, depth: usize) {
        let document = &self.page.document;
        let mut governor_of_term = outer.clone();
        for child in document.children(list).collect::<Vec<_>>() {
            let nodes = document.descendants(child);
            if document.node(child).kind == Kind::DefinitionTerm {
                let tokens = inline::tokens(document, nodes, self.sheet.text);
                self.abbreviations.note(&tokens);
                governor_of_term = governor(&tokens, self.sheet.text);
                governor_of_term.subject.splice(0..0, outer.subject.iter().cloned());
                governor_of_term.dismissed |= outer.dismissed;
                continue;
            }
            let children: Vec<NodeId> = document.children(child).collect();
            let from = self.sheet.found.len();
            if children.first().is_some_and(|&it| is_block(&document.node(it).kind)) {
                self.blocks(&children, &governor_of_term, depth + 1);
            } else {
                self.text(nodes, &governor_of_term, outer);
            }
            self.sheet.settle(from);
        }
    }

    fn loose_row(&mut self, segment: &[Token], above: &Above, path: &[String]) {
        let inner = segment.strip_suffix(&[segment[0].clone()]).unwrap_or(segment);
        let inner = if inner.last().is_some_and(|it| it.is('|')) { &inner[..inner.len() - 1] } else { inner };
        let cells = inner[1.min(inner.len())..]
            .split(|it| it.is('|'))
            .map(|it| table::Cell::new(it.to_vec()))
            .collect();
        table::loose_row(cells, above, path, self.sheet);
    }

    fn note_cells(&mut self, table: NodeId) {
        let document = &self.page.document;
        for cell in document.descendants(table).filter(|&it| document.node(it).kind == Kind::TableCell) {
            self.abbreviations.note(&inline::tokens(document, document.descendants(cell), self.sheet.text));
        }
    }

    /// YAML and JSON in fences; anything else in a fence is a sample.
    fn code(&mut self, block: &CodeBlock, governor: &Governor) {
        let document = &self.page.document;
        let mut lines = document.children(block.node);
        let Some(first) = lines.next() else { return };
        let start = document.node(first).range().start;
        let end = lines.last().unwrap_or(first);
        let range = start..document.node(end).range().end;
        let code = self.sheet.text.get(range.clone()).unwrap_or_default();
        let tree = match block.language.as_str() {
            "yaml" | "yml" => yaml::parse(self.sheet.text, range).0,
            "json" | "jsonc" | "json5" => json::parse(self.sheet.text, range).0,
            "" if block.fenced && is_mapping(code) => yaml::parse(self.sheet.text, range).0,
            _ => return,
        };
        if self.is_dismissed(governor) {
            return;
        }
        let from = self.sheet.found.len();
        for root in tree.documents(self.sheet.text) {
            structured::read(root, self.sheet);
        }
        self.sheet.settle(from);
    }
}

/// What the tokens of a heading or label say about what stands below.
fn governor(tokens: &[Token], text: &str) -> Governor {
    let label = mention::label(tokens);
    let role = match &label {
        Some(label) => label.role,
        None => (0..tokens.len()).find_map(|at| lexicon::role(tokens, at).map(|(role, _)| role)),
    };
    let subject = if label.as_ref().is_some_and(|it| it.pure) { None } else { subject::name(tokens, text) };
    Governor {
        label,
        role,
        subject: subject.into_iter().collect(),
        dismissed: lexicon::any(tokens, Class::Dismissed),
        ends: false,
    }
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

/// Lines of code that were commented out.
fn is_comment(segment: &[Token]) -> bool {
    matches!(segment, [first, second, ..] if first.is('/') && (second.is('/') || second.is('*')))
}

fn is_block(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Heading(_)
            | Kind::Paragraph
            | Kind::BlockQuote(_)
            | Kind::List(_)
            | Kind::CodeBlock(_)
            | Kind::HtmlBlock
            | Kind::Table(_)
            | Kind::DefinitionList
            | Kind::FootnoteDefinition(_)
            | Kind::ThematicBreak
    )
}
