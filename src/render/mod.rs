//! Model and findings → the files of a static site. Pure: no disk, no clock, and the same bytes whatever the
//! number of threads.
//!
//! Pages are readable without JavaScript, load nothing from elsewhere, run under a strict content security
//! policy and link relatively, so they work from `file://` and below any path.

pub mod headers;
mod highlight;
mod html;
mod language;
mod media_type;
mod nav;
mod operations;
mod pages;
pub mod picture;
mod redirect;
mod reference;
mod search;
mod shell;
mod site;
#[cfg(test)]
mod tests;
pub mod texts;
mod theme;
mod topics;
mod totals;
mod url;
mod view;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::api::diff::Change;
pub use media_type::media_type;
pub use site::Site;

/// What a file of the site holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// Those of a file of the project, by its path.
    CopyOf(String),
}

/// What the configuration says about the site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Takes the place of the book's title.
    pub title: Option<String>,
    /// One sentence about the book.
    pub description: Option<String>,
    /// Where the site is served: `https://docs.example.com/orders/`.
    pub base_url: Option<String>,
    /// Where the sources can be seen and changed.
    pub repository: Option<Repository>,
    /// A BCP 47 tag.
    pub language: String,
    /// Whether lines begin on the right, where the language does not tell.
    pub right_to_left: Option<bool>,
    /// Whether straight quotes become curly, and hyphens dashes.
    pub smart_punctuation: bool,
    /// Whether chapters have numbers.
    pub section_labels: bool,
    /// The path of the site on its server, where that is known: `/orders/`.
    pub site_path: Option<String>,
    /// The name under which a forge serves the site.
    pub cname: Option<String>,
    /// Where a page can be changed, where that is not told by the repository.
    pub edit: Option<EditTemplate>,
    /// The page that is shown where there is none, by its project path; docwright's own without one.
    pub not_found: Option<String>,
    /// Language of a block of code → what begins a line that is hidden at first.
    pub hidelines: BTreeMap<String, String>,
    /// Style sheets of the project that come after the built-in one, by their project paths.
    pub extra_css: Vec<String>,
    /// Scripts of the project that come after the built-in one, by their project paths.
    pub extra_js: Vec<String>,
    /// Templates and assets that take the place of built-in ones: name → text.
    pub theme: BTreeMap<String, String>,
    /// The picture beside the site's title.
    pub logo: Option<Logo>,
    /// The picture in the tab of the browser, by its project path.
    pub favicon: Option<String>,
    /// The day that counts as today; without one nothing is overdue.
    pub as_of: Option<Date>,
    /// Whether the site publishes what the linter found.
    pub show_findings: bool,
    /// When files were changed last, by their project paths; empty where that is not asked for.
    pub updates: BTreeMap<String, Update>,
    /// Whether the whole book is shown on one page, too; by default where it is not large.
    pub print: Option<bool>,
    /// How search weighs what it finds; none for a site without search.
    pub search: Option<SearchWeights>,
    /// What changed in each spec by its project path, the newest revision first.
    pub changelogs: BTreeMap<String, Vec<Revision>>,
    /// Whether each spec gets a page on which readers call the API.
    pub try_it: bool,
    /// Whether the site holds `_headers`, from which some hosts take what they send.
    pub headers_file: bool,
    /// The version that the site describes; pages of such a site read the list of versions above it.
    pub version: Option<String>,
    /// What the site says itself, in the place of docwright's own texts.
    pub texts: BTreeMap<String, String>,
    /// Tag → how the part of the site in that language is set.
    pub languages: BTreeMap<String, LanguageSettings>,
    /// Where pages are listed by their audience and by their tags, if they are.
    pub topics: [Option<String>; 2],
}

/// What the configuration says about the part of a site in one language.
#[derive(Debug, Clone, Default)]
pub struct LanguageSettings {
    /// What the switch calls the language.
    pub name: Option<String>,
    /// The title of the site.
    pub title: Option<String>,
    /// What the site says itself.
    pub texts: BTreeMap<String, String>,
}

/// A picture beside the site's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Its project path.
    pub path: String,
    /// The project path of the one for dark pages.
    pub dark: Option<String>,
    /// Width and height, in whatever unit.
    pub size: Option<(u32, u32)>,
}

/// How much a word counts by where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SearchWeights {
    /// In the heading of a section.
    pub heading: f32,
    /// In the headings above it, the title of its page among them.
    pub above: f32,
    /// In its text.
    pub body: f32,
}

impl Default for SearchWeights {
    fn default() -> SearchWeights {
        SearchWeights { heading: 2.0, above: 1.0, body: 1.0 }
    }
}

/// The last change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// `2026-03-02`
    pub date: String,
    /// What it was, in a line.
    pub subject: String,
    /// Who changed the file, the latest first.
    pub authors: Vec<String>,
}

/// What changed in a spec at a revision.
#[derive(Debug, Clone)]
pub struct Revision {
    /// A tag, a branch, a commit.
    pub name: String,
    /// The revision before; none for the oldest.
    pub since: Option<String>,
    /// What changed since then.
    pub changes: Vec<Change>,
    /// Why it could not be compared, in the style of a finding's message.
    pub problem: Option<String>,
}

/// A repository on a forge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// `https://github.com/acme/orders`
    pub url: String,
    /// The branch whose files are shown.
    pub branch: String,
}

/// A template that cannot be read or rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// What is wrong, with template and line.
    pub message: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: None,
            description: None,
            base_url: None,
            repository: None,
            language: "en".to_owned(),
            right_to_left: None,
            smart_punctuation: false,
            section_labels: true,
            site_path: None,
            cname: None,
            edit: None,
            not_found: None,
            hidelines: BTreeMap::new(),
            extra_css: Vec::new(),
            extra_js: Vec::new(),
            theme: BTreeMap::new(),
            logo: None,
            favicon: None,
            as_of: None,
            show_findings: true,
            updates: BTreeMap::new(),
            print: None,
            search: Some(SearchWeights::default()),
            changelogs: BTreeMap::new(),
            try_it: false,
            headers_file: true,
            version: None,
            texts: BTreeMap::new(),
            languages: BTreeMap::new(),
            topics: [Some("audience".to_owned()), Some("tags".to_owned())],
        }
    }
}

/// The address at which pages are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditTemplate {
    /// It, with `{path}` for the file.
    pub template: String,
    /// The folder that the file's path counts from, relative to the root.
    pub base: String,
}

impl EditTemplate {
    /// The address for a file of the project.
    fn of(&self, path: &str) -> String {
        let inside = path.strip_prefix(&self.base).map_or(path, |it| it.trim_start_matches('/'));
        self.template.replace("{path}", &url::encode_path(inside))
    }
}

/// Languages whose lines begin on the right.
const RIGHT_TO_LEFT: [&str; 19] = [
    "ae", "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "nqo", "pal", "phn", "ps", "sam", "syc",
    "syr", "ur", "yi",
];

/// Scripts whose lines begin on the right.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 7] = ["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"];

impl Settings {
    /// Where the lines of a language begin: `ltr` or `rtl`, as HTML calls it.
    fn direction(&self, language: &str) -> &'static str {
        let tag = language.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        let first = parts.next().unwrap_or_default();
        let script = parts.find(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_alphabetic()));
        let told = match script {
            Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
            None => RIGHT_TO_LEFT.contains(&first),
        };
        if self.right_to_left.unwrap_or(told) { "rtl" } else { "ltr" }
    }

    /// The path of the site on its server, with a slash at each end; the server's root where it is not known.
    fn root(&self) -> String {
        match self.site_path.as_deref().unwrap_or_default().trim_matches('/') {
            "" => "/".to_owned(),
            path => format!("/{path}/"),
        }
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderError {}

/// A file of the site as it is made.
type Html = Result<Vec<u8>, RenderError>;
