//! The operations of a spec with their places, ready to be read, the same for all versions of OpenAPI.

use std::borrow::Cow;
use std::collections::HashMap;

use super::message::{Body, Parameter, Response};
use super::{Node, Operation, Spec, Version, read};
use crate::source::Sources;

/// The methods of a path item in all versions, as keys.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// More operations than this come out of aliases only.
const MAX_CALLS: usize = 50_000;

/// More media types of 2.0 are not read; each has its own copy of a body.
const MAX_MEDIA_TYPES: usize = 32;

/// An operation. What it carries is read when it is asked for, as aliases let many operations share much.
#[derive(Clone)]
pub struct Call<'a> {
    /// Upper case.
    pub method: Cow<'a, str>,
    /// The template as written; the name of a webhook; for a callback `NAME EXPRESSION of METHOD PATH`.
    pub path: Cow<'a, str>,
    /// Who calls.
    pub role: Role,
    /// The method's key.
    pub key: Node<'a>,
    /// The path item.
    pub item: Node<'a>,
    /// The operation.
    pub node: Node<'a>,
}

/// Who makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Clients call the API.
    Served,
    /// The API calls whoever registered.
    Webhook,
    /// The API calls back where a call told it to.
    Callback,
}

impl Spec {
    /// An operation of this spec, ready to be read.
    pub fn call<'a>(&'a self, sources: &'a Sources, operation: &'a Operation) -> Call<'a> {
        let node = |(file, id)| self.node(sources, file, id);
        Call {
            method: Cow::Borrowed(&operation.method),
            path: Cow::Borrowed(&operation.path),
            role: operation.role,
            key: node(operation.key_at),
            item: node(operation.item_at),
            node: node(operation.at),
        }
    }

    /// The operations below `paths`, in the order of the document, then those below `webhooks`, then callbacks.
    pub fn calls<'a>(&'a self, sources: &'a Sources) -> Vec<Call<'a>> {
        let all = self.operations.iter().chain(&self.webhooks).take(MAX_CALLS);
        let mut calls: Vec<Call<'a>> = all.map(|it| self.call(sources, it)).collect();
        // Callbacks of callbacks are left out: they may go in circles.
        for at in 0..calls.len() {
            let owner = &calls[at];
            let room = MAX_CALLS.saturating_sub(calls.len());
            let found: Vec<Call<'a>> = callbacks(owner).take(room).collect();
            calls.extend(found);
        }
        calls
    }
}

/// The calls that the API makes while an operation runs.
fn callbacks<'a>(owner: &Call<'a>) -> impl Iterator<Item = Call<'a>> {
    let name = owner.name();
    read::members_at(owner.node, "callbacks").into_iter().flat_map(move |(key, callback)| {
        let (key, owner) = (key.text().unwrap_or_default(), name.clone());
        read::members(callback).into_iter().flat_map(move |(expression, item)| {
            let expression = expression.text().filter(|it| !it.starts_with("x-"));
            let path = expression.map(|it| format!("{key} {it} of {owner}"));
            path.into_iter().flat_map(move |path| of_item(item, path))
        })
    })
}

/// The operations of the path item of a callback.
fn of_item<'a>(item: Node<'a>, path: String) -> impl Iterator<Item = Call<'a>> {
    methods(item).into_iter().filter(|(_, node)| read::real(*node).view.is_mapping()).filter_map(
        move |(key, node)| {
            let method = Cow::Owned(key.text()?.to_ascii_uppercase());
            Some(Call { method, path: Cow::Owned(path.clone()), role: Role::Callback, key, item, node })
        },
    )
}

/// The method keys of a path item with their operations.
fn methods(item: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    let is_new = item.version() >= Version::V32;
    let mut methods = Vec::new();
    for (key, value) in read::members(item) {
        let Some(name) = key.text() else { continue };
        if METHODS.contains(&&*name) || (name == "query" && is_new) {
            methods.push((key, value));
        } else if name == "additionalOperations" && is_new {
            methods.extend(read::members(value));
        }
    }
    methods
}

impl<'a> Call<'a> {
    /// `GET /orders/{id}`
    pub fn name(&self) -> String {
        match self.role {
            Role::Served => format!("{} {}", self.method, self.path),
            Role::Webhook => format!("{} webhook {}", self.method, self.path),
            Role::Callback => format!("{} callback {}", self.method, self.path),
        }
    }

    /// Whether it, or its path, is marked as not for readers.
    pub fn is_internal(&self) -> bool {
        [self.node, self.item].iter().any(|it| it.reads_true("x-internal"))
    }

    /// The parameters of its path, each replaced by its own of the same name and place, then the rest of its own;
    /// of 2.0 with body and form.
    fn declared(&self) -> Vec<Parameter<'a>> {
        let list = |owner: Node<'a>| {
            let items = owner.read("parameters").into_iter().flat_map(Node::items);
            items.filter_map(Parameter::declared)
        };
        let mut declared: Vec<Parameter<'a>> = list(self.item).collect();
        let identity = |it: &Parameter<'a>| (it.name(), it.location());
        let mut positions: HashMap<_, usize> =
            declared.iter().enumerate().map(|(at, it)| (identity(it), at)).collect();
        for own in list(self.node) {
            let at = *positions.entry(identity(&own)).or_insert(declared.len());
            match declared.get_mut(at) {
                Some(place) => *place = own,
                None => declared.push(own),
            }
        }
        declared
    }

    /// Its parameters and those of its path, each once; without the body and the form of 2.0.
    pub fn parameters(&self) -> Vec<Parameter<'a>> {
        let mut all = self.declared();
        if self.node.version() == Version::V2 {
            all.retain(|it| !matches!(it.location().as_ref(), "body" | "formData"));
        }
        all
    }

    /// What a call carries.
    pub fn body(&self) -> Option<Body<'a>> {
        if self.node.version() != Version::V2 {
            let body = self.node.read("requestBody").filter(|it| read::real(*it).view.is_mapping());
            return body.map(Body::declared);
        }
        let mut declared = self.declared();
        if let Some(body) = declared.iter().find(|it| it.location() == "body") {
            return Some(Body::of_parameter(*body, self.types_of("consumes")));
        }
        declared.retain(|it| it.location() == "formData");
        Body::of_form(declared, self.types_of("consumes"))
    }

    /// The media types that 2.0 names for the operation, or for all.
    fn types_of(&self, key: &str) -> Vec<Cow<'a, str>> {
        let root = self.node.spec.root(self.node.sources).map(|it| it.node);
        let list = self.node.read(key).or_else(|| root?.get(key));
        let types = list.into_iter().flat_map(Node::items).filter_map(Node::text);
        let types: Vec<_> = types.take(MAX_MEDIA_TYPES).collect();
        if types.is_empty() { vec![Cow::Borrowed("application/json")] } else { types }
    }

    /// The answers, in the order of the document.
    pub fn responses(&self) -> Vec<Response<'a>> {
        let all = read::members_at(self.node, "responses").into_iter();
        all.filter_map(|it| Response::declared(it, || self.types_of("produces"))).collect()
    }
}
