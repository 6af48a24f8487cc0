//! A page → its pieces, in the order of the text.

use std::ops::Range;
use std::rc::Rc;

use super::{Block, Cell, HARD_BREAK, Mark, OBJECT, Piece, html};
use crate::model::document::{Document, Kind, NodeId};
use crate::model::page::{LinkKind, Page};
use crate::model::tree::View;

/// How deep values of the front matter and blocks inside blocks are followed.
const MAX_DEPTH: usize = 64;

/// Every piece of a page: front matter, then the blocks, then comments written as link definitions. `text` is
/// the text of the page's source.
pub fn pieces(page: &Page, text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(root) = page.front_matter.as_ref().and_then(|it| it.root(text)) {
        front_matter(root, "", text, MAX_DEPTH, &mut pieces);
    }
    Walk { page, text, document: &page.document, above: Rc::new([]), pieces: &mut pieces }
        .blocks(page.document.roots(), &Around::default());
    for link in page.links.iter().filter(|it| it.kind == LinkKind::Definition && it.node.is_none()) {
        let source = text.get(link.span.range()).unwrap_or_default();
        let label = source.split("]:").next().unwrap_or_default().trim_start_matches('[');
        let title = source.find(link.title.as_str()).filter(|_| !link.title.is_empty());
        if let (true, Some(at)) = (matches!(label, "//" | "comment" | "#"), title) {
            let start = link.span.start as usize + at;
            pieces.push(html::comment(text, start..start + link.title.len(), None));
        }
    }
    pieces
}

fn front_matter(value: View<'_>, key: &str, text: &str, depth: usize, pieces: &mut Vec<Piece>) {
    if depth == 0 || value.is_alias() {
        return;
    }
    for (name, inner) in value.entries() {
        front_matter(inner, &name.as_str().unwrap_or_default(), text, depth - 1, pieces);
    }
    for inner in value.items() {
        front_matter(inner, key, text, depth - 1, pieces);
    }
    if let Some(words) = value.as_str() {
        let mut piece = Piece::new(Block::FrontMatter(key.to_owned()), None);
        let range = value.content_span();
        match text.get(range.clone()) == Some(&words) {
            true => piece.push(&words, range.start),
            false => piece.push_text(Some(&words), text, range),
        }
        pieces.push(piece);
    }
}

/// What stands around a block.
#[derive(Debug, Clone, Default)]
struct Around {
    depth: usize,
    list: Option<NodeId>,
    item: Option<NodeId>,
    task: bool,
    quoted: bool,
    cell: Option<Cell>,
}

struct Walk<'a, 'b> {
    page: &'a Page,
    text: &'a str,
    document: &'a Document,
    /// The headings above the place where the walk stands, as indices into `Page::headings`.
    above: Rc<[u32]>,
    pieces: &'b mut Vec<Piece>,
}

impl Walk<'_, '_> {
    /// Blocks and runs of inlines that are siblings.
    fn blocks(&mut self, siblings: impl Iterator<Item = NodeId>, around: &Around) {
        let loose = if around.item.is_some() { Block::Item } else { Block::Paragraph };
        let mut run: Option<Range<NodeId>> = None;
        for id in siblings {
            let node = self.document.node(id);
            if node.kind.is_inline() {
                run = Some(run.map_or(id, |it| it.start)..node.subtree_end);
                continue;
            }
            if let Some(run) = run.take() {
                self.words(loose.clone(), run, around.item, around);
            }
            self.block(id, around);
        }
        if let Some(run) = run {
            self.words(loose, run, around.item, around);
        }
    }

    fn block(&mut self, id: NodeId, around: &Around) {
        if around.depth > MAX_DEPTH {
            return;
        }
        let around = &Around { depth: around.depth + 1, ..around.clone() };
        let node = self.document.node(id);
        let inside = id + 1..node.subtree_end;
        let document = self.document;
        let children = || document.children(id);
        match &node.kind {
            Kind::Heading(index) => {
                let level = self.level(*index);
                let outer = self.above.iter().filter(|it| self.level(**it) < level);
                self.above = outer.copied().collect();
                self.words(Block::Heading(level), inside, Some(id), around);
                self.above = self.above.iter().copied().chain([*index]).collect();
            }
            Kind::Paragraph => {
                let block = if around.item.is_some() { Block::Item } else { Block::Paragraph };
                self.words(block, inside, Some(id), around);
            }
            Kind::DefinitionTerm => self.words(Block::Paragraph, inside, Some(id), around),
            Kind::TableCell => {
                let block = around.cell.clone().map_or(Block::Paragraph, Block::Cell);
                self.words(block, inside, Some(id), around);
            }
            Kind::CodeBlock(index) => self.code(id, *index as usize, around),
            Kind::HtmlBlock => {
                let found = html::block(self.text, node.range(), id);
                self.pieces.extend(found.into_iter().map(|it| it.placed(around, &self.above)));
            }
            Kind::Table(_) => self.table(id, around),
            Kind::BlockQuote(alert) => {
                let around = Around { quoted: around.quoted || alert.is_none(), ..around.clone() };
                self.blocks(children(), &around);
            }
            Kind::List(_) => {
                let around = Around { list: Some(id), item: None, ..around.clone() };
                self.blocks(children(), &around);
            }
            // A box or a tab is no list: what stands in it is read as on the page.
            Kind::Container => self.blocks(children(), &Around { list: None, item: None, ..around.clone() }),
            Kind::ContainerTitle => {
                let mut piece = Piece::new(Block::Paragraph, Some(id));
                piece.push_text(None, self.text, node.range());
                self.pieces.push(piece.placed(around, &self.above));
            }
            Kind::Item => {
                let first = (id + 1..node.subtree_end).map(|it| &self.document.node(it).kind);
                let task = first.take(2).any(|it| matches!(it, Kind::TaskMarker(_)));
                let around = Around { item: Some(id), task, ..around.clone() };
                self.blocks(children(), &around);
            }
            _ => self.blocks(children(), around),
        }
    }

    fn level(&self, heading: u32) -> u8 {
        self.page.headings.get(heading as usize).map_or(1, |it| it.level)
    }

    fn table(&mut self, id: NodeId, around: &Around) {
        let document = self.document;
        let mut headers: Rc<[String]> = Rc::new([]);
        for row in document.children(id) {
            let in_header = document.node(row).kind == Kind::TableHead;
            let cells: Vec<NodeId> = document.children(row).collect();
            let plain = |it: &NodeId| document.plain_text(*it, self.text);
            if in_header {
                headers = cells.iter().map(plain).collect();
            }
            let label: Rc<str> = cells.first().map(plain).unwrap_or_default().into();
            for (column, cell) in cells.into_iter().enumerate() {
                let place =
                    Cell { table: id, headers: headers.clone(), column, row: label.clone(), in_header };
                self.block(cell, &Around { cell: Some(place), ..around.clone() });
            }
        }
    }

    fn code(&mut self, id: NodeId, index: usize, around: &Around) {
        let mut piece = Piece::new(Block::Code(index), Some(id));
        for child in self.document.children(id) {
            let node = self.document.node(child);
            if let Kind::Text(own) = &node.kind {
                piece.push_text(own.as_deref(), self.text, node.range());
            }
        }
        self.pieces.push(piece.placed(around, &self.above));
    }

    /// The piece of a run of inlines, and the comments inside.
    fn words(&mut self, block: Block, run: Range<NodeId>, node: Option<NodeId>, around: &Around) {
        let mut piece = Piece::new(block, node);
        let mut comments = Vec::new();
        let mut open: Vec<(NodeId, usize)> = Vec::new();
        let mut next = run.start;
        while next < run.end {
            while let Some((_, mark)) = open.pop_if(|(end, _)| *end <= next) {
                piece.marks[mark].0.end = piece.words.len();
            }
            let node = self.document.node(next);
            let at = piece.words.len();
            let mut mark = |mark: Mark, piece: &mut Piece| {
                open.push((node.subtree_end, piece.marks.len()));
                piece.marks.push((at..at, mark));
            };
            match &node.kind {
                Kind::Text(own) => piece.push_text(own.as_deref(), self.text, node.range()),
                Kind::Code(words) => {
                    piece.push_code(words, self.text, node.range());
                    piece.marks.push((at..piece.words.len(), Mark::Code));
                }
                Kind::SoftBreak => piece.push_for('\n', node.range()),
                Kind::HardBreak => piece.push_for(HARD_BREAK, node.range()),
                Kind::Math(_) => piece.push_for(OBJECT, node.range()),
                Kind::Image(_) => {
                    piece.push_for(OBJECT, node.range());
                    next = node.subtree_end;
                    continue;
                }
                Kind::InlineHtml => comments.extend(html::inline(&mut piece, self.text, node.range())),
                Kind::Link(index) => mark(Mark::Link(*index), &mut piece),
                Kind::Emphasis => mark(Mark::Emphasis, &mut piece),
                Kind::Strong => mark(Mark::Strong, &mut piece),
                Kind::Strikethrough => mark(Mark::Strikethrough, &mut piece),
                _ => {}
            }
            next += 1;
        }
        for (_, mark) in open {
            piece.marks[mark].0.end = piece.words.len();
        }
        let id = piece.node;
        if !piece.words.is_empty() {
            self.pieces.push(piece.placed(around, &self.above));
        }
        self.pieces.extend(
            comments.into_iter().map(|it| html::comment(self.text, it, id).placed(around, &self.above)),
        );
    }
}

impl Piece {
    fn placed(mut self, around: &Around, above: &Rc<[u32]>) -> Piece {
        self.above = above.clone();
        self.item = around.item;
        self.list = around.list;
        self.task = around.task;
        self.quoted = around.quoted;
        self
    }
}
