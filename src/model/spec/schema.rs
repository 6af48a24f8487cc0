//! Schemas as a reader meets them: references followed, `allOf` merged.

use std::borrow::Cow;
use std::collections::HashSet;

use super::{Kind, Node};
use crate::model::tree::{TreeId, ValueKind};

/// How many mappings `allOf` may bring together.
const MAX_PARTS: usize = 64;
/// More values of an enumeration are not read.
const MAX_VALUES: usize = 500;

/// A schema.
#[derive(Clone)]
pub struct Schema<'a> {
    /// What it is called, where a reference led to a schema with a name.
    pub name: Option<String>,
    /// The value that is the schema, references followed; what tells it from others is its identity.
    pub node: Node<'a>,
    /// The mappings that say what it is, the nearest first: what stands beside the reference, the schema itself, the
    /// parts of its `allOf`. The first that says something wins.
    parts: Vec<Node<'a>>,
}

/// A property of a schema.
pub struct Property<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its name in the schema, for the place.
    pub key: Node<'a>,
    /// What it holds.
    pub schema: Schema<'a>,
    /// Whether it must be there.
    pub required: bool,
}

/// How alternatives are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Exactly one holds.
    OneOf,
    /// At least one holds.
    AnyOf,
}

/// What tells alternatives apart.
pub struct Discriminator<'a> {
    /// The property whose value names the alternative.
    pub property: Cow<'a, str>,
    /// Value → the name of a schema or its address, as written.
    pub mapping: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Schema<'a> {
    /// Reads the schema at a value.
    pub fn of(node: Node<'a>) -> Schema<'a> {
        let mut parts = Vec::new();
        let mut seen = HashSet::new();
        let target = add(node, &mut parts, &mut seen);
        let name = node.is_reference().then(|| name(target)).flatten();
        Schema { name, node: target, parts }
    }

    /// What tells it from every other schema.
    pub fn identity(&self) -> (u32, TreeId) {
        self.node.identity()
    }

    /// Whether a reference stands here and nothing beside it, so that it says what its target says.
    pub fn is_plain_reference(&self) -> bool {
        self.name.is_some() && self.parts.first().is_some_and(|it| it.is_reference() && it.view.len() == 1)
    }

    /// The value of a keyword, from the first part that has it.
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        self.parts.iter().find_map(|it| it.get(key))
    }

    /// The text of a keyword, empty when there is none.
    pub fn text(&self, key: &str) -> Cow<'a, str> {
        self.get(key).and_then(Node::text).unwrap_or_default()
    }

    /// Whether a keyword is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|it| it.view.as_bool() == Some(true))
    }

    /// The types without `null`, in order; none when nothing is said.
    pub fn types(&self) -> Vec<Cow<'a, str>> {
        let mut types = self.all_types();
        if types.len() > 1 {
            types.retain(|it| it != "null");
        }
        types
    }

    fn all_types(&self) -> Vec<Cow<'a, str>> {
        match self.get("type") {
            Some(list) if list.view.is_sequence() => list.items().filter_map(Node::text).collect(),
            Some(one) => one.text().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Whether the value may be null.
    pub fn is_nullable(&self) -> bool {
        let types = self.all_types();
        self.flag("nullable")
            || self.flag("x-nullable")
            || (types.len() > 1 && types.iter().any(|it| it == "null"))
            || self.choice().is_some_and(|(_, all)| all.iter().any(Schema::is_null))
    }

    /// Whether nothing but null is allowed.
    pub fn is_null(&self) -> bool {
        matches!(self.all_types().as_slice(), [only] if only == "null")
    }

    /// The properties of all parts, each once, in the order of the text.
    pub fn properties(&self) -> Vec<Property<'a>> {
        let required = self.required();
        let mut seen = HashSet::new();
        let mut properties = Vec::new();
        for part in self.parts.iter().filter_map(|it| it.get("properties")) {
            for (key, value) in part.members() {
                let Some(name) = key.text().filter(|it| seen.insert(it.clone())) else { continue };
                let required = required.contains(name.as_ref());
                properties.push(Property { name, key, schema: Schema::of(value), required });
            }
        }
        properties
    }

    /// The names that must be there.
    pub fn required(&self) -> HashSet<Cow<'a, str>> {
        let lists = self.parts.iter().filter_map(|it| it.get("required"));
        lists.flat_map(Node::items).filter_map(Node::text).collect()
    }

    /// The alternatives of `oneOf` or `anyOf`.
    pub fn choice(&self) -> Option<(Choice, Vec<Schema<'a>>)> {
        let of = |key, choice| {
            let list = self.get(key).filter(|it| it.view.is_sequence())?;
            Some((choice, list.items().map(Schema::of).collect()))
        };
        of("oneOf", Choice::OneOf).or_else(|| of("anyOf", Choice::AnyOf))
    }

    /// What tells the alternatives apart.
    pub fn discriminator(&self) -> Option<Discriminator<'a>> {
        let node = self.get("discriminator")?;
        // 2.0 names the property and nothing else.
        let property = node.text().or_else(|| node.get("propertyName")?.text())?;
        let mapping = node.get("mapping").into_iter().flat_map(Node::members);
        let mapping = mapping.filter_map(|(value, target)| Some((value.text()?, target.text()?)));
        Some(Discriminator { property, mapping: mapping.collect() })
    }

    /// What a list holds.
    pub fn items(&self) -> Option<Schema<'a>> {
        self.get("items").filter(|it| !it.view.is_sequence()).map(Schema::of)
    }

    /// What a map holds beside the properties it names; none where that is not said in a schema.
    pub fn additional(&self) -> Option<Schema<'a>> {
        self.get("additionalProperties").filter(|it| it.view.is_mapping()).map(Schema::of)
    }

    /// Whether any other property is refused.
    pub fn is_closed(&self) -> bool {
        ["additionalProperties", "unevaluatedProperties"]
            .iter()
            .any(|key| self.get(key).is_some_and(|it| it.view.as_bool() == Some(false)))
    }

    /// The only values, as JSON text (text without quotes).
    pub fn values(&self) -> Vec<String> {
        match (self.get("const"), self.get("enum")) {
            (Some(only), _) => vec![short_json(only)],
            (None, Some(list)) => list.items().take(MAX_VALUES).map(short_json).collect(),
            (None, None) => Vec::new(),
        }
    }

    /// The value when there is none, as JSON text (text without quotes).
    pub fn default(&self) -> Option<String> {
        self.get("default").map(short_json)
    }
}

/// Adds the mappings that a value stands for; gives the value that its references lead to.
fn add<'a>(node: Node<'a>, parts: &mut Vec<Node<'a>>, seen: &mut HashSet<(u32, TreeId)>) -> Node<'a> {
    let mut last = node;
    let mut chain = Vec::new();
    for it in node.chain() {
        if parts.len() + chain.len() >= MAX_PARTS || !seen.insert(it.identity()) {
            break;
        }
        chain.push(it);
        last = it;
    }
    parts.extend(&chain);
    for it in chain {
        for part in it.get("allOf").into_iter().flat_map(Node::items) {
            add(part, parts, seen);
        }
    }
    last
}

/// The name of the schema at a value: its key among the components, else the name of its file.
pub fn name(node: Node<'_>) -> Option<String> {
    let objects = &node.spec.objects;
    let object = objects.find(Kind::Schema, node.file, node.view.id())?;
    let it = objects.all.get(object)?;
    let parent = objects.all.get(it.parent as usize).map(|it| it.kind);
    match it.key() {
        Some(key) if matches!(parent, Some(Kind::Components | Kind::Document)) => {
            node.spec.node(node.sources, node.file, key).text().map(Cow::into_owned)
        }
        Some(_) => None,
        None => {
            let file = node.spec.files.get(node.file as usize)?;
            let is_root = file.tree.root(&node.sources.get(file.source).text)?.id() == node.view.id();
            let path = node.sources.path(file.source);
            is_root.then(|| path.rsplit('/').next()?.split('.').next().map(str::to_owned)).flatten()
        }
    }
}

/// A value as JSON on one line, text without quotes.
pub fn short_json(node: Node<'_>) -> String {
    if node.view.kind() == ValueKind::String {
        return node.text().unwrap_or_default().into_owned();
    }
    node.view.to_json(100).map_or_else(|| "…".to_owned(), |it| it.to_string())
}
