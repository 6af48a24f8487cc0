//! The page that says that a page is not translated yet, and leads to the one in the book's language.

use crate::model::Project;
use crate::model::page::Page;
use crate::render::Html;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::UntranslatedPage;
use crate::source::SourceId;

/// The page that was read from a source. Pages are ordered by path, as sources are.
fn find(project: &Project, source: SourceId) -> Option<&Page> {
    project.pages.get(project.pages.binary_search_by_key(&source, |it| it.source).ok()?)
}

/// The page at a path; `original` is the path in the tree of the book's language, with its source.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str, original: &(String, SourceId)) -> Html {
    let place = Place::at(path);
    let (target, tag, name) = cx.languages.original(&original.0).unwrap_or_default();
    let main = cx.languages.main;
    let page = main.and_then(|it| Some((it, find(it, original.1)?)));
    let title = page.map_or_else(String::new, |(project, page)| project.shown(page).0.title.clone());
    let words = cx.says.with("not-translated-text", cx.languages.name()).replacen("{}", name, 1);
    let about = About { is_said: false, ..About::made(place.clone(), cx.says.get("not-translated")) };
    let mut shell = cx.shell(about);
    shell.canonical = None;
    shell.robots = Some("noindex");
    let view = UntranslatedPage { shell, words, href: place.to(&target), title, tag: tag.to_owned() };
    cx.html("untranslated.html", &view)
}
