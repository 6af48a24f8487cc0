//! The ways in: start page, full index, 404, sitemap, `llms.txt`.

use std::collections::BTreeMap;

use crate::model::Dialect;
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::shell::{About, Context, markdown_path};
use crate::render::url::{Place, encode_path};
use crate::render::view::{Crumb, NavRow, PlainPage, StartPage};

/// The start page names so many pages of a folder,
const NAMED: usize = 24;
/// of so many folders.
const GROUPS: usize = 24;

fn plain(
    cx: &Context<'_>,
    place: Place,
    template: &str,
    title: &str,
    rows: Vec<NavRow>,
    others: Vec<Crumb>,
) -> Html {
    let print = cx.operations.print.as_deref().map(|it| place.to(it));
    cx.html(
        template,
        &PlainPage {
            shell: cx.shell(About { is_said: false, ..About::made(place, title) }),
            rows,
            others,
            print,
        },
    )
}

/// The page that opens a site whose book has none.
pub(in crate::render) fn start(cx: &Context<'_>) -> Html {
    let place = Place::at(&cx.operations.home);
    // Whoever wrote a list of the pages chose their order.
    let is_listed = cx.project.book.dialect == Dialect::MdBook;
    let is_urgent = |it| {
        let kind = cx.page(it).and_then(|it| it.document_type.as_deref());
        !is_listed && matches!(kind, Some("runbook" | "alert" | "dr-plan"))
    };
    let mut groups = cx.nav.groups(&place, NAMED, is_urgent);
    groups.truncate(GROUPS);
    for group in &mut groups {
        group.count = cx.says.counted(group.pages, "page-count", "pages-count");
        group.more_words = cx.says.with("more", &group.more.to_string());
    }
    let lead = cx.settings.description.clone().unwrap_or_default();
    let about = About::made(place, cx.site_title());
    let shell = cx.shell(About { is_said: false, description: lead.clone(), ..about });
    cx.html("start.html", &StartPage { shell, lead, groups })
}

/// Every page in reading order.
pub(in crate::render) fn contents(cx: &Context<'_>) -> Html {
    let place = Place::at(&cx.operations.index);
    let pages = cx.project.pages.iter().filter(|it| it.in_book && !cx.nav.has(it.source));
    let others = pages
        .filter_map(|it| Some((it, cx.links.urls.page(it.source).filter(|url| *url != "404.html")?)))
        .map(|(it, url)| Crumb { title: it.title.clone(), href: Some(place.to(url)) })
        .collect();
    let rows = cx.nav.all_rows(&place);
    plain(cx, place, "toc.html", cx.says.get("contents"), rows, others)
}

/// Servers show this page at any address, so its links begin at the root of the site where that is known.
pub(in crate::render) fn not_found(cx: &Context<'_>) -> Html {
    plain(cx, cx.place("404.html"), "404.html", cx.says.get("not-found"), Vec::new(), Vec::new())
}

/// The site for machine readers: every page's source with its title.
pub(in crate::render) fn llms(cx: &Context<'_>) -> String {
    let mut text = format!("# {}\n\n", cx.site_title());
    for page in cx.project.pages.iter().filter(|it| it.in_book) {
        let Some(path) = cx.links.urls.page(page.source) else { continue };
        let path = markdown_path(path);
        let url = cx.full_url(&path).unwrap_or_else(|| encode_path(&path));
        text.push_str(&format!("- [{}]({url})\n", page.title.replace(['[', ']'], "")));
    }
    text
}

/// The addresses of all pages; for a site that knows where it stands.
pub(in crate::render) fn sitemap(cx: &Context<'_>) -> String {
    let pages = cx.project.pages.iter().filter_map(|it| {
        let updated = cx.settings.updates.get(cx.project.sources.path(it.source));
        Some((cx.links.urls.page(it.source)?, updated.map(|it| it.date.as_str())))
    });
    let made = cx.operations.paths().into_iter().map(|it| (it, None));
    let others: BTreeMap<String, (&str, Option<&str>)> = cx
        .languages
        .others()
        .map(|(path, inside, id)| {
            let updated = cx.settings.updates.get(cx.project.sources.path(id)).map(|it| it.date.as_str());
            (path, (inside, updated))
        })
        .collect();
    let others = others.iter().map(|(path, (inside, updated))| (path.as_str(), *inside, *updated));
    let xhtml = match cx.languages.are_several() {
        true => " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"",
        false => "",
    };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"{xhtml}>\n",
    );
    let own = pages.chain(made).map(|(path, updated)| (path, path, updated));
    for (path, inside, updated) in own.chain(others).filter(|it| it.1 != "404.html") {
        if let Some(url) = cx.full_url(path) {
            let updated = updated.map_or_else(String::new, |it| format!("<lastmod>{}</lastmod>", escape(it)));
            let alternates: String = cx
                .languages
                .alternates(inside, |it| cx.full_url(it))
                .iter()
                .map(|it| {
                    let (tag, href) = (escape(&it.tag), escape(&it.href));
                    format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{href}\"/>")
                })
                .collect();
            xml.push_str(&format!("<url><loc>{}</loc>{updated}{alternates}</url>\n", escape(&url)));
        }
    }
    xml.push_str("</urlset>\n");
    xml
}
