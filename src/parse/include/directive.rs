//! `{{#include path}}` and its kin, found in a text as mdBook finds them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::compiled;

/// An escaped directive up to the last braces of its line, or a directive with its word and what follows.
static DIRECTIVE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\\\{\{#.*\}\}|\{\{\s*#([a-zA-Z0-9_]+)\s+([^}]+)\}\}"));

/// A directive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Directive<'a> {
    /// Its bytes, braces and backslash included.
    pub(super) range: Range<usize>,
    pub(super) action: Action<'a>,
}

/// What a directive asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action<'a> {
    /// Text, without its backslash.
    Escaped(&'a str),
    /// The title of the page.
    Title(&'a str),
    /// A part of a file, in place of the directive.
    Include { path: &'a str, selection: Selection<'a> },
    /// A part of a file of Rust; the rest of it is there and hidden.
    Rustdoc { path: &'a str, selection: Selection<'a> },
    /// A whole file as a block of Rust, with words for its fence.
    Playground { path: &'a str, words: Vec<&'a str> },
}

/// Which lines of a file are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selection<'a> {
    /// Those of this range, counted from 0; all if there is no end.
    Lines(Range<usize>),
    /// Those between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(&'a str),
}

impl Directive<'_> {
    /// The path of the file that it asks for.
    pub(super) fn path(&self) -> Option<&str> {
        match self.action {
            Action::Include { path, .. } | Action::Rustdoc { path, .. } | Action::Playground { path, .. } => {
                Some(path)
            }
            Action::Escaped(_) | Action::Title(_) => None,
        }
    }

    /// What stands behind the path, of the words of this directive: `:2:10`, `:anchor`.
    pub(super) fn wanted<'t>(&self, words: &'t str) -> &'t str {
        let behind = self.path().and_then(|path| words.split_once(path));
        let behind = behind.map_or("", |(_, behind)| behind);
        behind.split(|c: char| c.is_whitespace() || c == '}').next().unwrap_or_default()
    }
}

/// The directives of a text, in order. Words that mdBook does not know (`{{#if …}}`) are text.
pub(super) fn directives(text: &str) -> impl Iterator<Item = Directive<'_>> {
    // Nearly all texts have none.
    let candidates = text.contains("{{").then(|| DIRECTIVE.captures_iter(text)).into_iter().flatten();
    candidates.filter_map(|captures| {
        let range = captures.get(0)?.range();
        let action = match (captures.get(1), captures.get(2)) {
            (Some(word), Some(rest)) => action(word.as_str(), rest.as_str())?,
            _ => Action::Escaped(text.get(range.start + 1..range.end)?),
        };
        Some(Directive { range, action })
    })
}

fn action<'a>(word: &str, rest: &'a str) -> Option<Action<'a>> {
    if word == "title" {
        return Some(Action::Title(rest.trim()));
    }
    let mut words = rest.split_whitespace();
    let target = words.next()?;
    let (path, lines) = target.split_once(':').unwrap_or((target, ""));
    match word {
        "include" => Some(Action::Include { path, selection: selection(lines) }),
        "rustdoc_include" => Some(Action::Rustdoc { path, selection: selection(lines) }),
        "playground" | "playpen" => Some(Action::Playground { path: target, words: words.collect() }),
        _ => None,
    }
}

/// Reads what stands behind the path: nothing, `2`, `2:`, `:10`, `2:10` or a name.
fn selection(written: &str) -> Selection<'_> {
    let mut parts = written.splitn(3, ':');
    let first = parts.next().unwrap_or_default();
    let end = parts.next().map(|it| it.parse::<usize>().ok());
    // Lines count from 1; line 0 is the first one too.
    let start = match first.parse::<usize>() {
        Ok(line) => line.saturating_sub(1),
        Err(_) if first.is_empty() => return Selection::Lines(0..end.flatten().unwrap_or(usize::MAX)),
        Err(_) => return Selection::Anchor(first),
    };
    Selection::Lines(match end {
        None => start..start.saturating_add(1),
        Some(end) => start..end.unwrap_or(usize::MAX),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str) -> Action<'_> {
        let mut all: Vec<_> = directives(text).collect();
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0).action
    }

    #[test]
    fn every_form_of_mdbook_is_read() {
        for (written, expected) in [
            ("", Selection::Lines(0..usize::MAX)),
            (":2", Selection::Lines(1..2)),
            (":2:", Selection::Lines(1..usize::MAX)),
            ("::10", Selection::Lines(0..10)),
            (":2:10", Selection::Lines(1..10)),
            (":0:3", Selection::Lines(0..3)),
            (":setup", Selection::Anchor("setup")),
        ] {
            let text = format!("{{{{#include a/b.rs{written}}}}}");
            assert_eq!(only(&text), Action::Include { path: "a/b.rs", selection: expected }, "{text}");
        }
        assert_eq!(
            only("{{ #rustdoc_include  a.rs:main }}"),
            Action::Rustdoc { path: "a.rs", selection: Selection::Anchor("main") }
        );
        for word in ["playground", "playpen"] {
            let text = format!("{{{{#{word} a.rs editable no_run}}}}");
            assert_eq!(only(&text), Action::Playground { path: "a.rs", words: vec!["editable", "no_run"] });
        }
        assert_eq!(only("{{#title The tides }}"), Action::Title("The tides"));
        assert_eq!(only("x \\{{#include a.rs}} y"), Action::Escaped("{{#include a.rs}}"));
    }

    #[test]
    fn what_is_no_directive_is_text() {
        for text in ["{{#if a}}", "{{ include a }}", "{{#include}}", "{{#include a.rs", "{{#include a}", "#"]
        {
            assert_eq!(directives(text).count(), 0, "{text}");
        }
    }
}
