//! Bundles YAML as text: the root file with other files pasted into it, so that comments and order stay.

use std::fmt::Write;
use std::ops::Range;

use super::plan::{Inlined, Place, Plan};
use super::write::{self, quoted};
use crate::model::spec::{Node, SpecFile, Version};

/// How many bytes may be pasted: a value may be wanted at many places, each of which is at many places.
const BUDGET: usize = 256 * 1024 * 1024;

/// Pastes values.
struct Paster<'p, 'a> {
    plan: &'p Plan<'a>,
    /// The files whose text holds an alias, which means nothing elsewhere.
    has_alias: Vec<bool>,
    /// What is being pasted.
    open: Vec<Place>,
    left: usize,
}

/// A replacement in a text.
struct Edit {
    range: Range<usize>,
    text: String,
}

/// The whole document; none where text cannot be pasted and the values must be written anew.
pub(super) fn document(plan: &Plan<'_>) -> Option<String> {
    let source = plan.sources.get(plan.root.source());
    let text = &source.text;
    let is_block = |it: Node<'_>| it.view.is_mapping() && !it.view.is_alias() && starts_block(text, it);
    if !is_block(plan.root) || plan.spec.files.first().is_some_and(|it| it.broken) {
        return None;
    }
    let aliases = |it: &SpecFile| it.tree.nodes(&plan.sources.get(it.source).text).any(|it| it.is_alias());
    let has_alias = plan.spec.files.iter().map(aliases).collect();
    let mut paster = Paster { plan, has_alias, open: Vec::new(), left: BUDGET };
    let mut edits = paster.edits(plan.root)?;
    let owner = match plan.spec.edition {
        Version::V2 => Some(plan.root),
        _ => plan.root.get("components"),
    };
    let mut added = String::new();
    for section in sections(plan) {
        let existing = owner.and_then(|it| it.get(section));
        // What is no mapping in block style, and not empty, cannot be added to.
        if existing.is_some_and(|it| !is_block(it) || it.view.is_empty() || it.is_reference()) {
            return None;
        }
        let depth = if plan.spec.edition == Version::V2 { 1 } else { 2 };
        let column = match existing {
            Some(it) => column(text, it.view.span().start),
            None => 2 * depth,
        };
        let mut entries = String::new();
        for it in plan.components.iter().filter(|it| it.section == section) {
            let _ = write!(entries, "{:column$}{}:\n{:inner$}", "", it.name, "", inner = column + 2);
            entries.push_str(&paster.pasted(it.place, column + 2)?);
            if !entries.ends_with('\n') {
                entries.push('\n');
            }
        }
        match existing {
            Some(it) => edits.push(insertion(text, it, entries)),
            None => {
                let _ = write!(added, "{:indent$}{section}:\n{entries}", "", indent = column - 2);
            }
        }
    }
    if !added.is_empty() {
        match owner {
            None => {
                let all = format!("components:\n{added}");
                edits.push(insertion(text, plan.root, all));
            }
            Some(owner) => {
                // The new sections stand in the column of the others.
                if !is_block(owner)
                    || column(text, owner.view.span().start)
                        != if plan.spec.edition == Version::V2 { 0 } else { 2 }
                {
                    return None;
                }
                edits.push(insertion(text, owner, added));
            }
        }
    }
    let text = applied(text, 0..text.len(), edits)?;
    let text = if text.ends_with('\n') { text } else { text + "\n" };
    // The lines of all files end as those of the root.
    let unix = text.replace("\r\n", "\n");
    Some(if source.text.contains("\r\n") { unix.replace('\n', "\r\n") } else { unix })
}

/// The sections that something is added to, each once.
fn sections(plan: &Plan<'_>) -> Vec<&'static str> {
    let mut sections = Vec::new();
    for it in &plan.components {
        if !sections.contains(&it.section) {
            sections.push(it.section);
        }
    }
    sections
}

/// Whether a value is written in block style.
fn starts_block(text: &str, node: Node<'_>) -> bool {
    let start = node.view.span().start;
    text.get(start..).is_some_and(|it| !it.starts_with(['{', '[', '&', '!']))
}

/// In which column, from 0, a byte stands.
fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start_matches('\u{feff}').chars().count()
}

/// An insertion behind the last line of a value.
fn insertion(text: &str, node: Node<'_>, words: String) -> Edit {
    let end = node.view.span().end;
    let is_line = text.get(..end).is_some_and(|it| it.ends_with('\n'));
    let at = if is_line {
        end
    } else {
        text.get(end..).and_then(|it| it.find('\n')).map_or(text.len(), |it| end + it + 1)
    };
    let needs_line = at == text.len() && !text.ends_with('\n');
    Edit { range: at..at, text: if needs_line { format!("\n{words}") } else { words } }
}

impl Paster<'_, '_> {
    /// The edits of a value of a YAML file.
    fn edits(&mut self, node: Node<'_>) -> Option<Vec<Edit>> {
        let plan = self.plan;
        let text = &plan.sources.get(node.source()).text;
        let within = node.view.span();
        let mut edits: Vec<Edit> = Vec::new();
        let inside = |it: &Range<usize>| within.start <= it.start && it.end <= within.end;
        for (&place, pointer) in plan.pointers.iter().filter(|(place, _)| place.0 == node.file) {
            let range = plan.node(place).view.span();
            if inside(&range) {
                edits.push(Edit { range, text: format!("'{}'", pointer.replace('\'', "''")) });
            }
        }
        for (&place, inlined) in plan.inlined.iter().filter(|(place, _)| place.0 == node.file) {
            let it = plan.node(place);
            let range = it.view.span();
            if !inside(&range) {
                continue;
            }
            let is_flow = text.get(range.start..).is_some_and(|it| it.starts_with('{'));
            let words = match inlined {
                Inlined::Text(words) => quoted(words),
                Inlined::Value(target) if !is_flow && it.view.len() == 1 => {
                    self.pasted(*target, column(text, range.start))?
                }
                Inlined::Value(_) => {
                    let value = write::value(plan, it)?;
                    let mut out = String::new();
                    match is_flow {
                        true => value.json(0, &mut out),
                        false => value.yaml(column(text, range.start), &mut out),
                    }
                    // JSON on several lines must not stand left of what is around it.
                    if is_flow { out.replace('\n', " ") } else { out }
                }
            };
            edits.push(Edit { range, text: words.trim_end().to_owned() });
        }
        // The maps have no order. What stands inside of a replaced value goes with it.
        edits.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
        let mut kept: Vec<Edit> = Vec::new();
        for edit in edits {
            if kept.last().is_none_or(|it| it.range.end <= edit.range.start) {
                kept.push(edit);
            }
        }
        Some(kept)
    }

    /// A value as text for a column; the first line stands where the text before ends. None for a circle.
    fn pasted(&mut self, place: Place, to: usize) -> Option<String> {
        if self.open.contains(&place) {
            return None;
        }
        let node = self.plan.node(place);
        let file = &self.plan.spec.files[place.0 as usize];
        let source = self.plan.sources.get(file.source);
        let is_json = source.path.to_ascii_lowercase().ends_with(".json");
        let is_text = (node.view.is_mapping() || node.view.is_sequence())
            && starts_block(&source.text, node)
            && !(file.broken || is_json || self.has_alias[place.0 as usize])
            && !self.plan.inlined.contains_key(&place);
        let mut out = String::new();
        if is_text {
            self.open.push(place);
            let edits = self.edits(node)?;
            self.open.pop();
            let range = node.view.span();
            let from = column(&source.text, range.start);
            moved(&applied(&source.text, range, edits)?, from, to, &mut out);
        } else {
            write::value(self.plan, node)?.yaml(to, &mut out);
        }
        self.left = self.left.checked_sub(out.len())?;
        Some(out)
    }
}

/// Moves all lines but the first from one column to another.
fn moved(text: &str, from: usize, to: usize, out: &mut String) {
    for (at, line) in text.lines().enumerate() {
        if at == 0 {
            out.push_str(line);
            continue;
        }
        out.push('\n');
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let rest = &line[spaces.min(from)..];
        if !rest.trim().is_empty() {
            out.extend(std::iter::repeat_n(' ', to));
            out.push_str(rest);
        }
    }
}

/// A part of a text with its edits; none where they overlap.
fn applied(text: &str, range: Range<usize>, mut edits: Vec<Edit>) -> Option<String> {
    // Stable, so that insertions at one place keep their order.
    edits.sort_by_key(|it| it.range.start);
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for edit in edits {
        out.push_str(text.get(at..edit.range.start)?);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..range.end)?);
    Some(out)
}
