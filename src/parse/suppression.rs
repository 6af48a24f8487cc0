//! Reads the directives that silence findings: HTML comments in Markdown, comments in YAML and code, and
//! `docwright: {disable: …}` in the front matter. A directive inside a code block or a string is none.

use std::ops::Range;

use crate::model::document::Kind;
use crate::model::page::Page;
use crate::model::suppression::{Suppression, Suppressions, UnclearDirective};
use crate::model::tree::View;
use crate::source::{Source, SourceId, Span};

/// What every directive begins with.
const PREFIX: &str = "docwright-";

/// A comment that holds a directive.
struct Directive {
    /// The whole comment.
    span: Span,
    /// What stands in it from the verb on, up to the end of the comment.
    words: Span,
}

/// What a page's comments and front matter say.
pub(super) fn of_page(page: &Page, source: &Source) -> Suppressions {
    let mut said = Suppressions::default();
    front_matter(page, source, &mut said);
    if source.text.contains(PREFIX) {
        let nodes =
            page.document.nodes.iter().filter(|it| matches!(it.kind, Kind::HtmlBlock | Kind::InlineHtml));
        let comments = nodes.flat_map(|it| html_comments(page.source, &source.text, it.range()));
        let block_end = |line: Range<usize>| {
            let blocks = page.document.nodes.iter().filter(|it| {
                matches!(it.kind, Kind::CodeBlock(_) | Kind::Table(_) | Kind::HtmlBlock)
                    && line.contains(&it.range().start)
            });
            blocks.map(|it| it.range().end).max()
        };
        directives(comments.collect(), source, &block_end, &mut said);
    }
    said
}

/// What the comments of a YAML or source file say.
pub(super) fn of_file(id: SourceId, source: &Source) -> Suppressions {
    let mut said = Suppressions::default();
    let comments = memchr::memmem::find_iter(source.text.as_bytes(), PREFIX)
        .filter_map(|at| line_comment(id, &source.text, at))
        .collect();
    directives(comments, source, &|_| None, &mut said);
    said
}

/// The comments with a directive in a piece of HTML.
fn html_comments(source: SourceId, text: &str, range: Range<usize>) -> Vec<Directive> {
    let mut found = Vec::new();
    let html = text.get(range.clone()).unwrap_or_default();
    let mut at = 0;
    while let Some(open) = html.get(at..).and_then(|it| it.find("<!--")).map(|it| it + at) {
        let inside = open + "<!--".len();
        let Some(close) = html[inside..].find("-->").map(|it| it + inside) else { break };
        at = close + "-->".len();
        let words = html[inside..close].trim_start();
        if let Some(words) = words.strip_prefix(PREFIX) {
            let start = range.start + close - words.len();
            let span = Span::new(source, range.start + open..range.start + at);
            found.push(Directive { span, words: Span::new(source, start..start + words.trim_end().len()) });
        }
    }
    found
}

/// The directive at `at`, if it opens a comment that runs to the end of its line: `# …`, `// …`, `/* … */`.
fn line_comment(source: SourceId, text: &str, at: usize) -> Option<Directive> {
    let line = text[..at].rfind('\n').map_or(0, |it| it + 1);
    let before = text[line..at].trim_end();
    let open = ["//", "/*", "#", "--", ";"].into_iter().find(|it| before.ends_with(it))?;
    let code = before.strip_suffix(open)?;
    if !(code.is_empty() || code.ends_with([' ', '\t'])) || code.matches(['"', '\'', '`']).count() % 2 == 1 {
        return None;
    }
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |it| at + it);
    let words = text[at + PREFIX.len()..end].trim_end().trim_end_matches("*/").trim_end();
    let span = Span::new(source, line + code.len()..end);
    let start = at + PREFIX.len();
    Some(Directive { span, words: Span::new(source, start..start + words.len()) })
}

/// Turns directives into suppressions. `block_end` gives the end of a block that begins in a line and that no
/// comment can stand in.
fn directives(
    comments: Vec<Directive>,
    source: &Source,
    block_end: &dyn Fn(Range<usize>) -> Option<usize>,
    said: &mut Suppressions,
) {
    let text: &str = &source.text;
    // Those of `disable` that no `enable` has ended yet.
    let mut open: Vec<usize> = Vec::new();
    for comment in comments {
        let words = text.get(comment.words.range()).unwrap_or_default();
        let verb = words.split([' ', '\t', '\n', '\r', ':', ',']).next().unwrap_or_default();
        let (rules, reason) = rules(comment.words.slice(verb.len()..words.len()), text);
        let line = |at: usize| line_around(text, at);
        let scope = match verb {
            "disable-file" => 0..text.len(),
            "disable-line" => line(comment.span.start as usize).start..line(comment.span.end as usize).end,
            "disable-next-line" => {
                let next = next_line(text, comment.span.end as usize);
                next.start..block_end(next.clone()).unwrap_or(0).max(next.end)
            }
            "disable" => comment.span.end as usize..text.len(),
            "enable" => {
                let ended = |it: &usize| {
                    rules.is_empty() || rules.iter().any(|(rule, _)| *rule == said.all[*it].rule)
                };
                let (ending, rest): (Vec<usize>, Vec<usize>) = open.into_iter().partition(ended);
                open = rest;
                if ending.is_empty() {
                    said.unclear.push((comment.span, UnclearDirective::NothingToEnable));
                }
                for it in ending {
                    said.all[it].scope.end = comment.span.start;
                }
                continue;
            }
            other => {
                let verb = comment.words.slice(0..other.len());
                said.unclear.push((verb, UnclearDirective::Verb(other.to_owned())));
                continue;
            }
        };
        if rules.is_empty() {
            said.unclear.push((comment.span, UnclearDirective::NoRule));
        }
        for (rule, rule_span) in rules {
            if verb == "disable" {
                open.push(said.all.len());
            }
            said.all.push(Suppression {
                source: comment.span.source,
                rule,
                rule_span,
                directive: comment.span,
                scope: scope.start as u32..scope.end as u32,
                reason: reason.clone(),
            });
        }
    }
}

/// The rules that a directive names, up to ` -- `, and the reason behind it.
fn rules(words: Span, text: &str) -> (Vec<(String, Span)>, Option<String>) {
    let all = text.get(words.range()).unwrap_or_default();
    let (names, reason) = match all.find("--") {
        Some(at) => (&all[..at], all[at..].trim_start_matches('-').trim()),
        None => (all, ""),
    };
    let mut rules = Vec::new();
    let mut at = 0;
    for name in names.split_inclusive([' ', '\t', '\n', '\r', ',', ':']) {
        let bare = name.trim_end_matches([' ', '\t', '\n', '\r', ',', ':']);
        if !bare.is_empty() {
            rules.push((bare.to_owned(), words.slice(at..at + bare.len())));
        }
        at += name.len();
    }
    (rules, (!reason.is_empty()).then(|| reason.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The line that holds a byte, with its line ending.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
    start..text[at..].find('\n').map_or(text.len(), |it| at + it + 1)
}

/// The first line after a byte's that is not blank, with its line ending.
fn next_line(text: &str, at: usize) -> Range<usize> {
    let mut line = line_around(text, at);
    while line.end < text.len() {
        line = line_around(text, line.end);
        if !text[line.clone()].trim().is_empty() {
            return line;
        }
    }
    text.len()..text.len()
}

/// `docwright: {disable: [{rule, reason}]}`; an entry may also be the name of a rule alone.
fn front_matter(page: &Page, source: &Source, said: &mut Suppressions) {
    let root = page.front_matter.as_ref().and_then(|it| it.root(&source.text));
    let Some(disable) = root.and_then(|it| it.get("docwright")).and_then(|it| it.get("disable")) else {
        return;
    };
    let entries: Vec<View<'_>> =
        if disable.is_sequence() { disable.items().collect() } else { vec![disable] };
    for entry in entries {
        let directive = Span::new(page.source, entry.span());
        let named = if entry.is_mapping() { entry.get("rule") } else { Some(entry) };
        let Some((named, rule)) = named.and_then(|it| Some((it, it.as_str()?))) else {
            said.unclear.push((directive, UnclearDirective::NoRule));
            continue;
        };
        let reason = entry.is_mapping().then(|| entry.get("reason")).flatten().and_then(|it| it.as_str());
        said.all.push(Suppression {
            source: page.source,
            rule: rule.trim().to_owned(),
            rule_span: Span::new(page.source, named.content_span()),
            directive,
            scope: 0..source.text.len() as u32,
            reason: reason.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::markdown;

    fn page(text: &str) -> Vec<(String, String, Option<String>)> {
        let source = Source::new("a.md", text);
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        shown(&of_page(&page, &source), text)
    }

    fn shown(said: &Suppressions, text: &str) -> Vec<(String, String, Option<String>)> {
        let scope = |it: &Suppression| text[it.scope.start as usize..it.scope.end as usize].to_owned();
        said.all.iter().map(|it| (it.rule.clone(), scope(it), it.reason.clone())).collect()
    }

    #[test]
    fn comments_silence_lines_parts_and_files() {
        let found = page(
            "one\n<!-- docwright-disable-next-line link/empty, text -- it is so -->\n\ntwo\nthree\n\n\
             four <!-- docwright-disable-line a/b -->\n\n<!-- docwright-disable c/d -- why -->\nfive\n\n\
             <!-- docwright-enable -->\nsix\n",
        );
        let why = |it: &str| Some(it.to_owned());
        assert_eq!(
            found,
            [
                ("link/empty".into(), "two\n".into(), why("it is so")),
                ("text".into(), "two\n".into(), why("it is so")),
                ("a/b".into(), "four <!-- docwright-disable-line a/b -->\n".into(), None),
                ("c/d".into(), "\nfive\n\n".into(), why("why")),
            ]
        );
        assert_eq!(page("<!-- docwright-disable-file x/y -- z -->\nw")[0].1.len(), 42);
    }

    #[test]
    fn the_next_line_may_open_a_block() {
        let found = page("<!-- docwright-disable-next-line a/b -- c -->\n```sh\none\n```\ntwo\n");
        assert_eq!(found[0].1, "```sh\none\n```\n".trim_end().to_owned() + "");
        let found = page("<!-- docwright-disable-next-line a/b -- c -->\n| a |\n|---|\n| b |\n\ntwo\n");
        assert_eq!(found[0].1, "| a |\n|---|\n| b |\n");
    }

    #[test]
    fn a_directive_in_code_is_text() {
        assert_eq!(
            page(
                "```md\n<!-- docwright-disable-file a/b -- c -->\n```\n\n`<!-- docwright-disable-file a/b -->`\n"
            ),
            []
        );
        let text = "x = \"# docwright-disable-file a/b\"\n";
        assert_eq!(of_file(SourceId(0), &Source::new("a.py", text)).all, []);
    }

    #[test]
    fn front_matter_silences_the_page() {
        let text = "---\ndocwright:\n  disable:\n    - {rule: a/b, reason: old page}\n    - c\n---\n# A\n";
        let found = page(text);
        assert_eq!(found[0], ("a/b".into(), text.into(), Some("old page".into())));
        assert_eq!((found[1].0.as_str(), &found[1].2), ("c", &None));
    }

    #[test]
    fn comments_of_yaml_and_code_count() {
        let text = "a: 1  # docwright-disable-line x/y -- z\n# docwright-disable-next-line v/w\nb: 2\n";
        let found = shown(&of_file(SourceId(0), &Source::new("a.yaml", text)), text);
        assert_eq!(found[0].0, "x/y");
        assert_eq!(found[1], ("v/w".into(), "b: 2\n".into(), None));
        let text = "/* docwright-disable-file x/y -- z */\n";
        let found = shown(&of_file(SourceId(0), &Source::new("a.ts", text)), text);
        assert_eq!(found[0].2.as_deref(), Some("z"));
    }

    #[test]
    fn what_says_nothing_is_told() {
        let source = Source::new(
            "a.md",
            "<!-- docwright-disable-nxt a/b -->\n<!-- docwright-disable-file -->\n<!-- docwright-enable -->\n",
        );
        let page = markdown::parse(SourceId(0), "a.md", &source.text, true);
        let said: Vec<_> = of_page(&page, &source).unclear.into_iter().map(|it| it.1).collect();
        assert_eq!(
            said,
            [
                UnclearDirective::Verb("disable-nxt".into()),
                UnclearDirective::NoRule,
                UnclearDirective::NothingToEnable
            ]
        );
    }
}
