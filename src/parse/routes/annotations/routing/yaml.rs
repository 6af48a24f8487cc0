//! Routing files in YAML.

use super::{Around, Entry, MAX_DEPTH, Routing, words};
use crate::model::tree::View;
use crate::parse::routes::annotations::types::Types;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

impl Routing {
    /// Reads the entries of a file, or those below `when@prod`.
    pub(super) fn yaml(&mut self, types: &mut Types<'_>, id: SourceId, root: View<'_>, around: &Around) {
        for (key, entry) in root.entries() {
            let Some(key) = key.as_str() else { continue };
            if let Some(environment) = key.strip_prefix("when@") {
                if environment == "prod" && around.depth <= MAX_DEPTH {
                    self.yaml(types, id, entry, &Around { depth: around.depth + 1, ..around.clone() });
                }
            } else if let Some(resource) = entry.get("resource") {
                let text =
                    |name: &str| entry.get(name).and_then(View::as_str).unwrap_or_default().into_owned();
                let resources = match resource.get("path") {
                    Some(path) => texts(Some(path)),
                    None => texts(Some(resource)),
                };
                let imported = Entry {
                    resources,
                    kind: text("type"),
                    prefixes: texts(entry.get("prefix")),
                    names: text("name_prefix"),
                    excludes: texts(entry.get("exclude")),
                };
                let span = Span::new(id, resource.content_span());
                self.import(types, span, imported, around);
            } else if let Some(path) = entry.get("path").or(entry.get("pattern")) {
                let methods = texts(entry.get("methods")).iter().flat_map(|it| words(it)).collect();
                let span = Span::new(id, path.content_span());
                let paths: Vec<Text> = texts(Some(path)).iter().map(|it| Text::known(it)).collect();
                self.route(types.store.sources, span, &paths, methods, around);
            }
        }
    }
}

/// A text, or all texts of a list or a mapping.
pub(super) fn texts(view: Option<View<'_>>) -> Vec<String> {
    let Some(view) = view else { return Vec::new() };
    if let Some(text) = view.as_str() {
        return vec![text.into_owned()];
    }
    let values: Vec<View<'_>> = match view.is_mapping() {
        true => view.entries().map(|(_, it)| it).collect(),
        false => view.items().collect(),
    };
    values.into_iter().filter_map(|it| it.as_str().map(|it| it.into_owned())).collect()
}
