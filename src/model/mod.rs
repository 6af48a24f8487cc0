//! The one model: plain types, and the questions that rules and renderers ask of them.
//!
//! Loading never fails on content: what could not be read stands in the model as data
//! ([`Project::unread`], [`spec::Spec::problems`]) and rules report it.

pub mod alert;
pub mod claim;
pub mod code;
pub mod colour;
pub mod contact;
pub mod count;
pub mod coverage;
pub mod date;
pub mod declared;
pub mod document;
pub mod document_type;
pub mod drill;
pub mod error_table;
pub mod external;
pub mod fact;
pub mod formula;
pub mod include;
pub mod matrix;
pub mod page;
pub mod prose;
pub mod reference;
pub mod repository;
pub mod resolve;
pub mod route;
pub mod ruleset;
pub mod schedule;
pub mod scope;
pub mod secret;
pub mod severity;
pub mod spec;
pub mod suppression;
pub mod tree;
pub mod tree_listing;

use std::collections::{HashMap, HashSet};

pub use crate::config::Dialect;
use crate::source::{SourceId, Sources, Span};

/// All that was loaded.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// Every text that was read.
    pub sources: Sources,
    /// Every file of the repository, read or not.
    pub files: Files,
    /// The documents that become the site.
    pub book: Book,
    /// Every Markdown document, ordered by path; also those outside the book.
    pub pages: Vec<page::Page>,
    /// What the configuration says of the book.
    pub declared: declared::Declared,
    /// What the pages of the book take from elsewhere.
    pub includes: include::Includes,
    /// The kinds of documents.
    pub document_types: document_type::DocumentTypes,
    /// Every OpenAPI document.
    pub specs: Vec<spec::Spec>,
    /// What the repository offers to whoever follows the documents.
    pub repository: repository::Repository,
    /// What the documents refer to, ordered by place.
    pub references: Vec<reference::Reference>,
    /// What the code serves.
    pub routes: route::Routes,
    /// The tables of errors that pages hold, in the order of pages and of text.
    pub error_tables: Vec<error_table::ErrorTable>,
    /// How the routes compare with the specs.
    pub coverage: coverage::Coverage,
    /// The alerting rules and their runbooks.
    pub alerts: alert::Alerts,
    /// Every recovery objective, ordered by place.
    pub facts: Vec<fact::Fact>,
    /// Maximum tolerable downtimes of all pages, in the order of pages and of text.
    pub tolerances: Vec<fact::Fact>,
    /// How often backups are taken, ordered by place: what pages say, and what the repository's files do.
    pub schedules: Vec<schedule::Schedule>,
    /// When recovery is rehearsed, ordered by place.
    pub drills: Vec<drill::Drill>,
    /// Words of pages that were broken by a wrong encoding, ordered by place.
    pub damage: Vec<Damage>,
    /// What pages claim about themselves and the system, ordered by place.
    pub claims: Vec<claim::Claim>,
    /// Who can be reached, ordered by page; only of pages of a known kind, and of those with a section about it.
    pub contacts: Vec<contact::Contacts>,
    /// The dates that pages state about themselves, ordered by page.
    pub dates: Vec<date::PageDates>,
    /// The files that pages list as there, ordered by page.
    pub listings: Vec<(SourceId, Vec<tree_listing::TreeListing>)>,
    /// The severity scales and the levels that pages use, ordered by page; only of pages that name a level.
    pub severities: Vec<severity::PageSeverities>,
    /// Credentials, ordered by place; their bytes are masked in the sources.
    pub secrets: Vec<secret::Secret>,
    /// The levels that rulesets of other linters set.
    pub foreign_levels: Vec<ruleset::ForeignLevel>,
    /// What other sites answered; none where nobody asked.
    pub external: Option<external::External>,
    /// Findings silenced in place.
    pub suppressions: suppression::Suppressions,
    /// Files that could not be read as text.
    pub unread: Vec<Unread>,
    /// The languages of the book, that of the book first; none for a book in one language.
    pub languages: Vec<LanguageTree>,
}

/// What becomes the part of the site in one language.
#[derive(Debug, Clone)]
pub struct LanguageTree {
    /// A BCP 47 tag.
    pub tag: String,
    /// Where it stands on the site, with a slash at its end; empty for the language of the book.
    pub place: String,
    /// The project as readers of this language see it: its book holds the pages of the language alone. Other
    /// languages than that of the book have no specs, routes and alerts, and no documents outside of the book.
    pub project: Project,
}

/// The documents that become the site.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// The folder, relative to the root; empty when it is the root.
    pub src: String,
    /// The book's title; [`Book::UNTITLED`] for one without.
    pub title: String,
    /// The site generator that the documents were written for.
    pub dialect: Dialect,
    /// Its order and nesting.
    pub nav: Vec<NavItem>,
    /// What is wrong with the `SUMMARY.md`, in the order of its text.
    pub summary_problems: Vec<SummaryProblem>,
    /// Whether the generator defines labels of reference links that stand on no page: MkDocs with `autorefs`,
    /// `mkdocstrings` or appended snippets.
    pub shared_labels: bool,
}

impl Book {
    /// What a book is called whose documents do not say. A site says it in its own language.
    pub const UNTITLED: &str = "Documentation";
}

/// Something that is wrong with a `SUMMARY.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SummaryProblem {
    /// An entry of a list without a link: the words of the entry.
    Unlinked(Span),
    /// A page that stands there a second time.
    Repeated {
        /// The second link.
        span: Span,
        /// The first one.
        first: Span,
    },
}

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// What it is called.
    pub title: String,
    /// The page it opens; none for a folder without an index, a part title or a draft.
    pub page: Option<SourceId>,
    /// Whether it is a heading between entries (`# Part` in a `SUMMARY.md`).
    pub part: bool,
    /// The number of the chapter, `2.1`; empty for what has none.
    pub number: String,
    /// Entries below.
    pub children: Vec<NavItem>,
}

/// The files of the repository, whether read or not.
#[derive(Debug, Clone, Default)]
pub struct Files {
    entries: HashMap<String, Entry>,
    by_lowercase: HashMap<String, String>,
}

/// A file or folder on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is a folder.
    pub is_dir: bool,
    /// Whether the executable bit is set (always on systems that have none).
    pub executable: bool,
}

/// Words that were UTF-8, read as something else and saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The words.
    pub span: Span,
    /// What they were.
    pub repaired: String,
    /// As what they were read: `Windows-1252` or `Mac Roman`.
    pub encoding: &'static str,
}

/// A file that could not be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// An empty source with the file's path, for the finding to stand at.
    pub source: SourceId,
    /// Why.
    pub why: WhyUnread,
}

/// Why a file could not be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUnread {
    /// It is no UTF-8; the offset of the first byte that is not, and the encoding it looks like.
    Encoding {
        /// The offset in bytes.
        at: usize,
        /// `UTF-16`, `Windows-1252`.
        looks_like: &'static str,
    },
    /// It is larger than the limit, both in bytes.
    TooLarge {
        /// The file's size.
        size: u64,
        /// What the configuration allows.
        limit: u64,
    },
    /// The operating system said no.
    Io(String),
}

impl Project {
    /// How many files were looked at: pages, specs with their files, what could not be read, and the files
    /// that declare routes or alerts.
    pub fn files_checked(&self) -> usize {
        let mut files: Vec<SourceId> = self.pages.iter().map(|it| it.source).collect();
        files.extend(self.specs.iter().flat_map(|it| &it.files).map(|it| it.source));
        files.extend(self.unread.iter().map(|it| it.source));
        files.extend(self.routes.routes.iter().map(|it| it.span.source));
        files.extend(self.alerts.files());
        files.sort_unstable();
        files.dedup();
        files.len()
    }

    /// A page as its readers see it, with its text.
    pub fn shown<'a>(&'a self, page: &'a page::Page) -> (&'a page::Page, &'a str) {
        self.includes.composed(page.source).unwrap_or_else(|| (page, &self.sources.get(page.source).text))
    }

    /// The words at a place as readers see them, with values in the place of their names.
    pub fn shown_words(&self, span: crate::source::Span) -> String {
        let written = self.sources.text(span);
        let variables = &self.includes.variables;
        let first =
            variables.partition_point(|it| (it.span.source, it.span.start) < (span.source, span.start));
        let inside = variables.get(first..).unwrap_or_default().iter();
        let inside = inside.take_while(|it| it.span.source == span.source && it.span.end <= span.end);
        let (mut words, mut rest) = (String::new(), span.start);
        let cut = |from: u32, to: u32| {
            let at = |it: u32| it.saturating_sub(span.start) as usize;
            written.get(at(from)..at(to)).unwrap_or_default()
        };
        for variable in inside {
            let Some(value) = &variable.value else { continue };
            words.push_str(cut(rest, variable.span.start));
            words.push_str(value);
            rest = variable.span.end;
        }
        words + cut(rest, span.end)
    }

    /// An operation.
    pub fn operation(&self, id: coverage::OperationId) -> Option<&spec::Operation> {
        self.specs.get(id.spec)?.operations.get(id.operation)
    }
}

impl Book {
    /// The pages that the navigation names.
    pub fn listed(&self) -> HashSet<SourceId> {
        let mut listed = HashSet::new();
        let mut open: Vec<&NavItem> = self.nav.iter().collect();
        while let Some(item) = open.pop() {
            listed.extend(item.page);
            open.extend(&item.children);
        }
        listed
    }
}

impl Files {
    /// Adds a path, relative to the root with `/`, and every folder above it.
    pub fn insert(&mut self, path: &str, entry: Entry) {
        let mut parent = path;
        while let Some((above, _)) = parent.rsplit_once('/') {
            parent = above;
            self.entry(parent, Entry { is_dir: true, executable: false });
        }
        self.entry(path, entry);
    }

    fn entry(&mut self, path: &str, entry: Entry) {
        if self.entries.insert(path.to_owned(), entry).is_none() {
            self.by_lowercase.entry(path.to_lowercase()).or_insert_with(|| path.to_owned());
        }
    }

    /// What stands at a path; the root is the empty path.
    pub fn get(&self, path: &str) -> Option<Entry> {
        if path.is_empty() {
            return Some(Entry { is_dir: true, executable: false });
        }
        self.entries.get(path).copied()
    }

    /// The same path in other capitals, if there is one.
    pub fn other_case(&self, path: &str) -> Option<&str> {
        self.by_lowercase.get(&path.to_lowercase()).map(String::as_str).filter(|&it| it != path)
    }

    /// Every path, in no order.
    pub fn paths(&self) -> impl Iterator<Item = (&str, Entry)> {
        self.entries.iter().map(|(path, &entry)| (path.as_str(), entry))
    }
}
