//! YAML and JSON as one tree of spans, so that every finding can underline the right words.
//!
//! Mappings keep duplicate keys and their order. Scalars are text with a style; whether one is a number, a
//! boolean or null is decided when somebody asks, by the YAML 1.2 core schema. Aliases are edges, so a tree
//! is never larger than its text; whatever follows them bounds its own work.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

mod scalar;

/// The index of a node.
pub type TreeId = u32;

/// The documents of a YAML or JSON text.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<TreeNode>,
    documents: Vec<TreeId>,
    /// For mappings with many keys: the positions of their pairs, ordered by key.
    indexes: HashMap<TreeId, Box<[u32]>>,
    /// Mappings with a merge key.
    merging: HashSet<TreeId>,
}

/// One value.
#[derive(Debug)]
pub struct TreeNode {
    /// What it is.
    pub kind: TreeKind,
    /// Its bytes in the source: a scalar with its quotes, a block scalar without its header.
    pub span: Range<u32>,
}

/// What a value is.
#[derive(Debug)]
pub enum TreeKind {
    /// Text with its style; `Some` where the value differs from the words in the source (quotes aside).
    Scalar(Style, Option<Box<str>>),
    /// Keys and values, in order, duplicates included.
    Mapping(Box<[(TreeId, TreeId)]>),
    /// Items, in order.
    Sequence(Box<[TreeId]>),
    /// `*name`, with the anchored node, which is no alias. It may be a node that holds the alias.
    Alias(TreeId),
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes, so it may be a number, a boolean or null.
    Plain,
    /// In quotes, or tagged as a string.
    Quoted,
    /// `|` or `>`.
    Block,
}

/// The type of a value; scalars by the YAML 1.2 core schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueKind {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without fraction and exponent, of any size.
    Integer,
    /// Any other number.
    Float,
    /// Text.
    String,
    /// A list.
    Sequence,
    /// Keys with values.
    Mapping,
}

/// Something that is wrong with the text of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeProblem {
    /// Bytes in the source.
    pub span: Range<u32>,
    /// In the style of a finding's message.
    pub message: String,
    /// What to do.
    pub help: Option<&'static str>,
}

/// A key that stands twice in one mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateKey {
    /// The first place, without quotes.
    pub first: Range<usize>,
    /// A later place, without quotes.
    pub again: Range<usize>,
}

/// A node together with its tree and the text it was read from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    tree: &'a Tree,
    text: &'a str,
    id: TreeId,
}

/// From this many keys on, a mapping gets an index.
const INDEXED: usize = 16;

/// How deep [`View::to_json`] follows values; aliases can make a tree endless.
const MAX_JSON_DEPTH: usize = 256;

impl Tree {
    /// The root value of the first document. `text` is the text of the source that the spans count in.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<View<'a>> {
        self.documents(text).next()
    }

    /// The root value of every document that has one.
    pub fn documents<'a>(&'a self, text: &'a str) -> impl Iterator<Item = View<'a>> {
        self.documents.iter().map(move |&id| self.view(id, text))
    }

    /// A node of this tree.
    ///
    /// # Panics
    /// When the id is none of this tree's.
    pub fn view<'a>(&'a self, id: TreeId, text: &'a str) -> View<'a> {
        assert!((id as usize) < self.nodes.len(), "the id belongs to this tree");
        View { tree: self, text, id }
    }

    /// Every node, parents before children.
    pub fn nodes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = View<'a>> {
        (0..self.nodes.len() as TreeId).map(move |id| View { tree: self, text, id })
    }

    /// Keys that stand more than once in their mapping, each later one with the first, mapping by mapping.
    pub fn duplicate_keys<'a>(&'a self, text: &'a str) -> impl Iterator<Item = DuplicateKey> {
        self.nodes(text).filter(|it| it.is_mapping() && !it.is_alias()).flat_map(|mapping| {
            let mut seen = HashMap::new();
            let mut duplicates = Vec::new();
            for (key, _) in mapping.entries() {
                let Some(name) = key.as_str() else { continue };
                let first = seen.entry(name).or_insert(key);
                if first.id != key.id {
                    duplicates.push(DuplicateKey { first: first.content_span(), again: key.content_span() });
                }
            }
            duplicates
        })
    }

    /// Adds a node.
    pub fn push(&mut self, kind: TreeKind, span: Range<u32>) -> TreeId {
        self.nodes.push(TreeNode { kind, span });
        self.nodes.len() as TreeId - 1
    }

    /// A node.
    pub fn node(&self, id: TreeId) -> &TreeNode {
        &self.nodes[id as usize]
    }

    /// A node to change while the tree is built.
    pub fn node_mut(&mut self, id: TreeId) -> &mut TreeNode {
        &mut self.nodes[id as usize]
    }

    /// Adds the root of a document.
    pub fn add_document(&mut self, root: TreeId) {
        self.documents.push(root);
    }

    /// Prepares the search for keys; to be called once, when the tree is complete.
    pub fn index(&mut self, text: &str) {
        let mut indexes = HashMap::new();
        let mut merging = HashSet::new();
        for (id, node) in self.nodes.iter().enumerate() {
            let TreeKind::Mapping(pairs) = &node.kind else { continue };
            let key = |at: u32| self.view(pairs[at as usize].0, text);
            if (0..pairs.len() as u32).any(|at| key(at).is_merge_key()) {
                merging.insert(id as TreeId);
            }
            if pairs.len() >= INDEXED {
                let mut order: Vec<u32> =
                    (0..pairs.len() as u32).filter(|&at| key(at).as_str().is_some()).collect();
                order.sort_by(|&a, &b| key(a).as_str().cmp(&key(b).as_str()));
                indexes.insert(id as TreeId, order.into_boxed_slice());
            }
        }
        (self.indexes, self.merging) = (indexes, merging);
    }
}

impl<'a> View<'a> {
    /// The node; for an alias the anchored one. Two views of one tree with the same id are the same value.
    pub fn id(self) -> TreeId {
        // An alias names a node that is no alias, so one step is enough.
        match self.tree.nodes[self.id as usize].kind {
            TreeKind::Alias(id) => id,
            _ => self.id,
        }
    }

    fn resolved(self) -> &'a TreeNode {
        &self.tree.nodes[self.id() as usize]
    }

    fn at(self, id: TreeId) -> View<'a> {
        View { id, ..self }
    }

    /// Whether it is `*name`.
    pub fn is_alias(self) -> bool {
        matches!(self.tree.nodes[self.id as usize].kind, TreeKind::Alias(_))
    }

    /// Its bytes in the source; those of the alias for an alias.
    pub fn span(self) -> Range<usize> {
        let span = &self.tree.nodes[self.id as usize].span;
        span.start as usize..span.end as usize
    }

    /// Its bytes in the source without quotes.
    pub fn content_span(self) -> Range<usize> {
        let span = self.span();
        let words = self.text.get(span.clone()).unwrap_or_default();
        let quoted = matches!(self.tree.nodes[self.id as usize].kind, TreeKind::Scalar(Style::Quoted, _))
            && words.len() >= 2
            && words.starts_with(['"', '\''])
            && words.ends_with(['"', '\'']);
        if quoted { span.start + 1..span.end - 1 } else { span }
    }

    /// Its type.
    pub fn kind(self) -> ValueKind {
        match &self.resolved().kind {
            TreeKind::Mapping(_) => ValueKind::Mapping,
            TreeKind::Sequence(_) => ValueKind::Sequence,
            TreeKind::Scalar(Style::Plain, _) => scalar::kind(&self.as_str().unwrap_or_default()),
            TreeKind::Scalar(..) | TreeKind::Alias(_) => ValueKind::String,
        }
    }

    /// Whether it has keys.
    pub fn is_mapping(self) -> bool {
        matches!(self.resolved().kind, TreeKind::Mapping(_))
    }

    /// Whether it is a list.
    pub fn is_sequence(self) -> bool {
        matches!(self.resolved().kind, TreeKind::Sequence(_))
    }

    /// How many entries or items it has, as written.
    pub fn len(self) -> usize {
        match &self.resolved().kind {
            TreeKind::Mapping(pairs) => pairs.len(),
            TreeKind::Sequence(items) => items.len(),
            TreeKind::Scalar(..) | TreeKind::Alias(_) => 0,
        }
    }

    /// Whether it has no entries and no items.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The value of a key; the first of duplicates, then what merge keys bring.
    pub fn get(self, key: &str) -> Option<View<'a>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// A key with its value, found as by [`View::get`].
    pub fn entry(self, key: &str) -> Option<(View<'a>, View<'a>)> {
        if let Some(entry) = self.own_entry(key) {
            return Some(entry);
        }
        if !self.tree.merging.contains(&self.id()) {
            return None;
        }
        self.merged_mappings().into_iter().skip(1).find_map(|it| it.own_entry(key))
    }

    fn own_entry(self, key: &str) -> Option<(View<'a>, View<'a>)> {
        let TreeKind::Mapping(pairs) = &self.resolved().kind else { return None };
        let name = |at: u32| self.at(pairs[at as usize].0).as_str();
        let found = match self.tree.indexes.get(&self.id()) {
            Some(order) => {
                let first = order.partition_point(|&at| name(at).as_deref() < Some(key));
                order.get(first).copied().filter(|&at| name(at).as_deref() == Some(key))?
            }
            None => (0..pairs.len() as u32).find(|&at| name(at).as_deref() == Some(key))?,
        };
        let (key, value) = pairs[found as usize];
        Some((self.at(key), self.at(value)))
    }

    /// The keys and values of a mapping as written, with duplicates and merge keys; nothing for anything else.
    pub fn entries(self) -> impl Iterator<Item = (View<'a>, View<'a>)> {
        let pairs: &[_] = match &self.resolved().kind {
            TreeKind::Mapping(pairs) => pairs,
            _ => &[],
        };
        pairs.iter().map(move |&(key, value)| (self.at(key), self.at(value)))
    }

    /// The keys and values of a mapping as a reader gets them: the first of duplicates, merge keys replaced
    /// by what they bring.
    pub fn members(self) -> impl Iterator<Item = (View<'a>, View<'a>)> {
        let mappings = match self.tree.merging.contains(&self.id()) {
            true => self.merged_mappings(),
            false => vec![self],
        };
        let mut seen = HashSet::new();
        mappings
            .into_iter()
            .flat_map(View::entries)
            .filter(move |(key, _)| !key.is_merge_key() && key.as_str().is_none_or(|name| seen.insert(name)))
    }

    /// This mapping, then those that its merge keys bring, the strongest first.
    fn merged_mappings(self) -> Vec<View<'a>> {
        let mut order = Vec::new();
        // A mapping that was visited brings nothing new, so each is visited once, whatever the aliases do.
        let mut seen = HashSet::new();
        let mut waiting = vec![self];
        while let Some(mapping) = waiting.pop() {
            if !seen.insert(mapping.id()) {
                continue;
            }
            order.push(mapping);
            if self.tree.merging.contains(&mapping.id()) {
                let merged = mapping.entries().filter(|(key, _)| key.is_merge_key());
                let mut sources: Vec<_> = merged
                    .flat_map(
                        |(_, value)| if value.is_mapping() { vec![value] } else { value.items().collect() },
                    )
                    .filter(|it| it.is_mapping())
                    .collect();
                sources.reverse();
                waiting.append(&mut sources);
            }
        }
        order
    }

    fn is_merge_key(self) -> bool {
        matches!(self.tree.nodes[self.id as usize].kind, TreeKind::Scalar(Style::Plain, _))
            && self.as_str().as_deref() == Some("<<")
    }

    /// The items of a sequence; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = View<'a>> {
        let items: &[_] = match &self.resolved().kind {
            TreeKind::Sequence(items) => items,
            _ => &[],
        };
        items.iter().map(move |&id| self.at(id))
    }

    /// The text of a scalar, whatever its type: `404` gives `"404"`.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        match &self.resolved().kind {
            TreeKind::Scalar(_, Some(value)) => Some(Cow::Borrowed(value)),
            TreeKind::Scalar(..) => {
                let target = self.at(self.id());
                Some(Cow::Borrowed(self.text.get(target.content_span()).unwrap_or_default()))
            }
            TreeKind::Mapping(_) | TreeKind::Sequence(_) | TreeKind::Alias(_) => None,
        }
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.kind() == ValueKind::Null
    }

    /// A boolean. `yes` and `on` are text.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == ValueKind::Boolean)
            .then(|| self.as_str().is_some_and(|it| it.starts_with(['t', 'T'])))
    }

    /// An integer, where it fits.
    pub fn as_i64(self) -> Option<i64> {
        if self.kind() != ValueKind::Integer {
            return None;
        }
        scalar::integer(&self.as_str()?).and_then(|it| i64::try_from(it).ok())
    }

    /// A number.
    pub fn as_f64(self) -> Option<f64> {
        match self.kind() {
            ValueKind::Integer | ValueKind::Float => scalar::float(&self.as_str()?),
            _ => None,
        }
    }

    /// The value at a JSON Pointer (RFC 6901): empty for this value itself, else `/key/0`. Percent-encoded
    /// tokens, as the fragments of `$ref` have them, are understood.
    pub fn pointer(self, pointer: &str) -> Option<View<'a>> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| {
            let decoded = percent_encoding::percent_decode_str(token).decode_utf8_lossy();
            let plain = |token: &str| token.replace("~1", "/").replace("~0", "~");
            if value.is_sequence() {
                return value.items().nth(decoded.parse().ok()?);
            }
            value.get(&plain(&decoded)).or_else(|| value.get(&plain(token)))
        })
    }

    /// As a JSON value, aliases and merge keys expanded; none when it has more than `budget` nodes or no end.
    pub fn to_json(self, budget: usize) -> Option<serde_json::Value> {
        let mut left = budget;
        self.json(&mut left, MAX_JSON_DEPTH)
    }

    // Lean frames: this is the one recursion over a tree that aliases may make endless.
    fn json(self, left: &mut usize, depth: usize) -> Option<serde_json::Value> {
        *left = left.checked_sub(1)?;
        match &self.resolved().kind {
            TreeKind::Sequence(_) => {
                let mut array = Vec::new();
                for item in self.items() {
                    array.push(item.json(left, depth.checked_sub(1)?)?);
                }
                Some(serde_json::Value::Array(array))
            }
            TreeKind::Mapping(_) => {
                let mut object = serde_json::Map::new();
                for (key, value) in self.members() {
                    let value = value.json(left, depth.checked_sub(1)?)?;
                    object.insert(key.as_str().unwrap_or_default().into_owned(), value);
                }
                Some(serde_json::Value::Object(object))
            }
            TreeKind::Scalar(..) | TreeKind::Alias(_) => Some(self.json_scalar()),
        }
    }

    fn json_scalar(self) -> serde_json::Value {
        use serde_json::Value;
        let text = self.as_str().unwrap_or_default();
        match self.kind() {
            ValueKind::Null => Value::Null,
            ValueKind::Boolean => Value::Bool(self.as_bool() == Some(true)),
            ValueKind::Integer | ValueKind::Float => {
                scalar::number(&text).map_or_else(|| Value::String(text.into_owned()), Value::Number)
            }
            _ => Value::String(text.into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{json, yaml};

    #[test]
    fn large_mappings_find_the_first_of_duplicates_and_what_is_merged() {
        let mut text = "base: &base {k1: merged, extra: yes}\nuse:\n  <<: *base\n".to_owned();
        (0..100).for_each(|it| text.push_str(&format!("  k{it}: {it}\n")));
        text.push_str("  k7: again\n");
        let (tree, _) = yaml::parse(&text, 0..text.len());
        let large = tree.root(&text).unwrap().get("use").unwrap();
        assert_eq!(large.get("k7").unwrap().as_i64(), Some(7));
        assert_eq!(large.get("k1").unwrap().as_i64(), Some(1));
        assert_eq!(large.get("extra").unwrap().as_str().unwrap(), "yes");
        assert!(large.get("k100").is_none());
        assert_eq!((large.len(), large.members().count()), (102, 101));
        let duplicates: Vec<_> = tree.duplicate_keys(&text).collect();
        assert_eq!(duplicates.len(), 1);
        assert_eq!((&text[duplicates[0].first.clone()], &text[duplicates[0].again.clone()]), ("k7", "k7"));
        assert!(duplicates[0].first.start < duplicates[0].again.start);
    }

    #[test]
    fn pointers_are_decoded() {
        let text = r#"{"paths": {"/a/{id}": {"x y": [10, {"~": 1}], "%41": 2}, "": 3}}"#;
        let (tree, _) = json::parse(text, 0..text.len());
        let root = tree.root(text).unwrap();
        let at = |pointer| root.pointer(pointer).and_then(|it| it.as_i64());
        assert_eq!(at("/paths/~1a~1{id}/x y/0"), Some(10));
        assert_eq!(at("/paths/~1a~1%7Bid%7D/x%20y/1/~0"), Some(1));
        assert_eq!(at("/paths/~1a~1{id}/%41"), Some(2));
        assert_eq!(at("/paths/"), Some(3));
        assert_eq!(root.pointer("").map(|it| it.id()), Some(root.id()));
        for missing in ["paths", "/path", "/paths/~1a~1{id}/x y/2", "/paths/~1a~1{id}/x y/-", "/paths//x"] {
            assert!(root.pointer(missing).is_none(), "{missing}");
        }
    }

    #[test]
    fn content_spans_leave_out_quotes() {
        let text = "'a': \"b\"\nc: '''d'\ne: !!str 'f'\n";
        let (tree, _) = yaml::parse(text, 0..text.len());
        let words: Vec<_> = tree.nodes(text).skip(1).map(|it| &text[it.content_span()]).collect();
        assert_eq!(words, ["a", "b", "c", "''d", "e", "f"]);
        assert_eq!(tree.root(text).unwrap().get("c").unwrap().as_str().unwrap(), "'d");
    }

    #[test]
    fn a_bomb_of_aliases_is_an_edge_each_and_has_no_json() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..30 {
            let above = format!("*a{}", level - 1);
            text.push_str(&format!("a{level}: &a{level} [{}]\n", [above.as_str(); 9].join(", ")));
        }
        text.push_str("b: &b\n  <<: [*b, *b]\n  c: *b\n");
        let (tree, problems) = yaml::parse(&text, 0..text.len());
        assert_eq!(problems, []);
        let root = tree.root(&text).unwrap();
        assert!(root.to_json(100_000).is_none());
        assert!(root.get("b").unwrap().to_json(1_000_000).is_none());
        assert!(root.get("b").unwrap().get("d").is_none());
        assert_eq!(root.get("a0").unwrap().to_json(10).unwrap().as_array().unwrap().len(), 9);
    }

    #[test]
    fn json_values_follow_the_core_schema() {
        let text = "{a: [1, 0x10, 1e2, ~, no, '1', .inf, 18446744073709552000], <<: {b: true}, 404: x}";
        let (tree, _) = yaml::parse(text, 0..text.len());
        let json = tree.root(text).unwrap().to_json(100).unwrap();
        let expected = r#"{"a":[1,16,100.0,null,"no","1",".inf",1.8446744073709552e+19],"404":"x","b":true}"#;
        assert_eq!(json.to_string(), expected);
    }
}
