//! The operations of a spec with their places, the same for all versions of OpenAPI.

use std::collections::HashMap;

use super::read;
use crate::model::spec::{Node, Spec, Version};
use crate::source::Sources;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// More operations than this come out of aliases only.
const MAX_CALLS: usize = 50_000;

/// An operation.
#[derive(Clone)]
pub(super) struct Call<'a> {
    /// Upper case.
    pub(super) method: String,
    /// The template as written; the name of a webhook; for a callback `NAME EXPRESSION of METHOD PATH`.
    pub(super) path: String,
    /// Who calls.
    pub(super) role: Role,
    /// The method's key.
    pub(super) key: Node<'a>,
    /// The path item.
    pub(super) item: Node<'a>,
    /// The operation.
    pub(super) node: Node<'a>,
    /// Its own and those of the path item. The `body` of 2.0 is none; `formData` stays one.
    pub(super) parameters: Vec<Parameter<'a>>,
    /// What a call carries.
    pub(super) body: Option<Body<'a>>,
    /// In the order of the document.
    pub(super) responses: Vec<Response<'a>>,
    /// The media types of a form of 2.0.
    pub(super) consumes: Vec<String>,
}

/// Who makes a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// Clients call the API.
    Served,
    /// The API calls whoever registered.
    Webhook,
    /// The API calls back where a call told it to.
    Callback,
}

/// A parameter.
#[derive(Clone, Copy)]
pub(super) struct Parameter<'a> {
    /// Where it is declared, or referred to.
    pub(super) node: Node<'a>,
    version: Version,
}

/// A request body.
#[derive(Clone)]
pub(super) struct Body<'a> {
    /// The body, or the parameter that stands for it in 2.0.
    pub(super) node: Node<'a>,
    /// Whether a call must have it.
    pub(super) is_required: bool,
    /// Its media types.
    pub(super) content: Vec<Media<'a>>,
}

/// A media type.
#[derive(Clone)]
pub(super) struct Media<'a> {
    /// `application/json`
    pub(super) media_type: String,
    /// Where it stands: its key, or what declares it in 2.0.
    pub(super) place: Node<'a>,
    /// The schema.
    pub(super) schema: Option<Node<'a>>,
    /// What holds `example` and `examples`.
    pub(super) node: Option<Node<'a>>,
    /// The example that 2.0 gives for a media type.
    pub(super) example: Option<Node<'a>>,
}

/// A response.
#[derive(Clone)]
pub(super) struct Response<'a> {
    /// `200`, `4XX`, `default`.
    pub(super) status: String,
    /// The status.
    pub(super) key: Node<'a>,
    /// The response, or a reference to it.
    pub(super) node: Node<'a>,
    /// Its media types.
    pub(super) content: Vec<Media<'a>>,
}

/// The operations below `paths`, in the order of the document, then those below `webhooks`, then callbacks.
pub(super) fn calls<'a>(spec: &'a Spec, sources: &'a Sources) -> Vec<Call<'a>> {
    let Some(root) = spec.root(sources).map(|it| it.node) else { return Vec::new() };
    let mut calls = Vec::new();
    for (section, role) in [("paths", Role::Served), ("webhooks", Role::Webhook)] {
        for (key, item) in read::members_at(root, section) {
            let Some(path) = key.text() else { continue };
            if role == Role::Webhook || path.starts_with('/') {
                add(root, item, &path, role, &mut calls);
            }
        }
    }
    // Callbacks of callbacks are left out: they may go in circles.
    for at in 0..calls.len() {
        let owner = calls[at].name();
        for (name, callback) in read::members_at(calls[at].node, "callbacks") {
            for (expression, item) in read::members(callback) {
                let (Some(name), Some(expression)) = (name.text(), expression.text()) else { continue };
                if !expression.starts_with("x-") {
                    let path = format!("{name} {expression} of {owner}");
                    add(root, item, &path, Role::Callback, &mut calls);
                }
            }
        }
    }
    calls
}

/// Adds the operations of a path item.
fn add<'a>(root: Node<'a>, item: Node<'a>, path: &str, role: Role, calls: &mut Vec<Call<'a>>) {
    for (method, node) in methods(item, root.version()) {
        let Some(name) = method.text() else { continue };
        if calls.len() < MAX_CALLS && read::real(node).view.is_mapping() {
            let call = call(root, item, node, method, name.to_ascii_uppercase(), path);
            calls.push(Call { role, ..call });
        }
    }
}

/// The method keys of a path item with their operations.
fn methods(item: Node<'_>, version: Version) -> Vec<(Node<'_>, Node<'_>)> {
    let mut methods = Vec::new();
    for (key, value) in read::members(item) {
        let Some(name) = key.text() else { continue };
        if METHODS.contains(&&*name) || (name == "query" && version >= Version::V32) {
            methods.push((key, value));
        } else if name == "additionalOperations" && version >= Version::V32 {
            methods.extend(read::members(value));
        }
    }
    methods
}

fn call<'a>(
    root: Node<'a>,
    item: Node<'a>,
    node: Node<'a>,
    key: Node<'a>,
    method: String,
    path: &str,
) -> Call<'a> {
    let version = root.version();
    let media_types = |key| match node.read(key) {
        Some(_) => read::texts(node, key),
        None => read::texts(root, key),
    };
    let mut parameters = declared(item, node);
    let (body, consumes) = if version == Version::V2 {
        let consumes = media_types("consumes");
        let at = parameters.iter().position(|it| it.location() == "body");
        (at.map(|at| body_of_parameter(parameters.remove(at).node, &consumes)), consumes)
    } else {
        let body = node.read("requestBody").filter(|it| read::real(*it).view.is_mapping());
        let body =
            body.map(|it| Body { node: it, is_required: it.reads_true("required"), content: content(it) });
        (body, Vec::new())
    };
    let produces = if version == Version::V2 { media_types("produces") } else { Vec::new() };
    let responses = read::members_at(node, "responses")
        .into_iter()
        .filter_map(|(key, response)| {
            let status = key.text().filter(|it| !it.starts_with("x-"))?.into_owned();
            let content = match version {
                Version::V2 => content_of_response(response, &produces),
                _ => content(response),
            };
            Some(Response { status, key, node: response, content })
        })
        .collect();
    Call {
        method,
        path: path.to_owned(),
        role: Role::Served,
        key,
        item,
        node,
        parameters,
        body,
        responses,
        consumes,
    }
}

/// The parameters of a path, each replaced by the operation's own of the same name and place, then the rest.
fn declared<'a>(item: Node<'a>, operation: Node<'a>) -> Vec<Parameter<'a>> {
    let version = item.version();
    let list = |owner| {
        let all = read::items_at(owner, "parameters").into_iter().map(|node| Parameter { node, version });
        all.filter(|it| !it.name().is_empty()).collect::<Vec<_>>()
    };
    let mut declared: Vec<Parameter<'_>> = list(item);
    let identity = |it: &Parameter<'_>| (it.name(), it.location());
    let mut positions: HashMap<_, _> =
        declared.iter().enumerate().map(|(at, it)| (identity(it), at)).collect();
    for own in list(operation) {
        let at = *positions.entry(identity(&own)).or_insert(declared.len());
        match declared.get_mut(at) {
            Some(place) => *place = own,
            None => declared.push(own),
        }
    }
    declared
}

fn content(owner: Node<'_>) -> Vec<Media<'_>> {
    read::members_at(owner, "content")
        .into_iter()
        .filter_map(|(key, media)| {
            Some(Media {
                media_type: key.text()?.into_owned(),
                place: key,
                schema: media.read("schema").or_else(|| media.read("itemSchema")),
                node: Some(media),
                example: None,
            })
        })
        .collect()
}

fn body_of_parameter<'a>(parameter: Node<'a>, consumes: &[String]) -> Body<'a> {
    let schema = parameter.read("schema");
    let media =
        |media_type: String| Media { media_type, place: parameter, schema, node: None, example: None };
    let is_required = parameter.reads_true("required");
    Body { node: parameter, is_required, content: or_json(consumes).into_iter().map(media).collect() }
}

fn content_of_response<'a>(response: Node<'a>, produces: &[String]) -> Vec<Media<'a>> {
    let Some((place, schema)) = read::entry(response, "schema") else { return Vec::new() };
    let examples = response.read("examples");
    let media = |media_type: String| {
        let example = examples.and_then(|it| it.read(&media_type));
        Media { place, schema: Some(schema), node: None, example, media_type }
    };
    or_json(produces).into_iter().map(media).collect()
}

fn or_json(types: &[String]) -> Vec<String> {
    if types.is_empty() { vec!["application/json".to_owned()] } else { types.to_vec() }
}

impl<'a> Call<'a> {
    /// `GET /orders/{id}`
    pub(super) fn name(&self) -> String {
        match self.role {
            Role::Served => format!("{} {}", self.method, self.path),
            Role::Webhook => format!("{} webhook {}", self.method, self.path),
            Role::Callback => format!("{} callback {}", self.method, self.path),
        }
    }
}

impl<'a> Parameter<'a> {
    /// Its name.
    pub(super) fn name(&self) -> String {
        self.node.read_text("name").into_owned()
    }

    /// `path`, `query`, `querystring`, `header`, `cookie` or `formData`.
    pub(super) fn location(&self) -> String {
        self.node.read_text("in").into_owned()
    }

    /// Whether a call must have it.
    pub(super) fn is_required(&self) -> bool {
        self.node.reads_true("required") || self.location() == "path"
    }

    /// What says which values it takes; in 2.0 the parameter itself.
    pub(super) fn schema(&self) -> Option<Node<'a>> {
        if self.version == Version::V2 {
            return Some(self.node);
        }
        self.node.read("schema").or_else(|| self.media().and_then(|(_, it)| it.read("schema")))
    }

    /// The media type that its value is written in, where it has one.
    pub(super) fn media(&self) -> Option<(Node<'a>, Node<'a>)> {
        read::members_at(self.node, "content").into_iter().next()
    }

    /// How several values are written: the `style`, and whether each has the name.
    pub(super) fn style(&self) -> (String, bool) {
        if self.version == Version::V2 {
            let style = match self.node.read_text("collectionFormat").into_owned().as_str() {
                "multi" => return ("form".to_owned(), true),
                "ssv" => "spaceDelimited",
                "pipes" => "pipeDelimited",
                _ => "form",
            };
            return (style.to_owned(), false);
        }
        let style = match self.node.read_text("style").into_owned() {
            written if !written.is_empty() => written,
            _ if matches!(self.location().as_str(), "query" | "cookie") => "form".to_owned(),
            _ => "simple".to_owned(),
        };
        let explode = self.node.read("explode").and_then(|it| it.view.as_bool());
        (style.clone(), explode.unwrap_or(style == "form"))
    }
}
