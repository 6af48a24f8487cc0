//! Alerts in files that are no YAML before a template engine has filled them in: each block around an `alert:`
//! key is read by its indentation. Lines that are templates only do not count.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Field, Rule, tree};
use crate::parse::yaml;
use crate::pattern::compiled;

/// `$name := "text"`.
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| compiled(r#"\$(\w+)\s*:?=\s*"([^"\n]*)""#));

/// `{{ $name }}`, perhaps quoted by a filter.
static USE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\{\{-?\s*\$(\w+)\s*(?:\|\s*(?:quote|squote)\s*)?-?\}\}"));

/// A line that puts in text from elsewhere.
static ADDITION: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^\s*\{\{-?\s*(?:include|template|toYaml|tpl|range)\b"));

/// A line with a key, or without one.
#[derive(Debug)]
struct Line<'t> {
    /// The column of the key; of the first character where there is none.
    column: usize,
    /// Whether an item of a list begins here.
    begins_item: bool,
    key: Option<&'t str>,
    /// The rest of the line behind the key.
    value: Range<usize>,
}

/// The alerts in a range of the text.
pub(super) fn rules(text: &str, range: Range<usize>) -> Vec<Rule> {
    let lines = lines(text, range);
    let variables = Variables::of(text);
    let is_alert = |line: &Line<'_>| line.key == Some("alert") && !line.value.is_empty();
    let mut rules = Vec::new();
    for at in (0..lines.len()).filter(|&it| is_alert(&lines[it])) {
        let block = block(&lines, at);
        let column = lines[at].column;
        let own =
            |name: &str| block.clone().find(|&it| lines[it].column == column && lines[it].key == Some(name));
        if !["expr", "for", "labels", "annotations"].iter().any(|it| own(it).is_some()) {
            continue;
        }
        let children =
            |name: &str| own(name).map_or_else(Vec::new, |it| children(text, &lines, it, block.end));
        let mut rule = Rule {
            name: scalar(text, "alert", lines[at].value.clone()),
            holds_for: own("for")
                .map(|it| scalar(text, "for", lines[it].value.clone()).value)
                .unwrap_or_default(),
            labels: children("labels"),
            annotations: children("annotations"),
            is_open: is_open(text, &lines, own("annotations"), &block),
        };
        for field in rule.labels.iter_mut().chain(&mut rule.annotations).chain([&mut rule.name]) {
            field.value = variables.fill(&field.value, field.span.start);
        }
        rules.push(rule);
    }
    rules
}

/// Whether a template adds to the annotations of a rule, or to a rule without any.
fn is_open(text: &str, lines: &[Line<'_>], annotations: Option<usize>, block: &Range<usize>) -> bool {
    let first = annotations.unwrap_or(block.start);
    let column = lines[first].column;
    let next = match annotations {
        Some(at) => (at + 1..lines.len()).find(|&it| lines[it].column <= column),
        None => Some(block.end),
    };
    let start = lines[first].value.end;
    let end = next.and_then(|it| lines.get(it)).map_or(text.len(), |it| it.value.start);
    text.get(start..end).is_some_and(|it| ADDITION.is_match(it))
}

/// The lines that are not blank, no comments and not templates only.
fn lines(text: &str, range: Range<usize>) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    let mut in_template = false;
    for raw in text.get(range).unwrap_or_default().split_inclusive('\n') {
        let line = raw.trim_end();
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let opens = content.starts_with("{{");
        if in_template || opens {
            in_template = !line.contains("}}");
        } else if !content.is_empty() && !content.starts_with('#') {
            lines.push(read(content, indent, start + indent));
        }
        start += raw.len();
    }
    lines
}

fn read(content: &str, indent: usize, start: usize) -> Line<'_> {
    let after = content.strip_prefix("- ").map_or(content, str::trim_start);
    let skipped = content.len() - after.len();
    let (column, start) = (indent + skipped, start + skipped);
    let end = start + after.len();
    let key = after.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with([' ', '\t']));
    let key = key.map(|(key, _)| key).filter(|it| {
        let bare = it.trim_end().trim_matches(['"', '\'']);
        !bare.is_empty()
            && bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '$'))
    });
    let value = key.map_or(end..end, |key| {
        let rest = &after[key.len() + 1..];
        end - rest.trim_start().len()..end
    });
    let key = key.map(|it| it.trim_end().trim_matches(['"', '\'']));
    Line { column, begins_item: skipped > 0, key, value }
}

/// The lines of the mapping that holds a key.
fn block(lines: &[Line<'_>], at: usize) -> Range<usize> {
    let column = lines[at].column;
    let mut start = at;
    while !lines[start].begins_item && start > 0 && lines[start - 1].column >= column {
        start -= 1;
        if lines[start].begins_item && lines[start].column > column {
            // An item of a list inside the mapping.
            continue;
        }
        if lines[start].key == Some("alert") && lines[start].column == column {
            start += 1;
            break;
        }
    }
    let ends = |it: &Line<'_>| {
        it.column < column || (it.column == column && (it.begins_item || it.key == Some("alert")))
    };
    let end = lines[at + 1..].iter().position(ends).map_or(lines.len(), |it| at + 1 + it);
    start..end
}

/// The keys below a key.
fn children(text: &str, lines: &[Line<'_>], at: usize, end: usize) -> Vec<Field> {
    let above = &lines[at];
    if text.get(above.value.clone()).is_some_and(|it| it.starts_with('{') && !it.starts_with("{{")) {
        let (tree, _) = yaml::parse(text, above.value.clone());
        return tree::fields(tree.root(text));
    }
    let below = lines[at + 1..end].iter().take_while(|it| it.column > above.column);
    let below: Vec<&Line<'_>> = below.collect();
    let Some(column) = below.first().map(|it| it.column) else { return Vec::new() };
    let keys = below.iter().filter(|it| it.column == column);
    keys.filter_map(|it| Some(scalar_or_block(text, it.key?, it.column, it.value.clone()))).collect()
}

/// A value; for `|` and `>` the indented lines below.
fn scalar_or_block(text: &str, key: &str, column: usize, value: Range<usize>) -> Field {
    let words = text.get(value.clone()).unwrap_or_default();
    if !words.starts_with(['|', '>']) {
        return scalar(text, key, value);
    }
    let rest = text.get(value.end..).unwrap_or_default();
    let mut lines = rest.split_inclusive('\n');
    let mut end = value.end + lines.next().map_or(0, str::len);
    let start = end;
    for line in lines {
        let content = line.trim();
        let indent = line.len() - line.trim_start().len();
        if !content.is_empty() && indent <= column && !content.starts_with("{{") {
            break;
        }
        end += line.len();
    }
    let body = text.get(start..end).unwrap_or_default();
    let value = body.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    Field { key: key.to_owned(), value: value.trim().to_owned(), span: start..start + body.trim_end().len() }
}

/// A value on one line, without quotes and comment.
fn scalar(text: &str, key: &str, value: Range<usize>) -> Field {
    let words = text.get(value.clone()).unwrap_or_default();
    let quote = words.chars().next().filter(|it| matches!(it, '"' | '\''));
    let inside = match quote {
        Some(quote) => {
            let inside = &words[1..];
            let end = inside.rfind(quote).unwrap_or(inside.len());
            (1, &inside[..end])
        }
        None => (0, words.split(" #").next().unwrap_or(words).trim_end()),
    };
    let start = value.start + inside.0;
    let value = if quote == Some('\'') { inside.1.replace("''", "'") } else { inside.1.to_owned() };
    Field { key: key.to_owned(), value: value.trim().to_owned(), span: start..start + inside.1.len() }
}

/// The variables of a template that are plain text.
struct Variables(Vec<(usize, String, String)>);

impl Variables {
    fn of(text: &str) -> Variables {
        let all = VARIABLE.captures_iter(text).filter_map(|it| {
            let (at, name, value) = (it.get(0)?.start(), it.get(1)?.as_str(), it.get(2)?.as_str());
            Some((at, name.to_owned(), value.to_owned()))
        });
        Variables(all.collect())
    }

    /// A value with the variables filled in that were last set before a byte.
    fn fill(&self, value: &str, before: usize) -> String {
        let filled = USE.replace_all(value, |found: &regex::Captures<'_>| {
            let name = &found[1];
            let set = self.0.iter().rev().find(|(at, it, _)| *at < before && it == name);
            set.map_or_else(|| found[0].to_owned(), |(_, _, text)| text.clone())
        });
        filled.into_owned()
    }
}
