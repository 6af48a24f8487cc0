//! What the editor has open: the truth about these files, saved or not.

use std::collections::BTreeMap;

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::position::{Encoding, Lines};
use crate::live::Buffers;

/// An open document.
#[derive(Debug)]
pub(super) struct Document {
    /// Its name in the client's words.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
}

/// The open documents of the project by their paths.
pub(super) type Documents = BTreeMap<String, Document>;

/// Their texts.
pub(super) fn buffers(documents: &Documents) -> Buffers {
    documents.iter().map(|(path, it)| (path.clone(), it.text.clone())).collect()
}

impl Document {
    /// Takes in what was typed, one change after the other.
    pub(super) fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(it) => {
                    self.text = it.text
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(it) => {
                    let lines = Lines::new(&self.text, encoding);
                    let (start, end) = (lines.offset(it.range.start), lines.offset(it.range.end));
                    self.text.replace_range(start.min(end)..end.max(start), &it.text);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(text: &str, changes: serde_json::Value) -> String {
        let mut document = Document { uri: "file:///a.md".into(), version: 1, text: text.to_owned() };
        document.change(serde_json::from_value(changes).unwrap(), Encoding::Utf16);
        document.text
    }

    fn part(from: [u32; 2], to: [u32; 2], text: &str) -> serde_json::Value {
        let place = |it: [u32; 2]| serde_json::json!({"line": it[0], "character": it[1]});
        serde_json::json!({"range": {"start": place(from), "end": place(to)}, "text": text})
    }

    #[test]
    fn changes_follow_each_other() {
        let changes = serde_json::json!([
            part([0, 1], [0, 3], "é😀"),
            part([0, 4], [1, 0], "!"),
            part([0, 0], [0, 0], "\n")
        ]);
        assert_eq!(after("abcd\nx", changes), "\naé😀!x");
        assert_eq!(after("abcd", serde_json::json!([{"text": "new"}, part([0, 0], [0, 1], "")])), "ew");
    }

    #[test]
    fn places_that_are_not_there_do_no_harm() {
        for (from, to) in
            [([9, 9], [9, 10]), ([0, 7], [0, 9]), ([0, 3], [0, 1]), ([0, 0], [4_000_000_000, 0])]
        {
            after("ab😀\r\n", serde_json::json!([part(from, to, "x")]));
        }
        assert_eq!(after("abcd", serde_json::json!([part([0, 3], [0, 1], "x")])), "axd");
    }
}
