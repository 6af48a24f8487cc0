//! A site in several languages: one tree of files for each, that of the book's language at the root, and the ways
//! between them.
//!
//! Paths count from the root of the tree that asks, so a page of another tree may begin with `../`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::operations::MadePage;
use super::texts;
use super::totals::Totals;
use super::url::{Place, Urls, folder};
use super::view::{Alternate, LanguageLink};
use super::{LanguageSettings, Settings};
use crate::model::Project;
use crate::source::SourceId;

/// The languages of a site as one of their trees sees them; empty for a site in one language.
#[derive(Debug, Default)]
pub(super) struct Languages<'a> {
    all: Vec<Tree>,
    /// The tree that sees them.
    at: usize,
    /// The pages of other trees, with their paths seen from this one.
    pub elsewhere: Vec<(SourceId, String)>,
    /// The pages that only the language of the book has: path in both trees, source.
    pub untranslated: Vec<(String, SourceId)>,
    /// The project of the book's language.
    pub main: Option<&'a Project>,
    /// What the bar links to in the tree of the book's language, seen from this one, and what it holds; none in that
    /// tree.
    pub shared: Option<(Vec<MadePage>, Totals)>,
}

/// A tree as another sees it.
#[derive(Debug)]
struct Tree {
    tag: String,
    name: String,
    /// From the root of the site, with a slash at its end.
    place: String,
    pages: BTreeMap<String, SourceId>,
}

/// The parts of a site: where each stands, what it shows, and how it is set.
pub(super) fn parts<'a>(
    project: &'a Project,
    settings: &'a Settings,
) -> Vec<(String, &'a Project, Cow<'a, Settings>, Languages<'a>)> {
    if project.languages.is_empty() {
        return vec![(String::new(), project, Cow::Borrowed(settings), Languages::default())];
    }
    let urls: Vec<Urls> = project
        .languages
        .iter()
        .map(|it| Urls::of_pages(&it.project, settings.not_found.as_deref().filter(|_| it.place.is_empty())))
        .collect();
    let own = |tag: &str| settings.languages.get(tag);
    (0..urls.len())
        .map(|at| {
            let tree = &project.languages[at];
            let all = project.languages.iter().zip(&urls).map(|(it, urls)| Tree {
                name: own(&it.tag)
                    .and_then(|it| it.name.clone())
                    .unwrap_or_else(|| texts::name(&it.tag).to_owned()),
                tag: it.tag.clone(),
                place: it.place.clone(),
                pages: urls.pages().map(|(id, path)| (path.to_owned(), id)).collect(),
            });
            let mut languages = Languages {
                all: all.collect(),
                at,
                main: Some(&project.languages[0].project),
                ..Languages::default()
            };
            languages.elsewhere = languages.pages_elsewhere();
            languages.untranslated = languages.pages_untranslated();
            let settings = match tree.place.is_empty() {
                true => Cow::Borrowed(settings),
                false => Cow::Owned(translated(settings, own(&tree.tag), &tree.tag, &tree.place)),
            };
            (tree.place.clone(), &tree.project, settings, languages)
        })
        .collect()
}

/// The settings of a tree beside that of the book's language. What there is once is made there.
fn translated(settings: &Settings, own: Option<&LanguageSettings>, tag: &str, place: &str) -> Settings {
    let below = |it: &String| format!("{}/{place}", it.trim_end_matches('/'));
    Settings {
        title: own.and_then(|it| it.title.clone()).or_else(|| settings.title.clone()),
        base_url: settings.base_url.as_ref().map(below),
        site_path: settings.site_path.as_ref().map(below),
        description: None,
        language: tag.to_owned(),
        texts: own.map(|it| it.texts.clone()).unwrap_or_default(),
        cname: None,
        not_found: None,
        right_to_left: None,
        show_findings: false,
        headers_file: false,
        ..settings.clone()
    }
}

impl Languages<'_> {
    /// From the root of the tree to that of the site: `../` or nothing.
    pub(super) fn up(&self) -> String {
        self.all.get(self.at).map_or_else(String::new, |it| "../".repeat(it.place.matches('/').count()))
    }

    /// Whether the site has several languages.
    pub(super) fn are_several(&self) -> bool {
        !self.all.is_empty()
    }

    /// Whether this is a tree beside that of the book's language.
    pub(super) fn is_translation(&self) -> bool {
        self.at > 0
    }

    fn pages_elsewhere(&self) -> Vec<(SourceId, String)> {
        let up = self.up();
        let others = self.all.iter().enumerate().filter(|(at, _)| *at != self.at).map(|(_, it)| it);
        others
            .flat_map(|it| it.pages.iter().map(|(path, id)| (*id, format!("{up}{}{path}", it.place))))
            .collect()
    }

    fn pages_untranslated(&self) -> Vec<(String, SourceId)> {
        let (Some(main), Some(own)) = (self.all.first(), self.all.get(self.at)) else { return Vec::new() };
        let is_missing =
            |path: &str| !own.pages.contains_key(path) && path != "index.html" && path != "404.html";
        main.pages.iter().filter(|(path, _)| is_missing(path)).map(|(path, id)| (path.clone(), *id)).collect()
    }

    /// Where a page of the book's language stands, seen from this tree, with its tag and name.
    pub(super) fn original(&self, path: &str) -> Option<(String, &str, &str)> {
        let main = self.all.first()?;
        Some((format!("{}{}{path}", self.up(), main.place), &main.tag, &main.name))
    }

    /// What the language of this tree calls itself.
    pub(super) fn name(&self) -> &str {
        self.all.get(self.at).map_or("", |it| &it.name)
    }

    /// The same page in every language, for whoever wants to change; `everywhere` are the paths that each tree has.
    pub(super) fn links(&self, place: &Place, everywhere: &[&str]) -> Vec<LanguageLink> {
        let up = self.up();
        let path = place.path.as_str();
        let on_main = self.all.first().is_some_and(|it| it.pages.contains_key(path));
        let link = |(at, it): (usize, &Tree)| {
            let is_there = at == self.at || it.pages.contains_key(path) || everywhere.contains(&path);
            let target = if is_there || (on_main && at > 0) { path } else { "index.html" };
            LanguageLink {
                href: place.to(&format!("{up}{}{target}", it.place)),
                current: at == self.at,
                is_there,
                name: it.name.clone(),
                tag: it.tag.clone(),
            }
        };
        self.all.iter().enumerate().map(link).collect()
    }

    /// The addresses of a page in every language that has it, for search engines; none where only one has it.
    /// `address` gives the full one of a path of the site, where it is known.
    pub(super) fn alternates(&self, path: &str, address: impl Fn(&str) -> Option<String>) -> Vec<Alternate> {
        let have: Vec<&Tree> = self.all.iter().filter(|it| it.pages.contains_key(path)).collect();
        if have.len() < 2 {
            return Vec::new();
        }
        let of = |tag: &str, it: &Tree| {
            Some(Alternate { tag: tag.to_owned(), href: address(&format!("{}{path}", it.place))? })
        };
        let default = have.first().filter(|it| it.place.is_empty()).and_then(|it| of("x-default", it));
        have.iter().filter_map(|it| of(&it.tag, it)).chain(default).collect()
    }

    /// Every page of every other tree with its path from the root of the site.
    pub(super) fn others(&self) -> impl Iterator<Item = (String, &str, SourceId)> {
        let others = self.all.iter().enumerate().filter(|(at, _)| *at != self.at).map(|(_, it)| it);
        others.flat_map(|it| {
            it.pages.iter().map(|(path, id)| (format!("{}{path}", it.place), path.as_str(), *id))
        })
    }
}

/// The path from the root of the site of a path that counts from a tree.
pub(super) fn from_root(tree: &str, path: &str) -> String {
    let (mut above, mut path) = (tree.trim_end_matches('/'), path);
    while let Some(rest) = path.strip_prefix("../") {
        (above, path) = (folder(above), rest);
    }
    if above.is_empty() { path.to_owned() } else { format!("{above}/{path}") }
}
