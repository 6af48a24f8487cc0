//! What templates see: plain structs, and nothing of the model. Strings are text that the templates escape;
//! fields that hold finished HTML say so.

mod alerts;
mod api;
mod findings;
mod readiness;
mod recovery;
mod routes;
mod topics;

use serde::Serialize;

use super::texts::Around;

pub(super) use self::alerts::*;
pub(super) use self::api::*;
pub(super) use self::findings::*;
pub(super) use self::readiness::*;
pub(super) use self::recovery::*;
pub(super) use self::routes::*;
pub(super) use self::topics::*;

/// What stands around every page.
#[derive(Debug, Serialize)]
pub(super) struct Shell {
    /// A BCP 47 tag.
    pub language: String,
    /// The language of the text, where that is another one.
    pub text_language: Option<&'static str>,
    /// The language of what the linter says, where that is another one.
    pub linter_language: Option<&'static str>,
    /// The page in every language of the site; empty for a site in one.
    pub languages: Vec<LanguageLink>,
    /// The addresses of the page in every language, for search engines.
    pub alternates: Vec<Alternate>,
    /// The version, where others stand beside it.
    pub versions: Option<Versions>,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The site's title.
    pub site: String,
    /// The page's title.
    pub title: String,
    /// A sentence about the page, or empty.
    pub description: String,
    /// URL of the start page.
    pub home: String,
    /// Whether this is the start page.
    pub is_home: bool,
    /// URL of the full index.
    pub index: String,
    /// When the page was changed last.
    pub updated: Option<Updated>,
    /// The feed of changes.
    pub feed: Option<String>,
    /// What search engines are told to do with the page, if not what they do by themselves.
    pub robots: Option<&'static str>,
    /// The full URL of the page, when the site's is known.
    pub canonical: Option<String>,
    /// The picture beside the site's title.
    pub logo: Option<LogoView>,
    /// The policy that browsers keep.
    pub policy: &'static str,
    /// Styles and scripts.
    pub assets: Assets,
    /// The operations pages.
    pub operations: Vec<OperationsLink>,
    /// The navigation as far as this page shows it.
    pub nav: Vec<NavRow>,
    /// The entries above the page.
    pub crumbs: Vec<Crumb>,
    /// The page before.
    pub previous: Option<Step>,
    /// The page after.
    pub next: Option<Step>,
    /// The sections of the page.
    pub sections: Vec<Section>,
    /// Where the page can be changed.
    pub edit: Option<String>,
    /// The page's source beside it.
    pub markdown: Option<String>,
}

/// A language to change to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LanguageLink {
    /// A BCP 47 tag.
    pub tag: String,
    /// What the language calls itself.
    pub name: String,
    pub href: String,
    pub current: bool,
    /// Whether the page is there in it; the link leads to a page that says so otherwise.
    pub is_there: bool,
}

/// A page in a language, for search engines.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Alternate {
    /// A BCP 47 tag, or `x-default`.
    pub tag: String,
    pub href: String,
}

/// A page that is not translated yet.
#[derive(Debug, Serialize)]
pub(super) struct UntranslatedPage {
    pub shell: Shell,
    /// What stands before the link.
    pub words: String,
    /// The page in the language of the book.
    pub href: String,
    pub title: String,
    /// The tag of that language.
    pub tag: String,
}

/// The version that the site describes, and where the others are.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Versions {
    pub name: String,
    /// `Version 2.1, all versions`
    pub label: String,
    /// URL of the page that lists all.
    pub all: String,
    /// URL of the list for scripts.
    pub list: String,
    /// URL of the folder of the version.
    pub root: String,
}

/// The picture beside the site's title. The title says what it shows.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LogoView {
    pub src: String,
    /// The one for dark pages.
    pub dark: Option<String>,
    /// In pixels.
    pub width: u32,
    pub height: u32,
}

/// URLs of styles and scripts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Assets {
    pub css: String,
    pub theme: String,
    pub script: String,
    pub icon: String,
    /// Its media type.
    pub icon_type: &'static str,
    /// None for a site without search.
    pub search: Option<SearchFiles>,
    pub more_css: Vec<String>,
    /// Scripts of the book's own.
    pub more_js: Vec<String>,
    /// What leads on from old addresses.
    pub redirect: String,
}

/// URLs of what the search loads.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SearchFiles {
    pub script: String,
    /// The file that is loaded first.
    pub index: String,
    /// The folder of the site; empty for the page's own.
    pub root: String,
}

/// A link to an operations page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OperationsLink {
    pub title: String,
    /// One sentence with counts.
    pub about: String,
    /// The language of that sentence, where it is another one than that of the page.
    pub about_language: Option<&'static str>,
    pub href: String,
    pub current: bool,
    /// The language of the page, where that is another one.
    pub language: Option<String>,
    /// Whether the bar has room for it; it stands below the navigation otherwise.
    pub in_bar: bool,
}

/// A row of the navigation. Rows are flat, so that templates need no recursion: `open` begins a list below the
/// row, `closes` ends so many lists after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct NavRow {
    pub title: String,
    /// The number of the chapter; empty for what has none.
    pub number: String,
    /// None for a draft.
    pub href: Option<String>,
    /// A heading between entries.
    pub part: bool,
    pub current: bool,
    /// It has entries below, shown or not.
    pub folder: bool,
    /// Its entries follow.
    pub open: bool,
    /// It stands for so many entries that are not shown; its link leads to the full index.
    pub more: usize,
    pub closes: usize,
}

/// Entries of the navigation on the start page.
#[derive(Debug, Default, Serialize)]
pub(super) struct NavGroup {
    /// Empty for those that belong to no other.
    pub title: String,
    pub href: Option<String>,
    pub entries: Vec<GroupEntry>,
    /// How many more there are.
    pub more: usize,
    /// `3 more …`
    pub more_words: String,
    /// How many pages there are in all, and how many of them are urgent.
    pub pages: usize,
    pub urgent: usize,
    /// `3 pages`
    pub count: String,
}

/// An entry of such a group.
#[derive(Debug, Serialize)]
pub(super) struct GroupEntry {
    pub title: String,
    pub href: String,
    /// How many pages there are, for a folder.
    pub pages: Option<usize>,
}

/// The page that opens a site whose book has none.
#[derive(Debug, Serialize)]
pub(super) struct StartPage {
    pub shell: Shell,
    /// What the book says of itself, or empty.
    pub lead: String,
    pub groups: Vec<NavGroup>,
}

/// An entry above the page.
#[derive(Debug, Serialize)]
pub(super) struct Crumb {
    pub title: String,
    pub href: Option<String>,
}

/// The page before or after.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Step {
    pub title: String,
    pub href: String,
}

/// A section in the table of contents.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub title: String,
    pub href: String,
    /// 2 or 3.
    pub level: u8,
}

/// A page of the book.
#[derive(Debug, Serialize)]
pub(super) struct BookPage {
    pub shell: Shell,
    /// The number of the chapter; empty for what has none.
    pub number: String,
    /// The heading of level 1 that opens the page, as HTML; empty where the text opens otherwise.
    pub title: String,
    /// The rest, as HTML.
    pub body: String,
    /// Whether there is a heading of level 1 anywhere.
    pub has_title: bool,
    /// What to know before reading, where the page says so.
    pub card: Option<Card>,
    /// The alerts whose runbook it is.
    pub alerts: Vec<AlertLink>,
    /// Its parts that went elsewhere.
    pub moved: Vec<Moved>,
    /// What stands around the link to such a part.
    pub words: Around,
    /// What the linter says about the page, if anything.
    pub findings: Option<PageFindings>,
}

/// A part of a page that went elsewhere.
#[derive(Debug, Serialize)]
pub(super) struct Moved {
    /// Its old anchor.
    pub id: String,
    pub href: String,
    pub label: String,
}

/// The page at an old address.
#[derive(Debug, Serialize)]
pub(super) struct RedirectPage {
    pub shell: Shell,
    /// What stands around the link.
    pub words: Around,
    /// Where it leads.
    pub href: String,
    pub label: String,
    /// The full URL of that, when it is known.
    pub canonical: String,
    /// Its parts that went elsewhere.
    pub moved: Vec<Moved>,
}

/// What the linter says about a page.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct PageFindings {
    /// `2 errors, 1 hint`
    pub summary: String,
    /// `2 errors, 1 hint on this page`
    pub words: String,
    /// Its part of the findings page.
    pub href: String,
}

/// A page without data of its own: the start page, the full index, 404.
#[derive(Debug, Serialize)]
pub(super) struct PlainPage {
    pub shell: Shell,
    /// Entries for the page's main part.
    pub rows: Vec<NavRow>,
    /// Pages that the navigation does not name.
    pub others: Vec<Crumb>,
    /// The whole book on one page, where it is made.
    pub print: Option<String>,
}

/// The last change of a page.
#[derive(Debug, Serialize)]
pub(super) struct Updated {
    /// What stands around the day.
    pub words: Around,
    /// `2026-03-02`
    pub date: String,
    /// Names, with commas.
    pub authors: String,
    /// `by Ida Storm`
    pub by: String,
}

/// The whole book on one page.
#[derive(Debug, Serialize)]
pub(super) struct PrintPage {
    pub shell: Shell,
    pub parts: Vec<PrintPart>,
}

/// A page of the book on that page.
#[derive(Debug, Serialize)]
pub(super) struct PrintPart {
    pub id: String,
    pub title: String,
    /// As HTML.
    pub body: String,
}

/// A place in a document or file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Origin {
    /// Project path.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// The nearest anchor of the page above, or the line on the forge.
    pub href: Option<String>,
}

/// A word with a colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Badge {
    /// `ok`, `warn`, `bad`, `info`, `mark`, `plain`.
    pub tone: &'static str,
    pub text: String,
}
