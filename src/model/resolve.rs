//! What a link means: one answer for the linter and the renderer alike.
//!
//! A destination is read as a path of the repository first, because that is what GitHub, editors and this
//! renderer do. Where the documents belong to another site generator, what is no such path is then read as a
//! URL of that site; a URL that only the generator could judge is a [`Target::SiteRoute`], never a defect.

use std::collections::HashMap;
use std::sync::OnceLock;

use percent_encoding::percent_decode_str;

use super::page::Page;
use super::{Dialect, Project};

/// Answers what links of a project point at. Made once, asked for every link.
#[derive(Debug)]
pub struct Resolver<'a> {
    project: &'a Project,
    pages: HashMap<&'a str, usize>,
    /// Site URL without slashes at its ends, lower case → page; only for books of other generators.
    urls: HashMap<String, usize>,
    /// File name → paths, made when a suggestion is first needed.
    names: OnceLock<HashMap<String, Vec<&'a str>>>,
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
        let path = |page: &Page| project.sources.path(page.source);
        let pages = project.pages.iter().enumerate().map(|(i, page)| (path(page), i)).collect();
        let foreign = !matches!(project.book.dialect, Dialect::Plain | Dialect::MdBook);
        let in_book = project.pages.iter().enumerate().filter(|(_, page)| foreign && page.in_book);
        let urls = in_book.map(|(i, page)| (site_url(&project.book.src, path(page)), i)).collect();
        Resolver { project, pages, urls, names: OnceLock::new() }
    }

    /// What a destination written on a page points at.
    pub fn resolve(&self, page: &Page, dest: &str) -> Target {
        let dest = dest.trim();
        if is_template(dest) {
            return Target::Template;
        }
        if has_scheme(dest) || dest.starts_with("//") {
            return Target::External;
        }
        let (rest, fragment) = match dest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(decode(fragment)).filter(|it| !it.is_empty())),
            None => (dest, None),
        };
        let path = decode(rest.split_once('?').map_or(rest, |(path, _)| path));
        let here = self.project.sources.path(page.source);
        if path.is_empty() {
            return self.at(here.to_owned(), fragment).unwrap_or(Target::External);
        }
        if let Some(absolute) = path.strip_prefix('/') {
            return self.root_relative(absolute, fragment);
        }
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(joined) = join(folder, &path) else {
            return if self.leaves_book(&path) { Target::SiteRoute } else { Target::Escapes };
        };
        if let Some(found) = self.at(joined.clone(), fragment.clone()) {
            return found;
        }
        if let Some(found) = self.as_site_url(here, &path, fragment) {
            return found;
        }
        if self.leaves_book(&path) && !self.inside_book(&joined) {
            return Target::SiteRoute;
        }
        Target::Missing(joined)
    }

    /// What stands at a project path, with the forms that the site serves too.
    fn at(&self, path: String, fragment: Option<String>) -> Option<Target> {
        if let Some(&page) = self.pages.get(path.as_str()) {
            return Some(Target::Page { page, fragment });
        }
        match self.project.files.get(&path) {
            Some(entry) if entry.is_dir => {
                let index = ["index.md", "README.md", "readme.md", "_index.md"]
                    .iter()
                    .find_map(|name| self.pages.get(join(&path, name)?.as_str()));
                return Some(match index {
                    Some(&page) => Target::Page { page, fragment },
                    None => Target::Directory(path),
                });
            }
            Some(_) => return Some(Target::File { path, fragment }),
            None => {}
        }
        // Written for the site: `page.html` or `page` where `page.md` is the source.
        let stem = path.strip_suffix(".html").unwrap_or(&path);
        let source = [format!("{stem}.md"), format!("{stem}.markdown")];
        let found = source.iter().find_map(|it| self.pages.get(it.as_str())).copied();
        let index = || {
            let folder = stem.strip_suffix("index").filter(|it| it.is_empty() || it.ends_with('/'))?;
            self.pages.get(format!("{folder}README.md").as_str()).copied()
        };
        found.or_else(index).map(|page| Target::Page { page, fragment })
    }

    /// `/x` is a path below the book, else below the root, else one of the site.
    fn root_relative(&self, path: &str, fragment: Option<String>) -> Target {
        let book = &self.project.book.src;
        for base in [book.as_str(), ""] {
            let Some(joined) = join(base, path) else { return Target::Escapes };
            if let Some(found) = self.at(joined, fragment.clone()) {
                return found;
            }
        }
        if self.project.book.dialect == Dialect::Plain {
            return Target::Missing(join("", path).unwrap_or_default());
        }
        let key = path.trim_matches('/').to_lowercase();
        match self.urls.get(&key) {
            Some(&page) => Target::Page { page, fragment },
            None => Target::SiteRoute,
        }
    }

    /// A relative URL on a site that serves `a/b.md` as `a/b/`.
    fn as_site_url(&self, here: &str, path: &str, fragment: Option<String>) -> Option<Target> {
        if self.urls.is_empty() {
            return None;
        }
        let base = site_url(&self.project.book.src, here);
        let joined = join(&base, path)?.to_lowercase();
        if let Some(&page) = self.urls.get(joined.trim_end_matches('/')) {
            return Some(Target::Page { page, fragment });
        }
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        let names_file = last.contains('.') && !last.trim_matches('.').is_empty();
        (!names_file).then_some(Target::SiteRoute)
    }

    /// Whether a relative path leads out of an mdBook book to a page that another book of the same site makes:
    /// `../std/vec/struct.Vec.html`.
    fn leaves_book(&self, path: &str) -> bool {
        self.project.book.dialect == Dialect::MdBook && path.starts_with("../") && path.ends_with(".html")
    }

    fn inside_book(&self, path: &str) -> bool {
        let book = &self.project.book.src;
        book.is_empty() || path.strip_prefix(book.as_str()).is_some_and(|it| it.starts_with('/'))
    }

    /// The file that was probably meant where nothing is: the only one with the same name elsewhere, else the
    /// one with the most similar name in the same folder.
    pub fn nearest(&self, missing: &str) -> Option<&'a str> {
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<&'a str>> = HashMap::new();
            for (path, _) in self.project.files.paths().filter(|(_, entry)| !entry.is_dir) {
                let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
                names.entry(name).or_default().push(path);
            }
            names
        });
        let (folder, name) = missing.rsplit_once('/').unwrap_or(("", missing));
        if let Some(same) = names.get(&name.to_lowercase()).filter(|_| !is_common(name)) {
            return if let [only] = same.as_slice() { Some(only) } else { None };
        }
        let beside = self.project.files.paths().filter_map(|(path, entry)| {
            let (parent, file) = path.rsplit_once('/').unwrap_or(("", path));
            (!entry.is_dir && parent == folder)
                .then(|| (strsim::jaro_winkler(&file.to_lowercase(), &name.to_lowercase()), path))
        });
        beside
            .filter(|(score, _)| *score > 0.88)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(_, path)| path)
    }
}

/// Names that stand in every folder say nothing about what was meant.
fn is_common(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "readme.md" | "index.md" | "_index.md")
}

/// The path at which other generators serve a page: `docs/a/B.md` → `a/b`, lower case, index pages as their
/// folder.
fn site_url(src: &str, path: &str) -> String {
    let inside = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem).to_lowercase();
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", &stem));
    if matches!(name, "index" | "_index" | "readme") { folder.to_owned() } else { stem }
}

/// Joins a relative path to a folder; none when it leads above the root.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a destination begins with a scheme (RFC 3986, section 3.1). A single letter is a Windows drive.
pub fn has_scheme(dest: &str) -> bool {
    let Some((scheme, _)) = dest.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_template(dest: &str) -> bool {
    ["{{", "{%", "<%", "${", "%7B%7B"].iter().any(|it| dest.contains(it))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |it| it.into_owned())
}
