//! Ids and targets in raw HTML.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use crate::model::document::NodeId;
use crate::model::page::{Anchor, Link, LinkKind, Page};
use crate::source::Span;

/// Adds the ids, links and images of a piece of raw HTML to the page. Comments hold none.
pub(super) fn collect(page: &mut Page, text: &str, range: Range<usize>, node: NodeId) {
    let Some(html) = text.get(range.clone()) else { return };
    let tokens = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
    for token in tokens {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let whole = Span::new(page.source, range.start + tag.span.start..range.start + tag.span.end);
        for (name, value) in &tag.attributes {
            let Ok(words) = std::str::from_utf8(&value.value) else { continue };
            let span = attribute_span(text, page, &range, value.span.start..value.span.end, words);
            let kind = match (name.as_slice(), tag.name.as_slice()) {
                (b"id", _) | (b"name", b"a") if !words.is_empty() => {
                    page.anchors.entry(words.to_owned()).or_insert(Anchor::Html(span));
                    continue;
                }
                (b"href", b"a" | b"area") => LinkKind::HtmlLink,
                (b"src", b"img" | b"source" | b"video" | b"audio") => LinkKind::HtmlImage,
                _ => continue,
            };
            page.links.push(Link {
                kind,
                node: Some(node),
                dest: words.to_owned(),
                span: whole,
                dest_span: span,
                title: String::new(),
            });
        }
    }
}

/// The value's words without quotes; the tokenizer's span may hold them or the attribute's name.
fn attribute_span(text: &str, page: &Page, html: &Range<usize>, span: Range<usize>, words: &str) -> Span {
    let start = html.start + span.start;
    let end = (html.start + span.end).min(html.end);
    let range = match text.get(start..end).and_then(|it| it.rfind(words).filter(|_| !words.is_empty())) {
        Some(at) => start + at..start + at + words.len(),
        None => start..end,
    };
    Span::new(page.source, range)
}
