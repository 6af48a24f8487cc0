//! What the addresses of runbooks lead to, without the network.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;

use super::address::{Address, around_templates};
use super::{Addresses, Alert, Alerts, Runbook, plain};
use crate::model::Project;
use crate::model::repository::{Place, owner_and_name};
use crate::model::resolve::{has_scheme, join};

/// An address that is not known leads into the project when so many links below it fit…
const ENOUGH: usize = 3;
/// …and these are at least so many of ten.
const MOST_OF_TEN: usize = 6;

/// Extensions of documents: a path without one of them names a page by its URL.
const DOCUMENTS: [&str; 7] = ["md", "markdown", "html", "htm", "adoc", "rst", "txt"];

/// Sets the runbook of each alert, and what was assumed about addresses.
pub fn resolve(project: &Project, alerts: &mut Alerts, addresses: &Addresses) {
    let mut look = Look::new(project, addresses);
    for alert in &mut alerts.all {
        alert.runbook = look.runbook(alert);
    }
    look.assume(&alerts.all);
    if !look.assumed.is_empty() {
        for alert in alerts.all.iter_mut().filter(|it| it.runbook == Runbook::External) {
            alert.runbook = look.runbook(alert);
        }
    }
    alerts.assumed = look.assumed;
}

/// Looks runbooks up.
struct Look<'a> {
    project: &'a Project,
    addresses: &'a Addresses,
    /// Site path of each page: lower case, no extension, index pages as their folder.
    pages: HashMap<String, usize>,
    /// Path → page.
    by_path: HashMap<&'a str, usize>,
    assumed: Vec<(String, String)>,
}

/// Where an address leads.
enum Into {
    /// To this path of the repository, exactly.
    File(String),
    /// To the page that is served at this path of the repository.
    Url(String),
    /// Elsewhere.
    Elsewhere,
}

impl<'a> Look<'a> {
    fn new(project: &'a Project, addresses: &'a Addresses) -> Look<'a> {
        let path = |at: usize| project.sources.path(project.pages[at].source);
        let mut pages = HashMap::new();
        for at in 0..project.pages.len() {
            pages.entry(key(path(at))).or_insert(at);
        }
        let by_path = (0..project.pages.len()).map(|at| (path(at), at)).collect();
        Look { project, addresses, pages, by_path, assumed: Vec::new() }
    }

    fn runbook(&self, alert: &Alert) -> Runbook {
        let Some(link) = &alert.link else {
            return if alert.is_open { Runbook::External } else { Runbook::None };
        };
        let name = alert.has_plain_name().then_some(alert.name.as_str());
        let Address { path, fragment } = Address::of(&link.address, name);
        let found = if has_scheme(&path) || path.starts_with("//") || self.is_mapped(&path) {
            match self.lead(&path) {
                Into::Elsewhere => Runbook::External,
                Into::File(path) | Into::Url(path) if around_templates(&path).is_some() => {
                    self.pattern(&path)
                }
                Into::File(path) => self.file(&path),
                Into::Url(path) => self.url(&path),
            }
        } else if around_templates(&path).is_some() {
            self.pattern_below_anything(&path)
        } else {
            self.relative(self.project.sources.path(link.span.source), &path)
        };
        self.with_fragment(found, fragment)
    }

    fn is_mapped(&self, path: &str) -> bool {
        self.addresses.map.keys().any(|it| path.starts_with(it.as_str()))
    }

    /// Where an absolute address leads: the longest of the known prefixes decides.
    fn lead(&self, address: &str) -> Into {
        if let Some(path) = self.in_repository(address) {
            return Into::File(path);
        }
        let site = self.addresses.site.iter().map(|it| (it, &self.project.book.src));
        let assumed = self.assumed.iter().filter(|(_, folder)| !folder.is_empty()).map(|(a, b)| (a, b));
        let known = self.addresses.map.iter().chain(site).chain(assumed);
        let fits = known.filter_map(|(prefix, folder)| Some((below(prefix, address)?, prefix, folder)));
        match fits.max_by_key(|(_, prefix, _)| prefix.len()) {
            Some((rest, _, folder)) => match join(folder, &decode(rest)) {
                Some(path) => Into::Url(path),
                None => Into::Elsewhere,
            },
            None => Into::Elsewhere,
        }
    }

    /// The path in an address of a file on the default branch of this repository.
    fn in_repository(&self, address: &str) -> Option<String> {
        let (repository, branch, path) = on_forge(address)?;
        let own = self.addresses.repository.iter().any(|it| is_same_address(it, repository))
            || owner_and_name(repository).is_some_and(|it| self.project.repository.addresses.contains(&it))
            || self.assumed.iter().any(|(it, folder)| folder.is_empty() && is_same_address(it, repository));
        let default =
            matches!(branch, "main" | "master" | "HEAD") || self.addresses.branch.as_deref() == Some(branch);
        (own && default).then(|| decode(path))
    }

    /// Exactly this file or folder of the repository.
    fn file(&self, path: &str) -> Runbook {
        let path = path.trim_end_matches('/');
        match self.project.files.get(path) {
            Some(entry) if entry.is_dir => self.page_at(path).unwrap_or_else(|| there(path)),
            Some(_) => match self.by_path.get(path) {
                Some(&page) => Runbook::File { path: path.to_owned(), page: Some(page) },
                None => there(path),
            },
            None => self.missing(path.to_owned()),
        }
    }

    /// Nothing is there, unless a program makes it or it lies in another repository.
    fn missing(&self, path: String) -> Runbook {
        match self.project.repository.is_untracked(&path) {
            true => Runbook::External,
            false => Runbook::Missing(path),
        }
    }

    /// The page that a site serves at this path.
    fn url(&self, path: &str) -> Runbook {
        if let Some(found) = self.page_at(path) {
            return found;
        }
        let path = path.trim_end_matches('/');
        let is_named = extension(path).is_some_and(|it| DOCUMENTS.contains(&it));
        let stem = path.strip_suffix(".html").unwrap_or(path);
        // Documents that are no Markdown, or that the configuration leaves out.
        let others = DOCUMENTS.iter().map(|it| format!("{stem}.{it}"));
        let others = others.chain(["index.md", "README.md"].map(|it| format!("{stem}/{it}")));
        match std::iter::once(path.to_owned()).chain(others).find(|it| self.project.files.get(it).is_some()) {
            Some(found) => there(&found),
            None if is_named && stem == path => self.missing(path.to_owned()),
            None => self.missing(format!("{stem}.md")),
        }
    }

    fn page_at(&self, path: &str) -> Option<Runbook> {
        let exact = self.by_path.get(path).copied();
        let page = exact.or_else(|| self.pages.get(&key(path)).copied())?;
        let path = self.project.sources.path(self.project.pages[page].source);
        Some(Runbook::File { path: path.to_owned(), page: Some(page) })
    }

    /// A path without a host: from the folder of the rules, the folders above it, or the book.
    fn relative(&self, rules: &str, path: &str) -> Runbook {
        let folder = rules.rsplit_once('/').map_or("", |(folder, _)| folder);
        let wanted = decode(path.trim_start_matches('/'));
        if wanted.is_empty() {
            return Runbook::External;
        }
        let mut bases: Vec<&str> = std::iter::successors(Some(folder), |it| {
            (!it.is_empty()).then(|| it.rsplit_once('/').map_or("", |(above, _)| above))
        })
        .collect();
        bases.push(&self.project.book.src);
        for base in bases {
            let Some(joined) = join(base, &wanted) else { continue };
            if let Some(found) = self.page_at(&joined) {
                return found;
            }
            if self.project.files.get(&joined).is_some() {
                return there(&joined);
            }
        }
        // Words are no path, and neither is a name that some other system knows.
        let is_document = extension(&wanted).is_some_and(|it| DOCUMENTS.contains(&it));
        if wanted.contains(char::is_whitespace) || !is_document {
            return Runbook::External;
        }
        match self.project.repository.place(&self.project.files, folder, &wanted) {
            Place::At(path) => there(&path),
            // `runbooks/x.md` in rules that are not beside the folder: nothing else can be meant.
            Place::Elsewhere([only]) if !path.starts_with('.') => {
                self.page_at(only).unwrap_or_else(|| there(only))
            }
            Place::Untracked => Runbook::External,
            Place::Elsewhere(_) | Place::Nowhere => Runbook::Missing(match path.starts_with('.') {
                true => join(folder, path).unwrap_or(wanted),
                false => wanted,
            }),
        }
    }

    /// A path with templates: no page that fits is as good as no page.
    fn pattern(&self, path: &str) -> Runbook {
        let Some((before, behind)) = around_templates(path) else { return Runbook::External };
        let (before, behind) = (before.to_lowercase(), key(behind));
        // Without a folder to look in, nothing can be said.
        let Some((folder, _)) = before.rsplit_once('/') else { return Runbook::External };
        let fits = |it: &String| {
            it.strip_prefix(before.as_str()).is_some_and(|rest| rest.ends_with(&behind)) || it == folder
        };
        match self.pages.keys().any(fits) {
            true => Runbook::External,
            false => Runbook::Missing(path.to_owned()),
        }
    }

    /// A path with templates and without a host. `${BASE}/queue-lag` names the only page whose path ends so; where
    /// several do, or none, nothing is known. `docs/{{ $labels.x }}.md` may stand below any folder.
    fn pattern_below_anything(&self, path: &str) -> Runbook {
        let Some((before, behind)) = around_templates(path) else { return Runbook::External };
        let before = before.trim_start_matches(['.', '/']).to_lowercase();
        let behind = key(behind);
        if before.contains('/') && !before.contains(char::is_whitespace) {
            let fits = |it: &String| {
                let at = it.find(before.as_str()).filter(|&at| at == 0 || it[..at].ends_with('/'));
                at.is_some_and(|at| it[at + before.len()..].ends_with(&behind))
            };
            let there = self.pages.keys().any(fits);
            return if there { Runbook::External } else { Runbook::Missing(path.to_owned()) };
        }
        let tail = behind.trim_start_matches('/');
        if !before.is_empty() || tail.is_empty() {
            return Runbook::External;
        }
        let fits =
            |it: &&String| it.strip_suffix(tail).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        let mut found = self.pages.keys().filter(fits);
        match (found.next(), found.next()) {
            (Some(only), None) => self.page_at(only).unwrap_or(Runbook::External),
            _ => Runbook::External,
        }
    }

    fn with_fragment(&self, found: Runbook, fragment: Option<String>) -> Runbook {
        let (Runbook::File { page: Some(page), .. }, Some(anchor)) = (&found, fragment) else { return found };
        let anchor = decode(&anchor);
        let id = anchor.strip_prefix("user-content-").unwrap_or(&anchor);
        let Some(target) = self.project.pages.get(*page) else { return found };
        if around_templates(id).is_some() || target.has_anchor(id, self.project.book.dialect) {
            return found;
        }
        Runbook::NoAnchor { page: *page, anchor: id.to_owned() }
    }

    /// Finds addresses that nobody configured and that still lead here: most of what alerts link to below them is
    /// there.
    fn assume(&mut self, alerts: &[Alert]) {
        let mut forges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut folders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for alert in alerts.iter().filter(|it| it.runbook == Runbook::External) {
            let Some(link) = &alert.link else { continue };
            let name = alert.has_plain_name().then_some(alert.name.as_str());
            let address = Address::of(&link.address, name).path;
            if !has_scheme(&address) || around_templates(&address).is_some() {
                continue;
            }
            if let Some((repository, _, path)) = on_forge(&address) {
                forges.entry(format!("{repository}/")).or_default().insert(decode(path));
            } else if let Some((folder, last)) = address.trim_end_matches('/').rsplit_once('/') {
                folders.entry(format!("{folder}/")).or_default().insert(plain(stem(last)));
            }
        }
        for (repository, paths) in forges {
            let there = paths.iter().filter(|it| it.contains('/') && self.by_path.contains_key(it.as_str()));
            if is_most(there.count(), paths.len()) {
                self.assumed.push((repository, String::new()));
            }
        }
        if folders.is_empty() {
            return;
        }
        let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for path in self.by_path.keys() {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            names.entry(folder).or_default().insert(plain(stem(name)));
        }
        names.remove("");
        for (address, wanted) in folders {
            let name = last_part(&address);
            let counts = names.iter().map(|(folder, names)| {
                let alike = last_part(folder).eq_ignore_ascii_case(name);
                (wanted.intersection(names).count(), alike, *folder)
            });
            // Of equals the one with the address's own name, then the first in the alphabet.
            let best = counts.max_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| b.2.cmp(a.2)));
            if let Some((_, _, folder)) = best.filter(|it| is_most(it.0, wanted.len())) {
                self.assumed.push((address, format!("{folder}/")));
            }
        }
        self.assumed = merged(std::mem::take(&mut self.assumed));
    }
}

/// Puts `https://a.example/x/ops/` → `docs/x/ops/` and its likes together as `https://a.example/x/` → `docs/x/`, where
/// at least two say so.
fn merged(assumed: Vec<(String, String)>) -> Vec<(String, String)> {
    let above = |(address, folder): &(String, String)| {
        let (address, last) = address.trim_end_matches('/').rsplit_once('/')?;
        let (folder, name) = folder.trim_end_matches('/').rsplit_once('/')?;
        last.eq_ignore_ascii_case(name).then(|| (format!("{address}/"), format!("{folder}/")))
    };
    let mut support: BTreeMap<(String, String), usize> = BTreeMap::new();
    for it in assumed.iter().filter_map(above) {
        *support.entry(it).or_default() += 1;
    }
    let whole = |it: (String, String)| above(&it).filter(|above| support[above] > 1).unwrap_or(it);
    let mut merged: Vec<(String, String)> = assumed.into_iter().map(whole).collect();
    merged.sort_unstable();
    merged.dedup();
    merged
}

fn last_part(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.rsplit('/').next().unwrap_or(path)
}

fn is_most(count: usize, of: usize) -> bool {
    count >= ENOUGH && count * 10 >= of * MOST_OF_TEN
}

fn there(path: &str) -> Runbook {
    Runbook::File { path: path.to_owned(), page: None }
}

/// The part of an address below a prefix; the prefix ends at the end of a path segment.
fn below<'t>(prefix: &str, address: &'t str) -> Option<&'t str> {
    let base = prefix.trim_end_matches('/');
    let rest = address
        .get(base.len()..)
        .filter(|_| address.get(..base.len()).is_some_and(|it| it.eq_ignore_ascii_case(base)))?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }
}

/// Repository, branch and path in `…/blob/BRANCH/PATH` and in the forms of other forges.
fn on_forge(address: &str) -> Option<(&str, &str, &str)> {
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
fn is_same_address(known: &str, found: &str) -> bool {
    let bare = |it: &str| {
        let it = it.trim_end_matches('/');
        let it = it.strip_suffix(".git").unwrap_or(it);
        it.split_once("://").map_or(it, |(_, rest)| rest).to_lowercase()
    };
    let (known, found) = (bare(known), bare(found));
    known == found || (found.matches('/').count() == 1 && known == format!("github.com/{found}"))
}

/// The path at which a site serves a file: lower case, no extension, index pages as their folder.
fn key(path: &str) -> String {
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
fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if DOCUMENTS.contains(&extension.to_ascii_lowercase().as_str()) => stem,
        _ => name,
    }
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, it)| it)
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |it| it.into_owned())
}
