//! Schemas in a few words: their type, their limits, their properties.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::content::Contents;
use super::place::{Files, Place};
use crate::model::spec::{Field, Limits};
use crate::model::tree::{TreeId, ValueKind};

/// How deep arrays, maps and alternatives are spelled out.
const MAX_WORD_DEPTH: usize = 5;

/// How many alternatives are named.
const MAX_ALTERNATIVES: usize = 4;

/// How many schemas one schema may be made of.
const MAX_PARTS: usize = 64;

/// More properties than these are not read.
const MAX_FIELDS: usize = 500;

impl<'a> Contents<'a> {
    /// A short word for the type of a schema.
    pub(super) fn kind(&self, schema: Place<'a>) -> String {
        kind(self.files, schema, MAX_WORD_DEPTH)
    }

    /// What a schema says beside its type.
    pub(super) fn limits(&self, schema: Place<'a>) -> Limits {
        limits(self.files, schema)
    }

    /// The properties of a schema, or of its items for a list.
    pub(super) fn fields(&mut self, schema: Place<'a>) -> Arc<[Field]> {
        let files = self.files;
        // A bare reference has nothing of its own, so all of its kind share what they lead to.
        let is_bare = |it: &Place<'a>| it.view.len() == 1 && it.own("$ref").is_some();
        let schema = files.chain(schema).find(|it| !is_bare(it)).unwrap_or(schema);
        if let Some(known) = self.fields.get(&schema.identity()) {
            return Arc::clone(known);
        }
        let mut properties = Properties::new(files);
        properties.collect(schema);
        let fields: Arc<[Field]> = properties.finish().into();
        self.fields.insert(schema.identity(), Arc::clone(&fields));
        fields
    }
}

/// The properties of a schema while they are collected.
struct Properties<'a> {
    files: Files<'a>,
    seen: HashSet<(u32, TreeId)>,
    fields: Vec<Field>,
    by_name: HashMap<String, usize>,
    required: HashSet<String>,
}

impl<'a> Properties<'a> {
    fn new(files: Files<'a>) -> Properties<'a> {
        Properties {
            files,
            seen: HashSet::new(),
            fields: Vec::new(),
            by_name: HashMap::new(),
            required: HashSet::new(),
        }
    }

    fn collect(&mut self, schema: Place<'a>) {
        let files = self.files;
        if self.seen.len() >= MAX_PARTS || !self.seen.insert(schema.identity()) {
            return;
        }
        if let Some(target) = files.step(schema) {
            self.collect(target);
        }
        if let Some(parts) = schema.own("allOf") {
            parts.items().for_each(|it| self.collect(it));
        }
        if let Some(names) = schema.own("required") {
            self.required.extend(names.items().filter_map(Place::text));
        }
        if let Some(properties) = schema.own("properties") {
            for (name, property) in files.members(properties) {
                self.add(name, property);
            }
        }
        if !self.fields.is_empty() {
            return;
        }
        // Nothing at this level: look into the items of a list, or the only alternative to null.
        if let Some(items) = schema.own("items") {
            self.collect(items);
        } else if let Some(only) = only_alternative(files, schema) {
            self.collect(only);
        }
    }

    fn add(&mut self, key: Place<'a>, property: Place<'a>) {
        let files = self.files;
        let Some(name) = key.text() else { return };
        if self.fields.len() >= MAX_FIELDS {
            return;
        }
        let field = Field {
            kind: kind(files, property, MAX_WORD_DEPTH),
            required: false,
            limits: limits(files, property),
            description: files.text(property, "description"),
            span: key.span(),
            name: name.clone(),
        };
        match self.by_name.get(&name) {
            // The parts of `allOf` come first, so what follows says more.
            Some(&at) => self.fields[at] = field,
            None => {
                self.by_name.insert(name, self.fields.len());
                self.fields.push(field);
            }
        }
    }

    fn finish(mut self) -> Vec<Field> {
        for field in &mut self.fields {
            field.required = self.required.contains(&field.name);
        }
        self.fields
    }
}

fn only_alternative<'a>(files: Files<'a>, schema: Place<'a>) -> Option<Place<'a>> {
    let list = schema.own("anyOf").or_else(|| schema.own("oneOf"))?;
    let mut some = list.items().filter(|&it| !is_null(files, it));
    some.next().filter(|_| some.next().is_none())
}

fn is_null(files: Files<'_>, schema: Place<'_>) -> bool {
    files.text(schema, "type") == "null"
}

fn kind(files: Files<'_>, schema: Place<'_>, depth: usize) -> String {
    let real = files.follow(schema);
    if let Some(any) = real.view.as_bool() {
        return if any { "any" } else { "never" }.to_owned();
    }
    let Some(below) = depth.checked_sub(1) else { return "any".to_owned() };
    let mut types = match files.get(schema, "type") {
        Some(list) if list.view.is_sequence() => list.items().filter_map(Place::text).collect(),
        Some(one) => one.text().into_iter().collect(),
        None => Vec::new(),
    };
    let mut nullable = files.flag(schema, "nullable") || files.flag(schema, "x-nullable");
    if types.len() > 1 {
        nullable |= types.iter().any(|it| it == "null");
        types.retain(|it| it != "null");
    }
    // A name says more than `object`; for text and numbers the plain word says more.
    let is_scalar =
        matches!(types.first().map(String::as_str), Some("string" | "integer" | "number" | "boolean"));
    let words = match name(schema).filter(|_| !is_scalar) {
        Some(name) => name,
        None if types.is_empty() => untyped(files, schema, below, &mut nullable),
        None => types.iter().map(|it| typed(files, schema, it, below)).collect::<Vec<_>>().join(" or "),
    };
    if nullable && words != "null" { format!("{words} or null") } else { words }
}

/// The name of the schema that a reference leads to.
fn name(schema: Place<'_>) -> Option<String> {
    let target = schema.own("$ref")?.text()?;
    let (file, fragment) = target.split_once('#').unwrap_or((&target, ""));
    let last = match fragment.rsplit('/').next() {
        None | Some("") => file.rsplit('/').next()?.split('.').next()?,
        Some(token) => token,
    };
    let decoded = percent_encoding::percent_decode_str(last).decode_utf8_lossy();
    Some(decoded.replace("~1", "/").replace("~0", "~")).filter(|it| !it.is_empty())
}

/// The words for one type.
fn typed(files: Files<'_>, schema: Place<'_>, name: &str, depth: usize) -> String {
    match name {
        "array" => match files.get(schema, "items").filter(|it| it.view.kind() != ValueKind::Sequence) {
            Some(items) => format!("array of {}", kind(files, items, depth)),
            None => "array".to_owned(),
        },
        "object" => object(files, schema, depth),
        _ => match files.text(schema, "format") {
            format if format.is_empty() => name.to_owned(),
            format => format!("{name} ({format})"),
        },
    }
}

fn object(files: Files<'_>, schema: Place<'_>, depth: usize) -> String {
    match files.get(schema, "additionalProperties") {
        Some(values) if values.view.is_mapping() && files.get(schema, "properties").is_none() => {
            format!("map of {}", kind(files, values, depth))
        }
        _ => "object".to_owned(),
    }
}

/// The words for a schema without `type`.
fn untyped(files: Files<'_>, schema: Place<'_>, depth: usize, nullable: &mut bool) -> String {
    for (key, word) in [("oneOf", "one of"), ("anyOf", "any of")] {
        if let Some(list) = files.get(schema, key) {
            let all: Vec<_> = list.items().collect();
            let some: Vec<_> = all.iter().copied().filter(|&it| !is_null(files, it)).collect();
            *nullable |= some.len() < all.len();
            return alternatives(files, &some, word, depth);
        }
    }
    let has = |key| files.get(schema, key).is_some();
    if let Some(parts) = files.get(schema, "allOf") {
        let mut parts = parts.items();
        return match (parts.next(), parts.next()) {
            (Some(only), None) if !has("properties") => kind(files, only, depth),
            _ => "object".to_owned(),
        };
    }
    if has("properties") || has("additionalProperties") {
        object(files, schema, depth)
    } else if has("items") {
        typed(files, schema, "array", depth)
    } else if has("enum") || has("const") {
        "enum".to_owned()
    } else {
        "any".to_owned()
    }
}

fn alternatives(files: Files<'_>, all: &[Place<'_>], word: &str, depth: usize) -> String {
    let mut names: Vec<String> = Vec::new();
    for &alternative in all.iter().take(MAX_ALTERNATIVES) {
        let name = kind(files, alternative, depth);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = all.len().saturating_sub(MAX_ALTERNATIVES);
    match (names.as_slice(), more) {
        ([], _) => "any".to_owned(),
        ([only], 0) => only.clone(),
        (_, 0) => format!("{word} {}", names.join(", ")),
        _ => format!("{word} {} and {more} more", names.join(", ")),
    }
}

fn limits(files: Files<'_>, schema: Place<'_>) -> Limits {
    let number = |key| files.get(schema, key).filter(|it| it.view.as_f64().is_some()).and_then(Place::text);
    let mut rules = Vec::new();
    for (key, words) in
        [("readOnly", "read only"), ("writeOnly", "write only"), ("uniqueItems", "no duplicates")]
    {
        if files.flag(schema, key) {
            rules.push(words.to_owned());
        }
    }
    // The exclusive bounds are numbers since 3.1 and say how to read the other bound before.
    for (bound, exclusive, at, beyond) in [
        ("minimum", "exclusiveMinimum", "at least", "more than"),
        ("maximum", "exclusiveMaximum", "at most", "less than"),
    ] {
        let words = if files.flag(schema, exclusive) { beyond } else { at };
        rules.extend(number(bound).map(|it| format!("{words} {it}")));
        rules.extend(number(exclusive).map(|it| format!("{beyond} {it}")));
    }
    for (key, before, after) in [
        ("multipleOf", "multiple of ", ""),
        ("minLength", "at least ", " characters"),
        ("maxLength", "at most ", " characters"),
        ("minItems", "at least ", " items"),
        ("maxItems", "at most ", " items"),
    ] {
        rules.extend(number(key).map(|it| format!("{before}{it}{after}")));
    }
    let pattern = files.text(schema, "pattern");
    if !pattern.is_empty() {
        rules.push(format!("matches `{pattern}`"));
    }
    let constant = files.get(schema, "const");
    let values = files.get(schema, "enum").map(|it| it.items().collect()).unwrap_or_default();
    let values: Vec<Place<'_>> = constant.map_or(values, |it| vec![it]);
    Limits {
        values: values.into_iter().take(MAX_FIELDS).map(short_json).collect(),
        default: files.get(schema, "default").map(short_json).unwrap_or_default(),
        rules,
        deprecated: files.flag(schema, "deprecated"),
    }
}

/// A value as JSON on one line, text without quotes.
fn short_json(value: Place<'_>) -> String {
    match value.view.to_json(100) {
        Some(serde_json::Value::String(text)) => text,
        Some(json) => json.to_string(),
        None => "…".to_owned(),
    }
}
