//! Items of lists, and the containers that the parser takes for items (see [`container`]).

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::builder::Builder;
use super::container::container;
use crate::model::document::Kind;

/// A list of the parser, whose items are items, containers or both.
pub(super) struct List {
    pub(super) start: Option<u64>,
    pub(super) end: usize,
    /// Whether a list of real items is open.
    pub(super) open: bool,
}

impl Builder<'_> {
    /// Puts inlines that stand directly in a container into a paragraph.
    pub(super) fn wrap(&mut self, event: &Event<'_>, range: &Range<usize>) {
        let inline = match event {
            Event::Start(tag) => matches!(
                tag,
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
            ),
            Event::End(_) | Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => false,
            _ => true,
        };
        let Some(&last) = self.stack.last() else { return };
        if inline && self.page.document.node(last).kind == Kind::Container {
            let id = self.push(Kind::Paragraph, range.clone());
            self.stack.push(id);
            self.loose = Some(id);
        } else if !inline && self.loose == Some(last) {
            self.loose = None;
            let end = self.page.document.nodes.last().map(|it| it.end);
            self.close_node();
            let node = &mut self.page.document.nodes[last as usize];
            node.end = end.unwrap_or(node.end);
        }
    }

    /// Opens an item, or the container that it is.
    pub(super) fn item(&mut self, range: Range<usize>) {
        let is_container = self.text.get(range.clone()).and_then(container).is_some();
        let Some(list) = self.lists.last_mut() else { return };
        let (was_open, end) = (list.open, list.end);
        list.open = !is_container;
        if is_container {
            if was_open {
                self.close_node();
            }
            let id = self.push(Kind::Container, range);
            self.stack.push(id);
            return;
        }
        if !was_open {
            let start = list.start;
            let id = self.push(Kind::List(start), range.start..end);
            self.stack.push(id);
        }
        let id = self.push(Kind::Item, range);
        self.stack.push(id);
    }

    /// The first line of a container, which the parser takes for raw HTML.
    pub(super) fn container_title(&mut self) {
        let start = self.page.document.nodes.last().map_or(0, |it| it.start as usize);
        let words = self.text.get(start..).and_then(|it| it.lines().next()).unwrap_or_default();
        let line = start..start + words.trim_end().len();
        let id = self.push(Kind::ContainerTitle, line.clone());
        self.stack.push(id);
        let words = &self.text[line.clone()];
        if let Some((open, close)) = words.find('"').zip(words.rfind('"')).filter(|it| it.0 + 1 < it.1) {
            self.push(Kind::Text(None), line.start + open + 1..line.start + close);
        }
    }

    pub(super) fn is_in_title(&self) -> bool {
        self.stack.last().is_some_and(|&it| self.page.document.node(it).kind == Kind::ContainerTitle)
    }
}
