//! The ids that mdBook gives to headings and terms, where they are others than those of GitHub: old links into a
//! book stay alive.
//!
//! mdBook's rule, read off its output: white space around is cut; lower case with the full Unicode mapping; letters,
//! digits, `_` and `-` stay; white space becomes a hyphen; all else goes, what typography makes of `--` and `...` too;
//! an id that is taken gets `-1`, `-2`, … until one is free.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::model::document::{Kind, NodeId};
use crate::model::page::{Anchor, Page};

/// Adds mdBook's ids to the anchors of a page.
pub(in crate::parse) fn add_ids(page: &mut Page, text: &str) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut last: HashMap<String, u32> = HashMap::new();
    for node in 0..page.document.nodes.len() as NodeId {
        let heading = match page.document.node(node).kind {
            Kind::Heading(index) => page.headings.get(index as usize),
            Kind::DefinitionTerm => None,
            _ => continue,
        };
        // An id that was written stays what it is.
        let own = heading.filter(|it| is_written(&it.anchor, text, page.document.node(node).end));
        let wanted = own.map_or_else(|| id(page, node, text), |it| it.anchor.clone());
        if wanted.is_empty() {
            continue;
        }
        let mut free = wanted.clone();
        while !taken.insert(free.clone()) {
            let number = last.entry(wanted.clone()).or_insert(0);
            *number += 1;
            free = format!("{wanted}-{number}");
        }
        page.anchors.entry(free).or_insert(Anchor::Alias(node));
    }
}

/// Whether the anchor of a heading stands behind its words, as `{#id}`.
fn is_written(anchor: &str, text: &str, end: u32) -> bool {
    let line = text.get(..end as usize).unwrap_or_default().trim_end();
    let attributes = line.rsplit('{').next().filter(|_| line.ends_with('}')).unwrap_or_default();
    attributes.trim_end_matches('}').split_whitespace().any(|it| it.strip_prefix('#') == Some(anchor))
}

/// The id of a node, before equal ones are told apart.
fn id(page: &Page, node: NodeId, text: &str) -> String {
    let mut words = String::new();
    for below in page.document.descendants(node) {
        let node = page.document.node(below);
        match &node.kind {
            Kind::Text(None) => words.push_str(&typographic(text.get(node.range()).unwrap_or_default())),
            Kind::Text(Some(own)) => words.push_str(&typographic(own)),
            Kind::Code(code) => words.push_str(code),
            Kind::SoftBreak | Kind::HardBreak => words.push(' '),
            _ => {}
        }
    }
    let lower = words.trim().to_lowercase();
    let kept = lower.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect()
}

/// Text without the hyphens that mdBook shows as dashes.
fn typographic(words: &str) -> Cow<'_, str> {
    if words.contains("--") {
        Cow::Owned(words.replace("---", "").replace("--", ""))
    } else {
        Cow::Borrowed(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown::parse;
    use crate::source::SourceId;

    #[test]
    fn ids_are_those_of_mdbook() {
        let text = "# ½ price\n\n## ⚙️ Set  up\n\n## Ebb -- flood `--low`\n\n## Step\n\n## Step\n\n## Own {#mine}\n\nRPO\n: How much.\n";
        let mut page = parse(SourceId(0), "a.md", text, true);
        add_ids(&mut page, text);
        let alias = |id: &str| matches!(page.anchors.get(id), Some(Anchor::Alias(_)));
        for id in ["½-price", "-set--up", "ebb--flood---low", "rpo"] {
            assert!(alias(id), "{id}: {:?}", page.anchors);
        }
        // The same as GitHub's, so nothing to add.
        for id in ["step", "step-1", "mine"] {
            assert!(page.anchors.contains_key(id) && !alias(id), "{id}");
        }
        assert!(!page.anchors.contains_key("own"));
    }
}
