//! What a schema says about a value beside its type.

use super::place::{Files, Place};
use crate::model::spec::Limits;

/// More values of an enumeration are not read.
const MAX_VALUES: usize = 500;

/// The values, default, bounds and marks of a schema.
pub(super) fn limits(files: Files<'_>, schema: Place<'_>) -> Limits {
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
    let limits = Limits {
        values: values.into_iter().take(MAX_VALUES).map(short_json).collect(),
        default: files.get(schema, "default").map(short_json).unwrap_or_default(),
        rules,
        deprecated: files.flag(schema, "deprecated"),
    };
    files.charge(limits.values.iter().map(String::len).sum::<usize>() + limits.default.len());
    limits
}

/// A value as JSON on one line, text without quotes.
fn short_json(value: Place<'_>) -> String {
    match value.view.to_json(100) {
        Some(serde_json::Value::String(text)) => text,
        Some(json) => json.to_string(),
        None => "…".to_owned(),
    }
}
