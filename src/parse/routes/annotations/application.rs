//! Prefixes that one class of an application gives to many others.

use super::cxf::Addresses;
use super::engine::Engine;
use super::handlers::Asked;
use super::servlets::Mounted;
use super::settings::module_folder;
use super::types::{TypeId, dotted};
use super::value::Value;
use crate::parse::routes::ir::{Expr, ExprKind, Node, walk};
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// A prefix and what it holds for.
#[derive(Debug)]
pub(super) struct Prefix {
    pub(super) path: Text,
    /// The module and the package of the class that says so.
    pub(super) module: String,
    pub(super) package: String,
    pub(super) holds: Holds,
}

#[derive(Debug)]
pub(super) enum Holds {
    /// The nearest one of an application's classes: `@ApplicationPath`. It may list the classes that it serves,
    /// or their packages.
    Nearest { classes: Vec<String>, packages: Vec<String> },
    /// The first whose predicate chooses a class.
    Chosen(Asked),
    /// Every class, beside other prefixes.
    All,
}

impl Engine<'_, '_> {
    /// The prefixes that a class gives.
    pub(super) fn prefixes(&mut self, id: TypeId) -> Vec<Prefix> {
        let mut found = Vec::new();
        if !self.table.applications.is_empty() {
            for annotation in self.class_annotations(id) {
                if self.table.applications.iter().any(|it| **it == *annotation.name)
                    && let Some(Value::Text(path)) =
                        annotation.positional.first().or(annotation.named("value"))
                {
                    let path = path.map(|it| it.trim_end_matches('*').to_owned());
                    let holds = self.served(id);
                    found.push(self.prefix(id, path, holds));
                }
            }
            if self.remodels(id) {
                found.push(self.prefix(id, Text::known("").unsure(), Holds::All));
            }
        }
        found.extend(self.chosen_prefixes(id));
        found
    }

    /// Whether a class of Jersey's makes the resources again, below other paths.
    fn remodels(&self, id: TypeId) -> bool {
        let class = &self.types.types[id].class;
        let mut moves = false;
        if class.bases.iter().filter_map(dotted).any(|it| it.rsplit('.').next() == Some("ModelProcessor")) {
            walk(&class.body, &mut |node| {
                let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
                moves |= matches!(&call.callee.kind, ExprKind::Attr(_, name) if &**name == "path");
            });
        }
        moves
    }

    /// The classes and packages that an application lists: `classes.add(Orders.class)`, `packages("net.shop")`.
    fn served(&mut self, id: TypeId) -> Holds {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let (mut classes, mut arguments) = (Vec::new(), Vec::new());
        walk(&class.body, &mut |node| {
            let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
            let (ExprKind::Attr(_, name) | ExprKind::Name(name)) = &call.callee.kind else { return };
            match &**name {
                "packages" => arguments.extend(call.args.iter().map(|it| &it.value)),
                "add" | "register" | "registerClasses" | "of" | "asList" => {
                    let names = call.args.iter().filter_map(|it| dotted(&it.value));
                    classes.extend(names.filter_map(|it| Some(it.rsplit('.').next()?.to_owned())));
                }
                _ => {}
            }
        });
        let mut packages = Vec::new();
        for argument in arguments {
            if let Value::Text(text) = self.types.value(argument, scope, &[]) {
                let text = text.as_known().unwrap_or_default();
                packages.extend(text.split([',', ';', ' ']).filter(|it| !it.is_empty()).map(str::to_owned));
            }
        }
        Holds::Nearest { classes, packages }
    }

    /// The prefix of a class among those of the project.
    pub(super) fn prefix_of(
        &mut self,
        id: TypeId,
        prefixes: &[Prefix],
        mounted: &Mounted,
        addresses: &Addresses,
    ) -> Text {
        let file = self.types.types[id].file;
        let mut path = self.configured(file);
        let module = module_folder(self.types.store.sources.path(file));
        let package = self.types.package(file).to_owned();
        let mut nearest: Vec<&Prefix> =
            prefixes.iter().filter(|it| matches!(it.holds, Holds::Nearest { .. })).collect();
        // An application of its own borrows nothing from others; a library does.
        let is_application = self.configuration.is_application(module);
        if is_application || nearest.iter().any(|it| it.module == module) {
            nearest.retain(|it| it.module == module);
        }
        let name = self.types.types[id].class.name.clone();
        let common = |it: &Prefix| {
            let Holds::Nearest { classes, packages } = &it.holds else { return (0, 0) };
            let listed = match () {
                () if classes.iter().any(|it| **it == *name) => 2,
                () if packages.iter().any(|it| package.starts_with(it.as_str())) => 1,
                () => 0,
            };
            (listed, it.package.split('.').zip(package.split('.')).take_while(|(a, b)| a == b).count())
        };
        let best = nearest.iter().map(|it| common(it)).max();
        let mut best = nearest.into_iter().rev().filter(|it| Some(common(it)) == best);
        match best.next() {
            // Of two that are as near nobody knows which.
            Some(one) if best.any(|it| it.path != one.path) => path.join(&one.path.clone().unsure()),
            Some(one) => path.join(&one.path),
            // What is configured is the servlet's path, too.
            None if path.is_empty() || self.table.applications.is_empty() => {
                path.join(&mounted.prefix(module, is_application));
            }
            None => {}
        }
        path.join(&self.address(id, addresses));
        let mut chosen = false;
        for prefix in prefixes {
            let here = prefix.module == module || !self.configuration.is_application(module);
            match &prefix.holds {
                Holds::All if here => path.join(&prefix.path),
                Holds::Chosen(asked) if here && !chosen && self.is_asked(id, asked) => {
                    chosen = true;
                    path.join(&prefix.path);
                }
                _ => {}
            }
        }
        path
    }

    /// What the configuration puts before the paths of a file.
    pub(super) fn configured(&self, file: SourceId) -> Text {
        let mut path = Text::known("");
        for keys in &self.table.settings {
            if let Some(value) = self.configuration.first(keys, file) {
                path.join(&value.map(|it| it.trim_end_matches('*').to_owned()));
            }
        }
        path
    }
}
