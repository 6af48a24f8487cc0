//! The parser's events → the tree of a page and its lists.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, LinkType, Tag, TagEnd};

use super::anchors::Slugger;
use super::items::List;
use super::{fence, footnote_anchor, html, links};
use crate::model::document::{Alert, Align, Document, Kind, Node, NodeId};
use crate::model::formula::MathSyntax;
use crate::model::page::{Anchor, Heading, Link, LinkKind, Page};
use crate::source::{SourceId, Span};

/// Puts a page together from the parser's events.
pub(super) struct Builder<'a> {
    pub(super) text: &'a str,
    pub(super) page: Page,
    /// Open containers.
    pub(super) stack: Vec<NodeId>,
    slugger: Slugger,
    /// By label, so that a reference link can underline where its destination stands.
    definitions: HashMap<String, Link>,
    /// How deep inside links the parser stands: bare URLs there are no links of their own.
    link_depth: usize,
    /// Words that are not written yet.
    pending: Option<Pending>,
    /// The lists of the parser that are open, innermost last.
    pub(super) lists: Vec<List>,
    /// The paragraph around words that stand in a container without one, as in a tight item.
    pub(super) loose: Option<NodeId>,
}

/// Words that may be continued by the next event.
struct Pending {
    range: Range<usize>,
    /// Set where the words differ from the source.
    own: Option<String>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: SourceId, text: &'a str) -> Builder<'a> {
        Builder {
            text,
            page: Page {
                source,
                in_book: false,
                title: String::new(),
                document_type: None,
                told_by: None,
                owners: Vec::new(),
                front_matter: None,
                document: Document::default(),
                headings: Vec::new(),
                links: Vec::new(),
                undefined_references: Vec::new(),
                code_blocks: Vec::new(),
                commands: Vec::new(),
                code_problems: Vec::new(),
                math: MathSyntax::default(),
                formulas: Vec::new(),
                formula_problems: Vec::new(),
                anchors: HashMap::new(),
                composed: false,
            },
            stack: Vec::new(),
            slugger: Slugger::default(),
            definitions: HashMap::new(),
            link_depth: 0,
            pending: None,
            lists: Vec::new(),
            loose: None,
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.page.source, range)
    }

    pub(super) fn definition(&mut self, label: &str, dest: &str, title: Option<&str>, range: Range<usize>) {
        let place = links::definition_destination(self.text, range.clone());
        let link = Link {
            kind: LinkKind::Definition,
            node: None,
            dest: dest.to_owned(),
            span: self.span(range),
            dest_span: self.span(place),
            title: title.unwrap_or_default().to_owned(),
        };
        self.definitions.insert(label.to_lowercase(), link);
    }

    pub(super) fn push(&mut self, kind: Kind, range: Range<usize>) -> NodeId {
        let id = self.page.document.nodes.len() as NodeId;
        let (start, end) = (range.start as u32, range.end as u32);
        self.page.document.nodes.push(Node { kind, start, end, subtree_end: id + 1 });
        id
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !matches!(event, Event::Text(_)) {
            self.flush();
        }
        self.wrap(&event, &range);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::List(_)) => {
                if self.lists.pop().is_some_and(|it| it.open) {
                    self.close_node();
                }
            }
            Event::End(_) => self.close_node(),
            Event::Text(words) => self.text(&words, range),
            Event::Code(words) => {
                self.push(Kind::Code(words.as_ref().into()), range);
            }
            // The line of a container has its title.
            Event::Html(_) if self.is_in_title() => {}
            Event::Html(_) => {
                self.push(Kind::Html, range);
            }
            Event::InlineHtml(_) => {
                let id = self.push(Kind::InlineHtml, range.clone());
                html::collect(&mut self.page, self.text, range, id);
            }
            Event::FootnoteReference(label) => {
                self.push(Kind::FootnoteReference(label.as_ref().into()), range);
            }
            Event::SoftBreak => {
                self.push(Kind::SoftBreak, range);
            }
            Event::HardBreak => {
                self.push(Kind::HardBreak, range);
            }
            Event::Rule => {
                self.push(Kind::ThematicBreak, range);
            }
            Event::TaskListMarker(done) => {
                self.push(Kind::TaskMarker(done), range);
            }
            Event::InlineMath(words) => self.formula(&words, range, false),
            Event::DisplayMath(words) => self.formula(&words, range, true),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let next = self.page.document.nodes.len() as NodeId;
        let kind = match tag {
            Tag::Heading { level, .. } => {
                let level = level as u8;
                self.page.headings.push(Heading {
                    node: next,
                    level,
                    parent: self.parent_of(level),
                    text: String::new(),
                    anchor: String::new(),
                    span: self.span(range.clone()),
                });
                Kind::Heading(self.page.headings.len() as u32 - 1)
            }
            Tag::Paragraph => Kind::Paragraph,
            Tag::BlockQuote(alert) => Kind::BlockQuote(alert.map(|it| match it {
                BlockQuoteKind::Note => Alert::Note,
                BlockQuoteKind::Tip => Alert::Tip,
                BlockQuoteKind::Important => Alert::Important,
                BlockQuoteKind::Warning => Alert::Warning,
                BlockQuoteKind::Caution => Alert::Caution,
            })),
            Tag::List(start) => {
                self.lists.push(List { start, end: range.end, open: false });
                return;
            }
            Tag::Item => return self.item(range),
            Tag::CodeBlock(kind) => {
                let block = fence::code_block(self.page.source, self.text, next, &kind, range.clone());
                self.page.code_blocks.push(block);
                Kind::CodeBlock(self.page.code_blocks.len() as u32 - 1)
            }
            Tag::HtmlBlock
                if self.page.document.nodes.last().is_some_and(|it| it.kind == Kind::Container) =>
            {
                return self.container_title();
            }
            Tag::HtmlBlock => {
                html::collect(&mut self.page, self.text, range.clone(), next);
                Kind::HtmlBlock
            }
            Tag::Table(columns) => Kind::Table(
                columns
                    .iter()
                    .map(|it| match it {
                        Alignment::None => Align::None,
                        Alignment::Left => Align::Left,
                        Alignment::Center => Align::Center,
                        Alignment::Right => Align::Right,
                    })
                    .collect(),
            ),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::FootnoteDefinition(label) => {
                self.page.anchors.entry(footnote_anchor(&label)).or_insert(Anchor::Footnote(next));
                Kind::FootnoteDefinition(label.as_ref().into())
            }
            Tag::DefinitionList => Kind::DefinitionList,
            Tag::DefinitionListTitle => Kind::DefinitionTerm,
            Tag::DefinitionListDefinition => Kind::DefinitionDetails,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, title, id } => {
                self.link_depth += 1;
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Inline,
                    LinkType::Autolink => LinkKind::Autolink,
                    LinkType::Email => LinkKind::Email,
                    _ => LinkKind::Reference,
                };
                Kind::Link(self.link(kind, next, &dest_url, &title, &id, range.clone()))
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let kind = match link_type {
                    LinkType::Inline => LinkKind::Image,
                    _ => LinkKind::ImageReference,
                };
                Kind::Image(self.link(kind, next, &dest_url, &title, &id, range.clone()))
            }
            // Not switched on: super- and subscript, metadata blocks.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Kind::Emphasis,
        };
        let id = self.push(kind, range);
        self.stack.push(id);
    }

    /// The last heading of a higher level, found along the chain of the last heading.
    fn parent_of(&self, level: u8) -> Option<u32> {
        let mut above = (self.page.headings.len() as u32).checked_sub(1);
        while let Some(index) = above {
            let heading = &self.page.headings[index as usize];
            if heading.level < level {
                return Some(index);
            }
            above = heading.parent;
        }
        None
    }

    pub(super) fn close_node(&mut self) {
        let Some(id) = self.stack.pop() else { return };
        let next = self.page.document.nodes.len() as NodeId;
        self.page.document.nodes[id as usize].subtree_end = next;
        match self.page.document.nodes[id as usize].kind {
            Kind::Heading(index) => self.end_heading(id, index as usize),
            Kind::Link(index) => {
                self.link_depth -= 1;
                self.end_link(id, index as usize);
            }
            Kind::Image(index) => self.end_link(id, index as usize),
            _ => {}
        }
    }

    /// Holds words back until something else comes, joined with those before them: the parser splits `[TBD]`
    /// in three.
    fn text(&mut self, words: &str, range: Range<usize>) {
        let same = self.text.get(range.clone()) == Some(words);
        match &mut self.pending {
            Some(pending) if pending.range.end == range.start => {
                if pending.own.is_some() || !same {
                    let before = self.text.get(pending.range.clone()).unwrap_or_default();
                    pending.own.get_or_insert_with(|| before.to_owned()).push_str(words);
                }
                pending.range.end = range.end;
            }
            _ => {
                self.flush();
                self.pending = Some(Pending { range, own: (!same).then(|| words.to_owned()) });
            }
        }
    }

    /// Writes the words that were held back; bare URLs in them become links.
    pub(super) fn flush(&mut self) {
        let Some(Pending { range, own }) = self.pending.take() else { return };
        let in_code = self
            .stack
            .last()
            .is_some_and(|&id| matches!(self.page.document.node(id).kind, Kind::CodeBlock(_)));
        if own.is_some() || in_code || self.link_depth > 0 {
            self.push(Kind::Text(own.map(String::into_boxed_str)), range);
            return;
        }
        let mut at = range.start;
        for url in links::bare_urls(self.text, range.clone()) {
            if at < url.start {
                self.push(Kind::Text(None), at..url.start);
            }
            let dest = self.text.get(url.clone()).unwrap_or_default();
            let next = self.page.document.nodes.len() as NodeId;
            let index = self.link(LinkKind::Autolink, next, dest, "", "", url.clone());
            let id = self.push(Kind::Link(index), url.clone());
            at = url.end;
            self.push(Kind::Text(None), url);
            self.page.document.nodes[id as usize].subtree_end = id + 2;
        }
        if at < range.end {
            self.push(Kind::Text(None), at..range.end);
        }
    }

    fn link(
        &mut self,
        kind: LinkKind,
        node: NodeId,
        dest: &str,
        title: &str,
        label: &str,
        range: Range<usize>,
    ) -> u32 {
        let span = self.span(range);
        let dest_span = match kind {
            LinkKind::Reference | LinkKind::ImageReference => {
                self.definitions.get(&label.to_lowercase()).map_or(span, |it| it.dest_span)
            }
            _ => span,
        };
        self.page.links.push(Link {
            kind,
            node: Some(node),
            dest: dest.to_owned(),
            span,
            dest_span,
            title: title.to_owned(),
        });
        self.page.links.len() as u32 - 1
    }

    /// Where the destination of an inline link stands is known when its text has ended.
    fn end_link(&mut self, id: NodeId, index: usize) {
        let document = &self.page.document;
        let text_end = document.nodes.last().filter(|_| document.node(id).subtree_end > id + 1);
        let from = text_end.map_or(document.node(id).start, |it| it.end) as usize;
        let link = &mut self.page.links[index];
        let range = link.span.range();
        let dest = match link.kind {
            LinkKind::Inline | LinkKind::Image => links::inline_destination(self.text, from, range.end),
            LinkKind::Autolink | LinkKind::Email => links::inside_angles(self.text, range.clone()),
            _ => return,
        };
        link.dest_span = Span::new(link.span.source, dest.unwrap_or(range));
    }

    fn end_heading(&mut self, id: NodeId, index: usize) {
        let explicit = self.take_heading_attributes();
        let document = &self.page.document;
        let text = document.plain_text(id, self.text);
        let words = document.descendants(id).map(|it| document.node(it));
        let start = words.clone().map(|it| it.start).min();
        let end = words.map(|it| it.end).max();
        let node = document.node(id);
        let span = Span {
            source: self.page.source,
            start: start.unwrap_or(node.start),
            end: end.unwrap_or_else(|| node.start.max(node.end.saturating_sub(1))),
        };
        let anchor = explicit.unwrap_or_else(|| self.slugger.slug(&text));
        self.page.anchors.entry(anchor.clone()).or_insert(Anchor::Heading(index as u32));
        let heading = &mut self.page.headings[index];
        heading.text = text.trim().to_owned();
        heading.anchor = anchor;
        heading.span = span;
    }

    /// Cuts `{#id .class}` off the end of the heading that just ended and gives the id. `{id}` alone is text:
    /// `GET /orders/{id}`.
    fn take_heading_attributes(&mut self) -> Option<String> {
        let source = self.text;
        let last = self.page.document.nodes.last_mut()?;
        if !matches!(last.kind, Kind::Text(None)) {
            return None;
        }
        let words = source.get(last.range())?;
        let trimmed = words.trim_end();
        let open = trimmed.strip_suffix('}')?.rfind('{')?;
        let inside = trimmed.get(open + 1..trimmed.len() - 1)?.trim();
        // Python-Markdown writes `{: #id }`, also behind the closing hashes of the heading; the colon alone marks a list.
        let colon = inside.strip_prefix(':');
        let inside = colon.map_or(inside, str::trim_start);
        let attributes = colon.is_some()
            || inside.starts_with('#')
            || inside.starts_with('.')
            || inside.split_whitespace().any(|it| it.contains('='));
        // `{{< code file="x" >}}` is a shortcode of a site generator.
        if inside.is_empty() || !attributes || words[..open].ends_with('{') {
            return None;
        }
        let before = words[..open].trim_end();
        let unhashed = before.trim_end_matches('#');
        let closed = unhashed.len() < before.len() && (unhashed.is_empty() || unhashed.ends_with(' '));
        last.end = last.start + if closed { unhashed.trim_end().len() } else { before.len() } as u32;
        let id = inside.split_whitespace().find_map(|it| it.strip_prefix('#'))?;
        (!id.is_empty()).then(|| id.to_owned())
    }

    pub(super) fn finish(mut self) -> Page {
        self.flush();
        let mut definitions: Vec<Link> = self.definitions.into_values().collect();
        definitions.sort_by_key(|it| it.span);
        self.page.links.extend(definitions);
        self.page
    }
}
