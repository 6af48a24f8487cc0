//! The pages that changed last, as an Atom feed (RFC 4287).

use crate::render::html::escape::escape;
use crate::render::shell::Context;

/// How many changes it tells.
const ENTRIES: usize = 40;

/// The feed at its path.
pub(in crate::render) fn xml(cx: &Context<'_>, path: &str) -> String {
    let mut pages: Vec<_> = cx
        .project
        .pages
        .iter()
        .filter(|it| it.in_book)
        .filter_map(|page| {
            let update = cx.settings.updates.get(cx.project.sources.path(page.source))?;
            Some((update, page, cx.full_url(cx.links.urls.page(page.source)?)?))
        })
        .collect();
    pages.sort_by(|a, b| b.0.date.cmp(&a.0.date).then_with(|| a.2.cmp(&b.2)));
    let newest = pages.first().map_or("1970-01-01", |it| it.0.date.as_str());
    let (own, home) = (cx.full_url(path).unwrap_or_default(), cx.full_url("index.html").unwrap_or_default());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <title>{}</title>\n<id>{2}</id>\n<link href=\"{2}\"/>\n<link rel=\"self\" href=\"{1}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n",
        escape(cx.site_title()),
        escape(&own),
        escape(&home),
    );
    for (update, page, url) in pages.into_iter().take(ENTRIES) {
        let (url, date) = (escape(&url), escape(&update.date));
        xml.push_str(&format!(
            "<entry><title>{}</title><id>{url}</id><link href=\"{url}\"/><updated>{date}T00:00:00Z</updated>\
             <author><name>{}</name></author><summary>{}</summary></entry>\n",
            escape(&page.title),
            escape(&plain(update.authors.first().map_or_else(|| cx.says.get("unknown"), String::as_str))),
            escape(&plain(&update.subject)),
        ));
    }
    xml.push_str("</feed>\n");
    xml
}

/// A line without the characters that XML cannot hold.
fn plain(line: &str) -> String {
    line.chars().filter(|it| !it.is_control()).collect()
}
