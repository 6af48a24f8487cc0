//! Repositories that Spring Data REST serves: interfaces whose routes no code of the application declares.

use super::declared::Declared;
use super::engine::Engine;
use super::tokens::text;
use super::types::{TypeId, dotted};
use super::value::{Annotation, Value};
use crate::parse::routes::ir::{ClassKind, Expr, ExprKind, Stmt};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

/// The setting that stands before every repository.
const BASE_PATH: &str = "spring.data.rest.base-path";

/// What each method of a repository serves: of the collection, of one of its items.
const METHODS: [(&str, &[(&str, &str)]); 4] = [
    ("findAll", &[("GET", "")]),
    ("findById", &[("GET", "/{id}")]),
    ("save", &[("POST", ""), ("PUT", "/{id}"), ("PATCH", "/{id}")]),
    ("deleteById", &[("DELETE", "/{id}")]),
];

impl Engine<'_, '_> {
    /// What the configuration puts before the paths of repositories.
    pub(super) fn repositories_prefix(&self, file: SourceId) -> Text {
        let mut path = self.configured(file);
        if let Some(below) = self.configuration.first(&[BASE_PATH.to_owned()], file) {
            path.join(&below);
        }
        path
    }

    /// The routes of a repository that is served.
    pub(super) fn repository_routes(&mut self, id: TypeId) -> Vec<Declared> {
        let Some(name) = &self.table.repositories else { return Vec::new() };
        let class = self.types.types[id].class.clone();
        if class.kind != ClassKind::Interface {
            return Vec::new();
        }
        let own = self.class_annotations(id);
        let Some(said) = own.into_iter().find(|it| *it.name == **name).filter(is_exported) else {
            return Vec::new();
        };
        let named = said.named("path").and_then(text).filter(|it| !it.is_empty());
        let path = match named {
            Some(path) => Text::known(path.trim_matches('/')),
            // How the library forms the plural is not always foreseen.
            None => match class.bases.iter().find_map(entity) {
                Some(entity) => Text::known(&plural(&entity)).unsure(),
                None => return Vec::new(),
            },
        };
        let scope = self.types.scope(id);
        let (mut kept, mut searches) = (Vec::new(), Vec::new());
        for stmt in &class.body {
            let Stmt::Def(func) = stmt else { continue };
            let annotations = self.annotations(&func.decorators, scope);
            let said = annotations.iter().find(|it| &*it.name == "RestResource");
            let exported = said.is_none_or(is_exported);
            let inherited = METHODS
                .iter()
                .find(|(it, _)| *it == &*func.name || (*it == "deleteById" && &*func.name == "delete"));
            match inherited {
                Some((method, _)) if !exported => kept.push(*method),
                Some(_) => {}
                None if exported => {
                    let own = said.and_then(|it| it.named("path")).and_then(text);
                    searches.push(own.unwrap_or_else(|| func.name.to_string()));
                }
                None => {}
            }
        }
        let served =
            METHODS.iter().filter(|(it, _)| !kept.contains(it)).flat_map(|(_, routes)| routes.iter());
        let mut routes: Vec<(&str, String)> =
            served.map(|(verb, below)| (*verb, (*below).to_owned())).collect();
        routes.extend(searches.iter().map(|it| ("GET", format!("/search/{}", it.trim_matches('/')))));
        let span = Span { source: scope.file, ..said.span };
        let declared = routes.into_iter().map(|(verb, below)| {
            let mut path = path.clone();
            path.push(&Text::known(&below));
            Declared { methods: vec![verb.to_owned()], path, hidden: false, span, conventional: false }
        });
        declared.collect()
    }
}

fn is_exported(annotation: &Annotation) -> bool {
    annotation.named("exported") != Some(&Value::Bool(false))
}

/// The entity of `JpaRepository<Order, Long>`.
fn entity(base: &Expr) -> Option<String> {
    let ExprKind::Index(_, arguments) = &base.kind else { return None };
    let ExprKind::List(arguments) = &arguments.kind else { return None };
    let name = dotted(arguments.first()?)?;
    Some(name.rsplit('.').next().unwrap_or(&name).to_owned())
}

/// `Category` as a path: `categories`.
fn plural(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
    let name = format!("{first}{}", chars.as_str());
    let before = name.strip_suffix('y').filter(|it| !it.ends_with(['a', 'e', 'i', 'o', 'u']));
    match before {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|it| name.ends_with(it)) => format!("{name}es"),
        None => format!("{name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        let all = ["Category", "Day", "Box", "OrderLine"].map(plural);
        assert_eq!(all, ["categories", "days", "boxes", "orderLines"]);
    }
}
