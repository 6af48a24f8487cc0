//! YAML and JSON as one tree of spans, so that every finding can underline the right words.
//!
//! Mappings keep duplicate keys and their order. Scalars are text with a style; whether one is a number, a
//! boolean or null is decided when somebody asks, by the YAML 1.2 core schema.

use std::borrow::Cow;
use std::ops::Range;

/// The index of a node.
pub type TreeId = u32;

/// A YAML or JSON document.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<TreeNode>,
    root: Option<TreeId>,
}

/// One value.
#[derive(Debug)]
pub struct TreeNode {
    /// What it is.
    pub kind: TreeKind,
    /// Its bytes in the source: a scalar with its quotes, a block scalar without its header.
    pub span: Range<u32>,
}

/// What a value is.
#[derive(Debug)]
pub enum TreeKind {
    /// Text with its style; `Some` where the value differs from the words in the source.
    Scalar(Style, Option<Box<str>>),
    /// Keys and values, in order, duplicates included.
    Mapping(Vec<(TreeId, TreeId)>),
    /// Items, in order.
    Sequence(Vec<TreeId>),
    /// `*name`, with the anchored node.
    Alias(TreeId),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes, so it may be a number, a boolean or null.
    Plain,
    /// In quotes.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// Something that is wrong with the text of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeProblem {
    /// Bytes in the source.
    pub span: Range<u32>,
    /// In the style of a finding's message.
    pub message: String,
}

/// A node together with its tree and the text it was read from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    tree: &'a Tree,
    text: &'a str,
    id: TreeId,
}

impl Tree {
    /// The root value. `text` is the text of the source that the spans count in.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<View<'a>> {
        self.root.map(|id| View { tree: self, text, id })
    }

    /// Adds a node.
    pub fn push(&mut self, kind: TreeKind, span: Range<u32>) -> TreeId {
        self.nodes.push(TreeNode { kind, span });
        self.nodes.len() as TreeId - 1
    }

    /// A node to change while the tree is built.
    pub fn node_mut(&mut self, id: TreeId) -> &mut TreeNode {
        &mut self.nodes[id as usize]
    }

    /// Says which node is the root.
    pub fn set_root(&mut self, id: TreeId) {
        self.root = Some(id);
    }
}

impl<'a> View<'a> {
    fn resolved(self) -> &'a TreeNode {
        // An alias names an earlier node that is no alias, so one step is enough.
        match self.tree.nodes[self.id as usize].kind {
            TreeKind::Alias(id) => &self.tree.nodes[id as usize],
            _ => &self.tree.nodes[self.id as usize],
        }
    }

    fn at(self, id: TreeId) -> View<'a> {
        View { id, ..self }
    }

    /// Its bytes in the source; those of the alias for an alias.
    pub fn span(self) -> Range<usize> {
        let span = &self.tree.nodes[self.id as usize].span;
        span.start as usize..span.end as usize
    }

    /// The value of a key; the first of duplicates.
    pub fn get(self, key: &str) -> Option<View<'a>> {
        self.entries().find(|(name, _)| name.as_str().as_deref() == Some(key)).map(|(_, value)| value)
    }

    /// The keys and values of a mapping; nothing for anything else.
    pub fn entries(self) -> impl Iterator<Item = (View<'a>, View<'a>)> {
        let pairs: &[_] = match &self.resolved().kind {
            TreeKind::Mapping(pairs) => pairs,
            _ => &[],
        };
        pairs.iter().map(move |&(key, value)| (self.at(key), self.at(value)))
    }

    /// The items of a sequence; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = View<'a>> {
        let items: &[_] = match &self.resolved().kind {
            TreeKind::Sequence(items) => items,
            _ => &[],
        };
        items.iter().map(move |&id| self.at(id))
    }

    /// The text of a scalar, whatever its type: `404` gives `"404"`.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        let node = self.resolved();
        match &node.kind {
            TreeKind::Scalar(_, Some(value)) => Some(Cow::Borrowed(value)),
            TreeKind::Scalar(_, None) => {
                self.text.get(node.span.start as usize..node.span.end as usize).map(Cow::Borrowed)
            }
            _ => None,
        }
    }
}

impl View<'_> {
    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        matches!(self.resolved().kind, TreeKind::Mapping(_))
    }
}
