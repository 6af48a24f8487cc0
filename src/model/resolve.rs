//! What a link means: one answer for the linter and the renderer alike.

use super::Project;
use super::page::Page;

/// Answers what links of a project point at. Made once, asked for every link.
#[derive(Debug)]
pub struct Resolver<'a> {
    project: &'a Project,
}

/// What a link points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page of the project, by its index in `Project::pages`; the fragment without `#`, percent-decoded.
    Page {
        /// The index.
        page: usize,
        /// The fragment, when there is one that is not empty.
        fragment: Option<String>,
    },
    /// Another file of the repository.
    File {
        /// Relative to the root.
        path: String,
        /// The fragment.
        fragment: Option<String>,
    },
    /// A folder without an index page, relative to the root.
    Directory(String),
    /// Another site, or a scheme such as `mailto:`.
    External,
    /// A path of the site that is no file of the repository (`/api/reference/` on a Hugo site).
    SiteRoute,
    /// Nothing is there; the path that was looked for, relative to the root.
    Missing(String),
    /// The path leads out of the repository.
    Escapes,
    /// Template syntax, not a path: `{{ base }}/x`.
    Template,
}

impl<'a> Resolver<'a> {
    /// A resolver for this project.
    pub fn new(project: &'a Project) -> Resolver<'a> {
        Resolver { project }
    }

    /// What a destination written on a page points at.
    pub fn resolve(&self, _page: &Page, _dest: &str) -> Target {
        let _ = self.project;
        Target::External
    }
}
