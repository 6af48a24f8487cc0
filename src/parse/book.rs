//! Where the book is, what generator it was written for, and in what order it is read.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::markdown::title_from_path;
use crate::config::Config;
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::model::resolve::{has_scheme, join};
use crate::model::{Book, Dialect, Files, NavItem, SummaryProblem};
use crate::source::{SourceId, Sources, Span};

/// Folders that hold material for tests, for new projects or other people's text, unless the book lies in them. The
/// templates of a Helm chart are alert rules as much as others.
const NOT_DOCUMENTS: [&str; 7] = [
    "**/{fixtures,__fixtures__,testdata,test-data,__tests__}/**",
    "**/{vendor,third_party,third-party}/**",
    "**/{template,templates,skeleton,skeletons}/**/*.{md,markdown}",
    "**/.*/**",
    ".*/**",
    "**/CODE_OF_CONDUCT.md",
    "**/LICENSE*.md",
];

/// Says which files are documents.
#[derive(Debug)]
pub(super) struct Selection {
    src: String,
    excluded: GlobSet,
    unlikely: GlobSet,
}

impl Selection {
    /// From `lint.exclude` and the folders that hold no documents.
    pub(super) fn new(src: &str, config: &Config) -> Selection {
        Selection {
            src: src.to_owned(),
            excluded: globs(config.lint.exclude.iter().map(|it| config.project_path(it))),
            unlikely: globs(NOT_DOCUMENTS.iter().map(|it| (*it).to_owned())),
        }
    }

    /// Whether a Markdown file is looked at.
    pub(super) fn contains(&self, path: &str) -> bool {
        !self.excluded.is_match(path)
            && ((!self.src.is_empty() && self.in_book(path)) || !self.unlikely.is_match(path))
    }

    /// Whether the configuration leaves a file out.
    pub(super) fn is_excluded(&self, path: &str) -> bool {
        self.excluded.is_match(path)
    }

    /// Whether it becomes a page of the site.
    pub(super) fn in_book(&self, path: &str) -> bool {
        inside(&self.src, path).is_some() && !path.ends_with("SUMMARY.md")
    }
}

/// A set of globs; one that is no glob matches nothing. `cli` has refused those of the configuration before.
fn globs(patterns: impl Iterator<Item = String>) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.filter_map(|it| Glob::new(&it).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}

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
    if let Some(site) = HUGO_SITES.iter().find(|it| is_hugo_site(it, files)) {
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

fn mkdocs_docs_dir(sources: &Sources) -> Option<String> {
    let id = sources.id("mkdocs.yml").or_else(|| sources.id("mkdocs.yaml"))?;
    let text = &sources.get(id).text;
    let (tree, _) = super::yaml::parse(text, 0..text.len());
    let docs = tree.root(text)?.get("docs_dir").and_then(|it| it.as_str());
    join("", docs.as_deref().unwrap_or("docs"))
}

/// Where a repository keeps a Hugo site.
const HUGO_SITES: [&str; 5] = ["", "docs", "website", "site", "hugo"];

/// Whether a folder holds the content of a Hugo site (or of Zola, which is laid out alike).
fn is_hugo_site(folder: &str, files: &Files) -> bool {
    let has = |name: &str| join(folder, name).is_some_and(|it| files.get(&it).is_some());
    let configured = [
        "content/_index.md",
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config/_default",
        "config.toml",
        "config.yaml",
    ];
    let is_configured = configured.iter().any(|it| has(it)) || has("config.json") && has("layouts");
    has("content") && is_configured
}

/// Whether MkDocs is told to take labels from elsewhere. Read by the line: the file may hold tags of Python.
fn mkdocs_defines_labels(sources: &Sources) -> bool {
    let id = sources.id("mkdocs.yml").or_else(|| sources.id("mkdocs.yaml"));
    let text = id.map_or("", |id| sources.get(id).text.as_ref());
    let lines = text.lines().map(|it| it.trim_start_matches([' ', '-']));
    lines.filter(|it| !it.starts_with('#')).any(|line| {
        ["autorefs", "mkdocstrings", "auto_append", "ezlinks", "roamlinks"]
            .iter()
            .any(|it| line.starts_with(it))
    })
}

/// What tells a generator, in the order in which it is believed: files and folders of the site's own folder.
const GENERATORS: [(Dialect, &[&str]); 5] = [
    (Dialect::MkDocs, &["mkdocs.yml", "mkdocs.yaml", "zensical.toml"]),
    (
        Dialect::Docusaurus,
        &[
            "docusaurus.config.js",
            "docusaurus.config.ts",
            "docusaurus.config.mjs",
            "docusaurus.config.cjs",
            "docusaurus.config.mts",
        ],
    ),
    (
        Dialect::OtherSite,
        &[
            ".vitepress",
            ".vuepress",
            "astro.config.mjs",
            "astro.config.ts",
            "astro.config.js",
            "astro.config.mts",
        ],
    ),
    (Dialect::Sphinx, &["conf.py", "source/conf.py", ".sphinx/conf.py", "_toc.yml", "myst.yml"]),
    (
        Dialect::OtherSite,
        &[
            "_config.yml",
            "_config.yaml",
            "_quarto.yml",
            "pelicanconf.py",
            "_sidebar.md",
            "docfx.json",
            "mint.json",
            "docs.json",
            "gatsby-config.js",
            "gatsby-config.ts",
            "eleventy.config.js",
            "eleventy.config.mjs",
            ".eleventy.js",
            "theme.config.tsx",
            "theme.config.jsx",
            "source.config.ts",
        ],
    ),
];

/// The generator that the documents were written for, told by its files: in the book, above it, at the root, or
/// in one of the folders that a repository gives to its site.
pub(super) fn find_dialect(src: &str, files: &Files) -> Dialect {
    if files.get(&join(src, "SUMMARY.md").unwrap_or_default()).is_some() {
        return Dialect::MdBook;
    }
    let above = join(src, "..").unwrap_or_default();
    let mut places = vec![src, &above, "", "website", "site", "www", "docs", "doc", "documentation"];
    places.dedup();
    let at = |place: &str, name: &str| join(place, name).is_some_and(|it| files.get(&it).is_some());
    let told_by = |names: &[&str]| places.iter().any(|place| names.iter().any(|name| at(place, name)));
    let found = GENERATORS.iter().find(|(_, names)| told_by(names)).map(|(dialect, _)| *dialect);
    if found != Some(Dialect::MkDocs) && places.iter().any(|it| is_hugo_site(it, files)) {
        return Dialect::Hugo;
    }
    found.unwrap_or_default()
}

/// The book of these pages.
pub(super) fn book(config: &Config, src: String, sources: &Sources, files: &Files, pages: &[Page]) -> Book {
    let dialect = match config.lint.dialect {
        None => find_dialect(&src, files),
        Some(crate::config::Dialect::Plain) => Dialect::Plain,
        Some(crate::config::Dialect::MdBook) => Dialect::MdBook,
        Some(crate::config::Dialect::MkDocs) => Dialect::MkDocs,
        Some(crate::config::Dialect::Hugo) => Dialect::Hugo,
        Some(crate::config::Dialect::Docusaurus) => Dialect::Docusaurus,
        Some(crate::config::Dialect::Sphinx) => Dialect::Sphinx,
        Some(crate::config::Dialect::Other) => Dialect::OtherSite,
    };
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

/// Reads mdBook's `SUMMARY.md`: headings after the first chapter are parts, lists nest, a link without a
/// destination is a draft. The entries of lists have numbers, which run on through the parts.
fn from_summary(page: &Page, sources: &Sources, src: &str) -> (Vec<NavItem>, Vec<SummaryProblem>) {
    let text = &sources.get(page.source).text;
    let mut nav = Vec::new();
    let mut chapters = 0;
    let mut reader = SummaryReader { page, text, sources, src, first: HashMap::new(), problems: Vec::new() };
    for root in page.document.roots() {
        match page.document.node(root).kind {
            Kind::Heading(index) => {
                let heading = &page.headings[index as usize];
                if !nav.is_empty() || !heading.text.eq_ignore_ascii_case("summary") {
                    let title = heading.text.clone();
                    nav.push(NavItem { part: true, ..entry(title, None) });
                }
            }
            Kind::Paragraph => reader.items(root, 0, &mut nav),
            Kind::List(_) => {
                let before = nav.len();
                reader.items(root, 0, &mut nav);
                chapters = number(nav.get_mut(before..).unwrap_or_default(), "", chapters);
            }
            _ => {}
        }
    }
    // The first heading is the title of the list, whatever it says, if chapters follow it directly.
    if nav.first().is_some_and(|it| it.part) && page.headings.len() == 1 {
        nav.remove(0);
    }
    (nav, reader.problems)
}

/// Numbers entries and those below them, from the one after `last`; the last number.
fn number(entries: &mut [NavItem], above: &str, last: usize) -> usize {
    for (at, entry) in (last + 1..).zip(entries.iter_mut()) {
        entry.number = format!("{above}{at}");
        let below = format!("{}.", entry.number);
        number(&mut entry.children, &below, 0);
    }
    last + entries.len()
}

/// An entry with nothing below it.
fn entry(title: String, page: Option<SourceId>) -> NavItem {
    NavItem { title, page, part: false, number: String::new(), children: Vec::new() }
}

/// Deepest nesting of a `SUMMARY.md` that is read.
const MAX_DEPTH: usize = 64;

struct SummaryReader<'a> {
    page: &'a Page,
    text: &'a str,
    sources: &'a Sources,
    src: &'a str,
    /// Where each page stands first.
    first: HashMap<SourceId, Span>,
    problems: Vec<SummaryProblem>,
}

impl SummaryReader<'_> {
    /// Adds the links below a node, those in nested lists below the link of their item.
    fn items(&mut self, node: NodeId, depth: usize, into: &mut Vec<NavItem>) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in self.page.document.children(node) {
            match self.page.document.node(child).kind {
                Kind::Link(index) => {
                    let title = self.page.document.plain_text(child, self.text).trim().to_owned();
                    let link = &self.page.links[index as usize];
                    let page = self.target(&link.dest);
                    if let Some(page) = page {
                        match self.first.entry(page) {
                            Entry::Vacant(place) => {
                                place.insert(link.span);
                            }
                            Entry::Occupied(first) => {
                                let first = *first.get();
                                self.problems.push(SummaryProblem::Repeated { span: link.span, first });
                            }
                        }
                    }
                    into.push(entry(title, page));
                }
                Kind::Item => {
                    into.extend(self.unlinked(child));
                    self.items(child, depth + 1, into);
                }
                Kind::List(_) => match into.last_mut() {
                    Some(above) if !above.part => self.items(child, depth + 1, &mut above.children),
                    _ => self.items(child, depth + 1, into),
                },
                _ => self.items(child, depth + 1, into),
            }
        }
    }

    /// The entry of an item that links nothing: a chapter that is still to be written, which its children stand below.
    fn unlinked(&mut self, item: NodeId) -> Option<NavItem> {
        let document = &self.page.document;
        let mut title = String::new();
        let mut span: Option<Span> = None;
        let mut next = item + 1;
        while next < document.node(item).subtree_end {
            let node = document.node(next);
            match node.kind {
                Kind::List(_) => next = node.subtree_end,
                Kind::Link(_) => return None,
                Kind::Text(_) | Kind::Code(_) => {
                    title.push_str(&document.plain_text(next, self.text));
                    let words = Span::new(self.page.source, node.range());
                    span = Some(span.map_or(words, |it| Span { end: words.end, ..it }));
                    next += 1;
                }
                _ => next += 1,
            }
        }
        let title = title.trim().to_owned();
        let span = span.filter(|_| !title.is_empty())?;
        self.problems.push(SummaryProblem::Unlinked(span));
        Some(entry(title, None))
    }

    fn target(&self, dest: &str) -> Option<SourceId> {
        let path = dest.split('#').next().filter(|it| !it.is_empty() && !has_scheme(it))?;
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        self.sources.id(&join(self.src, &decoded)?)
    }
}

#[derive(Default)]
struct Folder {
    pages: Vec<usize>,
    folders: BTreeMap<String, Folder>,
}

/// Without a `SUMMARY.md` the folders are the navigation: an index page stands for its folder, entries are
/// ordered by front matter `weight`, then by title.
fn from_folders(sources: &Sources, pages: &[Page], src: &str) -> Vec<NavItem> {
    let mut root = Folder::default();
    for (index, page) in pages.iter().enumerate().filter(|(_, page)| page.in_book) {
        let Some(path) = inside(src, sources.path(page.source)) else { continue };
        let mut folder = &mut root;
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_some() {
                folder = folder.folders.entry(part.to_owned()).or_default();
            }
        }
        folder.pages.push(index);
    }
    let mut items = entries(sources, pages, &root);
    // The root's own index comes first.
    if let Some(index) = index_of(sources, pages, &root) {
        items.insert(0, item(pages, index, Vec::new()));
    }
    items
}

fn entries(sources: &Sources, pages: &[Page], folder: &Folder) -> Vec<NavItem> {
    let own_index = index_of(sources, pages, folder);
    let mut keyed: Vec<(i64, String, NavItem)> = Vec::new();
    for &index in folder.pages.iter().filter(|&&it| Some(it) != own_index) {
        let weight = weight(sources, &pages[index]);
        keyed.push((weight, pages[index].title.to_lowercase(), item(pages, index, Vec::new())));
    }
    for (name, below) in &folder.folders {
        let children = entries(sources, pages, below);
        let entry = match index_of(sources, pages, below) {
            Some(index) => (weight(sources, &pages[index]), item(pages, index, children)),
            None => {
                let title = title_from_path(name);
                (i64::MAX, NavItem { children, ..self::entry(title, None) })
            }
        };
        keyed.push((entry.0, entry.1.title.to_lowercase(), entry.1));
    }
    keyed.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    keyed.into_iter().map(|(_, _, item)| item).collect()
}

fn index_of(sources: &Sources, pages: &[Page], folder: &Folder) -> Option<usize> {
    let named = |name: &str| {
        folder.pages.iter().copied().find(|&it| {
            let path = sources.path(pages[it].source);
            path.rsplit('/').next().is_some_and(|it| it.eq_ignore_ascii_case(name))
        })
    };
    ["index.md", "_index.md", "README.md"].into_iter().find_map(named)
}

fn item(pages: &[Page], index: usize, children: Vec<NavItem>) -> NavItem {
    let page = &pages[index];
    NavItem { children, ..entry(page.title.clone(), Some(page.source)) }
}

fn weight(sources: &Sources, page: &Page) -> i64 {
    let text = &sources.get(page.source).text;
    let value = page.front_matter.as_ref().and_then(|it| it.get(text, "weight"));
    value.and_then(|it| it.trim().parse().ok()).unwrap_or(i64::MAX)
}
