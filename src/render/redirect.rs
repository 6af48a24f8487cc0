//! Addresses that moved: a page at each old one, and the file `_redirects` for servers that read it.
//!
//! Without scripts the old page leads on by itself (`meta refresh`), and a part that moved is a link at its old anchor.
//! With scripts the reader lands at the part at once.

use std::collections::{BTreeMap, HashMap};

use super::shell::Context;
use super::url::{Place, Urls, encode_fragment, encode_path};
use super::view::{Moved, RedirectPage};
use super::{Html, Settings};
use crate::model::Project;
use crate::model::declared::Destination;

/// The name of the file for servers, as Netlify and Cloudflare Pages read it.
pub(super) const RULES: &str = "_redirects";

/// Where the old addresses lead.
#[derive(Debug, Default)]
pub(super) struct Redirects {
    /// Old file → where it went.
    pages: BTreeMap<String, Destination>,
    /// File, old or still there → its parts that went elsewhere, each with its old anchor.
    parts: HashMap<String, Vec<(String, Destination)>>,
}

impl Redirects {
    /// Those of the configuration whose address is free; a page that stands there wins.
    pub(super) fn of(project: &Project, urls: &mut Urls) -> Redirects {
        let mut redirects = Redirects::default();
        let all = &project.declared.redirects;
        for it in all.iter().filter(|it| it.fragment.is_none() && is_writable(&it.from)) {
            if urls.is_free(&it.from) {
                redirects.pages.insert(urls.claim(&it.from), it.to.clone());
            }
        }
        for it in all {
            let Some(fragment) = it.fragment.as_ref().filter(|it| !it.starts_with("dw-")) else { continue };
            let parts = redirects.parts.entry(it.from.clone()).or_default();
            if !parts.iter().any(|part| part.0 == *fragment) {
                parts.push((fragment.clone(), it.to.clone()));
            }
        }
        if !redirects.pages.is_empty() && urls.is_free(RULES) {
            urls.claim(RULES);
        }
        redirects
    }

    /// The old files, in order.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.keys().map(String::as_str)
    }

    /// Whether anything moved.
    pub(super) fn any(&self) -> bool {
        !self.pages.is_empty() || !self.parts.is_empty()
    }

    /// The parts of a file that went elsewhere, but for those that are still there.
    pub(super) fn moved(
        &self,
        cx: &Context<'_>,
        place: &Place,
        is_there: impl Fn(&str) -> bool,
    ) -> Vec<Moved> {
        let parts = self.parts.get(&place.path).into_iter().flatten().filter(|it| !is_there(&it.0));
        let parts =
            parts.map(|(id, to)| Moved { id: id.clone(), href: href(place, to), label: label(cx, to) });
        parts.collect()
    }

    /// The page at an old address.
    pub(super) fn page(&self, cx: &Context<'_>, path: &str) -> Html {
        let place = Place::at(path);
        let Some(to) = self.pages.get(path) else { return Ok(Vec::new()) };
        let canonical = match to {
            Destination::Own { path, .. } => cx.full_url(path),
            Destination::Elsewhere(_) => None,
        };
        let href = href(&place, to);
        let view = RedirectPage {
            canonical: canonical.unwrap_or_else(|| href.clone()),
            href,
            label: label(cx, to),
            moved: self.moved(cx, &place, |_| false),
            words: cx.says.around("it-moved"),
            shell: cx.shell(super::shell::About::made(place, cx.says.get("page-moved"))),
        };
        cx.html("redirect.html", &view)
    }

    /// The file for servers: old address, new address, status.
    pub(super) fn rules(&self, settings: &Settings) -> String {
        let root = settings.root();
        let address = |path: &str| {
            let folder = path.strip_suffix("index.html").filter(|it| it.is_empty() || it.ends_with('/'));
            format!("{root}{}", encode_path(folder.unwrap_or(path)))
        };
        let mut rules = String::new();
        for (from, to) in &self.pages {
            let to = match to {
                Destination::Own { path, fragment: None } => address(path),
                Destination::Own { path, fragment: Some(it) } => {
                    format!("{}#{}", address(path), encode_fragment(it))
                }
                Destination::Elsewhere(it) if it.contains(char::is_whitespace) => continue,
                Destination::Elsewhere(it) => it.clone(),
            };
            // What a relative address leads to is known to browsers only.
            if to.starts_with('/') || to.contains("://") {
                rules.push_str(&format!("{} {to} 301\n", address(from)));
            }
        }
        rules
    }
}

/// Whether every disk takes a path of this kind.
fn is_writable(path: &str) -> bool {
    const LONGEST: usize = 200;
    path.split('/').all(|it| !it.is_empty() && it.len() <= LONGEST)
        && !path
            .contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'))
}

/// The URL of a destination, seen from an old address.
fn href(place: &Place, to: &Destination) -> String {
    match to {
        Destination::Own { path, fragment: None } => place.to(path),
        Destination::Own { path, fragment: Some(it) } => place.to_fragment(path, it),
        // `javascript:` and the like lead nowhere.
        Destination::Elsewhere(it) if is_followed(it) => it.clone(),
        Destination::Elsewhere(_) => "#".to_owned(),
    }
}

fn is_followed(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default().split_once(':');
    scheme
        .is_none_or(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
}

/// What a destination is called: the title of the page, else its address.
fn label(cx: &Context<'_>, to: &Destination) -> String {
    match to {
        Destination::Own { path, .. } => cx.title_of(path).unwrap_or(path).to_owned(),
        Destination::Elsewhere(address) => address.clone(),
    }
}
