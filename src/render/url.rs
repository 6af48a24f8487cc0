//! Where everything stands on the site: paths of files, and relative URLs between them.
//!
//! Every URL is relative, so that the site works from `file://` and below any path of a server; a folder is
//! linked as `dir/index.html`, because `file://` shows no index pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::model::{Dialect, Project};
use crate::source::SourceId;

/// What a path of a URL may not hold as it is; `:` would make a scheme of the first segment.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The paths of the site's files, relative to its root, each given once.
#[derive(Debug, Default)]
pub(super) struct Urls {
    /// Lower case, because some disks tell no capitals apart.
    taken: HashSet<String>,
    /// The folders of what is taken, in lower case.
    folders: HashSet<String>,
    /// The last number tried for a path, so that many equal ones cost no more than few.
    last: HashMap<String, usize>,
    pages: HashMap<SourceId, String>,
    /// Pages in other languages, seen from here.
    elsewhere: HashMap<SourceId, String>,
    copies: BTreeMap<String, String>,
}

impl Urls {
    /// Gives every page of the book its path. Two that want the same get different ones, in the order of
    /// their sources.
    ///
    /// `not_found` is the project path of the page that is shown where there is none.
    pub(super) fn of_pages(project: &Project, not_found: Option<&str>) -> Urls {
        let mut urls = Urls::default();
        // What is only a part of other pages is no page of its own, as in mdBook.
        let listed = project.book.listed();
        let is_part = |it: SourceId| {
            let in_list = project.book.dialect != Dialect::MdBook || listed.contains(&it);
            project.includes.parts.contains_key(&it) && !in_list
        };
        let pages = project.pages.iter().filter(|it| it.in_book && !is_part(it.source));
        let in_book = || pages.clone().map(|it| it.source);
        // An `index.md` wins over a `README.md` beside it, whatever their order.
        let index_folders: HashSet<&str> = in_book()
            .map(|it| project.sources.path(it))
            .filter(|it| is_named(it, &["index.md", "index.markdown"]))
            .map(folder)
            .collect();
        for source in in_book() {
            let path = project.sources.path(source);
            let inside = inside_book(project, path).unwrap_or(path);
            let readme = is_named(inside, &["readme.md", "readme.markdown"]);
            let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
            let index = (readme && !index_folders.contains(folder(path)))
                || is_named(inside, &["index.md", "index.markdown"]);
            let url = match (index, inside.rsplit_once('/')) {
                _ if not_found == Some(path) => "404.html".to_owned(),
                (true, Some((folder, _))) => format!("{folder}/index.html"),
                (true, None) => "index.html".to_owned(),
                (false, _) => format!("{stem}.html"),
            };
            let url = urls.claim(&url);
            urls.pages.insert(source, url);
        }
        urls
    }

    /// The wanted path, or one like it that is free.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let wanted = &*portable(wanted);
        let mut above = folder(wanted);
        while !above.is_empty() && self.folders.insert(above.to_lowercase()) {
            above = folder(above);
        }
        if self.taken.insert(wanted.to_lowercase()) {
            return wanted.to_owned();
        }
        let (folder, name) = wanted.rsplit_once('/').map_or(("", wanted), |(folder, name)| (folder, name));
        let (stem, extension) = name.rsplit_once('.').map_or((name, ""), |(stem, ext)| (stem, ext));
        let slash = if folder.is_empty() { "" } else { "/" };
        let dot = if extension.is_empty() { "" } else { "." };
        let mut number = self.last.get(wanted).copied().unwrap_or_default();
        loop {
            number += 1;
            let other = format!("{folder}{slash}{stem}-{number}{dot}{extension}");
            if self.taken.insert(other.to_lowercase()) {
                self.last.insert(wanted.to_owned(), number);
                return other;
            }
        }
    }

    /// Whether a path is given already.
    pub(super) fn is_taken(&self, path: &str) -> bool {
        self.taken.contains(&path.to_lowercase())
    }

    /// Whether a file can stand at a path: nothing does, and no folder above it is a file.
    pub(super) fn is_free(&self, path: &str) -> bool {
        let lower = path.to_lowercase();
        let mut above = std::iter::successors(Some(folder(&lower)), |it| Some(folder(it)));
        let is_below_file = above.by_ref().take_while(|it| !it.is_empty()).any(|it| self.taken.contains(it));
        !self.taken.contains(&lower) && !self.folders.contains(&lower) && !is_below_file
    }

    /// The wanted folder, or one like it, with nothing in it yet.
    pub(super) fn free_folder(&self, wanted: &str) -> String {
        let is_free = |name: &str| {
            let inside = format!("{}/", name.to_lowercase());
            !self.is_taken(name) && !self.taken.iter().any(|it| it.starts_with(&inside))
        };
        let mut name = wanted.to_owned();
        let mut number = 0;
        while !is_free(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }

    /// Says that a file of the project is copied to the site.
    pub(super) fn copy(&mut self, project_path: &str, wanted: &str) {
        if !self.copies.contains_key(project_path) {
            let url = self.claim(wanted);
            self.copies.insert(project_path.to_owned(), url);
        }
    }

    /// The path of a page of the book.
    pub(super) fn page(&self, source: SourceId) -> Option<&str> {
        self.pages.get(&source).map(String::as_str)
    }

    /// The pages of the book with their paths, in no order.
    pub(super) fn pages(&self) -> impl Iterator<Item = (SourceId, &str)> {
        self.pages.iter().map(|(id, path)| (*id, path.as_str()))
    }

    /// Says where the pages in other languages are.
    pub(super) fn set_elsewhere(&mut self, pages: &[(SourceId, String)]) {
        self.elsewhere = pages.iter().cloned().collect();
    }

    /// The path of a page of the book, in this language or another.
    pub(super) fn page_anywhere(&self, source: SourceId) -> Option<&str> {
        self.page(source).or_else(|| self.elsewhere.get(&source).map(String::as_str))
    }

    /// The path of a file that is copied.
    pub(super) fn copied(&self, project_path: &str) -> Option<&str> {
        self.copies.get(project_path).map(String::as_str)
    }

    /// Project path → site path of all files that are copied.
    pub(super) fn copies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.copies.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }
}

/// The place of the page that is written: links count from it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its path on the site.
    pub path: String,
    /// Set for a page that is served at any address, as 404 pages are: links begin with it.
    pub absolute: Option<String>,
}

impl Place {
    /// A page at this path.
    pub(super) fn at(path: &str) -> Place {
        Place { path: path.to_owned(), absolute: None }
    }

    /// The URL of a file of the site, seen from here, percent-encoded.
    pub(super) fn to(&self, target: &str) -> String {
        if let Some(root) = &self.absolute {
            return format!("{root}{}", encode_path(target));
        }
        let from: Vec<&str> = folder(&self.path).split('/').filter(|it| !it.is_empty()).collect();
        let parts: Vec<&str> = target.split('/').collect();
        let shared = from.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
        let up = "../".repeat(from.len() - shared);
        format!("{up}{}", encode_path(&parts[shared..].join("/")))
    }

    /// The URL of a place in a file of the site.
    pub(super) fn to_fragment(&self, target: &str, fragment: &str) -> String {
        let path =
            if target == self.path && self.absolute.is_none() { String::new() } else { self.to(target) };
        format!("{path}#{}", encode_fragment(fragment))
    }
}

/// Percent-encodes a path; slashes stay.
pub(super) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// Percent-encodes a fragment.
pub(super) fn encode_fragment(fragment: &str) -> String {
    utf8_percent_encode(fragment, PATH).to_string()
}

/// A path that Windows takes as well: there `con.html` and the like mean devices.
fn portable(path: &str) -> Cow<'_, str> {
    if !path.split('/').any(is_device) {
        return Cow::Borrowed(path);
    }
    let parts = path.split('/').map(|it| match (is_device(it), it.split_once('.')) {
        (false, _) => it.to_owned(),
        (true, Some((stem, rest))) => format!("{stem}-.{rest}"),
        (true, None) => format!("{it}-"),
    });
    Cow::Owned(parts.collect::<Vec<_>>().join("/"))
}

/// Whether Windows takes a file name for a device, whatever stands behind the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let is_port = |it: &str| {
        let mut digits = it.chars();
        matches!(digits.next(), Some('0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || ["com", "lpt"].iter().any(|it| stem.strip_prefix(it).is_some_and(is_port))
}

/// The part of a project path below the book's folder.
pub(super) fn inside_book<'a>(project: &Project, path: &'a str) -> Option<&'a str> {
    match project.book.src.as_str() {
        "" => Some(path),
        src => path.strip_prefix(src)?.strip_prefix('/'),
    }
}

/// What stands before the last slash.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn is_named(path: &str, names: &[&str]) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    names.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_relative_to_the_page() {
        let place = Place::at("a/b/c.html");
        assert_eq!(place.to("a/b/d.html"), "d.html");
        assert_eq!(place.to("a/index.html"), "../index.html");
        assert_eq!(place.to("x/y.html"), "../../x/y.html");
        assert_eq!(place.to("a/b/c/d.html"), "c/d.html");
        assert_eq!(place.to_fragment("a/b/c.html", "größe"), "#gr%C3%B6%C3%9Fe");
        assert_eq!(Place::at("index.html").to("a b/50%:x.html"), "a%20b/50%25%3Ax.html");
    }

    #[test]
    fn a_404_page_links_from_the_root_of_the_site() {
        let place = Place { path: "404.html".into(), absolute: Some("/orders/".into()) };
        assert_eq!(place.to("a/b.html"), "/orders/a/b.html");
    }

    #[test]
    fn no_path_is_a_device_of_windows() {
        let mut urls = Urls::default();
        for (wanted, given) in [
            ("api/con/AUX.html", "api/con-/AUX-.html"),
            ("api/lpt1.tar.gz", "api/lpt1-.tar.gz"),
            ("api/com10.html", "api/com10.html"),
            ("api/console.html", "api/console.html"),
        ] {
            assert_eq!(urls.claim(wanted), given);
        }
    }

    #[test]
    fn a_path_is_given_once() {
        let mut urls = Urls::default();
        assert_eq!(urls.claim("a/Recovery.html"), "a/Recovery.html");
        assert_eq!(urls.claim("a/recovery.html"), "a/recovery-1.html");
        assert_eq!(urls.claim("a/recovery.html"), "a/recovery-2.html");
        assert_eq!(urls.claim("LICENSE"), "LICENSE");
        assert_eq!(urls.claim("license"), "license-1");
    }
}
