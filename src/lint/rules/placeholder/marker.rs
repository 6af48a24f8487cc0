//! Finds text that somebody meant to replace before publishing: `TODO`, `TBD`, `FIXME`, "coming soon".
//!
//! "Call TBD" is worse than no instruction, because it looks finished in review. A marker counts where it stands
//! for something that is missing: as a whole cell, heading or paragraph, before a colon, in brackets, at the end
//! of a sentence. Words *about* markers are left alone: quotes, code, claims ("no TODOs left"), the name of a
//! tool or file. In an HTML comment a marker is worth an `info`, because readers do not see it.
//!
//! ## Flagged
//!
//! ```md runbooks/orders.md
//! # Orders
//!
//! | Role     | Contact |
//! |----------|---------|
//! | Database | TBD     |
//!
//! ## Rollback
//!
//! TODO: describe the rollback.
//! ```
//!
//! ## Accepted
//!
//! Code is not prose, and a sentence may speak of markers.
//!
//! ```md runbooks/orders.md
//! # Orders
//!
//! Run `TODO=1 make drain`. The report lists no TODO comments; the file "TODO.md" is gone.
//! ```

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Severity;
use crate::lint::{Check, Context, Rule};
use crate::model::document::{Kind, NodeId};
use crate::model::page::Page;
use crate::source::Span;

pub(crate) static RULE: Rule = Rule {
    id: "placeholder/marker",
    severity: Severity::Error,
    preview: false,
    file: include_str!("marker.rs"),
    check: Check::Page(check),
};

/// Markers are upper case: `todo` is Spanish, a program and a noun.
static MARKERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"TODO|FIXME|TBD|TBA|TBC|XXX|WIP"));

/// Phrases that only authors write to themselves. Each must end what it stands in.
static PHRASES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(to be (?:added|announced|confirmed|decided|defined|determined|documented|completed|filled in|provided|written)|coming soon|not (?:yet )?written yet|lorem ipsum)\b",
    )
});

/// What makes a marker the subject of a sentence instead of a hole in it, before and after the marker.
static MENTION_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:no|zero|any|without|the|an?|these|those|all|every|each|of|for|with|like|or|and|putting|called|named|marked|contains?|containing|grep|search|find|remove[ds]?|resolve[ds]?|fix(?:ed)?|word|words|marker|markers|keyword|keywords|\d+)\s+|[/|,]\s*|#)$",
    )
});
static MENTION_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:s\b|'s|\.\w|-|_|=|[/|]|,\s*(?:FIXME|XXX|HACK|TBD)|\s+(?:(?:or|and)\s+(?:FIXME|XXX|HACK|TBD)|comments?|markers?|lists?|items?|tags?|entr(?:y|ies)|notes?|annotations?|keywords?|placeholders?|files?|trees?|apps?|is|are|was|were|means|stands)\b)",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant")
}

fn check(cx: &mut Context<'_>, page: &Page) {
    let path = cx.project.sources.path(page.source);
    if is_about_markers(path, page) {
        return;
    }
    let text = cx.project.sources.get(page.source).text.clone();
    for (index, node) in page.document.nodes.iter().enumerate() {
        let id = index as NodeId;
        match &node.kind {
            Kind::Heading(_) | Kind::Paragraph | Kind::TableCell | Kind::DefinitionTerm => {
                prose(cx, page, &text, inline_range(page, id));
            }
            // A tight item and a definition hold their words without a paragraph, up to the first block.
            Kind::Item | Kind::DefinitionDetails => prose(cx, page, &text, inline_range(page, id)),
            Kind::Html | Kind::InlineHtml => comment(cx, page, &text, node.range()),
            Kind::CodeBlock(_) => code(cx, page, &text, id),
            Kind::Code(words) => inline_code(cx, page, &text, words, node.range()),
            _ => {}
        }
    }
    front_matter(cx, page, &text);
}

/// Task lists, logs of changes and templates hold markers for a living.
fn is_about_markers(path: &str, page: &Page) -> bool {
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or(&lower);
    let stem = name.split('.').next().unwrap_or(name);
    matches!(stem, "todo" | "todos" | "changelog" | "changes" | "history")
        || lower.split('/').any(|it| it.starts_with("template"))
        || stem.ends_with("template")
        || page.title.trim_end().ends_with(" TODO")
        || page.title.eq_ignore_ascii_case("todo")
}

/// The bytes of the inlines directly in a node: from its first inline to the last before a nested block.
fn inline_range(page: &Page, id: NodeId) -> Range<usize> {
    let document = &page.document;
    let mut range: Option<Range<usize>> = None;
    for child in document.children(id) {
        let node = document.node(child);
        let inline = matches!(
            node.kind,
            Kind::Text(_)
                | Kind::Code(_)
                | Kind::Emphasis
                | Kind::Strong
                | Kind::Strikethrough
                | Kind::Link(_)
                | Kind::Image(_)
                | Kind::InlineHtml
                | Kind::SoftBreak
                | Kind::HardBreak
                | Kind::FootnoteReference(_)
        );
        if !inline {
            if range.is_some() {
                break;
            }
            continue;
        }
        let start = range.as_ref().map_or(node.start as usize, |it| it.start);
        range = Some(start..node.end as usize);
    }
    range.unwrap_or(0..0)
}

/// Marks that may stand between a marker and the edge of what it stands in.
const DECORATION: [char; 14] = ['*', '_', '~', '.', '!', '?', '…', ')', ']', '(', '[', '<', '>', '-'];

fn prose(cx: &mut Context<'_>, page: &Page, text: &str, range: Range<usize>) {
    let Some(words) = text.get(range.clone()) else { return };
    for hit in MARKERS.find_iter(words) {
        if !is_word(words, hit.range())
            || hidden(page, range.start + hit.start())
            || !is_marker(words, hit.range())
        {
            continue;
        }
        report(cx, page, range.start + hit.start()..range.start + hit.end(), hit.as_str());
    }
    for hit in PHRASES.find_iter(words) {
        let quoted = words[..hit.start()].ends_with(['"', '“', '\'', '`']);
        let ends = stands_alone(words, hit.range());
        if ends && !quoted && !hidden(page, range.start + hit.start()) {
            report(cx, page, range.start + hit.start()..range.start + hit.end(), hit.as_str());
        }
    }
}

/// Whether a phrase ends what it stands in, and no verb before it makes it part of an ordinary sentence: "needs to
/// be added to the list", "the next train is coming soon".
fn stands_alone(words: &str, hit: Range<usize>) -> bool {
    if in_brackets(words, hit.clone()) {
        return true;
    }
    let rest = &words[hit.end..];
    let ends =
        rest.trim_start_matches(DECORATION).trim().is_empty() || rest.starts_with([',', '.', '|', '\n']);
    let before = words[..hit.start].rsplit(['\n', '.', '!', '?']).next().unwrap_or_default();
    let ordinary = before.split_whitespace().next_back().is_some_and(|word| {
        let word = word.trim_matches(DECORATION).to_lowercase();
        ORDINARY.contains(&word.as_str())
    });
    ends && (!ordinary || words.split_whitespace().count() <= 6)
}

/// Words that make a phrase an ordinary verb.
const ORDINARY: [&str; 22] = [
    "need", "needs", "needed", "have", "has", "had", "want", "wants", "going", "expected", "required",
    "able", "ready", "be", "is", "are", "was", "were", "ought", "used", "not", "yet",
];

/// Whether no letter, digit or joint of an identifier touches a place; the underscores of emphasis may.
fn is_word(words: &str, hit: Range<usize>) -> bool {
    let before = words[..hit.start].trim_end_matches(['*', '_', '~']);
    let after = words[hit.end..].trim_start_matches(['*', '_', '~']);
    let touches = |c: Option<char>| c.is_some_and(|it| it.is_alphanumeric() || matches!(it, '$' | '\\'));
    !touches(before.chars().next_back()) && !touches(after.chars().next())
}

/// Whether a place lies in inline code, a link's destination or raw HTML, which `prose` does not judge.
fn hidden(page: &Page, at: usize) -> bool {
    let nodes = &page.document.nodes;
    // Nodes are ordered by their start, parents first: the last one that begins before the place is the
    // innermost that could hold it.
    let last = nodes.partition_point(|it| it.start as usize <= at);
    match nodes[..last].last() {
        Some(node) if (node.end as usize) > at => {
            !matches!(node.kind, Kind::Text(_)) || inside_other(page, at)
        }
        _ => true,
    }
}

/// A bare destination such as `[x](TODO.md)` lies behind the last text node of its link; then no node begins
/// there, and the last one has ended. Text of links to files named like a marker is a name.
fn inside_other(page: &Page, at: usize) -> bool {
    page.links.iter().any(|it| it.dest_span.range().contains(&at) && it.span != it.dest_span)
}

/// Whether a marker stands for something missing, told by the words around it.
fn is_marker(words: &str, hit: Range<usize>) -> bool {
    let (before, marker, after) = (&words[..hit.start], &words[hit.clone()], &words[hit.end..]);
    if before.ends_with(['"', '“', '‘', '\'', '`', '-', '$', '.', '/'])
        || (after.starts_with(['"', '”', '’', '`']) && !after.starts_with("’s"))
    {
        return false;
    }
    let plain_before = before.trim_end_matches(DECORATION).trim_end();
    let plain_after = after.trim_start_matches(['*', '_', '~']);
    let starts = plain_before.is_empty() || before.trim_end_matches(['*', '_', '~', ' ']).ends_with('\n');
    let labelled = plain_before.ends_with([':', '=', '→', '—', '–']) || in_brackets(words, hit.clone());
    let colon = plain_after.trim_start().starts_with(':')
        || (plain_after.starts_with('(') && plain_after.contains("):"));
    let ends = plain_after.trim_start_matches(DECORATION).trim_start().is_empty()
        || plain_after.starts_with(". ")
        || plain_after.starts_with('\n');
    // `TODO/FIXME`, "TODO, FIXME and XXX": a list of markers is about markers, unless it is addressed to somebody.
    if MENTION_AFTER.is_match(plain_after) && !(marker.starts_with("TB") && plain_after.starts_with('/')) {
        return false;
    }
    match marker {
        "WIP" => starts && colon,
        "XXX" => (starts && colon) || (starts && ends),
        "TBD" | "TBA" | "TBC" => {
            let mention = Regex::is_match(&MENTION_BEFORE, before) && !labelled;
            (starts || labelled || colon || ends || !mention) && !(mention && !ends && !colon)
        }
        _ => {
            if starts && ends {
                return true;
            }
            if (starts || labelled) && (colon || ends) {
                return true;
            }
            if colon {
                return !MENTION_BEFORE.is_match(before);
            }
            (labelled && starts) || (ends && !MENTION_BEFORE.is_match(before) && !heading_like(before))
        }
    }
}

/// `Security hardening TODO`: a title that ends with the word names a list. Sentences have a verb or a label,
/// which cannot be told; so a marker at the end of few capitalised words counts as part of a name.
fn heading_like(before: &str) -> bool {
    let words: Vec<&str> =
        before.split_whitespace().filter(|it| it.chars().any(char::is_alphabetic)).collect();
    !words.is_empty()
        && words.len() <= 5
        && words.iter().all(|it| it.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
}

/// Whether brackets around the place open and close in the same line: `(TBD)`, `[link TBD]`, `<TBD>`.
fn in_brackets(words: &str, hit: Range<usize>) -> bool {
    let before = words[..hit.start].rsplit('\n').next().unwrap_or_default();
    let after = words[hit.end..].split('\n').next().unwrap_or_default();
    [('(', ')'), ('[', ']'), ('<', '>')].iter().any(|&(open, close)| {
        let opened = before.rfind(open).is_some_and(|at| !before[at..].contains(close));
        opened && after.find(close).is_some_and(|at| !after[..at].contains(open))
    })
}

/// A marker that opens an HTML comment.
fn comment(cx: &mut Context<'_>, page: &Page, text: &str, range: Range<usize>) {
    let Some(html) = text.get(range.clone()) else { return };
    let Some(open) = html.find("<!--") else { return };
    let inside = open + 4 + html[open + 4..].len() - html[open + 4..].trim_start().len();
    if let Some(hit) =
        MARKERS.find_at(html, inside).filter(|it| it.start() == inside && is_word(html, it.range()))
    {
        let place = range.start + hit.start()..range.start + hit.end();
        report(cx, page, place, hit.as_str()).severity = Severity::Info;
    }
}

/// A code block that consists of a marker: the command is what is missing.
fn code(cx: &mut Context<'_>, page: &Page, text: &str, id: NodeId) {
    let document = &page.document;
    let mut found: Option<(Range<usize>, String)> = None;
    for child in document.children(id) {
        let node = document.node(child);
        let Some(lines) = text.get(node.range()) else { continue };
        let mut at = node.start as usize;
        for line in lines.split_inclusive('\n') {
            let inner = line.trim().trim_start_matches(['#', '/', ';', '-', '<', '!', ' ']);
            if !line.trim().is_empty() {
                let marker = MARKERS
                    .find(inner)
                    .filter(|it| it.start() == 0 && found.is_none() && is_word(inner, it.range()));
                let Some(hit) = marker else { return };
                let start = at + line.find(inner).unwrap_or(0);
                found = Some((start..start + hit.end(), hit.as_str().to_owned()));
            }
            at += line.len();
        }
    }
    if let Some((place, marker)) = found {
        report(cx, page, place, &marker);
    }
}

/// `TODO: add the call list` is an instruction to the author even between backticks.
fn inline_code(cx: &mut Context<'_>, page: &Page, text: &str, words: &str, range: Range<usize>) {
    let Some(hit) = MARKERS.find(words).filter(|it| it.start() == 0) else { return };
    let sentence = words[hit.end()..].strip_prefix(':').is_some_and(|it| it.split_whitespace().count() >= 3);
    let inside = text.get(range.clone()).and_then(|it| it.find(words));
    if let (true, Some(at)) = (sentence, inside) {
        let start = range.start + at;
        report(cx, page, start..start + hit.len(), hit.as_str());
    }
}

/// A value of the front matter that is a marker and nothing else.
fn front_matter(cx: &mut Context<'_>, page: &Page, text: &str) {
    let Some(block) = &page.front_matter else { return };
    for view in block.tree.nodes(text) {
        let Some(value) = view.as_str().filter(|_| !view.is_alias()) else { continue };
        let marker = MARKERS.find(value.trim()).filter(|it| it.len() == value.trim().len());
        if let Some(hit) = marker {
            report(cx, page, view.content_span(), hit.as_str());
        }
    }
}

fn report<'a>(
    cx: &'a mut Context<'_>,
    page: &Page,
    range: Range<usize>,
    marker: &str,
) -> &'a mut crate::finding::Finding {
    cx.report(Span::new(page.source, range), format!("placeholder `{marker}`"))
        .help("write the real value, or remove the sentence")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::tests::check_rule;

    #[test]
    fn markers_that_stand_for_something_missing() {
        check_rule(
            &RULE,
            "//- a.md\n# Plan\n\n## TODO\n   ^^^^ placeholder `TODO`\n\n**TODO**: measure it.\n  ^^^^ placeholder `TODO`\n\n- Owner: TBD.\n         ^^^ placeholder `TBD`\n- _FIXME: this is wrong_\n   ^^^^^ placeholder `FIXME`\n- See the diagram. [Link TBD]\n                         ^^^ placeholder `TBD`\n- A worker (TODO: configure it) runs.\n            ^^^^ placeholder `TODO`\n- Dashboards (coming soon)\n              ^^^^^^^^^^^ placeholder `coming soon`\n\nWIP: find the status\n^^^ placeholder `WIP`\n\n| a | b |\n|---|---|\n| x | TBD |\n      ^^^ placeholder `TBD`\n\n<!-- TODO: draw it -->\n     ^^^^ placeholder `TODO`\n\n```sh\n# TODO: command\n  ^^^^ placeholder `TODO`\n```\n\nCall them. `TODO: add the call list`\n            ^^^^ placeholder `TODO`\n",
        );
    }

    #[test]
    fn words_about_markers() {
        check_rule(
            &RULE,
            "//- a.md\n# Words\n\n- No TODO comments\n- Zero TODOs\n- Click a TODO in the tree and open the TODO.\n- Search for \"TODO\" or `FIXME`\n- ✅ No placeholders or TODO/FIXME left\n- `TODO.md` and [TODO.md](TODO.md)\n- TodoWrite, todo, Todo lo que necesitas\n- your name and WIP is fine\n- A TODO list is kept elsewhere\n- needs to be added to the group\n- If you wait, another one is coming soon. The scope that nobody knows has to be decided.\n\n```sh\ngrep -r TODO src\n```\n\n```python\n# TODO: later\npass\n```\n",
        );
    }
}
