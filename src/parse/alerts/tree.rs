//! Alerts in YAML and JSON that can be read as such: any mapping that has the keys of an alert is one.

use std::ops::Range;

use super::{Field, Rule, block};
use crate::model::tree::{Tree, View};
use crate::parse::{tree, yaml};

/// The types of Datadog's monitors, as they stand in a file.
pub(super) const MONITORS: [&str; 14] = [
    "metric alert",
    "query alert",
    "log alert",
    "event alert",
    "event-v2 alert",
    "process alert",
    "rum alert",
    "trace-analytics alert",
    "slo alert",
    "synthetics alert",
    "error-tracking alert",
    "audit alert",
    "service check",
    "composite",
];

/// The alerts of a text; none where it must be filled in by a template engine first.
pub(super) fn rules(path: &str, text: &str) -> Option<Vec<Rule>> {
    let (tree, problems) = tree::parse(path, text);
    if !problems.is_empty() && !tree::is_json(path, text) {
        return None;
    }
    let mut rules = Vec::new();
    if !collect(&tree, text, &mut rules) {
        return None;
    }
    // Config maps hold whole files of rules as text.
    for value in tree.nodes(text).filter(|it| !it.is_alias()) {
        let words = text.get(value.span()).unwrap_or_default();
        let is_file = value.as_str().is_some() && words.contains('\n') && holds_rules(words);
        if is_file {
            rules.extend(embedded(text, value.span()));
        }
    }
    Some(rules)
}

fn holds_rules(words: &str) -> bool {
    words.contains("alert:") && words.contains("expr:") && words.contains("rules:")
}

/// The alerts of a file that stands in a block of text.
fn embedded(text: &str, span: Range<usize>) -> Vec<Rule> {
    let start = text.get(..span.start).and_then(|it| it.rfind('\n')).map_or(span.start, |it| it + 1);
    // The indentation of the first line belongs to the file; anything else does not.
    let indented = text.get(start..span.start).is_some_and(|it| it.trim().is_empty());
    let range = if indented { start..span.end } else { span };
    let (tree, problems) = yaml::parse(text, range.clone());
    let mut rules = Vec::new();
    match problems.is_empty() && collect(&tree, text, &mut rules) {
        true => rules,
        false => block::rules(text, range),
    }
}

/// Adds every alert of a tree; no where one of them has a template in the place of its name.
fn collect(tree: &Tree, text: &str, rules: &mut Vec<Rule>) -> bool {
    for mapping in tree.nodes(text).filter(|it| it.is_mapping() && !it.is_alias()) {
        if mapping.get("alert").is_some_and(|it| it.is_mapping()) && mapping.get("expr").is_some() {
            return false;
        }
        rules.extend(prometheus(mapping).or_else(|| grafana(mapping)).or_else(|| datadog(mapping)));
    }
    true
}

fn prometheus(mapping: View<'_>) -> Option<Rule> {
    let name = text_of("alert", mapping)?;
    mapping.get("expr")?;
    Some(Rule {
        name,
        holds_for: text_of("for", mapping).map(|it| it.value).unwrap_or_default(),
        labels: fields(mapping.get("labels")),
        annotations: fields(mapping.get("annotations")),
        is_open: false,
    })
}

fn grafana(mapping: View<'_>) -> Option<Rule> {
    mapping.get("condition")?.as_str()?;
    let is_rule =
        mapping.get("data").is_some_and(|it| it.is_sequence()) || mapping.get("noDataState").is_some();
    let name = text_of("title", mapping).filter(|_| is_rule)?;
    Some(Rule {
        name,
        holds_for: text_of("for", mapping).map(|it| it.value).unwrap_or_default(),
        labels: fields(mapping.get("labels")),
        annotations: fields(mapping.get("annotations")),
        is_open: false,
    })
}

fn datadog(mapping: View<'_>) -> Option<Rule> {
    let kind = mapping.get("type")?.as_str()?;
    if !MONITORS.contains(&kind.as_ref()) || mapping.get("query").is_none() {
        return None;
    }
    let name = text_of("name", mapping)?;
    let mut labels = Vec::new();
    if let Some(mut priority) = text_of("priority", mapping) {
        if priority.value.bytes().all(|it| it.is_ascii_digit()) {
            priority.value.insert(0, 'P');
        }
        labels.push(priority);
    }
    // A tag of a monitor is a label with its key: `severity:critical`.
    for tag in mapping.get("tags").into_iter().flat_map(View::items) {
        let Some((key, value)) = tag
            .as_str()
            .and_then(|it| Some((it.split_once(':')?.0.to_owned(), it.split_once(':')?.1.to_owned())))
        else {
            continue;
        };
        labels.push(Field { key, value, span: tag.content_span() });
    }
    Some(Rule {
        name,
        holds_for: String::new(),
        labels,
        annotations: text_of("message", mapping).into_iter().collect(),
        is_open: false,
    })
}

/// The text of a key, where it has one.
fn text_of(key: &str, mapping: View<'_>) -> Option<Field> {
    let value = mapping.get(key).filter(|it| !it.is_null())?;
    let text = value.as_str().filter(|it| !it.trim().is_empty())?;
    Some(Field { key: key.to_owned(), value: text.trim().to_owned(), span: value.content_span() })
}

/// The keys of a mapping whose values are text; those of a list of links go by their names.
pub(super) fn fields(mapping: Option<View<'_>>) -> Vec<Field> {
    let Some(mapping) = mapping else { return Vec::new() };
    let mut fields = Vec::new();
    for (key, value) in mapping.members() {
        let Some(key) = key.as_str() else { continue };
        for item in std::iter::once(value).chain(value.items()) {
            if let Some(address) = item.get("url").and_then(|_| text_of("url", item)) {
                let name = ["type", "title", "name"].into_iter().find_map(|it| text_of(it, item));
                fields.push(Field { key: name.map_or_else(|| key.to_string(), |it| it.value), ..address });
            } else if let Some(text) = item.as_str().filter(|_| !item.is_null()) {
                fields.push(Field {
                    key: key.to_string(),
                    value: text.trim().to_owned(),
                    span: item.content_span(),
                });
            }
        }
    }
    fields
}
