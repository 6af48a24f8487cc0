//! Paths and webhooks → operations.

use super::document;
use super::place::{Files, Place};
use crate::model::spec::{METHODS, Operation, Role, Version};

/// What a parameter or a response costs whoever shows it. Aliases let many operations have as many of them.
const CARRIED: usize = 512;

/// The operations below `paths` or `webhooks`, in the order of the document.
pub(super) fn operations(files: Files<'_>, root: Place<'_>, role: Role, version: Version) -> Vec<Operation> {
    let key = if role == Role::Served { "paths" } else { "webhooks" };
    let Some(paths) = files.get(root, key) else { return Vec::new() };
    let inherited = files.get(root, "security").map(|it| security(files, it)).unwrap_or_default();
    let mut operations = Vec::new();
    for (key, item) in files.members(paths) {
        let Some(path) = key.text().filter(|it| !it.starts_with("x-")) else { continue };
        let owner = PathItem { key, path, item, role, security: &inherited };
        for (method, operation) in methods(files, item, version) {
            if files.is_exhausted() {
                return operations;
            }
            operations.extend(read(files, &owner, method, operation));
        }
    }
    operations
}

struct PathItem<'a, 'i> {
    key: Place<'a>,
    path: String,
    item: Place<'a>,
    role: Role,
    /// Of the document, for operations that say nothing themselves.
    security: &'i Vec<Vec<String>>,
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
    files: Files<'a>,
    owner: &PathItem<'a, '_>,
    method: Place<'a>,
    operation: Place<'a>,
) -> Option<Operation> {
    if !files.follow(operation).view.is_mapping() {
        return None;
    }
    let servers = match document::servers(files, operation, Version::V31) {
        own if own.is_empty() => document::servers(files, owner.item, Version::V31),
        own => own,
    };
    let alternatives = match files.get(operation, "security") {
        Some(own) => security(files, own),
        None => owner.security.clone(),
    };
    let copied = alternatives.iter().flatten().map(String::len).sum::<usize>() + owner.path.len();
    let listed = |owner| files.get(owner, "parameters").map_or(0, |it| it.view.len());
    let answers = files.get(operation, "responses").map_or(0, |it| it.view.len());
    let carried = (listed(owner.item) + listed(operation) + answers) * CARRIED;
    files.charge(copied + carried + size_of::<Operation>());
    Some(Operation {
        method: method.text()?.to_ascii_uppercase(),
        path: owner.path.clone(),
        id: files.text(operation, "operationId"),
        summary: files.text(operation, "summary"),
        description: files.text(operation, "description"),
        tags: files.texts(operation, "tags"),
        security: alternatives,
        servers,
        deprecated: files.flag(operation, "deprecated"),
        role: owner.role,
        at: operation.identity(),
        item_at: owner.item.identity(),
        key_at: method.identity(),
        span: method.span(),
        path_span: owner.key.span(),
    })
}

/// The names of the schemes of each alternative.
fn security(files: Files<'_>, requirements: Place<'_>) -> Vec<Vec<String>> {
    let names = |it| files.members(it).into_iter().filter_map(|(name, _)| name.text()).collect();
    requirements.items().map(names).collect()
}
