//! YAML or JSON → [`Tree`], whichever a file holds, and the builder that both readers share.

use std::ops::Range;

use super::{json, yaml};
use crate::model::tree::{Style, Tree, TreeId, TreeKind, TreeProblem};

/// How many mappings and sequences may stand inside each other.
pub const MAX_DEPTH: usize = 256;

/// Reads a file: `.json` as JSON, anything else as YAML; a YAML file may be JSON too.
pub fn parse(path: &str, text: &str) -> (Tree, Vec<TreeProblem>) {
    if path.to_ascii_lowercase().ends_with(".json") {
        return json::parse(text, 0..text.len());
    }
    if text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) {
        // Our own reader is several times faster; what it objects to may still be YAML in flow style.
        let (tree, problems) = json::parse(text, 0..text.len());
        if problems.is_empty() {
            return (tree, problems);
        }
    }
    yaml::parse(text, 0..text.len())
}

/// Puts a tree together from what a reader meets, in the order of the text.
#[derive(Default)]
pub(super) struct Builder {
    tree: Tree,
    open: Vec<Open>,
    /// The children of all open nodes, one node's after another's.
    children: Vec<TreeId>,
}

struct Open {
    id: TreeId,
    first_child: usize,
}

/// What [`Builder::open`] begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Collection {
    Mapping,
    Sequence,
}

impl Builder {
    /// Adds a scalar.
    pub(super) fn scalar(&mut self, style: Style, value: Option<Box<str>>, span: Range<usize>) -> TreeId {
        self.add(TreeKind::Scalar(style, value), span)
    }

    /// Adds an alias.
    pub(super) fn alias(&mut self, target: TreeId, span: Range<usize>) {
        self.add(TreeKind::Alias(target), span);
    }

    /// Begins a mapping or sequence; none when it would be too deep.
    pub(super) fn open(&mut self, collection: Collection, span: Range<usize>) -> Option<TreeId> {
        if self.open.len() >= MAX_DEPTH {
            return None;
        }
        let id = self.add(
            match collection {
                Collection::Mapping => TreeKind::Mapping(Box::default()),
                Collection::Sequence => TreeKind::Sequence(Box::default()),
            },
            span,
        );
        self.open.push(Open { id, first_child: self.children.len() });
        Some(id)
    }

    /// Ends the innermost mapping or sequence. Without an end, its last child ends it.
    pub(super) fn close(&mut self, end: Option<usize>) {
        let Some(Open { id, first_child }) = self.open.pop() else { return };
        let mut children = self.children.split_off(first_child);
        let is_mapping = matches!(self.tree.node(id).kind, TreeKind::Mapping(_));
        if is_mapping && children.len() % 2 == 1 {
            // The text broke off after a key.
            let end = self.tree.node(children[children.len() - 1]).span.end;
            children.push(self.tree.push(TreeKind::Scalar(Style::Plain, None), end..end));
        }
        let last = children.last().map(|&it| self.tree.node(it).span.end);
        let node = self.tree.node_mut(id);
        node.span.end = end.map(|it| it as u32).or(last).unwrap_or(node.span.end).max(node.span.end);
        node.kind = match is_mapping {
            true => TreeKind::Mapping(children.chunks_exact(2).map(|it| (it[0], it[1])).collect()),
            false => TreeKind::Sequence(children.into_boxed_slice()),
        };
    }

    /// Ends what is open; the next node begins another document.
    pub(super) fn end_document(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
    }

    /// The tree.
    pub(super) fn finish(mut self, text: &str) -> Tree {
        self.end_document();
        self.tree.index(text);
        self.tree
    }

    fn add(&mut self, kind: TreeKind, span: Range<usize>) -> TreeId {
        let id = self.tree.push(kind, span.start as u32..span.end as u32);
        match self.open.is_empty() {
            true => self.tree.add_document(id),
            false => self.children.push(id),
        }
        id
    }
}
