//! Lists and definition lists: an item or term may say what the blocks in it are about.

use super::blocks::Walk;
use super::governor::{Governor, governor};
use super::lexicon::{self, Class};
use super::{inline, mention};
use crate::model::document::{Kind, NodeId};

/// How long the label of an item is, in tokens.
const CHOICE: usize = 5;

impl Walk<'_, '_> {
    pub(super) fn list(&mut self, list: NodeId, governor: &Governor, depth: usize) {
        let document = &self.page.document;
        let items: Vec<NodeId> = document.children(list).collect();
        let chosen = Governor { dismissed: true, ..governor.clone() };
        let governor = if self.is_choice(&items) { &chosen } else { governor };
        for item in items {
            let children: Vec<NodeId> = document.children(item).collect();
            let inline_end =
                children.iter().position(|&it| !document.node(it).kind.is_inline()).unwrap_or(children.len());
            let (inline_ids, blocks) = children.split_at(inline_end);
            let (text, blocks) = match (inline_ids, blocks) {
                ([], [first, rest @ ..]) if document.node(*first).kind == Kind::Paragraph => {
                    (*first + 1..document.node(*first).subtree_end, rest)
                }
                ([first, .., last] | [first @ last], _) => (*first..document.node(*last).subtree_end, blocks),
                ([], _) => (item..item, blocks),
            };
            let from = self.sheet.found.len();
            let (_, pending) = self.text(self.tokens(text.clone()), governor, governor);
            if blocks.is_empty() {
                self.state(pending);
                continue;
            }
            let inner = self.item(text, governor, self.sheet.is_sure_since(from));
            self.blocks(blocks, &inner, depth + 1);
        }
    }

    /// Whether an item says when to choose what the list describes.
    pub(super) fn is_choice(&self, items: &[NodeId]) -> bool {
        items.iter().any(|&item| {
            let document = &self.page.document;
            let tokens = inline::tokens(document, document.descendants(item), self.sheet.text);
            let label = tokens.iter().take(CHOICE).position(|it| it.is(':')).unwrap_or_default();
            lexicon::any(&tokens[..label], Class::Suitability)
        })
    }

    /// What the text of an item says about the blocks in it.
    pub(super) fn item(&self, text: std::ops::Range<NodeId>, outer: &Governor, stated: bool) -> Governor {
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

    pub(super) fn definitions(&mut self, list: NodeId, outer: &Governor, depth: usize) {
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
            if children.first().is_some_and(|&it| !document.node(it).kind.is_inline()) {
                self.blocks(&children, &governor_of_term, depth + 1);
            } else {
                self.text(self.tokens(nodes), &governor_of_term, outer);
            }
            self.sheet.settle(from);
        }
    }
}
