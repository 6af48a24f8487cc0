//! `book.toml` (and `docwright.toml` beside it) as plain data, with where each value came from.
//!
//! mdBook's tables mean what they mean in mdBook; docwright's own stand beside them. Every key is listed once,
//! in [`keys::KEYS`]: unknown ones are errors with a suggestion, and the reference page is made of it.

mod age;
mod book;
mod document;
mod duration;
mod environment;
mod input;
pub mod keys;
mod lint;
mod load;
mod site;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use book::{Book, Build, Code, Html, Output, Print, Search, TextDirection};
pub use document::{Documents, Recovery, SectionConfig, TypeConfig};
pub use duration::Duration;
pub use input::{Alerts, Api, Changelog, Exclusion, Import, Links, Routes, TagsWord};
pub use lint::{Dialect, Level, Lint, Override, RuleConfig};
pub use load::{ConfigFile, load, load_with};
pub use site::{Folder, Language, Publish, Site};

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
