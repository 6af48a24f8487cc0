//! Finds templates that serve the same requests although one has a literal where the other has a parameter.

use std::collections::HashMap;

use super::key::{is_parameter, segments};

/// Keys by their segments, with what is known about each.
#[derive(Debug, Default)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    children: HashMap<String, usize>,
    /// Ends here.
    values: Vec<usize>,
    /// Ends here with a wildcard: whatever follows.
    wildcards: Vec<usize>,
}

/// More alternatives than this at one segment are templates gone wild; the rest is not followed.
const MAX_FRONTIER: usize = 64;

impl Trie {
    /// Adds a key; with `wildcard` its last segment stands for any number of segments. A wildcard below
    /// nothing, as the page of a single-page application has it, answers everything and so says nothing.
    pub(super) fn insert(&mut self, key: &str, wildcard: bool, value: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let all: Vec<&str> = segments(key).collect();
        let path = if wildcard { all.split_last().map_or(&all[..], |(_, before)| before) } else { &all[..] };
        let mut at = 0;
        for segment in path {
            let next = self.nodes.len();
            let child = *self.nodes[at].children.entry((*segment).to_owned()).or_insert(next);
            if child == next {
                self.nodes.push(Node::default());
            }
            at = child;
        }
        let end = &mut self.nodes[at];
        if !wildcard {
            end.values.push(value);
        } else if path.iter().any(|it| !is_parameter(it)) {
            end.wildcards.push(value);
        }
    }

    /// The values of every key that matches this one segment by segment, where a literal of `key` may stand
    /// in a parameter's slot of the other.
    pub(super) fn literal_in_slot(&self, key: &str) -> Vec<usize> {
        let mut frontier: Vec<usize> = if self.nodes.is_empty() { Vec::new() } else { vec![0] };
        for segment in segments(key) {
            let mut next = Vec::new();
            for &at in &frontier {
                let children = &self.nodes[at].children;
                next.extend(children.get(segment));
                if !is_parameter(segment) {
                    next.extend(children.get("{}"));
                }
            }
            next.truncate(MAX_FRONTIER);
            frontier = next;
        }
        frontier.iter().flat_map(|&at| &self.nodes[at].values).copied().collect()
    }

    /// The values of every wildcard above a key.
    pub(super) fn wildcards_above(&self, key: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = 0;
        for segment in segments(key) {
            let Some(node) = self.nodes.get(at) else { break };
            found.extend(&node.wildcards);
            match node.children.get(segment) {
                Some(&child) => at = child,
                None => return found,
            }
        }
        found
    }
}
