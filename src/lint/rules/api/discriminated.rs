//! Whether the alternatives of a discriminator have its property.

use std::collections::HashSet;

use crate::model::spec::{Node, Version};

/// How many parts of a schema are looked at.
const MAX_PARTS: usize = 64;

/// What a schema says about a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    /// It must be there.
    Required,
    /// It may be there.
    Optional,
    /// Nothing.
    Missing,
    /// Nothing that can be read.
    Unknown,
}

/// What a schema says about a property, with all that it is made of.
pub(super) fn property(schema: Node<'_>, name: &str) -> Property {
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    let (mut defined, mut required) = (false, false);
    while let Some(at) = waiting.pop() {
        if !seen.insert(at.identity()) {
            continue;
        }
        if seen.len() > MAX_PARTS {
            return Property::Unknown;
        }
        if at.is_reference() {
            let Some(target) = at.step() else { return Property::Unknown };
            waiting.push(target);
            // Up to 3.0 nothing beside a reference counts.
            if at.version() <= Version::V30 {
                continue;
            }
        }
        // Alternatives of an alternative: too many ways to say it.
        if at.has("oneOf") || at.has("anyOf") || at.has("$dynamicRef") {
            return Property::Unknown;
        }
        let properties = at.get("properties");
        if properties.is_some_and(Node::is_reference) {
            return Property::Unknown;
        }
        defined |= properties.is_some_and(|it| it.has(name));
        required |=
            at.get("required").is_some_and(|it| it.items().any(|it| it.text().is_some_and(|it| it == name)));
        waiting.extend(at.get("allOf").into_iter().flat_map(Node::items));
    }
    match (defined, required) {
        (true, true) => Property::Required,
        (true, false) => Property::Optional,
        (false, _) => Property::Missing,
    }
}

/// Whether the target of a mapping is a schema of the document; none where that cannot be said.
pub(super) fn mapped(target: Node<'_>) -> Option<bool> {
    let words = target.string()?;
    let file = &target.spec.files[target.file as usize];
    if let Some(pointer) = words.strip_prefix('#') {
        let root = file.tree.root(&target.sources.get(file.source).text)?;
        return pointer.starts_with('/').then(|| root.pointer(pointer).is_some());
    }
    if words.contains(['/', '.', ':']) {
        return None;
    }
    let root = target.spec.root(target.sources)?.node;
    let schemas = root.get("components").and_then(Node::follow)?.get("schemas").and_then(Node::follow)?;
    Some(schemas.has(&words))
}
