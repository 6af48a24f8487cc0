//! Classes whose decorators declare routes, reached from an application by the modules that list them.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::value::{Args, Argument, ClassValue, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::annotations::{Annotations, Modules};
use crate::parse::routes::framework::{ALL, Framework, Made, Place};
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::ir::{Class, Expr, ExprKind, Node, Stmt, walk_expr};
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// Decorators made of decorators; paths of modules in paths of modules.
const MAX_DEPTH: usize = 8;

/// Bases of bases.
const MAX_BASES: usize = 8;

/// Begins the name of a setting, which a deployment may change as it does an environment variable.
const SETTING: &str = "process.env.settings:";

/// A decorator with its arguments.
struct Decorator {
    name: Box<str>,
    args: Args,
    range: Range<u32>,
}

/// What an application says about all its routes.
#[derive(Default)]
struct Common {
    prefix: Option<Text>,
    /// Paths that the prefix does not stand before.
    excluded: Vec<String>,
    /// What stands before a version in a path, where versions stand there.
    version_prefix: Option<String>,
    default_versions: Vec<Option<Text>>,
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
            let Some(table) = &ALL[framework].annotation else { continue };
            let Some(modules) = &table.modules else { continue };
            let noted = std::mem::take(&mut self.noted);
            let (own, rest): (Vec<_>, Vec<_>) = noted.into_iter().partition(|(it, ..)| *it == app);
            self.noted = rest;
            let root = own.iter().find(|(_, name, _)| name.is_empty());
            let root = root.and_then(|(.., args)| args.positional.first());
            let root = root.map_or(Value::Unknown, |it| it.value.clone());
            let (mut seen, mut listed) = (Vec::new(), Vec::new());
            self.registered.clear();
            self.visit_module(root, table, modules, &mut seen, &mut listed);
            let mut common = Common::default();
            for (_, name, args) in &own {
                if **name == *modules.prefix {
                    self.read_prefix(args, &mut common);
                } else if **name == *modules.versioning {
                    self.read_versioning(args, &mut common);
                }
            }
            let mut paths: Vec<(*const Class, Text)> = Vec::new();
            for args in std::mem::take(&mut self.registered) {
                if let Some(first) = args.positional.first() {
                    self.module_paths(&first.value, &Text::known(""), 0, &mut paths);
                }
            }
            for (class, module) in listed {
                any = true;
                let below = paths.iter().find(|(it, _)| *it == module).map(|(_, path)| path.clone());
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
        for (framework, table) in ALL.iter().enumerate() {
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

    fn read_prefix(&mut self, args: &Args, common: &mut Common) {
        let Some(first) = args.positional.first() else { return };
        common.prefix = Some(match self.setting(&first.value) {
            Value::Text(text) => (*text).clone(),
            _ => Text::hole("prefix"),
        });
        if let Some(excluded) = self.at(args, &Place::Key("exclude".to_owned())) {
            for item in self.items(&excluded.value).unwrap_or_default() {
                let path = match item {
                    Value::Object(_) => self.attr(item, "path"),
                    item => item,
                };
                common.excluded.extend(path.known_text());
            }
        }
    }

    /// Calls a function of a library that is about modules or settings.
    pub(super) fn call_of_modules(&mut self, name: &str, args: &Args) -> Option<Value> {
        let all = || ALL.iter().filter_map(|it| it.annotation.as_ref()?.modules.as_ref());
        if all().any(|it| it.register.iter().any(|it| it == name)) {
            self.registered.push(args.clone());
            return Some(Value::Unknown);
        }
        if all().any(|it| it.settings.iter().any(|it| it == name)) {
            let [group, function, ..] = args.positional.as_slice() else { return None };
            self.settings.push((group.value.known_text()?.into(), function.value.clone()));
            return Some(function.value.clone());
        }
        if all().any(|it| it.load.iter().any(|it| it == name)) {
            let load = self.at(args, &Place::Key("load".to_owned()))?;
            for function in self.items(&load.value).unwrap_or_default() {
                if !self.settings.iter().any(|(_, it)| *it == function) {
                    self.settings.push(("".into(), function));
                }
            }
        }
        None
    }

    /// A setting that an application is asked for; it is looked up when all files are read.
    pub(super) fn setting_asked(&self, table: &Framework, name: &str, args: &Args) -> Option<Value> {
        let modules = table.annotation.as_ref()?.modules.as_ref()?;
        let asked = modules.setting.iter().any(|it| it == name);
        let key = args.positional.first().filter(|_| asked)?.value.known_text()?;
        match args.positional.get(1).map(|it| &it.value) {
            Some(default @ Value::Text(_)) => Some(default.clone()),
            _ => Some(Value::External(format!("{SETTING}{key}").into())),
        }
    }

    /// The value of a setting that was asked for before.
    fn setting(&mut self, value: &Value) -> Value {
        let Value::External(name) = value else { return value.clone() };
        let Some(key) = name.strip_prefix(SETTING) else { return value.clone() };
        for (group, function) in self.settings.clone() {
            let path = match key.split_once('.') {
                _ if group.is_empty() => key,
                Some((first, rest)) if *first == *group => rest,
                _ => continue,
            };
            let mut found = self.call_value(function, Args::default(), 0..0, 0);
            for part in path.split('.') {
                found = self.attr(found, part);
            }
            if matches!(found, Value::Text(_)) {
                return found;
            }
        }
        Value::Unknown
    }

    fn read_versioning(&mut self, args: &Args, common: &mut Common) {
        let at = |it: &Self, key: &str| it.at(args, &Place::Key(key.to_owned())).map(|it| it.value);
        let by_path = match at(self, "type") {
            Some(Value::External(name)) => name.ends_with(".URI"),
            None => true,
            Some(_) => false,
        };
        if by_path {
            let prefix = match at(self, "prefix") {
                Some(Value::Bool(false)) => String::new(),
                Some(value) => value.known_text().unwrap_or_else(|| "v".to_owned()),
                None => "v".to_owned(),
            };
            common.version_prefix = Some(prefix);
            if let Some(default) = at(self, "defaultVersion") {
                common.default_versions = self.versions(&default);
            }
        }
    }

    /// The versions that a value names; none for what has no version on purpose.
    fn versions(&self, value: &Value) -> Vec<Option<Text>> {
        match value {
            Value::List(_) => {
                self.items(value).unwrap_or_default().iter().flat_map(|it| self.versions(it)).collect()
            }
            Value::Text(text) => vec![Some((**text).clone())],
            Value::External(name) if name.ends_with("NEUTRAL") => vec![None],
            _ => vec![Some(Text::hole("version"))],
        }
    }

    /// Follows a module to its controllers and to the modules that it imports.
    fn visit_module(
        &mut self,
        module: Value,
        table: &Annotations,
        modules: &Modules,
        seen: &mut Vec<*const Class>,
        listed: &mut Vec<Listed>,
    ) {
        match module {
            Value::Class(class) => {
                let address = Arc::as_ptr(&class.class);
                if seen.contains(&address) {
                    return;
                }
                seen.push(address);
                let env = self.around(&class);
                for decorator in self.decorators(&class.class.decorators, env) {
                    if *decorator.name != *modules.decorator {
                        continue;
                    }
                    if let Some(first) = decorator.args.positional.first() {
                        self.visit_lists(first.value.clone(), address, table, modules, seen, listed);
                    }
                }
                // What stands inside calls: `forwardRef(() => Orders)`, `Orders.register({…})`.
                for decorator in &class.class.decorators {
                    for name in imported_names(decorator, &modules.imports) {
                        if let it @ Value::Class(_) = self.lookup(env, &name) {
                            self.visit_module(it, table, modules, seen, listed);
                        }
                    }
                }
            }
            Value::Object(_) => {
                let of = self.attr(module.clone(), "module");
                let address = match &of {
                    Value::Class(class) => Arc::as_ptr(&class.class),
                    _ => std::ptr::null(),
                };
                self.visit_module(of, table, modules, seen, listed);
                self.visit_lists(module, address, table, modules, seen, listed);
            }
            _ => {}
        }
    }

    fn visit_lists(
        &mut self,
        of: Value,
        module: *const Class,
        table: &Annotations,
        modules: &Modules,
        seen: &mut Vec<*const Class>,
        listed: &mut Vec<Listed>,
    ) {
        let controllers = self.attr(of.clone(), &modules.controllers);
        for item in self.items(&controllers).unwrap_or_default() {
            if let Value::Class(class) = item
                && !listed.iter().any(|(it, of)| Arc::ptr_eq(&it.class, &class.class) && *of == module)
            {
                listed.push((class, module));
            }
        }
        let imports = self.attr(of, &modules.imports);
        for item in self.items(&imports).unwrap_or_default() {
            self.deeper(|it| {
                it.visit_module(item, table, modules, seen, listed);
                Value::Unknown
            });
        }
    }

    /// Reads `[{ path, module, children }]`.
    fn module_paths(
        &mut self,
        value: &Value,
        above: &Text,
        depth: usize,
        found: &mut Vec<(*const Class, Text)>,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        for item in self.items(value).unwrap_or_default() {
            match &item {
                Value::Class(class) => found.push((Arc::as_ptr(&class.class), above.clone())),
                Value::Object(_) => {
                    let mut path = above.clone();
                    match self.attr(item.clone(), "path") {
                        Value::Text(text) => path.join(&text),
                        _ => path.join(&Text::hole("path")),
                    }
                    if let Value::Class(class) = self.attr(item.clone(), "module") {
                        found.push((Arc::as_ptr(&class.class), path.clone()));
                    }
                    let children = self.attr(item.clone(), "children");
                    self.module_paths(&children, &path, depth + 1, found);
                }
                _ => {}
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

impl Common {
    /// Every path of a controller's path: with each version, the module's path and the prefix of the application.
    fn paths(&self, module: &Text, below: &Text, versions: &[Option<Text>]) -> Vec<Text> {
        let mut path = Text::known("");
        path.join(module);
        path.join(below);
        let mut whole = match &self.prefix {
            Some(prefix) if !self.excludes(&path) => {
                let mut whole = Text::known("");
                whole.join(prefix);
                whole
            }
            _ => Text::known(""),
        };
        let Some(version_prefix) = self.version_prefix.as_ref().filter(|_| !versions.is_empty()) else {
            whole.join(&path);
            return vec![whole];
        };
        let with = versions.iter().map(|version| {
            let mut whole = whole.clone();
            if let Some(version) = version {
                let mut segment = Text::known(version_prefix);
                segment.push(version);
                whole.join(&segment);
            }
            whole.join(&path);
            whole
        });
        with.collect()
    }

    fn excludes(&self, path: &Text) -> bool {
        let Some(path) = path.as_known() else { return false };
        let path = path.trim_matches('/');
        self.excluded.iter().any(|it| {
            let it = it.trim_matches('/');
            match it.find(['*', '(', '{']) {
                Some(at) => path.starts_with(it[..at].trim_end_matches('/')),
                None => it == path,
            }
        })
    }
}

/// The names inside the list of a key of a decorator's object.
fn imported_names(decorator: &Expr, key: &str) -> Vec<Rc<str>> {
    let mut names = Vec::new();
    let ExprKind::Call(call) = &decorator.kind else { return names };
    let Some(ExprKind::Object(entries)) = call.args.first().map(|it| &it.value.kind) else { return names };
    let imports = entries.iter().filter(|it| it.key.as_deref() == Some(key));
    for entry in imports {
        walk_expr(&entry.value, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Name(name), .. }) = node {
                names.push(Rc::from(&**name));
            }
        });
    }
    names
}
