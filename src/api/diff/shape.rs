//! What a schema allows, with its references followed and its parts merged.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::model::spec::Node;
use crate::model::spec::read;
use crate::model::tree::TreeId;

/// How many schemas one schema may be made of.
const MAX_PARTS: usize = 64;

/// Keywords that are merged in their own way, or say nothing about values.
const TREATED: &[&str] =
    &["$ref", "allOf", "anyOf", "oneOf", "nullable", "properties", "required", "type", "x-nullable"];

/// A schema as one.
#[derive(Default)]
pub(super) struct Shape<'a> {
    /// `false`: nothing is allowed.
    pub(super) is_never: bool,
    /// The types without null; none: not said.
    pub(super) types: Option<BTreeSet<String>>,
    /// Where the types are said.
    pub(super) type_node: Option<Node<'a>>,
    /// Whether null is allowed beside them.
    pub(super) nullable: bool,
    /// All other keywords; of parts that say the same keyword, the first.
    pub(super) keywords: BTreeMap<String, Node<'a>>,
    /// The properties by name.
    pub(super) properties: BTreeMap<String, Property<'a>>,
    /// The names of the required properties.
    pub(super) required: BTreeMap<String, Node<'a>>,
    /// The alternatives where there are several; null is none.
    pub(super) alternatives: Vec<Node<'a>>,
    /// The names of the schemas that it is made of.
    pub(super) names: Vec<String>,
}

/// A property.
#[derive(Clone)]
pub(super) struct Property<'a> {
    pub(super) key: Node<'a>,
    pub(super) schema: Node<'a>,
    /// The named part that it comes from.
    pub(super) owner: Option<String>,
}

/// Reads a schema.
pub(super) fn shape(schema: Node<'_>) -> Shape<'_> {
    let mut shape = Shape::default();
    let mut seen: HashSet<(u32, TreeId)> = HashSet::new();
    // A list takes the place of recursion.
    let mut waiting: Vec<(Node<'_>, Option<String>)> = vec![(schema, None)];
    let mut is_whole = true;
    while let Some((schema, mut owner)) = waiting.pop() {
        if seen.len() >= MAX_PARTS {
            break;
        }
        let mut parts = Vec::new();
        for (hop, it) in schema.chain().enumerate() {
            if !seen.insert(it.identity()) {
                break;
            }
            if it.view.as_bool() == Some(false) {
                shape.is_never = true;
            }
            // What a part refers to belongs to that name.
            if hop > 0 && !is_whole {
                owner = read::reference_name(schema).or(owner);
            }
            shape.names.extend(read::reference_name(it));
            own(it, owner.as_deref(), &mut shape, &mut parts);
        }
        is_whole = false;
        parts.reverse();
        waiting.extend(parts.into_iter().map(|it| (it, owner.clone())));
    }
    shape
}

/// Adds what one mapping says; its parts are left to do.
fn own<'a>(it: Node<'a>, owner: Option<&str>, into: &mut Shape<'a>, parts: &mut Vec<Node<'a>>) {
    into.nullable |= it.flag("nullable") || it.flag("x-nullable");
    if let Some(types) = it.get("type")
        && into.types.is_none()
    {
        let all: BTreeSet<String> = match types.view.is_sequence() {
            true => types.items().filter_map(|it| it.text()).map(|it| it.into_owned()).collect(),
            false => types.text().into_iter().map(|it| it.into_owned()).collect(),
        };
        into.nullable |= all.len() > 1 && all.contains("null");
        let rest: BTreeSet<String> = all.iter().filter(|it| *it != "null").cloned().collect();
        into.types = Some(if rest.is_empty() { all } else { rest });
        into.type_node = Some(types);
    }
    for (key, schema) in it.get("properties").map(|it| it.members().collect::<Vec<_>>()).unwrap_or_default() {
        let Some(name) = key.text() else { continue };
        let owner = owner.map(str::to_owned);
        into.properties.entry(name.into_owned()).or_insert(Property { key, schema, owner });
    }
    for name in it.get("required").map(|it| it.items().collect::<Vec<_>>()).unwrap_or_default() {
        if let Some(text) = name.text() {
            into.required.entry(text.into_owned()).or_insert(name);
        }
    }
    parts.extend(it.get("allOf").map(|it| it.items().collect::<Vec<_>>()).unwrap_or_default());
    for keyword in ["oneOf", "anyOf"] {
        let Some(list) = it.get(keyword) else { continue };
        let all: Vec<Node<'_>> = list.items().collect();
        let some: Vec<Node<'_>> = all.iter().copied().filter(|it| !is_null(*it)).collect();
        into.nullable |= some.len() < all.len();
        match some.as_slice() {
            [only] => parts.push(*only),
            several => into.alternatives.extend(several),
        }
    }
    for (key, value) in it.members() {
        let Some(name) = key.text() else { continue };
        if !TREATED.contains(&&*name) && !name.starts_with("x-") {
            into.keywords.entry(name.into_owned()).or_insert(value);
        }
    }
}

/// Whether a schema allows nothing but null.
fn is_null(schema: Node<'_>) -> bool {
    let values = || read::items_at(schema, "enum");
    schema.read_text("type").into_owned() == "null"
        || (values().len() == 1 && values().iter().all(|it| it.view.is_null()))
}

impl<'a> Shape<'a> {
    /// The value of a keyword.
    pub(super) fn get(&self, keyword: &str) -> Option<Node<'a>> {
        self.keywords.get(keyword).copied()
    }

    /// Whether a keyword is `true`.
    pub(super) fn flag(&self, keyword: &str) -> bool {
        self.get(keyword).is_some_and(|it| it.view.as_bool() == Some(true))
    }

    /// A number.
    pub(super) fn number(&self, keyword: &str) -> Option<f64> {
        self.get(keyword).and_then(|it| it.view.as_f64()).filter(|it| !it.is_nan())
    }

    /// The types that are said or follow from the other keywords.
    pub(super) fn known_types(&self) -> Option<BTreeSet<String>> {
        if self.types.is_some() {
            return self.types.clone();
        }
        let has = |keys: &[&str]| keys.iter().any(|it| self.keywords.contains_key(*it));
        let one = if !self.properties.is_empty()
            || has(&["additionalProperties", "minProperties", "maxProperties"])
        {
            "object"
        } else if has(&["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]) {
            "array"
        } else if has(&["pattern", "minLength", "maxLength"]) {
            "string"
        } else {
            return None;
        };
        Some(BTreeSet::from([one.to_owned()]))
    }

    /// The values of `enum` or `const` but null, as JSON text, with their places.
    pub(super) fn values(&self) -> Option<Vec<(String, Node<'a>)>> {
        let nodes: Vec<Node<'_>> = match (self.get("const"), self.get("enum")) {
            (Some(one), _) => vec![one],
            (None, list) => list?.items().collect(),
        };
        let mut seen = HashSet::new();
        let some = nodes.into_iter().filter(|it| !it.view.is_null());
        Some(some.map(|it| (json(it), it)).filter(|(text, _)| seen.insert(text.clone())).collect())
    }

    /// A name or a description by which an alternative is recognised.
    pub(super) fn key(&self) -> String {
        let types: Vec<String> = self.known_types().into_iter().flatten().collect();
        let names: Vec<&str> = self.properties.keys().map(String::as_str).collect();
        let types = types.join(" or ");
        if names.is_empty() { types } else { format!("{types}({})", names.join(", ")) }
    }
}

/// A value as JSON on one line.
pub(super) fn json(node: Node<'_>) -> String {
    node.view.to_json(10_000).map_or_else(|| "…".to_owned(), |it| it.to_string())
}
