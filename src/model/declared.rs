//! What the configuration says of the book, with places: addresses that moved, programs that mdBook would run, files
//! that every page loads, colours.

use super::colour;
use crate::source::Span;

/// What the configuration says of the book.
#[derive(Debug, Clone, Default)]
pub struct Declared {
    /// Addresses that moved, in the order of the file.
    pub redirects: Vec<Redirect>,
    /// Programs that mdBook would let change the pages.
    pub preprocessors: Vec<Preprocessor>,
    /// Style sheets, scripts and pictures of the book's own.
    pub assets: Vec<Asset>,
    /// The colours of the site that differ from the built-in ones.
    pub colours: Vec<colour::Declared>,
}

/// An address of the site that leads to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file of the site: `old/page.html`.
    pub from: String,
    /// The part of it that moved, where not all of it did.
    pub fragment: Option<String>,
    /// Where it leads.
    pub to: Destination,
    /// The old address in the configuration.
    pub from_span: Span,
    /// The new one.
    pub to_span: Span,
}

/// Where a redirect leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A file of this site, perhaps a place in it.
    Own {
        /// The file: `new/page.html`.
        path: String,
        /// The place.
        fragment: Option<String>,
    },
    /// Another site, or another part of its server, as written.
    Elsewhere(String),
}

/// A program that mdBook would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preprocessor {
    /// Its name.
    pub name: String,
    /// The name in the configuration.
    pub span: Span,
}

/// A style sheet, a script or a picture of the book's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path, relative to the root.
    pub path: String,
    /// Whether the file is there.
    pub exists: bool,
    /// The path in the configuration.
    pub span: Span,
}

/// The page that a file of the site is made of, by the paths that it may have below the book's folder.
pub fn page_sources(site_path: &str) -> Vec<String> {
    let Some(stem) = site_path.strip_suffix(".html") else { return Vec::new() };
    let mut sources = vec![format!("{stem}.md"), format!("{stem}.markdown")];
    if let Some(folder) = stem.strip_suffix("index").filter(|it| it.is_empty() || it.ends_with('/')) {
        sources.extend(["README.md", "readme.md", "Readme.md"].map(|name| format!("{folder}{name}")));
    }
    sources
}
