//! A Markdown document as a tree of spans: what the linter asks and the renderer writes.
//!
//! Nodes lie in one vector in the order of the text, each before its children, so a subtree is a slice.
//! Text is not copied: a node says where in the source it stands, and carries words of its own only where
//! they differ from the source (entities, escapes).

use std::ops::Range;

use super::formula;

/// The index of a node in [`Document::nodes`].
pub type NodeId = u32;

/// The tree of one page.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Every node, parents before children.
    pub nodes: Vec<Node>,
}

/// One block or inline.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its first byte in the source.
    pub start: u32,
    /// The byte after its last one.
    pub end: u32,
    /// The index after its last descendant.
    pub subtree_end: NodeId,
}

/// What a node is. Indices point into the lists of [`Page`](super::page::Page).
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A heading; the index into `Page::headings`.
    Heading(u32),
    /// A paragraph. A tight list item holds its inlines without one.
    Paragraph,
    /// A quote, or an alert (`> [!NOTE]`).
    BlockQuote(Option<Alert>),
    /// A list; the number of its first item when ordered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A tab or a box as MkDocs writes them, see [`container`](crate::parse::markdown::container). Children: one
    /// `ContainerTitle`, then blocks.
    Container,
    /// The line that a container begins with. Its child, if there is any, is the title.
    ContainerTitle,
    /// `[ ]` or `[x]` at the start of an item.
    TaskMarker(bool),
    /// A fenced or indented code block; the index into `Page::code_blocks`. Children: `Text`, one a line.
    CodeBlock(u32),
    /// A block of raw HTML. Children: `Html`, one a line.
    HtmlBlock,
    /// A table with the alignment of its columns. Children: one `TableHead`, then `TableRow`s.
    Table(Box<[Align]>),
    /// The header row. Children: `TableCell`s.
    TableHead,
    /// A row. Children: `TableCell`s.
    TableRow,
    /// A cell.
    TableCell,
    /// The definition of a footnote, with its label.
    FootnoteDefinition(Box<str>),
    /// The list of terms and definitions.
    DefinitionList,
    /// A term.
    DefinitionTerm,
    /// What a term means.
    DefinitionDetails,
    /// `---` between blocks.
    ThematicBreak,
    /// `*text*`.
    Emphasis,
    /// `**text**`.
    Strong,
    /// `~~text~~`.
    Strikethrough,
    /// A link; the index into `Page::links`.
    Link(u32),
    /// An image; the index into `Page::links`. Its children are the alternative text.
    Image(u32),
    /// Words; `Some` where they differ from the source.
    Text(Option<Box<str>>),
    /// Inline code, without its backticks.
    Code(Box<str>),
    /// A formula among words; the index into `Page::formulas`.
    Math(u32),
    /// A line of raw HTML inside an `HtmlBlock`.
    Html,
    /// Raw HTML inside a paragraph: one tag or comment.
    InlineHtml,
    /// A line end inside a paragraph.
    SoftBreak,
    /// A forced line end.
    HardBreak,
    /// A reference to a footnote, with its label.
    FootnoteReference(Box<str>),
}

/// The five alerts of GitHub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alert {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

/// The alignment of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// As the reader's language does.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

impl Kind {
    /// Whether it stands inside a paragraph, a heading or a cell.
    pub fn is_inline(&self) -> bool {
        !matches!(
            self,
            Kind::Heading(_)
                | Kind::Paragraph
                | Kind::BlockQuote(_)
                | Kind::List(_)
                | Kind::Item
                | Kind::Container
                | Kind::ContainerTitle
                | Kind::CodeBlock(_)
                | Kind::HtmlBlock
                | Kind::Table(_)
                | Kind::TableHead
                | Kind::TableRow
                | Kind::TableCell
                | Kind::FootnoteDefinition(_)
                | Kind::DefinitionList
                | Kind::DefinitionTerm
                | Kind::DefinitionDetails
                | Kind::ThematicBreak
        )
    }
}

impl Node {
    /// Its bytes in the source.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Document {
    /// A node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    /// The blocks at the top.
    pub fn roots(&self) -> impl Iterator<Item = NodeId> {
        self.siblings(0, self.nodes.len() as NodeId)
    }

    /// The direct children of a node.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        self.siblings(id + 1, self.node(id).subtree_end)
    }

    /// All nodes below a node, in the order of the text.
    pub fn descendants(&self, id: NodeId) -> Range<NodeId> {
        id + 1..self.node(id).subtree_end
    }

    fn siblings(&self, first: NodeId, end: NodeId) -> impl Iterator<Item = NodeId> {
        let mut next = first;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let id = next;
                next = self.node(id).subtree_end;
                id
            })
        })
    }

    /// The plain words below a node: text, inline code and formulas; no alternative text of images, no
    /// HTML; breaks become a space. `source` is the text of the page's source.
    pub fn plain_text(&self, id: NodeId, source: &str) -> String {
        let mut text = String::new();
        let mut next = id;
        let end = self.node(id).subtree_end;
        while next < end {
            let node = self.node(next);
            match &node.kind {
                Kind::Text(None) => text.push_str(source.get(node.range()).unwrap_or_default()),
                Kind::Text(Some(words)) | Kind::Code(words) => text.push_str(words),
                Kind::Math(_) => {
                    text.push_str(formula::words(source.get(node.range()).unwrap_or_default()));
                }
                Kind::SoftBreak | Kind::HardBreak => text.push(' '),
                Kind::Image(_) => {
                    next = node.subtree_end;
                    continue;
                }
                _ => {}
            }
            next += 1;
        }
        text
    }
}
