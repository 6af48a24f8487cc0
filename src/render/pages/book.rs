//! The pages that people wrote.

use super::alerts::leading_to;
use super::card::card;
use super::findings::anchor;
use crate::model::document::Kind;
use crate::model::page::Page;
use crate::render::shell::{About, Context, sections};
use crate::render::url::Place;
use crate::render::view::{BookPage, PageFindings};
use crate::render::{Html, html};

/// A description is cut at so many characters.
const DESCRIPTION: usize = 160;

/// A page at its path.
pub(in crate::render) fn html(cx: &Context<'_>, page: &Page, path: &str) -> Html {
    let (shown, text) = cx.project.shown(page);
    let place = cx.place(path);
    let html = html::page(&cx.links, shown, text, &place);
    let opening = if html.starts_with("<h1") { html.find("</h1>\n").map_or(0, |it| it + 6) } else { 0 };
    let (title, body) = html.split_at(opening);
    let number = cx.nav.number(page.source);
    let view = BookPage {
        title: numbered(title, number),
        number: number.to_owned(),
        body: body.to_owned(),
        card: card(cx, page, &place),
        has_title: shown.title_heading().is_some(),
        alerts: leading_to(cx, page, &place),
        words: cx.says.around("moved"),
        moved: cx.redirects.moved(cx, &place, |id| shown.anchors.contains_key(id)),
        findings: page_findings(cx, page, &place),
        shell: cx.shell(About {
            place: place.clone(),
            title: &shown.title,
            description: description(shown, text),
            page: Some(page),
            is_said: false,
            sections: sections(shown, &place),
            ..About::made(place, &shown.title)
        }),
    };
    cx.html("page.html", &view)
}

/// A heading with the number of the chapter before its words.
fn numbered(title: &str, number: &str) -> String {
    match title.find('>').filter(|_| !number.is_empty()) {
        Some(at) => format!("{}<span class=\"number\">{number}</span> {}", &title[..=at], &title[at + 1..]),
        None => title.to_owned(),
    }
}

/// What the linter says about the page, counted.
fn page_findings(cx: &Context<'_>, page: &Page, place: &Place) -> Option<PageFindings> {
    let counts = cx.operations.counts.get(&page.source)?;
    let part = cx.operations.findings.get(counts.part)?;
    let href = place.to_fragment(&part.path, &anchor(cx.project.sources.path(page.source)));
    let summary = counts.words(&cx.says);
    Some(PageFindings { words: cx.says.with("findings-here", &summary), summary, href })
}

/// The first paragraph, as plain words.
pub(super) fn description(page: &Page, text: &str) -> String {
    let document = &page.document;
    let first = document.roots().find(|&id| document.node(id).kind == Kind::Paragraph);
    let words = first.map(|id| document.plain_text(id, text)).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(DESCRIPTION) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}
