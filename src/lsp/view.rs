//! What an answer is made of: one state of the project, in the words of the client.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use gen_lsp_types as lsp;

use super::client::Client;
use super::documents::Documents;
use super::position::Lines;
use super::uri::Place;
use crate::finding::Edit;
use crate::live::Loaded;
use crate::model::Project;
use crate::model::page::{Anchor, Page};
use crate::source::{SourceId, Span};

/// One state of the project, and whom it is shown to.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) loaded: &'a Loaded,
    pub(super) place: &'a Place,
    pub(super) documents: &'a Documents,
    pub(super) client: &'a Client,
    pub(super) counted: &'a Counted<'a>,
}

/// The lines of files that were counted already: an answer may name thousands of places of one file.
#[derive(Default)]
pub(super) struct Counted<'a>(RefCell<HashMap<SourceId, Rc<Lines<'a>>>>);

impl<'a> View<'a> {
    pub(super) fn project(self) -> &'a Project {
        &self.loaded.project
    }

    pub(super) fn text(self, source: SourceId) -> &'a str {
        &self.project().sources.get(source).text
    }

    pub(super) fn lines(self, source: SourceId) -> Rc<Lines<'a>> {
        let mut counted = self.counted.0.borrow_mut();
        let new = || Rc::new(Lines::new(self.text(source), self.client.encoding));
        Rc::clone(counted.entry(source).or_insert_with(new))
    }

    /// The page that a file is.
    pub(super) fn page(self, source: SourceId) -> Option<&'a Page> {
        let at = self.project().pages.binary_search_by_key(&source, |it| it.source).ok()?;
        self.project().pages.get(at)
    }

    /// The file that a client names.
    pub(super) fn source(self, uri: &lsp::Uri) -> Option<SourceId> {
        self.project().sources.id(&self.place.inside(uri)?)
    }

    /// The byte that a client points at.
    pub(super) fn spot(self, at: &lsp::TextDocumentPositionParams) -> Option<(SourceId, u32)> {
        let source = self.source(&at.text_document.uri)?;
        Some((source, self.lines(source).offset(at.position) as u32))
    }

    /// The name of a file, as the client wrote it where it has it open.
    pub(super) fn uri(self, path: &str) -> lsp::Uri {
        self.documents.get(path).map_or_else(|| self.place.uri(path), |it| it.uri.clone())
    }

    pub(super) fn range(self, span: Span) -> lsp::Range {
        self.lines(span.source).range(span.range())
    }

    pub(super) fn location(self, span: Span) -> lsp::Location {
        lsp::Location { uri: self.uri(self.project().sources.path(span.source)), range: self.range(span) }
    }

    /// The beginning of a file, read or not.
    pub(super) fn beginning(self, path: &str) -> lsp::Location {
        lsp::Location { uri: self.uri(path), range: lsp::Range::default() }
    }

    /// `docs/a.md:12`
    pub(super) fn shown(self, span: Span) -> String {
        let source = self.project().sources.get(span.source);
        format!("{}:{}", source.path, source.position(span.start).line)
    }

    /// Edits in the form that the client takes.
    pub(super) fn edit(self, edits: &[Edit]) -> lsp::WorkspaceEdit {
        let mut by_file: BTreeMap<SourceId, Vec<lsp::TextEdit>> = BTreeMap::new();
        for file in edits.chunk_by(|a, b| a.span.source == b.span.source) {
            let lines = self.lines(file[0].span.source);
            let edit =
                |it: &Edit| lsp::TextEdit { range: lines.range(it.span.range()), new_text: it.text.clone() };
            by_file.entry(file[0].span.source).or_default().extend(file.iter().map(edit));
        }
        if !self.client.versioned_edits {
            let named =
                by_file.into_iter().map(|(id, edits)| (self.uri(self.project().sources.path(id)), edits));
            return lsp::WorkspaceEdit {
                changes: Some(named.collect::<HashMap<_, _>>()),
                ..Default::default()
            };
        }
        let changes = by_file.into_iter().map(|(id, edits)| {
            let edits = edits.into_iter().map(lsp::Edit::from).collect();
            self.changes(id, edits)
        });
        lsp::WorkspaceEdit { document_changes: Some(changes.collect()), ..Default::default() }
    }

    /// Edits of one document in the version that the client has open.
    pub(super) fn changes(self, id: SourceId, edits: Vec<lsp::Edit>) -> lsp::DocumentChange {
        let path = self.project().sources.path(id);
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier {
            version: self.documents.get(path).map(|it| it.version),
            text_document_identifier: lsp::TextDocumentIdentifier { uri: self.uri(path) },
        };
        lsp::TextDocumentEdit { text_document, edits }.into()
    }
}

/// What a fragment names on a page.
pub(super) fn anchor(page: &Page, fragment: &str) -> Option<Anchor> {
    let id = fragment.strip_prefix("user-content-").unwrap_or(fragment);
    page.anchors.get(id).or_else(|| page.anchors.get(&id.to_lowercase())).copied()
}

/// Where an anchor stands on its page.
pub(super) fn anchor_span(page: &Page, anchor: Anchor) -> Span {
    match anchor {
        Anchor::Heading(at) => {
            page.headings.get(at as usize).map_or(Span::new(page.source, 0..0), |it| it.span)
        }
        Anchor::Html(span) | Anchor::Target(span) => span,
        Anchor::Footnote(node) | Anchor::Step(node) | Anchor::Alias(node) => {
            let start = page.document.node(node).start as usize;
            Span::new(page.source, start..start)
        }
        // It stands in another file, or behind a value.
        Anchor::Composed => Span::new(page.source, 0..0),
    }
}
