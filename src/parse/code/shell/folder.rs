//! Where `cd` leads.

use crate::model::code::{Directory, Word};

/// The folder after `cd target`.
pub(super) fn below(directory: &Directory, target: &Word) -> Directory {
    let mut folders: Vec<&str> = match directory {
        Directory::Start => Vec::new(),
        Directory::Below(folder) => folder.split('/').collect(),
        Directory::Unknown => return Directory::Unknown,
    };
    if !target.is_literal() || target.text.starts_with(['/', '~', '-']) || target.text.is_empty() {
        return Directory::Unknown;
    }
    for part in target.text.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if folders.pop().is_none() {
                    return Directory::Unknown;
                }
            }
            _ => folders.push(part),
        }
    }
    if folders.is_empty() { Directory::Start } else { Directory::Below(folders.join("/")) }
}
