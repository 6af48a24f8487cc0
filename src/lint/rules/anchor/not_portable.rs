//! Finds headings whose anchor differs on a second platform where the same documents are shown.
//!
//! Off until `platform` names one: `gitlab`, `mkdocs`, `mdbook` or `gitea`. Only headings that some link points at
//! are reported: the others may differ as they like.
//!
//! ## Flagged
//!
//! ```toml book.toml
//! [lint.rules]
//! "anchor/not-portable" = { platform = "gitlab" }
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! See [the rebuild](#backup--rebuild).
//!
//! ## Backup / Rebuild
//!
//! Text.
//! ```
//!
//! ## Accepted
//!
//! ```toml book.toml
//! [lint.rules]
//! "anchor/not-portable" = { platform = "gitlab" }
//! ```
//!
//! ```md docs/restore.md
//! # Restore
//!
//! See [the rebuild](#backup-and-rebuild).
//!
//! ## Backup and rebuild
//!
//! Text.
//! ```

use std::collections::HashSet;

use super::super::link::judged;
use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::page::Anchor;
use crate::model::resolve::Target;

pub(crate) static RULE: Rule = Rule {
    id: "anchor/not-portable",
    severity: Severity::Info,
    preview: false,
    file: include_str!("not_portable.rs"),
    check: Check::Project(check),
};

fn check(cx: &mut Context<'_>) {
    let Some(platform) = cx.config.rule_option("anchor/not-portable", "platform").map(str::to_owned) else {
        return;
    };
    let mut linked: Vec<(usize, u32)> = Vec::new();
    for page in &cx.project.pages {
        for link in judged(page).filter(|it| it.dest.contains('#')) {
            let Target::Page { page, fragment: Some(id) } = cx.resolver.resolve(page, &link.dest) else {
                continue;
            };
            if let Some(Anchor::Heading(heading)) = cx.project.pages[page].anchors.get(&id) {
                linked.push((page, *heading));
            }
        }
    }
    linked.sort_unstable();
    linked.dedup();
    let mut seen = HashSet::new();
    for (page, heading) in linked.into_iter().filter(|it| seen.insert(*it)) {
        let heading = &cx.project.pages[page].headings[heading as usize];
        let (here, there) = (heading.anchor.clone(), slug(&platform, &heading.text));
        if here != there {
            let (span, message) =
                (heading.span, format!("the anchor `#{here}` of this heading is `#{there}` on {platform}"));
            cx.report(span, message)
                .help("leave punctuation out of the heading, so that one link works in both places");
        }
    }
}

/// The anchor of a heading on another platform, as its documentation and behaviour give it.
fn slug(platform: &str, text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let collapse = |text: &str| {
        text.split(|c: char| c == '-' || c.is_whitespace())
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join("-")
    };
    let word = |c: char| c.is_alphanumeric() || c == '_';
    match platform {
        "mdbook" => {
            let kept = lower.chars().filter(|&c| word(c) || c == '-' || c.is_whitespace());
            kept.map(|c| if c.is_whitespace() { '-' } else { c }).collect()
        }
        "mkdocs" => {
            let kept: String = lower
                .chars()
                .filter(|&c| c.is_ascii() && (word(c) || c == '-' || c.is_whitespace()))
                .collect();
            collapse(&kept)
        }
        "gitea" => collapse(&lower.chars().map(|c| if word(c) { c } else { '-' }).collect::<String>()),
        _ => {
            let kept: String = lower.chars().filter(|&c| word(c) || c == '-' || c == ' ').collect();
            collapse(&kept)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_differ_where_punctuation_stood() {
        let heading = "Backup / Restore: Größe & more";
        assert_eq!(slug("gitlab", heading), "backup-restore-größe-more");
        assert_eq!(slug("mkdocs", heading), "backup-restore-gre-more");
        assert_eq!(slug("mdbook", heading), "backup--restore-größe--more");
        assert_eq!(slug("gitea", heading), "backup-restore-größe-more");
    }
}
