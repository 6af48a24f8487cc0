//! Addresses of files on forges, and the paths at which sites serve files.

use percent_encoding::percent_decode_str;

/// Extensions of documents: a path without one of them names a page by its URL.
pub(super) const DOCUMENTS: [&str; 7] = ["md", "markdown", "html", "htm", "adoc", "rst", "txt"];

/// The part of an address below a prefix; the prefix ends at the end of a path segment.
pub(super) fn below<'t>(prefix: &str, address: &'t str) -> Option<&'t str> {
    let base = prefix.trim_end_matches('/');
    let rest = address
        .get(base.len()..)
        .filter(|_| address.get(..base.len()).is_some_and(|it| it.eq_ignore_ascii_case(base)))?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
}

/// Repository, branch and path in `…/blob/BRANCH/PATH` and in the forms of other forges.
pub(super) fn on_forge(address: &str) -> Option<(&str, &str, &str)> {
    let raw = ["https://raw.githubusercontent.com/", "http://raw.githubusercontent.com/"];
    if let Some(rest) = raw.iter().find_map(|it| address.strip_prefix(it)) {
        let mut parts = rest.splitn(4, '/');
        let (owner, name) = (parts.next()?, parts.next()?);
        let at = address.len() - rest.len();
        let repository = address.get(at..at + owner.len() + 1 + name.len())?;
        return Some((repository, parts.next()?, parts.next()?));
    }
    let forms = ["/-/blob/", "/-/tree/", "/-/raw/", "/blob/", "/tree/", "/raw/", "/edit/", "/src/branch/"];
    let (at, form) = forms.iter().find_map(|it| Some((address.find(it)?, it)))?;
    let (branch, path) = address[at + form.len()..].split_once('/')?;
    Some((&address[..at], branch, path)).filter(|_| !path.is_empty())
}

/// Whether two addresses name the same repository: host, owner and name, or owner and name alone for raw files.
pub(super) fn is_same_address(known: &str, found: &str) -> bool {
    let bare = |it: &str| {
        let it = it.trim_end_matches('/');
        let it = it.strip_suffix(".git").unwrap_or(it);
        it.split_once("://").map_or(it, |(_, rest)| rest).to_lowercase()
    };
    let (known, found) = (bare(known), bare(found));
    known == found || (found.matches('/').count() == 1 && known == format!("github.com/{found}"))
}

/// The path at which a site serves a file: lower case, no extension, index pages as their folder.
pub(super) fn key(path: &str) -> String {
    let lower = path.to_lowercase();
    let lower = lower.trim_end_matches('/');
    let (folder, name) = lower.rsplit_once('/').map_or(("", lower), |(folder, name)| (folder, name));
    let stem = stem(name);
    match stem {
        "index" | "_index" | "readme" => folder.to_owned(),
        _ if folder.is_empty() && !lower.starts_with('/') => stem.to_owned(),
        _ => format!("{folder}/{stem}"),
    }
}

/// A file's name without the extension of a document.
pub(super) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if DOCUMENTS.contains(&extension.to_ascii_lowercase().as_str()) => stem,
        _ => name,
    }
}

pub(super) fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, it)| it)
}

pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |it| it.into_owned())
}
