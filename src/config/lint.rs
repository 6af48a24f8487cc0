//! Which rules run, where and how.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Severity;

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

/// The site generator that documents were written for: it decides what a link may mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// GitHub, GitLab, editors, docwright.
    #[default]
    Plain,
    /// mdBook: a `SUMMARY.md` in the book.
    MdBook,
    /// MkDocs, Material, Zensical: `mkdocs.yml`.
    MkDocs,
    /// Hugo: `content/_index.md` or its configuration.
    Hugo,
    /// Docusaurus: `docusaurus.config.*`.
    Docusaurus,
    /// Sphinx with MyST, `conf.py` in the book: a destination may be a label or a name of the code.
    Sphinx,
    /// Another one, such as Starlight, VitePress or Jekyll: links to URLs of its site are not judged.
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
