//! Inlines: words, emphasis, code, links, images.

use std::ops::Range;

use super::escape::{attribute_into, escape_into};
use super::link::{Href, Picture};
use super::{Closes, Writer};
use crate::model::document::{Kind, NodeId};
use crate::model::page::LinkKind;
use crate::model::resolve::Target;

/// A formula with more signs in its source may not fit into a line.
const LONG_FORMULA: usize = 48;

/// Appends a formula in a box of this class. It scrolls, so it can be reached with the keyboard.
pub(super) fn formula_box(out: &mut String, class: &str, mathml: &str) {
    out.push_str(&format!("<span class=\"{class}\" tabindex=\"0\">{mathml}</span>"));
}

impl Writer<'_, '_> {
    /// Writes what begins at an inline; whether its children follow.
    pub(super) fn open_inline(&mut self, id: NodeId) -> bool {
        let page = self.page;
        let node = page.document.node(id);
        match &node.kind {
            Kind::Text(own) => {
                let source = self.text.get(node.range()).unwrap_or_default();
                let words = self.set.get(&id).map(String::as_str).or(own.as_deref()).unwrap_or(source);
                escape_into(&mut self.out, words);
            }
            Kind::Code(words) => self.code(words, node.range()),
            Kind::Html | Kind::InlineHtml => {
                self.raw(self.text.get(node.range()).unwrap_or_default());
            }
            Kind::SoftBreak => self.out.push('\n'),
            Kind::HardBreak => self.out.push_str("<br>\n"),
            Kind::TaskMarker(done) => {
                let (checked, says) = if *done { (" checked", "done") } else { ("", "not-done") };
                self.out.push_str(&format!("<input type=\"checkbox\" disabled{checked}"));
                attribute_into(&mut self.out, "aria-label", self.links.says.get(says));
                self.out.push_str("> ");
            }
            Kind::Math(index) => self.formula(*index as usize),
            Kind::FootnoteReference(label) => self.footnote_reference(label),
            Kind::Emphasis => return self.element(id, "<em>", "</em>"),
            Kind::Strong => return self.element(id, "<strong>", "</strong>"),
            Kind::Strikethrough => return self.element(id, "<del>", "</del>"),
            Kind::Link(index) => return self.link(id, *index as usize),
            Kind::Image(index) => self.image(id, *index as usize),
            _ => {}
        }
        false
    }

    fn element(&mut self, id: NodeId, start: &str, end: &'static str) -> bool {
        self.out.push_str(start);
        self.push(id, Closes::With(end));
        true
    }

    /// Inline code; the path of a page becomes a link to it, a request one to its operation.
    fn code(&mut self, words: &str, place: Range<usize>) {
        let page_path = words.ends_with(".md") && !words.contains(char::is_whitespace) && !self.in_link();
        let target = page_path.then(|| self.links.resolver.resolve(self.page, words));
        let url = match target {
            Some(Target::Page { page, .. }) => {
                self.links.project.pages.get(page).and_then(|it| self.links.urls.page(it.source))
            }
            _ => None,
        };
        let url = url.filter(|&it| it != self.place.path).map(|it| self.place.to(it));
        let operation = || self.links.operation(self.page.source, place).filter(|_| !self.in_link());
        let url = url.or_else(|| operation().map(|(path, anchor)| self.place.to_fragment(path, anchor)));
        if let Some(url) = &url {
            self.out.push_str("<a");
            attribute_into(&mut self.out, "href", url);
            self.out.push('>');
        }
        self.out.push_str("<code>");
        escape_into(&mut self.out, words);
        self.out.push_str(if url.is_some() { "</code></a>" } else { "</code>" });
    }

    /// A formula, in a box that scrolls where it does not fit; its source where it cannot be shown.
    fn formula(&mut self, index: usize) {
        let Some(formula) = self.page.formulas.get(index) else { return };
        match &formula.mathml {
            None => {
                self.out.push_str("<code class=\"language-math\">");
                escape_into(&mut self.out, &formula.latex);
                self.out.push_str("</code>");
            }
            Some(mathml) if formula.display => formula_box(&mut self.out, "math", mathml),
            Some(mathml) if formula.latex.len() > LONG_FORMULA => {
                formula_box(&mut self.out, "math-long", mathml);
            }
            Some(mathml) => self.out.push_str(mathml),
        }
    }

    fn link(&mut self, id: NodeId, index: usize) -> bool {
        let page = self.page;
        let Some(link) = page.links.get(index) else { return true };
        if self.in_link() {
            return self.element(id, "", "");
        }
        let href = match link.kind {
            LinkKind::Email => Href::External(format!("mailto:{}", link.dest)),
            _ => self.links.href(page, self.place, &link.dest),
        };
        let end = match href {
            Href::Text(_) => "</span>",
            _ => "</a>",
        };
        self.out.push_str(if end == "</a>" { "<a" } else { "<span class=\"path\"" });
        self.link_attributes(&href, &link.title);
        self.out.push('>');
        self.link_depth += 1;
        self.push(id, Closes::Link(end));
        true
    }

    /// Appends `href` and what belongs to it; whether class or title are among it.
    pub(super) fn link_attributes(&mut self, href: &Href, title: &str) -> bool {
        match href {
            Href::Own(url) => attribute_into(&mut self.out, "href", url),
            Href::External(url) => {
                attribute_into(&mut self.out, "href", url);
                self.out.push_str(" rel=\"noopener\"");
            }
            Href::Dead(url, why) => {
                attribute_into(&mut self.out, "href", url);
                attribute_into(&mut self.out, "class", "dead");
                attribute_into(&mut self.out, "title", why);
                return true;
            }
            Href::Text(why) => {
                attribute_into(&mut self.out, "title", why);
                return true;
            }
        }
        if !title.is_empty() {
            attribute_into(&mut self.out, "title", title);
        }
        !title.is_empty()
    }

    fn image(&mut self, id: NodeId, index: usize) {
        let page = self.page;
        let Some(link) = page.links.get(index) else { return };
        let children = page.document.children(id);
        let alt: String = children.map(|it| page.document.plain_text(it, self.text)).collect();
        let picture = self.links.picture(page, self.place, &link.dest);
        let title = (!link.title.is_empty()).then(|| ("title", link.title.clone()));
        self.picture(&picture, &alt, title.as_slice());
    }

    /// Writes an image, or what stands in its place.
    pub(super) fn picture(&mut self, picture: &Picture, alt: &str, attributes: &[(&str, String)]) {
        match picture {
            Picture::Own(url) => {
                self.out.push_str("<img");
                attribute_into(&mut self.out, "src", url);
                attribute_into(&mut self.out, "alt", alt);
                for (name, value) in attributes {
                    attribute_into(&mut self.out, name, value);
                }
                self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
            }
            Picture::Elsewhere(url) => {
                let words = if alt.trim().is_empty() { url } else { alt };
                if self.in_link() {
                    escape_into(&mut self.out, words);
                    return;
                }
                self.out.push_str("<a class=\"picture\"");
                attribute_into(&mut self.out, "href", url);
                self.out.push_str(" rel=\"noopener\">");
                escape_into(&mut self.out, words);
                self.out.push_str("</a>");
            }
            Picture::Missing(why) => {
                self.out.push_str("<span class=\"picture dead\"");
                attribute_into(&mut self.out, "title", why);
                self.out.push('>');
                escape_into(&mut self.out, if alt.trim().is_empty() { why } else { alt });
                self.out.push_str("</span>");
            }
        }
    }
}
