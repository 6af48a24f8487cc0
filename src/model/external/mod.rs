//! Links to other sites, and what was answered when they were asked for. The model holds answers only where
//! `docwright links` has put them: parsing asks nobody.

mod address;

use std::collections::BTreeMap;

use super::Project;
use super::page::LinkKind;
use crate::source::Span;

pub use address::Address;

/// Links to other sites with the answers.
#[derive(Debug, Clone, Default)]
pub struct External {
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// [`Address::url`] → what was answered.
    pub answers: BTreeMap<String, Answer>,
}

/// A place that points at another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The destination as written.
    pub span: Span,
    /// Where it leads.
    pub address: Address,
}

/// What is known about an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it means.
    pub verdict: Verdict,
    /// The reason in words that follow a colon, empty where the page is there.
    pub why: String,
    /// Where the address says it has moved for good.
    pub moved: Option<String>,
    /// Fragment → whether the page has it; only those that were looked up.
    pub fragments: BTreeMap<String, bool>,
}

/// What an answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The page is there.
    Alive,
    /// The server or the name service says that there is no such thing.
    Dead,
    /// Nobody answered, or the server says that it is broken: maybe only today.
    Unreachable,
    /// Nothing can be said: the server lets no program in, or must not be asked.
    Unchecked,
}

impl Answer {
    /// An answer without more to it.
    pub fn new(verdict: Verdict, why: impl Into<String>) -> Answer {
        Answer { verdict, why: why.into(), moved: None, fragments: BTreeMap::new() }
    }
}

impl External {
    /// The mentions that have an answer, with it.
    pub fn answered(&self) -> impl Iterator<Item = (&Mention, &Answer)> {
        self.mentions.iter().filter_map(|it| Some((it, self.answers.get(&it.address.url)?)))
    }
}

/// Every link of the pages to another site, in the order of the text; a reference link counts at its definition.
/// Addresses that nobody can ask for are left out, e.g. those with a slot to fill in.
pub fn mentions(project: &Project) -> Vec<Mention> {
    let links = project.pages.iter().flat_map(|page| &page.links);
    links
        .filter(|it| !matches!(it.kind, LinkKind::Reference | LinkKind::ImageReference | LinkKind::Email))
        .filter_map(|link| Some(Mention { span: link.dest_span, address: Address::read(&link.dest)? }))
        .collect()
}
