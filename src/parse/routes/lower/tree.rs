//! What the adapters share: a syntax node with its text, and a bound on nesting.

use std::collections::HashSet;
use std::ops::Range;

use tree_sitter::{Language, Node, Parser, Tree};

use crate::parse::routes::ir::{Expr, ExprKind};

/// Deeper nesting than any program that people write; what is below is left out.
const MAX_DEPTH: u32 = 1_000;

/// Parses a text. None when the grammar and the library do not fit, which a test would show.
pub(super) fn parse(language: &Language, text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(language).ok()?;
    parser.parse(text, None)
}

/// Where the parts of a text come from in which something was replaced before it was parsed.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// In order: what was put in, and what it stands for.
    replaced: Vec<(Range<usize>, Range<usize>)>,
}

impl Places {
    /// Notes what was put in the place of what; in the order of the text.
    pub(super) fn replaced(&mut self, new: Range<usize>, old: Range<usize>) {
        self.replaced.push((new, old));
    }

    /// The bytes that these come from.
    fn origin(&self, range: Range<usize>) -> Range<usize> {
        let before = |at: usize| self.replaced.partition_point(|(new, _)| new.end <= at);
        let nth = before(range.start);
        if let Some((_, old)) =
            self.replaced.get(nth).filter(|(new, _)| new.start < range.end && new.start <= range.start)
        {
            return old.clone();
        }
        let moved = |at: usize| match self.replaced.get(before(at).wrapping_sub(1)) {
            Some((new, old)) => at - new.end + old.end,
            None => at,
        };
        moved(range.start)..moved(range.end)
    }
}

/// A syntax node, the text it was read from, and how deep in the lowering it stands.
#[derive(Clone, Copy)]
pub(super) struct Syntax<'t> {
    pub(super) node: Node<'t>,
    text: &'t str,
    depth: u32,
    places: Option<&'t Places>,
    /// The features of its crate that are on, where that is known.
    features: Option<&'t HashSet<String>>,
}

impl<'t> Syntax<'t> {
    /// The root of a tree.
    pub(super) fn root(tree: &'t Tree, text: &'t str) -> Syntax<'t> {
        Syntax { node: tree.root_node(), text, depth: 0, places: None, features: None }
    }

    /// The same in a text in which something was replaced.
    pub(super) fn with_places(self, places: Option<&'t Places>) -> Syntax<'t> {
        Syntax { places, ..self }
    }

    /// The same in a crate of which these features are on.
    pub(super) fn with_features(self, features: Option<&'t HashSet<String>>) -> Syntax<'t> {
        Syntax { features, ..self }
    }

    /// The features of its crate that are on, where that is known.
    pub(super) fn features(self) -> Option<&'t HashSet<String>> {
        self.features
    }

    fn at(self, node: Node<'t>) -> Syntax<'t> {
        Syntax { node, depth: self.depth + 1, ..self }
    }

    /// Another node of the same tree.
    pub(super) fn beside(self, node: Node<'t>) -> Syntax<'t> {
        Syntax { node, ..self }
    }

    /// Whether the nesting is deeper than what is lowered.
    pub(super) fn too_deep(self) -> bool {
        self.depth > MAX_DEPTH
    }

    /// The grammar's name for it.
    pub(super) fn kind(self) -> &'t str {
        self.node.kind()
    }

    /// Its words.
    pub(super) fn words(self) -> &'t str {
        self.text.get(self.node.byte_range()).unwrap_or_default()
    }

    /// Its bytes.
    pub(super) fn range(self) -> Range<u32> {
        let range = self.node.byte_range();
        let range = self.places.map_or(range.clone(), |it| it.origin(range));
        range.start as u32..range.end as u32
    }

    /// The child in a field.
    pub(super) fn field(self, name: &str) -> Option<Syntax<'t>> {
        self.node.child_by_field_name(name).map(|it| self.at(it))
    }

    /// The words of the child in a field.
    pub(super) fn field_words(self, name: &str) -> &'t str {
        self.field(name).map_or("", Syntax::words)
    }

    /// The named children, comments left out.
    pub(super) fn children(self) -> Vec<Syntax<'t>> {
        let mut cursor = self.node.walk();
        let children = self.node.named_children(&mut cursor);
        children.filter(|it| !it.kind().ends_with("comment")).map(|it| self.at(it)).collect()
    }

    /// Every child, tokens included.
    pub(super) fn tokens(self) -> Vec<Syntax<'t>> {
        let mut cursor = self.node.walk();
        self.node.children(&mut cursor).map(|it| self.at(it)).collect()
    }

    /// The named children in a field.
    pub(super) fn fields(self, name: &str) -> Vec<Syntax<'t>> {
        let mut cursor = self.node.walk();
        let children = self.node.children_by_field_name(name, &mut cursor);
        children.filter(Node::is_named).map(|it| self.at(it)).collect()
    }

    /// The first named child.
    pub(super) fn first(self) -> Option<Syntax<'t>> {
        self.children().into_iter().next()
    }

    /// The first named child of a kind.
    pub(super) fn child(self, kind: &str) -> Option<Syntax<'t>> {
        self.children().into_iter().find(|it| it.kind() == kind)
    }

    /// An expression at this place.
    pub(super) fn expr(self, kind: ExprKind) -> Expr {
        let Range { start, end } = self.range();
        Expr { kind, start, end }
    }
}

/// The character that a simple escape stands for; escapes that paths do not use stay out.
pub(super) fn unescape(escape: &str) -> Option<char> {
    match escape.strip_prefix('\\')?.chars().next()? {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        it @ ('\\' | '\'' | '"' | '`' | '/' | '$') => Some(it),
        _ => None,
    }
}
