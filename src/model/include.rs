//! What pages take from elsewhere: parts of other files, and values by their names.
//!
//! Rules look at files as they were written, so a finding always stands where somebody can mend it. Readers see the
//! page put together: a [`Composition`].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::page::Page;
use crate::source::{SourceId, Span};

/// What the pages of the book take from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Includes {
    /// What cannot be included as it is written, ordered by place.
    pub problems: Vec<IncludeProblem>,
    /// The names in double braces that stand for values, ordered by place.
    pub variables: Vec<Variable>,
    /// The names that the configuration gives values, in order.
    pub declared: Vec<String>,
    /// The pages that are more than their own text, as their readers see them.
    pub compositions: BTreeMap<SourceId, Composition>,
    /// Files that stand in pages of the book, with these pages.
    pub parts: BTreeMap<SourceId, Vec<SourceId>>,
}

/// A page put together.
#[derive(Debug, Clone)]
pub struct Composition {
    /// Its text.
    pub text: Arc<str>,
    /// The page of that text; its spans count there, although they name the source of the page's own text.
    pub page: Page,
    /// The files that stand in it, ordered.
    pub parts: Vec<SourceId>,
    /// Where the pieces of the text come from, in its order.
    pub pieces: Vec<Piece>,
    /// The title that the page gives itself (`{{#title …}}`).
    pub title: Option<String>,
    /// Whether values stand in it, which may change with any page.
    pub has_variables: bool,
}

/// A piece of a composed text, up to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte in the composed text.
    pub start: u32,
    /// Where it stands in the page's own text; none for what comes from elsewhere.
    pub own: Option<u32>,
}

/// An include that does not give what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncludeProblem {
    /// What is wrong there, in its own words: the path, or the name or lines behind it.
    pub span: Span,
    /// What is wrong.
    pub kind: IncludeProblemKind,
}

/// Why an include does not give what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncludeProblemKind {
    /// There is no such file; its path relative to the root.
    MissingFile(String),
    /// It lies outside the project.
    Escapes,
    /// It cannot be read as text; its path.
    Unreadable(String),
    /// The file has no such anchor.
    MissingAnchor {
        /// The file.
        path: String,
        /// The name.
        anchor: String,
    },
    /// The anchor begins and does not end.
    UnclosedAnchor {
        /// The file.
        path: String,
        /// The name.
        anchor: String,
    },
    /// The file has fewer lines.
    MissingLines {
        /// The file.
        path: String,
        /// How many lines it has.
        lines: usize,
    },
    /// The file includes itself, perhaps by way of others; its path.
    Cycle(String),
    /// Files include one another deeper than mdBook follows, or the page becomes larger than any page may be.
    TooMuch,
}

/// A name in double braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The braces and what is between them.
    pub span: Span,
    /// The name.
    pub name: String,
    /// What it stands for; none where nobody says so.
    pub value: Option<String>,
}

impl Composition {
    /// A page put together of these pieces.
    pub fn new(
        mut page: Page,
        text: String,
        pieces: Vec<Piece>,
        parts: Vec<SourceId>,
        title: Option<String>,
    ) -> Composition {
        if let Some(title) = &title {
            page.title.clone_from(title);
        }
        Composition { text: text.into(), page, parts, pieces, title, has_variables: false }
    }

    /// Where a byte of the composed text stands in the page's own text; none for what comes from elsewhere.
    pub fn own_place(&self, at: u32) -> Option<u32> {
        let behind = self.pieces.partition_point(|it| it.start <= at);
        let piece = self.pieces.get(behind.checked_sub(1)?)?;
        Some(piece.own? + (at - piece.start))
    }
}

impl Includes {
    /// The page as its readers see it, with its text, where that is more than its own text.
    pub fn composed(&self, source: SourceId) -> Option<(&Page, &str)> {
        self.compositions.get(&source).map(|it| (&it.page, &*it.text))
    }
}
