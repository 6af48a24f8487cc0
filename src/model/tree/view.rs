//! Reading a tree: a node together with the text its spans count in.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use super::{INDEXED, KeySet, Style, Tree, TreeId, TreeKind, TreeNode, ValueKind, scalar};

/// A node together with its tree and the text it was read from.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) tree: &'a Tree,
    pub(super) text: &'a str,
    pub(super) id: TreeId,
}

/// How deep [`View::to_json`] follows values; aliases can make a tree endless.
const MAX_JSON_DEPTH: usize = 256;

impl<'a> View<'a> {
    /// The node; for an alias the anchored one. Two views of one tree with the same id are the same value.
    pub fn id(self) -> TreeId {
        // An alias names a node that is no alias, so one step is enough.
        match self.tree.nodes[self.id as usize].kind {
            TreeKind::Alias(id) => id,
            _ => self.id,
        }
    }

    /// The node as written; the alias itself for an alias.
    pub fn written_id(self) -> TreeId {
        self.id
    }

    /// Whether it is a mapping that merges others into itself.
    pub fn has_merge_key(self) -> bool {
        self.tree.merging.contains(&self.id())
    }

    /// The keys that it may have, those of merge keys included.
    pub fn key_set(self) -> KeySet {
        match &self.resolved().kind {
            TreeKind::Mapping(_, keys) if !self.has_merge_key() => *keys,
            _ => KeySet::ANY,
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
            TreeKind::Mapping(..) => ValueKind::Mapping,
            TreeKind::Sequence(_) => ValueKind::Sequence,
            TreeKind::Scalar(Style::Plain, _) => scalar::kind(&self.as_str().unwrap_or_default()),
            TreeKind::Scalar(..) | TreeKind::Alias(_) => ValueKind::String,
        }
    }

    /// Whether it has keys.
    pub fn is_mapping(self) -> bool {
        matches!(self.resolved().kind, TreeKind::Mapping(..))
    }

    /// Whether it is a list.
    pub fn is_sequence(self) -> bool {
        matches!(self.resolved().kind, TreeKind::Sequence(_))
    }

    /// How many entries or items it has, as written.
    pub fn len(self) -> usize {
        match &self.resolved().kind {
            TreeKind::Mapping(pairs, _) => pairs.len(),
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
        let TreeKind::Mapping(pairs, keys) = &self.resolved().kind else { return None };
        if !keys.may_contain(key) {
            return None;
        }
        let name = |at: u32| self.at(pairs[at as usize].0).as_str();
        // Few mappings are large, and asking for an index costs more than a look at some keys.
        let index = (pairs.len() >= INDEXED).then(|| self.tree.indexes.get(&self.id())).flatten();
        let found = match index {
            Some(order) => {
                let first = order.partition_point(|&at| name(at).as_deref() < Some(key));
                order.get(first).copied().filter(|&at| name(at).as_deref() == Some(key))?
            }
            None => (0..pairs.len() as u32).find(|&at| self.at(pairs[at as usize].0).is_word(key))?,
        };
        let (key, value) = pairs[found as usize];
        Some((self.at(key), self.at(value)))
    }

    /// Whether its text is this one; the same as comparing [`View::as_str`], without taking the words first.
    fn is_word(self, word: &str) -> bool {
        let node = self.resolved();
        let TreeKind::Scalar(style, value) = &node.kind else { return false };
        if let Some(value) = value {
            return &**value == word;
        }
        let length = (node.span.end - node.span.start) as usize;
        match style {
            Style::Quoted => {
                length <= word.len() + 2 && self.at(self.id()).as_str().is_some_and(|it| it == word)
            }
            Style::Plain | Style::Block => {
                length == word.len()
                    && self.text.get(node.span.start as usize..node.span.end as usize) == Some(word)
            }
        }
    }

    /// The keys and values of a mapping as written, with duplicates and merge keys; nothing for anything else.
    pub fn entries(self) -> impl Iterator<Item = (View<'a>, View<'a>)> {
        let pairs: &[_] = match &self.resolved().kind {
            TreeKind::Mapping(pairs, _) => pairs,
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

    pub(super) fn is_merge_key(self) -> bool {
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
            TreeKind::Mapping(..) | TreeKind::Sequence(_) | TreeKind::Alias(_) => None,
        }
    }

    /// Whether it is a text of several lines below `|` or `>`.
    pub fn is_block(self) -> bool {
        matches!(self.tree.nodes[self.id as usize].kind, TreeKind::Scalar(Style::Block, _))
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
            TreeKind::Mapping(..) => {
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
