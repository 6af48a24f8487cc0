//! A spec as a Postman collection (format 2.1), with an environment for each server.
//!
//! The same spec gives the same bytes: ids are made of names by a hash, examples are those of the spec or made by
//! fixed rules, and nothing asks a clock. So the file can be committed and compared.

mod auth;
mod body;
mod request;
mod response;
mod server;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_128;

use self::auth::Schemes;
use self::request::Requests;
use crate::model::spec::read;
use crate::model::spec::{Call, Role};
use crate::model::spec::{Node, Spec};
use crate::source::Sources;

const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// How deep tags may stand below tags.
const MAX_NESTING: usize = 16;

/// The collection.
pub fn collection(spec: &Spec, sources: &Sources) -> Value {
    let root = spec.root(sources).map(|it| it.node);
    let calls: Vec<Call<'_>> = spec.calls(sources).into_iter().filter(|it| it.role == Role::Served).collect();
    let schemes = Schemes::new(root);
    let servers = root.map(|it| server::servers(spec, it)).unwrap_or_default();
    let mut requests = Requests::new(spec, root, &schemes);
    let items = items(spec, root, &calls, &mut requests);
    let mut info = Map::new();
    info.insert("_postman_id".to_owned(), id(&["collection", &spec.title]).into());
    info.insert("name".to_owned(), spec.title.clone().into());
    insert_description(&mut info, &spec.description);
    if !spec.api_version.is_empty() {
        info.insert("version".to_owned(), spec.api_version.clone().into());
    }
    info.insert("schema".to_owned(), SCHEMA.into());
    let base = servers.first().map_or_else(|| server::LOCAL.to_owned(), |it| it.url.clone());
    let mut variables = vec![variable("baseUrl", &base)];
    let of_servers = servers.iter().take(1).chain(requests.servers()).flat_map(|it| &it.variables);
    variables.extend(of_servers.map(|it| variable(&it.name, &it.default)));
    variables.extend(requests.variables().iter().map(|(name, value)| variable(name, value)));
    variables.extend(schemes.variables().iter().map(|(name, _)| variable(name, "")));
    let mut seen = HashSet::new();
    variables.retain(|it| seen.insert(it["key"].clone()));
    let mut collection = Map::new();
    collection.insert("info".to_owned(), info.into());
    collection.insert("item".to_owned(), items.into());
    if let Some(auth) = root.and_then(|it| schemes.auth(it)).map(|it| it.auth) {
        collection.insert("auth".to_owned(), auth);
    }
    collection.insert("variable".to_owned(), variables.into());
    collection.into()
}

/// An environment for each server, with the name of its file.
pub fn environments(spec: &Spec, sources: &Sources) -> Vec<(String, Value)> {
    let root = spec.root(sources).map(|it| it.node);
    let schemes = Schemes::new(root);
    let mut names: HashMap<String, usize> = HashMap::new();
    root.map(|it| server::servers(spec, it))
        .unwrap_or_default()
        .iter()
        .map(|server| {
            let label = if server.description.is_empty() { &server.written } else { &server.description };
            let title = format!("{} – {}", spec.title, label.lines().next().unwrap_or_default().trim());
            let mut values = vec![value("baseUrl", &server.url, "default")];
            values.extend(server.variables.iter().map(|it| value(&it.name, &it.default, "default")));
            for (name, is_secret) in schemes.variables() {
                values.push(value(name, "", if *is_secret { "secret" } else { "default" }));
            }
            let slug = slug(label);
            let count = names.entry(slug.clone()).or_default();
            *count += 1;
            let name = if *count > 1 { format!("{slug}-{count}") } else { slug };
            let environment = json!({
                "id": id(&["environment", &spec.title, &server.written, &name]),
                "name": title,
                "values": values,
                "_postman_variable_scope": "environment",
            });
            (format!("{name}.postman_environment.json"), environment)
        })
        .collect()
}

fn variable(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": value, "type": "string" })
}

fn value(key: &str, value: &str, kind: &str) -> Value {
    json!({ "key": key, "value": value, "type": kind, "enabled": true })
}

/// A file name of the letters and digits of a text.
fn slug(text: &str) -> String {
    let words: Vec<String> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let slug: String = words.join("-").chars().take(60).collect();
    if slug.is_empty() { "server".to_owned() } else { slug.trim_end_matches('-').to_owned() }
}

/// A name-based id in the form of a UUID: the same names give the same id.
fn id(names: &[&str]) -> String {
    let hash = xxh3_128(names.join("\0").as_bytes());
    // Version 5 (by name) and the variant of RFC 9562, which some readers insist on.
    let bits = hash & !(0xf << 76) & !(0b11 << 62) | (5 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

fn insert_description(into: &mut Map<String, Value>, text: &str) {
    if !text.trim().is_empty() {
        into.insert("description".to_owned(), json!({ "content": text, "type": "text/markdown" }));
    }
}

/// A tag with its requests.
struct Folder {
    tag: String,
    title: String,
    description: String,
    parent: String,
    items: Vec<Value>,
}

/// The requests in folders by tag; folders in those of `x-tagGroups` and of parents.
fn items<'a>(
    spec: &Spec,
    root: Option<Node<'a>>,
    calls: &[Call<'a>],
    requests: &mut Requests<'_, 'a>,
) -> Vec<Value> {
    let mut folders: Vec<Folder> = Vec::new();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for tag in root.map(|it| read::items_at(it, "tags")).unwrap_or_default() {
        let name = tag.read_text("name").into_owned();
        let title = ["x-displayName", "summary", "name"].iter().map(|key| tag.read_text(key).into_owned());
        let title = title.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
        positions.entry(name.clone()).or_insert_with(|| {
            let description = tag.read_text("description").into_owned();
            let parent = tag.read_text("parent").into_owned();
            folders.push(Folder { tag: name, title, description, parent, items: Vec::new() });
            folders.len() - 1
        });
    }
    let mut loose = Vec::new();
    for call in calls {
        let item = requests.item(call);
        let Some(tag) = read::texts(call.node, "tags").into_iter().next() else {
            loose.push(item);
            continue;
        };
        let at = *positions.entry(tag.clone()).or_insert_with(|| {
            let title = tag.clone();
            let (description, parent) = (String::new(), String::new());
            folders.push(Folder { tag, title, description, parent, items: Vec::new() });
            folders.len() - 1
        });
        folders[at].items.push(item);
    }
    let mut items = Vec::new();
    let mut placed = HashSet::new();
    for group in root.map(|it| read::items_at(it, "x-tagGroups")).unwrap_or_default() {
        let name = group.read_text("name").into_owned();
        let tags = read::texts(group, "tags");
        let inside: Vec<Value> = tags
            .iter()
            .filter(|tag| placed.insert((*tag).clone()))
            .filter_map(|tag| folder(spec, &folders, &positions, tag, MAX_NESTING))
            .collect();
        if !inside.is_empty() {
            items.push(json!({ "id": id(&["group", &spec.title, &name]), "name": name, "item": inside }));
        }
    }
    for it in &folders {
        let is_top = it.parent.is_empty() || !positions.contains_key(&it.parent) || it.parent == it.tag;
        if is_top && !placed.contains(&it.tag) {
            items.extend(folder(spec, &folders, &positions, &it.tag, MAX_NESTING));
        }
    }
    items.extend(loose);
    items
}

/// The folder of a tag with those of the tags below it; none when there is no request in them.
fn folder(
    spec: &Spec,
    folders: &[Folder],
    positions: &HashMap<String, usize>,
    tag: &str,
    depth: usize,
) -> Option<Value> {
    let it = folders.get(*positions.get(tag)?)?;
    let below = depth.checked_sub(1)?;
    let children = folders.iter().filter(|child| child.parent == it.tag && child.tag != it.tag);
    let mut items: Vec<Value> =
        children.filter_map(|child| folder(spec, folders, positions, &child.tag, below)).collect();
    items.extend(it.items.iter().cloned());
    if items.is_empty() {
        return None;
    }
    let mut folder = Map::new();
    folder.insert("id".to_owned(), id(&["tag", &spec.title, tag]).into());
    folder.insert("name".to_owned(), it.title.clone().into());
    insert_description(&mut folder, &it.description);
    folder.insert("item".to_owned(), items.into());
    Some(folder.into())
}
