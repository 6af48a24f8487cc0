//! What every page needs: the links, the navigation, the theme, and the shell around a page.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::headers::POLICY;
use super::html::link::Links;
use super::language::Languages;
use super::nav::Nav;
use super::operations::Operations;
use super::redirect::Redirects;
use super::search::SearchPlan;
use super::texts::Texts;
use super::theme::Theme;
use super::url::{Place, Urls, encode_path, folder, inside_book};
use super::view::{
    Assets, Crumb, LogoView, NavRow, OperationsLink, Origin, SearchFiles, Section, Shell, Updated, Versions,
};
use super::{Html, RenderError, Settings, Update, media_type};
use crate::finding::Finding;
use crate::model::date::StatedDate;
use crate::model::drill::last_of_pages;
use crate::model::page::{LinkKind, Page};
use crate::model::resolve::{Resolver, Target};
use crate::model::{Book, Project};
use crate::source::{SourceId, Span, is_markdown};

/// A page with more sections lists only those of level 2.
const MANY_SECTIONS: usize = 60;

/// All that pages are made of.
pub(super) struct Context<'a> {
    pub project: &'a Project,
    pub findings: &'a [Finding],
    pub settings: Cow<'a, Settings>,
    /// The languages of the site.
    pub languages: Languages<'a>,
    pub links: Links<'a>,
    pub nav: Nav,
    pub theme: Theme,
    /// What the site says itself.
    pub says: Texts,
    pub operations: Operations,
    /// None for a site without search.
    pub search: Option<SearchPlan>,
    /// Addresses that moved.
    pub redirects: Redirects,
    /// The newest drill that each page records.
    pub drills: HashMap<SourceId, &'a StatedDate>,
}

/// What tells one page's shell from another's.
pub(super) struct About<'t> {
    pub place: Place,
    pub title: &'t str,
    pub description: String,
    /// The page of the book, if it is one.
    pub page: Option<&'t Page>,
    pub sections: Vec<Section>,
    /// The entries above, for a page that is not of the book.
    pub crumbs: Vec<Crumb>,
    /// The rows that take the place of the book's navigation, if any.
    pub nav: Vec<NavRow>,
    /// Whether most of its words are docwright's own.
    pub is_said: bool,
}

impl<'t> About<'t> {
    /// A page that is made and has nothing but a title.
    pub(super) fn made(place: Place, title: &'t str) -> About<'t> {
        let (sections, crumbs, nav) = (Vec::new(), Vec::new(), Vec::new());
        About { place, title, description: String::new(), page: None, sections, crumbs, nav, is_said: true }
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(
        project: &'a Project,
        findings: &'a [Finding],
        settings: Cow<'a, Settings>,
        languages: Languages<'a>,
    ) -> Result<Context<'a>, RenderError> {
        let says = Texts::of(&settings.language, &settings.texts);
        let theme = Theme::new(&settings, &project.declared.colours, &says, &languages.up())?;
        let resolver = Resolver::new(project);
        let mut urls = Urls::of_pages(project, settings.not_found.as_deref());
        urls.set_elsewhere(&languages.elsewhere);
        copy_files(project, &resolver, &settings, &mut urls);
        for (path, _) in languages.untranslated.iter().filter(|_| languages.is_translation()) {
            urls.claim(path);
        }
        let operations = Operations::of(project, findings, &settings, &says, &languages, &mut urls);
        let redirects = Redirects::of(project, &mut urls);
        let nav = Nav::of(project, &urls, settings.section_labels);
        let search = SearchPlan::of(project, &operations, &urls, settings.search);
        let repository = settings.repository.clone();
        let hidelines = settings.hidelines.clone();
        let links = Links {
            project,
            resolver,
            urls,
            repository,
            hidelines,
            says: says.clone(),
            operations: operations.named(),
            smart: settings.smart_punctuation,
        };
        Ok(Context {
            project,
            findings,
            settings,
            languages,
            links,
            nav,
            theme,
            says,
            operations,
            search,
            redirects,
            drills: last_of_pages(project),
        })
    }

    /// The site's title.
    pub(super) fn site_title(&self) -> &str {
        let of_book = Some(self.project.book.title.as_str()).filter(|it| *it != Book::UNTITLED);
        let own = self.settings.title.as_deref().or(of_book).filter(|it| !it.is_empty());
        own.unwrap_or_else(|| self.says.get("documentation"))
    }

    /// The shell of a page.
    pub(super) fn shell(&self, about: About<'_>) -> Shell {
        let About { place, title, description, page, sections, crumbs, nav, is_said } = about;
        let source = page.map(|it| it.source);
        let (previous, next) = source.map_or((None, None), |it| self.nav.steps(it, &place));
        let path = source.map(|it| self.project.sources.path(it));
        let linter_language = (!is_in_english(&self.settings.language)).then_some("en");
        let own_language = linter_language.filter(|_| self.says.is_english);
        let operations = self.operations.links.iter().map(|it| OperationsLink {
            title: it.title.clone(),
            about: it.about.clone(),
            about_language: own_language.filter(|_| it.in_bar),
            href: place.to(&it.path),
            current: it.owns(&place.path),
            language: it.language.clone(),
            in_bar: it.in_bar,
        });
        let everywhere = [self.operations.home.as_str(), self.operations.index.as_str()];
        let up = self.languages.up();
        Shell {
            language: self.settings.language.clone(),
            text_language: own_language.filter(|_| is_said),
            linter_language,
            languages: self.languages.links(&place, &everywhere),
            alternates: self.languages.alternates(&place.path, |it| {
                self.address(it).or_else(|| Some(place.to(&format!("{up}{it}"))))
            }),
            versions: self.settings.version.as_ref().map(|it| Versions {
                name: it.clone(),
                label: self.says.with("version", it),
                all: place.to(&format!("{up}../versions.html")),
                list: place.to(&format!("{up}../versions.json")),
                root: Some(place.to(&up)).filter(|it| !it.is_empty()).unwrap_or_else(|| "./".to_owned()),
            }),
            direction: self.settings.direction(&self.settings.language),
            site: self.site_title().to_owned(),
            title: title.to_owned(),
            description,
            home: place.to(&self.operations.home),
            is_home: place.path == self.operations.home,
            index: place.to(&self.operations.index),
            robots: None,
            canonical: self.full_url(&place.path),
            feed: self.operations.feed.as_deref().map(|it| place.to(it)),
            logo: self.logo(&place),
            policy: POLICY,
            assets: self.assets(&place),
            operations: operations.collect(),
            nav: if nav.is_empty() {
                self.named(self.nav.rows(source, &place, &self.operations.index))
            } else {
                nav
            },
            crumbs: source.map_or(crumbs, |it| self.nav.crumbs(it, &place)),
            previous,
            next,
            sections,
            updated: path.and_then(|it| self.settings.updates.get(it)).map(|it| self.updated(it)),
            edit: path.and_then(|it| match &self.settings.edit {
                Some(template) => Some(template.of(it)),
                None => Some(self.settings.repository.as_ref()?.edit(it)),
            }),
            markdown: page.map(|_| place.to(&markdown_path(&place.path))),
        }
    }

    /// Rows of the navigation with words for those that stand for several.
    pub(super) fn named(&self, mut rows: Vec<NavRow>) -> Vec<NavRow> {
        for row in rows.iter_mut().filter(|it| it.more > 0) {
            row.title = self.says.with("more", &row.more.to_string());
        }
        rows
    }

    fn updated(&self, update: &Update) -> Updated {
        let mut authors = update.authors.iter().take(AUTHORS).cloned().collect::<Vec<_>>().join(", ");
        if update.authors.len() > AUTHORS {
            authors.push_str(", …");
        }
        let by = if authors.is_empty() { String::new() } else { self.says.with("by", &authors) };
        Updated { words: self.says.around("changed"), date: update.date.clone(), authors, by }
    }

    fn logo(&self, place: &Place) -> Option<LogoView> {
        let logo = self.settings.logo.as_ref()?;
        let url = |path: &str| self.links.urls.copied(path).map(|it| place.to(it));
        let (width, height) = logo.size.unwrap_or((LOGO_HEIGHT, LOGO_HEIGHT));
        let width = (f64::from(width) * f64::from(LOGO_HEIGHT) / f64::from(height.max(1))).round();
        let dark = logo.dark.as_deref().and_then(url);
        Some(LogoView {
            src: url(&logo.path)?,
            dark,
            width: width.clamp(1.0, 400.0) as u32,
            height: LOGO_HEIGHT,
        })
    }

    fn assets(&self, place: &Place) -> Assets {
        let copied = |paths: &[String]| -> Vec<String> {
            paths.iter().filter_map(|it| self.links.urls.copied(it)).map(|it| place.to(it)).collect()
        };
        let icon = self.settings.favicon.as_deref().and_then(|it| self.links.urls.copied(it));
        Assets {
            css: place.to(self.theme.asset("docwright.css")),
            theme: place.to(self.theme.asset("theme.js")),
            script: place.to(self.theme.asset("docwright.js")),
            icon: place.to(icon.unwrap_or(self.theme.asset("icon.svg"))),
            icon_type: media_type(icon.unwrap_or("icon.svg")),
            search: self.search.as_ref().map(|it| SearchFiles {
                script: place.to(self.theme.asset("search.js")),
                index: place.to(&it.manifest()),
                root: place.to(""),
            }),
            more_css: copied(&self.settings.extra_css),
            more_js: copied(&self.settings.extra_js),
            redirect: place.to(self.theme.asset("redirect.js")),
        }
    }

    /// The URL of a file of the site, where the site's own is known. Index pages are named by their folder.
    pub(super) fn full_url(&self, path: &str) -> Option<String> {
        let base = self.settings.base_url.as_deref()?.trim_end_matches('/');
        let folder = path.strip_suffix("index.html").filter(|it| it.is_empty() || it.ends_with('/'));
        let path = folder.unwrap_or(path);
        Some(format!("{base}/{}", encode_path(path)))
    }

    /// The URL of a path from the root of the whole site, in all languages.
    fn address(&self, path: &str) -> Option<String> {
        let up = self.languages.up().matches("../").count();
        let mut base = self.settings.base_url.as_deref()?.trim_end_matches('/');
        for _ in 0..up {
            base = folder(base);
        }
        let folder = path.strip_suffix("index.html").filter(|it| it.is_empty() || it.ends_with('/'));
        Some(format!("{base}/{}", encode_path(folder.unwrap_or(path))))
    }

    /// The place of a page. What is shown where there is no page is served at any address.
    pub(super) fn place(&self, path: &str) -> Place {
        let known = self.settings.site_path.is_some();
        let absolute = (path == "404.html" && known).then(|| self.settings.root());
        Place { absolute, ..Place::at(path) }
    }

    /// The title of the page of the book at a path of the site.
    pub(super) fn title_of(&self, path: &str) -> Option<&str> {
        let page = self.project.pages.iter().find(|it| self.links.urls.page(it.source) == Some(path))?;
        Some(&self.project.shown(page).0.title)
    }

    /// A view as HTML.
    pub(super) fn html(&self, template: &str, view: &impl serde::Serialize) -> Html {
        self.theme.render(template, view)
    }

    /// Where a span stands, with a link to the nearest heading above it, else to its line on the forge.
    pub(super) fn origin(&self, span: Span, place: &Place) -> Origin {
        let path = self.project.sources.path(span.source);
        let line = self.project.sources.get(span.source).position(span.start).line;
        let on_site = self.links.urls.page_anywhere(span.source).and_then(|url| {
            let page = self.page(span.source)?;
            let above = page.headings.partition_point(|it| it.span.start <= span.start);
            Some(match above.checked_sub(1).and_then(|it| page.headings.get(it)) {
                Some(heading) if self.is_shown(page, &heading.anchor) => {
                    place.to_fragment(url, &heading.anchor)
                }
                _ => place.to(url),
            })
        });
        let on_forge = || Some(self.settings.repository.as_ref()?.line(path, line));
        Origin { path: path.to_owned(), line, href: on_site.or_else(on_forge) }
    }

    /// Whether readers of a page find an anchor of its own text.
    fn is_shown(&self, page: &Page, anchor: &str) -> bool {
        self.project.shown(page).0.anchors.contains_key(anchor)
    }

    /// The page that was read from a source. Pages are ordered by path, as sources are.
    pub(super) fn page(&self, source: SourceId) -> Option<&'a Page> {
        let at = self.project.pages.binary_search_by_key(&source, |it| it.source).ok()?;
        self.project.pages.get(at)
    }
}

/// How high the logo is shown, in pixels.
const LOGO_HEIGHT: u32 = 28;

/// How many authors a page names.
const AUTHORS: usize = 3;

/// Whether a BCP 47 tag means English.
pub(super) fn is_in_english(tag: &str) -> bool {
    tag.split(['-', '_']).next().is_some_and(|it| it.eq_ignore_ascii_case("en"))
}

/// The source that stands beside a page.
pub(super) fn markdown_path(page: &str) -> String {
    format!("{}.md", page.strip_suffix(".html").unwrap_or(page))
}

/// The sections of a page for its table of contents.
pub(super) fn sections(page: &Page, place: &Place) -> Vec<Section> {
    let title = page.title_heading();
    let listed = |level: u8| {
        let headings = page.headings.iter().enumerate();
        headings.filter(move |(at, it)| it.level <= level && Some(*at) != title).map(|(_, it)| it)
    };
    let deepest = if listed(3).count() > MANY_SECTIONS { 2 } else { 3 };
    listed(deepest)
        .filter(|it| !it.text.is_empty())
        .map(|it| Section {
            title: it.text.clone(),
            href: place.to_fragment(&place.path, &it.anchor),
            level: it.level.max(2),
        })
        .collect()
}

/// Finds the files that are copied to the site: all that lie in the book's folder, images that pages show from
/// elsewhere in the repository, and style sheets. Where the book is the whole repository, only those that pages
/// link to. Hidden files are never copied.
fn copy_files(project: &Project, resolver: &Resolver<'_>, settings: &Settings, urls: &mut Urls) {
    let linked = project.pages.par_iter().filter(|it| it.in_book).flat_map_iter(|page| {
        let links = project.shown(page).0.links.iter().filter(|link| may_be_copied(&link.dest));
        links.filter_map(|link| match resolver.resolve(page, &link.dest) {
            Target::File { path, .. } => {
                let image =
                    matches!(link.kind, LinkKind::Image | LinkKind::ImageReference | LinkKind::HtmlImage);
                (image || inside_book(project, &path).is_some()).then_some(path)
            }
            _ => None,
        })
    });
    let mut wanted: BTreeSet<String> = linked.collect();
    if !project.book.src.is_empty() {
        let files = project.files.paths().filter(|(_, entry)| !entry.is_dir);
        let files = files.filter(|(path, _)| inside_book(project, path).is_some());
        wanted.extend(files.map(|(path, _)| path.to_owned()));
    }
    wanted.extend(settings.extra_css.iter().chain(&settings.extra_js).chain(&settings.favicon).cloned());
    let logo = settings.logo.iter().flat_map(|it| std::iter::once(&it.path).chain(&it.dark));
    wanted.extend(logo.cloned());
    for path in wanted {
        let hidden = path.split('/').any(|it| it.starts_with('.'));
        let exists = project.files.get(&path).is_some_and(|it| !it.is_dir);
        if hidden || !exists || is_markdown(&path) {
            continue;
        }
        let target = inside_book(project, &path).map_or_else(|| format!("_files/{path}"), str::to_owned);
        urls.copy(&path, &target);
    }
}

/// Whether a link can lead to a file that is copied. Most lead to pages and other sites, and a plan of the site looks
/// at every link of the book.
fn may_be_copied(dest: &str) -> bool {
    let path = dest.split(['#', '?']).next().unwrap_or_default();
    !path.is_empty() && !is_markdown(path) && !path.contains("://")
}
