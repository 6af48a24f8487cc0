//! What the lists of pages by audience and by tag show.

use serde::Serialize;

use super::Shell;

/// The page that leads to all lists of a kind.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TopicsPage {
    pub shell: Shell,
    pub topics: Vec<TopicLink>,
}

/// A list of pages.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TopicLink {
    pub name: String,
    pub href: String,
    /// `3 pages`
    pub count: String,
}

/// A list, or a part of a long one.
#[derive(Debug, Serialize)]
pub(in crate::render) struct TopicPage {
    pub shell: Shell,
    pub name: String,
    /// `3 pages`, of the whole list.
    pub count: String,
    /// URLs of all parts.
    pub parts: Vec<String>,
    /// From 1.
    pub part: usize,
    pub pages: Vec<Listed>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Listed {
    pub title: String,
    pub href: String,
    /// How it begins, or empty.
    pub about: String,
}
