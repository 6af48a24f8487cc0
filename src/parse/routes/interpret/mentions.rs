//! What the functions of a program mention by name: nobody knows which value a name stands for, but what no name leads
//! to is never run.

use std::collections::{BTreeMap, HashSet};

use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, walk};

/// The names that these names lead to: what the functions of these names mention, and so on.
pub(super) fn reached_from(functions: &[&Func], mut waiting: Vec<Box<str>>) -> HashSet<Box<str>> {
    let mut by_name: BTreeMap<&str, Vec<&Func>> = BTreeMap::new();
    functions.iter().for_each(|it| by_name.entry(&it.name).or_default().push(it));
    let mut reached: HashSet<Box<str>> = HashSet::new();
    while let Some(name) = waiting.pop() {
        if reached.insert(name.clone()) {
            let all = by_name.get(&*name).into_iter().flatten();
            all.for_each(|it| walk(&it.body, &mut |node| waiting.extend(name_in(node))));
        }
    }
    reached
}

/// The name or the field that an expression is.
pub(super) fn name_in(node: Node<'_>) -> Option<Box<str>> {
    match node {
        Node::Expr(Expr { kind: ExprKind::Name(name) | ExprKind::Attr(_, name), .. }) => Some(name.clone()),
        _ => None,
    }
}
