//! What is read beside the documents: specs, routes, alerting rules, other sites.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Duration;

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
    /// Whether the query parameters of routes are read, which a command asks for.
    #[serde(skip)]
    pub query: bool,
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
