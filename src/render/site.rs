//! A site whose files are all known before any of them is made. Each is made when it is asked for: a build makes
//! them side by side and writes each at once, a preview makes the one that is looked at.

use std::collections::BTreeMap;

use super::language::{self, from_root};
use super::redirect;
use super::reference::{self, Memory, Part, Reference};
use super::search::{self, Search};
use super::shell::{Context, markdown_path};
use super::topics;
use super::{Content, Html, RenderError, Settings, headers, pages};
use crate::finding::Finding;
use crate::model::Project;
use crate::source::SourceId;

/// A static site.
pub struct Site<'a> {
    /// That of the book's language first.
    trees: Vec<Tree<'a>>,
    /// Path from the root of the site → the tree that has the file, and its path there.
    files: BTreeMap<String, (usize, String)>,
}

/// The part of a site in one language; most sites have one tree.
struct Tree<'a> {
    cx: Context<'a>,
    files: BTreeMap<String, Make>,
    /// One for each spec.
    memories: Vec<Memory>,
    search: Search,
}

/// How a file is made.
#[derive(Debug)]
enum Make {
    /// A page of the book, by its index in the project.
    Page(usize),
    /// What somebody wrote, beside the page made of it.
    Source(usize),
    Home,
    Contents,
    NotFound,
    Print,
    Feed,
    Llms,
    Sitemap,
    Headers,
    Recovery,
    Routes,
    Alerts,
    Freshness,
    Contacts,
    /// A page that the book has in its own language only, by its place in the list of those.
    Untranslated(usize),
    /// A page of the lists of a kind, by the place of the kind among those that there are.
    Topics(usize, topics::File),
    /// A part of the findings page.
    Findings(usize),
    /// The list of specs.
    Specs,
    /// A file of the reference of a spec.
    Spec(usize, Part),
    /// A page at an address that moved.
    Redirect,
    /// The addresses that moved, for servers.
    RedirectRules,
    /// The name under which a forge serves the site.
    Cname,
    /// A file of the search.
    Search(search::Part),
    /// A file of the page for calls, by its name.
    TryIt(&'static str),
    /// An asset of the theme, by its name.
    Asset(&'static str),
    /// A file of the project, by its path.
    Copy(String),
}

impl<'a> Site<'a> {
    /// Plans the site.
    ///
    /// # Errors
    /// A template, built in or from the settings, cannot be parsed.
    pub fn new(
        project: &'a Project,
        findings: &'a [Finding],
        settings: &'a Settings,
    ) -> Result<Site<'a>, RenderError> {
        let mut trees: Vec<Tree<'a>> = Vec::new();
        let mut files = BTreeMap::new();
        for (at, (place, project, settings, mut languages)) in
            language::parts(project, settings).into_iter().enumerate()
        {
            if let Some(main) = trees.first() {
                languages.shared =
                    Some(main.cx.operations.shared(&languages.up(), &main.cx.settings.language));
            }
            let cx = Context::new(project, findings, settings, languages)?;
            let tree = Tree::of(cx);
            files.extend(tree.files.keys().map(|it| (from_root(&place, it), (at, it.clone()))));
            trees.push(tree);
        }
        Ok(Site { trees, files })
    }

    /// The paths of its files below the site's root, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The file at a path; none where the site has none.
    ///
    /// # Errors
    /// A template names something that is not there.
    pub fn file(&self, path: &str) -> Result<Option<Content>, RenderError> {
        let Some((tree, path)) = self.files.get(path) else { return Ok(None) };
        self.trees.get(*tree).map_or(Ok(None), |it| it.file(path))
    }

    /// The source of the page of the book at a path.
    pub fn page(&self, path: &str) -> Option<SourceId> {
        let (tree, path) = self.files.get(path)?;
        let tree = self.trees.get(*tree)?;
        match tree.files.get(path)? {
            Make::Page(at) => tree.cx.project.pages.get(*at).map(|it| it.source),
            _ => None,
        }
    }

    /// The files of the project that are copied to the site, by their project paths.
    pub fn copied(&self) -> impl Iterator<Item = &str> {
        self.trees.iter().flat_map(|it| it.cx.links.urls.copies()).map(|(from, _)| from)
    }

    /// The path of the page that is made of a source.
    pub fn path_of(&self, source: SourceId) -> Option<&str> {
        self.trees.first()?.cx.links.urls.page_anywhere(source)
    }
}

impl<'a> Tree<'a> {
    fn of(cx: Context<'a>) -> Tree<'a> {
        let files = plan(&cx);
        let memories = cx.project.specs.iter().map(|_| Memory::default()).collect();
        Tree { cx, files, memories, search: Search::default() }
    }

    fn file(&self, path: &str) -> Result<Option<Content>, RenderError> {
        let Some((path, make)) = self.files.get_key_value(path) else { return Ok(None) };
        let cx = &self.cx;
        let bytes = match *make {
            Make::Page(at) => pages::book::html(cx, &cx.project.pages[at], path),
            Make::Source(at) => Ok(cx.project.shown(&cx.project.pages[at]).1.as_bytes().to_vec()),
            Make::Home => pages::index::start(cx),
            Make::Contents => pages::index::contents(cx),
            Make::NotFound => pages::index::not_found(cx),
            Make::Print => pages::print::html(cx, path),
            Make::Feed => Ok(pages::feed::xml(cx, path).into_bytes()),
            Make::Llms => Ok(pages::index::llms(cx).into_bytes()),
            Make::Sitemap => Ok(pages::index::sitemap(cx).into_bytes()),
            Make::Headers => Ok(headers::snippet(headers::Server::Netlify, cx.settings.try_it).into_bytes()),
            Make::Recovery => pages::recovery::html(cx, path),
            Make::Routes => pages::routes::html(cx, path),
            Make::Alerts => pages::alerts::html(cx, path),
            Make::Freshness => pages::freshness::html(cx, path),
            Make::Contacts => pages::contacts::html(cx, path),
            Make::Untranslated(at) => pages::untranslated::html(cx, path, &cx.languages.untranslated[at]),
            Make::Topics(kind, file) => pages::topics::html(cx, path, &cx.operations.topics[kind], file),
            Make::Findings(part) => pages::findings::html(cx, part, &cx.operations.findings[part]),
            Make::Specs => reference::specs(cx, path),
            Make::Spec(at, part) => self.reference(at, path, part),
            Make::Search(part) => {
                let plan = cx.search.as_ref();
                Ok(plan.map_or_else(Vec::new, |it| self.search.file(cx, it, part).into_bytes()))
            }
            Make::Redirect => cx.redirects.page(cx, path),
            Make::RedirectRules => Ok(cx.redirects.rules(&cx.settings).into_bytes()),
            Make::Cname => Ok(format!("{}\n", cx.settings.cname.as_deref().unwrap_or_default()).into_bytes()),
            Make::TryIt(name) => reference::try_it_file(name),
            Make::Asset(name) => Ok(cx.theme.text(name).as_bytes().to_vec()),
            Make::Copy(ref from) => {
                // A file with a secret is published as it is shown: masked.
                let source = cx.project.sources.id(from).map(|it| cx.project.sources.get(it));
                match source.filter(|it| it.has_mask()) {
                    Some(masked) => Ok(masked.text.as_bytes().to_vec()),
                    None => return Ok(Some(Content::CopyOf(from.clone()))),
                }
            }
        };
        bytes.map(|it| Some(Content::Bytes(it)))
    }

    fn reference(&self, at: usize, path: &str, part: Part) -> Html {
        let reference = self.memories.get(at).and_then(|memory| Reference::of(&self.cx, at, memory));
        reference.map_or_else(|| Ok(Vec::new()), |it| it.make(path, part))
    }
}

fn plan(cx: &Context<'_>) -> BTreeMap<String, Make> {
    let operations = &cx.operations;
    let mut files = BTreeMap::new();
    let mut add = |path: &str, make| files.insert(path.to_owned(), make);
    for (at, page) in cx.project.pages.iter().enumerate().filter(|(_, it)| it.in_book) {
        if let Some(path) = cx.links.urls.page(page.source) {
            add(path, Make::Page(at));
            add(&markdown_path(path), Make::Source(at));
        }
    }
    add(&operations.index, Make::Contents);
    add("llms.txt", Make::Llms);
    if !cx.links.urls.is_taken("404.html") {
        add("404.html", Make::NotFound);
    }
    if operations.makes_home {
        add(&operations.home, Make::Home);
    }
    if cx.languages.is_translation() {
        for (at, (path, _)) in cx.languages.untranslated.iter().enumerate() {
            add(path, Make::Untranslated(at));
        }
    }
    // That at the root knows the pages in all languages.
    if cx.settings.base_url.is_some() && !cx.languages.is_translation() {
        add("sitemap.xml", Make::Sitemap);
    }
    if cx.settings.headers_file && !cx.links.urls.is_taken("_headers") {
        add("_headers", Make::Headers);
    }
    let made = [
        (&operations.print, Make::Print),
        (&operations.feed, Make::Feed),
        (&operations.recovery, Make::Recovery),
        (&operations.routes, Make::Routes),
        (&operations.alerts, Make::Alerts),
        (&operations.freshness, Make::Freshness),
        (&operations.contacts, Make::Contacts),
        (&operations.specs_index, Make::Specs),
    ];
    for (path, make) in made {
        if let Some(path) = path {
            add(path, make);
        }
    }
    for (kind, topics) in operations.topics.iter().enumerate() {
        for (path, file) in topics.files() {
            add(path, Make::Topics(kind, file));
        }
    }
    for (at, part) in operations.findings.iter().enumerate() {
        add(&part.path, Make::Findings(at));
    }
    for (at, plan) in operations.specs.iter().enumerate() {
        for (path, part) in reference::parts(plan) {
            add(path, Make::Spec(at, part));
        }
    }
    if operations.specs.iter().any(|it| it.try_it.is_some()) {
        for (name, path) in reference::try_it_assets() {
            add(&path, Make::TryIt(name));
        }
    }
    for path in cx.redirects.paths() {
        add(path, Make::Redirect);
    }
    if cx.redirects.paths().next().is_some() {
        add(redirect::RULES, Make::RedirectRules);
    }
    if cx.settings.cname.is_some() {
        add("CNAME", Make::Cname);
    }
    let is_used = |name: &str| match name {
        "search.js" => cx.search.is_some(),
        "redirect.js" => cx.redirects.any(),
        _ => true,
    };
    for (name, path) in cx.theme.assets().filter(|(name, _)| is_used(name)) {
        add(path, Make::Asset(name));
    }
    for (path, part) in cx.search.iter().flat_map(search::SearchPlan::parts) {
        add(&path, Make::Search(part));
    }
    for (from, to) in cx.links.urls.copies() {
        add(to, Make::Copy(from.to_owned()));
    }
    files
}
