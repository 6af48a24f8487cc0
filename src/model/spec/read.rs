//! Questions to a value of a spec that look through its `$ref`: beside it first, then where it leads.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Node;

impl<'a> Node<'a> {
    /// The value of a key: beside a `$ref`, else where that leads.
    pub fn read(self, key: &str) -> Option<Node<'a>> {
        self.chain().find_map(|it| it.get(key))
    }

    /// The text of a key, read through references; empty when there is none.
    pub fn read_text(self, key: &str) -> Cow<'a, str> {
        self.read(key).and_then(Node::text).unwrap_or_default()
    }

    /// Whether a key is `true`, read through references.
    pub fn reads_true(self, key: &str) -> bool {
        self.read(key).is_some_and(|it| it.view.as_bool() == Some(true))
    }
}

/// A key with its value.
pub fn entry<'a>(node: Node<'a>, key: &str) -> Option<(Node<'a>, Node<'a>)> {
    node.chain().find_map(|it| it.entry(key))
}

/// The keys and values, each key once; the reference itself is none.
pub fn members(node: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    let mut seen = HashSet::new();
    let all = node.chain().flat_map(|it| it.members().collect::<Vec<_>>());
    all.filter(|(key, _)| key.text().is_some_and(|it| it != "$ref" && seen.insert(it))).collect()
}

/// The members of the value of a key.
pub fn members_at<'a>(node: Node<'a>, key: &str) -> Vec<(Node<'a>, Node<'a>)> {
    node.read(key).map(members).unwrap_or_default()
}

/// The items of the list at a key.
pub fn items_at<'a>(node: Node<'a>, key: &str) -> Vec<Node<'a>> {
    node.read(key).map(|it| it.items().collect()).unwrap_or_default()
}

/// The texts of a list.
pub fn texts(node: Node<'_>, key: &str) -> Vec<String> {
    items_at(node, key).into_iter().filter_map(|it| it.text()).map(|it| it.into_owned()).collect()
}

/// The value where the references end; where they lead nowhere, the last that is there.
pub fn real(node: Node<'_>) -> Node<'_> {
    node.chain().last().unwrap_or(node)
}

/// The name that a `$ref` has for its target: the last part of the pointer, else the file's name.
pub fn reference_name(node: Node<'_>) -> Option<String> {
    let target = node.get("$ref")?.text()?;
    Some(target_name(&target)).filter(|it| !it.is_empty())
}

/// The last part of a pointer, else the file's name without its extension.
pub fn target_name(target: &str) -> String {
    let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
    let last = match fragment.rsplit('/').next() {
        None | Some("") => {
            let name = file.rsplit('/').next().unwrap_or_default();
            name.rsplit_once('.').map_or(name, |(stem, _)| stem)
        }
        Some(token) => token,
    };
    percent_encoding::percent_decode_str(last).decode_utf8_lossy().replace("~1", "/").replace("~0", "~")
}
