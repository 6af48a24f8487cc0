//! Path templates: `/orders/{id}`.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// A part of a template that varies.
pub(super) struct Variable<'a> {
    pub(super) name: &'a str,
    /// With its braces, in bytes of the template.
    pub(super) range: Range<usize>,
}

/// What is wrong with a template's braces.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Flaw<'a> {
    Unbalanced,
    Empty,
    Twice(&'a str),
}

/// The parts of a template that vary, in order.
pub(super) fn variables(path: &str) -> Vec<Variable<'_>> {
    let mut variables = Vec::new();
    let mut at = 0;
    while let Some(open) = path.get(at..).and_then(|it| it.find('{')).map(|it| at + it) {
        let Some(close) = path.get(open..).and_then(|it| it.find('}')).map(|it| open + it) else { break };
        variables
            .push(Variable { name: path.get(open + 1..close).unwrap_or_default(), range: open..close + 1 });
        at = close + 1;
    }
    variables
}

/// The first thing that is wrong with a template's braces.
pub(super) fn flaw(path: &str) -> Option<Flaw<'_>> {
    let mut is_open = false;
    for it in path.chars().filter(|it| matches!(it, '{' | '}')) {
        if is_open == (it == '{') {
            return Some(Flaw::Unbalanced);
        }
        is_open = !is_open;
    }
    if is_open {
        return Some(Flaw::Unbalanced);
    }
    let mut seen = HashSet::new();
    variables(path).into_iter().find_map(|it| match it.name {
        "" => Some(Flaw::Empty),
        name => (!seen.insert(name)).then_some(Flaw::Twice(name)),
    })
}

/// A template without the names of its parts: the same for all that match the same requests.
pub(super) fn normal(path: &str) -> String {
    let mut normal = String::with_capacity(path.len());
    let mut at = 0;
    for variable in variables(path) {
        normal.push_str(path.get(at..variable.range.start).unwrap_or_default());
        normal.push_str("{}");
        at = variable.range.end;
    }
    normal.push_str(path.get(at..).unwrap_or_default());
    normal
}

/// Paths with more segments are not compared.
const MAX_SEGMENTS: usize = 64;

/// How many nodes of the trie are visited for one path.
const MAX_VISITS: usize = 2_000;

/// A trie of templates that finds those with which a template conflicts.
#[derive(Default)]
pub(super) struct Ambiguous {
    root: Branch,
}

#[derive(Default)]
struct Branch {
    words: BTreeMap<String, Branch>,
    variable: Option<Box<Branch>>,
    /// The paths that end here.
    ends: Vec<usize>,
}

impl Ambiguous {
    pub(super) fn insert(&mut self, path: &str, id: usize) {
        if segments(path).count() > MAX_SEGMENTS {
            return;
        }
        let mut branch = &mut self.root;
        for segment in segments(path) {
            branch = match is_variable(segment) {
                true => branch.variable.get_or_insert_default(),
                false => branch.words.entry(segment.to_owned()).or_default(),
            };
        }
        branch.ends.push(id);
    }

    /// The paths that match requests of this one, where each has a word at a place where the other varies.
    pub(super) fn conflicts(&self, path: &str) -> Vec<usize> {
        let segments: Vec<&str> = segments(path).collect();
        let mut found = Vec::new();
        let mut visits = 0;
        // A branch, the segments passed, whether this path was the more exact somewhere, and the other.
        let mut waiting = vec![(&self.root, 0, false, false)];
        while let Some((branch, at, here, there)) = waiting.pop() {
            visits += 1;
            if visits > MAX_VISITS {
                return Vec::new();
            }
            let Some(&segment) = segments.get(at) else {
                if here && there {
                    found.extend(&branch.ends);
                }
                continue;
            };
            if is_variable(segment) {
                waiting.extend(branch.variable.as_deref().map(|it| (it, at + 1, here, there)));
                waiting.extend(branch.words.values().map(|it| (it, at + 1, here, true)));
            } else {
                waiting.extend(branch.words.get(segment).map(|it| (it, at + 1, here, there)));
                waiting.extend(branch.variable.as_deref().map(|it| (it, at + 1, true, there)));
            }
        }
        found.sort_unstable();
        found
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_start_matches('/').split('/')
}

/// Whether a whole segment varies. One that varies in part is taken for a word, which is the safer side.
fn is_variable(segment: &str) -> bool {
    segment.starts_with('{') && segment.find('}') == Some(segment.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_are_understood() {
        assert_eq!(normal("/a/{b}/c{d}.{e}"), "/a/{}/c{}.{}");
        assert_eq!(flaw("/a/{b}/{c}"), None);
        for path in ["/{", "/}", "/{{a}}", "/{a}}", "/a}{b"] {
            assert_eq!(flaw(path), Some(Flaw::Unbalanced), "{path}");
        }
        assert_eq!((flaw("/{}"), flaw("/{a}/{b}/{a}")), (Some(Flaw::Empty), Some(Flaw::Twice("a"))));
        assert_eq!(variables("/ü/{ö}")[0].range, 4..8);
    }

    #[test]
    fn only_paths_of_which_none_is_more_exact_conflict() {
        let mut known = Ambiguous::default();
        for (id, path) in ["/a/{x}/c", "/a/b/{y}", "/{z}", "/a", "/a/{x}", "/{p}/{q}/c"].iter().enumerate() {
            known.insert(path, id);
        }
        assert_eq!(known.conflicts("/a/b/{z}"), [0, 5]);
        assert_eq!(known.conflicts("/b"), [0; 0]);
        assert_eq!(known.conflicts("/a/b/c"), [0; 0]);
        assert_eq!(known.conflicts("/{a}/b/c"), [0, 1]);
    }
}
