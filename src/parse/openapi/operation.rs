//! Paths and webhooks → operations.

use std::collections::HashMap;

use super::content::Contents;
use super::document;
use super::kind::kind;
use super::limits::limits;
use super::place::{Files, Place};
use crate::model::spec::{Operation, Parameter, Version};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// How many media types of 2.0 are read; each has its own copy of a body.
const MAX_MEDIA_TYPES: usize = 32;

/// The operations below `paths` or `webhooks`, in the order of the document.
pub(super) fn operations<'a>(contents: &mut Contents<'a>, root: Place<'a>, key: &str) -> Vec<Operation> {
    let files = contents.files;
    let Some(paths) = files.get(root, key) else { return Vec::new() };
    let inherited = Inherited {
        security: files.get(root, "security").map(|it| security(files, it)).unwrap_or_default(),
        consumes: media_types(files, root, "consumes"),
        produces: media_types(files, root, "produces"),
    };
    let mut operations = Vec::new();
    for (key, item) in files.members(paths) {
        let Some(path) = key.text().filter(|it| !it.starts_with("x-")) else { continue };
        let owner = PathItem { key, path, item, inherited: &inherited };
        for (method, operation) in methods(files, item, contents.version) {
            if files.is_exhausted() {
                return operations;
            }
            operations.extend(read(contents, &owner, method, operation));
        }
    }
    operations
}

/// What an operation takes from the document when it says nothing itself.
struct Inherited {
    security: Vec<Vec<String>>,
    consumes: Vec<String>,
    produces: Vec<String>,
}

struct PathItem<'a, 'i> {
    key: Place<'a>,
    path: String,
    item: Place<'a>,
    inherited: &'i Inherited,
}

/// The method keys of a path item with their operations.
fn methods<'a>(files: Files<'a>, item: Place<'a>, version: Version) -> Vec<(Place<'a>, Place<'a>)> {
    let mut methods = Vec::new();
    for (key, value) in files.members(item) {
        let Some(name) = key.text() else { continue };
        let name = name.to_ascii_lowercase();
        if METHODS.contains(&name.as_str()) || (name == "query" && version >= Version::V32) {
            methods.push((key, value));
        } else if name == "additionaloperations" && version >= Version::V32 {
            methods.extend(files.members(value));
        }
    }
    methods
}

fn read<'a>(
    contents: &mut Contents<'a>,
    owner: &PathItem<'a, '_>,
    method: Place<'a>,
    operation: Place<'a>,
) -> Option<Operation> {
    let files = contents.files;
    if !files.follow(operation).view.is_mapping() {
        return None;
    }
    let own_or = |key, inherited: &Vec<String>| match files.get(operation, key) {
        Some(_) => media_types(files, operation, key),
        None => inherited.clone(),
    };
    let consumes = own_or("consumes", &owner.inherited.consumes);
    let produces = own_or("produces", &owner.inherited.produces);
    let declared = declared(files, owner.item, operation);
    let body = match contents.version {
        Version::V2 => contents.body_of_parameters(&declared, &consumes),
        _ => files.get(operation, "requestBody").map(|it| contents.body(it)),
    };
    let servers = match document::servers(files, operation, Version::V31) {
        own if own.is_empty() => document::servers(files, owner.item, Version::V31),
        own => own,
    };
    let alternatives = match files.get(operation, "security") {
        Some(own) => security(files, own),
        None => owner.inherited.security.clone(),
    };
    files.charge(alternatives.iter().flatten().map(String::len).sum::<usize>() + owner.path.len());
    Some(Operation {
        method: method.text()?.to_ascii_uppercase(),
        path: owner.path.clone(),
        id: files.text(operation, "operationId"),
        summary: files.text(operation, "summary"),
        description: files.text(operation, "description"),
        tags: files.texts(operation, "tags"),
        parameters: declared.iter().filter_map(|&it| parameter(contents, it)).collect(),
        body,
        responses: files
            .get(operation, "responses")
            .map(|it| contents.responses(it, &produces))
            .unwrap_or_default(),
        security: alternatives,
        servers,
        deprecated: files.flag(operation, "deprecated"),
        at: operation.identity(),
        item_at: owner.item.identity(),
        span: method.span(),
        path_span: owner.key.span(),
    })
}

/// The declarations of an operation's parameters: those of its path, each replaced by its own of the same name
/// and place, then the rest of its own.
fn declared<'a>(files: Files<'a>, item: Place<'a>, operation: Place<'a>) -> Vec<Place<'a>> {
    let list =
        |owner| files.get(owner, "parameters").map(|it| it.items().collect::<Vec<_>>()).unwrap_or_default();
    let identity = |it: Place<'a>| (files.text(it, "name"), files.text(it, "in"));
    let mut declared = list(item);
    let positions: HashMap<_, _> = declared.iter().enumerate().map(|(at, &it)| (identity(it), at)).collect();
    for own in list(operation) {
        match positions.get(&identity(own)) {
            Some(&at) => declared[at] = own,
            None => declared.push(own),
        }
    }
    declared
}

fn parameter(contents: &mut Contents<'_>, declared: Place<'_>) -> Option<Parameter> {
    let files = contents.files;
    let name = files.get(declared, "name")?;
    let location = files.text(declared, "in");
    if matches!(location.as_str(), "body" | "formData") {
        return None;
    }
    // 2.0 puts the schema's words into the parameter; a parameter may have a media type instead of a schema.
    let media = || Some(files.members(files.get(declared, "content")?).first()?.1);
    let schema = files.get(declared, "schema").or_else(|| files.get(media()?, "schema")).unwrap_or(declared);
    let mut limits = limits(files, schema);
    limits.deprecated |= files.flag(declared, "deprecated");
    Some(Parameter {
        name: name.text()?,
        required: location == "path" || files.flag(declared, "required"),
        location,
        kind: kind(files, schema),
        limits,
        description: files.text(declared, "description"),
        // A reference is best shown where it was written.
        span: declared.own("name").or_else(|| declared.own("$ref")).unwrap_or(name).span(),
    })
}

/// The media types of 2.0 that a document or operation names for all its bodies or responses.
fn media_types(files: Files<'_>, owner: Place<'_>, key: &str) -> Vec<String> {
    let mut types = files.texts(owner, key);
    types.truncate(MAX_MEDIA_TYPES);
    types
}

/// The names of the schemes of each alternative.
fn security(files: Files<'_>, requirements: Place<'_>) -> Vec<Vec<String>> {
    let names = |it| files.members(it).into_iter().filter_map(|(name, _)| name.text()).collect();
    requirements.items().map(names).collect()
}
