//! Puts operations into a document as text, so that comments, order and style of what is there stay.

use std::collections::{BTreeMap, HashSet};

use super::{Missing, operation_methods, value};
use crate::api::bundle::{Language, Out};
use crate::model::tree::View;
use crate::parse::tree;

/// A document with more operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The whole text.
    pub text: String,
    /// How many operations were added.
    pub added: usize,
    /// Paths whose item stands in another file or in a style that nothing can be put into.
    pub left: Vec<String>,
}

/// Adds an operation for each route that the document lacks.
///
/// # Errors
/// The document cannot be read, has no `paths`, or has them in a style that nothing can be put into.
pub fn merge(path: &str, text: &str, missing: &[Missing]) -> Result<Merged, &'static str> {
    let (tree, problems) = tree::parse(path, text);
    let root =
        tree.root(text).filter(|it| it.is_mapping() && problems.is_empty()).ok_or("it cannot be read")?;
    let paths = root.get("paths").ok_or("it has no `paths`")?;
    let mut ids: HashSet<String> = HashSet::new();
    for (_, item) in paths.entries() {
        for (_, operation) in item.entries().filter(|(_, it)| it.is_mapping()) {
            ids.extend(operation.get("operationId").and_then(|it| it.as_str()).map(|it| it.into_owned()));
        }
    }
    let mut found = Merged { text: text.to_owned(), added: 0, left: Vec::new() };
    // By place, so that what is put in further down moves nothing above.
    let mut additions: BTreeMap<usize, String> = BTreeMap::new();
    let mut add = |view: View<'_>, members: Vec<(String, Out)>| -> bool {
        let Some((at, words)) = addition(text, view, &members) else { return false };
        additions.entry(at).or_default().push_str(&words);
        true
    };
    let mut new: Vec<(String, Out)> = Vec::new();
    let mut by_path: BTreeMap<&str, Vec<&Missing>> = BTreeMap::new();
    for it in missing {
        by_path.entry(&it.path).or_default().push(it);
    }
    for (path, routes) in by_path {
        let item = paths.get(path);
        let mut operations: Vec<(String, Out)> = Vec::new();
        for it in routes {
            for method in operation_methods(&it.method) {
                let known = item.is_some_and(|it| it.get(method).is_some());
                if !known && !operations.iter().any(|(key, _)| key == method) {
                    operations.push((method.to_owned(), value(it, method, &mut ids)));
                }
            }
        }
        let count = operations.len();
        match item {
            None => {
                new.push((path.to_owned(), Out::Mapping(operations)));
                found.added += count;
            }
            Some(_) if count == 0 => {}
            Some(item) if item.is_mapping() && item.get("$ref").is_none() && add(item, operations) => {
                found.added += count;
            }
            Some(_) => found.left.push(path.to_owned()),
        }
    }
    if !new.is_empty() && !add(paths, new) {
        return Err("its `paths` are written in one line");
    }
    for (at, words) in additions.into_iter().rev() {
        found.text.insert_str(at, &words);
    }
    if text.contains("\r\n") {
        found.text = found.text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(found)
}

/// Where members are put at the end of a mapping, and the words; none where it is written in one line.
fn addition(text: &str, mapping: View<'_>, members: &[(String, Out)]) -> Option<(usize, String)> {
    let span = mapping.span();
    let last = mapping.entries().last();
    let column = |at: usize| text[..at].chars().rev().take_while(|it| *it != '\n').count();
    if text[span.clone()].starts_with('{') {
        let close = span.end.checked_sub(1)?;
        let inside = match last {
            Some((key, _)) => column(key.span().start),
            // `paths: {}`
            None => text[..span.start].lines().last().map_or(0, |it| it.len() - it.trim_start().len()) + 2,
        };
        // In one line: only JSON can be told apart from YAML in flow style, and both read it.
        let end = last.map_or(span.start + 1, |(_, value)| value.span().end);
        let words: Vec<String> = members
            .iter()
            .map(|(key, value)| {
                let mut out = String::new();
                value.json(inside / 2, &mut out);
                format!("\n{}{}: {out}", " ".repeat(inside), serde_json::Value::from(key.as_str()))
            })
            .collect();
        let before = if last.is_some() { "," } else { "" };
        let after = if text[end..close].contains('\n') {
            String::new()
        } else {
            format!("\n{}", " ".repeat(inside.saturating_sub(2)))
        };
        return Some((end, format!("{before}{}{after}", words.join(","))));
    }
    let (key, value) = last?;
    let inside = column(key.span().start);
    let end = value.span().end.max(key.span().end);
    // A comment behind the value stays in its line.
    let end = text[..end].trim_end().len();
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line_end = line_end - usize::from(text[..line_end].ends_with('\r'));
    let block = Out::Mapping(members.to_vec()).text(Language::Yaml);
    let mut words = String::new();
    for line in block.lines() {
        words.push('\n');
        if !line.is_empty() {
            words.push_str(&" ".repeat(inside));
            words.push_str(line);
        }
    }
    Some((line_end, words))
}
