//! Whether words around a command say that it is run in another repository: "In the `infra` repository:".

use std::sync::LazyLock;

use regex::Regex;

use super::Setting;
use crate::model::code::Command;
use crate::pattern::compiled;

/// How far before a block the words that announce it are looked for, in bytes.
const FAR: usize = 400;

/// A repository with a name of its own.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:in|from|inside|of|into|at)\s+(?:the|our|your|a)\s+[`*_\[]*([\w./-]+)[`*_\]]*(?:\([^()]*\))?\s+repo(?:sitory)?\b",
    )
});

/// Words before "repository" that mean this one.
const THIS: [&str; 24] = [
    "this",
    "same",
    "current",
    "project",
    "project's",
    "main",
    "root",
    "git",
    "github",
    "source",
    "code",
    "application",
    "app",
    "cloned",
    "local",
    "own",
    "mono",
    "top",
    "whole",
    "entire",
    "documentation",
    "docs",
    "public",
    "private",
];

/// Whether words speak of a repository that has another name.
pub(super) fn names_another_repository(words: &str) -> bool {
    OTHER.captures_iter(words).any(|it| {
        let name = it.get(1).map_or("", |it| it.as_str()).to_lowercase();
        !THIS.contains(&name.as_str())
    })
}

/// Whether the comment on the line of a command, or the words right above its block, send the reader elsewhere.
pub(super) fn is_run_elsewhere(setting: &Setting<'_>, command: &Command) -> bool {
    let after = setting.text.get(command.span.end as usize..).unwrap_or_default();
    let comment = after.lines().next().unwrap_or_default().trim_start();
    if comment.starts_with('#') && names_another_repository(comment) {
        return true;
    }
    let Some(block) = setting.page.code_blocks.get(command.block as usize) else { return false };
    let before = setting.text.get(..block.span.start as usize).unwrap_or_default();
    let mut from = before.len().saturating_sub(FAR);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let above = before[from..].trim_end();
    let fence = above.rfind('\n').filter(|&at| above[at..].trim_start().starts_with(['`', '~']));
    let above = fence.map_or(above, |at| &above[..at]).trim_end();
    let paragraph = above.rsplit("\n\n").next().unwrap_or_default();
    paragraph.ends_with(':') && names_another_repository(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_repositories_have_names() {
        for words in
            ["# in the ops repository", "In the `harbour-infra` repo:", "from our [tides](x) repository"]
        {
            assert!(names_another_repository(words), "{words}");
        }
        for words in [
            "in this repository",
            "from the root of the repository",
            "in the same repo",
            "in the git repository",
        ] {
            assert!(!names_another_repository(words), "{words}");
        }
    }
}
