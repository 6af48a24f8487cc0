//! Classes whose decorators declare routes, reached from an application by the modules that list them.

mod application;
pub(in crate::parse::routes) mod environment;
mod modules;

use std::ops::Range;
use std::sync::Arc;

use application::Common;

use super::value::{Args, Argument, ClassValue, Closure, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::annotations::Annotations;
use crate::parse::routes::framework::{Made, Place};
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::ir::{Class, Expr, ExprKind, Stmt};
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// Decorators made of decorators; paths of modules in paths of modules.
const MAX_DEPTH: usize = 8;

/// Bases of bases.
const MAX_BASES: usize = 8;

/// A decorator with its arguments.
struct Decorator {
    name: Box<str>,
    args: Args,
    range: Range<u32>,
}

/// A controller and the module that lists it.
type Listed = (ClassValue, *const Class);

impl Interpreter<'_> {
    /// Declares on each application the routes of the controllers that its modules list. Where no application
    /// lists any, those of every controller in the files stand for themselves.
    pub(in crate::parse::routes) fn declare_controllers(&mut self, files: &[SourceId]) {
        let mut any = false;
        for app in self.graph.applications() {
            let framework = self.graph.routers[app].framework;
            let Some(table) = &self.store.tables[framework].annotation else { continue };
            let Some(modules) = &table.modules else { continue };
            let noted = std::mem::take(&mut self.noted);
            let (own, rest): (Vec<_>, Vec<_>) = noted.into_iter().partition(|(it, ..)| *it == app);
            self.noted = rest;
            let root = own.iter().find(|(_, name, _)| name.is_empty());
            let root = root.and_then(|(.., args)| args.positional.first());
            let root = root.map_or(Value::Unknown, |it| it.value.clone());
            let (mut seen, mut listed) = (Vec::new(), Vec::new());
            self.visit_module(root, table, modules, &mut seen, &mut listed);
            let mut common = Common::default();
            for (_, name, args) in &own {
                if **name == *modules.prefix {
                    let place = self.graph.routers[app].place.source;
                    self.read_prefix(args, self.store.sources.path(place), &mut common);
                } else if **name == *modules.versioning {
                    self.read_versioning(args, &mut common);
                }
            }
            let mut paths: Vec<(*const Class, Text)> = Vec::new();
            for args in self.registered.clone() {
                if let Some(first) = args.positional.first() {
                    self.module_paths(&first.value, &Text::known(""), 0, &mut paths);
                }
            }
            for (class, module) in listed {
                any = true;
                let below = paths.iter().rev().find(|(it, _)| *it == module).map(|(_, path)| path.clone());
                self.declare_controller(
                    app,
                    &class,
                    &below.unwrap_or_else(|| Text::known("")),
                    table,
                    &common,
                );
            }
        }
        if !any {
            self.declare_loose_controllers(files);
        }
    }

    fn declare_loose_controllers(&mut self, files: &[SourceId]) {
        for (framework, table) in self.store.tables.iter().enumerate() {
            let Some(annotations) = table.annotation.as_ref().filter(|it| it.modules.is_some()) else {
                continue;
            };
            for &file in files {
                let module = self.module_of_file(file);
                for value in self.module_values(module) {
                    let Value::Class(class) = value else { continue };
                    if self.file(class.env) != file || self.controller(&class, annotations).is_none() {
                        continue;
                    }
                    let place = self.span(class.env, 0..0);
                    let router = self.graph.add(framework, Made::Router, place);
                    self.declare_controller(
                        router,
                        &class,
                        &Text::known(""),
                        annotations,
                        &Common::default(),
                    );
                }
            }
        }
    }

    /// The environment that a class stands in.
    fn around(&self, class: &ClassValue) -> EnvId {
        self.envs[class.env].parent.unwrap_or(class.env)
    }

    /// What decorators say, those that are made of others resolved.
    fn decorators(&mut self, all: &[Expr], env: EnvId) -> Vec<Decorator> {
        let mut found = Vec::new();
        all.iter().for_each(|it| self.decorator(it, env, 0, &mut found));
        found
    }

    fn decorator(&mut self, expr: &Expr, env: EnvId, depth: usize, found: &mut Vec<Decorator>) {
        if depth > MAX_DEPTH {
            return;
        }
        let (callee, call) = match &expr.kind {
            ExprKind::Call(call) => (&call.callee, Some(call)),
            _ => (expr, None),
        };
        match self.eval(callee, env) {
            Value::External(name) => {
                let name = name.rsplit('.').next().unwrap_or(&name);
                if name == "applyDecorators" {
                    let items = call.into_iter().flat_map(|it| &it.args);
                    items.for_each(|it| self.decorator(&it.value, env, depth + 1, found));
                    return;
                }
                let args = call.map(|it| self.args(it, env)).unwrap_or_default();
                let first = call.and_then(|it| it.args.first()).map_or(expr, |it| &it.value);
                found.push(Decorator { name: name.into(), args, range: first.start..first.end });
            }
            Value::Func(closure) => {
                let args = call.map(|it| self.args(it, env)).unwrap_or_default();
                let inner = self.new_env(closure.env);
                self.bind_params(&closure, None, args, inner);
                let first = found.len();
                for stmt in &closure.func.body {
                    match stmt {
                        Stmt::Return(Some(Expr { kind: ExprKind::Func(func), .. })) => {
                            self.decorators_applied(&func.body, inner, depth, found);
                        }
                        Stmt::Return(Some(value)) => self.decorator(value, inner, depth + 1, found),
                        Stmt::Assign(pattern, value) => {
                            let value = self.eval(value, inner);
                            self.assign(pattern, value, inner, false);
                        }
                        _ => {}
                    }
                }
                // They stand in another file: what is written here is their place.
                found[first..].iter_mut().for_each(|it| it.range = expr.start..expr.end);
            }
            _ => {}
        }
    }

    /// `return (target) => { Controller("/orders")(target); }`: a decorator that calls decorators.
    fn decorators_applied(&mut self, body: &[Stmt], env: EnvId, depth: usize, found: &mut Vec<Decorator>) {
        for stmt in body {
            match stmt {
                Stmt::Expr(expr) | Stmt::Return(Some(expr)) => {
                    if let ExprKind::Call(call) = &expr.kind
                        && matches!(call.callee.kind, ExprKind::Call(_))
                    {
                        self.decorator(&call.callee, env, depth + 1, found);
                    }
                }
                _ => {}
            }
        }
    }

    /// The decorator that makes a class a controller: its own, or that of a class it is derived from.
    fn controller(&mut self, class: &ClassValue, table: &Annotations) -> Option<Decorator> {
        self.line(class).into_iter().find_map(|it| {
            let env = self.around(&it);
            let all = self.decorators(&it.class.decorators, env);
            all.into_iter().find(|it| table.class.contains_key(&*it.name))
        })
    }

    fn line(&self, class: &ClassValue) -> Vec<ClassValue> {
        let mut line = vec![class.clone()];
        let mut next = class;
        while let Some(Value::Class(base)) =
            next.bases.iter().find(|it| matches!(it, Value::Class(_))).filter(|_| line.len() < MAX_BASES)
        {
            line.push(base.clone());
            next = base;
        }
        line
    }

    fn declare_controller(
        &mut self,
        router: RouterId,
        class: &ClassValue,
        module_path: &Text,
        table: &Annotations,
        common: &Common,
    ) {
        let Some(controller) = self.controller(class, table) else { return };
        let env = self.around(class);
        let own = self.decorators(&class.class.decorators, env);
        let class_hidden = own.iter().any(|it| table.hides.contains_key(&*it.name));
        let mut class_versions = match self.at(&controller.args, &Place::Key("version".to_owned())) {
            Some(it) => self.versions(&it.value),
            None => Vec::new(),
        };
        if class_versions.is_empty() {
            class_versions = self.said_versions(&own, table).unwrap_or_default();
        }
        let prefixes = match table.class.get(&*controller.name) {
            Some(mapping) => self.decorator_paths(&controller.args, &mapping.path),
            None => Vec::new(),
        };
        let mut seen: Vec<Box<str>> = Vec::new();
        for of in self.line(class) {
            let env = self.around(&of);
            let own = seen.len();
            for stmt in &of.class.body {
                let Stmt::Def(func) = stmt else { continue };
                if seen[..own].contains(&func.name) {
                    continue;
                }
                seen.push(func.name.clone());
                if func.decorators.is_empty() {
                    continue;
                }
                let decorators = self.decorators(&func.decorators, env);
                let hidden = class_hidden || decorators.iter().any(|it| table.hides.contains_key(&*it.name));
                let versions = self.said_versions(&decorators, table);
                let versions = versions.unwrap_or_else(|| match class_versions.is_empty() {
                    true => common.default_versions.clone(),
                    false => class_versions.clone(),
                });
                for decorator in &decorators {
                    let Some(mapping) = table.method.get(&*decorator.name) else { continue };
                    let span = self.span(of.env, decorator.range.clone());
                    for path in self.decorator_paths(&decorator.args, &mapping.path) {
                        for prefix in &prefixes {
                            let mut below = prefix.clone();
                            below.join(&path);
                            for whole in common.paths(module_path, &below, &versions) {
                                let methods = mapping.verbs.clone();
                                let closure = Closure { func: Arc::clone(func), env };
                                self.handled_by(span, &whole, &methods, &Value::Func(closure));
                                self.graph.declare(router, Declared { methods, path: whole, hidden, span });
                            }
                        }
                    }
                }
            }
        }
    }

    fn said_versions(&self, decorators: &[Decorator], table: &Annotations) -> Option<Vec<Option<Text>>> {
        let name = &table.modules.as_ref()?.version;
        let said = decorators.iter().find(|it| *it.name == **name)?;
        Some(self.versions(&said.args.positional.first()?.value))
    }

    /// The paths that a decorator says; the empty one where it says none, a hole where it cannot be read.
    fn decorator_paths(&self, args: &Args, places: &[Place]) -> Vec<Text> {
        let argument: Option<Argument> = places.iter().find_map(|it| self.at(args, it));
        let Some(argument) = argument else { return vec![Text::known("")] };
        let values = self.items(&argument.value).unwrap_or_else(|| vec![argument.value]);
        let text = |it: &Value| match it {
            Value::Text(text) => (**text).clone(),
            // Options without a path.
            Value::Object(_) => Text::known(""),
            _ => Text::hole("path"),
        };
        let texts: Vec<Text> = values.iter().map(text).collect();
        if texts.is_empty() { vec![Text::known("")] } else { texts }
    }
}
