//! The type of a schema in a few words.

use super::place::{Files, Place};
use crate::model::tree::ValueKind;

/// How deep arrays, maps and alternatives are spelled out.
const MAX_DEPTH: usize = 5;

/// How many alternatives are named.
const MAX_ALTERNATIVES: usize = 4;

/// A short word for the type of a schema: `string`, `array of Order`, `one of Cat, Dog`.
pub(super) fn kind(files: Files<'_>, schema: Place<'_>) -> String {
    words(files, schema, MAX_DEPTH)
}

/// Whether a schema allows nothing but null.
pub(super) fn is_null(files: Files<'_>, schema: Place<'_>) -> bool {
    files.text(schema, "type") == "null"
}

fn words(files: Files<'_>, schema: Place<'_>, depth: usize) -> String {
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
    let text = match name(schema).filter(|_| !is_scalar) {
        Some(name) => name,
        None if types.is_empty() => untyped(files, schema, below, &mut nullable),
        None => types.iter().map(|it| typed(files, schema, it, below)).collect::<Vec<_>>().join(" or "),
    };
    if nullable && text != "null" { format!("{text} or null") } else { text }
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
            Some(items) => format!("array of {}", words(files, items, depth)),
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
            format!("map of {}", words(files, values, depth))
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
            (Some(only), None) if !has("properties") => words(files, only, depth),
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
        let name = words(files, alternative, depth);
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
