//! Servers that readers choose among: samples are written for the first, and a script writes them for another.

use super::Reference;
use crate::model::spec::{Node, Operation, Spec};
use crate::render::view::ServerPicker;
use crate::source::Sources;

/// More addresses than these are no choice.
const MAX_BASES: usize = 20;

/// The address that samples are written for.
pub(super) fn base(url: Option<&str>) -> String {
    let url = url.map(|it| it.trim_end_matches('/')).unwrap_or_default();
    match url {
        _ if url.contains("://") => url.to_owned(),
        // Of whatever scheme the page has.
        _ if url.starts_with("//") => format!("https:{url}"),
        _ => format!("https://api.example.com{url}"),
    }
}

/// Whether an address may be put into a command as it is: a spec from elsewhere must not bring quotes along.
fn is_plain(base: &str) -> bool {
    base.chars().all(|it| it.is_ascii_alphanumeric() || ":/._~-".contains(it))
}

/// The addresses of a spec's servers, each variable with each of its values; none where there is no choice. The
/// first page of the spec tells it from others.
pub(super) fn picker(spec: &Spec, sources: &Sources, index: &str) -> Option<ServerPicker> {
    let root = spec.root(sources).map(|it| it.node);
    let written: Vec<Node<'_>> =
        root.and_then(|it| it.get("servers")).into_iter().flat_map(Node::items).collect();
    let mut bases: Vec<String> = Vec::new();
    for (at, server) in spec.servers.iter().enumerate().take(MAX_BASES) {
        let all = written.get(at).map(|it| expanded(*it)).unwrap_or_default();
        let all = std::iter::once(server.url.clone()).chain(all).map(|it| base(Some(&it)));
        for it in all.filter(|it| is_plain(it)) {
            if bases.len() < MAX_BASES && !bases.contains(&it) {
                bases.push(it);
            }
        }
    }
    let key = index.split('/').nth(1).unwrap_or_default().to_owned();
    (bases.len() > 1).then_some(ServerPicker { key, bases })
}

impl Reference<'_, '_> {
    /// The address in the samples of an operation, where readers can choose another.
    pub(super) fn base_of(&self, operation: &Operation) -> Option<String> {
        self.plan.picker.as_ref()?;
        let first = operation.servers.is_empty().then(|| self.spec.servers.first())??;
        Some(base(Some(&first.url))).filter(|it| is_plain(it))
    }
}

/// The URL of a server with each value of its variables, as far as they are few.
fn expanded(server: Node<'_>) -> Vec<String> {
    let mut all = vec![server.read_text("url").into_owned()];
    for (name, variable) in server.read("variables").into_iter().flat_map(Node::members) {
        let Some(name) = name.text() else { continue };
        let default = variable.read_text("default").into_owned();
        let listed = variable.read("enum").into_iter().flat_map(Node::items).filter_map(Node::text);
        let mut values = vec![default.clone()];
        values.extend(listed.map(Into::into).filter(|it| *it != default));
        let marker = format!("{{{name}}}");
        let fill = |url: &String| values.iter().map(|it| url.replace(&marker, it)).collect::<Vec<_>>();
        all = all.iter().flat_map(fill).take(MAX_BASES).collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn samples_have_a_whole_address() {
        assert_eq!(base(Some("https://berths.test/v2/")), "https://berths.test/v2");
        assert_eq!(base(Some("//berths.test/v2")), "https://berths.test/v2");
        assert_eq!(base(Some("/v2")), "https://api.example.com/v2");
        assert_eq!(base(None), "https://api.example.com");
    }
}
