//! A document's tree → the HTML of a page's body. One writer for pages and for the descriptions of specs.
//!
//! The tree is walked in one loop over its nodes with a stack of what is open, so its depth costs no stack of
//! the program. Whatever the document holds, the HTML is balanced and does nothing: text is escaped, raw HTML is
//! judged (`raw.rs`), links are resolved and their schemes checked (`link.rs`).

mod block;
pub(super) mod code;
mod container;
pub(super) mod escape;
mod fence;
mod footnote;
mod inline;
pub(super) mod link;
mod raw;
#[cfg(test)]
mod tests;
mod typography;

use std::collections::HashMap;
use std::ops::Range;

use crate::model::document::{Align, NodeId};
use crate::model::page::{Anchor, Page};
use crate::parse::markdown;
use crate::render::url::Place;
use crate::source::SourceId;
use footnote::Footnotes;
use link::Links;

/// The body of a page. `text` is the text of the page's source.
pub(super) fn page(links: &Links<'_>, page: &Page, text: &str, place: &Place) -> String {
    Writer::new(links, page, text, place, None).write()
}

/// A part of a page on another page, below a heading of level `level` there. Its headings have no ids.
pub(super) fn part(
    links: &Links<'_>,
    page: &Page,
    text: &str,
    place: &Place,
    nodes: Range<NodeId>,
    level: u8,
) -> String {
    let above = nodes.start.checked_sub(1).map(|it| page.document.node(it).start).unwrap_or_default();
    let level = level.saturating_sub(page.heading_path(above).last().map_or(0, |it| it.level));
    let mut writer = Writer::new(links, page, text, place, Some(level));
    writer.footnotes = Footnotes::default();
    writer.write_nodes(nodes);
    writer.out
}

/// A description as HTML: Markdown inside another document, `level` being that of the heading above it. Its
/// headings have no ids, because many descriptions stand on one page.
pub(super) fn description(
    links: &Links<'_>,
    source: SourceId,
    markdown: &str,
    place: &Place,
    level: u8,
) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    let page = markdown::parse(source, "", markdown, false);
    Writer::new(links, &page, markdown, place, Some(level)).write()
}

/// The anchors of a page's steps, and the other ids of its headings and terms.
fn ids(page: &Page) -> HashMap<NodeId, &str> {
    let ids = page.anchors.iter().filter_map(|(id, anchor)| match anchor {
        Anchor::Step(node) | Anchor::Alias(node) => Some((*node, id.as_str())),
        _ => None,
    });
    ids.collect()
}

struct Writer<'a, 'p> {
    links: &'a Links<'p>,
    page: &'a Page,
    /// The text that the nodes' ranges count in.
    text: &'a str,
    place: &'a Place,
    /// The heading that is the page's title.
    title: Option<usize>,
    /// The highest level of its headings.
    highest: u8,
    /// For a description, the level of the heading above it.
    below: Option<u8>,
    out: String,
    frames: Vec<Frame>,
    /// Raw HTML elements that are open.
    open_tags: Vec<Box<str>>,
    /// How many of them belong to elements around the innermost frame, which it cannot close.
    tags_before: usize,
    /// How many links are open.
    link_depth: usize,
    table: Table,
    /// The words of the last heading: tables are called by them.
    section: String,
    footnotes: Footnotes,
    /// Nodes before this one are written already.
    skip: NodeId,
    /// How many groups of tabs there are so far.
    tab_groups: usize,
    /// The group of tabs that is written, the place of the last tab, and the node of the next.
    tab_run: Option<(Option<usize>, usize, NodeId)>,
    /// Texts that are set otherwise than they were typed.
    set: HashMap<NodeId, String>,
    /// The anchors of steps by their items, and further ids of headings and terms by theirs.
    ids: HashMap<NodeId, &'a str>,
}

/// An element that is open.
struct Frame {
    /// The node after its last descendant.
    end: NodeId,
    closes: Closes,
    /// What `tags_before` was around it.
    tags_before: usize,
}

/// What stands at the end of an element.
enum Closes {
    With(&'static str),
    Heading(usize),
    Link(&'static str),
    TableHead,
    Footnote(Box<str>),
}

/// The table that is written; tables do not nest.
#[derive(Default)]
struct Table {
    align: Vec<Align>,
    column: usize,
    in_head: bool,
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(
        links: &'a Links<'p>,
        page: &'a Page,
        text: &'a str,
        place: &'a Place,
        below: Option<u8>,
    ) -> Writer<'a, 'p> {
        Writer {
            links,
            page,
            text,
            place,
            title: page.title_heading(),
            highest: page.headings.iter().map(|it| it.level).min().unwrap_or(1),
            below,
            out: String::with_capacity(text.len() * 3 / 2),
            frames: Vec::new(),
            open_tags: Vec::new(),
            tags_before: 0,
            link_depth: 0,
            table: Table::default(),
            section: page.title.clone(),
            footnotes: Footnotes::of(page),
            skip: 0,
            tab_groups: 0,
            tab_run: None,
            set: if links.smart { typography::typeset(page, text) } else { HashMap::new() },
            ids: if below.is_none() { ids(page) } else { HashMap::new() },
        }
    }

    fn write(mut self) -> String {
        self.write_nodes(0..self.page.document.nodes.len() as NodeId);
        self.write_footnotes();
        self.out
    }

    fn write_nodes(&mut self, nodes: Range<NodeId>) {
        let mut next = nodes.start;
        while next < nodes.end {
            while self.frames.last().is_some_and(|it| it.end <= next) {
                self.close();
            }
            let node = self.page.document.node(next);
            if next < self.skip {
                next = node.subtree_end.max(next + 1);
                continue;
            }
            next = if self.open(next) { next + 1 } else { node.subtree_end.max(next + 1) };
        }
        while !self.frames.is_empty() {
            self.close();
        }
        self.close_tags(0);
    }

    /// Writes what begins at a node; whether its children follow.
    fn open(&mut self, id: NodeId) -> bool {
        if self.page.document.node(id).kind.is_inline() { self.open_inline(id) } else { self.open_block(id) }
    }

    fn push(&mut self, id: NodeId, closes: Closes) {
        let end = self.page.document.node(id).subtree_end;
        self.frames.push(Frame { end, closes, tags_before: self.tags_before });
        self.tags_before = self.open_tags.len();
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.close_tags(self.tags_before);
        self.tags_before = frame.tags_before;
        match frame.closes {
            Closes::With(end) => self.out.push_str(end),
            Closes::Heading(index) => self.close_heading(index),
            Closes::Link(end) => {
                self.link_depth -= 1;
                self.out.push_str(end);
            }
            Closes::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr></thead>\n<tbody>\n");
            }
            Closes::Footnote(label) => self.close_footnote(&label),
        }
    }

    fn in_link(&self) -> bool {
        self.link_depth > 0 || self.open_tags.iter().any(|it| it.as_ref() == "a")
    }
}
