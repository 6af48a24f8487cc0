//! YAML and JSON as one tree of spans, so that every finding can underline the right words.
//!
//! Mappings keep duplicate keys and their order. Scalars are text with a style; whether one is a number, a
//! boolean or null is decided when somebody asks, by the YAML 1.2 core schema. Aliases are edges, so a tree
//! is never larger than its text; whatever follows them bounds its own work.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

mod scalar;
mod view;

pub use self::view::View;

/// The index of a node.
pub type TreeId = u32;

/// The documents of a YAML or JSON text.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    nodes: Vec<TreeNode>,
    documents: Vec<TreeId>,
    /// For mappings with many keys: the positions of their pairs, ordered by key.
    indexes: HashMap<TreeId, Box<[u32]>>,
    /// Mappings with a merge key.
    merging: HashSet<TreeId>,
}

/// One value.
#[derive(Debug, Clone)]
pub struct TreeNode {
    /// What it is.
    pub kind: TreeKind,
    /// Its bytes in the source: a scalar with its quotes, a block scalar without its header.
    pub span: Range<u32>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum TreeKind {
    /// Text with its style; `Some` where the value differs from the words in the source (quotes aside).
    Scalar(Style, Option<Box<str>>),
    /// Keys and values, in order, duplicates included; and which keys there may be.
    Mapping(Box<[(TreeId, TreeId)]>, KeySet),
    /// Items, in order.
    Sequence(Box<[TreeId]>),
    /// `*name`, with the anchored node, which is no alias. It may be a node that holds the alias.
    Alias(TreeId),
}

/// A set of keys that may say yes to one that is not there, and never no to one that is. Most questions to a
/// mapping are about keys that it does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeySet(u32);

impl KeySet {
    /// A set that says yes to every key.
    pub const ANY: KeySet = KeySet(u32::MAX);

    const NONE: KeySet = KeySet(0);

    fn bit(key: &str) -> u32 {
        let at = |it: Option<&u8>| it.copied().map_or(0, u32::from);
        let bytes = key.as_bytes();
        let mixed = at(bytes.first())
            + 5 * at(bytes.last())
            + 11 * at(bytes.get(bytes.len() / 2))
            + bytes.len() as u32;
        1 << (mixed % 32)
    }

    fn with(self, key: &str) -> KeySet {
        KeySet(self.0 | KeySet::bit(key))
    }

    /// Whether a key may be there.
    pub fn may_contain(self, key: &str) -> bool {
        self.0 & KeySet::bit(key) != 0
    }
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

/// From this many keys on, a mapping gets an index.
const INDEXED: usize = 16;

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
        self.nodes(text).filter(|it| it.is_mapping() && !it.is_alias() && it.len() > 1).flat_map(|mapping| {
            let keys: Vec<_> = mapping.entries().filter_map(|(key, _)| Some((key.as_str()?, key))).collect();
            let mut duplicates = Vec::new();
            let mut add = |first: View<'_>, again: View<'_>| {
                duplicates.push(DuplicateKey { first: first.content_span(), again: again.content_span() });
            };
            if keys.len() < INDEXED {
                // Most mappings are small, and comparing a few words costs less than a table.
                for (at, (name, key)) in keys.iter().enumerate() {
                    if let Some((_, first)) = keys[..at].iter().find(|it| it.0 == *name) {
                        add(*first, *key);
                    }
                }
                return duplicates;
            }
            let mut seen = HashMap::new();
            for (name, key) in keys {
                let first = seen.entry(name).or_insert(key);
                if first.id != key.id {
                    add(*first, key);
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
        let mut sets = Vec::new();
        for (id, node) in self.nodes.iter().enumerate() {
            let TreeKind::Mapping(pairs, _) = &node.kind else { continue };
            let key = |at: u32| self.view(pairs[at as usize].0, text);
            let mut set = KeySet::NONE;
            for at in 0..pairs.len() as u32 {
                if key(at).is_merge_key() {
                    merging.insert(id as TreeId);
                }
                if let Some(name) = key(at).as_str() {
                    set = set.with(&name);
                }
            }
            sets.push((id, set));
            if pairs.len() >= INDEXED {
                let mut order: Vec<u32> =
                    (0..pairs.len() as u32).filter(|&at| key(at).as_str().is_some()).collect();
                order.sort_by(|&a, &b| key(a).as_str().cmp(&key(b).as_str()));
                indexes.insert(id as TreeId, order.into_boxed_slice());
            }
        }
        for (id, set) in sets {
            if let TreeKind::Mapping(_, known) = &mut self.nodes[id].kind {
                *known = set;
            }
        }
        (self.indexes, self.merging) = (indexes, merging);
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
