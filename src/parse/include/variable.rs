//! `{{ docwright.pages }}` and the names that the configuration gives values: filled in where readers see them.
//!
//! Documents are full of braces that mean something to another program: Helm, Jinja, Prometheus. So only docwright's
//! own names and those of the configuration are touched, and nothing in code.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;

use super::compose::{MOST_TAKEN, replace};
use super::shown_page;
use crate::config::Config;
use crate::model::Project;
use crate::model::count::{count, counts};
use crate::model::document::Kind;
use crate::model::fact::{Fact, Objective};
use crate::model::include::{Composition, Piece, Variable};
use crate::model::page::Page;
use crate::parse::{markdown, recovery};
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// A name in double braces.
static NAME: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"\{\{[ \t]*([A-Za-z_][\w-]*(?:\.[\w-]+)*)[ \t]*\}\}"));

/// What docwright's own names begin with.
const OWN: &str = "docwright.";

/// What names stand for.
struct Values {
    /// Those of the configuration, by their dotted names.
    declared: BTreeMap<String, String>,
    counts: Vec<(&'static str, usize)>,
}

impl Values {
    fn of(project: &Project, config: &Config) -> Values {
        let mut declared = BTreeMap::new();
        collect(&config.variables, "", 0, &mut declared);
        Values { declared, counts: counts(project) }
    }

    /// The value of a name; none where it has none.
    fn get(&self, name: &str) -> Option<String> {
        match name.strip_prefix(OWN) {
            Some(name) => count(&self.counts, name).map(|it| it.to_string()),
            None => self.declared.get(name).cloned(),
        }
    }

    /// Whether a name is meant for docwright: its own, one of the configuration, or one in a table of it.
    fn is_ours(&self, name: &str) -> bool {
        let table = name.split_once('.').map(|(table, _)| format!("{table}."));
        let in_table = |table: String| {
            self.declared.range(table.clone()..).next().is_some_and(|(it, _)| it.starts_with(&table))
        };
        name.starts_with(OWN) || self.declared.contains_key(name) || table.is_some_and(in_table)
    }
}

/// The deepest table of variables.
const DEEPEST: usize = 8;

/// Adds the values of a table, by their dotted names. Lists and dates have no one way of being written.
fn collect(table: &toml::Table, above: &str, depth: usize, into: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let name = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        match value {
            toml::Value::String(it) => into.insert(name, it.clone()),
            toml::Value::Integer(it) => into.insert(name, it.to_string()),
            toml::Value::Float(it) => into.insert(name, it.to_string()),
            toml::Value::Boolean(it) => into.insert(name, it.to_string()),
            toml::Value::Datetime(it) => into.insert(name, it.to_string()),
            toml::Value::Table(inner) if depth < DEEPEST => {
                collect(inner, &name, depth + 1, into);
                None
            }
            _ => None,
        };
    }
}

/// Fills in the pages of the book, and notes which names they use.
pub(in crate::parse) fn fill(project: &mut Project, config: &Config) {
    let candidates: Vec<&Page> = project.pages.iter().filter(|it| it.in_book).collect();
    let candidates: Vec<&Page> =
        candidates.into_par_iter().filter(|it| NAME.is_match(project.shown(it).1)).collect();
    if candidates.is_empty() {
        return;
    }
    let values = Values::of(project, config);
    let filled: Vec<Composition> =
        candidates.par_iter().filter_map(|it| composition(project, it, &values)).collect();
    let own: Vec<&Page> = project.pages.iter().filter(|it| it.in_book).collect();
    let variables = own.par_iter().flat_map_iter(|page| {
        let uses = uses(page, &project.sources.get(page.source).text);
        uses.into_iter().filter(|(_, name)| values.is_ours(name)).map(|(range, name)| Variable {
            span: Span::new(page.source, range),
            value: values.get(&name),
            name,
        })
    });
    let variables = variables.collect();
    project.includes.variables = variables;
    project.includes.declared = values.declared.keys().cloned().collect();
    let restated: Vec<(SourceId, Vec<Fact>)> =
        candidates.par_iter().filter_map(|it| Some((it.source, facts(project, it, &values)?))).collect();
    project.includes.compositions.extend(filled.into_iter().map(|it| (it.page.source, it)));
    for (source, facts) in restated {
        let (tolerances, facts): (Vec<_>, Vec<_>) =
            facts.into_iter().partition(|it| it.kind == Objective::Mtd);
        project.facts.retain(|it| it.span.source != source);
        project.tolerances.retain(|it| it.span.source != source);
        project.facts.extend(facts);
        project.tolerances.extend(tolerances);
    }
    project.facts.sort_by_key(|it| it.span.source);
    project.tolerances.sort_by_key(|it| it.span.source);
    super::adopt_anchors(project);
}

/// A page with its values; none for one without.
fn composition(project: &Project, page: &Page, values: &Values) -> Option<Composition> {
    let (shown, text) = project.shown(page);
    let known = known(shown, text, values);
    if known.is_empty() {
        return None;
    }
    let before = project.includes.compositions.get(&page.source);
    let whole = [Piece { start: 0, own: Some(0) }];
    let (text, pieces) = replace(text, before.map_or(&whole, |it| &it.pieces), known);
    let parts = before.map(|it| it.parts.clone()).unwrap_or_default();
    let title = before.and_then(|it| it.title.clone());
    let shown = shown_page(page, project.sources.path(page.source), &text, project.book.dialect);
    Some(Composition { has_variables: true, ..Composition::new(shown, text, pieces, parts, title) })
}

/// The names of a page that have values, with these; no more than a page may take from elsewhere.
fn known(page: &Page, text: &str, values: &Values) -> Vec<(Range<usize>, String)> {
    let mut taken = 0;
    let known = uses(page, text).into_iter().filter_map(|(range, name)| Some((range, values.get(&name)?)));
    known
        .take_while(|(_, value)| {
            taken += value.len();
            taken <= MOST_TAKEN
        })
        .collect()
}

/// The recovery objectives of a page with its values filled in; each stands where its words do, those of a value at the
/// name. None for a page without values of its own.
fn facts(project: &Project, page: &Page, values: &Values) -> Option<Vec<Fact>> {
    let own = &*project.sources.get(page.source).text;
    let known = known(page, own, values);
    if known.is_empty() {
        return None;
    }
    let (text, pieces) = replace(own, &[Piece { start: 0, own: Some(0) }], known.clone());
    let path = project.sources.path(page.source);
    let shown = markdown::parse_with(page.source, path, &text, page.in_book, page.math);
    let mut grown = 0;
    // The bytes of each value in the filled text, and those of its name in the page.
    let values: Vec<(Range<usize>, Range<usize>)> = known
        .into_iter()
        .map(|(name, value)| {
            let start = (name.start as isize + grown) as usize;
            grown += value.len() as isize - name.len() as isize;
            (start..start + value.len(), name)
        })
        .collect();
    let composition = Composition::new(shown, text, pieces, Vec::new(), None);
    let start = |at: u32| {
        let next = values.partition_point(|(it, _)| it.end <= at as usize);
        let value = values.get(next).filter(|(it, _)| it.start <= at as usize);
        value.map(|(_, name)| name.start as u32).or_else(|| composition.own_place(at))
    };
    let end = |at: u32| {
        let next = values.partition_point(|(it, _)| it.end < at as usize);
        let value = values.get(next).filter(|(it, _)| it.start < at as usize);
        let before = || composition.own_place(at.checked_sub(1)?).map(|it| it + 1);
        value.map(|(_, name)| name.end as u32).or_else(before)
    };
    let facts = recovery::facts(&composition.page, &composition.text).into_iter().filter_map(|fact| {
        let from = start(fact.span.start)?;
        let span = Span { start: from, end: end(fact.span.end).unwrap_or(from).max(from), ..fact.span };
        Some(Fact { span, ..fact })
    });
    Some(facts.collect())
}

/// The names in the prose of a page with their bytes. A backslash before the braces makes them text.
fn uses(page: &Page, text: &str) -> Vec<(Range<usize>, String)> {
    if !text.contains("{{") {
        return Vec::new();
    }
    let start = page.front_matter.as_ref().map_or(0, |it| it.span.end as usize);
    let is_code = |kind: &Kind| matches!(kind, Kind::Code(_) | Kind::CodeBlock(_));
    let code = page.document.nodes.iter().filter(|it| is_code(&it.kind)).map(|it| it.range());
    let comments = page.document.nodes.iter().filter(|it| {
        matches!(it.kind, Kind::HtmlBlock | Kind::InlineHtml)
            && text.get(it.range()).is_some_and(|it| it.trim_start().starts_with("<!--"))
    });
    let mut left_alone: Vec<Range<usize>> = code.chain(comments.map(|it| it.range())).collect();
    left_alone.sort_by_key(|it| it.start);
    let mut found = Vec::new();
    for captures in NAME.captures_iter(text) {
        let (Some(all), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
        let backslashes = text[..all.start()].bytes().rev().take_while(|&it| it == b'\\').count();
        let behind = left_alone.partition_point(|it| it.start <= all.start());
        let in_code = behind.checked_sub(1).is_some_and(|it| left_alone[it].end > all.start());
        if all.start() >= start && backslashes % 2 == 0 && !in_code {
            found.push((all.range(), name.as_str().to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_prose_only() {
        let text = "---\nx: {{ a }}\n---\n# {{ title }}\n\n{{a.b}} `{{ c }}` \\{{ d }} {{ e f }}\n\n```\n{{ g }}\n```\n\n<!-- {{ h }} -->\n";
        let page = markdown::parse(SourceId(0), "a.md", text, true);
        let names: Vec<String> = uses(&page, text).into_iter().map(|it| it.1).collect();
        assert_eq!(names, ["title", "a.b"]);
    }
}
