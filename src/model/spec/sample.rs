//! Values for a schema: those that the spec gives as examples, else plausible ones made from the types.
//!
//! Nothing is random: the same schema gives the same value.

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

use super::message::{Media, Parameter, examples};
use super::{Node, read};
use crate::model::tree::TreeId;

/// How deep values are made.
const MAX_DEPTH: usize = 6;

/// How many values one sample may hold; what comes later is left out where it may be.
const BUDGET: usize = 200;

/// A written example with more values is not taken.
const MAX_EXAMPLE: usize = 50_000;

/// How many characters are made for a minimum length.
const MAX_LENGTH: usize = 256;

/// Whose value it is: a request has no read-only properties, a response no write-only ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// What clients send.
    Request,
    /// What clients get.
    Response,
}

/// A value for a parameter: the first example, else one made from its schema.
pub fn parameter(parameter: &Parameter<'_>) -> Value {
    let media = parameter.media().map(|(_, it)| it);
    let owners = [Some(parameter.node), media].into_iter().flatten();
    let written = owners.flat_map(examples).find_map(|it| json(it.value));
    written.unwrap_or_else(|| match parameter.schema() {
        Some(schema) => of_schema(schema, Side::Request),
        None => Value::String("string".to_owned()),
    })
}

/// A value for a media type: the first example, else one made from its schema or form.
pub fn media(media: &Media<'_>, side: Side) -> Option<Value> {
    if let Some(written) = media.examples().into_iter().find_map(|it| json(it.value)) {
        return Some(written);
    }
    let fields = || media.form.iter().map(|it| (it.name().into_owned(), parameter(it)));
    match media.schema {
        Some(schema) => Some(of_schema(schema, side)),
        None => (!media.form.is_empty()).then(|| Value::Object(fields().collect())),
    }
}

/// The examples of a media type as values, with their names.
pub fn named(media: &Media<'_>) -> Vec<(String, Value)> {
    let all = media.examples().into_iter();
    all.filter_map(|it| Some((it.name.into_owned(), json(it.value)?))).collect()
}

fn json(node: Node<'_>) -> Option<Value> {
    node.view.to_json(MAX_EXAMPLE)
}

/// A value for a schema.
pub fn of_schema(schema: Node<'_>, side: Side) -> Value {
    Sampler { side, left: BUDGET, open: Vec::new() }.value(schema, "")
}

struct Sampler {
    side: Side,
    left: usize,
    /// The schemas around the one in work, to cut circles.
    open: Vec<(u32, TreeId)>,
}

/// An object's properties with those of its parts.
#[derive(Default)]
struct Properties<'a> {
    all: Vec<(String, Node<'a>)>,
    names: HashSet<String>,
    required: HashSet<String>,
    seen: HashSet<(u32, TreeId)>,
}

impl Sampler {
    fn value(&mut self, schema: Node<'_>, name: &str) -> Value {
        if let Some(written) = written(schema) {
            return written;
        }
        let identity = read::real(schema).identity();
        if self.open.len() >= MAX_DEPTH || self.open.contains(&identity) || self.left == 0 {
            return empty(schema);
        }
        self.left -= 1;
        self.open.push(identity);
        let value = self.made(schema, name);
        self.open.pop();
        value
    }

    fn made(&mut self, schema: Node<'_>, name: &str) -> Value {
        let kind = kind(schema);
        match kind.as_deref() {
            Some("object") => self.object(schema),
            Some("array") => self.array(schema, name),
            Some(kind) => scalar(schema, kind),
            None => match alternatives(schema).into_iter().next() {
                Some(first) => self.value(first, name),
                None if schema.read("allOf").is_some() => self.object(schema),
                None => Value::String("string".to_owned()),
            },
        }
    }

    fn array(&mut self, schema: Node<'_>, name: &str) -> Value {
        let parts = read::items_at(schema, "prefixItems");
        if !parts.is_empty() {
            return Value::Array(parts.into_iter().map(|it| self.value(it, name)).collect());
        }
        let Some(items) = part(schema, "items").filter(|it| !it.view.is_sequence()) else {
            return Value::Array(Vec::new());
        };
        if self.is_open(items) || self.left == 0 {
            return Value::Array(Vec::new());
        }
        let least = schema.read("minItems").and_then(|it| it.view.as_i64()).unwrap_or(1).clamp(1, 3);
        Value::Array((0..least).map(|_| self.value(items, name)).collect())
    }

    fn object(&mut self, schema: Node<'_>) -> Value {
        let mut properties = Properties::default();
        collect(schema, &mut properties, MAX_DEPTH);
        let hidden = if self.side == Side::Request { "readOnly" } else { "writeOnly" };
        let mut object = Map::new();
        for (name, property) in &properties.all {
            let is_needed = properties.required.contains(name);
            if property.reads_true(hidden) || (!is_needed && (self.is_open(*property) || self.left == 0)) {
                continue;
            }
            object.insert(name.clone(), self.value(*property, name));
        }
        let more =
            part(schema, "additionalProperties").filter(|it| it.view.is_mapping() && !it.view.is_empty());
        if let Some(values) = more.filter(|it| object.is_empty() && !self.is_open(*it)) {
            object.insert("key".to_owned(), self.value(values, "key"));
        }
        Value::Object(object)
    }

    /// Whether a schema, or what its list holds, is already being made.
    fn is_open(&self, schema: Node<'_>) -> bool {
        let holds = |it: Node<'_>| self.open.contains(&read::real(it).identity());
        holds(schema) || schema.read("items").is_some_and(holds)
    }
}

/// What the schema itself gives as a value.
fn written(schema: Node<'_>) -> Option<Value> {
    let first = |key| read::items_at(schema, key).into_iter().next();
    let value = schema
        .read("example")
        .or_else(|| first("examples"))
        .or_else(|| schema.read("x-example"))
        .or_else(|| schema.read("default").filter(|it| !it.view.is_null()))
        .or_else(|| schema.read("const"))
        .or_else(|| read::items_at(schema, "enum").into_iter().find(|it| !it.view.is_null()))?;
    json(value)
}

/// The first type that is not null; guessed from the other keywords where none is written.
fn kind(schema: Node<'_>) -> Option<String> {
    let types = match schema.read("type") {
        Some(list) if list.view.is_sequence() => list.items().filter_map(|it| it.text()).collect(),
        Some(one) => one.text().into_iter().collect(),
        None => Vec::new(),
    };
    if let Some(first) = types.iter().find(|it| *it != "null").or(types.first()) {
        return Some(first.to_string());
    }
    let has = |key| schema.read(key).is_some();
    if has("properties") || (has("additionalProperties") && !has("oneOf") && !has("anyOf")) {
        Some("object".to_owned())
    } else if has("items") || has("prefixItems") {
        Some("array".to_owned())
    } else if has("pattern") || has("minLength") || has("maxLength") || has("format") {
        Some("string".to_owned())
    } else if has("minimum") || has("maximum") {
        Some("number".to_owned())
    } else if !has("oneOf") && !has("anyOf") {
        let parts = read::items_at(schema, "allOf");
        // One part deep is enough to tell text from objects; parts of parts are objects in practice.
        parts.iter().find_map(|it| it.read("type").and_then(|it| it.text())).map(|it| it.into_owned())
    } else {
        None
    }
}

/// The alternatives that are not null.
fn alternatives(schema: Node<'_>) -> Vec<Node<'_>> {
    let all = ["oneOf", "anyOf"].iter().flat_map(|key| read::items_at(schema, key));
    all.filter(|it| it.read_text("type").into_owned() != "null").collect()
}

/// The value of a key of the schema or of one of its parts.
fn part<'a>(schema: Node<'a>, key: &str) -> Option<Node<'a>> {
    let parts = || read::items_at(schema, "allOf").into_iter().find_map(|it| it.read(key));
    schema.read(key).or_else(parts)
}

fn collect<'a>(schema: Node<'a>, into: &mut Properties<'a>, depth: usize) {
    if depth == 0 || !into.seen.insert(read::real(schema).identity()) {
        return;
    }
    into.required.extend(read::texts(schema, "required"));
    for part in read::items_at(schema, "allOf") {
        collect(part, into, depth - 1);
    }
    for (key, property) in read::members_at(schema, "properties") {
        let Some(name) = key.text().map(|it| it.into_owned()) else { continue };
        if into.names.insert(name.clone()) {
            into.all.push((name, property));
        }
    }
    if let Some(first) = alternatives(schema).into_iter().next() {
        collect(first, into, depth - 1);
    }
}

/// The smallest value, where a circle is cut.
fn empty(schema: Node<'_>) -> Value {
    match kind(schema).as_deref() {
        Some("object") => Value::Object(Map::new()),
        Some("array") => Value::Array(Vec::new()),
        Some(kind) => scalar(schema, kind),
        None => Value::Null,
    }
}

fn scalar(schema: Node<'_>, kind: &str) -> Value {
    match kind {
        "integer" | "number" => number(schema, kind == "integer"),
        "boolean" => Value::Bool(true),
        "null" => Value::Null,
        _ => Value::String(string(schema)),
    }
}

fn number(schema: Node<'_>, is_whole: bool) -> Value {
    let bound = |key| schema.read(key).and_then(|it| it.view.as_f64()).filter(|it| it.is_finite());
    let step = bound("multipleOf").filter(|it| *it > 0.0);
    let beyond = if is_whole { 1.0 } else { step.unwrap_or(0.5) };
    let low = match (bound("minimum"), bound("exclusiveMinimum")) {
        (Some(low), _) if schema.reads_true("exclusiveMinimum") => Some(low + beyond),
        (low, exclusive) => low.into_iter().chain(exclusive.map(|it| it + beyond)).reduce(f64::max),
    };
    let high = match (bound("maximum"), bound("exclusiveMaximum")) {
        (Some(high), _) if schema.reads_true("exclusiveMaximum") => Some(high - beyond),
        (high, exclusive) => high.into_iter().chain(exclusive.map(|it| it - beyond)).reduce(f64::min),
    };
    let mut value: f64 = low.unwrap_or(f64::MIN).max(1.0_f64.min(high.unwrap_or(f64::MAX)));
    if let Some(step) = step {
        value = (value / step).ceil() * step;
    }
    if is_whole && value.abs() < 9e15 {
        return Value::Number(Number::from(value.ceil() as i64));
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn string(schema: Node<'_>) -> String {
    let format = schema.read_text("format").into_owned();
    let text = match format.as_str() {
        "date-time" => "2026-01-31T09:30:00Z",
        "date" => "2026-01-31",
        "time" => "09:30:00Z",
        "duration" => "PT1H",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "email" | "idn-email" => "someone@example.com",
        "uri" | "url" | "iri" => "https://example.com/",
        "uri-reference" | "iri-reference" => "/path",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "dGV4dA==",
        "binary" => "",
        "password" => "********",
        "int32" | "int64" => "1",
        "decimal" => "1.50",
        _ => "string",
    };
    let length = |key| {
        let length = schema.read(key).and_then(|it| it.view.as_i64());
        length.and_then(|it| usize::try_from(it).ok())
    };
    let (least, most) = (length("minLength").unwrap_or(0).min(MAX_LENGTH), length("maxLength"));
    let filled = text.chars().chain(std::iter::repeat('x')).take(text.len().max(least));
    match most {
        Some(most) => filled.take(most).collect(),
        None => filled.collect(),
    }
}
