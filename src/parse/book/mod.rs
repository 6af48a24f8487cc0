//! Where the book is, what generator it was written for, and in what order it is read.

mod folders;
mod generator;
mod selection;
mod summary;

use crate::config::Config;
use crate::model::page::Page;
use crate::model::resolve::join;
use crate::model::{Book, Dialect, Files, NavItem};
use crate::source::{SourceId, Sources};
use folders::from_folders;
use generator::{find_dialect, hugo_site, mkdocs_defines_labels, mkdocs_docs_dir};
use summary::from_summary;

pub(super) use selection::Selection;

/// The part of a path below a folder.
pub(in crate::parse) fn inside<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// The folder of the documents, relative to the root.
pub(super) fn find_src(config: &Config, sources: &Sources, files: &Files) -> String {
    if let Some(src) = &config.book.src {
        return config.project_path(src);
    }
    let base = &config.origins.base;
    let at = |folder: &str| join(base, folder).unwrap_or_default();
    if files.get(&at("src/SUMMARY.md")).is_some() {
        return at("src");
    }
    if let Some(docs) = mkdocs_docs_dir(sources) {
        return docs;
    }
    if let Some(site) = hugo_site(files) {
        return join(site, "content").unwrap_or_default();
    }
    let sphinx = ["docs/source", "doc/source", "docs", "doc", "source"].map(at);
    if let Some(found) = sphinx.into_iter().find(|it| files.get(&format!("{it}/conf.py")).is_some()) {
        return found;
    }
    let has_pages = |folder: &str| {
        sources.iter().any(|(_, it)| {
            inside(folder, &it.path).is_some_and(|path| path.ends_with(".md") || path.ends_with(".markdown"))
        })
    };
    ["docs", "documentation", "doc", "website/docs"]
        .into_iter()
        .map(at)
        .find(|it| has_pages(it))
        .unwrap_or_else(|| base.clone())
}

/// The book of these pages.
pub(super) fn book(config: &Config, src: String, sources: &Sources, files: &Files, pages: &[Page]) -> Book {
    let dialect = config.lint.dialect.unwrap_or_else(|| find_dialect(&src, files));
    let title = config.book.title.clone().unwrap_or_else(|| readme_title(sources, pages));
    let summary = join(&src, "SUMMARY.md")
        .and_then(|path| sources.id(&path))
        .and_then(|id| pages.iter().find(|page| page.source == id));
    let (nav, summary_problems) = match summary {
        Some(page) => from_summary(page, sources, &src),
        None => (from_folders(sources, pages, &src), Vec::new()),
    };
    let shared_labels = dialect == Dialect::MkDocs && mkdocs_defines_labels(sources);
    Book { src, title, dialect, nav, summary_problems, shared_labels }
}

fn readme_title(sources: &Sources, pages: &[Page]) -> String {
    let readme = sources.id("README.md").or_else(|| sources.id("readme.md"));
    let page = readme.and_then(|id| pages.iter().find(|page| page.source == id));
    page.map_or_else(|| Book::UNTITLED.to_owned(), |page| page.title.clone())
}

/// An entry with nothing below it.
fn entry(title: String, page: Option<SourceId>) -> NavItem {
    NavItem { title, page, part: false, number: String::new(), children: Vec::new() }
}
