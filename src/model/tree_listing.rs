//! Files that a page lists as there: drawn as a tree, or in a table of what was delivered.

use crate::source::Span;

/// A list of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeListing {
    /// How it is written.
    pub form: Form,
    /// The headings above and the words just before it: what it is said to be.
    pub above: String,
    /// The folder that it begins with, as written, without a slash at the end; empty if it names none.
    pub root: String,
    /// In the order of the text, folders before what is in them.
    pub entries: Vec<Entry>,
}

/// How a list of files is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `├── name` in a code block.
    Tree,
    /// One by one: the first cells of a table, the items of a list, or the lines of a code block.
    Table,
}

/// A file or folder of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the list's root, with `/` and none at the end.
    pub path: String,
    /// Its name as written.
    pub span: Span,
    /// Whether it is surely a folder: it has a slash at the end or something below it.
    pub is_dir: bool,
}
