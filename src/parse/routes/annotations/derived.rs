//! Files without a word of the framework whose classes are derived from what the framework knows.

use std::collections::HashSet;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;

use super::types::Types;
use crate::parse::routes::ir::{Module, Stmt};
use crate::pattern::compiled;
use crate::source::{SourceId, Sources};

/// Classes derived from classes derived from classes.
const MAX_ROUNDS: usize = 4;

/// The head of a class that is derived from something, up to its body.
static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?-u:\b)(?:class|record|object)\s+[A-Z][^;{}]*";
    compiled(pattern)
});

/// A name of a type.
static NAME: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?-u:\b)[A-Z]\w*"));

/// The candidates whose classes are derived from a class of these files, or from one of such a candidate.
pub(super) fn files(types: &mut Types<'_>, marked: &[SourceId], candidates: &[SourceId]) -> Vec<SourceId> {
    let known: HashSet<SourceId> = marked.iter().copied().collect();
    let sources: &Sources = types.store.sources;
    let mut heads: Vec<(SourceId, Vec<&str>)> = candidates
        .par_iter()
        .filter(|it| !known.contains(it))
        .map(|&id| {
            let heads = HEAD.find_iter(&sources.get(id).text).map(|it| it.as_str());
            let derived =
                heads.filter(|it| it.contains(':') || it.contains("extends") || it.contains("implements"));
            // The first name is that of the class itself.
            let names = derived.flat_map(|it| NAME.find_iter(it).skip(1)).map(|it| it.as_str());
            (id, names.collect())
        })
        .filter(|(_, names): &(SourceId, Vec<&str>)| !names.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut new: Vec<SourceId> = marked.to_vec();
    for _ in 0..MAX_ROUNDS {
        let names: HashSet<Box<str>> = new.iter().flat_map(|&id| declared(&types.load(id))).collect();
        let (derived, rest): (Vec<_>, Vec<_>) =
            heads.into_iter().partition(|(_, bases)| bases.iter().any(|it| names.contains(*it)));
        if derived.is_empty() {
            break;
        }
        heads = rest;
        new = derived.into_iter().map(|(id, _)| id).collect();
        types.store.parse_all(&new);
        found.extend(&new);
    }
    found
}

/// The classes of a file whose annotations, or those of their methods, may be inherited.
fn declared(module: &Module) -> Vec<Box<str>> {
    let classes = module.body.iter().filter_map(|it| match it {
        Stmt::Class(class) => Some(class),
        _ => None,
    });
    classes.map(|it| it.name.clone()).collect()
}
