//! What the book is, and what mdBook and docwright make of it.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `[book]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Book {
    /// The title of the book.
    pub title: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// The folder of the documents.
    pub src: Option<String>,
    /// The language of the documents, as a BCP 47 tag.
    pub language: Option<String>,
    /// Where lines begin.
    pub text_direction: Option<TextDirection>,
}

/// `book.text-direction`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextDirection {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// `[build]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Build {
    /// Where the site goes.
    pub build_dir: Option<String>,
    /// Whether `{{#include …}}` and the like are followed.
    pub use_default_preprocessors: Option<bool>,
}

/// `[output]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Output {
    /// mdBook's HTML builder.
    pub html: Html,
}

/// `[output.html]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Html {
    /// The repository's address.
    pub git_repository_url: Option<String>,
    /// The whole book on one page.
    pub print: Print,
    /// Old address → new address.
    pub redirect: BTreeMap<String, String>,
    /// Search in the site.
    pub search: Search,
    /// The address of the site, or its path on its server.
    pub site_url: Option<String>,
    /// Style sheets of the book's own.
    pub additional_css: Vec<String>,
    /// Scripts of the book's own.
    pub additional_js: Vec<String>,
    /// Where a page can be changed, with `{path}` for its file.
    pub edit_url_template: Option<String>,
    /// The name under which the site is served.
    pub cname: Option<String>,
    /// The page that is shown where there is none; empty for docwright's own.
    #[serde(rename = "input-404")]
    pub input_404: Option<String>,
    /// Blocks of code.
    pub code: Code,
    /// Whether `\\(…\\)` and `\\[…\\]` are formulas.
    pub mathjax_support: bool,
    /// Whether straight quotes become curly, `--` a dash and `...` an ellipsis.
    pub smart_punctuation: Option<bool>,
    /// Whether the chapters of a `SUMMARY.md` have no numbers.
    pub no_section_label: bool,
}

/// `[output.html.code]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Code {
    /// Language → what begins a line that is hidden at first.
    pub hidelines: BTreeMap<String, String>,
}

/// `[output.html.print]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Print {
    /// Whether there is such a page.
    pub enable: Option<bool>,
}

/// `[output.html.search]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Search {
    /// Whether there is one.
    pub enable: bool,
    /// How much a word counts in the heading of a section.
    pub boost_title: f32,
    /// How much it counts in the headings above.
    pub boost_hierarchy: f32,
    /// How much it counts in the text.
    pub boost_paragraph: f32,
}

impl Default for Search {
    fn default() -> Search {
        Search { enable: true, boost_title: 2.0, boost_hierarchy: 1.0, boost_paragraph: 1.0 }
    }
}
