//! A single route of a chain of calls, with what follows it: another prefix, and how its parameters look.

use super::chains::{Link, Reader};
use crate::parse::routes::text::Text;

impl Reader<'_, '_, '_> {
    /// `Route::get("orders/{order}", …)->where("order", ".*")`
    pub(super) fn route(&mut self, id: usize, at: usize, verbs: &[String], after: &[Link], before: Text) {
        // A key of the session is no path: a route has something that handles it.
        let args = &self.interpreter.noted(id).args;
        if args.positional.len() <= at && args.get("uri").is_none() {
            return;
        }
        let mut path = before;
        let mut own = self.text(id, at);
        for link in after {
            if self.table.prefix.iter().any(|it| **it == *link.method) {
                path.join(&self.text(link.id, 0));
            } else if self.table.pattern.iter().any(|it| **it == *link.method) {
                own = self.wildcards(link.id, &own);
            }
        }
        path.join(&own);
        self.answered(&path, verbs, id, None);
        self.declare(&path, verbs, id);
    }

    /// A parameter that may be anything is a wildcard: `->where('rest', '.*')`.
    fn wildcards(&self, id: usize, path: &Text) -> Text {
        let args = &self.interpreter.noted(id).args.positional;
        let first = args.first().map(|it| &it.value);
        let pairs: Vec<(String, String)> = match (first, args.get(1).map(|it| &it.value)) {
            (Some(name), Some(pattern)) => name.known_text().zip(pattern.known_text()).into_iter().collect(),
            (Some(object), None) => {
                let entries = self.interpreter.entries_of(object).unwrap_or_default();
                entries.iter().filter_map(|(key, it)| Some((key.to_string(), it.known_text()?))).collect()
            }
            _ => Vec::new(),
        };
        pairs.iter().filter(|(_, it)| matches!(it.as_str(), ".*" | ".+" | "(.*)" | "(.+)")).fold(
            path.clone(),
            |path, (name, _)| {
                let optional = format!("{{{name}?}}");
                path.map(|it| {
                    let wild = format!("{{{name}:path}}");
                    it.replace(&format!("{{{name}}}"), &wild).replace(&optional, &format!("{{{name}:path?}}"))
                })
            },
        )
    }
}
