//! Heading anchors, exactly as GitHub makes them.
//!
//! The rule, read off GitHub's own output: lower-case with the full Unicode mapping; delete every character
//! that is no letter, mark, decimal digit, connector punctuation, hyphen or space (zero-width joiners go too);
//! each space becomes a hyphen, nothing collapses; a slug that is taken gets `-1`, `-2`, … counted on the
//! original until one is free.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

static DELETED: LazyLock<Regex> = LazyLock::new(|| compiled(r"[^[\w--\u{200c}\u{200d}]\- ]"));

/// The slug of a heading's plain text, before duplicates are told apart.
pub(super) fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    DELETED.replace_all(&lower, "").replace(' ', "-")
}

/// Gives each heading of a page its own slug.
#[derive(Debug, Default)]
pub(super) struct Slugger {
    taken: HashSet<String>,
    /// The last number tried for a slug, so that many equal headings cost no more than few.
    last: HashMap<String, u32>,
}

impl Slugger {
    /// The next free slug for this text.
    pub(super) fn slug(&mut self, text: &str) -> String {
        let original = slug(text);
        if self.taken.insert(original.clone()) {
            return original;
        }
        let number = self.last.entry(original.clone()).or_insert(0);
        loop {
            *number += 1;
            let candidate = format!("{original}-{number}");
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_github() {
        for (text, expected) in [
            ("Backup / Restore", "backup--restore"),
            ("C++ / C#", "c--c"),
            ("⚙️ Install", "\u{fe0f}-install"),
            ("🚀 Launch", "-launch"),
            ("½ price", "-price"),
            ("GET /orders/{id}", "get-ordersid"),
            ("snake_case stays", "snake_case-stays"),
            ("Ünïcode Größe", "ünïcode-größe"),
            ("日本語 見出し", "日本語-見出し"),
            ("a\u{a0}b", "ab"),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn duplicates_count_on_the_original_until_one_is_free() {
        let mut slugger = Slugger::default();
        let slugs: Vec<_> =
            ["step", "step", "step 1", "step-1", "step"].iter().map(|it| slugger.slug(it)).collect();
        assert_eq!(slugs, ["step", "step-1", "step-1-1", "step-1-2", "step-2"]);
    }
}
