//! What several rules ask of schemas.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::spec::{Kind, Node, Spec, Version};
use crate::model::tree::ValueKind;
use crate::source::Sources;

/// A value of an enumeration with more parts than this is not compared.
const MAX_NODES: usize = 1_000;

/// The types that a schema allows.
pub(super) struct Types<'a>(Vec<Cow<'a, str>>);

impl<'a> Types<'a> {
    /// The types of a schema; none when it says nothing, or nothing that can be understood.
    pub(super) fn of(schema: Node<'a>) -> Option<Types<'a>> {
        const KNOWN: [&str; 7] = ["array", "boolean", "integer", "null", "number", "object", "string"];
        let kind = schema.get("type")?;
        let mut types: Vec<_> = match kind.view.is_sequence() {
            true => kind.items().filter_map(Node::string).collect(),
            false => kind.string().into_iter().collect(),
        };
        if types.is_empty() || types.iter().any(|it| !KNOWN.contains(&&**it)) {
            return None;
        }
        let nullable = match schema.version() {
            Version::V2 => schema.flag("x-nullable"),
            // From 3.1 on it says nothing, but `api/nullable` says so.
            _ => schema.flag("nullable"),
        };
        if nullable {
            types.push(Cow::Borrowed("null"));
        }
        Some(Types(types))
    }

    pub(super) fn contain(&self, kind: &str) -> bool {
        self.0.iter().any(|it| it == kind)
    }

    /// Whether a value is of one of them.
    pub(super) fn allow(&self, value: Node<'_>) -> bool {
        match value.view.kind() {
            ValueKind::Null => self.contain("null"),
            ValueKind::Boolean => self.contain("boolean"),
            ValueKind::Integer => self.contain("integer") || self.contain("number"),
            ValueKind::Float => {
                let is_whole = value.view.as_f64().is_some_and(|it| it.fract() == 0.0);
                self.contain("number") || (self.contain("integer") && is_whole)
            }
            ValueKind::String => self.contain("string"),
            ValueKind::Sequence => self.contain("array"),
            ValueKind::Mapping => self.contain("object"),
        }
    }

    /// `string or null`
    pub(super) fn words(&self) -> String {
        self.0.join(" or ")
    }
}

/// The words of a value for a message: one line, not too long.
pub(super) fn short(words: &str) -> Cow<'_, str> {
    let line = words.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", line.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(line),
    }
}

/// A text that is the same for equal values; none for very large ones.
pub(super) fn canonical(value: Node<'_>) -> Option<String> {
    let kind = match value.view.kind() {
        ValueKind::Mapping | ValueKind::Sequence => {
            return value.view.to_json(MAX_NODES).map(|it| format!("v{it}"));
        }
        ValueKind::String => 's',
        ValueKind::Integer | ValueKind::Float => return value.view.as_f64().map(|it| format!("n{it}")),
        ValueKind::Boolean => 'b',
        ValueKind::Null => '0',
    };
    Some(format!("{kind}{}", value.text().unwrap_or_default()))
}

/// The schemas that are a part of another: an alternative, or one of several that hold together. Alone they need
/// not be complete.
pub(super) fn parts_of_compositions(spec: &Spec, sources: &Sources) -> HashSet<(u32, u32)> {
    let mut parts = HashSet::new();
    for schema in spec.objects(sources, Kind::Schema) {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            for part in schema.get(keyword).into_iter().flat_map(Node::items) {
                parts.extend(part.chain().map(Node::identity));
            }
        }
        for keyword in ["if", "then", "else", "not"] {
            parts.extend(schema.get(keyword).into_iter().flat_map(Node::chain).map(Node::identity));
        }
        for (_, part) in schema.get("dependentSchemas").into_iter().flat_map(Node::members) {
            parts.extend(part.chain().map(Node::identity));
        }
    }
    parts
}
