//! What a spec says once for all operations: servers, tags, security schemes.

use super::place::{Files, Place};
use crate::model::spec::{SecurityScheme, Server, Tag, Version};

/// The servers of a document, a path item or an operation.
pub(super) fn servers(files: Files<'_>, owner: Place<'_>, version: Version) -> Vec<Server> {
    if version == Version::V2 {
        return host(files, owner);
    }
    let Some(list) = files.get(owner, "servers") else { return Vec::new() };
    list.items()
        .filter_map(|server| {
            let url = files.get(server, "url")?;
            Some(Server {
                url: with_defaults(files, server, url.text()?),
                description: files.text(server, "description"),
                span: url.span(),
            })
        })
        .collect()
}

/// Puts the default of each variable into a URL.
fn with_defaults(files: Files<'_>, server: Place<'_>, mut url: String) -> String {
    let Some(variables) = files.get(server, "variables") else { return url };
    for (name, variable) in files.members(variables) {
        if let (Some(name), Some(default)) =
            (name.text(), files.get(variable, "default").and_then(Place::text))
        {
            url = url.replace(&format!("{{{name}}}"), &default);
        }
    }
    url
}

/// The servers of 2.0: one for each scheme.
fn host(files: Files<'_>, root: Place<'_>) -> Vec<Server> {
    let host = files.get(root, "host");
    let base = files.get(root, "basePath");
    let Some(span) = host.or(base).map(Place::span) else { return Vec::new() };
    let base = base.and_then(Place::text).unwrap_or_default();
    let server = |url| Server { url, description: String::new(), span };
    let Some(host) = host.and_then(Place::text) else { return vec![server(base)] };
    let mut schemes = files.texts(root, "schemes");
    if schemes.is_empty() {
        schemes.push("https".to_owned());
    }
    schemes.iter().map(|scheme| server(format!("{scheme}://{host}{base}"))).collect()
}

/// The declared tags.
pub(super) fn tags(files: Files<'_>, root: Place<'_>) -> Vec<Tag> {
    let Some(list) = files.get(root, "tags") else { return Vec::new() };
    let tags = list.items().filter_map(|tag| {
        let name = files.get(tag, "name")?.text()?;
        Some(Tag { name, description: files.text(tag, "description") })
    });
    tags.collect()
}

/// The declared ways to authenticate.
pub(super) fn security_schemes(files: Files<'_>, root: Place<'_>, version: Version) -> Vec<SecurityScheme> {
    let list = match version {
        Version::V2 => files.get(root, "securityDefinitions"),
        _ => files.get(root, "components").and_then(|it| files.get(it, "securitySchemes")),
    };
    let Some(list) = list else { return Vec::new() };
    let schemes = files.members(list).into_iter().filter_map(|(key, scheme)| {
        Some(SecurityScheme {
            name: key.text()?,
            kind: files.text(scheme, "type"),
            description: files.text(scheme, "description"),
        })
    });
    schemes.collect()
}
