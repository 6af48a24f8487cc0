//! The pages that people wrote, each with its source beside it.

use crate::model::document::Kind;
use crate::model::page::Page;
use crate::render::shell::{About, Context, markdown_path, sections};
use crate::render::url::Place;
use crate::render::view::BookPage;
use crate::render::{Content, File, RenderError, html};

/// A description is cut at so many characters.
const DESCRIPTION: usize = 160;

/// The page and its source.
pub(in crate::render) fn files(cx: &Context<'_>, page: &Page) -> Result<Vec<File>, RenderError> {
    let Some(path) = cx.links.urls.page(page.source) else { return Ok(Vec::new()) };
    let text = &cx.project.sources.get(page.source).text;
    let place = Place::at(path);
    let view = BookPage {
        body: html::page(&cx.links, page, text, &place),
        has_title: page.headings.iter().any(|it| it.level == 1),
        findings: None,
        shell: cx.shell(About {
            place: place.clone(),
            title: &page.title,
            description: description(page, text),
            page: Some(page),
            sections: sections(page, &place),
        }),
    };
    let source = (markdown_path(path), Content::Bytes(text.as_bytes().to_vec()));
    Ok(vec![cx.file(path, "page.html", &view)?, source])
}

/// The first paragraph, as plain words.
fn description(page: &Page, text: &str) -> String {
    let document = &page.document;
    let first = document.roots().find(|&id| document.node(id).kind == Kind::Paragraph);
    let words = first.map(|id| document.plain_text(id, text)).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(DESCRIPTION) {
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
        None => words,
    }
}
