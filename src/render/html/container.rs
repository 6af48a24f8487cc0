//! Tabs, and the boxes that MkDocs writes as `!!! note`: containers with a title, whose body is indented.

use super::escape::{attribute_into, escape_into};
use super::{Closes, Writer};
use crate::model::document::{Kind, NodeId};
use crate::parse::markdown::{Container, container};

/// A group with more tabs is written one below the other: the style sheet can show no more.
const MOST_TABS: usize = 8;

impl<'a> Writer<'a, '_> {
    fn container(&self, id: NodeId) -> Option<Container<'a>> {
        let node = self.page.document.nodes.get(id as usize).filter(|it| it.kind == Kind::Container)?;
        container(self.text.get(node.range())?)
    }

    /// Opens a container; whether its children follow.
    pub(super) fn open_container(&mut self, id: NodeId) -> bool {
        match self.container(id) {
            None => return false,
            Some(Container::Tab(title)) => self.tab_item(id, title),
            Some(Container::Box { kind, title, folded }) => {
                let (class, name) = tone(kind);
                let own = class == kind;
                let title = title.map_or_else(
                    || if own { self.links.says.get(name).to_owned() } else { capital(kind) },
                    str::to_owned,
                );
                match folded {
                    Some(open) => {
                        let open = if open { " open" } else { "" };
                        self.out.push_str(&format!(
                            "<details class=\"alert {class}\"{open}><summary class=\"alert-title\">"
                        ));
                        escape_into(&mut self.out, &title);
                        self.out.push_str("</summary>\n");
                        self.push(id, Closes::With("</details>\n"));
                    }
                    None => {
                        self.out.push_str(&format!("<div class=\"alert {class}\" role=\"note\">"));
                        if !title.is_empty() {
                            self.out.push_str("<p class=\"alert-title\">");
                            escape_into(&mut self.out, &title);
                            self.out.push_str("</p>\n");
                        }
                        self.push(id, Closes::With("</div>\n"));
                    }
                }
            }
        }
        true
    }

    fn tab_item(&mut self, id: NodeId, title: &'a str) {
        let siblings = self.frames.last().map_or(NodeId::MAX, |it| it.end);
        let end = self.page.document.node(id).subtree_end;
        let next_is_tab = end < siblings && matches!(self.container(end), Some(Container::Tab(_)));
        let (group, at) = match self.tab_run {
            Some((group, at, expected)) if expected == id => (group, at + 1),
            _ => {
                let mut titles = vec![title];
                let mut next = end;
                while next < siblings
                    && let Some(Container::Tab(title)) = self.container(next)
                {
                    titles.push(title);
                    next = self.page.document.node(next).subtree_end;
                }
                (self.open_tabs(&titles), 0)
            }
        };
        self.tab_run = next_is_tab.then_some((group, at, end));
        self.open_tab(group, at, title);
        self.push(id, Closes::With(if next_is_tab { "</div>\n" } else { "</div>\n</fieldset>\n" }));
    }

    /// Opens a group of tabs; its number on the page, none where all are shown below each other.
    pub(super) fn open_tabs(&mut self, titles: &[&str]) -> Option<usize> {
        if self.below.is_some() || titles.len() > MOST_TABS {
            self.out.push_str("<fieldset class=\"unfolded\">");
            return None;
        }
        self.tab_groups += 1;
        self.out.push_str("<fieldset class=\"tabs\"><legend>");
        escape_into(&mut self.out, &titles.join(", "));
        self.out.push_str("</legend>\n");
        Some(self.tab_groups)
    }

    /// Opens a tab of a group, up to what stands in it.
    pub(super) fn open_tab(&mut self, group: Option<usize>, at: usize, title: &str) {
        if let Some(group) = group {
            let id = format!("dw-tab-{group}-{}", at + 1);
            let checked = if at == 0 { " checked" } else { "" };
            self.out.push_str(&format!("<input type=\"radio\" name=\"dw-tabs-{group}\""));
            attribute_into(&mut self.out, "id", &id);
            self.out.push_str(&format!("{checked}><label for=\"{id}\">"));
            escape_into(&mut self.out, title);
            self.out.push_str("</label>\n");
        }
        self.out.push_str("<div class=\"panel\"><p class=\"tab-title\">");
        escape_into(&mut self.out, title);
        self.out.push_str("</p>\n");
    }
}

/// The class of the alert that a box looks like, and the text that is its title.
fn tone(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "tip" | "hint" | "success" | "check" | "done" => ("tip", "alert-tip"),
        "important" | "question" | "help" | "faq" | "example" => ("important", "alert-important"),
        "warning" | "caution" | "attention" => ("warning", "alert-warning"),
        "danger" | "error" | "bug" | "failure" | "fail" | "missing" => ("caution", "alert-caution"),
        _ => ("note", "alert-note"),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
