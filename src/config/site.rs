//! The site around the book, and where it goes.

use std::collections::BTreeMap;

use serde::Deserialize;

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
