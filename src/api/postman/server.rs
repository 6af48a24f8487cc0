//! Servers as variables of Postman.

use crate::model::spec::read;
use crate::model::spec::{Node, Spec, Version};

/// The host of a spec that names none.
pub(super) const LOCAL: &str = "http://localhost";

/// A server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Server {
    /// As the spec has it.
    pub(super) written: String,
    /// `https://{{region}}.example.com/v1`, without a slash at the end.
    pub(super) url: String,
    /// Its description.
    pub(super) description: String,
    /// Its variables.
    pub(super) variables: Vec<Variable>,
}

/// A variable of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    /// Its name.
    pub(super) name: String,
    /// Its default.
    pub(super) default: String,
}

/// The servers of the whole spec.
pub(super) fn servers(spec: &Spec, root: Node<'_>) -> Vec<Server> {
    if spec.edition != Version::V2 {
        return of(root);
    }
    let server = |it: &crate::model::spec::Server| Server {
        url: address(&it.url),
        written: it.url.clone(),
        description: it.description.clone(),
        variables: Vec::new(),
    };
    spec.servers.iter().map(server).collect()
}

/// The servers that an object names.
pub(super) fn of(owner: Node<'_>) -> Vec<Server> {
    let servers = read::items_at(owner, "servers").into_iter();
    servers
        .map(|server| {
            let written = server.read_text("url").into_owned();
            let variables = read::members_at(server, "variables");
            let variables: Vec<Variable> = variables
                .into_iter()
                .filter_map(|(key, it)| {
                    Some(Variable {
                        name: key.text()?.into_owned(),
                        default: it.read_text("default").into_owned(),
                    })
                })
                .collect();
            let mut url = address(&written);
            for it in &variables {
                url = url.replace(&format!("{{{}}}", it.name), &format!("{{{{{}}}}}", it.name));
            }
            let name = server.read_text("name").into_owned();
            let description =
                if name.is_empty() { server.read_text("description").into_owned() } else { name };
            Server { written, url, description, variables }
        })
        .collect()
}

/// The URL with a host, as Postman has nothing that it could be relative to.
fn address(url: &str) -> String {
    let url = url.trim_end_matches('/');
    match url.contains("://") || url.starts_with('{') {
        true => url.to_owned(),
        false => match url.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None => format!("{LOCAL}/{}", url.trim_start_matches('/')).trim_end_matches('/').to_owned(),
        },
    }
}
