//! The whole book on one page, to print or to take along: links between its pages become links inside it.

use std::collections::HashMap;

use crate::model::page::Page;
use crate::render::Html;
use crate::render::html;
use crate::render::html::escape::escape;
use crate::render::shell::{About, Context};
use crate::render::url::Place;
use crate::render::view::{PrintPage, PrintPart};

/// Attributes that name another element of the page.
const NAMES: [&str; 6] = ["id", "for", "name", "aria-labelledby", "aria-describedby", "headers"];

/// The page at its path.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str) -> Html {
    let place = Place::at(path);
    let pages = pages(cx);
    let prefixes: HashMap<String, String> =
        pages.iter().enumerate().map(|(at, (_, url))| (place.to(url), format!("p{}-", at + 1))).collect();
    let parts = pages.iter().enumerate().map(|(at, (page, _))| {
        let id = format!("p{}", at + 1);
        let (page, text) = cx.project.shown(page);
        let body = html::page(&cx.links, page, text, &place);
        let has_title = page.title_heading().is_some();
        let title = if has_title { String::new() } else { format!("<h1>{}</h1>\n", escape(&page.title)) };
        PrintPart {
            title: page.title.clone(),
            body: title + &inside(&body, &format!("{id}-"), &prefixes),
            id,
        }
    });
    let about = About { is_said: false, ..About::made(place.clone(), cx.says.get("print")) };
    let view = PrintPage { parts: parts.collect(), shell: cx.shell(about) };
    cx.html("print.html", &view)
}

/// The pages of the book in reading order, those that the navigation does not name last.
fn pages<'a>(cx: &'a Context<'_>) -> Vec<(&'a Page, &'a str)> {
    let in_book = |page: &'a Page| {
        Some((page, cx.links.urls.page(page.source)?)).filter(|it| it.0.in_book && it.1 != "404.html")
    };
    let named = cx.nav.reading_order().into_iter().filter_map(|it| cx.page(it));
    let others = cx.project.pages.iter().filter(|it| !cx.nav.has(it.source));
    named.chain(others).filter_map(in_book).collect()
}

/// A text in which every name begins with `prefix`, and links to pages lead to their parts.
fn inside(html: &str, prefix: &str, prefixes: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        out.push_str(before);
        let end = tag_end(tag);
        rest = &tag[end..];
        attributes(&mut out, &tag[..end], prefix, prefixes);
    }
    out.push_str(rest);
    out
}

/// Where a tag ends: behind the first `>` that is in no value.
fn tag_end(tag: &str) -> usize {
    let mut in_value = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => in_value = !in_value,
            b'>' if !in_value => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// Writes a tag with its names changed. docwright writes all values in double quotes.
fn attributes(out: &mut String, tag: &str, prefix: &str, prefixes: &HashMap<String, String>) {
    let mut rest = tag;
    while let Some(at) = rest.find("=\"") {
        let (before, value) = rest.split_at(at + 2);
        let Some(end) = value.find('"') else { break };
        out.push_str(before);
        let name = before[..at].rsplit(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let value_now = match name {
            _ if NAMES.contains(&name) => {
                let names = value[..end].split(' ').map(|it| format!("{prefix}{it}"));
                names.collect::<Vec<_>>().join(" ")
            }
            "href" => link(&value[..end], prefix, prefixes),
            // Markers of drawings.
            _ => value[..end].replace("url(#", &format!("url(#{prefix}")),
        };
        out.push_str(&value_now);
        rest = &value[end..];
    }
    out.push_str(rest);
}

fn link(href: &str, prefix: &str, prefixes: &HashMap<String, String>) -> String {
    let (path, fragment) = href.split_once('#').map_or((href, None), |it| (it.0, Some(it.1)));
    if path.is_empty() {
        return format!("#{prefix}{}", fragment.unwrap_or_default());
    }
    match (prefixes.get(path), fragment.filter(|it| !it.is_empty())) {
        (Some(prefix), Some(fragment)) => format!("#{prefix}{fragment}"),
        (Some(prefix), None) => format!("#{}", prefix.trim_end_matches('-')),
        (None, _) => href.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_links_stay_inside() {
        let prefixes = HashMap::from([("runbooks/a.html".to_owned(), "p2-".to_owned())]);
        let html = "<h2 id=\"x\" title=\"a > b\">X <a href=\"#x\">#</a></h2>id=\"y\" <a href=\"runbooks/a.html#s\">a</a><a href=\"runbooks/a.html\">a</a><a href=\"https://x.example/#y\">b</a>";
        assert_eq!(
            inside(html, "p1-", &prefixes),
            "<h2 id=\"p1-x\" title=\"a > b\">X <a href=\"#p1-x\">#</a></h2>id=\"y\" <a href=\"#p2-s\">a</a><a href=\"#p2\">a</a><a href=\"https://x.example/#y\">b</a>"
        );
        assert_eq!(inside("<p", "p1-", &prefixes), "<p");
    }
}
