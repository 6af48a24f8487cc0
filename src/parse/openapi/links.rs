//! The links in the descriptions of a spec.

use crate::model::page::{Link, LinkKind, Page};
use crate::model::spec::{Kind, Node, Spec};
use crate::parse::markdown;
use crate::source::{Sources, Span};

/// For each file with links in its descriptions, a page with these links and nothing else, so that the one
/// resolver of links can be asked about them.
pub(super) fn pages(spec: &Spec, sources: &Sources) -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for object in spec.all_objects(sources) {
        let links = match object.kind() {
            Kind::ExternalDocs => object.get("url").map(address).into_iter().collect(),
            _ => object.get("description").map(links).unwrap_or_default(),
        };
        if links.is_empty() {
            continue;
        }
        let source = object.node.source();
        let at = pages.iter().position(|it| it.source == source).unwrap_or_else(|| {
            pages.push(markdown::parse(source, sources.path(source), "", false));
            pages.len() - 1
        });
        pages[at].links.extend(links);
    }
    pages.iter_mut().for_each(|it| it.links.sort_by_key(|it| it.span));
    pages
}

/// A URL that stands alone.
fn address(url: Node<'_>) -> Link {
    let dest = url.text().unwrap_or_default().into_owned();
    link(LinkKind::Autolink, dest, url.span(), url.span())
}

fn link(kind: LinkKind, dest: String, span: Span, dest_span: Span) -> Link {
    Link { kind, node: None, dest, span, dest_span, title: String::new() }
}

/// The links of a text. Most texts have none, which shows without reading them as Markdown.
fn links(description: Node<'_>) -> Vec<Link> {
    let place = description.span();
    let written = description.sources.text(place);
    if !(written.contains("](") || written.contains("]: ") || written.contains("href=")) {
        return Vec::new();
    }
    let Some(text) = description.string() else { return Vec::new() };
    let page = markdown::parse(place.source, "", &text, false);
    let mut from = 0;
    let found = page.links.into_iter().map(|it| {
        // Indentation and escapes lie between the text and the source, so the words are looked for.
        let at = written.get(from..).and_then(|rest| rest.find(&it.dest)).filter(|_| !it.dest.is_empty());
        let span = match at {
            Some(at) => {
                let start = from + at;
                from = start + it.dest.len();
                place.slice(start..from)
            }
            None => place,
        };
        link(it.kind, it.dest, span, span)
    });
    found.collect()
}
