//! The security schemes of a document.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::spec::{Node, Spec, Version};
use crate::source::Sources;

/// The security schemes by name; none where they cannot all be read.
pub(super) fn schemes<'a>(spec: &'a Spec, sources: &'a Sources) -> Option<BTreeMap<Cow<'a, str>, Node<'a>>> {
    let root = spec.root(sources)?.node;
    let list = match spec.edition {
        Version::V2 => root.get("securityDefinitions"),
        _ => match root.get("components") {
            Some(components) => components.follow()?.get("securitySchemes"),
            None => None,
        },
    };
    let Some(list) = list else { return Some(BTreeMap::new()) };
    let list = list.follow()?;
    Some(list.members().filter_map(|(key, scheme)| Some((key.text()?, scheme))).collect())
}

/// The scopes of an OAuth scheme; none where it is another or cannot be read.
pub(super) fn scopes(scheme: Node<'_>) -> Option<BTreeSet<Cow<'_, str>>> {
    let scheme = scheme.follow()?;
    if scheme.string_at("type")? != "oauth2" {
        return None;
    }
    let flows: Vec<Node<'_>> = match scheme.version() {
        Version::V2 => vec![scheme],
        _ => scheme.get("flows")?.follow()?.members().filter_map(|(_, flow)| flow.follow()).collect(),
    };
    let names = flows.iter().filter_map(|it| it.get("scopes")).flat_map(Node::members);
    Some(names.filter_map(|(key, _)| key.text()).collect())
}
