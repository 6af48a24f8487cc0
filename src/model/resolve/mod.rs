//! What a link means: one answer for the linter and the renderer alike.
//!
//! A destination is read as a path of the repository first, because that is what GitHub, editors and this
//! renderer do. Where the documents belong to another site generator, what is no such path is then read as a
//! URL of that site; a URL that only the generator could judge is a [`Target::SiteRoute`], never a defect.

mod names;
mod path;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::page::{Link, Page};
use super::{Dialect, Project};
use names::Names;
use path::{decode, is_address, is_forge_page, is_item_of_code, is_machine_path, is_template};

pub use path::{has_scheme, join, relative};

/// Answers what links of a project point at. Made once, asked for every link.
#[derive(Debug)]
pub struct Resolver<'a> {
    project: &'a Project,
    pages: HashMap<&'a str, usize>,
    /// Site URL without slashes at its ends, lower case → page; only for books of other generators.
    urls: HashMap<String, usize>,
    /// Made when a suggestion is first needed.
    names: OnceLock<Names<'a>>,
    /// What the destinations of each page mean, by its source; found when first asked for.
    resolved: Vec<OnceLock<HashMap<String, (Target, Form)>>>,
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
    /// A path of somebody's machine: `/Users/ann/notes.md`, `C:\notes.md`, `file:///…`.
    Machine,
}

/// How a destination is written, where it does not name its target as the repository does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// As the repository names it, or not a path at all.
    Exact,
    /// In other capitals; the path as it is.
    OtherCase(String),
    /// `page` for `page.md`; the path as it is.
    Extensionless(String),
    /// `page.html` for `page.md`; the path as it is.
    Rendered(String),
    /// `/page.md` below the book's folder, where the repository's root has none; the path as it is.
    BookRoot(String),
    /// An e-mail address without `mailto:`.
    Address,
}

impl<'a> Resolver<'a> {
    /// A resolver for this project.
    pub fn new(project: &'a Project) -> Resolver<'a> {
        let path = |page: &Page| project.sources.path(page.source);
        let pages = project.pages.iter().enumerate().map(|(i, page)| (path(page), i)).collect();
        let foreign = !matches!(project.book.dialect, Dialect::Plain | Dialect::MdBook);
        let in_book = project.pages.iter().enumerate().filter(|(_, page)| foreign && page.in_book);
        let urls = in_book.map(|(i, page)| (site_url(&project.book.src, path(page)), i)).collect();
        let resolved = project.sources.iter().map(|_| OnceLock::new()).collect();
        Resolver { project, pages, urls, names: OnceLock::new(), resolved }
    }

    /// What a destination written on a page points at.
    pub fn resolve(&self, page: &Page, dest: &str) -> Target {
        self.resolve_as_written(page, dest).0
    }

    /// What a link of a page points at, and how it is written. A picture is never a page: `x` is not `x.md` there.
    pub fn resolve_link(&self, page: &Page, link: &Link) -> (Target, Form) {
        let found = self.resolve_as_written(page, &link.dest);
        if !link.kind.is_image() || !matches!(found.1, Form::Extensionless(_) | Form::Rendered(_)) {
            return found;
        }
        let path = decode(link.dest.split(['?', '#']).next().unwrap_or_default());
        let here = self.project.sources.path(page.source);
        let above = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = if path.starts_with('/') { "" } else { above };
        (Target::Missing(join(folder, &path).unwrap_or(path)), Form::Exact)
    }

    /// What a destination written on a page points at, and how it is written.
    pub fn resolve_as_written(&self, page: &Page, dest: &str) -> (Target, Form) {
        // A dozen rules ask about every link.
        let of_page = self.resolved.get(page.source.0 as usize).map(|it| {
            it.get_or_init(|| {
                let each = page.links.iter().map(|link| link.dest.as_str());
                each.map(|it| (it.to_owned(), self.find(page, it))).collect()
            })
        });
        of_page.and_then(|it| it.get(dest)).cloned().unwrap_or_else(|| self.find(page, dest))
    }

    /// Looks from the page, and for a part of other pages from these too: there it is read.
    fn find(&self, page: &Page, dest: &str) -> (Target, Form) {
        let found = self.find_from(page, dest);
        let Some(around) = self.project.includes.parts.get(&page.source) else { return found };
        let is_nothing = |it: &(Target, Form)| matches!(it.0, Target::Missing(_) | Target::Escapes);
        if !is_nothing(&found) {
            return found;
        }
        let around = around.iter().take(MOST_AROUND).filter_map(|it| {
            let &page = self.pages.get(self.project.sources.path(*it))?;
            Some(self.find_from(&self.project.pages[page], dest))
        });
        around.into_iter().find(|it| !is_nothing(it)).unwrap_or(found)
    }

    fn find_from(&self, page: &Page, dest: &str) -> (Target, Form) {
        let dest = dest.trim();
        if is_template(dest) {
            return (Target::Template, Form::Exact);
        }
        if is_machine_path(dest) {
            let exists = self.project.files.get(dest.trim_start_matches('/')).is_some();
            if !exists {
                return (Target::Machine, Form::Exact);
            }
        }
        if has_scheme(dest) || dest.starts_with("//") {
            return (Target::External, Form::Exact);
        }
        let (rest, fragment) = match dest.split_once('#') {
            Some((rest, fragment)) => (rest, Some(decode(fragment)).filter(|it| !it.is_empty())),
            None => (dest, None),
        };
        let path = decode(rest.split_once('?').map_or(rest, |(path, _)| path));
        let here = self.project.sources.path(page.source);
        if path.is_empty() {
            return self.at(here, fragment).unwrap_or((Target::External, Form::Exact));
        }
        if let Some(absolute) = path.strip_prefix('/') {
            return self.root_relative(absolute, fragment);
        }
        // `@site/x.png`, `@/x.md`: names that a generator gives to folders.
        if !self.urls.is_empty()
            && ["@site/", "@/", "@docs/", "@assets/"].iter().any(|it| path.starts_with(it))
        {
            return (Target::SiteRoute, Form::Exact);
        }
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(joined) = join(folder, &path) else {
            let known = self.leaves_book(&path) || is_forge_page(folder, &path) || self.is_item(here, &path);
            return (if known { Target::SiteRoute } else { Target::Escapes }, Form::Exact);
        };
        if self.is_item(here, &path) && self.project.files.get(&joined).is_none() {
            return (Target::SiteRoute, Form::Exact);
        }
        // A slash after a file's name makes it a folder that is not there.
        let as_file = path.ends_with('/') && self.project.files.get(&joined).is_some_and(|it| !it.is_dir);
        if let Some(found) = self.at(&joined, fragment.clone()).filter(|_| !as_file) {
            return found;
        }
        if let Some(found) = self.as_site_url(here, &path, fragment.clone()) {
            return (found, Form::Exact);
        }
        if let Some(found) = self.beside_folder(here, &path, fragment) {
            return found;
        }
        if self.leaves_book(&path) && !self.inside_book(&joined) {
            return (Target::SiteRoute, Form::Exact);
        }
        if is_address(&path) {
            return (Target::External, Form::Address);
        }
        if self.is_generated(&joined) {
            return (Target::SiteRoute, Form::Exact);
        }
        (Target::Missing(joined), Form::Exact)
    }

    /// What stands at a project path, with the forms that the site serves too.
    fn at(&self, path: &str, fragment: Option<String>) -> Option<(Target, Form)> {
        if let Some(found) = self.exactly_at(path, fragment.clone()) {
            return Some((found, Form::Exact));
        }
        if let Some(real) = self.project.files.other_case(path) {
            let found = self.exactly_at(real, fragment)?;
            return Some((found, Form::OtherCase(real.to_owned())));
        }
        // Written for the site: `page.html` or `page` where `page.md` is the source.
        let (stem, rendered) = match path.strip_suffix(".html") {
            Some(stem) => (stem, true),
            None => (path, false),
        };
        let mut sources = vec![format!("{stem}.md"), format!("{stem}.markdown")];
        if let Some(folder) = stem.strip_suffix("index").filter(|it| it.is_empty() || it.ends_with('/')) {
            sources.push(format!("{folder}README.md"));
        }
        let (source, &page) =
            sources.into_iter().find_map(|it| Some((it.clone(), self.pages.get(it.as_str())?)))?;
        let form = if rendered { Form::Rendered(source) } else { Form::Extensionless(source) };
        Some((Target::Page { page, fragment }, form))
    }

    /// The page, file or folder of exactly this path.
    fn exactly_at(&self, path: &str, fragment: Option<String>) -> Option<Target> {
        if let Some(&page) = self.pages.get(path) {
            return Some(Target::Page { page, fragment });
        }
        let entry = self.project.files.get(path)?;
        if !entry.is_dir {
            return Some(Target::File { path: path.to_owned(), fragment });
        }
        let index = ["index.md", "README.md", "readme.md", "_index.md"]
            .iter()
            .find_map(|name| self.pages.get(join(path, name)?.as_str()));
        Some(match index {
            Some(&page) => Target::Page { page, fragment },
            None => Target::Directory(path.to_owned()),
        })
    }

    /// `/x` is a path below the book, else below the root, else one of the site.
    fn root_relative(&self, path: &str, fragment: Option<String>) -> (Target, Form) {
        let book = &self.project.book.src;
        let (Some(in_book), Some(in_root)) = (join(book, path), join("", path)) else {
            return (Target::Escapes, Form::Exact);
        };
        if let Some((found, _)) = self.at(&in_book, fragment.clone()) {
            let also_in_root = book.is_empty() || self.project.files.get(&in_root).is_some();
            return (found, if also_in_root { Form::Exact } else { Form::BookRoot(in_book) });
        }
        if let Some(found) = self.at(&in_root, fragment.clone()) {
            return found;
        }
        if self.project.book.dialect == Dialect::Plain {
            return match self.served_below(&in_root) {
                Some(page) => (Target::Page { page, fragment }, Form::Exact),
                None => (Target::Missing(in_root), Form::Exact),
            };
        }
        let key = path.trim_matches('/').to_lowercase();
        match self.urls.get(&key) {
            Some(&page) => (Target::Page { page, fragment }, Form::Exact),
            None => (Target::SiteRoute, Form::Exact),
        }
    }

    /// The only page whose path ends like a URL without extension, `/using/limits` for `docs/en/using/limits.md`:
    /// some generator serves a folder that nothing here names.
    fn served_below(&self, path: &str) -> Option<usize> {
        let url = path.trim_end_matches('/');
        if !url.contains('/') || url.rsplit('/').next().is_some_and(|it| it.contains('.')) {
            return None;
        }
        let end = format!("/{url}.md");
        let name = end.rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut found = self.names().named(&name)?.iter().filter(|it| it.ends_with(&end));
        match (found.next(), found.next()) {
            (Some(path), None) => self.pages.get(path).copied(),
            _ => None,
        }
    }

    /// Whether a destination names an item of code, as in the documentation of a Rust crate. What lies beside the
    /// sources is made part of it, so that a plain word there is a module.
    fn is_item(&self, here: &str, path: &str) -> bool {
        let in_crate =
            self.project.book.dialect == Dialect::Plain && self.project.files.get("Cargo.toml").is_some();
        let module = in_crate && here.starts_with("src/") && !path.contains(['.', '/']);
        module || is_item_of_code(path, in_crate)
    }

    /// A relative URL on a site that serves `a/b.md` as `a/b/`.
    fn as_site_url(&self, here: &str, path: &str, fragment: Option<String>) -> Option<Target> {
        if self.urls.is_empty() {
            return None;
        }
        let book = self.project.book.src.as_str();
        let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or(path);
        let route = (!names_file(last, self.project.book.dialect)).then_some(Target::SiteRoute);
        let Some(joined) = join(&site_folder(book, here), path) else { return route };
        let url = joined.to_lowercase();
        if let Some(&page) = self.urls.get(url.trim_end_matches('/')) {
            return Some(Target::Page { page, fragment });
        }
        // Raw HTML is not rewritten: `../img/x.png` counts from the page's URL, and files are served beside pages.
        let site = join(book, "..").unwrap_or_default();
        let served = [book.to_owned(), join(book, "public").unwrap_or_default(), join(&site, "static")?];
        for folder in served {
            let file = join(&folder, &joined)?;
            if self.project.files.get(&file).is_some_and(|it| !it.is_dir) {
                return Some(Target::File { path: file, fragment });
            }
        }
        route
    }

    /// Whether a build makes a file out of one beside it: `man/moor.1.md` out of `man/moor.1.md.in`.
    fn is_generated(&self, path: &str) -> bool {
        const SOURCES: [&str; 7] = ["in", "tmpl", "tpl", "template", "j2", "erb", "gotmpl"];
        SOURCES.iter().any(|it| self.project.files.get(&format!("{path}.{it}")).is_some())
    }

    /// `../basics/` on the page that some generator, named nowhere here, serves as a folder: a page beside it.
    fn beside_folder(&self, here: &str, path: &str, fragment: Option<String>) -> Option<(Target, Form)> {
        let (from, to) = (site_folder("", here), path.strip_suffix('/')?);
        let joined = join(&from, to).filter(|_| path.starts_with("../"))?;
        self.at(&joined, fragment).filter(|(it, _)| matches!(it, Target::Page { .. }))
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

    /// The file that was probably meant where nothing is.
    pub fn nearest(&self, missing: &str) -> Option<&'a str> {
        self.names().nearest(missing)
    }

    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::of(self.project))
    }
}

/// The most pages around a part that are looked from.
const MOST_AROUND: usize = 100;

/// Whether the last part of a destination names a file of the repository, not what a generator makes: an address
/// without extension, a page of HTML, and for Sphinx a name of the code, `Harbour.tides`.
fn names_file(last: &str, dialect: Dialect) -> bool {
    let Some((stem, extension)) = last.rsplit_once('.') else { return false };
    let made = extension.eq_ignore_ascii_case("html") || extension.eq_ignore_ascii_case("htm");
    let is_extension =
        extension.len() <= 5 && extension.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    !stem.trim_matches('.').is_empty() && !made && (is_extension || dialect != Dialect::Sphinx)
}

/// The folder in which relative URLs of a page count: `docs/a/B.md` → `a/B`, an index page its own folder.
fn site_folder(src: &str, path: &str) -> String {
    let inside = path.strip_prefix(src).unwrap_or(path).trim_start_matches('/');
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let index = ["index", "_index", "readme"].iter().any(|it| name.eq_ignore_ascii_case(it));
    if index { folder.to_owned() } else { stem.to_owned() }
}

/// The path at which other generators serve a page: `docs/a/B.md` → `a/b`, lower case, index pages as their
/// folder.
fn site_url(src: &str, path: &str) -> String {
    site_folder(src, path).to_lowercase()
}
