//! The operations of a spec with the nodes that they are made of.

use std::borrow::Cow;

use crate::model::spec::{Kind, Node, Spec, Typed, Version};
use crate::source::Sources;

/// How many parameters are looked at in one spec; shared path items let a small file have many.
const MAX_PARAMETERS: usize = 500_000;

/// An operation of a path. A path item that several paths refer to gives one for each.
#[derive(Clone, Copy)]
pub(super) struct Call<'a> {
    /// The path's key.
    pub(super) path: Node<'a>,
    /// What the path holds; perhaps a reference.
    pub(super) item: Node<'a>,
    /// The method's key.
    pub(super) method: Node<'a>,
    /// The operation.
    pub(super) node: Node<'a>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The operations of a document's paths.
pub(super) fn calls<'a>(spec: &'a Spec, sources: &'a Sources) -> Vec<Call<'a>> {
    below(spec, sources, "paths")
}

/// The operations of a document's webhooks.
pub(super) fn webhooks<'a>(spec: &'a Spec, sources: &'a Sources) -> Vec<Call<'a>> {
    below(spec, sources, "webhooks")
}

fn below<'a>(spec: &'a Spec, sources: &'a Sources, key: &str) -> Vec<Call<'a>> {
    let paths = spec.root(sources).and_then(|it| it.get(key)).and_then(Node::follow);
    let mut calls = Vec::new();
    for (path, item) in paths.into_iter().flat_map(Node::members) {
        if path.text().is_none_or(|it| it.starts_with("x-")) {
            continue;
        }
        for part in item.chain() {
            for (method, node) in part.members() {
                push(&mut calls, Call { path, item, method, node });
            }
        }
        if calls.len() > MAX_PARAMETERS {
            break;
        }
    }
    calls
}

fn push<'a>(calls: &mut Vec<Call<'a>>, call: Call<'a>) {
    let Some(name) = call.method.text() else { return };
    let newer = call.node.version() >= Version::V32;
    if METHODS.contains(&&*name) || (newer && name == "query") {
        if let Some(node) = call.node.follow().filter(|it| it.view.is_mapping()) {
            calls.push(Call { node, ..call });
        }
    } else if newer && name == "additionalOperations" {
        let additional = call.node.members().filter(|(_, it)| it.view.is_mapping());
        calls.extend(additional.map(|(method, node)| Call { method, node, ..call }));
    }
}

/// `GET /orders`, for messages.
pub(super) fn title(call: Call<'_>) -> String {
    let method = call.method.text().unwrap_or_default().to_ascii_uppercase();
    format!("{method} {}", call.path.text().unwrap_or_default())
}

/// A parameter as declared.
pub(super) struct Declared<'a> {
    /// Where: the parameter in the list, perhaps a reference.
    pub(super) place: Node<'a>,
    /// Its name.
    pub(super) name: Cow<'a, str>,
    /// `in`
    pub(super) location: Cow<'a, str>,
    /// The parameter itself.
    pub(super) node: Node<'a>,
}

/// The parameters of a list.
pub(super) struct Parameters<'a> {
    /// Those that are there.
    pub(super) all: Vec<Declared<'a>>,
    /// Whether all could be read, so that what is not found is not there.
    pub(super) complete: bool,
}

/// The parameters that an operation or a path item lists itself.
pub(super) fn own_parameters(owner: Node<'_>) -> Parameters<'_> {
    let mut all = Vec::new();
    let mut complete = true;
    let Some(list) = owner.get("parameters") else { return Parameters { all, complete } };
    let list = list.follow().unwrap_or(list);
    complete &= list.view.is_sequence();
    for place in list.items() {
        let read =
            place.follow().and_then(|node| Some((node, node.string_at("name")?, node.string_at("in")?)));
        match read {
            Some((node, name, location)) => all.push(Declared { place, name, location, node }),
            None => complete = false,
        }
    }
    Parameters { all, complete }
}

/// The parameters of an operation: its own and those of its path.
pub(super) fn parameters<'a>(call: Call<'a>) -> Parameters<'a> {
    let mut parameters = own_parameters(call.node);
    for part in call.item.chain() {
        let mut shared = own_parameters(part);
        parameters.complete &= shared.complete;
        parameters.all.append(&mut shared.all);
    }
    // A reference that leads nowhere may hide some.
    parameters.complete &= call.item.chain().last().is_some_and(|it| !it.has("$ref"));
    parameters
}

/// Looks at the parameters of all operations, within bounds.
pub(super) fn with_parameters<'a>(calls: &[Call<'a>], mut look: impl FnMut(Call<'a>, &Parameters<'a>)) {
    let mut left = MAX_PARAMETERS;
    for &call in calls {
        let parameters = parameters(call);
        look(call, &parameters);
        left = left.saturating_sub(parameters.all.len() + 1);
        if left == 0 {
            return;
        }
    }
}

/// Whether an object stands in a webhook or a callback, which the API calls itself.
pub(super) fn is_outgoing(object: Typed<'_>) -> bool {
    let around = std::iter::once(object).chain(object.ancestors());
    let mut around = around.skip_while(|it| it.kind() != Kind::PathItem);
    let Some(item) = around.next() else { return false };
    around.next().is_none_or(|it| it.kind() != Kind::Paths && it.kind() != Kind::PathItem)
        && item.kind() == Kind::PathItem
}
