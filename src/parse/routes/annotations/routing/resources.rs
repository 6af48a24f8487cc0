//! The routes that Sylius makes of a resource which a routing file names: `type: sylius.resource`.

use super::{Around, Entry, Routing};
use crate::parse::routes::annotations::inflection::plural;
use crate::parse::routes::text::Text;
use crate::parse::tree;
use crate::source::{Sources, Span};

/// An action with what follows the resource's path, and its verbs: for pages, and for an API.
type Action = (&'static str, [(&'static str, &'static [&'static str]); 2]);

const ACTIONS: [Action; 6] = [
    ("index", [("", &["GET"]), ("", &["GET"])]),
    ("create", [("new", &["GET", "POST"]), ("", &["POST"])]),
    ("update", [("{id}/edit", &["GET", "PUT", "PATCH"]), ("{id}", &["PUT", "PATCH"])]),
    ("show", [("{id}", &["GET"]), ("{id}", &["GET"])]),
    ("bulkDelete", [("bulk-delete", &["DELETE"]), ("", &[])]),
    ("delete", [("{id}", &["DELETE"]), ("{id}", &["DELETE"])]),
];

/// Whether an entry of this type describes a resource.
pub(super) fn is_resource(kind: &str) -> bool {
    matches!(kind, "sylius.resource" | "sylius.resource_api")
}

impl Routing {
    /// Adds the routes of a resource, below what is around it.
    pub(super) fn resource(&mut self, sources: &Sources, span: Span, entry: &Entry, around: &Around) {
        let api = entry.kind == "sylius.resource_api";
        for described in &entry.resources {
            let (tree, _) = tree::parse("resource.yaml", described);
            let Some(root) = tree.root(described) else { continue };
            let text = |name: &str| root.get(name).and_then(|it| it.as_str()).map(|it| it.into_owned());
            let Some(alias) = text("alias") else { continue };
            let name = alias.rsplit('.').next().unwrap_or(&alias);
            let path = text("path").unwrap_or_else(|| plural(name).replace('_', "-"));
            let identifier = text("identifier").unwrap_or_else(|| "id".to_owned());
            let (only, except) =
                (super::yaml::texts(root.get("only")), super::yaml::texts(root.get("except")));
            for (action, ways) in ACTIONS {
                let (below, verbs) = ways[usize::from(api)];
                let wanted = only.is_empty() || only.iter().any(|it| it == action);
                if verbs.is_empty() || !wanted || except.iter().any(|it| it == action) {
                    continue;
                }
                let below = below.replace("{id}", &format!("{{{identifier}}}"));
                let whole = Text::known(&format!("{}/{below}", path.trim_end_matches('/')));
                let methods = verbs.iter().map(|it| (*it).to_owned()).collect();
                self.route(sources, span, &[whole], methods, around);
            }
        }
    }
}
