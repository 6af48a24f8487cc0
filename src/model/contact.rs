//! Who can be reached, according to the documents.

use std::ops::Range;

use super::document::NodeId;
use crate::source::{SourceId, Span};

/// The contacts of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    /// The page.
    pub source: SourceId,
    /// Its sections about contacts, in order.
    pub sections: Vec<ContactSection>,
    /// Whether anything on the page tells how to reach somebody.
    pub reachable: bool,
}

/// A section that says whom to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactSection {
    /// The words of its heading.
    pub heading: Span,
    /// The nodes below its heading.
    pub body: Range<NodeId>,
    /// Its rows and list items, in order.
    pub entries: Vec<ContactEntry>,
    /// Whether anything in it tells how to reach somebody.
    pub reachable: bool,
}

/// A row or list item of a contact section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactEntry {
    /// The row or item.
    pub span: Span,
    /// Whether it tells how to reach somebody: an address, a number, a channel, a handle, a rota, a link.
    pub reachable: bool,
    /// What stands where a contact should: `TBD`, `+1-555-0100`, `[Name]`; the row where a cell is empty.
    pub placeholder: Option<Span>,
}
