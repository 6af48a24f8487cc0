//! What a link of a document becomes on the site.

use std::collections::BTreeMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use crate::model::Project;
use crate::model::page::Page;
use crate::model::resolve::{Resolver, Target, has_scheme};
use crate::render::Repository;
use crate::render::texts::Texts;
use crate::render::url::{Place, Urls, encode_fragment, encode_path};
use crate::source::SourceId;

/// All that is needed to say where a link goes.
pub(in crate::render) struct Links<'a> {
    /// The model.
    pub project: &'a Project,
    /// What destinations mean.
    pub resolver: Resolver<'a>,
    /// Where things stand on the site.
    pub urls: Urls,
    /// Where files that are not on the site can be seen.
    pub repository: Option<Repository>,
    /// Language of a block of code → what begins a line that is hidden at first.
    pub hidelines: BTreeMap<String, String>,
    /// What is written around the text of pages.
    pub says: Texts,
    /// Whether straight quotes become curly, and hyphens dashes.
    pub smart: bool,
    /// The places where pages name a request, with path and anchor of its operation.
    pub operations: BTreeMap<(SourceId, u32), (String, String)>,
}

/// A link as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) enum Href {
    /// Something of this site.
    Own(String),
    /// Another site, or an address.
    External(String),
    /// It goes nowhere: the destination as written, and why.
    Dead(String, String),
    /// No link; what the reader should know about it.
    Text(String),
}

/// An image as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::render) enum Picture {
    /// An image of this site.
    Own(String),
    /// One that would be loaded from elsewhere, so it becomes a link.
    Elsewhere(String),
    /// Nothing that can be shown; why.
    Missing(String),
}

/// Schemes that a link may have. All others become text: a scheme can run code (`javascript:`), carry a whole
/// page (`data:`) or start a program nobody thought of.
const SCHEMES: &[&str] = &[
    "http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sftp", "ssh", "git", "irc", "ircs", "xmpp",
    "matrix", "sip", "sips", "slack", "msteams", "zoommtg", "news", "geo",
];

impl Links<'_> {
    /// Path and anchor of the operation that is named between two bytes of a page.
    pub(in crate::render) fn operation(&self, page: SourceId, bytes: Range<usize>) -> Option<(&str, &str)> {
        // The places count in what was written, not in what is shown.
        let bytes = match self.project.includes.compositions.get(&page) {
            Some(it) => {
                let start = it.own_place(bytes.start as u32)? as usize;
                start..start + bytes.len()
            }
            None => bytes,
        };
        let at = |byte: usize| (page, byte as u32);
        let (_, (path, anchor)) = self.operations.range(at(bytes.start)..at(bytes.end)).next()?;
        Some((path, anchor))
    }

    /// Where a destination written on a page leads, seen from a place of the site.
    pub(in crate::render) fn href(&self, page: &Page, place: &Place, dest: &str) -> Href {
        let dest = as_browsers_read(dest);
        if let Some(scheme) = scheme(&dest) {
            return if SCHEMES.contains(&scheme.as_str()) {
                Href::External(dest)
            } else {
                Href::Text(format!("not linked: `{scheme}:` is no scheme for a link"))
            };
        }
        match self.target(page, &dest) {
            Target::Page { page: index, fragment } => self.to_page(index, fragment, place),
            Target::File { path, fragment } => {
                match self.urls.copied(&path).or_else(|| self.elsewhere(&path)) {
                    Some(url) => Href::Own(with_fragment(place.to(url), fragment)),
                    None => self.in_repository(&path, fragment),
                }
            }
            Target::Directory(path) => self.in_repository(&path, None),
            Target::External | Target::SiteRoute => Href::External(dest),
            Target::Template => Href::Text(dest),
            Target::Missing(path) => Href::Dead(dest, format!("dead link: {path} does not exist")),
            Target::Escapes => Href::Dead(dest, "dead link: leads out of the repository".to_owned()),
            Target::Machine => Href::Text(dest),
        }
    }

    /// A file that is a page in another language.
    fn elsewhere(&self, path: &str) -> Option<&str> {
        self.urls.page_anywhere(self.project.sources.id(path)?)
    }

    /// What a destination means. A part of a page may count from the page or from its own folder.
    fn target(&self, page: &Page, dest: &str) -> Target {
        let found = self.resolver.resolve(page, dest);
        if !matches!(found, Target::Missing(_) | Target::Escapes) {
            return found;
        }
        let parts = self.project.includes.compositions.get(&page.source).map_or(&[][..], |it| &it.parts);
        let parts = parts.iter().filter_map(|part| {
            let at = self.project.pages.binary_search_by_key(part, |it| it.source).ok()?;
            Some(self.resolver.resolve(&self.project.pages[at], dest))
        });
        parts.into_iter().find(|it| !matches!(it, Target::Missing(_) | Target::Escapes)).unwrap_or(found)
    }

    fn to_page(&self, index: usize, fragment: Option<String>, place: &Place) -> Href {
        let Some(target) = self.project.pages.get(index) else {
            return Href::Text(String::new());
        };
        let Some(url) = self.urls.page_anywhere(target.source) else {
            return self.in_repository(self.project.sources.path(target.source), fragment);
        };
        let Some(fragment) = fragment else {
            return Href::Own(if url == place.path { "#".to_owned() } else { place.to(url) });
        };
        let lower = fragment.to_lowercase();
        let known = [&fragment, &lower].into_iter().find(|it| target.anchors.contains_key(it.as_str()));
        match known {
            Some(anchor) => Href::Own(place.to_fragment(url, anchor)),
            None if fragment == "top" => Href::Own(place.to_fragment(url, "top")),
            None => Href::Dead(
                place.to_fragment(url, &fragment),
                format!("dead link: that page has no section “{fragment}”"),
            ),
        }
    }

    /// A file or folder that is not on the site.
    pub(in crate::render) fn in_repository(&self, path: &str, fragment: Option<String>) -> Href {
        match &self.repository {
            Some(repository) => Href::External(with_fragment(repository.blob(path), fragment)),
            None => Href::Text(path.to_owned()),
        }
    }

    /// What an image of a page becomes.
    pub(in crate::render) fn picture(&self, page: &Page, place: &Place, dest: &str) -> Picture {
        let dest = as_browsers_read(dest);
        match scheme(&dest).as_deref() {
            Some("http" | "https") => return Picture::Elsewhere(dest),
            Some(scheme) => return Picture::Missing(format!("not shown: an image from `{scheme}:`")),
            None => {}
        }
        match self.target(page, &dest) {
            Target::File { path, .. } => match self.urls.copied(&path) {
                Some(url) => Picture::Own(place.to(url)),
                None => Picture::Missing(path),
            },
            Target::External => Picture::Elsewhere(dest),
            Target::Missing(path) => Picture::Missing(format!("missing image: {path} does not exist")),
            Target::Escapes | Target::Machine => {
                Picture::Missing("missing image: leads out of the repository".to_owned())
            }
            Target::Page { .. } | Target::Directory(_) | Target::SiteRoute | Target::Template => {
                Picture::Missing(dest)
            }
        }
    }
}

/// The destination as a browser reads it: white space and control characters around it and tabs and line ends
/// inside are no part of a URL, so `java\nscript:` is one word.
fn as_browsers_read(dest: &str) -> String {
    let trimmed = dest.trim_matches(|c: char| c <= ' ');
    trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// The scheme in lower case. Looks at the percent-decoded form too: no browser does, but a link that hides its
/// scheme is not meant well.
fn scheme(dest: &str) -> Option<String> {
    if dest.starts_with("//") {
        return Some("https".to_owned());
    }
    let decoded = percent_decode_str(dest).decode_utf8_lossy();
    let decoded = as_browsers_read(&decoded);
    [dest, decoded.as_str()]
        .into_iter()
        .find(|it| has_scheme(it))
        .and_then(|it| it.split_once(':'))
        .map(|(scheme, _)| scheme.to_ascii_lowercase())
}

fn with_fragment(url: String, fragment: Option<String>) -> String {
    match fragment {
        Some(fragment) => format!("{url}#{}", encode_fragment(&fragment)),
        None => url,
    }
}

impl Repository {
    /// Where the forge shows a file or folder of the branch.
    pub(in crate::render) fn blob(&self, path: &str) -> String {
        let (url, branch) = (self.url.trim_end_matches('/'), encode_path(&self.branch));
        let path = encode_path(path);
        match self.forge() {
            Forge::GitLab => format!("{url}/-/blob/{branch}/{path}"),
            Forge::Gitea => format!("{url}/src/branch/{branch}/{path}"),
            Forge::Bitbucket => format!("{url}/src/{branch}/{path}"),
            Forge::GitHub => format!("{url}/blob/{branch}/{path}"),
        }
    }

    /// A line of a file; `line` counts from 1.
    pub(in crate::render) fn line(&self, path: &str, line: u32) -> String {
        let mark = if matches!(self.forge(), Forge::Bitbucket) { "lines-" } else { "L" };
        format!("{}#{mark}{line}", self.blob(path))
    }

    /// Where the forge lets a reader change a file.
    pub(in crate::render) fn edit(&self, path: &str) -> String {
        let (url, branch) = (self.url.trim_end_matches('/'), encode_path(&self.branch));
        let path = encode_path(path);
        match self.forge() {
            Forge::GitLab => format!("{url}/-/edit/{branch}/{path}"),
            Forge::Gitea => format!("{url}/_edit/{branch}/{path}"),
            Forge::Bitbucket => format!("{url}/src/{branch}/{path}?mode=edit"),
            Forge::GitHub => format!("{url}/edit/{branch}/{path}"),
        }
    }

    fn forge(&self) -> Forge {
        let url = self.url.to_ascii_lowercase();
        let host = url.split("://").nth(1).unwrap_or(&url).split('/').next().unwrap_or_default();
        if host.contains("gitlab") {
            Forge::GitLab
        } else if host.contains("gitea") || host.contains("codeberg") || host.contains("forgejo") {
            Forge::Gitea
        } else if host.contains("bitbucket") {
            Forge::Bitbucket
        } else {
            Forge::GitHub
        }
    }
}

/// The shapes of a forge's URLs; an unknown host is taken for GitHub's.
enum Forge {
    GitHub,
    GitLab,
    Gitea,
    Bitbucket,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_cannot_hide() {
        for dest in
            ["javascript:alert(1)", " JavaScript:x", "java\nscript:x", "\u{1}javascript:x", "javascript%3Ax"]
        {
            assert_eq!(scheme(&as_browsers_read(dest)).as_deref(), Some("javascript"), "{dest:?}");
        }
        assert_eq!(scheme("a/b.md"), None);
        assert_eq!(scheme("//host/x").as_deref(), Some("https"));
    }

    #[test]
    fn forges_have_their_own_urls() {
        let at = |url: &str| Repository { url: url.into(), branch: "main".into() };
        assert_eq!(at("https://github.com/a/b/").blob("x y.md"), "https://github.com/a/b/blob/main/x%20y.md");
        assert_eq!(at("https://gitlab.com/a/b").line("x", 3), "https://gitlab.com/a/b/-/blob/main/x#L3");
        assert_eq!(at("https://codeberg.org/a/b").edit("x"), "https://codeberg.org/a/b/_edit/main/x");
    }
}
