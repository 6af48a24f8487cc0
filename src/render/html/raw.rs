//! Raw HTML of documents: what is harmless stays, the rest is dropped or shown as the text it is.
//!
//! Markdown brings HTML in pieces (one tag here, its end three paragraphs later), so the pieces are judged one
//! by one against an allow-list, and a stack of open tags closes what the document leaves open: nothing a
//! document holds can end an element of the page around it.
//!
//! A tag that HTML does not know is no tag but words in angle brackets (`<your-token>`, `<info added on …>`):
//! it is shown as text. A known one that is not allowed is dropped, with its contents where they are no prose.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::Writer;
use super::escape::{attribute_into, escape_into};
use super::link::Picture;

/// Elements that stay, with attributes of their own beside those of [`GLOBAL`].
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["name"]),
    ("abbr", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("blockquote", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("center", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &["align"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("h1", &["align"]),
    ("h2", &["align"]),
    ("h3", &["align"]),
    ("h4", &["align"]),
    ("h5", &["align"]),
    ("h6", &["align"]),
    ("hr", &[]),
    ("i", &[]),
    ("img", &["alt", "width", "height", "align"]),
    ("ins", &["datetime"]),
    ("kbd", &[]),
    ("li", &["value"]),
    ("mark", &[]),
    ("ol", &["start", "type", "reversed"]),
    ("p", &["align"]),
    ("pre", &[]),
    ("q", &[]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("span", &[]),
    ("strike", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &["align"]),
    ("tbody", &[]),
    ("td", &["align", "valign", "colspan", "rowspan", "headers"]),
    ("tfoot", &[]),
    ("th", &["align", "valign", "colspan", "rowspan", "scope", "headers"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &["align", "valign"]),
    ("tt", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("wbr", &[]),
];

/// Attributes that every element may have.
const GLOBAL: &[&str] = &["class", "dir", "id", "lang", "title"];

/// Elements without an end tag.
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Known elements that are dropped while their contents stay.
const DROPPED: &[&str] = &[
    "acronym", "address", "area", "article", "aside", "base", "basefont", "big", "blink", "body", "button",
    "data", "datalist", "dialog", "dir", "embed", "fieldset", "font", "footer", "form", "frame", "frameset",
    "head", "header", "hgroup", "html", "input", "label", "legend", "link", "main", "map", "marquee", "menu",
    "meta", "meter", "nav", "nobr", "optgroup", "option", "output", "param", "picture", "progress", "search",
    "slot", "source", "track",
];

/// Known elements whose contents are no prose, or would run.
const DROPPED_WHOLE: &[&str] = &[
    "applet",
    "audio",
    "canvas",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
    "xmp",
];

/// How many raw tags may stand open; browsers cap the depth of a page too.
const MAX_OPEN: usize = 64;

impl Writer<'_, '_> {
    /// Writes one piece of raw HTML.
    pub(super) fn raw(&mut self, html: &str) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        // The name of the dropped element that the reader stands in, and how many of that name are open.
        let mut inside: Option<(String, usize)> = None;
        let mut done = 0;
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            let end = match &token {
                Token::StartTag(it) => it.span.end,
                Token::EndTag(it) => it.span.end,
                Token::String(it) => it.span.end,
                Token::Comment(it) => it.span.end,
                Token::Doctype(it) => it.span.end,
                Token::Error(_) => continue,
            };
            done = done.max(end);
            if let Some((name, depth)) = &mut inside {
                match &token {
                    Token::StartTag(it) if it.name.as_slice() == name.as_bytes() => *depth += 1,
                    Token::EndTag(it) if it.name.as_slice() == name.as_bytes() => *depth -= 1,
                    _ => {}
                }
                if *depth == 0 {
                    inside = None;
                }
                continue;
            }
            match token {
                Token::String(words) => escape_into(&mut self.out, &String::from_utf8_lossy(&words.value)),
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if DROPPED_WHOLE.contains(&name.as_str()) {
                        inside = (!tag.self_closing).then_some((name, 1));
                    } else if let Some((_, own)) = ALLOWED.iter().find(|it| it.0 == name) {
                        self.start_tag(&name, own, &tag);
                    } else if !DROPPED.contains(&name.as_str()) {
                        self.as_text(html, tag.span.start, tag.span.end);
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if ALLOWED.iter().any(|it| it.0 == name) {
                        self.end_tag(&name);
                    } else if !DROPPED.contains(&name.as_str()) && !DROPPED_WHOLE.contains(&name.as_str()) {
                        self.as_text(html, tag.span.start, tag.span.end);
                    }
                }
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        // A tag that never ends gives no token: it is text too.
        if inside.is_none()
            && done < html.len()
            && !html[..].get(done..).is_some_and(|it| it.starts_with("<!"))
        {
            self.as_text(html, done, html.len());
        }
    }

    fn as_text(&mut self, html: &str, start: usize, end: usize) {
        escape_into(&mut self.out, html.get(start..end.min(html.len())).unwrap_or_default());
    }

    fn start_tag(&mut self, name: &str, own: &[&str], tag: &StartTag<usize>) {
        let link = name == "a" && self.in_link();
        if link || self.open_tags.len() >= MAX_OPEN {
            return;
        }
        if name == "img" {
            self.raw_image(tag);
            return;
        }
        let dest = tag.attributes.get(b"href".as_slice()).filter(|_| name == "a");
        let dest = dest.map(|it| String::from_utf8_lossy(&it.value).into_owned());
        self.out.push('<');
        self.out.push_str(name);
        // What the link says about itself takes the place of the document's class and title.
        let judged = match dest.map(|it| self.links.href(self.page, self.place, &it)) {
            Some(href) => self.link_attributes(&href, ""),
            None => false,
        };
        for (key, value) in &tag.attributes {
            let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
            let taken = key == "href" || (judged && matches!(key.as_ref(), "class" | "title"));
            if !taken && (GLOBAL.contains(&key.as_ref()) || own.contains(&key.as_ref())) {
                attribute_into(&mut self.out, &key, &value);
            }
        }
        self.out.push('>');
        if !VOID.contains(&name) {
            self.open_tags.push(name.to_owned().into());
        }
    }

    fn end_tag(&mut self, name: &str) {
        let from = self.tags_before;
        let open = self.open_tags.get(from..).unwrap_or_default();
        if let Some(at) = open.iter().rposition(|it| it.as_ref() == name) {
            self.close_tags(from + at);
        }
    }

    /// Closes raw tags until only so many are open.
    pub(super) fn close_tags(&mut self, keep: usize) {
        while self.open_tags.len() > keep {
            if let Some(name) = self.open_tags.pop() {
                self.out.push_str("</");
                self.out.push_str(&name);
                self.out.push('>');
            }
        }
    }

    /// A raw `<p>` ends where the next block begins, as browsers do it.
    pub(super) fn close_raw_paragraph(&mut self) {
        if self.open_tags.len() > self.tags_before
            && self.open_tags.last().is_some_and(|it| it.as_ref() == "p")
        {
            self.close_tags(self.open_tags.len() - 1);
        }
    }

    fn raw_image(&mut self, tag: &StartTag<usize>) {
        let get = |name: &str| {
            tag.attributes.get(name.as_bytes()).map(|it| String::from_utf8_lossy(&it.value).into_owned())
        };
        let alt = get("alt").unwrap_or_default();
        let picture = self.links.picture(self.page, self.place, &get("src").unwrap_or_default());
        if let Picture::Own(_) = picture {
            let size = ["width", "height", "align", "class", "title", "id"];
            let more: Vec<_> = size.iter().filter_map(|&name| Some((name, get(name)?))).collect();
            self.picture(&picture, &alt, &more);
        } else {
            self.picture(&picture, &alt, &[]);
        }
    }
}
