//! The rulesets of other linters of OpenAPI: Spectral's and Redocly's, at the root of the project.
//!
//! Only the levels of rules are read. What a ruleset extends, and rules of its own making, are not.

use super::tree;
use crate::finding::Severity;
use crate::model::ruleset::ForeignLevel;
use crate::model::tree::{ValueKind, View};
use crate::source::{Sources, Span};

/// The files, the most particular first: of two that name one rule the first counts.
pub const FILES: [&str; 7] = [
    ".spectral.yaml",
    ".spectral.yml",
    ".spectral.json",
    "redocly.yaml",
    "redocly.yml",
    ".redocly.yaml",
    ".redocly.yml",
];

/// The levels that rulesets at the root set.
pub fn read(sources: &Sources) -> Vec<ForeignLevel> {
    let mut levels = Vec::new();
    for id in FILES.iter().filter_map(|it| sources.id(it)) {
        let source = sources.get(id);
        let (tree, _) = tree::parse(&source.path, &source.text);
        let Some(root) = tree.root(&source.text) else { continue };
        // Older configurations of Redocly have them one level deeper.
        let rules = root.get("rules").or_else(|| root.get("lint")?.get("rules"));
        for (key, value) in rules.into_iter().flat_map(View::members) {
            let said = if value.is_mapping() { value.get("severity") } else { Some(value) };
            if let (Some(rule), Some(severity)) = (key.as_str(), said.and_then(severity)) {
                let span = Span::new(id, key.content_span());
                levels.push(ForeignLevel { rule: rule.into_owned(), severity, span });
            }
        }
    }
    levels
}

/// The severity that a word stands for; nothing for words that leave it open.
fn severity(value: View<'_>) -> Option<Option<Severity>> {
    let word = value.as_str()?;
    match (value.kind(), &*word) {
        (ValueKind::Boolean, _) => (value.as_bool() == Some(false)).then_some(None),
        (_, "off" | "-1") => Some(None),
        (_, "error" | "0") => Some(Some(Severity::Error)),
        (_, "warn" | "1") => Some(Some(Severity::Warning)),
        (_, "info" | "hint" | "2" | "3") => Some(Some(Severity::Info)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn levels_are_read_and_nothing_else() {
        let sources = Sources::new(vec![
            Source::new(
                ".spectral.yaml",
                "extends: ['spectral:oas']\nrules:\n  a: off\n  b: warn\n  c: {severity: 0, given: $}\n  d: true\n  e: hint\n  f: false\n  g: [x]\n",
            ),
            Source::new("redocly.yaml", "lint: {rules: {b: error}}\n"),
            Source::new("docs/redocly.yaml", "rules: {x: error}\n"),
            Source::new(".spectral.json", "{\"rules\": "),
        ]);
        let levels: Vec<_> = read(&sources).into_iter().map(|it| (it.rule, it.severity)).collect();
        let expected = [
            ("a", None),
            ("b", Some(Severity::Warning)),
            ("c", Some(Severity::Error)),
            ("e", Some(Severity::Info)),
            ("f", None),
            ("b", Some(Severity::Error)),
        ];
        assert_eq!(levels, expected.map(|(rule, severity)| (rule.to_owned(), severity)));
    }
}
