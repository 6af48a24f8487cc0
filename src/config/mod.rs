//! `book.toml` (and `docwright.toml` beside it) as plain data, with where each value came from.
//!
//! mdBook's tables mean what they mean in mdBook; docwright's own stand beside them. Every key is listed once,
//! in [`keys::KEYS`]: unknown ones are errors with a suggestion, and the reference page is made of it.

mod age;
mod duration;
mod environment;
pub mod keys;
mod load;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Severity;

pub use duration::Duration;
pub use load::{ConfigFile, load, load_with};

/// The effective configuration, before docwright looks at the project itself.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Config {
    /// What the book is.
    pub book: Book,
    /// How mdBook builds it.
    pub build: Build,
    /// What the builders make of it.
    pub output: Output,
    /// The site around the book.
    pub site: Site,
    /// OpenAPI documents.
    pub api: Api,
    /// The application's routes.
    pub routes: Routes,
    /// Kinds of documents.
    pub documents: Documents,
    /// Recovery objectives.
    pub recovery: Recovery,
    /// Alerting rules.
    pub alerts: Alerts,
    /// What names in double braces stand for in pages.
    pub variables: toml::Table,
    /// Rules.
    pub lint: Lint,
    /// Links to other sites.
    pub links: Links,
    /// Where the site goes.
    pub publish: Publish,
    /// Where the values came from.
    #[serde(skip)]
    pub origins: Origins,
}

/// Where each value that is set was written.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// The folder of the configuration files, relative to the root; paths in them count from here.
    pub base: String,
    /// The files that were read, relative to the root.
    pub files: Vec<String>,
    /// Key path → where it was set, and to what.
    pub places: BTreeMap<String, Origin>,
}

/// A value as it was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// `book.toml:12`
    pub place: String,
    /// The value as TOML.
    pub value: String,
}

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

/// `[site]`
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Site {
    /// Where the site will be served, with a final slash.
    pub url: Option<String>,
    /// The repository's address on its forge.
    pub repository: Option<String>,
    /// The branch that edit links name.
    pub branch: Option<String>,
    /// Whether pages say when they were changed last, and by whom.
    pub last_updated: bool,
    /// Whether `$…$` and `$$…$$` are formulas.
    pub math: bool,
    /// The picture beside the title.
    pub logo: Option<String>,
    /// The one that takes its place in the dark scheme.
    pub logo_dark: Option<String>,
    /// The picture in the tab of the browser.
    pub favicon: Option<String>,
    /// A folder of templates and styles that take the place of the built-in ones.
    pub theme: Option<String>,
    /// Whether the site holds `_headers`, from which some hosts take what they send.
    pub headers_file: bool,
    /// The version that the site describes, where others stand beside it.
    pub version: Option<String>,
    /// What the site says itself in the language of the book.
    pub texts: BTreeMap<String, String>,
    /// Tag → the tree of a language.
    pub languages: BTreeMap<String, Language>,
    /// The folder of the lists by audience.
    pub audiences: Option<Folder>,
    /// The folder of the lists by tag.
    pub tags: Option<Folder>,
}

/// `[site.languages.TAG]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Language {
    /// Where its pages stand, below the folder of the book.
    pub folder: Option<String>,
    /// What the switch calls it.
    pub name: Option<String>,
    /// The title of the site.
    pub title: Option<String>,
    /// What the site says itself.
    pub texts: BTreeMap<String, String>,
}

/// A folder of made pages, or whether there is one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "write the name of a folder, or `false`")]
pub enum Folder {
    /// Its name.
    Named(String),
    /// `false` for none.
    Wanted(bool),
}

impl Folder {
    /// The name of the folder; none where it is not wanted.
    pub fn name(&self, default: &str) -> Option<String> {
        match self {
            Folder::Named(name) => Some(name.trim_matches('/').to_owned()).filter(|it| !it.is_empty()),
            Folder::Wanted(true) => Some(default.to_owned()),
            Folder::Wanted(false) => None,
        }
    }
}

impl Default for Site {
    fn default() -> Site {
        Site {
            url: None,
            repository: None,
            branch: None,
            last_updated: false,
            math: false,
            logo: None,
            logo_dark: None,
            favicon: None,
            theme: None,
            headers_file: true,
            version: None,
            texts: BTreeMap::new(),
            languages: BTreeMap::new(),
            audiences: None,
            tags: None,
        }
    }
}

/// `[publish]`, read by `docwright publish` only.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Publish {
    /// Where the site goes when `--to` does not say.
    pub to: Option<String>,
}

/// `[api]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Api {
    /// OpenAPI documents; discovered when not given.
    pub specs: Option<Vec<String>>,
    /// The revisions that the site compares.
    pub changelog: Option<Changelog>,
    /// Whether the site has a page on which readers call the API.
    pub try_it: bool,
}

/// `api.changelog`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Changelog {
    /// These revisions, the oldest first.
    Revisions(Vec<String>),
    /// The newest tags that changed the spec.
    Tags(TagsWord),
}

/// `"tags"`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TagsWord {
    /// The one word.
    Tags,
}

/// `[routes]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Routes {
    /// Globs of the source files.
    pub sources: Vec<String>,
    /// Files that list routes.
    pub lists: Vec<String>,
    /// Files in which other programs wrote routes or requests.
    pub import: Vec<Import>,
    /// Frameworks of the project's own, and what it adds to known ones.
    pub framework: Vec<toml::Table>,
    /// What the specs leave out at the start of every path.
    pub base_path: Option<String>,
    /// Routes that need no documentation.
    pub exclude: Vec<Exclusion>,
}

/// An entry of `routes.import`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// What wrote it: `artisan`, `har`.
    pub format: String,
    /// Its path.
    pub file: String,
}

/// An entry of `routes.exclude`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// `GET /internal/**`; the method may be left out.
    pub route: String,
    /// Why it need not be documented.
    pub reason: String,
}

/// `[documents]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Documents {
    /// Name of a kind → what is different, or what a new one is.
    pub types: BTreeMap<String, TypeConfig>,
}

/// `[documents.types.NAME]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct TypeConfig {
    /// What it is called.
    pub title: Option<String>,
    /// Globs of the files that are of this kind.
    pub paths: Vec<String>,
    /// The sections that it must have, in place of docwright's own.
    pub sections: Option<Vec<SectionConfig>>,
    /// Sections that it must have as well.
    pub more_sections: Vec<SectionConfig>,
    /// Whether it must name somebody who can be reached.
    pub contacts: Option<bool>,
}

/// A section: its heading, or `{ heading = …, synonyms = […] }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum SectionConfig {
    /// The heading alone.
    Heading(String),
    /// The heading and other words for it.
    Table {
        /// What it is called.
        heading: String,
        /// Other words for it.
        #[serde(default)]
        synonyms: Vec<String>,
    },
}

/// `[recovery]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Recovery {
    /// Services that must have an RTO and an RPO somewhere.
    pub services: Vec<String>,
}

/// `[alerts]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Alerts {
    /// Globs of the files with rules; told by their content when not given.
    pub rules: Vec<String>,
    /// Address prefix → folder of the runbooks that are served there.
    pub url_map: BTreeMap<String, String>,
    /// The severities that wake somebody.
    pub paging_severities: Option<Vec<String>>,
}

/// `[links]`, read by `docwright links` only.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Links {
    /// Globs of addresses that are not asked for.
    pub exclude: Vec<String>,
    /// Status codes beside 200 to 299 that mean that the page is there.
    pub accept: Vec<u16>,
    /// Whether what follows `#` is looked up in the page.
    pub fragments: bool,
    /// How long an answer may take.
    pub timeout: Duration,
    /// How often a request that failed is repeated.
    pub retries: u32,
    /// The wait before the first repetition; each further one waits twice as long.
    pub backoff: Duration,
    /// The least time between two requests to one host.
    pub delay: Duration,
    /// The most requests under way to one host.
    pub per_host: usize,
    /// The most requests under way in all.
    pub concurrency: usize,
    /// How long it is remembered that a page is there.
    pub max_age: Duration,
    /// How long any other answer is remembered.
    pub failure_age: Duration,
}

impl Default for Links {
    fn default() -> Links {
        Links {
            exclude: Vec::new(),
            accept: Vec::new(),
            fragments: false,
            timeout: Duration::from_secs(20),
            retries: 3,
            backoff: Duration::from_secs(1),
            delay: Duration::from_millis(100),
            per_host: 2,
            concurrency: 16,
            max_age: Duration::from_secs(7 * 24 * 3600),
            failure_age: Duration::from_secs(4 * 3600),
        }
    }
}

/// `[lint]`
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Lint {
    /// The lowest level that fails.
    pub fail_on: Option<Severity>,
    /// The address that the pages of the rules are published under.
    pub rule_pages: Option<String>,
    /// The site generator that the documents were written for; told by its files when not given.
    pub dialect: Option<Dialect>,
    /// Globs of files that are not looked at.
    pub exclude: Vec<String>,
    /// Rule or group → level and options.
    pub rules: BTreeMap<String, RuleConfig>,
    /// Levels for some paths.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
}

/// A site generator whose own link forms are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// GitHub, GitLab, editors, docwright.
    Plain,
    /// mdBook.
    MdBook,
    /// MkDocs, Material, Zensical.
    MkDocs,
    /// Hugo.
    Hugo,
    /// Docusaurus.
    Docusaurus,
    /// Sphinx with MyST.
    Sphinx,
    /// Another one: links to URLs of its site are not judged.
    Other,
}

/// An entry of `lint.override`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Globs of files.
    pub paths: Vec<String>,
    /// Rule or group → level.
    pub rules: BTreeMap<String, Level>,
}

/// `"off"`, or `{ level = "warning", option = … }`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum RuleConfig {
    /// A level alone.
    Level(Level),
    /// A level with options.
    Table {
        /// The level; the rule's own when left out.
        level: Option<Level>,
        /// The rule's options.
        #[serde(flatten)]
        options: BTreeMap<String, toml::Value>,
    },
}

/// A rule's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Wrong.
    Error,
    /// Very likely wrong.
    Warning,
    /// Worth knowing.
    Info,
    /// Not looked at.
    Off,
}

impl Level {
    /// The severity of findings; none when off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Error => Some(Severity::Error),
            Level::Warning => Some(Severity::Warning),
            Level::Info => Some(Severity::Info),
            Level::Off => None,
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Level {
        match severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Info => Level::Info,
        }
    }
}

impl RuleConfig {
    /// The level that it sets.
    pub fn level(&self) -> Option<Level> {
        match self {
            RuleConfig::Level(level) => Some(*level),
            RuleConfig::Table { level, .. } => *level,
        }
    }
}

impl Config {
    /// A path of the configuration, relative to the project's root.
    pub fn project_path(&self, path: &str) -> String {
        let mut parts: Vec<&str> = self.origins.base.split('/').filter(|it| !it.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.join("/")
    }

    /// Where the site goes, relative to the root.
    pub fn build_dir(&self) -> String {
        self.project_path(self.build.build_dir.as_deref().unwrap_or("book"))
    }

    /// The text of an option of a rule.
    pub fn rule_option(&self, rule: &str, option: &str) -> Option<&str> {
        match self.lint.rules.get(rule)? {
            RuleConfig::Table { options, .. } => options.get(option)?.as_str(),
            RuleConfig::Level(_) => None,
        }
    }

    /// The number of an option of a rule.
    pub fn rule_number(&self, rule: &str, option: &str) -> Option<f64> {
        match self.lint.rules.get(rule)? {
            RuleConfig::Table { options, .. } => match options.get(option)? {
                toml::Value::Integer(number) => Some(*number as f64),
                toml::Value::Float(number) => Some(*number),
                _ => None,
            },
            RuleConfig::Level(_) => None,
        }
    }

    /// The option `max-age` of a rule.
    pub fn max_age(&self, rule: &str) -> Option<jiff::Span> {
        age::age(self.rule_option(rule, "max-age")?)
    }

    /// The path of the site on its server, with a slash at its start, where that is known.
    pub fn site_path(&self) -> Option<&str> {
        let url = self.site.url.as_deref().or(self.output.html.site_url.as_deref())?;
        match url.split_once("://") {
            Some((_, rest)) => Some(rest.find('/').map_or("/", |at| &rest[at..])),
            None => Some(url),
        }
    }

    /// The full address of the site, where that is known.
    pub fn site_address(&self) -> Option<&str> {
        let html = self.output.html.site_url.as_deref().filter(|it| it.contains("://"));
        self.site.url.as_deref().or(html)
    }

    /// The repository's address on its forge.
    pub fn repository(&self) -> Option<&str> {
        self.site.repository.as_deref().or(self.output.html.git_repository_url.as_deref())
    }
}
