//! Which files are documents.

use globset::{Glob, GlobSet, GlobSetBuilder};

use super::inside;
use crate::config::Config;

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
pub(in crate::parse) struct Selection {
    src: String,
    excluded: GlobSet,
    unlikely: GlobSet,
}

impl Selection {
    /// From `lint.exclude` and the folders that hold no documents.
    pub(in crate::parse) fn new(src: &str, config: &Config) -> Selection {
        Selection {
            src: src.to_owned(),
            excluded: globs(config.lint.exclude.iter().map(|it| config.project_path(it))),
            unlikely: globs(NOT_DOCUMENTS.iter().map(|it| (*it).to_owned())),
        }
    }

    /// Whether a Markdown file is looked at.
    pub(in crate::parse) fn contains(&self, path: &str) -> bool {
        !self.excluded.is_match(path)
            && ((!self.src.is_empty() && self.in_book(path)) || !self.unlikely.is_match(path))
    }

    /// Whether the configuration leaves a file out.
    pub(in crate::parse) fn is_excluded(&self, path: &str) -> bool {
        self.excluded.is_match(path)
    }

    /// Whether it becomes a page of the site.
    pub(in crate::parse) fn in_book(&self, path: &str) -> bool {
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
