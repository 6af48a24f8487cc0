//! The verbs that a route file serves, and how certain each is.

use super::exports::{self, Exported};
use super::files::RouteFile;
use super::framework::{FileVerbs, Naming};
use super::handler;
use super::resolve::Resolver;
use super::route_modules;
use super::store::Store;
use crate::model::route::Confidence;

/// A verb that a file serves.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    /// Upper case, or `ANY`.
    pub(super) method: String,
    pub(super) exported: Exported,
    pub(super) confidence: Confidence,
}

impl Verb {
    pub(super) fn certain((method, exported): (String, Exported)) -> Verb {
        Verb { method, exported, confidence: Confidence::Resolved }
    }
}

/// The verbs of a route file.
pub(super) fn verbs_of(file: &RouteFile<'_>, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<Verb> {
    let whole = Exported { file: file.id, range: 0..store.sources.get(file.id).text.len() as u32 };
    let found = match file.rule.verbs {
        FileVerbs::Exports => return exported_verbs(file, store, resolver),
        FileVerbs::Handler => {
            let asked = match file.rule.naming {
                Naming::Function => handler::function_verbs(file.id, store, resolver),
                _ => handler::verbs(file.id, store, resolver),
            };
            return or_else_get(asked, &store.sources.get(file.id).text);
        }
        FileVerbs::OwnPath if store.sources.get(file.id).text.contains(".next(") => Vec::new(),
        FileVerbs::OwnPath => handler::function_verbs(file.id, store, resolver),
        FileVerbs::ExportsOrHandler => {
            let exported = exports::verbs(file.id, file.rule, store, resolver);
            if exported.is_empty() { handler::function_verbs(file.id, store, resolver) } else { exported }
        }
        FileVerbs::Name => {
            let handler = exports::default_export(file.id, store, resolver);
            let place = handler.map(|it| Exported { file: it.file, range: it.range });
            match (place, &file.named.verb) {
                (Some(place), Some(verb)) => vec![(verb.clone(), place)],
                (Some(_), None) if handler::refuses(&store.sources.get(file.id).text) => {
                    handler::verbs(file.id, store, resolver)
                }
                (Some(place), None) => vec![("ANY".to_owned(), place)],
                (None, _) => Vec::new(),
            }
        }
        FileVerbs::LoaderAction => return route_modules::verbs(file.id, store, resolver),
        FileVerbs::ClassMethods => {
            let found = handler::class_methods(&store.module(file.id));
            found.into_iter().map(|it| (it, whole.clone())).collect()
        }
    };
    found.into_iter().map(Verb::certain).collect()
}

/// The verbs that a handler asks for; where it turns nobody away the others may be served, too, most likely GET.
fn or_else_get(asked: Vec<(String, Exported)>, text: &str) -> Vec<Verb> {
    let mut found: Vec<Verb> = asked.into_iter().map(Verb::certain).collect();
    let asks_for = |it: &Verb| matches!(it.method.as_str(), "POST" | "PUT" | "PATCH" | "DELETE");
    if let Some(first) = found.first().cloned()
        && found.iter().all(asks_for)
        && [".method", ".httpMethod", "{ method"].iter().any(|it| text.contains(it))
        && !handler::refuses(text)
    {
        let (method, confidence) = ("GET".to_owned(), Confidence::Assumed);
        found.push(Verb { method, exported: first.exported, confidence });
    }
    found
}

/// The verbs that a file exports. What takes all others may only refuse them, and what hands a wildcard on to a router
/// serves what that router serves.
fn exported_verbs(file: &RouteFile<'_>, store: &Store<'_>, resolver: &Resolver<'_>) -> Vec<Verb> {
    let is_wild = file.named.below.iter().any(|it| it.contains("[..."));
    let certain = !(is_wild && handler::hands_on(&store.module(file.id)));
    let found = exports::verbs(file.id, file.rule, store, resolver).into_iter();
    found
        .map(|(method, exported)| {
            let text = store.sources.get(exported.file).text.get(exported.range.start as usize..);
            let text = text.unwrap_or_default();
            let text = text.split("\nexport").next().unwrap_or(text);
            // `export const PUT = methodNotAllowed`
            let line = text.lines().next().unwrap_or_default().to_ascii_lowercase();
            let refuses = (method == "ANY" && handler::refuses(text)) || line.contains("notallowed");
            let certain = certain && !refuses;
            let confidence = if certain { Confidence::Resolved } else { Confidence::Assumed };
            Verb { method, exported, confidence }
        })
        .collect()
}
