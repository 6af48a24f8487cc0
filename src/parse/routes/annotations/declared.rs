//! The routes of a class: its prefixes joined with the paths of its methods.

use std::sync::Arc;

use super::conventional::verb_of;
use super::engine::{Engine, without_ending};
use super::tokens::{action, text, versioned};
use super::types::TypeId;
use super::value::{Annotation, verbs};
use crate::parse::routes::MAX_ROUTES;
use crate::parse::routes::ir::{ClassKind, Func};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// A route before its path is a template.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) methods: Vec<String>,
    pub(super) path: Text,
    pub(super) hidden: bool,
    pub(super) span: Span,
    /// Only the convention of a whole application says so.
    pub(super) conventional: bool,
}

/// A method with the annotations that count for it.
pub(super) struct Method {
    pub(super) func: Arc<Func>,
    pub(super) of: TypeId,
    pub(super) annotations: Vec<Annotation>,
    /// It overrides what no class of the project declares.
    pub(super) foreign: bool,
}

impl Engine<'_, '_> {
    /// Every route of a class.
    pub(super) fn class_routes(&mut self, id: TypeId) -> Vec<Declared> {
        let line = self.types.line(id);
        if !self.serves(id, &line) {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.below(id, None, &[id], &mut found);
        found
    }

    /// The routes of a class under a prefix, or under its own; `above` are the classes that located it.
    pub(super) fn below(
        &mut self,
        id: TypeId,
        prefix: Option<&Text>,
        above: &[TypeId],
        found: &mut Vec<Declared>,
    ) {
        let mut line = self.types.line(id);
        if !self.table.interfaces {
            line.retain(|&it| self.types.types[it].class.kind != ClassKind::Interface);
        }
        let of_line: Vec<Vec<Annotation>> = line.iter().map(|&it| self.class_annotations(it)).collect();
        let mapped = of_line.iter().find(|all| all.iter().any(|it| self.table.class.contains_key(&*it.name)));
        let class_annotations = mapped.cloned().unwrap_or_default();
        let mut prefixes = Vec::new();
        let mut class_verbs = Vec::new();
        for annotation in &class_annotations {
            if let Some(mapping) = self.table.class.get(&*annotation.name) {
                prefixes.extend(annotation.paths(&mapping.path));
                class_verbs.extend(annotation.at(&mapping.methods).into_iter().flat_map(verbs));
            }
        }
        let has_path = !prefixes.is_empty();
        match prefix {
            Some(prefix) => prefixes = vec![prefix.clone()],
            None if prefixes.is_empty() => prefixes.push(Text::known("")),
            None => {}
        }
        for convention in &self.conventions {
            convention.before(&mut prefixes, &self.types.types[id].class.name, has_path);
        }
        let area =
            of_line.iter().flatten().find(|it| &*it.name == "Area").and_then(|it| it.positional.first());
        let area = area.and_then(text).unwrap_or_default();
        let hidden = self.hides(&of_line.concat());
        let controller = self.types.types[id].class.name.clone();
        let controller = without_ending(&controller, "Controller").unwrap_or(&controller).to_owned();
        let alone = vec![Text::known("")];
        let methods = self.methods(&line);
        if let Some(method) = self.invoked(&methods) {
            let span = self.place(method);
            let methods = if class_verbs.is_empty() { vec!["ANY".to_owned()] } else { class_verbs };
            let span = class_annotations.first().map_or(span, |it| it.span);
            found.extend(prefixes.into_iter().filter(|_| has_path).map(|path| Declared {
                methods: methods.clone(),
                path,
                hidden,
                span,
                conventional: false,
            }));
            return;
        }
        let api = self.table.tokens && self.is_of_web_api(&line);
        let bare = methods.iter().filter(|it| self.is_bare(it)).count();
        for method in methods {
            let hidden = hidden || self.hides(&method.annotations);
            if method.annotations.iter().any(|it| self.table.excludes.iter().any(|name| **name == *it.name)) {
                continue;
            }
            let mut ways = self.ways(&method, &class_verbs);
            // In Web API the name of an action says its verb where nothing else does.
            for way in ways.iter_mut().filter(|it| api && it.0 == ["ANY"]) {
                way.0 = vec![verb_of(&method.func.name)];
            }
            let pathless = !has_path && ways.iter().all(|it| it.1.is_none());
            let mut by_convention = false;
            if self.table.tokens && (ways.is_empty() || pathless) {
                // Nothing but the class, or the convention, says where an action is served.
                let listed = prefixes.iter().any(|it| it.contains("[action]"));
                by_convention = !has_path;
                let conventional = || self.conventional_path(&method, api, &area).is_some();
                let reached = if has_path { listed || bare == 1 || !ways.is_empty() } else { conventional() };
                if !reached || (ways.is_empty() && !self.is_bare(&method)) {
                    continue;
                }
                if ways.is_empty() {
                    let verb = if api { verb_of(&method.func.name) } else { "ANY".to_owned() };
                    ways.push((vec![verb], None, self.place(&method)));
                }
            }
            if ways.is_empty() {
                self.locate(&method, &prefixes, above, found);
                continue;
            }
            for (methods, own, span) in ways {
                if found.len() >= MAX_ROUTES {
                    return;
                }
                self.keep_query(span, &method, &methods, &line);
                let own = own.unwrap_or_else(|| Text::known(""));
                let absolute = self.table.absolute.iter().any(|it| own.starts_with(it));
                for prefix in if absolute { &alone } else { &prefixes } {
                    let mut path = prefix.clone();
                    path.join(&own.map(|it| it.trim_start_matches('~').to_owned()));
                    if by_convention && let Some(conventional) = self.conventional_path(&method, api, &area) {
                        path = conventional;
                    }
                    if self.table.tokens {
                        path = self.tokens(&path, &controller, &action(&method), &area);
                    }
                    let path = self.configuration.expand(&path, span.source);
                    for path in versioned(path, &method, &of_line) {
                        let methods = methods.clone();
                        found.push(Declared { methods, path, hidden, span, conventional: by_convention });
                    }
                }
            }
        }
    }

    /// The verbs and paths that the annotations of a method say.
    fn ways(&self, method: &Method, class_verbs: &[String]) -> Vec<(Vec<String>, Option<Text>, Span)> {
        let mut verbal: Vec<(Vec<String>, Vec<Text>, Span)> = Vec::new();
        let mut paths: Vec<(Text, Span)> = Vec::new();
        for annotation in &method.annotations {
            let Some(mapping) = self.table.method.get(&*annotation.name) else { continue };
            let own = annotation.paths(&mapping.path);
            if !mapping.has_verbs() {
                paths.extend(own.into_iter().map(|it| (it, annotation.span)));
                continue;
            }
            let mut said = mapping.verbs.clone();
            match mapping
                .methods
                .iter()
                .any(|it| *it == crate::parse::routes::framework::Place::Key("*".to_owned()))
            {
                true => said.extend(annotation.positional.iter().flat_map(verbs)),
                false => said.extend(annotation.at(&mapping.methods).into_iter().flat_map(verbs)),
            }
            if said.is_empty() {
                said = if class_verbs.is_empty() {
                    mapping.default_methods.clone()
                } else {
                    class_verbs.to_vec()
                };
            }
            verbal.push((said, own, annotation.span));
        }
        if verbal.is_empty() {
            if self.table.locators {
                return Vec::new();
            }
            return paths
                .into_iter()
                .map(|(path, span)| (vec!["ANY".to_owned()], Some(path), span))
                .collect();
        }
        let mut ways = Vec::new();
        for (said, own, span) in verbal {
            if !own.is_empty() {
                ways.extend(own.into_iter().map(|path| (said.clone(), Some(path), span)));
            } else if paths.is_empty() {
                ways.push((said, None, span));
            } else {
                ways.extend(paths.iter().map(|(path, span)| (said.clone(), Some(path.clone()), *span)));
            }
        }
        ways
    }
}
