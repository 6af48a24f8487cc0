//! Blocks: headings, paragraphs, lists, quotes, tables.

use super::escape::{attribute_into, escape_into};
use super::{Closes, Table, Writer};
use crate::model::document::{Alert, Align, Kind, NodeId};
use crate::render::url::encode_fragment;

/// A table with more columns keeps its first one in view.
const MANY_COLUMNS: usize = 5;

impl Writer<'_, '_> {
    /// Writes what begins at a block; whether its children follow.
    pub(super) fn open_block(&mut self, id: NodeId) -> bool {
        self.close_raw_paragraph();
        let document = &self.page.document;
        let (start, end) = match &document.node(id).kind {
            Kind::Heading(index) => return self.heading(id, *index as usize),
            Kind::CodeBlock(index) => return self.code_block(id, *index as usize),
            Kind::HtmlBlock => return self.html_block(id),
            Kind::Table(align) => {
                let align = align.to_vec();
                return self.table(id, align);
            }
            Kind::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead><tr>");
                self.push(id, Closes::TableHead);
                return true;
            }
            Kind::TableRow => {
                self.table.column = 0;
                ("<tr>", "</tr>\n")
            }
            Kind::TableCell => return self.cell(id),
            Kind::FootnoteDefinition(label) => {
                let label = label.clone();
                self.open_footnote();
                self.push(id, Closes::Footnote(label));
                return true;
            }
            Kind::ThematicBreak => {
                self.out.push_str("<hr>\n");
                return false;
            }
            Kind::Paragraph => ("<p>", "</p>\n"),
            Kind::BlockQuote(None) => ("<blockquote>\n", "</blockquote>\n"),
            Kind::BlockQuote(Some(alert)) => {
                let (class, title) = alert_title(*alert);
                let title = self.links.says.get(title);
                self.out.push_str(&format!(
                    "<div class=\"alert {class}\" role=\"note\"><p class=\"alert-title\">"
                ));
                escape_into(&mut self.out, title);
                self.out.push_str("</p>\n");
                self.push(id, Closes::With("</div>\n"));
                return true;
            }
            Kind::List(None) => ("<ul>\n", "</ul>\n"),
            Kind::List(Some(1)) => ("<ol>\n", "</ol>\n"),
            Kind::List(Some(first)) => {
                self.out.push_str(&format!("<ol start=\"{first}\">\n"));
                self.push(id, Closes::With("</ol>\n"));
                return true;
            }
            Kind::Item => return self.item(id),
            Kind::Container => return self.open_container(id),
            // Written with its container.
            Kind::ContainerTitle => return false,
            Kind::DefinitionList => ("<dl>\n", "</dl>\n"),
            Kind::DefinitionTerm => {
                self.out.push_str("<dt");
                if let Some(anchor) = self.ids.get(&id) {
                    attribute_into(&mut self.out, "id", anchor);
                }
                (">", "</dt>\n")
            }
            Kind::DefinitionDetails => ("<dd>", "</dd>\n"),
            _ => return false,
        };
        self.out.push_str(start);
        self.push(id, Closes::With(end));
        true
    }

    fn heading(&mut self, id: NodeId, index: usize) -> bool {
        let Some(heading) = self.page.headings.get(index) else { return false };
        self.out.push_str(&format!("<h{}", self.level(index, heading.level)));
        if self.below.is_none() {
            attribute_into(&mut self.out, "id", &heading.anchor);
        }
        self.out.push('>');
        self.section.clone_from(&heading.text);
        if let Some(other) = self.ids.get(&id) {
            self.out.push_str("<span");
            attribute_into(&mut self.out, "id", other);
            self.out.push_str("></span>");
        }
        self.push(id, Closes::Heading(index));
        true
    }

    pub(super) fn close_heading(&mut self, index: usize) {
        let Some(heading) = self.page.headings.get(index) else { return };
        if self.below.is_none() {
            self.out.push_str(" <a class=\"permalink\" href=\"#");
            self.out.push_str(&encode_fragment(&heading.anchor));
            self.out.push('"');
            attribute_into(&mut self.out, "aria-label", &self.links.says.with("link-to", &heading.text));
            self.out.push_str(">#</a>");
        }
        self.out.push_str(&format!("</h{}>\n", self.level(index, heading.level)));
    }

    fn item(&mut self, id: NodeId) -> bool {
        self.out.push_str("<li");
        if self.is_task(id) {
            self.out.push_str(" class=\"task\"");
        }
        match self.ids.get(&id) {
            None => self.out.push('>'),
            Some(anchor) => {
                attribute_into(&mut self.out, "id", anchor);
                self.out.push_str("><a class=\"permalink step\" href=\"#");
                self.out.push_str(&encode_fragment(anchor));
                self.out.push('"');
                attribute_into(&mut self.out, "aria-label", self.links.says.get("link-to-step"));
                self.out.push_str(">#</a>");
            }
        }
        self.push(id, Closes::With("</li>\n"));
        true
    }

    /// The level that a heading has where it is shown: the title of a page has the first, whatever it has in the text;
    /// the highest of a description comes directly below the heading above it.
    fn level(&self, index: usize, written: u8) -> u8 {
        match self.below {
            Some(below) => (below + 1 + written.saturating_sub(self.highest)).min(6),
            None if self.title == Some(index) => 1,
            None => written,
        }
    }

    /// Whether an item begins with a check box, in a paragraph or not.
    fn is_task(&self, id: NodeId) -> bool {
        let document = &self.page.document;
        let first = |id: NodeId| {
            let child = document.descendants(id).next()?;
            Some((child, &document.node(child).kind))
        };
        match first(id) {
            Some((_, Kind::TaskMarker(_))) => true,
            Some((child, Kind::Paragraph)) => matches!(first(child), Some((_, Kind::TaskMarker(_)))),
            _ => false,
        }
    }

    fn html_block(&mut self, id: NodeId) -> bool {
        let mut html = String::new();
        for line in self.page.document.children(id) {
            html.push_str(self.text.get(self.page.document.node(line).range()).unwrap_or_default());
        }
        self.raw(&html);
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        false
    }

    /// A table stands in a region that scrolls by itself and can be reached with the keyboard.
    fn table(&mut self, id: NodeId, align: Vec<Align>) -> bool {
        let class = if align.len() > MANY_COLUMNS { "table many" } else { "table" };
        self.out.push_str(&format!("<div class=\"{class}\" role=\"region\" tabindex=\"0\""));
        attribute_into(&mut self.out, "aria-label", &self.links.says.with("table", &self.section));
        self.out.push_str("><table>\n");
        self.table = Table { align, column: 0, in_head: false };
        self.push(id, Closes::With("</tbody></table></div>\n"));
        true
    }

    fn cell(&mut self, id: NodeId) -> bool {
        let (start, end) = if self.table.in_head { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        self.out.push_str(start);
        let class = match self.table.align.get(self.table.column) {
            Some(Align::Left) => " class=\"left\">",
            Some(Align::Center) => " class=\"center\">",
            Some(Align::Right) => " class=\"right\">",
            Some(Align::None) | None => ">",
        };
        self.out.push_str(class);
        self.table.column += 1;
        self.push(id, Closes::With(end));
        true
    }
}

/// The class of an alert, and the text that is its title.
fn alert_title(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::Note => ("note", "alert-note"),
        Alert::Tip => ("tip", "alert-tip"),
        Alert::Important => ("important", "alert-important"),
        Alert::Warning => ("warning", "alert-warning"),
        Alert::Caution => ("caution", "alert-caution"),
    }
}
