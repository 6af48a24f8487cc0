//! Front matter and fenced YAML or JSON: keys that name an objective.

use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::statement::{self, Above, Stated};
use super::tokens::{self, Token};
use super::value::Value;
use super::{Sheet, subject};
use crate::model::fact::{Role, Status};
use crate::model::tree::{Tree, View};
use crate::parse::yaml;

/// Deeper values are not read.
const MAX_DEPTH: usize = 64;
/// Keys that make a mapping the declaration of a type.
const SCHEMA_KEYS: [&str; 4] = ["type", "$ref", "format", "schema"];

/// Collects the objectives of a document.
pub(super) fn read(root: View<'_>, sheet: &mut Sheet<'_>) {
    value(root, &mut Vec::new(), 0, sheet);
}

fn value(view: View<'_>, path: &mut Vec<String>, depth: usize, sheet: &mut Sheet<'_>) {
    if depth > MAX_DEPTH || view.is_alias() {
        return;
    }
    for item in view.items() {
        let name = item.get("name").and_then(|it| it.as_str().map(|it| it.into_owned()));
        let named = name.is_some();
        path.extend(name);
        value(item, path, depth + 1, sheet);
        if named {
            path.pop();
        }
    }
    for (key, below) in view.entries() {
        let words = scalar(key, sheet.text);
        match mention::label(&words).filter(|it| it.kinds.len() == 1 && it.others.len() < 4) {
            Some(label) => objective(below, key, &label, path, sheet),
            None => {
                let name = subject::name(&words, sheet.text);
                let named = name.is_some();
                path.extend(name);
                match file_inside(key, below, sheet.text) {
                    Some(file) => {
                        for root in file.documents(sheet.text) {
                            value(root, path, depth + 1, sheet);
                        }
                    }
                    None => value(below, path, depth + 1, sheet),
                }
                if named {
                    path.pop();
                }
            }
        }
    }
}

/// What a file holds that stands below its name, as in a `ConfigMap` of Kubernetes: `tiers.yaml: |`.
fn file_inside(key: View<'_>, below: View<'_>, text: &str) -> Option<Tree> {
    let name = key.as_str()?;
    if !below.is_block() || !(name.ends_with(".yaml") || name.ends_with(".yml")) {
        return None;
    }
    let span = below.span();
    let indicator = text.get(span.clone())?;
    let start = match indicator.starts_with(['|', '>']) {
        true => span.start + indicator.find('\n')? + 1,
        false => text.get(..span.start)?.rfind('\n')? + 1,
    };
    Some(yaml::parse(text, start..span.end).0)
}

/// The value of a key that names an objective: a scalar, or a mapping of roles, scopes, or value and unit.
fn objective(view: View<'_>, key: View<'_>, label: &Label, path: &mut Vec<String>, sheet: &mut Sheet<'_>) {
    if !view.is_mapping() {
        if !view.is_sequence() {
            state(view, key, label.role, label.unit, label, path, sheet);
        }
        return;
    }
    if SCHEMA_KEYS.iter().any(|it| view.get(it).is_some()) {
        return;
    }
    let own_unit = ["unit", "units"]
        .iter()
        .find_map(|it| view.get(it))
        .and_then(|it| lexicon::unit(&scalar(it, sheet.text), 0).and_then(|(unit, _)| unit));
    for (name, below) in view.entries().filter(|(_, below)| !below.is_mapping() && !below.is_sequence()) {
        let words = scalar(name, sheet.text);
        let says = |class| lexicon::any(&words, class);
        if says(Class::NotesColumn)
            || says(Class::NotALabel)
            || matches!(name.as_str().as_deref(), Some("unit" | "units" | "name"))
        {
            continue;
        }
        let role = (0..words.len()).find_map(|at| lexicon::role(&words, at).map(|(role, _)| role));
        let unit = (0..words.len()).find_map(|at| mention::unit_of_label(&words, at)).map(|(unit, _)| unit);
        let unit = unit.or(own_unit).or(label.unit).or_else(|| bare_unit(&words));
        let scope = (role.is_none() && !says(Class::ValueColumn) && unit.is_none())
            .then(|| subject::name(&words, sheet.text))
            .flatten();
        let scoped = scope.is_some();
        path.extend(scope);
        state(below, name, role.or(label.role), unit, label, path, sheet);
        if scoped {
            path.pop();
        }
    }
}

/// `minutes: 30`
fn bare_unit(words: &[Token]) -> Option<f64> {
    lexicon::unit(words, 0).filter(|&(_, end)| end == words.len()).and_then(|(unit, _)| unit)
}

fn state(
    view: View<'_>,
    key: View<'_>,
    role: Option<Role>,
    unit: Option<f64>,
    label: &Label,
    path: &[String],
    sheet: &mut Sheet<'_>,
) {
    let kind = label.kinds[0];
    if view.as_bool().is_some() {
        return;
    }
    let words = scalar(view, sheet.text);
    let key_words = scalar(key, sheet.text);
    if view.is_null() || words.is_empty() {
        let end = key_words.len();
        sheet.add(&key_words, Stated::unset(kind, role, 0..end, true), path);
        return;
    }
    let above = Above { kinds: vec![kind], scopes: true, role, unit };
    let stated = statement::read(&words, &above).stated;
    if stated.is_empty() && words.iter().any(Token::is_word) && words.iter().all(|it| !it.is_number()) {
        let end = words.len();
        let soft = Stated {
            value: Value::Words(Status::Soft),
            weak: true,
            ..Stated::unset(kind, role, 0..end, false)
        };
        sheet.add(&words, soft, path);
        return;
    }
    for it in stated {
        sheet.add(&words, it, path);
    }
}

/// The tokens of a scalar.
fn scalar(view: View<'_>, text: &str) -> Vec<Token> {
    let Some(value) = view.as_str() else { return Vec::new() };
    let span = view.content_span();
    if text.get(span.clone()) == Some(value.as_ref()) {
        return tokens::tokenize(&tokens::chars(&value, span.start, false).collect::<Vec<_>>());
    }
    // Escapes: every token stands for the whole scalar.
    let mut found = tokens::tokenize(&tokens::chars(&value, 0, false).collect::<Vec<_>>());
    found.iter_mut().for_each(|it| it.span = span.start as u32..span.end as u32);
    found
}
