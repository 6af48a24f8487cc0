//! YAML → [`Tree`].
use crate::model::tree::{Tree, TreeProblem};
use std::ops::Range;

/// Stands in.
pub fn parse(_text: &str, _range: Range<usize>) -> (Tree, Vec<TreeProblem>) {
    Default::default()
}
