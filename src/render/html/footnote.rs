//! Footnotes: numbered in the order of their first reference, collected at the end of the page with ways back.

use std::collections::BTreeMap;

use super::Writer;
use super::escape::{attribute_into, escape_into};
use crate::model::document::Kind;
use crate::model::page::Page;
use crate::parse::markdown::footnote_anchor;
use crate::render::url::encode_fragment;

/// The footnotes of one page.
#[derive(Default)]
pub(super) struct Footnotes {
    notes: BTreeMap<String, Note>,
    /// Labels in the order of their numbers.
    order: Vec<String>,
    /// What was written before the definition that is written now; definitions may nest in odd documents.
    outer: Vec<String>,
}

#[derive(Default)]
struct Note {
    id: String,
    /// From 1, once it was referred to.
    number: usize,
    /// How many references were written.
    references: usize,
    html: String,
}

impl Footnotes {
    /// The footnotes that a page defines, without their words.
    pub(super) fn of(page: &Page) -> Footnotes {
        let mut footnotes = Footnotes::default();
        for node in &page.document.nodes {
            if let Kind::FootnoteDefinition(label) = &node.kind {
                let note = Note { id: footnote_anchor(label), ..Note::default() };
                footnotes.notes.entry(key(label)).or_insert(note);
            }
        }
        footnotes
    }
}

fn key(label: &str) -> String {
    label.to_lowercase()
}

fn reference_id(id: &str, count: usize) -> String {
    let id = id.strip_prefix("fn-").unwrap_or(id);
    if count > 1 { format!("fnref-{id}-{count}") } else { format!("fnref-{id}") }
}

impl Writer<'_, '_> {
    /// Writes a number that leads to a footnote; the words themselves where no footnote has this label.
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let key = key(label);
        let Some(note) = self.footnotes.notes.get_mut(&key) else {
            escape_into(&mut self.out, &format!("[^{label}]"));
            return;
        };
        note.references += 1;
        if note.references == 1 {
            self.footnotes.order.push(key);
            note.number = self.footnotes.order.len();
        }
        let (id, number, count) = (note.id.clone(), note.number, note.references);
        self.out.push_str("<sup class=\"footnote-ref\"><a");
        if self.below.is_none() {
            attribute_into(&mut self.out, "id", &reference_id(&id, count));
            attribute_into(&mut self.out, "href", &format!("#{}", encode_fragment(&id)));
        }
        self.out.push_str(&format!(" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// From here on, what is written belongs to a footnote.
    pub(super) fn open_footnote(&mut self) {
        let outer = std::mem::take(&mut self.out);
        self.footnotes.outer.push(outer);
    }

    pub(super) fn close_footnote(&mut self, label: &str) {
        let outer = self.footnotes.outer.pop().unwrap_or_default();
        let html = std::mem::replace(&mut self.out, outer);
        if let Some(note) = self.footnotes.notes.get_mut(&key(label)) {
            note.html.push_str(&html);
        }
    }

    /// Appends the footnotes; those that nobody refers to come last.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.notes.is_empty() {
            return;
        }
        let Footnotes { mut notes, order, .. } = std::mem::take(&mut self.footnotes);
        self.out.push_str("<section class=\"footnotes\"");
        attribute_into(&mut self.out, "aria-label", self.links.says.get("footnotes"));
        self.out.push_str("><ol>\n");
        let referred: Vec<Note> = order.iter().filter_map(|it| notes.remove(it)).collect();
        for note in referred.iter().chain(notes.values()) {
            self.out.push_str("<li");
            if self.below.is_none() {
                attribute_into(&mut self.out, "id", &note.id);
            }
            self.out.push('>');
            let html = note.html.trim_end();
            let (words, end) = match html.strip_suffix("</p>") {
                Some(words) => (words, "</p>"),
                None => (html, ""),
            };
            self.out.push_str(words);
            for count in 1..=note.references {
                if self.below.is_some() {
                    break;
                }
                self.out.push_str(" <a class=\"backref\"");
                let id = reference_id(&note.id, count);
                attribute_into(&mut self.out, "href", &format!("#{}", encode_fragment(&id)));
                self.out.push_str(" role=\"doc-backlink\"");
                attribute_into(&mut self.out, "aria-label", self.links.says.get("back"));
                self.out.push_str(">↩</a>");
            }
            self.out.push_str(end);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }
}
